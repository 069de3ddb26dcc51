"""Documents about records, and documents that are cited on chain and are not here."""

from functools import cache
from typing import Any

from sqlalchemy import Select, select, tuple_

from ledger.database import table_of
from ledger.models.chain import MissingDocument
from ledger.models.publication import Evidence
from ledger.queries.slices import Slice, cut, exercise, matching

_EVIDENCE, _MISSING = table_of(Evidence), table_of(MissingDocument)


def page(
    part: Slice, *, subject_id: str | None = None, document_digest: str | None = None, doc_type: str | None = None
) -> Select[Any]:
    """Evidence in the order in which it was anchored."""
    wanted = {"subject_id": subject_id, "document_digest": document_digest, "doc_type": doc_type}
    return cut(matching(_evidence(), _EVIDENCE, **wanted), part, _EVIDENCE.c.evidence_id, _EVIDENCE.c.journal_no)


def of_subject(subject_id: str, limit: int) -> Select[Any]:
    """The evidence on a record, the first `limit` of it."""
    return _evidence().where(_EVIDENCE.c.subject_id == subject_id).order_by(_EVIDENCE.c.journal_no).limit(limit)


def of_document(document_digest: str, limit: int) -> Select[Any]:
    """Where a document was anchored, the first `limit` places."""
    query = _evidence().where(_EVIDENCE.c.document_digest == document_digest)
    return query.order_by(_EVIDENCE.c.journal_no).limit(limit)


def missing(after: tuple[str, str, int, str] | None, limit: int) -> Select[Any]:
    """Digests on chain whose document is missing or damaged, one more than `limit`."""
    key = (_MISSING.c.digest, _MISSING.c.contract, _MISSING.c.journal_no, _MISSING.c.field)
    query = select(*_MISSING.c)
    if after is not None:
        query = query.where(tuple_(*key) > tuple_(*after))
    return query.order_by(*key).limit(limit + 1)


@cache
def _evidence() -> Select[Any]:
    return select(*_EVIDENCE.c, exercise(_EVIDENCE.c.evidence_id))
