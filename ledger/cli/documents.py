"""`ledger documents add | list | move | copy`: the documents behind the digests on chain."""

from pathlib import Path
from typing import Annotated

import typer

from ledger.cli import output
from ledger.cli.help import CHECK, Commands
from ledger.cli.opened import Parts
from ledger.documents import DOCUMENT_BYTES_MAX, media_type_of
from ledger.documents.copying import copy as copy_documents
from ledger.documents.copying import read_list
from ledger.documents.moving import move as move_documents
from ledger.errors import BadInput, CheckFailed


def register(app: typer.Typer) -> None:
    """Adds the group."""
    documents = typer.Typer(cls=Commands, help="Documents: add, list, move to IPFS, copy.", no_args_is_help=True)
    for command in (add, list_documents, move, copy):
        documents.command("list" if command is list_documents else None)(command)
    app.add_typer(documents, name="documents", rich_help_panel=CHECK)


def add(
    file: Annotated[Path, typer.Argument(help="The document; its suffix says what it is.")],
    as_json: output.Json = False,
) -> None:
    """Keeps a document under its digest; one that was lost or damaged is whole again."""
    content = _read(file)
    added = Parts().documents.put(content, media_type_of(file))
    output.show_facts("Kept", added._asdict(), as_json=as_json)


def list_documents(as_json: output.Json = False) -> None:
    """Lists the documents that are known, with the CID under which IPFS has each."""
    rows = [
        {"digest": one.digest, "cid": one.cid, "size": one.size, "media_type": one.media_type}
        for one in Parts().documents.documents()
    ]
    output.show_rows("Documents", rows, as_json=as_json, empty="No document is here.")


def move(as_json: output.Json = False) -> None:
    """Moves the embedded store's documents to IPFS and pins what is not pinned. Run again, it goes on."""
    with output.stages() as told:
        moved = move_documents(Parts().documents, progress=lambda done, total: told("moving documents", done, total))
    facts = {"documents_moved": moved.documents, "bytes_moved": moved.size, "documents_pinned": moved.pinned}
    _show("Moved", facts, moved.problems, as_json)


def copy(
    file: Annotated[Path, typer.Argument(help="What their `ledger documents list --json` printed.")],
    as_json: output.Json = False,
) -> None:
    """Copies the documents that another member lists, over IPFS, and pins them here."""
    listed = read_list(_read(file))
    with output.stages() as told:
        copied = copy_documents(
            Parts().documents, listed, progress=lambda done, total: told("copying documents", done, total)
        )
    facts = {"documents_copied": copied.documents, "bytes_copied": copied.size, "here_before": copied.here_before}
    _show("Copied", facts, copied.problems, as_json)


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(DOCUMENT_BYTES_MAX + 1)
    except OSError as error:
        raise BadInput(f"{file} cannot be read: {error.strerror}.") from error


def _show(title: str, facts: dict[str, int], problems: list[CheckFailed], as_json: bool) -> None:
    """Prints what was done and what could not be. Raises CheckFailed where anything could not."""
    if as_json:
        output.show_facts("", facts | {"problems": [one.message for one in problems]}, as_json=True)
    else:
        output.show_facts(title, facts, as_json=False)
        output.show_sentences([one.message for one in problems])
    if problems:
        if as_json:
            raise typer.Exit(CheckFailed.exit_code)
        raise CheckFailed(f"{len(problems)} documents are not where they should be now.")
