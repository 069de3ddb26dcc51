"""What the demonstration shows at its end: figures from the index, as sentences that a newspaper reader understands."""

from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from sqlalchemy import Executable, func, select
from sqlmodel import Session

from ledger.currency import text_from_minor
from ledger.database import table_of
from ledger.demonstration.exercise import Records
from ledger.demonstration.history import CORRECTED_ROW, FLOW, HANDED_OUT, RECEIVED
from ledger.errors import NotFound
from ledger.imports.donations import DonationsOutcome
from ledger.models.consignment import ConsignmentLine
from ledger.models.donation import Donation
from ledger.models.fund import FundTotal
from ledger.models.lot import Lot
from ledger.models.need import Need
from ledger.models.publication import ReportedDistribution
from ledger.queries import reconciliation, summary
from ledger.queries.slices import LIMIT_MAX, Slice
from ledger.queries.trace_down import trace_donation
from ledger.queries.trace_nodes import leaves
from ledger.queries.trace_up import lots_of_receipt, trace_lot_up
from ledger.verification import Verification
from ledger.wording import Language, sentence

_NEED, _LOT, _REPORT = table_of(Need), table_of(Lot), table_of(ReportedDistribution)
Paragraph = tuple[str, list[str]]


class Summary:
    """The figures of one run, as paragraphs in either language."""

    def __init__(
        self, session: Session, outcome: DonationsOutcome, records: Records, verification: Verification
    ) -> None:
        self._session = session
        self._outcome = outcome
        self._records = records
        self._verification = verification
        self._counts = self._one(summary.counts(of_exercise=False))

    def paragraphs(self, language: Language) -> Iterator[Paragraph]:
        """Sentences, each with the lines that belong below it."""
        yield sentence("demo.trying_out", language), []
        yield self._donations(language), []
        yield self._held_back(language)
        goods = {"gifts": self._counts["donations_in_kind"], "lots": self._counts["lots"]}
        yield sentence("demo.goods", language, **_figures(goods)), []
        yield self._needs(language), []
        yield self._reported(language), []
        yield self._row_14(language), []
        yield self._exercise(language), [self._shares(language)]
        tables = self._verification.tables
        rows = sum(table.rows for table in tables.values())
        yield sentence("demo.verified", language, **_figures({"tables": len(tables), "rows": rows})), []

    def _donations(self, language: Language) -> str:
        money = next(row for row in self._all(summary.money()) if not row["exercise"])
        return sentence(
            "demo.donations",
            language,
            amount=text_from_minor(money["received_minor"], money["currency"]),
            currency=money["currency"],
            **_figures(
                {
                    "donations": money["donations"],
                    "lists": len(self._outcome.lists),
                    "rows": sum(one.lines for one in self._outcome.lists),
                }
            ),
        )

    def _held_back(self, language: Language) -> Paragraph:
        below = []
        for one in self._outcome.lists:
            for of_list, rows in Counter(str(held.of) for held in one.held_back).items():
                changed = [held for held in one.held_back if held.changes]
                values = _figures({"rows": rows, "changes": len(changed)})
                below.append(sentence("demo.held_back_list", language, list=one.name, of_list=of_list, **values))
                below += [
                    "  " + self._silent_change(held.line.row, change, language)
                    for held in changed
                    for change in held.changes
                ]
        rows = sum(len(one.held_back) for one in self._outcome.lists)
        return sentence("demo.held_back", language, **_figures({"rows": rows})), below

    @staticmethod
    def _silent_change(row: int, change: Any, language: Language) -> str:
        if change.field == "donor":
            return sentence("demo.silent_donor", language, row=row)
        unknown = sentence("demo.not_published", language)
        return sentence(
            "demo.silent_change",
            language,
            row=row,
            field=change.field,
            was=change.was or unknown,
            now=change.now or unknown,
        )

    def _needs(self, language: Language) -> str:
        published = _NEED.c.publisher.is_not(None)
        figures = self._one(
            select(
                func.count().label("needs"),
                func.count(func.distinct(_NEED.c.facility_id)).label("facilities"),
                func.count().filter(_NEED.c.recorded_quantity == 0).label("unknown"),
            ).where(published)
        )
        return sentence("demo.needs", language, **_figures(figures))

    def _reported(self, language: Language) -> str:
        received = select(_LOT.c.item_id).where(_LOT.c.list_name == RECEIVED.list_name)
        agrees = _REPORT.c.item_id.in_(received)
        figures = self._one(
            select(func.count().label("reports"), func.count().filter(agrees).label("agreeing")).where(
                _REPORT.c.list_name == HANDED_OUT.list_name
            )
        )
        return sentence("demo.reported", language, **_figures(figures))

    def _row_14(self, language: Language) -> str:
        lot = next(
            row
            for row in self._all(reconciliation.lots(Slice(limit=LIMIT_MAX)))
            if (row["list_name"], row["row_no"]) == (FLOW.list_name, CORRECTED_ROW)
        )
        figures = {
            "row": CORRECTED_ROW,
            "given": lot["given"],
            "first": lot["first_stated"],
            "first_rest": lot["given"] - lot["first_stated"],
            "now": lot["stated"],
            "now_rest": lot["given"] - lot["stated"],
        }
        return sentence("demo.row_14", language, item=lot["item_name"], **_figures(figures))

    def _exercise(self, language: Language) -> str:
        lot = self._session.get(Lot, self._records.lot_id.hex())
        line = self._session.get(ConsignmentLine, (self._records.consignment_id.hex(), 0))
        fund = self._session.get(FundTotal, self._fund_id())
        if lot is None or line is None or fund is None:
            raise NotFound("The exercise is not in the index.")
        spent_minor = fund.spent_on_lots_minor + fund.spent_on_services_minor + fund.prepaid_minor
        money = {
            "given": fund.received_minor,
            "allocated": fund.allocated_unspent_minor + spent_minor,
            "spent": spent_minor,
        }
        amounts = {name: text_from_minor(minor, "CNY") for name, minor in money.items()}
        counted = {"good": line.good, "damaged": line.damaged, "lost": line.lost + line.written_off}
        figures = _figures({"quantity": lot.quantity, "received": counted.pop("good"), **counted})
        return sentence("demo.exercise", language, currency="CNY", **amounts, **figures)

    def _shares(self, language: Language) -> str:
        down = trace_donation(self._session, self._records.donation_id.hex())
        (_, line), *_ = lots_of_receipt(self._session, self._records.receipt_ids[0].hex())
        up = trace_lot_up(self._session, line.lot_id)
        total = sum((leaf.share for leaf in leaves(down)), Fraction(0))
        return sentence("demo.shares", language, down=total, up=up.shares_sum)

    def _fund_id(self) -> str:
        donation = self._session.get(Donation, self._records.donation_id.hex())
        if donation is None:
            raise NotFound("The exercise's donation is not in the index.")
        return donation.fund_id

    def _one(self, query: Executable) -> dict[str, Any]:
        return self._all(query)[0]

    def _all(self, query: Executable) -> list[dict[str, Any]]:
        return [dict(row._mapping) for row in self._session.connection().execute(query)]


def _figures(figures: Mapping[str, int]) -> dict[str, str]:
    return {name: f"{figure:,}" for name, figure in figures.items()}
