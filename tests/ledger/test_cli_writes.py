"""The command as people run it: what it prints, and with which code it ends."""

import importlib
import inspect
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import typer

from ledger.cli import NOUNS, signature
from ledger.cli.writes import WRITES
from ledger.errors import BadInput
from ledger.settings import ROOT
from network import embedded
from tests.ledger.world import CONSORTIUM, World, close_world, deployed_world

LEDGER = Path(sys.executable).with_name("ledger")
ALL = [(noun, verb) for noun, verbs in WRITES.items() for verb in verbs]


class Ran(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = deployed_world(tmp_path_factory.mktemp("cli") / "ledger")
    yield made
    close_world(made)


def environment(folder: Path) -> dict[str, str]:
    inherited = {name: text for name, text in os.environ.items() if not name.startswith("LEDGER_")}
    own = {"LEDGER_STATE_DIR": str(folder), "LEDGER_DEPLOYMENTS_DIR": str(folder / "deployments"), "COLUMNS": "200"}
    return inherited | own


def ledger(folder: Path, *arguments: str) -> Ran:
    ran = subprocess.run(
        [LEDGER, *arguments], capture_output=True, text=True, env=environment(folder), cwd=ROOT, timeout=120
    )
    assert "Traceback" not in ran.stderr + ran.stdout
    return Ran(ran.returncode, ran.stdout, ran.stderr)


@pytest.fixture(scope="module")
def run(world: World):
    return lambda *arguments: ledger(world.settings.state_dir, *arguments)


@pytest.fixture(scope="module")
def fund_id(run) -> str:
    opened = run(
        "fund", "open", "--as", "clerk", "--key", "general", "--name", "General", "--currency", "CNY", "--json"
    )
    assert opened.code == 0
    return opened.json["fund"][0]


def test_fund_open__new_and_again__0_and_says_which(run, fund_id: str):
    again = run("fund", "open", "--as", "clerk", "--key", "general", "--name", "General", "--currency", "CNY")
    assert again.code == 0
    assert "nothing changed" in again.out
    assert fund_id in again.out


def test_donation_record__people__a_table(run, fund_id: str):
    gift = ("donation", "record", "--as", "clerk", "--fund", fund_id, "--amount-minor", "1000", "--donor", "A, B")
    recorded = run(*gift, "--key", "list/1")
    assert recorded.code == 0
    assert "newly recorded" in recorded.out
    other = run(*gift[:-3], "7", "--key", "list/1")
    assert other.code == 2
    assert "other content" in other.err


def test_allocation_approve__own_proposal__3_with_name_arguments_and_sentence(run, world: World, fund_id: str):
    proposed = run("allocation", "propose", "--as", "allocator", "--fund", fund_id, "--amount-minor", "10", "--json")
    allocation = proposed.json["allocation"][0]
    refused = run("allocation", "approve", "--as", "allocator", "--allocation", allocation)
    assert refused.code == 3
    assert "does not hold the role ALLOCATION_APPROVER" in refused.err
    assert "MissingRole(account=0x" in refused.err
    as_json = run("allocation", "approve", "--as", "allocator", "--allocation", allocation, "--json")
    assert as_json.code == 3
    assert as_json.json["name"] == "MissingRole"
    assert as_json.json["args"]["role"] == "ALLOCATION_APPROVER"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--amount-minor", "0"), "whole number from 1 to 2^53-1"),
        (("--fund", "abc"), "64 hexadecimal digits"),
        (("--as", "nobody"), "no account named 'nobody'"),
        (("--amount-minor", "many"), "valid integer"),
    ],
)
def test_donation_record__bad_input__2_and_says_what_would_be_right(run, fund_id: str, arguments, said: str):
    options = {"--as": "clerk", "--fund": fund_id, "--amount-minor": "5"} | {arguments[0]: arguments[1]}
    ran = run("donation", "record", *(part for option in options.items() for part in option))
    assert ran.code == 2
    assert said in " ".join(ran.err.split())


def test_donation_record__option_missing__2_and_names_it(run, fund_id: str):
    ran = run("donation", "record", "--as", "clerk", "--fund", fund_id)
    assert ran.code == 2
    assert "--amount-minor is missing" in ran.err


def test_evidence_anchor__file__kept_and_anchored(run, world: World, fund_id: str, tmp_path: Path):
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(b"a photograph")
    ran = run(
        "evidence", "anchor", "--as", "clerk", "--subject", fund_id, "--document", str(photo), "--doc-type", "A01"
    )
    assert ran.code == 0
    assert world.chain.call_function("Publications", "journal")[1] == 1


def test_donation_in_kind_record__lots_as_lines__recorded(run, world: World):
    store = run("facility", "register", "--as", "clerk", "--key", "store", "--name", "Store", "--json").json[
        "facility"
    ][0]
    item = run("item", "register", "--as", "clerk", "--name", "N95 mask", "--unit", "piece", "--json").json["item"][0]
    lot = f"key=k/1,item={item},quantity=40,expiry-date=2030-01-01"
    as_json = json.dumps({"key": "k/2", "item": item, "quantity": 2, "note": "a, b"})
    ran = run(
        *(
            "donation-in-kind",
            "record",
            "--as",
            "clerk",
            "--facility",
            store,
            "--lot",
            lot,
            "--lot",
            as_json,
            "--key",
            "k",
        )
    )
    assert ran.code == 0, ran.err
    wrong = run("donation-in-kind", "record", "--as", "clerk", "--facility", store, "--lot", "weight=3")
    assert wrong.code == 2
    assert "there is no 'weight', but key, item, quantity" in wrong.err


def test_outbox__refused_write__listed(run, fund_id: str):
    run("allocation", "approve", "--as", "clerk", "--allocation", fund_id)
    listed = run("outbox", "refused", "--json")
    assert listed.code == 0
    assert any(row["error"] == "MissingRole" for row in listed.json)
    assert run("outbox", "send").code == 0


def test_status__deployed__counts_what_the_outbox_holds(run, fund_id: str):
    shown = run("status", "--json")
    assert shown.code == 0
    assert shown.json["contracts"] == 10
    assert shown.json["writes_queued"] == 0


def test_account_list__keys_here__no_secret_in_it(run, world: World):
    shown = run("account", "list")
    assert shown.code == 0
    assert world.keyring.address("clerk") in shown.out


def test_up_deploy_down__fresh_folder__0_and_4_when_away(tmp_path: Path):
    folder = tmp_path / "fresh"
    away = ledger(folder, "outbox", "send")
    assert away.code == 4
    assert "ledger up" in away.err
    try:
        started = ledger(folder, "up", "--json")
        assert started.code == 0
        assert started.json["chain"].startswith("http://127.0.0.1:")
        undeployed = ledger(folder, "outbox", "send")
        assert undeployed.code == 2
        assert "ledger deploy" in undeployed.err
        wrong = tmp_path / "wrong.toml"
        wrong.write_text('[[organisation]]\nnumber = 1\nname = "C"\n')
        ran = ledger(folder, "deploy", "--consortium", str(wrong))
        assert ran.code == 2
        assert "person" in ran.err
        assert (folder / "secrets" / "donor").stat().st_mode & 0o777 == 0o600
    finally:
        stopped = ledger(folder, "down", "--json")
    assert stopped.json == {"stopped": True, "parts": ["chain"]}


def test_up__setting_that_is_none__2(tmp_path: Path):
    ran = subprocess.run(
        [LEDGER, "status"], capture_output=True, text=True, env=environment(tmp_path) | {"LEDGER_SPEED": "9"}
    )
    assert ran.returncode == 2
    assert "LEDGER_SPEED is not a setting" in ran.stderr


def test_recover__chain_killed__same_heads_and_index_as_before(world: World, run, fund_id: str):
    before = world.journals()
    world.kill_chain()
    for path in world.settings.chain_dir.glob("state*.json"):
        path.unlink()
    assert ledger(world.settings.state_dir, "up").code == 0
    behind = run("fund", "open", "--as", "clerk", "--key", "late", "--name", "Late", "--currency", "CNY")
    assert behind.code == 4
    assert "ledger recover" in behind.err
    recovered = run("recover", "--json")
    assert recovered.code == 0, recovered.err
    assert world.journals() == before
    assert recovered.json["sent_again"] > 0
    embedded.stop(world.settings)
    embedded.start(world.settings)


@pytest.mark.parametrize("module", NOUNS)
def test_nouns__each_module__registers_the_commands_that_are_named(module: str):
    app = typer.Typer()
    importlib.import_module(f"ledger.cli.{module}").register(app)
    registered = {one.name or one.callback.__name__ for one in app.registered_commands}
    registered |= {one.name for one in app.registered_groups}
    assert registered == (set(NOUNS[module]) or set(WRITES))


@pytest.mark.parametrize(("noun", "verb"), ALL)
def test_writes__every_one__has_its_options_described(noun: str, verb: str):
    function = WRITES[noun][verb]
    assert inspect.getdoc(function)
    fields = signature.flat_fields(signature.fields_of(function))
    parameters = [signature.parameter_of(field) for field in fields]
    assert len({parameter.name for parameter in parameters}) == len(parameters)
    options = [signature._option_name(field) for field in fields]
    assert len(set(options)) == len(options)


def test_consortium__person_of_an_unknown_organisation__named():
    described = CONSORTIUM.model_dump()
    described["person"][0]["organisation"] = 77
    with pytest.raises(ValueError, match="person 1 names organisation 77"):
        type(CONSORTIUM).model_validate(described)


def test_arguments_of__nothing_given__names_what_is_missing(world: World):
    function = WRITES["allocation"]["propose"]
    with pytest.raises(BadInput, match="--fund is missing"):
        signature.arguments_of(function, {}, world.documents)
