"""What does not add up: findings, answers and resolutions. Most discrepancies open by themselves."""

from typing import Any, NamedTuple, Protocol

from ledger.canonical import finding_id, organisation_of
from ledger.codes import DiscrepancyState, Resolution
from ledger.commands.desk import Desk, Draft, Key, act, new_id, put_content, write

CONTRACT = "Discrepancies"


class Reader(Protocol):
    """The part of the chain client that answers for the contracts."""

    def call_function(self, contract: str, function: str, args: tuple[Any, ...]) -> tuple[Any, ...]:
        """What a view function returns."""


class Standing(NamedTuple):
    """How much a discrepancy is about, and the number of the proposal that stands, or else of the next one."""

    quantity: int
    proposal_no: int


def open_finding(desk: Desk, *, key: Key, subject_id: bytes, note: str) -> Draft:
    """An auditor's finding about any record."""
    discrepancy_id = finding_id(new_id(_answering(desk, subject_id), "finding", key))
    content = put_content(desk, "finding", note=note)
    return write(desk, CONTRACT, "openFinding", discrepancy_id, (discrepancy_id, subject_id, content))


def answer(desk: Desk, *, key: Key, discrepancy_id: bytes, note: str) -> Draft:
    """The organisation's answer, which is published."""
    answer_id = new_id(_answering(desk, discrepancy_id), "answer", key)
    content = put_content(desk, "answer", note=note)
    return write(desk, CONTRACT, "answer", answer_id, (answer_id, discrepancy_id, content))


def as_it_stands(chain: Reader, discrepancy_id: bytes) -> Standing:
    """What a proposer sees now: a command given again while its proposal stands means that proposal."""
    state, _, _, _, quantity, _ = chain.call_function(CONTRACT, "discrepancyOf", (discrepancy_id,))
    (proposals,) = chain.call_function(CONTRACT, "proposalsOf", (discrepancy_id,))
    return Standing(quantity, proposals if state == DiscrepancyState.ResolutionProposed else proposals + 1)


def propose_resolution(
    desk: Desk, discrepancy_id: bytes, *, code: Resolution, note: str, quantity: int, proposal_no: int = 1
) -> Draft:
    """Proposes how it is settled, for the quantity that the proposer saw; it is refused when that is another by now."""
    content = put_content(desk, "resolution", note=note)
    args = (discrepancy_id, proposal_no, code, quantity, content)
    # One that was refused, because the quantity was another, does not stand in the way of the next under its number.
    occasion = f"{proposal_no}/{code:d}/{quantity}/{content.hex()[:16]}"
    return act(desk, CONTRACT, "proposeResolution", discrepancy_id, args, occasion)


def confirm_resolution(desk: Desk, discrepancy_id: bytes, *, proposal_no: int = 1) -> Draft:
    """Confirms the discrepancy's proposal of this number (1: its first), as another person than the proposer."""
    args = (discrepancy_id, proposal_no)
    return act(desk, CONTRACT, "confirmResolution", discrepancy_id, args, str(proposal_no))


def reject_resolution(desk: Desk, discrepancy_id: bytes, *, reason: str, proposal_no: int = 1) -> Draft:
    """Rejects the discrepancy's proposal of this number (1: its first); the discrepancy is open again."""
    content = put_content(desk, "rejection", reason=reason)
    args = (discrepancy_id, proposal_no, content)
    return act(desk, CONTRACT, "rejectResolution", discrepancy_id, args, str(proposal_no))


def _answering(desk: Desk, record: bytes) -> Desk:
    # Whoever records it, the id is of the organisation that has to answer.
    return desk._replace(organisation_id=organisation_of(record))
