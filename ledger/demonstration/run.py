"""The whole demonstration, from an empty folder to a verified index; run again it goes on where it stood.

It is the same on every profile: only where the chain, the documents and the database are differs.
"""

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple, TypeVar

from ledger import deployer, recovery
from ledger.cli import output
from ledger.cli.opened import Parts
from ledger.commands import Desk, submit
from ledger.consortium import read_consortium
from ledger.contracts import deployment_path
from ledger.demonstration.exercise import Records, play
from ledger.demonstration.history import record_history
from ledger.errors import BadInput, CheckFailed
from ledger.imports.donations import DonationsOutcome
from ledger.imports.importer import Importer
from ledger.imports.publishers import organisations_by_name
from ledger.indexer import converge, rebuild
from ledger.keys import make_secret
from ledger.outbox import drain
from ledger.settings import ROOT, Settings, read_secret
from ledger.verification import Verification, verify
from network import embedded, profiles
from network.profiles import Profile

CONSORTIUM_FILE = ROOT / "network" / "demonstration.toml"
NETWORK_FILE = ROOT / "network" / "consortium.toml"
T = TypeVar("T")
Told = Callable[[str], None]


class Demonstrated(NamedTuple):
    """With what, what was recorded and verified, and how many seconds each stage took."""

    parts: Parts
    outcome: DonationsOutcome
    records: Records
    verification: Verification
    stages_s: dict[str, float]


def demonstrate(profile_name: str, history: Path, told: Told) -> Demonstrated:
    """Afterwards the profile's parts run, and chain, contracts, history, exercise and index are there and agree.

    `history` is the folder of published lists. `told` hears each stage as it begins. Raises CheckFailed when the index
    is not what follows from the chain, BadInput when there is no such profile, and what each stage raises.
    """
    profile = _profile(profile_name)
    stages_s: dict[str, float] = {}

    def stage(name: str, work: Callable[[], T]) -> T:
        told(name)
        began = time.monotonic()
        made = work()
        stages_s[name] = time.monotonic() - began
        return made

    parts = stage("starting the chain", lambda: _start(profile))
    stage("making keys, deploying and sealing the contracts", lambda: _deploy(parts))
    outcome = stage("recording what was published", lambda: _history(parts, history, told))
    records = stage("playing the exercise", lambda: _exercise(parts))
    stage("indexing", lambda: _index(parts))
    verification = stage("verifying", lambda: _verify(parts))
    return Demonstrated(parts, outcome, records, verification, stages_s)


def _profile(name: str) -> Profile:
    try:
        return Profile(name or Profile.embedded)
    except ValueError as error:
        raise BadInput(f"{name} is not a profile.", hint=f"The profiles are {', '.join(Profile)}.") from error


def _start(profile: Profile) -> Parts:
    settings = Settings.from_environment()
    make_secret(settings.donor_secret_file)
    if settings.keys_password_file is None:
        make_secret(settings.state_dir / "secrets" / "keys")
    if profile == Profile.consortium:
        with output.stages() as told:
            profiles.start_consortium(settings, NETWORK_FILE, told, output.say)
    else:
        embedded.start(settings)
    # Read again: where a private database and IPFS node answer is known now.
    parts = Parts()
    # A chain that was killed has lost its last seconds; the outbox gives them back, byte for byte.
    recovered = recovery.resend(parts.engine, parts.bare_chain, parts.keyring)
    folder = parts.settings.deployments_dir
    if recovered.sent_again and deployment_path(folder, parts.bare_chain.chain_id()).exists():
        deployment = deployer.refresh_deployment(parts.engine, folder, parts.deployment)
        rebuild(parts.engine, parts.chain, parts.documents, deployment)
    return parts


def _deploy(parts: Parts) -> None:
    consortium = read_consortium(CONSORTIUM_FILE)
    deployer.deploy(
        parts.engine,
        parts.bare_chain,
        parts.keyring,
        parts.documents,
        consortium,
        parts.settings.deployments_dir,
    )


def _history(parts: Parts, folder: Path, told: Told) -> DonationsOutcome:
    with output.stages() as show:
        importer = Importer(
            engine=parts.engine,
            documents=parts.documents,
            account="importer",
            organisations=organisations_by_name(parts.chain, parts.documents),
            donor_secret=read_secret(parts.settings.donor_secret_file, "LEDGER_DONOR_SECRET_FILE").strip(),
            send=lambda progress: drain(parts.engine, parts.chain, parts.keyring, progress=progress),
            today=date.today(),
            progress=show,
        )
        return record_history(importer, folder, lambda word: told(f"  {word.replace('_', ' ')}"))


def _exercise(parts: Parts) -> Records:
    desks: dict[tuple[str, int], Desk] = {}

    def desk_of(account: str, organisation_id: int) -> Desk:
        if (account, organisation_id) not in desks:
            desks[account, organisation_id] = parts.desk(account, organisation_id)
        return desks[account, organisation_id]

    def discrepancy_of(kind: int, organisation_id: int, subject_id: bytes, line_no: int) -> bytes:
        args = (int(kind), organisation_id, subject_id, line_no)
        (discrepancy_id,) = parts.chain.call_function("Discrepancies", "discrepancyIdOf", args)
        return bytes(discrepancy_id)

    return play(
        desk_of, discrepancy_of, lambda step: _ignore(submit(parts.engine, parts.chain, parts.keyring, step.draft))
    )


def _ignore(_outcome: object) -> None:
    """A step that did not raise was recorded."""


def _index(parts: Parts) -> None:
    with output.progress("indexing blocks", parts.chain.head()) as advance:
        converge(
            parts.engine,
            parts.chain,
            parts.documents,
            parts.deployment,
            progress=lambda block, _head: advance(block),
        )


def _verify(parts: Parts) -> Verification:
    with output.progress("verifying", parts.chain.head()) as advance:
        found = verify(
            parts.engine,
            parts.chain,
            parts.documents,
            parts.deployment,
            progress=lambda block, _head: advance(block),
        )
    if found.findings:
        raise CheckFailed(
            f"{len(found.findings)} findings: {found.findings[0].sentence}", hint="Run `ledger verify` for all of them."
        )
    return found
