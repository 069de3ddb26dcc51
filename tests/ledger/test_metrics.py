"""What a monitoring system is told."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from prometheus_client.parser import text_string_to_metric_families

from ledger.cli import verify
from ledger.cli.metrics import checks_dir, gauges_of
from ledger.database import open_engine
from ledger.errors import CheckFailed, PartAway, UndecodableLog
from ledger.metrics import Gauge, check_gauges, database_gauges, exposition, note_check
from ledger.schema import upgrade
from ledger.settings import Settings
from tests.ledger.indexes import Ledger, make_engine


def test_exposition__gauges_of_one_name__described_once_and_labels_escaped():
    text = exposition(
        [Gauge("a", "First.", 1, (("x", '"\\\n'),)), Gauge("b", "Second.", 2), Gauge("a", "First.", 3, (("x", "y"),))]
    )
    assert text == (
        '# HELP a First.\n# TYPE a gauge\na{x="\\"\\\\\\n"} 1.0\na{x="y"} 3.0\n# HELP b Second.\n# TYPE b gauge\nb 2.0\n'
    )


def test_database_gauges__indexed_ledger__last_block_and_an_empty_outbox(tmp_path):
    engine, ledger = make_engine(tmp_path), Ledger()
    assert "ledger_index_block" not in [gauge.name for gauge in database_gauges(engine)]
    ledger.donate(3)
    ledger.index(engine)
    found = {gauge.key: gauge.value for gauge in database_gauges(engine)}
    assert found["ledger_index_block"] == ledger.chain.head()
    (block,) = ledger.chain.blocks(ledger.chain.head(), ledger.chain.head(), [])
    assert found["ledger_index_block_timestamp_seconds"] == block.timestamp_s
    assert found['ledger_outbox{state="writes_queued"}'] == 0
    engine.dispose()


def test_check__ended_twice__last_outcome_is_told(tmp_path):
    assert check_gauges(tmp_path / "checks") == []
    note_check(tmp_path / "checks", "index", 4)
    note_check(tmp_path / "checks", "index", 0)
    found = {gauge.key: gauge.value for gauge in check_gauges(tmp_path / "checks")}
    assert found['ledger_check_findings{check="index"}'] == 0
    assert found['ledger_check_timestamp_seconds{check="index"}'] > 1_700_000_000


@pytest.mark.parametrize(
    ("check", "asked", "by"),
    [
        ("index", {}, "run_verification"),
        ("documents", {"documents": True}, "check_documents"),
        ("seals", {"seals": True, "genesis": Path("genesis.json")}, "check_seals"),
    ],
)
def test_verify__check_cannot_go_on__told_as_a_finding_unless_a_part_is_away(tmp_path, monkeypatch, check, asked, by):
    settings, raised = (
        Settings(state_dir=tmp_path),
        [PartAway("The node is away."), UndecodableLog("No event of ours.")],
    )

    def end(*_, **__):
        raise raised.pop(0)

    chain = SimpleNamespace(deployment=SimpleNamespace(addresses={}), head=lambda: 3, rpc=None)
    parts = SimpleNamespace(settings=settings, chain=chain, engine=None, documents=None)
    monkeypatch.setattr(verify, "Parts", lambda: parts)
    monkeypatch.setattr(verify, "read_genesis", lambda _: None)
    monkeypatch.setattr(verify, by, end)
    key = f'ledger_check_findings{{check="{check}"}}'
    note_check(checks_dir(settings), check, 0)
    for error, findings in ((PartAway, 0), (CheckFailed, 1)):
        with pytest.raises(error):
            verify.verify(**{"documents": False, "seals": False, "genesis": None} | asked)
        assert {gauge.key: gauge.value for gauge in check_gauges(checks_dir(settings))}[key] == findings


def test_gauges__every_part_away__says_so_and_makes_nothing(tmp_path):
    settings = Settings(state_dir=tmp_path / "state", rpc_url="http://127.0.0.1:9")
    found = {gauge.key: gauge.value for gauge in gauges_of(settings)}
    assert found == {"ledger_database_up": 0, "ledger_chain_up": 0}
    assert not settings.state_dir.exists()


def test_gauges__database_of_a_ledger__text_that_prometheus_reads(tmp_path):
    settings = Settings(state_dir=tmp_path, rpc_url="http://127.0.0.1:9")
    upgrade(open_engine(settings.database_url))
    note_check(checks_dir(settings), "seals", 0)
    families = {family.name: family for family in text_string_to_metric_families(exposition(gauges_of(settings)))}
    assert families["ledger_database_up"].samples[0].value == 1
    assert families["ledger_check_findings"].samples[0].labels == {"check": "seals"}
    assert all(family.type == "gauge" and family.documentation for family in families.values())
