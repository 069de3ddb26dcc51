"""Everything public that is text, kept under the SHA-256 of its bytes, which is what the chain holds of it.

store.py       documents and lines by digest          ──▶ shelves: folder.py (files), ipfs.py (an IPFS daemon)
line_index.py  in which document a line stands, and where
moving.py      from the folder to IPFS
"""

from ledger.documents.document import DOCUMENT_BYTES_MAX, JSON, JSON_LINES, Document, Shelf, media_type_of
from ledger.documents.store import DocumentStore
from ledger.settings import Settings

__all__ = [
    "DOCUMENT_BYTES_MAX",
    "JSON",
    "JSON_LINES",
    "Document",
    "DocumentStore",
    "Shelf",
    "media_type_of",
    "open_documents",
]

PATIENCE_S = 5.0


def open_documents(settings: Settings, *, patience_s: float = PATIENCE_S) -> DocumentStore:
    """The store that the settings describe: on IPFS where a daemon is named or was made here, else in its folder.

    A daemon that is away is waited for `patience_s`, each time it is asked.
    """
    if settings.ipfs_address is None:
        return DocumentStore(settings.documents_path)
    # Only now: importing the client takes time, and most commands of an embedded ledger never need it.
    from ledger.documents.ipfs import IpfsShelf

    return DocumentStore(settings.documents_path, IpfsShelf(settings.ipfs_address, patience_s=patience_s))
