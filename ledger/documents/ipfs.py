"""Documents on an IPFS daemon, each pinned under its name. This module alone speaks to the daemon.

What a document is asked to become is said in full with each request, so no setting of a daemon changes its CID. The
daemon is asked for what it has itself: a document that it would have to look for elsewhere is missing here.
"""

import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

import ipfshttpclient
import requests
import urllib3
from ipfshttpclient import exceptions

from ledger.cid import LEAF_BYTES, LINKS_MAX
from ledger.documents.document import DOCUMENT_BYTES_MAX, Document, document_named, name_of
from ledger.errors import BadInput, DocumentCorrupt, PartAway

CONNECT_TIMEOUT_S = 3.0
ANSWER_TIMEOUT_S = 60.0
PEERS_TIMEOUT_S = 20
PAUSE_S = 0.1
PIN_PREFIX = "relief-ledger/"
_ADD = {
    "cid-version": "1",
    "hash": "sha2-256",
    "raw-leaves": "true",
    "chunker": f"size-{LEAF_BYTES}",
    "max-file-links": str(LINKS_MAX),
    "trickle": "false",
    "pin": "true",
}
# The daemon's words for a block that it does not have, that no peer gave in time, or whose bytes were changed.
_NOT_THERE = "not found locally"
_NOT_IN_TIME = "deadline exceeded"
_CHANGED = "different hash than requested"
_BROKEN = (exceptions.CommunicationError, requests.RequestException, urllib3.exceptions.HTTPError)
T = TypeVar("T")
# The client names a parameter that its HTTP library no longer needs; that is nothing to tell people.
warnings.filterwarnings("ignore", message="The 'strict' parameter", category=FutureWarning)


class IpfsShelf:
    """One daemon. While it is away each request is tried again for `patience_s`, then PartAway is raised."""

    def __init__(self, address: str, *, patience_s: float, answer_timeout_s: float = ANSWER_TIMEOUT_S) -> None:
        """Does not connect yet. Raises BadInput when `address` is no multiaddr of an HTTP API."""
        self.address = address
        self._patience_s = patience_s
        try:
            self._client: Any = ipfshttpclient.Client(
                address, session=True, timeout=(CONNECT_TIMEOUT_S, answer_timeout_s)
            )
        except exceptions.AddressError as error:
            raise BadInput(
                f"LEDGER_IPFS_ADDRESS is {address!r}; it has to be a multiaddr such as /ip4/127.0.0.1/tcp/5001."
            ) from error
        # The environment's proxies are not asked: the daemon is on this machine or in the consortium's own network.
        self._client._client._session.trust_env = False

    def close(self) -> None:
        """Closes the connections."""
        self._client.close()

    def keep(self, document: Document, content: bytes) -> None:
        """Afterwards the daemon has `content` under the document's CID and has it pinned.

        Adding is the same however often it is done, so a request whose answer was lost is simply made again.
        Raises PartAway when the daemon does not answer, DocumentCorrupt when it computes another CID.
        """
        name = {"pin-name": PIN_PREFIX + name_of(document)}
        added = self._done(lambda: self._client.add_bytes(content, opts=_ADD | name))
        if added != document.cid:
            raise DocumentCorrupt(f"{self._who()} calls the document {added} that is {document.cid} here.")

    def fetch(self, document: Document, *, from_peers: bool = False) -> bytes | None:
        """What the daemon has under the document's CID, unchecked; None if it has nothing.

        With `from_peers` it asks the nodes that it is connected to, for at most PEERS_TIMEOUT_S. Of more bytes than the
        document may have, one too many is read. Raises PartAway when it does not answer, DocumentCorrupt when it finds
        its own blocks changed.
        """
        # Of a document that is only listed on a shelf no size is known.
        bytes_max = document.size if from_peers else document.size or DOCUMENT_BYTES_MAX
        opts = {"length": str(min(bytes_max, DOCUMENT_BYTES_MAX) + 1)}
        if from_peers:
            opts["timeout"] = f"{PEERS_TIMEOUT_S}s"
        try:
            content: bytes = self._ask(lambda: self._client.cat(document.cid, opts=opts, offline=not from_peers))
        except exceptions.ErrorResponse as error:
            said = str(error)
            if _NOT_THERE in said or (from_peers and _NOT_IN_TIME in said):
                return None
            if _CHANGED in said:
                raise DocumentCorrupt(
                    f"The blocks of document {document.digest.hex()} were changed; put the original again."
                ) from error
            raise self._refusal(said) from error
        return content

    def listing(self) -> Iterator[Document]:
        """The documents that are pinned under their names."""
        for cid, pin in self._pins({"names": "true"}).items():
            name = pin.get("Name", "")
            if name.startswith(PIN_PREFIX) and (document := document_named(name.removeprefix(PIN_PREFIX), cid)):
                yield document

    def kept(self, documents: Iterable[Document]) -> set[bytes]:
        """Those that are pinned, under whatever name: nothing that is pinned is collected as garbage."""
        pinned = self._pins({})
        return {document.digest for document in documents if document.cid in pinned}

    def version(self) -> str:
        """The daemon's version. Raises PartAway."""
        return str(self._done(self._client.version)["Version"])

    def _pins(self, opts: dict[str, str]) -> dict[str, dict[str, str]]:
        answer = self._done(lambda: self._client.pin.ls(type="recursive", opts=dict(opts)))
        return dict(answer.as_json().get("Keys") or {})

    def _done(self, request: Callable[[], T]) -> T:
        """What the daemon answers to something that it has to be able to do. Raises PartAway."""
        try:
            return self._ask(request)
        except exceptions.ErrorResponse as error:
            raise self._refusal(str(error)) from error

    def _ask(self, request: Callable[[], T]) -> T:
        """What the daemon answers. Raises ErrorResponse when that is an error, PartAway when it does not answer."""
        began_s, pause_s = time.monotonic(), PAUSE_S
        while True:
            try:
                return request()
            except exceptions.ErrorResponse:
                raise
            except (exceptions.StatusError, exceptions.EncoderError) as error:
                raise PartAway(
                    f"What answers at {self.address} is no IPFS daemon: {error}.", hint="Correct LEDGER_IPFS_ADDRESS."
                ) from error
            except _BROKEN as error:
                if time.monotonic() - began_s + pause_s > self._patience_s:
                    raise self._absence(error) from error
            time.sleep(pause_s)
            pause_s *= 2

    def _absence(self, error: Exception) -> PartAway:
        late = isinstance(error, (exceptions.TimeoutError, requests.Timeout))
        return PartAway(
            f"{self._who()} {'did not answer in time' if late else 'does not answer'}.",
            hint="Start it (`ledger up --profile consortium`) or correct LEDGER_IPFS_ADDRESS, then do the same again.",
        )

    def _refusal(self, said: str) -> PartAway:
        return PartAway(f"{self._who()} does not do what it is asked: {said}.", hint="See the daemon's log.")

    def _who(self) -> str:
        return f"The IPFS daemon at {self.address}"
