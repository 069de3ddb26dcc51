"""Disbursements to other members, and conversions between currencies."""

from api.history import history_of
from api.parameters import CodeQuery, IdPath, IdQuery, InEffect, Part
from api.problems import CURRENT, CURRENT_ONE
from api.reader import Current
from api.routing import Router
from api.schemas.answers import Page, Single, proof_of
from api.schemas.disbursements import ConversionDetail, ConversionView, DisbursementDetail, DisbursementView
from ledger.queries import disbursements

router = Router(tags=["money"])
PART = DisbursementView.CONTRACT


@router.get("/disbursements", responses=CURRENT)
def list_disbursements(
    reader: Current,
    part: Part,
    fund: IdQuery = None,
    child_fund: IdQuery = None,
    allocation: IdQuery = None,
    state: CodeQuery = None,
    in_effect: InEffect = None,
) -> Page[DisbursementView]:
    """Disbursements in the order in which they were sent."""
    query = disbursements.page(
        part, fund_id=fund, child_fund_id=child_fund, allocation_id=allocation, state=state, in_effect=in_effect
    )
    rows = reader.snapshot.rows(query)
    return reader.page(
        DisbursementView,
        lambda row: DisbursementView.of(row, sender_id=row["actor_id"]),
        rows,
        part.limit,
        "journal_no",
    )


@router.get("/disbursements/{disbursement_id}", responses=CURRENT_ONE)
def read_disbursement(reader: Current, disbursement_id: IdPath) -> Single[DisbursementDetail]:
    """A disbursement, and whether the receiver acknowledged it."""
    row = reader.snapshot.only(disbursements.one(disbursement_id), f"disbursement {disbursement_id}")
    answered = row["answered_journal_no"]
    detail = DisbursementDetail.of(
        row,
        sender_id=row["actor_id"],
        answered=proof_of(PART, answered) if answered else None,
        history=history_of(reader, PART, row["journal_no"], disbursement_id),
    )
    return reader.single(detail)


@router.get("/conversions", responses=CURRENT)
def list_conversions(reader: Current, part: Part, fund: IdQuery = None) -> Page[ConversionView]:
    """Conversions in the order in which they were recorded; of a fund, those from it and into it."""
    rows = reader.snapshot.rows(disbursements.conversions(part, fund_id=fund))
    return reader.page(ConversionView, ConversionView.of, rows, part.limit, "journal_no")


@router.get("/conversions/{conversion_id}", responses=CURRENT_ONE)
def read_conversion(reader: Current, conversion_id: IdPath) -> Single[ConversionDetail]:
    """A conversion with both amounts, date, source of the rate and evidence."""
    row = reader.snapshot.only(disbursements.conversion(conversion_id), f"conversion {conversion_id}")
    return reader.single(ConversionDetail.of(row, history=history_of(reader, PART, row["journal_no"], conversion_id)))
