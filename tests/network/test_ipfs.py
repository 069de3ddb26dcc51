"""The private IPFS daemon: who it listens to, whom it asks, and what is there after it was stopped or killed."""

import json
import socket
from collections.abc import Iterator
from pathlib import Path

import ipfshttpclient
import pytest
from ipfshttpclient.exceptions import ErrorResponse

from ledger.documents.copying import copy
from ledger.errors import BadInput, PartAway
from ledger.settings import Settings
from network import ipfs
from network.ports import free_port
from tests.network.daemons import kill, process_id_of, settings_in, store_of, wait_for

CONTENT = b"what has to be there afterwards"


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
    made = settings_in(tmp_path / "state")
    yield made
    ipfs.stop(made)


def listening(process_id: int) -> set[str]:
    """The addresses and ports, as the system writes them, at which a process takes connections or datagrams."""
    inodes = {str(link.readlink()) for link in Path(f"/proc/{process_id}/fd").iterdir() if link.is_symlink()}
    found = set()
    for protocol in ("tcp", "tcp6", "udp", "udp6"):
        for line in Path(f"/proc/{process_id}/net/{protocol}").read_text().splitlines()[1:]:
            fields = line.split()
            if f"socket:[{fields[9]}]" in inodes and (protocol.startswith("udp") or fields[3] == "0A"):
                found.add(f"{protocol} {fields[1]}")
    return found


def configured(settings: Settings, change) -> None:
    """Changes the stopped daemon's configuration as its operator would."""
    path = ipfs.folder_of(settings) / "repo" / "config"
    config = json.loads(path.read_text())
    change(config)
    path.write_text(json.dumps(config))


def connect(client, peer: str) -> None:
    """What `client.swarm.connect` would do; it sends an empty address along, which kubo refuses."""
    client._client.request("/swarm/connect", [peer], decoder="json")


def test_start__first_time__answers_at_the_address_that_settings_find(settings: Settings):
    started = ipfs.start(settings)
    assert (started.running, started.version) == (True, "0.42.0")
    assert settings_in(settings.state_dir).ipfs_address == started.address


def test_start__running__listens_on_its_api_on_loopback_and_nowhere_else(settings: Settings):
    port = int(ipfs.start(settings).address.rpartition("/")[2])
    assert listening(process_id_of(settings)) == {f"tcp 0100007F:{port:04X}"}


def test_start__running__knows_nobody_and_asks_nobody(settings: Settings):
    client = ipfshttpclient.Client(ipfs.start(settings).address)
    assert client.swarm.peers()["Peers"] is None
    assert client.bootstrap.list()["Peers"] in (None, [])
    identity = client.id()
    assert identity["Addresses"] == [f"/p2p/{identity['ID']}"]
    shown = client.config.get()
    assert (shown["Routing"]["Type"], shown["Routing"]["DelegatedRouters"]) == ("none", [])
    assert not any(shown[name]["Enabled"] for name in ("AutoConf", "AutoTLS", "HTTPRetrieval", "Provide"))
    with pytest.raises(ErrorResponse, match="not found"):
        client.cat("bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e", offline=True)


def test_start__first_time__secrets_are_readable_by_their_owner_only(settings: Settings):
    ipfs.start(settings)
    folder = ipfs.folder_of(settings)
    for path in (folder / "repo" / "swarm.key", folder / "repo" / "config"):
        assert path.stat().st_mode & 0o077 == 0
    assert folder.stat().st_mode & 0o077 == 0
    key = (folder / "repo" / "swarm.key").read_text().splitlines()[2]
    assert key not in (folder / "output.log").read_text()
    assert key not in (folder / "parts.json").read_text()


def test_start__running__nothing_changes(settings: Settings):
    first, process_id = ipfs.start(settings), process_id_of(settings)
    again = ipfs.start(settings)
    assert (again.address, process_id_of(settings)) == (first.address, process_id)


def test_stop__then_start__same_address_and_documents(settings: Settings):
    first = ipfs.start(settings)
    with store_of(settings) as store:
        kept = store.put(CONTENT)
        assert ipfs.stop(settings) is True
        assert ipfs.status(settings) == ipfs.IpfsStatus(False, first.address, None, ipfs.status(settings).size_bytes)
        assert ipfs.stop(settings) is False
        assert ipfs.start(settings).address == first.address
        assert store.get(kept.digest) == CONTENT


def test_stop__documents_are_on_ipfs__asking_for_them_names_the_daemon(settings: Settings):
    address = ipfs.start(settings).address
    with store_of(settings) as store:
        kept = store.put(CONTENT)
    ipfs.stop(settings)
    with store_of(settings) as store, pytest.raises(PartAway, match=address):
        store.get(kept.digest)


def test_supervised__killed__started_again_with_every_document(settings: Settings):
    ipfs.start(settings)
    with store_of(settings) as store:
        kept = store.put(CONTENT)
        killed = kill(settings)
        wait_for(lambda: ipfs.status(settings).version)
        assert process_id_of(settings) != killed
        assert store.get(kept.digest) == CONTENT
        assert store.check() == []


def test_put__daemon_killed_under_it__what_was_acknowledged_is_there(settings: Settings, tmp_path: Path):
    ipfs.start(settings)
    acknowledged: list[bytes] = []
    with store_of(settings, patience_s=20) as store:
        for round_no in range(2):
            for number in range(8):
                acknowledged.append(store.put(b"%d of %d" % (number, round_no) * 9_000).digest)
            kill(settings)
        for number in range(8):
            acknowledged.append(store.put(b"%d at the end" % number).digest)
        assert store.check() == []
        assert len(store.get_many(acknowledged)) == len(acknowledged)


def test_start__swarm_key_gone__refused_because_it_would_talk_to_all(settings: Settings):
    ipfs.start(settings)
    ipfs.stop(settings)
    (ipfs.folder_of(settings) / "repo" / "swarm.key").unlink()
    with pytest.raises(BadInput, match=r"has no swarm\.key"):
        ipfs.start(settings)


def test_start__configuration_gone_or_no_json__refused_and_named(settings: Settings):
    ipfs.start(settings)
    ipfs.stop(settings)
    config = ipfs.folder_of(settings) / "repo" / "config"
    whole = config.read_text()
    config.write_text(whole[:100])
    with pytest.raises(BadInput, match="config is not JSON"):
        ipfs.start(settings)
    config.unlink()
    with pytest.raises(BadInput, match="has no config"):
        ipfs.start(settings)


def test_start__first_start_was_interrupted__made_again(settings: Settings):
    half_made = ipfs.folder_of(settings) / "repo.fresh"
    half_made.mkdir(parents=True)
    (half_made / "config").write_text("{")
    assert ipfs.start(settings).version


def test_start__its_port_was_taken_meanwhile__another_one_and_settings_find_it(settings: Settings):
    first = ipfs.start(settings).address
    ipfs.stop(settings)
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", int(first.rpartition("/")[2])))
        taken.listen()
        second = ipfs.start(settings).address
    assert second != first
    assert settings_in(settings.state_dir).ipfs_address == second


def test_start__operator_opened_the_swarm__left_as_it_is_and_still_private(settings: Settings):
    ipfs.start(settings)
    ipfs.stop(settings)

    def open_up(config: dict) -> None:
        config["Addresses"] |= {
            "Swarm": ["/ip4/127.0.0.1/tcp/0"],
            "API": "/ip4/0.0.0.0/tcp/0",
            "Gateway": "/ip4/0.0.0.0/tcp/0",
        }
        config["Routing"] = {"Type": "auto"}
        config["Bootstrap"] = ["auto"]

    configured(settings, open_up)
    started = ipfs.start(settings)
    shown = ipfshttpclient.Client(started.address).config.get()
    assert shown["Addresses"]["Swarm"] == ["/ip4/127.0.0.1/tcp/0"]
    assert shown["Addresses"]["API"] == started.address
    assert (shown["Addresses"]["Gateway"], shown["Bootstrap"], shown["Routing"]["Type"]) == ([], [], "none")
    assert all(" 0100007F:" in one for one in listening(process_id_of(settings)))


def test_swarm__same_key__members_give_each_other_documents_and_others_are_kept_out(tmp_path: Path):
    first, second, outsider = (settings_in(tmp_path / name) for name in ("first", "second", "outsider"))
    address = f"/ip4/127.0.0.1/tcp/{free_port()}"
    try:
        clients = []
        for one in (first, second, outsider):
            ipfs.prepare(one)
            swarm = [address] if one is first else ["/ip4/127.0.0.1/tcp/0"]
            configured(one, lambda config, swarm=swarm: config["Addresses"].update(Swarm=swarm))
        key = (ipfs.folder_of(first) / "repo" / "swarm.key").read_text()
        (ipfs.folder_of(second) / "repo" / "swarm.key").write_text(key)
        for one in (first, second, outsider):
            clients.append(ipfshttpclient.Client(ipfs.start(one).address, timeout=20))
        peer = f"{address}/p2p/{clients[0].id()['ID']}"
        with store_of(first) as theirs, store_of(second) as own:
            _, digests = theirs.put_lines([b'{"row":1}', b'{"row":2}'])
            photograph = theirs.put(CONTENT * 20_000, "image/jpeg")
            assert own.absent([*digests, photograph.digest]) == [*digests, photograph.digest]
            connect(clients[1], peer)
            listed = theirs.documents()
            assert copy(own, listed) == (2, 19 + len(CONTENT) * 20_000, 0, [])
            assert copy(own, listed) == (0, 0, 2, [])
            assert own.get(digests[1]) == b'{"row":2}'
            assert own.check() == []
        with pytest.raises(ErrorResponse, match="failure"):
            connect(clients[2], peer)
        assert clients[2].swarm.peers()["Peers"] is None
    finally:
        for one in (first, second, outsider):
            ipfs.stop(one)
