"""Publications.reportDistributions (who may, retries, conflicts, foreign ids: behaviours)

├── with no line, or more than 400                → BatchSizeOutOfRange
├── with a quantity above 2^53-1                  → LineRefused(AmountOutOfRange)
├── with an item that is unknown, or a facility   → LineRefused(RecordUnknown)
├── with an item of an exercise                   → LineRefused(ExerciseMixed)
├── with a lot that is unknown                    → LineRefused(RecordUnknown)
├── with a lot of an exercise                     → LineRefused(ExerciseMixed)
├── with a lot that is recorded                   → emits DistributionReported, and no stock moves
└── with no quantity                              → emits DistributionReported: 0 is 'not published'
"""

from names import (
    AMOUNT_MAX,
    CHARITY,
    EXERCISE,
    EXERCISE_MASKS,
    EXERCISE_STORE,
    MASKS,
    PARTNER_MASKS,
    STORE,
    ZERO,
    ascii_word,
    digest,
    record_id,
)
from reverts import reverts

REPORT, SECOND = record_id(CHARITY, "report"), record_id(CHARITY, "report", 2)
NO_CODE = ascii_word("", 16)


def line(report_id=REPORT, item=MASKS, lot=ZERO, quantity=16_000):
    return (report_id, item, lot, quantity, digest("row"))


def record_lot(ledger, actor, organisation, facility, item):
    """A donation in kind with one lot of 100 at the facility; its id."""
    lot, donation = record_id(organisation, "lot"), record_id(organisation, "donation in kind")
    lots = [(lot, item, 100, 0, 0, digest("lot"))]
    gift = (donation, digest("donor"), 0, NO_CODE, NO_CODE, digest("donation"), lots)
    ledger["SupplyLedger"].recordDonationsInKind(facility, [gift], actor.tx)
    return lot


def test_report_distributions__batch_out_of_range__refused(publications, importer):
    with reverts("BatchSizeOutOfRange", 0, 400):
        publications.reportDistributions(CHARITY, [], importer.tx)
    with reverts("BatchSizeOutOfRange", 401, 400):
        publications.reportDistributions(CHARITY, [line()] * 401, importer.tx)


def test_report_distributions__quantity_too_large__refused(publications, importer):
    with reverts("LineRefused", 1, ("AmountOutOfRange", SECOND, AMOUNT_MAX + 1)):
        publications.reportDistributions(CHARITY, [line(), line(SECOND, quantity=AMOUNT_MAX + 1)], importer.tx)


def test_report_distributions__no_item__refused(publications, importer):
    for item in (ZERO, STORE, record_id(CHARITY, "item", "unknown")):
        with reverts("LineRefused", 0, ("RecordUnknown", item)):
            publications.reportDistributions(CHARITY, [line(item=item)], importer.tx)


def test_report_distributions__item_of_an_exercise__refused(publications, importer):
    with reverts("LineRefused", 0, ("ExerciseMixed", REPORT, EXERCISE_MASKS)):
        publications.reportDistributions(CHARITY, [line(item=EXERCISE_MASKS)], importer.tx)


def test_report_distributions__lot_unknown__refused(publications, importer):
    unknown = record_id(CHARITY, "lot", "unknown")
    with reverts("LineRefused", 0, ("RecordUnknown", unknown)):
        publications.reportDistributions(CHARITY, [line(lot=unknown)], importer.tx)


def test_report_distributions__lot_of_an_exercise__refused(ledger, publications, importer, demonstrator):
    lot = record_lot(ledger, demonstrator, EXERCISE, EXERCISE_STORE, EXERCISE_MASKS)
    with reverts("LineRefused", 0, ("ExerciseMixed", REPORT, lot)):
        publications.reportDistributions(CHARITY, [line(lot=lot)], importer.tx)


def test_report_distributions__lot_recorded__stated_and_no_stock_moves(ledger, publications, importer, clerk):
    lot = record_lot(ledger, clerk, CHARITY, STORE, MASKS)
    before = ledger["SupplyLedger"].quantitiesOf(lot)
    lines = [line(lot=lot, quantity=36_000), line(SECOND, PARTNER_MASKS, quantity=1)]
    events = publications.reportDistributions(CHARITY, lines, importer.tx).events["DistributionReported"]
    stated = [(e["reportId"], e["itemId"], e["actorId"], e["lotId"], e["quantity"], e["contentDigest"]) for e in events]
    assert stated == [(one[0], one[1], importer.person_id, *one[2:]) for one in lines]
    assert ledger["SupplyLedger"].quantitiesOf(lot) == before
    assert publications.reportedQuantityOf(REPORT) == 36_000


def test_report_distributions__quantity_not_published__recorded(publications, importer):
    events = publications.reportDistributions(CHARITY, [line(quantity=0)], importer.tx).events
    assert events["DistributionReported"]["quantity"] == 0
    assert publications.inEffect(REPORT)
