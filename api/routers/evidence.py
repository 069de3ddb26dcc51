"""Documents: where they were anchored, their bytes by digest, and those that are missing."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import Query, Response

from api import caching
from api.parameters import IdPath, IdQuery, Limit, Part
from api.problems import CURRENT, CURRENT_ONE, Responses, problem_responses
from api.reader import Current, Unmarked
from api.routing import Router
from api.schemas.answers import Page, Single, proven
from api.schemas.publications import DocumentView, EvidenceView, MissingDocumentView
from ledger.queries import evidence
from ledger.queries.slices import LIMIT_MAX

router = Router(tags=["evidence"])
PART = "Publications"
DocType = Annotated[
    str | None,
    Query(pattern="^[\\x20-\\x7e]{1,16}$", description="Only documents of this type.", examples=["import-report"]),
]
AfterMissing = Annotated[
    str | None,
    Query(
        pattern="^[0-9a-f]{64}-[A-Za-z]{1,32}-[0-9]{1,18}-[a-z_]{1,40}$",
        description="`next_after` of the page before.",
    ),
]
_BYTES: Responses = {200: {"content": {"*/*": {}}, "description": "Its bytes."}}
_DAMAGED = problem_responses(HTTPStatus.NOT_FOUND, HTTPStatus.INTERNAL_SERVER_ERROR)
# What others wrote is shown, never run, whatever its media type says.
_CONTAINED = {"Content-Security-Policy": "default-src 'none'; sandbox", "X-Content-Type-Options": "nosniff"}


@router.get("/evidence", responses=CURRENT)
def list_evidence(
    reader: Current, part: Part, subject: IdQuery = None, document: IdQuery = None, doc_type: DocType = None
) -> Page[EvidenceView]:
    """Evidence in the order in which it was anchored."""
    query = evidence.page(part, subject_id=subject, document_digest=document, doc_type=doc_type)
    return reader.page(EvidenceView, _view, reader.snapshot.rows(query), part.limit, "journal_no")


@router.get("/evidence/{digest}", response_class=Response, responses=_DAMAGED | _BYTES)
def read_document(reader: Unmarked, digest: IdPath) -> Response:
    """The bytes of a document, or of a record's content, by their SHA-256. They were hashed again on the way out."""
    known = reader.documents.stat(bytes.fromhex(digest))
    content = reader.documents.get(known.digest)
    response = Response(content, media_type=known.media_type, headers=_CONTAINED | {"ETag": f'"{digest}"'})
    caching.mark_immutable(response)
    return response


@router.get("/evidence/{digest}/metadata", responses=CURRENT_ONE)
def read_document_metadata(reader: Current, digest: IdPath) -> Single[DocumentView]:
    """What is known of a document without reading it, and where it was anchored."""
    known = reader.documents.stat(bytes.fromhex(digest))
    rows = reader.snapshot.rows(evidence.of_document(digest, LIMIT_MAX))
    found = DocumentView(
        digest=digest,
        cid=known.cid,
        media_type=known.media_type,
        size_bytes=known.size,
        document=f"/v1/evidence/{digest}",
        evidence=[_view(row) for row in rows],
    )
    return reader.single(found)


@router.get("/documents/missing", responses=CURRENT)
def list_missing_documents(reader: Current, after: AfterMissing = None, limit: Limit = 50) -> Page[MissingDocumentView]:
    """Digests on chain whose document is not here, or is damaged. What they would say is null until they are found."""
    rows = reader.snapshot.rows(evidence.missing(_missing_key(after), limit))
    return reader.page(
        MissingDocumentView,
        lambda row: MissingDocumentView.model_validate(proven(row["contract"], row)),
        rows,
        limit,
        *("digest", "contract", "journal_no", "field"),
    )


def _missing_key(after: str | None) -> tuple[str, str, int, str] | None:
    if after is None:
        return None
    digest, contract, journal_no, field = after.split("-")
    return digest, contract, int(journal_no), field


def _view(row: Mapping[str, Any]) -> EvidenceView:
    said = {
        "organisation_id": int(row["evidence_id"][:8], 16),
        "document": f"/v1/evidence/{row['document_digest']}",
    }
    return EvidenceView.model_validate(proven(PART, row, **said))
