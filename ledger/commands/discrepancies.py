"""What does not add up: findings, answers and resolutions. Most discrepancies open by themselves."""

from ledger.canonical import finding_id, organisation_of
from ledger.codes import Resolution
from ledger.commands.desk import Desk, Draft, Key, act, new_id, put_content, write

CONTRACT = "Discrepancies"


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


def propose_resolution(desk: Desk, discrepancy_id: bytes, *, code: Resolution, note: str) -> Draft:
    """Proposes how it is settled. After a rejection another note proposes again: the same one changes nothing."""
    content = put_content(desk, "resolution", note=note)
    args = (discrepancy_id, code, content)
    return act(desk, CONTRACT, "proposeResolution", discrepancy_id, args, f"{code:d}/{content.hex()[:16]}")


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
