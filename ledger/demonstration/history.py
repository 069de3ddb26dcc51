"""The published history of Hubei 2020, recorded by an importer as it was published (R20). Nothing is invented."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from ledger.errors import LedgerError
from ledger.imports.distributions import import_distributions
from ledger.imports.donations import DonationsOutcome, import_donations
from ledger.imports.goods import import_goods
from ledger.imports.importer import Importer
from ledger.imports.lists import ListName, ListOptions
from ledger.imports.needs import import_needs
from ledger.imports.published_corrections import import_corrections

FLOW = ListName("Hubei Red Cross", "Donors, goods, values and recipients, 30 January 2020")
RECEIVED = ListName("Red Cross of Wuhan or Hubei", "Goods received, 28 and 29 January 2020")
HANDED_OUT = ListName("Red Cross of Wuhan or Hubei", "Goods handed out, published 30 January 2020")
NEEDS = ListName("wuhan2020", "What hospitals asked for, January and February 2020")
CORRECTED_ROW = 14
CORRECTOR, APPROVER = "corrector", "correction-approver"


def record_history(importer: Importer, folder: Path, told: Callable[[str], None]) -> DonationsOutcome:
    """Afterwards the history is recorded: donations, goods, needs, hand-outs, row 14 as published and as corrected.

    `folder` has the published lists. `told` hears the word for each list before it is read. Recorded again it changes
    nothing. Returns what became of the donations' lists. Raises what the imports raise, and the first refusal of a
    contract.
    """
    told("donations")
    outcome = import_donations(importer, folder / "cash_donations.csv.gz", ListOptions())
    _raise(outcome.refused_by_contract)
    told("goods_received")
    _raise(import_goods(importer, folder / "goods_received.csv.gz", _named(RECEIVED)).refused_by_contract)
    told("goods_flow")
    _raise(import_goods(importer, folder / "hubei_goods_flow.csv.gz", _named(FLOW)).refused_by_contract)
    told("needs")
    _raise(import_needs(importer, folder / "hospital_needs.json.gz", _named(NEEDS)).refused_by_contract)
    told("handed_out")
    _raise(import_distributions(importer, folder / "goods_distributed.csv.gz", _named(HANDED_OUT)).refused_by_contract)
    told("correction")
    corrector = replace(importer, account=CORRECTOR)
    import_corrections(corrector, folder / "corrections.csv.gz", FLOW, approver=APPROVER)
    return outcome


def _named(name: ListName) -> ListOptions:
    return ListOptions(publisher=name.publisher, list_name=name.list_name)


def _raise(refused: Sequence[LedgerError]) -> None:
    if refused:
        raise refused[0]
