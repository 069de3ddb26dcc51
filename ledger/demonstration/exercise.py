"""The exercise (R21): fictional gifts from the donor to the counted box, a shortage, its resolution, a correction.

    two gifts 1,500.00 ─▶ allocation 1,200.00 ─▶ expenditure 800.00 ─▶ lot of 400 masks ─▶ consignment of 400
      ─▶ receipts 250 and 140, ten short ─▶ discrepancy ─▶ written off by two persons ─▶ correction of the first receipt

It has organisations, funds and accounts of its own and is outside every total of real records. Every step has a fixed
key, so running it again changes nothing.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import NamedTuple

from ledger.codes import CorrectionReason, DiscrepancyKind, ExpenditureKind, Resolution
from ledger.commands import (
    Desk,
    Draft,
    allocations,
    consignments,
    corrections,
    discrepancies,
    donations,
    expenditures,
    facilities,
    funds,
    goods_allocations,
    items,
    lots,
    needs,
    receipts,
)

CHARITY, HOSPITAL = 101, 102
CARRIER_ID = 105
PURPOSE, PLACE = "72010", "CN42"
DUE = datetime(2035, 1, 1, tzinfo=UTC)
GOOD, DAMAGED = 0, 1


class Step(NamedTuple):
    """One action of one account; `word` names its sentence in the wording."""

    word: str
    account: str
    draft: Draft


class Records(NamedTuple):
    """Ids of what a reader would look at afterwards."""

    donation_id: bytes
    allocation_id: bytes
    lot_id: bytes
    consignment_id: bytes
    receipt_ids: tuple[bytes, bytes]
    discrepancy_id: bytes
    correction_ids: tuple[bytes, ...]


DeskOf = Callable[[str, int], Desk]
"""Gives the desk of an account and an organisation."""
DiscrepancyOf = Callable[[DiscrepancyKind, int, bytes, int], bytes]
"""Gives the id that the ledger itself opens a discrepancy under: kind, organisation, subject, line."""


def play(desk_of: DeskOf, discrepancy_of: DiscrepancyOf, submit: Callable[[Step], None]) -> Records:
    """Submits every step in order and returns what to look at. Raises whatever `submit` raises."""
    exercise = _Exercise(desk_of, discrepancy_of)
    for step in exercise.steps():
        submit(step)
    return exercise.records()


class _Exercise:
    def __init__(self, desk_of: DeskOf, discrepancy_of: DiscrepancyOf) -> None:
        self._desk_of = desk_of
        self._discrepancy_of = discrepancy_of
        charity, hospital = desk_of("exercise-clerk", CHARITY), desk_of("exercise-hospital-clerk", HOSPITAL)
        self._store = facilities.facility_id(charity, ("store",))
        self._ward = facilities.facility_id(hospital, ("ward",))
        self._masks = items.Item("Exercise: surgical mask", "three layers", "piece")
        self._item_id = items.item_id(charity, self._masks)
        self._made: dict[str, Draft] = {}

    def steps(self) -> Iterator[Step]:
        """Every step, in order. A step is built only when those before it are recorded."""
        yield from self._open()
        yield from self._give_and_spend()
        yield from self._ask_and_send()
        yield from self._count()
        yield from self._resolve()
        yield from self._correct()

    def records(self) -> Records:
        """What was made."""
        made = self._made
        return Records(
            made["donation"].record_id,
            made["allocation"].record_id,
            made["lot"].record_id,
            made["dispatch"].record_id,
            (made["first_receipt"].record_id, made["second_receipt"].record_id),
            made["resolution"].record_id,
            made["corrections"].record_ids,
        )

    def _step(self, word: str, account: str, draft: Draft) -> Step:
        self._made[word] = draft
        return Step(word, account, draft)

    def _open(self) -> Iterator[Step]:
        clerk = self._desk_of("exercise-clerk", CHARITY)
        hospital = self._desk_of("exercise-hospital-clerk", HOSPITAL)
        store = facilities.Facility(("store",), "Exercise: store", facility_kind="store")
        ward = facilities.Facility(("ward",), "Exercise: ward", facility_kind="hospital")
        yield self._step("store", clerk.account, facilities.register_facility(clerk, store))
        yield self._step("ward", hospital.account, facilities.register_facility(hospital, ward))
        yield self._step("item", clerk.account, items.register_item(clerk, self._masks))
        fund = funds.open_fund(
            clerk, key=("fund",), name="Exercise: masks", currency="CNY", purpose=PURPOSE, place=PLACE
        )
        yield self._step("fund", clerk.account, fund)

    def _give_and_spend(self) -> Iterator[Step]:
        clerk, allocator = self._desk_of("exercise-clerk", CHARITY), self._desk_of("exercise-allocator", CHARITY)
        approver = self._desk_of("exercise-approver", CHARITY)
        fund_id = self._made["fund"].record_id
        gifts = [
            donations.Gift(("gift", 1), 100_000, "Exercise: first donor", "individual"),
            donations.Gift(("gift", 2), 50_000, "Exercise: second donor", "organisation"),
        ]
        yield self._step("donation", clerk.account, donations.record_donations(clerk, fund_id, gifts))
        allocation = allocations.propose_allocation(
            allocator,
            key=("allocation",),
            fund_id=fund_id,
            amount_minor=120_000,
            purpose=PURPOSE,
            place=PLACE,
            description="Exercise: masks for the ward",
        )
        yield self._step("allocation", allocator.account, allocation)
        approved = allocations.approve_allocation(approver, allocation.record_id)
        yield self._step("allocation_approved", approver.account, approved)
        expenditure = expenditures.record_expenditure(
            allocator,
            key=("expenditure",),
            allocation_id=allocation.record_id,
            kind=ExpenditureKind.Goods,
            amount_minor=80_000,
            supplier="Exercise: supplier",
            description="Exercise: 400 masks",
        )
        yield self._step("expenditure", allocator.account, expenditure)
        bought = [lots.Lot(("lot",), self._item_id, 400, cost_minor=80_000)]
        lot = lots.commission_bought(clerk, self._store, expenditure.record_id, bought)
        yield self._step("lot", clerk.account, lot)

    def _ask_and_send(self) -> Iterator[Step]:
        hospital = self._desk_of("exercise-hospital-clerk", HOSPITAL)
        hospital_approver = self._desk_of("exercise-hospital-approver", HOSPITAL)
        allocator, approver = self._desk_of("exercise-allocator", CHARITY), self._desk_of("exercise-approver", CHARITY)
        dispatcher, carrier = self._desk_of("exercise-dispatcher", CHARITY), self._desk_of("exercise-carrier", CHARITY)
        lot_id = self._made["lot"].record_id
        need = needs.publish_need(hospital, needs.Need(("need",), self._ward, self._item_id, 400))
        yield self._step("need", hospital.account, need)
        approved = needs.approve_need(hospital_approver, need.record_id, quantity=400)
        yield self._step("need_approved", hospital_approver.account, approved)
        share = goods_allocations.Share(
            ("share",), lot_id, self._store, self._ward, 400, need.record_id, purpose=PURPOSE, place=PLACE
        )
        goods = goods_allocations.propose_goods_allocation(allocator, share)
        yield self._step("goods_allocation", allocator.account, goods)
        approved = goods_allocations.approve_goods_allocation(approver, goods.record_id)
        yield self._step("goods_allocation_approved", approver.account, approved)
        dispatch = consignments.dispatch(
            dispatcher,
            key=("consignment",),
            from_facility_id=self._store,
            to_facility_id=self._ward,
            lines=[consignments.DispatchLine(lot_id, 400, goods.record_id)],
            due=DUE,
            carrier_id=CARRIER_ID,
            waybill_no="EX-1",
        )
        yield self._step("dispatch", dispatcher.account, dispatch)
        custody = consignments.accept_custody(carrier, key=("custody",), consignment_id=dispatch.record_id)
        yield self._step("custody", carrier.account, custody)

    def _count(self) -> Iterator[Step]:
        receiver = self._desk_of("exercise-receiver", HOSPITAL)
        consignment_id = self._made["dispatch"].record_id
        for word, number, good, is_final in (("first_receipt", 1, 250, False), ("second_receipt", 2, 140, True)):
            receipt = receipts.receive_consignment(
                receiver,
                key=("receipt", number),
                consignment_id=consignment_id,
                counted=[receipts.Counted(0, good=good)],
                is_final=is_final,
            )
            yield self._step(word, receiver.account, receipt)

    def _resolve(self) -> Iterator[Step]:
        dispatcher = self._desk_of("exercise-dispatcher", CHARITY)
        corrector = self._desk_of("exercise-corrector", CHARITY)
        approver = self._desk_of("exercise-correction-approver", CHARITY)
        consignment_id = self._made["dispatch"].record_id
        discrepancy_id = self._discrepancy_of(DiscrepancyKind.Outstanding, CHARITY, consignment_id, 0)
        answer = discrepancies.answer(
            dispatcher, key=("answer",), discrepancy_id=discrepancy_id, note="Exercise: ten fell from the vehicle."
        )
        yield self._step("answer", dispatcher.account, answer)
        resolution = discrepancies.propose_resolution(
            corrector, discrepancy_id, code=Resolution.WrittenOff, note="Exercise: lost on the way.", quantity=10
        )
        yield self._step("resolution", corrector.account, resolution)
        confirmed = discrepancies.confirm_resolution(approver, discrepancy_id)
        yield self._step("resolution_confirmed", approver.account, confirmed)

    def _correct(self) -> Iterator[Step]:
        corrector = self._desk_of("exercise-corrector", HOSPITAL)
        approver = self._desk_of("exercise-correction-approver", HOSPITAL)
        receipt_id = self._made["first_receipt"].record_id
        declared = [
            corrections.Correction(
                key=("correction", field),
                part="ConsignmentLedger",
                target_id=receipt_id,
                reason=CorrectionReason.IncorrectData,
                reason_code="MISCOUNTED",
                note="Exercise: two of the masks counted as good were damaged.",
                corrective_id=corrections.adjustment_id(corrector, ("adjustment", field)),
                field=field,
                delta=delta,
            )
            for field, delta in ((GOOD, -2), (DAMAGED, 2))
        ]
        draft = corrections.declare_errors(corrector, declared)
        yield self._step("corrections", corrector.account, draft)
        approved = corrections.approve_corrections(approver, draft.record_ids)
        yield self._step("corrections_approved", approver.account, approved)
