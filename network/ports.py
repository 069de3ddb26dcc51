"""TCP ports of this machine: whether one is free, and one that is."""

import socket
from collections.abc import Collection

from ledger.errors import PartAway

LOOPBACK = "127.0.0.1"


def is_free(port: int, host: str = LOOPBACK) -> bool:
    """Whether nobody listens there. A port whose connections are only ending is free."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def free_port(before: int = 0, host: str = LOOPBACK, taken: Collection[int] = ()) -> int:
    """The port used `before` if it is free, because others noted it; else any that is free, and not one of `taken`.

    Raises PartAway when there is none.
    """
    if before and before not in taken and is_free(before, host):
        return before
    for _ in range(100):
        try:
            with socket.socket() as probe:
                probe.bind((host, 0))
                port = int(probe.getsockname()[1])
        except OSError:
            break
        if port not in taken:
            return port
    raise PartAway(f"No port is free on {host}.")
