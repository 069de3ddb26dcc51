"""What every test of the contracts stands on: the ledger with its cast, and a fresh state for each test."""

from collections.abc import Iterator
from typing import Any

import pytest
from brownie import project
from chain_state import revert_to, snapshot
from parts import Ledger, assert_journals_hold, deployed, populate, stock_catalogue
from patience import be_patient
from reverts import reverts

be_patient()


@pytest.fixture(scope="session")
def containers() -> dict[str, Any]:
    """Every contract of the project that can be deployed, by name."""
    return {container._name: container for container in project.get_loaded_projects()[0]}


@pytest.fixture(scope="session")
def ledger(containers: dict[str, Any]) -> Ledger:
    """The whole ledger, sealed, with its cast and its catalogue; each test begins from here."""
    ledger = deployed(containers)
    populate(ledger)
    stock_catalogue(ledger)
    ledger["Participants"].seal({"from": ledger.deployer})
    return ledger


@pytest.fixture
def unsealed(containers: dict[str, Any], ledger: Ledger) -> Ledger:
    """Another ledger of Participants alone, in the middle of its bootstrap, with the same cast."""
    fresh = deployed({"Participants": containers["Participants"]})
    populate(fresh)
    return fresh


@pytest.fixture(scope="module", autouse=True)
def _module_fresh(ledger: Ledger) -> Iterator[None]:
    """What a module's own fixtures record is gone after the module."""
    # Not brownie's own isolation: that resets to the empty chain for each module, and the ledger would be deployed anew.
    before = snapshot()
    yield
    revert_to(before)


@pytest.fixture(autouse=True)
def _fresh(ledger: Ledger, _module_fresh: None) -> Iterator[None]:
    """Every test begins from the state that its module's fixtures left, and leaves journals that their logs fold to."""
    before = snapshot()
    yield
    assert_journals_hold(ledger)
    revert_to(before)


@pytest.fixture(scope="session")
def refused() -> Any:
    """`with refused("RecordConflict", record_id):`, see reverts.py."""
    return reverts


@pytest.fixture(scope="session")
def stranger(ledger: Ledger) -> Any:
    """An account that nobody stands behind."""
    return ledger.stranger


def _part(name: str) -> Any:
    return pytest.fixture(scope="session", name=name)(lambda ledger: ledger[_PARTS[name]])


def _actor(name: str) -> Any:
    return pytest.fixture(scope="session", name=name)(lambda ledger: ledger.actors[name])


_PARTS = {
    "participants": "Participants",
    "fund_ledger": "FundLedger",
    "catalogue": "Catalogue",
    "need_ledger": "NeedLedger",
    "supply_ledger": "SupplyLedger",
    "stock_ledger": "StockLedger",
    "consignment_ledger": "ConsignmentLedger",
    "discrepancies": "Discrepancies",
    "corrections": "Corrections",
    "publications": "Publications",
}
participants, fund_ledger, catalogue, need_ledger, supply_ledger, stock_ledger, consignment_ledger = map(
    _part, list(_PARTS)[:7]
)
discrepancies, corrections, publications = map(_part, list(_PARTS)[7:])
registrar, guardian, auditor, clerk, importer, allocator, approver, dispatcher, carrier, inspector = map(
    _actor, "registrar guardian auditor clerk importer allocator approver dispatcher carrier inspector".split()
)
corrector, correction_approver, allrounder, consignee, partner, outsider, demonstrator = map(
    _actor, "corrector correction_approver allrounder consignee partner outsider demonstrator".split()
)
