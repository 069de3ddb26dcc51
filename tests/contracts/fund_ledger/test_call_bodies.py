"""What a record's event and its tag are made of: the words of the call, no more than the function names

├── when more bytes follow the arguments             → the event, and a retry, are as without them
└── when an earmark has bits beyond its sixteen bytes → refused
"""

import brownie
import pytest
from money import DONOR, FUND, charity_id, ends, told
from names import ZERO, digest
from reverts import plain

NEW = charity_id("new")


def send(actor, contract, call):
    return actor.account.transfer(contract.address, 0, data=call, silent=True)


def test_call_body__longer_than_its_arguments__left_out(fund_ledger, clerk):
    call = fund_ledger.recordPledge.encode_input(NEW, FUND, 40, DONOR, digest("promise"))
    receipt = send(clerk, fund_ledger, call + "ff" * 32)
    assert told(receipt, "PledgeRecorded") == plain((NEW, FUND, clerk.person_id, 40, DONOR, digest("promise")))
    assert len(bytes(receipt.logs[0]["data"])) == 3 * 32
    assert not send(clerk, fund_ledger, call).logs


@pytest.mark.parametrize("word", [1, 2], ids=["purpose", "place"])
def test_call_body__bits_beyond_an_earmark__refused(fund_ledger, clerk, allocator, word):
    opening = fund_ledger.openFund.encode_input(NEW, b"CNY", ends("720", "CN42"), digest("fund"))
    proposal = fund_ledger.proposeAllocation.encode_input(NEW, FUND, 1, ends("720", "CN42"), ZERO, digest("why"))
    change = fund_ledger.proposeRedesignation.encode_input(NEW, FUND, 1, ends("720", "CN42"), digest("why"))
    for actor, call, first in ((clerk, opening, 1), (allocator, proposal, 2), (allocator, change, 2)):
        changed = bytearray.fromhex(call[2:])
        changed[4 + 32 * (first + word) + 31] = 1
        with brownie.reverts():
            send(actor, fund_ledger, "0x" + changed.hex())
