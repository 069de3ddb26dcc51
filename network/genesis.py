"""The first block: which validators there are in the beginning, and the rules that hold from it on.

The same description makes the same block everywhere. All forks up to Cancun and Kaia's own hold from block 0, without
the one that needs keys registered on the chain. Nothing costs a fee, and nobody is rewarded.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ledger.errors import BadInput
from ledger.headers import extra_of
from network.description import Chain

FORKS = "istanbul london ethTxType magma kore shanghai cancun kaia".split()
COMMITTEE_MAX = 22


def genesis(chain: Chain, validators: Sequence[bytes], time_s: int) -> dict[str, Any]:
    """The genesis that every validator begins with; `validators` are the addresses of the first ones."""
    return {
        "config": {
            "chainId": chain.chain_id,
            **{f"{fork}CompatibleBlock": 0 for fork in FORKS},
            "istanbul": {"epoch": chain.epoch_blocks, "policy": 0, "sub": COMMITTEE_MAX},
            "unitPrice": 0,
            "deriveShaImpl": 0,
            "governance": {
                # Every validator has one vote on who is a validator.
                "governanceMode": "ballot",
                "governingNode": "0x" + sorted(validators)[0].hex(),
                "govParamContract": "0x" + "00" * 20,
                "reward": {
                    "mintingAmount": 0,
                    "ratio": "100/0/0",
                    "kip82ratio": "20/80",
                    "useGiniCoeff": False,
                    "deferredTxFee": False,
                    "stakingUpdateInterval": 86_400,
                    "proposerUpdateInterval": 3_600,
                    "minimumStake": 0,
                },
                # Without bounds of 0, transactions that pay no fee would be refused.
                "kip71": {
                    "lowerboundbasefee": 0,
                    "upperboundbasefee": 0,
                    "gastarget": 30_000_000,
                    "maxblockgasusedforbasefee": 60_000_000,
                    "basefeedenominator": 20,
                },
            },
        },
        "timestamp": hex(time_s),
        "extraData": "0x" + extra_of(sorted(validators)).hex(),
        "blockScore": "0x1",
        "alloc": {},
    }


def read_genesis(path: Path, chain: Chain) -> dict[str, Any] | None:
    """The genesis that was made before, or None. Raises BadInput when it is of another chain than the description."""
    try:
        described: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        chain_id = int(described["config"]["chainId"])
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadInput(f"{path} holds no genesis ({error}).", hint="Put back the file that the network has.") from error
    if chain_id != chain.chain_id:
        raise BadInput(
            f"The description names chain {chain.chain_id}, but {path} is the genesis of chain {chain_id}.",
            hint="Set chain.chain_id back, or name another LEDGER_STATE_DIR.",
        )
    return described
