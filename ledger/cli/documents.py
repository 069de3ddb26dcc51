"""`ledger documents add | list | move`: the documents behind the digests on chain."""

from pathlib import Path
from typing import Annotated

import typer

from ledger.cli import output
from ledger.cli.help import CHECK, Commands
from ledger.cli.opened import Parts
from ledger.documents import DOCUMENT_BYTES_MAX, media_type_of
from ledger.documents.moving import move as move_documents
from ledger.errors import BadInput, CheckFailed


def register(app: typer.Typer) -> None:
    """Adds the group."""
    documents = typer.Typer(cls=Commands, help="Documents: add, list, move them to IPFS.", no_args_is_help=True)
    for command in (add, list_documents, move):
        documents.command("list" if command is list_documents else None)(command)
    app.add_typer(documents, name="documents", rich_help_panel=CHECK)


def add(
    file: Annotated[Path, typer.Argument(help="The document; its suffix says what it is.")],
    as_json: output.Json = False,
) -> None:
    """Keeps a document under its digest; one that was lost or damaged is whole again."""
    try:
        with file.open("rb") as opened:
            content = opened.read(DOCUMENT_BYTES_MAX + 1)
    except OSError as error:
        raise BadInput(f"{file} cannot be read: {error.strerror}.") from error
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
    if as_json:
        output.show_facts("", facts | {"problems": [one.message for one in moved.problems]}, as_json=True)
    else:
        output.show_facts("Moved", facts, as_json=False)
        output.show_sentences([one.message for one in moved.problems])
    if moved.problems:
        if as_json:
            raise typer.Exit(CheckFailed.exit_code)
        raise CheckFailed(f"{len(moved.problems)} documents could not be moved.")
