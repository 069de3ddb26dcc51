"""The ledger on four validators: it records, indexes and verifies there; validators join and leave; strangers do not."""

import json
import subprocess
from pathlib import Path

import pytest

from ledger.chain import connect, connect_deployed
from ledger.contracts import Deployment, encode_call
from ledger.deployer import write_deployment
from ledger.errors import BadInput
from ledger.keys import Keyring, make_node_key, make_secret
from ledger.rpc import RpcError
from ledger.settings import Settings
from network import ballots, validators
from network.building import build
from network.ports import free_port
from network.processes import Part
from tests.network.consortium import DONATIONS, Consortium, rows, wait_for

pytestmark = [pytest.mark.validators, pytest.mark.timeout(900)]
BAD_INPUT, AWAY = 2, 4


def test_consortium__records_and_indexes_a_published_list__verifies(consortium: Consortium, tmp_path: Path):
    imported = consortium.run("import", "donations", rows(tmp_path, 1, 450))
    assert (imported["recorded"], imported["held_back"], imported["refused"]) == (450, 0, 0)
    consortium.run("index")
    assert consortium.run("verify")["findings"] == []
    count, distinct, _ = consortium.count(DONATIONS)
    assert count == distinct >= 450


def test_consortium__imported_again__records_nothing(consortium: Consortium, tmp_path: Path):
    file = rows(tmp_path, 1, 450)
    consortium.run("import", "donations", file)
    before = consortium.journal("FundLedger")
    again = consortium.run("import", "donations", file)
    assert again["recorded"] == 450
    assert consortium.journal("FundLedger") == before


def test_status__all_run__every_validator_signs_and_proposes(consortium: Consortium):
    wait_for(lambda: consortium.head() > 25)
    said = consortium.run("status")

    def all_are_ok() -> bool:
        said.update(consortium.run("status"))
        return {one["name"]: one["state"] for one in said["validators"]} == dict.fromkeys("abcd", "ok")

    # Beside other tests one may lag for a moment.
    wait_for(all_are_ok)
    for one in said["validators"]:
        assert one["peers"] == 3
        assert one["proposed"] > 0
        assert one["signed"] > 0
        assert one["disk_bytes"] > 0
    assert said["contracts"] == 10


def test_validator__started__listens_on_two_loopback_ports_only(consortium: Consortium):
    for place in consortium.places():
        assert listening(consortium.process_id(place.name)) == {
            ("127.0.0.1", place.p2p_port),
            ("127.0.0.1", place.rpc_port),
        }


@pytest.mark.parametrize(
    "method", "admin_peers debug_gcStats personal_listAccounts governance_vote txpool_status".split()
)
def test_validator__asked_over_http_what_is_the_operators__unknown(consortium: Consortium, method: str):
    with pytest.raises(RpcError, match="does not exist"):
        consortium.ask("a", method)


def test_validator__its_folder__secrets_are_its_owners_alone(consortium: Consortium):
    folder = consortium.place("a").folder
    for path in (folder / "nodekey", folder / ballots.SOCKET):
        assert path.stat().st_mode & 0o077 == 0
    assert folder.stat().st_mode & 0o077 == 0


def test_validator__key_named_in_arguments__never(consortium: Consortium):
    key = (consortium.place("a").folder / "nodekey").read_text().strip()
    command = Path(f"/proc/{consortium.process_id('a')}/cmdline").read_bytes().decode()
    environment = Path(f"/proc/{consortium.process_id('a')}/environ").read_bytes().decode()
    assert key not in command + environment


def test_up__run_again__changes_nothing(consortium: Consortium):
    running = {name: consortium.process_id(name) for name in consortium.running_now()}
    consortium.up()
    assert {name: consortium.process_id(name) for name in consortium.running_now()} == running


def test_up__embedded_beside_it__refused(consortium: Consortium):
    exit_code, said = consortium.outcome("up")
    assert exit_code == BAD_INPUT
    assert "ledger down" in said["hint"]


def test_up__description_of_another_chain__refused(consortium: Consortium, tmp_path: Path):
    other = tmp_path / "other.toml"
    other.write_text(consortium.described.read_text().replace(str(consortium.chain_id), "4711"))
    exit_code, said = consortium.outcome("up", "--profile", "consortium", "--consortium", other)
    assert exit_code == BAD_INPUT
    assert "4711" in said["message"]
    assert str(consortium.chain_id) in said["message"]


def test_index__deployment_of_other_contracts__refused(consortium: Consortium, tmp_path: Path):
    consortium.run("index")
    deployment = deployment_of(consortium)
    others = dict(zip(deployment.addresses, reversed(deployment.addresses.values()), strict=True))
    write_deployment(tmp_path, deployment._replace(addresses=others))
    mine = consortium.environment["LEDGER_DEPLOYMENTS_DIR"]
    consortium.environment["LEDGER_DEPLOYMENTS_DIR"] = str(tmp_path)
    try:
        exit_code, said = consortium.outcome("index")
    finally:
        consortium.environment["LEDGER_DEPLOYMENTS_DIR"] = mine
    assert exit_code == BAD_INPUT
    assert said["error"] == "WrongChain"


def test_vote__on_the_rounds_time__refused_with_the_reason(consortium: Consortium):
    place = consortium.place("a")
    with pytest.raises(BadInput, match="halts the chain for good"):
        ballots.vote(place, "istanbul.timeout", 5_000)
    # Nor does the validator itself take it, whoever asks.
    assert "error" in ballots.ask_operator(place.folder, "governance_vote", "istanbul.timeout", 5_000)


def test_ballot__invited_from_elsewhere__admitted_signs_and_is_removed(consortium: Consortium, tmp_path: Path):
    newcomer = Consortium(tmp_path / "newcomer", chain_id=consortium.chain_id)
    newcomer.environment["LEDGER_DATABASE_URL"] = f"sqlite:///{tmp_path / 'newcomer.sqlite'}"
    newcomer.environment["LEDGER_IPFS_ADDRESS"] = str(consortium.settings.ipfs_address)
    public_key = newcomer.run("network", "key", "e")["public_key"]
    invitation, described = tmp_path / "invitation.json", tmp_path / "consortium.toml"
    described.write_text(with_newcomer(consortium.described.read_text(), public_key, free_port()))
    consortium.run("network", "invite", "e", invitation, "--consortium", described)
    joined = newcomer.run("network", "join", invitation)
    assert joined["validator"] == "e"
    newcomer.described = Path(joined["description"])
    try:
        newcomer.up()
        assert newcomer.running_now() == {"e"}
        assert newcomer.height("e") == 0
        admitted = consortium.run("network", "admit", "e", "--consortium", described)
        assert (admitted["decided"], admitted["needed"], admitted["validators"]) == (True, 3, 5)
        wait_for(lambda: newcomer.height("e") >= consortium.head() - 1 > 0)
        wait_for(lambda: newcomer.status("e").state == "ok")
        again = consortium.run("network", "admit", "e", "--consortium", described)
        assert (again["decided"], again["voted"]) == (True, [])
        removed = consortium.run("network", "remove", "e", "--consortium", described)
        assert (removed["decided"], removed["validators"]) == (True, 4)
    finally:
        newcomer.outcome("down")
    assert newcomer.running_now() == set()
    began = consortium.head()
    wait_for(lambda: consortium.head() > began + 2)


def with_newcomer(described: str, public_key: str, port: int) -> str:
    """The description with a fifth validator, whose key is elsewhere."""
    table = f'[[validator]]\nname = "e"\norganisation = 2\np2p_port = {port}\npublic_key = "{public_key}"\n'
    described = described.replace("\n[[organisation]]", f"\n{table}\n[[organisation]]", 1)
    return described.replace("[chain]\n", "[chain]\ngenesis_time_s = 1\n")


def test_outsiders_node__same_genesis__no_validator_talks_to_it(consortium: Consortium, tmp_path: Path):
    make_node_key(tmp_path / "nodekey")
    network = validators.noted_network(consortium.settings)
    assert network is not None
    outsider = consortium.place("a")._replace(
        name="outsider", folder=tmp_path, identity=make_node_key(tmp_path / "nodekey"), p2p_port=0, rpc_port=0
    )
    executable = build(validators.NODE)
    validators.make_data(outsider, executable, validators.genesis_file(consortium.settings))
    log = Part("outsider", tmp_path, ()).log
    with log.open("wb") as said:
        process = subprocess.Popen(
            validators.command(outsider, consortium.places(), network, executable),
            cwd=tmp_path,
            stdout=said,
            stderr=said,
        )
    try:
        wait_for(lambda: (tmp_path / ballots.SOCKET).exists())
        began = consortium.head()
        wait_for(lambda: consortium.head() > began + 6)
        assert ballots.ask_operator(tmp_path, "net_peerCount")["result"] == "0x0"
        assert ballots.ask_operator(tmp_path, "eth_blockNumber")["result"] == "0x0"
    finally:
        process.terminate()
        process.wait()
    assert b"failed" in log.read_bytes()
    assert {consortium.status(name).peers for name in "abcd"} == {3}
    assert outsider.address not in ballots.council_of(consortium.places())


def test_outsiders_account__writes__mined_and_refused_nothing_changes(consortium: Consortium, tmp_path: Path):
    secret = tmp_path / "password"
    make_secret(secret)
    keyring = Keyring(tmp_path / "keys", secret, scrypt_n=2)
    address = keyring.create("outsider")
    chain = connect(consortium.settings)
    before = consortium.journal("Participants")
    calldata = encode_call("Participants", "registerPersons", ([(99, 1, bytes(32))],))
    deployment = deployment_of(consortium)
    signed = keyring.sign(
        "outsider",
        {
            "nonce": 0,
            "gasPrice": 0,
            "gas": 1_000_000,
            "value": 0,
            "to": bytes.fromhex(deployment.address("Participants")[2:]),
            "data": calldata,
            "chainId": consortium.chain_id,
        },
    )
    assert chain.send([signed.raw]) == [None]
    wait_for(lambda: chain.nonces([address]) == [1])
    (receipt,) = chain.receipts([signed.hash])
    assert receipt is not None
    assert not receipt.succeeded
    assert consortium.journal("Participants") == before


def deployment_of(consortium: Consortium) -> Deployment:
    deployment = connect_deployed(consortium.settings).deployment
    assert deployment is not None
    return deployment


def listening(process_id: int) -> set[tuple[str, int]]:
    """The TCP addresses that a process listens on."""
    folder = Path(f"/proc/{process_id}")
    own = {str(path.readlink()) for path in (folder / "fd").iterdir() if path.is_symlink()}
    found = set()
    for name in ("tcp", "tcp6", "udp", "udp6"):
        for line in (folder / "net" / name).read_text().splitlines()[1:]:
            fields = line.split()
            is_open = fields[3] == "0A" or name.startswith("udp")
            if is_open and f"socket:[{fields[9]}]" in own:
                host, _, port = fields[1].partition(":")
                address = ".".join(str(byte) for byte in reversed(bytes.fromhex(host))) if len(host) == 8 else host
                found.add((address, int(port, 16)))
    return found


def test_data_folder__not_whole__said_and_left(tmp_path: Path):
    made = Consortium(tmp_path, names=("a",))
    settings = Settings.from_environment(made.environment)
    data = validators.validators_dir(settings) / "a" / "data"
    data.mkdir(parents=True)
    exit_code, said = made.outcome("up", "--profile", "consortium", "--consortium", made.described)
    assert exit_code == BAD_INPUT
    assert "is not whole" in said["message"]
    assert "move it away" in said["hint"]
    assert list(data.iterdir()) == []


def test_genesis__not_one__said(tmp_path: Path):
    made = Consortium(tmp_path, names=("a",))
    folder = validators.validators_dir(made.settings)
    folder.mkdir(parents=True)
    (folder / "genesis.json").write_text(json.dumps({"config": {}}))
    exit_code, said = made.outcome("up", "--profile", "consortium", "--consortium", made.described)
    assert exit_code == BAD_INPUT
    assert "holds no genesis" in said["message"]
