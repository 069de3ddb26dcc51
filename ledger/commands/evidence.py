"""Evidence: documents anchored to records."""

from collections.abc import Sequence
from typing import NamedTuple

from ledger.commands.desk import Desk, Draft, Key, code, lines, new_id
from ledger.errors import BadInput


class Evidence(NamedTuple):
    """A kept document that says something of a record. `doc_type` is IATI DocumentCategory, EPCIS BTT, or our own."""

    key: Key
    subject_id: bytes
    document_digest: bytes
    doc_type: str


def anchor_document(desk: Desk, evidence: Evidence) -> Draft:
    """Puts the digest of one kept document on chain, as evidence on a record."""
    return anchor_evidence(desk, [evidence])


def anchor_evidence(desk: Desk, evidence: Sequence[Evidence]) -> Draft:
    """Puts the digests of documents on chain. The documents have to be in the store already."""
    given = []
    for one in evidence:
        if not one.doc_type:
            raise BadInput(f"The evidence {one.key} needs a type of document.")
        desk.documents.stat(one.document_digest)
        evidence_id = new_id(desk, "evidence", one.key)
        given.append((evidence_id, one.subject_id, one.document_digest, code(one.doc_type, 16, "type of document")))
    return lines(desk, "Publications", "anchorEvidence", (desk.organisation_id,), given)
