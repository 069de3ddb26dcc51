"""Several hosts on one machine: a network namespace for each, with an address of its own, on a switch that can be cut."""

import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

SUBNET = "10.91.73"


def ip(*arguments: str) -> None:
    said = subprocess.run(["ip", *arguments], capture_output=True, text=True, check=False)  # noqa: S607
    if said.returncode != 0:
        raise OSError(f"ip {' '.join(arguments)}: {said.stderr.strip()}")


class Hosts:
    """The hosts `names`; the first has address 1. What is run on one is run behind `prefix`."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = list(names)
        self._tag = f"l{os.getpid()}"
        self._switch = f"{self._tag}-switch"

    def namespace(self, name: str) -> str:
        return f"{self._tag}-{name}"

    def address(self, name: str) -> str:
        return f"{SUBNET}.{self.names.index(name) + 1}"

    def prefix(self, name: str) -> tuple[str, ...]:
        return ("/usr/bin/env", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "ip", "netns", "exec", self.namespace(name))

    def make(self) -> None:
        """Afterwards all hosts reach each other and nobody else. Raises OSError where that is not allowed."""
        ip("netns", "add", self._switch)
        for bridge in ("one", "two"):
            self._on_switch("link", "add", bridge, "type", "bridge")
            self._on_switch("link", "set", bridge, "up")
        for name in self.names:
            namespace, port = self.namespace(name), f"port-{name}"
            ip("netns", "add", namespace)
            self._on_switch("link", "add", port, "type", "veth", "peer", "name", "eth0", "netns", namespace)
            self._on_switch("link", "set", port, "master", "one", "up")
            ip("-n", namespace, "address", "add", f"{self.address(name)}/24", "dev", "eth0")
            ip("-n", namespace, "link", "set", "eth0", "up")
            ip("-n", namespace, "link", "set", "lo", "up")

    def part(self, apart: Sequence[str]) -> None:
        """Afterwards those reach each other, and none of the others."""
        for name in self.names:
            self._on_switch("link", "set", f"port-{name}", "master", "two" if name in apart else "one")

    def remove(self) -> None:
        for name in [*map(self.namespace, self.names), self._switch]:
            subprocess.run(["ip", "netns", "delete", name], capture_output=True, check=False)  # noqa: S607

    def _on_switch(self, *arguments: str) -> None:
        ip("-n", self._switch, *arguments)


@contextmanager
def hosts(names: Sequence[str]) -> Iterator[Hosts]:
    """The hosts while they are there. Raises OSError where namespaces are not allowed."""
    made = Hosts(names)
    try:
        made.make()
        yield made
    finally:
        made.remove()
