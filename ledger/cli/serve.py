"""`ledger serve`: the audit views over HTTP, on this machine alone."""

import ipaddress
import socket
from typing import Annotated

import typer
import uvicorn

from ledger.cli import output
from ledger.cli.help import CHECK
from ledger.errors import BadInput, PartAway
from ledger.settings import Settings

APPLICATION = "api.serving:application"
"""By name: the ledger imports nothing from the API."""
_BACKLOG = 128


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(rich_help_panel=CHECK)(serve)


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on, of this machine; default: settings.")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65_535, help="Port; 0: any that is free.")] = None,
) -> None:
    """Serves the audit views until interrupted. Reads only; nothing can be changed through it."""
    settings = Settings.from_environment()
    run(settings.api_host if host is None else host, settings.api_port if port is None else port)


def run(host: str, port: int) -> None:
    """Serves until the process is told to stop.

    Raises BadInput when the address is not this machine's own, PartAway when another program has the port.
    """
    listener = listen(host, port)
    address = address_of(listener)
    for path in ("summary", "funds", "donations", "reconciliation", "discrepancies", "openapi.json"):
        output.say(f"  {address}/v1/{path}")
    config = uvicorn.Config(APPLICATION, factory=True, log_level="warning", server_header=False, timeout_keep_alive=30)
    uvicorn.Server(config).run(sockets=[listener])


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens on a loopback address. Raises as `run`."""
    try:
        is_loopback = ipaddress.ip_address("127.0.0.1" if host == "localhost" else host).is_loopback
    except ValueError:
        is_loopback = False
    if not is_loopback:
        raise BadInput(
            f"{host!r} is not an address of this machine alone, such as 127.0.0.1.",
            hint="To publish the views, put a web server with TLS in front of it.",
        )
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(_BACKLOG)
    except OSError as error:
        listener.close()
        raise PartAway(
            f"Nothing can listen on {host}, port {port}: {error.strerror}.", hint="Name another one: --port NUMBER."
        ) from error
    return listener


def address_of(listener: socket.socket) -> str:
    """The URL that reaches it."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
