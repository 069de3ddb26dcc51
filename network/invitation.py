"""What a new validator gets from the others: the genesis and the description as they know it. Nothing in it is secret.

invite ──▶ FILE (JSON) ──▶ join ──▶ state/validators/genesis.json
                                                     consortium.toml   the description, ports and keys filled in
"""

import json
from pathlib import Path
from typing import Any

import tomli_w
from pydantic import ValidationError

from ledger.consortium import Consortium, first_problem, read_consortium
from ledger.errors import BadInput
from ledger.files import write_whole
from ledger.settings import Settings
from network.description import Network, read_network
from network.genesis import read_genesis
from network.validators import genesis_file, own_key, places, save_network, validators_dir

DESCRIPTION = "consortium.toml"


def invitation(settings: Settings, described_in: Path, name: str) -> dict[str, Any]:
    """What to hand to the validator of that name, which the description has already.

    Raises BadInput when it is not described, or this machine's validators have no genesis yet.
    """
    network = read_network(described_in)
    network.named(name)
    genesis = read_genesis(genesis_file(settings), network.chain)
    if genesis is None:
        raise BadInput(
            "There is no genesis here yet.", hint="Start the network first: `ledger up --profile consortium`."
        )
    described = network.model_dump(mode="json")
    # Ports that were chosen here, and keys that were made here, are said to the newcomer.
    for one, place in zip(described["validator"], places(settings, network, as_noted=True), strict=True):
        if one["name"] != name or one["public_key"]:
            one |= {"p2p_port": place.p2p_port, "public_key": place.identity.public_key.hex()}
    described["chain"]["genesis_time_s"] = int(genesis["timestamp"], 16)
    participants = read_consortium(described_in).model_dump(mode="json")
    return {"validator": name, "network": described, "participants": participants, "genesis": genesis}


def accept(settings: Settings, file: Path) -> tuple[str, Path]:
    """Afterwards this machine's validators begin with the invitation's genesis, and its description stands here.

    Returns which validator is invited, and the description's file. Raises BadInput when the file is no invitation, is
    for another key, or validators of another network are here.
    """
    try:
        read = json.loads(file.read_text(encoding="utf-8"))
        name, network = str(read["validator"]), Network.model_validate(read["network"])
        participants = Consortium.model_validate(read["participants"])
        chain_id = int(read["genesis"]["config"]["chainId"])
    except ValidationError as error:
        raise BadInput(f"{file}, {error.title.lower()}, {first_problem(error)}.") from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadInput(f"{file} is no invitation ({type(error).__name__}: {error}).") from error
    if chain_id != network.chain.chain_id:
        raise BadInput(f"{file} is no invitation: its genesis is of another chain than its network.")
    public_key, own = network.named(name).public_key, own_key(settings, name)
    if public_key and public_key != own.public_key.hex():
        raise BadInput(
            f"The invitation is for the key {public_key[:16]}..., but {name} has {own.public_key.hex()[:16]}... here.",
            hint="Tell the others the public key that `ledger network key` prints here.",
        )
    path = genesis_file(settings)
    known = read_genesis(path, network.chain)
    if known is not None and known != read["genesis"]:
        raise BadInput(f"{path} is another genesis.", hint="Name another LEDGER_STATE_DIR.")
    write_whole(path, json.dumps(read["genesis"], indent=2) + "\n")
    save_network(settings, network)
    description = validators_dir(settings) / DESCRIPTION
    tables: dict[str, Any] = {}
    for part in (network, participants):
        tables |= part.model_dump(mode="json", exclude_none=True)
    write_whole(description, f"# As `ledger network join` took it from the invitation.\n{tomli_w.dumps(tables)}")
    return name, description
