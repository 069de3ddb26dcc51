"""A whole ledger whose documents are on IPFS: moved there, written there, verified there, and served from there."""

import hashlib
import io
import json
import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import ipfshttpclient
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select

from api.app import create_app
from ledger.cli import main
from ledger.database import table_of
from ledger.documents import open_documents
from ledger.indexer import converge
from ledger.models.chain import MissingDocument
from ledger.models.outbox import OutboxEntry
from ledger.queries.snapshot import reading_engine
from network import ipfs
from tests.ledger.world import World, close_world, deployed_world
from tests.network.daemons import settings_in, store_of

DONE, FAILED, AWAY = 0, 1, 4


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A ledger that was begun in the embedded store and indexed; then IPFS was started beside it, nothing moved yet."""
    made = deployed_world(tmp_path_factory.mktemp("ledger") / "ledger")
    chain = made.chain
    converge(made.engine, chain, made.documents, chain.deployment)
    ipfs.start(made.settings)
    yield made
    ipfs.stop(made.settings)
    close_world(made)


@pytest.fixture(autouse=True)
def running(world: World) -> None:
    """IPFS answers, whatever the test before did to it."""
    ipfs.start(world.settings)


def ledger(world: World, *arguments: str) -> tuple[int, Any]:
    """The command's exit code and what it printed as JSON."""
    printed = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(printed), pytest.raises(SystemExit) as ended:
        patch.setenv("LEDGER_STATE_DIR", str(world.settings.state_dir))
        patch.setenv("LEDGER_DEPLOYMENTS_DIR", str(world.settings.deployments_dir))
        patch.setattr(sys, "argv", ["ledger", *arguments, "--json"])
        main()
    return ended.value.code, json.loads(printed.getvalue())


def files(world: World) -> list[Path]:
    return list(world.settings.documents_path.glob("??/*.*"))


def count(world: World, model: Any) -> int:
    with world.engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(table_of(model))).scalar_one()


def client_of(world: World) -> Any:
    return ipfshttpclient.Client(ipfs.status(world.settings).address)


def test_move__ledger_of_the_embedded_store__verified_before_and_after(world: World):
    before = len(files(world))
    assert before > 10
    code, found = ledger(world, "verify", "--documents")
    assert (code, found["findings"], found["documents"]) == (DONE, [], before)
    assert found["citations"] >= before
    code, moved = ledger(world, "documents", "move")
    assert (code, moved["documents_moved"], moved["problems"]) == (DONE, before, [])
    assert files(world) == []
    assert ledger(world, "documents", "move")[1]["documents_moved"] == 0
    assert ledger(world, "verify", "--documents") == (DONE, found)
    code, whole = ledger(world, "verify")
    assert (code, whole["findings"]) == (DONE, [])


def test_verify_documents__one_unpinned_one_missing_one_never_put__each_listed_and_1(world: World, tmp_path: Path):
    ledger(world, "documents", "move")
    code, known = ledger(world, "documents", "list")
    assert code == DONE
    unpinned, missing = known[:2]
    (tmp_path / "list.json").write_text(json.dumps(known))
    client = client_of(world)
    client.pin.rm(unpinned["cid"], missing["cid"])
    content = client.cat(missing["cid"])
    client._client.request("/block/rm", [missing["cid"]], decoder="json")
    code, found = ledger(world, "verify", "--documents")
    said = [one["sentence"] for one in found["findings"]]
    assert code == FAILED
    assert len(said) == 2
    assert any(unpinned["digest"] in one and "garbage" in one for one in said)
    assert any(missing["digest"] in one and "missing" in one for one in said)
    (tmp_path / "again.json").write_bytes(content)
    code, added = ledger(world, "documents", "add", str(tmp_path / "again.json"))
    assert (code, added["digest"]) == (DONE, missing["digest"])
    assert ledger(world, "documents", "move")[1]["documents_pinned"] == 1
    code, copied = ledger(world, "documents", "copy", str(tmp_path / "list.json"))
    assert (code, copied["documents_copied"], copied["here_before"]) == (DONE, 0, len(known))
    assert ledger(world, "verify", "--documents")[0] == DONE


def test_verify_documents__other_machine_without_them__each_citation_listed(world: World, tmp_path: Path):
    empty = {"documents_path": tmp_path / "documents", "ipfs_address": None, "state_dir": tmp_path}
    elsewhere = settings_in(tmp_path).model_copy(update=empty | {"database_url": world.settings.database_url})
    from ledger.document_checks import check_documents

    store = open_documents(elsewhere)
    found = check_documents(world.engine, store)
    assert found.documents == 0
    assert len(found.findings) >= 10
    assert all("was never put here" in one.sentence for one in found.findings)
    assert all(one.record in one.sentence for one in found.findings)
    store.close()


def test_write__ipfs_away__4_with_its_address_and_nothing_in_the_outbox(world: World):
    write = ("fund", "open", "--as", "clerk", "--key", "ipfs", "--name", "A fund on IPFS", "--currency", "CNY")
    before = count(world, OutboxEntry)
    address = ipfs.status(world.settings).address
    ipfs.stop(world.settings)
    code, said = ledger(world, *write)
    assert (code, said["error"], address in said["message"]) == (AWAY, "PartAway", True)
    assert count(world, OutboxEntry) == before
    ipfs.start(world.settings)
    assert ledger(world, *write)[0] == DONE
    assert count(world, OutboxEntry) == before + 1
    assert files(world) == []
    assert ledger(world, "index")[1]["documents_missing"] == 0
    assert ledger(world, "verify", "--documents")[0] == DONE


def test_index__ipfs_away__4_rather_than_taking_documents_for_missing(world: World):
    ledger(world, "documents", "move")
    ipfs.stop(world.settings)
    assert ledger(world, "index", "--rebuild")[0] == AWAY
    ipfs.start(world.settings)
    code, indexed = ledger(world, "index", "--rebuild")
    assert (code, indexed["documents_missing"], count(world, MissingDocument)) == (DONE, 0, 0)


def test_evidence__in_either_store__served_with_its_bytes_and_refused_when_changed(world: World):
    in_folder = world.documents.put(b"a delivery note that was not moved", "text/plain")
    damaged = world.documents.put(b"a delivery note that was changed", "text/plain")
    (path,) = (path for path in files(world) if path.stem == damaged.digest.hex())
    path.write_bytes(b"another delivery note")
    with store_of(world.settings) as store:
        on_ipfs = store.put(b"a photograph" * 40_000, "image/jpeg")
        app = create_app(reading_engine(world.settings.database_url), store, None)
        with TestClient(app, raise_server_exceptions=False) as client:
            for kept in (in_folder, on_ipfs):
                response = client.get(f"/v1/evidence/{kept.digest.hex()}")
                assert response.status_code == 200
                assert hashlib.sha256(response.content).digest() == kept.digest
                assert response.headers["content-type"].startswith(kept.media_type)
            assert client.get(f"/v1/evidence/{damaged.digest.hex()}").json()["title"] == "DocumentCorrupt"
            assert client.get(f"/v1/evidence/{'ab' * 32}").status_code == 404
            ipfs.stop(world.settings)
            assert client.get(f"/v1/evidence/{in_folder.digest.hex()}").status_code == 200
            away = client.get(f"/v1/evidence/{on_ipfs.digest.hex()}")
            assert (away.status_code, away.json()["title"]) == (503, "PartAway")
            ipfs.start(world.settings)
            assert client.get(f"/v1/evidence/{on_ipfs.digest.hex()}").status_code == 200
    path.unlink()


def test_evidence__whole_on_ipfs_and_damaged_in_the_folder__the_whole_one_is_served(world: World):
    content = b"kept twice, once badly"
    world.documents.put(content, "text/plain")
    with store_of(world.settings) as store:
        kept = store.put(content, "text/plain")
        (path,) = (path for path in files(world) if path.stem == kept.digest.hex())
        path.write_bytes(b"kept badly")
        assert store.get(kept.digest) == content
        path.unlink()
