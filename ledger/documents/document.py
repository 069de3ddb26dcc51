"""What a document is, and what is asked of a place where documents stand."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple, Protocol

from ledger.errors import BadInput

DOCUMENT_BYTES_MAX = 64 * 1024 * 1024
JSON_LINES = "application/jsonl"
JSON = "application/json"
_SUFFIXES = {
    JSON_LINES: "jsonl",
    JSON: "json",
    "text/csv": "csv",
    "text/plain": "txt",
    "application/pdf": "pdf",
    "image/jpeg": "jpg",
    "image/png": "png",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/octet-stream": "bin",
}
_MEDIA_TYPES = {suffix: media_type for media_type, suffix in _SUFFIXES.items()}
_DIGEST_HEX = 64


class Document(NamedTuple):
    """What is known of a document without reading it. `digest` is 32 bytes, `size` in bytes."""

    digest: bytes
    cid: str
    size: int
    media_type: str


class Shelf(Protocol):
    """Where whole documents stand, under the name that `name_of` gives them."""

    def keep(self, document: Document, content: bytes) -> None:
        """Afterwards `content` is there for good, also after a crash."""

    def fetch(self, document: Document, *, from_peers: bool = False) -> bytes | None:
        """The bytes that stand there now, unchecked; None if there are none. `from_peers`: also on nodes beside it.

        Where they are more than the document's, it need not be all of them.
        Raises DocumentCorrupt where the shelf itself sees that they were changed.
        """

    def listing(self) -> Iterator[Document]:
        """Every document that stands there under its name: digest and media type, the CID where it is known."""

    def kept(self, documents: Iterable[Document]) -> set[bytes]:
        """The digests of those that stand there for good."""


def media_type_of(path: Path) -> str:
    """The media type that the file's suffix says; bytes of no known kind where it says none."""
    suffix = path.suffix.lower().removeprefix(".")
    return _MEDIA_TYPES.get("jpg" if suffix == "jpeg" else suffix, "application/octet-stream")


def require_known(media_type: str) -> None:
    """Raises BadInput for a media type that documents do not have here."""
    if media_type not in _SUFFIXES:
        raise BadInput(f"{media_type!r} is not a media type that documents have here: {', '.join(_SUFFIXES)}.")


def name_of(document: Document) -> str:
    """The digest in hex, with a suffix that says the media type."""
    return f"{document.digest.hex()}.{_SUFFIXES[document.media_type]}"


def document_named(name: str, cid: str = "") -> Document | None:
    """The document that has this name, its size not known; None if no document has it."""
    digest, _, suffix = name.partition(".")
    if suffix not in _MEDIA_TYPES or len(digest) != _DIGEST_HEX or set(digest) - set("0123456789abcdef"):
        return None
    return Document(bytes.fromhex(digest), cid, 0, _MEDIA_TYPES[suffix])
