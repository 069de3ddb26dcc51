"""The bindings are what the committed artifacts give, and every event that a contract can emit has a handler.

├── given the committed artifacts          → writing the bindings again gives the same bytes
├── given every event of every binding     → a handler takes it
└── given any values                       → what eth_abi encodes is decoded to the same values
"""

import typing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.binding_writer import BINDINGS, abis_of_artifacts, enums_of_sources, snake, write_bindings
from ledger.bindings.consignment_ledger import ConsignmentReceived, ReceiptLine, RecordAdjusted
from ledger.bindings.decoding import EVENTS
from ledger.bindings.fund_ledger import DonationRecorded, IncomeRecorded
from ledger.bindings.participants import PartNamed
from ledger.decoder import LogDecoder
from ledger.projections import HANDLERS
from tests.ledger.fake_chain import ADDRESSES, record

IDS = st.binary(min_size=32, max_size=32)
AMOUNTS = st.integers(0, 2**64 - 1)
PERSONS = st.integers(0, 2**24 - 1)


def decode(log):
    return LogDecoder(ADDRESSES).decode(log)[2]


def test_write_bindings__committed_artifacts__same_bytes(tmp_path):
    write_bindings(abis_of_artifacts(), enums_of_sources(), tmp_path)
    written = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*.py")}
    assert written == {path.relative_to(BINDINGS): path.read_bytes() for path in BINDINGS.rglob("*.py")}


def test_events__of_every_contract__are_handled():
    events = [typing.get_type_hints(decoder)["return"] for decoders in EVENTS.values() for decoder in decoders.values()]
    assert len(events) > 90
    assert set(events) == set(HANDLERS)


def test_events__of_every_contract__are_those_of_its_artifact():
    emitted = {
        contract: {entry["name"] for entry in abi if entry["type"] == "event"}
        for contract, abi in abis_of_artifacts().items()
    }
    bound = {
        contract: {typing.get_type_hints(decoder)["return"].__name__ for decoder in decoders.values()}
        for contract, decoders in EVENTS.items()
    }
    assert bound == {contract: names for contract, names in emitted.items() if names}


@given(IDS, IDS, PERSONS, AMOUNTS, IDS, IDS)
def test_decode__any_donation__same_values(donation_id, fund_id, actor_id, amount_minor, commitment, content):
    found = decode(record(DonationRecorded, donation_id, fund_id, actor_id, amount_minor, commitment, content))
    ids = (donation_id.hex(), fund_id.hex(), actor_id, amount_minor, commitment.hex(), content.hex())
    assert found == DonationRecorded(*ids)


@given(
    IDS, IDS, PERSONS, st.booleans(), IDS, st.lists(st.tuples(st.integers(0, 2**16 - 1), *[AMOUNTS] * 4), max_size=5)
)
def test_decode__any_receipt__same_lines(receipt_id, consignment_id, actor_id, is_final, content, lines):
    found = decode(record(ConsignmentReceived, receipt_id, consignment_id, actor_id, is_final, 1, content, lines))
    assert found.lines == tuple(ReceiptLine(*line) for line in lines)
    assert (found.completeness, found.is_final, found.content_digest) == ("inferred", is_final, content.hex())


@given(st.integers(-(2**63), 2**63 - 1))
def test_decode__any_signed_difference__same_number(delta):
    assert decode(record(RecordAdjusted, b"a" * 32, b"b" * 32, 3, 1, 2, delta, 9)).delta == delta


def test_decode__enums_codes_and_addresses__as_text():
    income = decode(record(IncomeRecorded, b"i" * 32, b"f" * 32, 3, 1, 5, b"s" * 32, b"c" * 32))
    assert income.kind == "sale_proceeds"
    part = decode(record(PartNamed, b"FundLedger".ljust(32, b"\0"), bytes(32), 0, "0x" + "ab" * 20))
    assert part == PartNamed("FundLedger", "0" * 64, 0, "0x" + "ab" * 20)


@pytest.mark.parametrize(
    ("name", "said"), [("fromAmountMinor", "from_amount_minor"), ("delay_s", "delay_s"), ("FundLedger", "fund_ledger")]
)
def test_snake__names_of_solidity__names_of_python(name, said):
    assert snake(name) == said
