"""`ledger verify`: whether the index is what follows from chain and documents, and from nothing else."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from ledger.cli import output
from ledger.cli.help import CHECK
from ledger.cli.metrics import checks_dir
from ledger.cli.opened import Parts
from ledger.contracts import Deployment
from ledger.council import read_genesis
from ledger.document_checks import check_documents
from ledger.errors import BadInput, CheckFailed, NotFound, PartAway
from ledger.findings import Finding
from ledger.metrics import note_check
from ledger.rpc import RpcError
from ledger.seals import ConsensusApi, check_seals
from ledger.verification import Verification
from ledger.verification import verify as run_verification
from network.validators import genesis_file

_STATE_IS_GONE = "BlockOutOfRange"


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(rich_help_panel=CHECK)(verify)


def verify(
    documents: Annotated[
        bool, typer.Option("--documents", help="Only the documents: each is read, and has to be kept for good.")
    ] = False,
    seals: Annotated[
        bool, typer.Option("--seals", help="Only the validators' signatures: each block with records, and its logs.")
    ] = False,
    genesis: Annotated[
        Path | None, typer.Option(help="With --seals: the genesis to start from; default: this machine's network's.")
    ] = None,
    as_json: output.Json = False,
) -> None:
    """Rebuilds the index beside the live one, compares every table, the node, the contracts and the donors' names.

    Ends with 1 and names table, record and column where anything differs.
    """
    if documents and seals:
        raise BadInput("--documents and --seals are two checks.", hint="Run them one after the other.")
    parts = Parts()
    if documents:
        _verify_documents(parts, as_json)
    elif seals:
        _verify_seals(parts, genesis or genesis_file(parts.settings), as_json)
    else:
        _verify_index(parts, _deployment(parts), as_json)


def _verify_index(parts: Parts, deployment: Deployment, as_json: bool) -> None:
    with output.progress("rebuilding", parts.chain.head()) as advance, _noting_failure(parts, "index"):
        try:
            found = run_verification(
                parts.engine,
                parts.chain,
                parts.documents,
                deployment,
                step=lambda sentence: output.say(f"- {sentence}"),
                progress=lambda block, _head: advance(block),
            )
        except RpcError as error:
            if _STATE_IS_GONE not in error.node_message:
                raise
            # A chain that was started again knows its contracts' counters as they are now only.
            raise PartAway(
                "The index is behind the chain, which keeps no counters of the index's last block.",
                hint="Run `ledger index` first.",
            ) from error
    facts = _facts(found)
    if not as_json:
        renamed = (("commitments_mismatched", "names_wrong"), ("commitments_", "names_"))
        for old, new in renamed:
            facts = {name.replace(old, new): fact for name, fact in facts.items()}
    _note(parts, "index", found.findings)
    _show(facts, found.findings, as_json, "the index is not what follows from the chain")


def _verify_documents(parts: Parts, as_json: bool) -> None:
    with _noting_failure(parts, "documents"):
        found = check_documents(parts.engine, parts.documents, step=lambda sentence: output.say(f"- {sentence}"))
    facts = {"documents": found.documents, "citations": found.citations}
    _note(parts, "documents", found.findings)
    _show(facts, found.findings, as_json, "not every document is here, whole and kept for good")


def _verify_seals(parts: Parts, path: Path, as_json: bool) -> None:
    genesis, addresses = read_genesis(path), _deployment(parts).addresses
    with output.progress("checking seals", parts.chain.head()) as advance, _noting_failure(parts, "seals"):
        found = check_seals(parts.engine, ConsensusApi(parts.chain.rpc), genesis, addresses, advance)
    facts = {"blocks": found.blocks, "logs": found.logs, "first_validators": len(genesis.validators)}
    _note(parts, "seals", found.findings)
    _show(facts, found.findings, as_json, "the index is not what the validators signed")


def _deployment(parts: Parts) -> Deployment:
    if parts.chain.deployment is None:
        raise NotFound("No deployment is known for this chain.", hint="Run `ledger deploy`.")
    return parts.chain.deployment


def _note(parts: Parts, check: str, findings: list[Finding]) -> None:
    """Notes the outcome where `ledger metrics` finds it."""
    note_check(checks_dir(parts.settings), check, len(findings))


@contextmanager
def _noting_failure(parts: Parts, check: str) -> Iterator[None]:
    """Notes one finding where what a check found kept it from going on: whoever watches must not go on seeing 0."""
    try:
        yield
    except CheckFailed:
        note_check(checks_dir(parts.settings), check, 1)
        raise


def _show(facts: dict[str, Any], findings: list[Finding], as_json: bool, claim: str) -> None:
    """Prints what was compared and what was found. Raises CheckFailed with the claim where anything was found."""
    if as_json:
        output.show_facts("", facts | {"findings": [_plain(one) for one in findings]}, as_json=True)
    else:
        output.show_facts("Compared", facts, as_json=False)
        output.show_sentences([one.sentence for one in findings] or ["Everything agrees."])
    if findings:
        if as_json:
            raise typer.Exit(CheckFailed.exit_code)
        count = "1 finding" if len(findings) == 1 else f"{len(findings):,} findings"
        raise CheckFailed(f"{count}: {claim}.")


def _facts(found: Verification) -> dict[str, Any]:
    return {
        "block": found.block_number,
        "logs": found.logs,
        "tables": len(found.tables),
        "rows": sum(table.rows for table in found.tables.values()),
        "index_digest": found.digest,
        "commitments": found.openings.commitments,
        "commitments_opened": found.openings.opened,
        "commitments_erased": found.openings.erased,
        "commitments_mismatched": found.openings.mismatched,
    }


def _plain(finding: Finding) -> dict[str, Any]:
    return {**finding._asdict(), "differences": [one._asdict() for one in finding.differences]}
