"""Members, and who may act for them: persons as numbers, roles with the moment at which they take effect (R17, R18)."""

from functools import cache
from typing import Any

from sqlalchemy import Select, func, select

from ledger.database import table_of
from ledger.models.chain import ChainBlock, ChainLog
from ledger.models.participant import Organisation, Person, RoleGrant, Safeguard

_ORGANISATION, _PERSON, _GRANT = table_of(Organisation), table_of(Person), table_of(RoleGrant)
_LOG, _BLOCK, _SAFEGUARD = table_of(ChainLog), table_of(ChainBlock), table_of(Safeguard)
PART = "Participants"


def page(after: int, limit: int, *, exercise: bool | None = None) -> Select[Any]:
    """Members by number, one more than `limit`."""
    query = _organisations().where(_ORGANISATION.c.organisation_id > after)
    if exercise is not None:
        query = query.where(_ORGANISATION.c.exercise.is_(exercise))
    return query.order_by(_ORGANISATION.c.organisation_id).limit(limit + 1)


def one(organisation_id: int) -> Select[Any]:
    """One member."""
    return _organisations().where(_ORGANISATION.c.organisation_id == organisation_id)


def grants(after: int, limit: int, *, organisation_id: int | None = None, state: str | None = None) -> Select[Any]:
    """Grants of roles in the order in which they were made, with the block time that their delay runs from."""
    query = select(
        *_GRANT.c,
        _PERSON.c.person_id,
        _PERSON.c.organisation_id.label("home_organisation_id"),
        _BLOCK.c.timestamp_s.label("granted_at_s"),
    ).select_from(
        _GRANT.outerjoin(_PERSON, _PERSON.c.record_id == _GRANT.c.person_record_id)
        .outerjoin(_LOG, (_LOG.c.contract == PART) & (_LOG.c.journal_no == _GRANT.c.journal_no))
        .outerjoin(_BLOCK, _BLOCK.c.number == _LOG.c.block_number)
    )
    query = query.where(_GRANT.c.journal_no > after)
    if organisation_id is not None:
        query = query.where(_GRANT.c.organisation_id == organisation_id)
    if state is not None:
        query = query.where(_GRANT.c.state == state)
    return query.order_by(_GRANT.c.journal_no).limit(limit + 1)


def safeguards() -> Select[Any]:
    """The end of the bootstrap and the last pause or resumption of writes, newest first."""
    return select(*_SAFEGUARD.c).order_by(_SAFEGUARD.c.journal_no.desc()).limit(10)


@cache
def _organisations() -> Select[Any]:
    persons = select(func.count()).where(_PERSON.c.organisation_id == _ORGANISATION.c.organisation_id)
    return select(*_ORGANISATION.c, persons.scalar_subquery().label("persons"))
