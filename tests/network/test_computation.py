"""How long one transaction may compute, whoever sends it: a stranger's that never ends, without a fee, on one validator."""

import time
from pathlib import Path

import pytest

from ledger.chain import connect
from ledger.keys import Keyring, make_secret
from network import validators
from network.watching import await_blocks
from tests.network.consortium import Consortium, wait_for

FOR_EVER = "5b5f56"  # JUMPDEST, PUSH0, JUMP
WITHIN_S = 20
pytestmark = [pytest.mark.validators, pytest.mark.timeout(180)]


def test_transaction__never_ends_by_itself__ended_and_blocks_go_on(tmp_path: Path):
    consortium = Consortium(tmp_path, names=("a",), chain_id=20_200_133)
    make_secret(tmp_path / "password")
    keyring = Keyring(tmp_path / "keys", tmp_path / "password", scrypt_n=2)
    address = keyring.create("stranger")
    signed = keyring.sign(
        "stranger",
        {
            "nonce": 0,
            "gasPrice": 0,
            "gas": 500_000_000_000,
            "value": 0,
            "data": bytes.fromhex(FOR_EVER),
            "chainId": consortium.chain_id,
        },
    )
    with consortium.running("network", "run", "a", "--consortium", consortium.described):
        wait_for(lambda: validators.noted_network(consortium.settings) is not None)
        await_blocks(consortium.places())
        consortium.settings.endpoint_file.write_text(consortium.place("a").url)
        chain = connect(consortium.settings)
        assert chain.send([signed.raw]) == [None]
        began = time.monotonic()
        wait_for(lambda: chain.nonces([address]) == [1], WITHIN_S)
        (receipt,) = chain.receipts([signed.hash])
        assert receipt is not None
        assert not receipt.succeeded
        last = consortium.head()
        wait_for(lambda: consortium.head() >= last + 2, WITHIN_S)
        assert time.monotonic() - began < WITHIN_S
