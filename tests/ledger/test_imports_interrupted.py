"""Imports that were killed, that others began, that forgot: what then; and lists that two persons release."""

import functools
import os
import random
import signal
import subprocess
import sys
import time

import pytest

from ledger.codes import CorrectionReason
from ledger.commands import Desk, submit
from ledger.commands.corrections import Correction, approve_corrections, declare_error
from ledger.commands.participants import pause, resume
from ledger.errors import BadInput, NotFound, TransactionRefused
from ledger.imports.donations import import_donations
from ledger.imports.lists import ListName, ListOptions
from ledger.imports.plan import decide_repetitions
from ledger.imports.release import Release, approve_release, find_release, propose_release
from ledger.index_digest import table_digests
from ledger.models.donation import Donation
from ledger.models.publication import Evidence, ImportList
from ledger.models.published_list import PublishedList
from ledger.settings import ROOT
from tests.ledger.import_world import HUBEI, SECRET, World, gifts, received, write_list


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    made = World(tmp_path_factory.mktemp("interrupted"))
    yield made
    made.close()


@pytest.fixture
def write(tmp_path):
    """Writes a list and returns its path."""
    return functools.partial(write_list, tmp_path)


def test_import_donations__other_import_was_interrupted__asked_to_end_it_first(world, write, monkeypatch):
    path = write("interrupted", gifts(25, donor="interrupted"))
    with monkeypatch.context() as patch:
        patch.setattr("ledger.imports.donations.finish_lists", lambda *_: os.abort)
        import_donations(world.importer(), path, ListOptions())
    other = write("after", gifts(25, donor="after"), name="after.csv")
    with pytest.raises(BadInput, match="import of Hubei Red Cross, interrupted did not end"):
        import_donations(world.importer(), other, ListOptions())
    import_donations(world.importer(), path, ListOptions())
    assert import_donations(world.importer(), other, ListOptions()).lists[0].recorded == 25


def test_import_donations__writing_is_paused__refused_and_goes_on_after(world, write):
    import_donations(world.importer(), write("not paused", gifts(1, donor="not paused")), ListOptions())
    path = write("paused", gifts(25, donor="paused"))
    guardian = Desk("registrar", 1, world.documents, SECRET)
    submit(world.engine, world.chain, world.keyring, pause(guardian, occasion="import"))
    before, received_minor = world.journal("Publications"), received(world, HUBEI)
    with pytest.raises(TransactionRefused, match="paused"):
        import_donations(world.importer(), path, ListOptions())
    assert (world.journal("Publications"), received(world, HUBEI)) == (before, received_minor)
    submit(world.engine, world.chain, world.keyring, resume(guardian, occasion="import"))
    assert import_donations(world.importer(), path, ListOptions()).lists[0].recorded == 25
    assert received(world, HUBEI) - received_minor == sum(100 * (1_000 + row) for row in range(1, 26))


def test_import_donations__file_changed_between_the_two_readings__nothing_recorded(world, write, monkeypatch):
    path = write("changing", gifts(3, donor="changing"))
    before = world.journal("Publications")

    def and_write(session, plan):
        decide_repetitions(session, plan)
        write("changing", gifts(4, donor="changing"))

    with monkeypatch.context() as patch:
        patch.setattr("ledger.imports.donations.decide_repetitions", and_write)
        with pytest.raises(BadInput, match=r"list\.csv was changed while it was read"):
            import_donations(world.importer(), path, ListOptions())
    assert world.journal("Publications") == before
    write("changing", gifts(3, donor="changing"))
    assert import_donations(world.importer(), path, ListOptions()).lists[0].recorded == 3


def test_import_donations__database_that_forgot_what_was_imported__stops(tmp_path, write):
    world = World(tmp_path)
    try:
        path = write("forgotten", gifts(25, donor="forgotten"))
        import_donations(world.importer(), path, ListOptions())
        world.index()
        with world.engine.begin() as connection:
            connection.exec_driver_sql("delete from published_list")
        with pytest.raises(
            BadInput, match="Hubei Red Cross, forgotten was imported on this chain, and this database has no"
        ):
            import_donations(world.importer(), write("copy", gifts(25, donor="forgotten")), ListOptions())
        assert world.rows(PublishedList) == []
    finally:
        world.close()


def test_release__reason_and_two_persons__what_was_held_back_is_recorded(world, write):
    rows = gifts(24, donor="released")
    import_donations(world.importer(), write("released one", rows), ListOptions())
    path = write("released two", rows, name="two.csv")
    assert import_donations(world.importer(), path, ListOptions()).lists[0].recorded == 0
    name = ListName(HUBEI, "released two")
    with pytest.raises(BadInput, match="needs a reason"):
        propose_release(world.importer(), name, " ")
    release_id = propose_release(world.importer(), name, "The donors confirm that they gave twice.")
    with pytest.raises(BadInput, match="needs the approval of a second person"):
        find_release(world.chain, world.documents, release_id)
    with pytest.raises(BadInput, match="needs the approval of a second person"):
        approve_release(world.importer(), world.chain, release_id)
    release = approve_release(world.importer(account="correction-approver"), world.chain, release_id)
    assert release.proposer_id != release.approver_id
    for _ in range(2):
        outcome = import_donations(world.importer(), path, ListOptions(), releases=[release])
        (one,) = outcome.lists
        assert (one.recorded, len(one.held_back), len(one.released)) == (24, 0, 24)
    with pytest.raises(NotFound):
        find_release(world.chain, world.documents, bytes(31) + b"\1")
    world.index()
    assert len(world.rows(Donation, list_name="released two")) == 24
    reports = world.rows(ImportList, list_name="released two")
    assert sorted((row["recorded"], row["held_back"]) for row in reports) == [(0, 24), (24, 0)]


def correct(world, evidence_id):
    """Declares, by two persons, that evidence does not belong where it is."""
    wanted = Correction(
        ("withdrawn", evidence_id.hex()),
        "Publications",
        evidence_id,
        CorrectionReason.DidNotOccur,
        "NOT",
        "It was signed by mistake.",
    )
    declared = declare_error(Desk("corrector", 3, world.documents, SECRET), wanted)
    submit(world.engine, world.chain, world.keyring, declared)
    approver = Desk("correction-approver", 3, world.documents, SECRET)
    submit(world.engine, world.chain, world.keyring, approve_corrections(approver, [declared.record_id]))


def test_release__signature_taken_out_of_effect__refused(world):
    released = []
    for number in (1, 2):
        release_id = propose_release(world.importer(), ListName(HUBEI, f"withdrawn {number}"), "The donors gave twice.")
        approve_release(world.importer(account="correction-approver"), world.chain, release_id)
        released.append(release_id)
    world.index()
    (approval,) = world.rows(Evidence, subject_id=released[0].hex())
    correct(world, bytes.fromhex(approval["evidence_id"]))
    with pytest.raises(BadInput, match=r"The approval of the release .* was taken out of effect"):
        find_release(world.chain, world.documents, released[0])
    correct(world, released[1])
    with pytest.raises(BadInput, match=r"The proposal of the release .* was taken out of effect"):
        find_release(world.chain, world.documents, released[1])


def test_release__of_a_list_that_is_not_in_the_file__refused(world, write):
    release = Release(bytes(32), ListName(HUBEI, "elsewhere"), "reason", 1, 2)
    with pytest.raises(BadInput, match="is not in this file"):
        import_donations(world.importer(), write("here", gifts(2, donor="here")), ListOptions(), releases=[release])


KILLED = """
import sys
from pathlib import Path
from tests.ledger.import_world import World
from ledger.imports.donations import import_donations
from ledger.imports.lists import ListOptions
world = World(Path(sys.argv[1]))
print("ready", flush=True)
import_donations(world.importer(), Path(sys.argv[2]), ListOptions())
print("done", flush=True)
"""


def run_import(folder, path):
    # A session of its own, without the chain: that one goes on.
    return subprocess.Popen(
        [sys.executable, "-c", KILLED, str(folder), str(path)], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )


def test_import_donations__killed_at_random_moments_and_run_again__as_undisturbed(tmp_path, write):
    rows = gifts(1_500, donor="killed")
    path = write("long", rows)
    worlds = []
    for name in ("steady", "killed"):
        folder = tmp_path / name
        folder.mkdir()
        worlds.append(World(folder))
    steady, killed = worlds
    try:
        import_donations(steady.importer(), path, ListOptions())
        moments = random.Random(7)
        for _ in range(4):
            process = run_import(tmp_path / "killed", path)
            assert process.stdout.readline() == "ready\n"
            time.sleep(moments.uniform(0.05, 0.9))
            process.send_signal(signal.SIGKILL)
            process.wait()
            process.stdout.close()
        process = run_import(tmp_path / "killed", path)
        said, _ = process.communicate(timeout=120)
        assert said.split() == ["ready", "done"]
        for contract in ("FundLedger", "Publications"):
            assert killed.journal(contract) == steady.journal(contract)
        assert received(killed, HUBEI) == sum(100 * (1_000 + row) for row in range(1, 1_501))
        digests = []
        for one in worlds:
            one.index()
            digests.append(table_digests(one.engine))
        # The two ledgers have keys of their own, so these hold other addresses.
        assert {name for name in digests[0] if digests[0][name] != digests[1][name]} <= {"account", "ledger_part"}
    finally:
        for one in worlds:
            one.close()
