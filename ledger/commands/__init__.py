"""Every write that the contracts take, as a function with types: one file per entity.

desk + what happened ──command──▶ draft (content documents, outbox entries, donors' openings)
keep(session, draft)              all of it in the outbox, or nothing
submit(engine, ..., draft)        kept, sent, and recorded or refused
"""

from collections.abc import Callable

from sqlalchemy import Engine, select
from sqlmodel import Session

from ledger.chain import ChainClient
from ledger.commands.desk import Desk, Draft
from ledger.database import insert_rows, table_of, writing
from ledger.keys import Keyring
from ledger.models.donor_opening import DonorOpening
from ledger.outbox import Outcome, drain, enqueue
from ledger.outbox_store import is_waiting

__all__ = ["Desk", "Draft", "join", "keep", "submit"]

_SQL_VARIABLES_MAX = 500


def join(*drafts: Draft) -> Draft:
    """One draft that asks for all of these, in order."""
    return Draft(
        tuple(record for draft in drafts for record in draft.record_ids),
        tuple(entry for draft in drafts for entry in draft.entries),
        tuple(opening for draft in drafts for opening in draft.openings),
    )


def keep(session: Session, *drafts: Draft) -> int:
    """Afterwards the drafts are in the outbox, with the donors' openings; returns how many writes are new.

    Works in the caller's database transaction. Raises Conflict when a record was asked for before with other content.
    """
    added = enqueue(session, (entry for draft in drafts for entry in draft.entries))
    openings = {opening.record_id.hex(): opening for draft in drafts for opening in draft.openings}
    ids = list(openings)
    column = table_of(DonorOpening).c.record_id
    for first in range(0, len(ids), _SQL_VARIABLES_MAX):
        for known in session.scalars(select(column).where(column.in_(ids[first : first + _SQL_VARIABLES_MAX]))):
            del openings[known]
    rows = [(record_id, opening.name, opening.salt) for record_id, opening in openings.items()]
    insert_rows(session, DonorOpening, ("record_id", "name", "salt"), rows)
    return added


def submit(
    engine: Engine, chain: ChainClient, keyring: Keyring, draft: Draft, *, progress: Callable[[int], None] | None = None
) -> Outcome:
    """Afterwards the draft is recorded; what was recorded before is not recorded again.

    Raises NotFound, before anything is queued, when an account that has to sign is not here; TransactionRefused when a
    contract refused any of it, or all writing is paused (then it stays queued); and what `drain` raises.
    """
    for account in {entry.account for entry in draft.entries}:
        # What nobody can sign would stand before everything that is asked for later.
        keyring.address(account)
    with Session(writing(engine)) as session, session.begin():
        keep(session, draft)
    outcome = drain(engine, chain, keyring, progress=progress)
    own = {entry.key for entry in draft.entries}
    Outcome(outcome.recorded, tuple(one for one in outcome.refused if one.key in own)).raise_refusals()
    if outcome.paused:
        with Session(engine) as session:
            if is_waiting(session, list(own)):
                raise outcome.paused
    return outcome
