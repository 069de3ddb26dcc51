"""LogDecoder.decode: every log of the ledger's contracts is one of their events, or the index stops and says where.

├── given a log of another address         → UndecodableLog
├── given a topic 0 that no event has      → UndecodableLog
├── given a body that is too short or long → UndecodableLog
├── given a number wider than its type     → UndecodableLog
├── given an enum's member that is not     → UndecodableLog
├── given an array that is cut off         → UndecodableLog
└── given upper-case digits                → the same lower-case ids
"""

import pytest

from ledger.bindings.consignment_ledger import ConsignmentReceived
from ledger.bindings.fund_ledger import DonationRecorded, IncomeRecorded
from ledger.decoder import LogDecoder, decode_record
from ledger.errors import UndecodableLog
from tests.ledger.fake_chain import ADDRESSES, record

DECODER = LogDecoder(ADDRESSES)
PLACE = {"blockNumber": "0x7", "logIndex": "0x3"}


def donation(**changed):
    log = record(DonationRecorded, b"\xd1" * 32, b"\xf1" * 32, 7, 1_000, b"\xc1" * 32, b"\xe1" * 32)
    return {**log, **PLACE, **changed}


def test_decode__upper_case_digits__lower_case_ids():
    log = donation()
    shouted = {
        **log,
        "topics": ["0x" + topic[2:].upper() for topic in log["topics"]],
        "data": "0x" + log["data"][2:].upper(),
    }
    assert DECODER.decode(shouted) == DECODER.decode(log)


def test_decode__record__is_what_the_journal_folds():
    log = donation()
    found = DECODER.decode(log)
    assert found[1].hex() == "".join(part[2:] for part in (*log["topics"][:3], log["data"]))
    assert decode_record(found[0], found[1], found[2].actor_id) == found[2]


@pytest.mark.parametrize(
    "log",
    [
        donation(address="0x" + "99" * 20),
        donation(topics=["0x" + "77" * 32, *donation()["topics"][1:]]),
        donation(topics=donation()["topics"][:3]),
        donation(topics=[]),
        donation(data=donation()["data"][:-64]),
        donation(data=donation()["data"] + "00"),
        donation(data="0x" + "ff" * 32 + donation()["data"][66:]),
        donation(data="0xzz"),
        {**record(IncomeRecorded, b"i" * 32, b"f" * 32, 3, 9, 5, b"s" * 32, b"c" * 32), **PLACE},
        {
            **donation(),
            "data": record(ConsignmentReceived, b"r" * 32, b"c" * 32, 1, True, 0, b"d" * 32, [])["data"][:-64],
        },
    ],
    ids=["address", "topic", "three topics", "no topics", "short", "long", "wide", "not hex", "enum", "array"],
)
def test_decode__not_an_event_of_ours__undecodable_with_its_place(log):
    with pytest.raises(UndecodableLog, match=r"Log 0x3 of block 0x7"):
        DECODER.decode(log)


def test_decode__array_cut_off__undecodable():
    log = {**record(ConsignmentReceived, b"r" * 32, b"c" * 32, 1, True, 0, b"d" * 32, [(0, 1, 2, 3, 4)]), **PLACE}
    with pytest.raises(UndecodableLog):
        DECODER.decode({**log, "data": log["data"][:-64]})
