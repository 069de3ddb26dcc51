"""The writes of StockLedger, for the suite that every contract passes."""

from collections.abc import Callable
from typing import Any

from behaviours.supply_ledger import given_lot
from behaviours.writes import PartOnly, Write
from goods import NO_CONTENT, lot_id
from names import CHARITY, MASKS, PARTNER_CHARITY, STORE, ZERO, digest, record_id
from parts import Ledger

RECORD, FIRST, FOREIGN = record_id(CHARITY, "record"), record_id(CHARITY, "first"), record_id(PARTNER_CHARITY, "new")
LOT, OTHER_CONTENT = lot_id("a"), digest("other content")


def _quarantined(ledger: Ledger) -> None:
    given_lot(ledger)
    ledger["StockLedger"].quarantine(FIRST, LOT, STORE, 50, NO_CONTENT, ledger.actors["inspector"].tx)


def _lost(ledger: Ledger) -> None:
    given_lot(ledger)
    ledger["StockLedger"].registerLoss(FIRST, LOT, STORE, 50, 0, NO_CONTENT, ledger.actors["dispatcher"].tx)


def _issue_proposed(ledger: Ledger) -> None:
    given_lot(ledger)
    ledger["StockLedger"].proposeIssueWithoutRecord(FIRST, LOT, STORE, 1, NO_CONTENT, ledger.actors["dispatcher"].tx)


def _sale_proposed(ledger: Ledger) -> None:
    given_lot(ledger)
    ledger["StockLedger"].proposeSale(FIRST, LOT, STORE, 1, NO_CONTENT, ledger.actors["dispatcher"].tx)


def _find_proposed(ledger: Ledger) -> None:
    ledger["StockLedger"].proposeFind(FIRST, STORE, LOT, MASKS, 1, NO_CONTENT, ledger.actors["dispatcher"].tx)


def _recalled(ledger: Ledger) -> None:
    given_lot(ledger)
    ledger["StockLedger"].openRecall(FIRST, LOT, NO_CONTENT, ledger.actors["inspector"].tx)


def _many_recalled(ledger: Ledger) -> None:
    """A recall that has more lots to mark than one call does."""
    given_lot(ledger)
    for batch in range(5):
        made = [(lot_id(f"{batch}-{i}"), MASKS, 1, 0, 0, ZERO) for i in range(50)]
        transformation = record_id(CHARITY, "transformation", batch)
        ledger["SupplyLedger"].transform(
            transformation, STORE, [(LOT, 1)], made, NO_CONTENT, ledger.actors["dispatcher"].tx
        )
    ledger["StockLedger"].openRecall(FIRST, LOT, NO_CONTENT, ledger.actors["inspector"].tx)


def _write(
    function: str,
    actor: str,
    arguments: Callable[[str, str], tuple[Any, ...]],
    given: Callable[[Ledger], None] = given_lot,
) -> Write:
    """A write whose arguments follow from the record's id and the content's digest."""
    return Write(
        "StockLedger",
        function,
        actor,
        actor.upper(),
        arguments=lambda _: arguments(RECORD, NO_CONTENT),
        given=given,
        again="allrounder",
        other=lambda _: arguments(RECORD, OTHER_CONTENT),
        conflict_id=RECORD,
        foreign=lambda _: arguments(FOREIGN, NO_CONTENT),
        foreign_id=FOREIGN,
    )


WRITES = [
    _write("quarantine", "inspector", lambda record, content: (record, LOT, STORE, 1, content)),
    _write("releaseQuarantine", "inspector", lambda record, content: (record, LOT, STORE, 1, content), _quarantined),
    _write("proposeDisposal", "inspector", lambda record, content: (record, LOT, STORE, 1, content), _quarantined),
    _write("proposeReturnToDonor", "dispatcher", lambda record, content: (record, LOT, STORE, 1, content)),
    _write("proposeSale", "dispatcher", lambda record, content: (record, LOT, STORE, 1, content)),
    _write("proposeDistribution", "dispatcher", lambda record, content: (record, LOT, STORE, 1, 0, content)),
    Write(
        "StockLedger", "confirmRelease", "inspector", "INSPECTOR", arguments=lambda _: (FIRST,), given=_sale_proposed
    ),
    _write("registerLoss", "dispatcher", lambda record, content: (record, LOT, STORE, 1, 0, content)),
    _write("reverseLoss", "dispatcher", lambda record, content: (record, FIRST, 1 + (content == OTHER_CONTENT)), _lost),
    _write("countStock", "dispatcher", lambda record, content: (record, LOT, STORE, 1, content)),
    _write("proposeIssueWithoutRecord", "dispatcher", lambda record, content: (record, LOT, STORE, 1, content)),
    _write("proposeFind", "dispatcher", lambda record, content: (record, STORE, LOT, MASKS, 1, content)),
    _write("openRecall", "inspector", lambda record, content: (record, LOT, content)),
    _write(
        "recordRecovered",
        "inspector",
        lambda record, content: (record, FIRST, LOT, STORE, 1 + (content == OTHER_CONTENT)),
        _recalled,
    ),
    Write(
        "StockLedger",
        "confirmIssueWithoutRecord",
        "inspector",
        "INSPECTOR",
        arguments=lambda _: (FIRST,),
        given=_issue_proposed,
    ),
    Write("StockLedger", "confirmFind", "inspector", "INSPECTOR", arguments=lambda _: (FIRST,), given=_find_proposed),
    Write(
        "StockLedger",
        "extendRecall",
        "inspector",
        "INSPECTOR",
        arguments=lambda _: (FIRST,),
        given=_many_recalled,
        again="allrounder",
    ),
    Write("StockLedger", "closeRecall", "inspector", "INSPECTOR", arguments=lambda _: (FIRST,), given=_recalled),
]
PART_ONLY = [
    PartOnly("StockLedger", "citeSale", "FundLedger", (RECORD, True)),
    PartOnly("StockLedger", "reverseRecord", "Corrections", (RECORD, 1)),
    PartOnly("StockLedger", "adjustRecord", "Corrections", (RECORD, ZERO, 0, 0, 1, 1)),
]
