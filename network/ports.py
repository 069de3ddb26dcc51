"""TCP ports of this machine: whether one is free, and one that is."""

import random
import socket
from collections.abc import Collection

from ledger.errors import PartAway

LOOPBACK = "127.0.0.1"
# Below those that systems give to outgoing connections: what listens here finds its port free again when it comes back.
_CHOSEN_FROM = range(20_000, 32_768)


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
    for port in random.SystemRandom().sample(_CHOSEN_FROM, 200):
        if port not in taken and is_free(port, host):
            return port
    raise PartAway(f"No port is free on {host}.")
