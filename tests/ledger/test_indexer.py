"""converge

├── when it is stopped after every block, or in the midst of one   → the same index as an uninterrupted run
├── when there is nothing new                                      → nothing happens
├── when the chain is not the one that was indexed
│   ├── another number, beginning or contract                      → WrongChain
│   ├── shorter than the index                                     → ChainBehindIndex
│   ├── with another last block                                    → ChainForked
│   └── with a block that follows another one                      → ChainForked
├── when a log is not one of ours, or out of order                 → UndecodableLog, whole blocks before it stay
└── when documents are missing
    ├── a document or code that no text can hold                   → it stops nothing, and is said as bytes or a mark
    ├── the rows are there without their texts, the digests listed
    └── and found later                                            → the same index as if they had been there
"""

import hashlib
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger import indexer
from ledger.bindings.discrepancies import DiscrepancyOpened
from ledger.bindings.fund_ledger import DonationRecorded, PledgeRecorded
from ledger.bindings.publications import EvidenceAnchored
from ledger.database import open_engine
from ledger.errors import ChainBehindIndex, ChainForked, UndecodableLog, WrongChain
from ledger.indexer import next_span, rebuild
from ledger.journal import keccak
from ledger.models.chain import ChainBlock, ChainLog, JournalHead, MissingDocument
from ledger.models.discrepancy import Discrepancy
from ledger.models.donation import Donation
from ledger.models.fund import FundDelta, FundTotal, ListTotal
from ledger.models.promise import Pledge
from ledger.models.publication import Evidence
from ledger.projections import HANDLERS
from tests.ledger.fake_chain import FakeChain, record
from tests.ledger.indexes import FUND, Ledger, digest_of, everything, make_engine, read, record_id, rows


@pytest.fixture
def ledger():
    made = Ledger()
    for count in (3, 0, 5, 1):
        made.donate(count) if count else made.chain.add([])
    return made


@pytest.fixture
def steady(tmp_path, ledger):
    engine = make_engine(tmp_path, "steady")
    ledger.index(engine)
    return engine


def test_converge__stopped_after_every_block__same_index_as_uninterrupted(tmp_path, ledger, steady):
    crashing = make_engine(tmp_path, "crashing")
    while ledger.index(crashing, blocks_max=1):
        pass
    assert everything(crashing) == everything(steady)


def test_converge__stopped_in_the_midst_of_blocks__same_index_as_uninterrupted(tmp_path, ledger, steady, monkeypatch):
    crashing = make_engine(tmp_path, "crashing")
    handler = HANDLERS[DonationRecorded]

    def crash(session, events):
        handler(session, events)
        raise KeyboardInterrupt

    whole = []
    for _ in range(3):
        with monkeypatch.context() as broken:
            broken.setitem(HANDLERS, DonationRecorded, crash)
            with pytest.raises(KeyboardInterrupt):
                ledger.index(crashing)
        whole.append(len(rows(crashing, ChainBlock)))
        ledger.index(crashing, blocks_max=2)
    ledger.index(crashing)
    assert whole == sorted(whole)
    assert whole[0] > 0, "what was committed before stays"
    assert everything(crashing) == everything(steady)


def test_converge__again__changes_nothing(ledger, steady):
    before = everything(steady)
    assert ledger.index(steady) == 0
    assert everything(steady) == before


def test_converge__donations__totals_after_every_block(steady):
    received = [
        (delta.block_number, delta.donations, delta.received_minor, delta.unallocated_minor)
        for delta in read(steady, FundDelta)
    ]
    assert received == [(3, 3, 303, 303), (5, 8, 828, 828), (6, 9, 936, 936)]
    (total,) = read(steady, FundTotal)
    assert (total.fund_id, total.received_minor, total.donations) == (FUND.hex(), 936, 9)
    assert rows(steady, ListTotal) == [("Hubei Red Cross", "01", FUND.hex(), 9, 936)]


def test_converge__logs__journal_heads_fold_them(steady):
    heads, head, count = {}, bytes(32), 0
    for log in read(steady, ChainLog):
        if log.contract == "FundLedger":
            head, count = keccak(head + log.record), count + 1
            assert log.journal_no == count
            heads[log.block_number] = (count, head.hex())
    found = {
        row.block_number: (row.count, row.head) for row in read(steady, JournalHead) if row.contract == "FundLedger"
    }
    assert found == heads
    assert count == 1 + 9 + 3, "a fund, nine donations in three batches"


def test_rebuild__index_with_foreign_rows__same_as_new(ledger, steady):
    before = everything(steady)
    with steady.begin() as connection:
        connection.exec_driver_sql("UPDATE donation SET amount_minor = amount_minor + 1")
    rebuild(steady, ledger.chain, ledger.documents, ledger.chain.deployment)
    assert everything(steady) == before


def test_converge__chain_shorter_than_index__chain_behind_index(ledger, steady):
    ledger.chain.drop_last(2)
    with pytest.raises(ChainBehindIndex, match="block 4"):
        ledger.index(steady)


def test_converge__other_last_block__chain_forked(ledger, steady):
    ledger.chain.drop_last(1)
    ledger.chain.add([], salt="other")
    with pytest.raises(ChainForked):
        ledger.index(steady)


def test_converge__block_that_follows_another__chain_forked(ledger, steady):
    _, block_hash, _, _ = ledger.chain._headers[-1]
    ledger.chain.add([])
    new = ledger.chain._headers[-1]
    ledger.chain._headers[-1] = (new[0], new[1], "0x" + "ab" * 32, new[3])
    before = everything(steady)
    with pytest.raises(ChainForked, match=block_hash):
        ledger.index(steady)
    assert everything(steady) == before


def test_converge__other_beginning__wrong_chain(ledger, steady):
    other = FakeChain(salt="other")
    with pytest.raises(WrongChain):
        indexer.converge(steady, other, ledger.documents, other.deployment)


def test_converge__node_of_another_chain__wrong_chain(ledger, steady):
    other = FakeChain(salt="other")
    with pytest.raises(WrongChain):
        indexer.converge(steady, other, ledger.documents, ledger.chain.deployment)


@pytest.mark.parametrize("change", ["chain_id", "addresses"])
def test_converge__other_number_or_contracts__wrong_chain(ledger, steady, change):
    deployment = ledger.chain.deployment
    wrong = {"chain_id": 1, "addresses": {**deployment.addresses, "FundLedger": "0x" + "11" * 20}}[change]
    setattr(deployment, change, wrong)
    with pytest.raises(WrongChain):
        indexer.converge(steady, ledger.chain, ledger.documents, deployment)


def spoil(ledger, change):
    """Changes the last block's logs as the node would give them."""
    logs = json.loads(ledger.chain._logs[-1])
    change(logs)
    ledger.chain._logs[-1] = json.dumps(logs).encode()


@pytest.mark.parametrize(
    "change",
    [
        lambda logs: logs[1].update(data="0x"),
        lambda logs: logs[1].update(address="0x" + "12" * 20),
        lambda logs: logs[1].update(topics=["0x" + "12" * 32, *logs[1]["topics"][1:]]),
        lambda logs: logs.reverse(),
        lambda logs: logs.append(logs[-1]),
    ],
    ids=["data", "address", "topic", "order", "twice"],
)
def test_converge__log_not_ours_or_out_of_order__undecodable_and_whole_blocks_stay(tmp_path, ledger, change):
    engine = make_engine(tmp_path)
    spoil(ledger, change)
    with pytest.raises(UndecodableLog):
        ledger.index(engine)
    kept = len(rows(engine, ChainBlock))
    assert kept < ledger.chain.head() + 1
    assert len(rows(engine, Donation)) in (0, 3, 8)


def test_converge__documents_missing_then_found__same_index_as_with_them(tmp_path, ledger, steady):
    late = make_engine(tmp_path, "late")
    contents = dict(ledger.documents.contents)
    ledger.documents.hidden = set(contents)
    ledger.index(late)
    assert [row[7] for row in rows(late, Donation)] == [None] * 9
    missing = rows(late, MissingDocument)
    assert len(missing) == 9 + 3 + 2, "contents, batch documents, organisation and fund"
    assert digest_of(late) != digest_of(steady)
    lines = {digest: line for document in contents for digest, line in _lines(contents[document])}
    ledger.documents.contents |= lines
    ledger.documents.hidden = set()
    ledger.index(late)
    assert rows(late, MissingDocument) == []
    assert digest_of(late) == digest_of(steady)


def _lines(document):
    return [(hashlib.sha256(line).digest(), line) for line in document.split(b"\n")]


def test_converge__content_not_an_object__listed_and_stays_listed(tmp_path):
    ledger = Ledger()
    digest = ledger.documents.put_lines([b'"not an object"'])
    ledger.chain.add([record(PledgeRecorded, record_id("pledge"), FUND, 7, 5, bytes(32), digest)])
    engine = make_engine(tmp_path)
    for _ in range(2):
        ledger.index(engine)
        assert rows(engine, MissingDocument) == [(digest.hex(), "FundLedger", 2, "content_digest", "not a JSON object")]


def test_converge__earlier_note_found_after_it_was_opened_again__the_later_one_stays(tmp_path):
    ledger = Ledger()
    notes = [ledger.documents.put({"kind": "note", "note": note}) for note in ("first", "second")]
    found = record_id("discrepancy")
    for quantity, note in enumerate(notes, start=1):
        opened = record(DiscrepancyOpened, found, record_id("subject"), 7, 0, 2, 0, quantity, note)
        ledger.chain.add([opened])
    late, steady = make_engine(tmp_path, "late"), make_engine(tmp_path, "steady")
    ledger.index(steady)
    ledger.documents.hidden = {notes[0]}
    ledger.index(late)
    ledger.documents.hidden = set()
    ledger.index(late)
    assert [one.note for one in read(late, Discrepancy)] == ["second"]
    assert digest_of(late) == digest_of(steady)


def test_converge__content_with_nul__indexed_with_a_mark_in_its_place(tmp_path):
    ledger = Ledger()
    digest = ledger.documents.put({"kind": "pledge", "note": "a\0b", "reference": "\0"})
    ledger.chain.add([record(PledgeRecorded, record_id("pledge"), FUND, 7, 5, bytes(32), digest)])
    engine = make_engine(tmp_path)
    ledger.index(engine)
    assert [(one.note, one.reference) for one in read(engine, Pledge)] == [("a\ufffdb", "\ufffd")]


def test_converge__code_that_is_none__indexed_as_its_bytes(tmp_path):
    ledger = Ledger()
    document = ledger.documents.put({"kind": "photograph"})
    code = b"\xff\0A\\"
    ledger.chain.add([record(EvidenceAnchored, record_id("evidence"), FUND, 7, document, code)])
    engine = make_engine(tmp_path)
    ledger.index(engine)
    assert [one.doc_type for one in read(engine, Evidence)] == ["\\xff\\x00A\\x5c"]


@settings(max_examples=12, deadline=None)
@given(st.lists(st.integers(0, 4), max_size=5), st.lists(st.integers(1, 3), min_size=1, max_size=8))
def test_converge__any_blocks_in_any_portions__same_digest(tmp_path_factory, batches, portions):
    folder = tmp_path_factory.mktemp("portions")
    one, other = Ledger(), Ledger()
    for count in batches:
        one.donate(count) if count else one.chain.add([])
    other.donations = 0
    for count in batches:
        if count:
            other.donate(count)
    first, second = make_engine(folder, "first"), make_engine(folder, "second")
    for portion in portions:
        one.index(first, blocks_max=portion)
    one.index(first)
    other.index(second)
    assert digest_of(first) == digest_of(second)


def test_converge__first_donation_twice_in_the_chain__stops(tmp_path, ledger):
    """The contract forbids it, so the index stops rather than counting it twice."""
    ledger.donations = 0
    ledger.donate(1)
    engine = make_engine(tmp_path)
    with pytest.raises(Exception, match="UNIQUE"):
        ledger.index(engine)
    assert len(rows(engine, Donation)) < 10


@given(st.integers(1, 1_000), st.integers(0, 1_000_000))
def test_next_span__any_blocks_and_logs__bounded(blocks, logs):
    span = next_span(blocks, logs)
    assert 1 <= span <= indexer.BLOCKS_PER_FETCH_MAX
    assert span == 1 or span * logs <= indexer.LOGS_PER_FETCH * blocks


def test_open_engine__sqlite__wal_and_foreign_keys(tmp_path):
    with open_engine(f"sqlite:///{tmp_path / 'x.sqlite'}").connect() as connection:
        pragmas = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "foreign_keys")]
    assert pragmas == ["wal", 1]


def test_converge__several_batches_in_one_block__contents_of_all(tmp_path):
    ledger = Ledger()
    first = ledger.donate(2)
    ledger.donate(3)
    logs = [log for block in ledger.chain._logs[-2:] for log in json.loads(block)]
    ledger.chain.drop_last(2)
    ledger.chain.add(logs)
    engine = make_engine(tmp_path)
    ledger.index(engine)
    assert [row.row_no for row in sorted(read(engine, Donation), key=lambda row: row.journal_no)] == [0, 1, 2, 3, 4]
    assert rows(engine, MissingDocument) == []
    assert first in ledger.documents.contents
