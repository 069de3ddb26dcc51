"""`ledger import donations | goods | needs | distributions | corrections FILE`: what others published, as published."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from ledger.canonical import from_hex
from ledger.cli import output
from ledger.cli.help import CHECK, Commands
from ledger.cli.opened import Parts
from ledger.currency import text_from_minor
from ledger.errors import BadInput
from ledger.imports.distributions import import_distributions
from ledger.imports.donations import DonationsOutcome, import_donations
from ledger.imports.donations import ListOutcome as DonationList
from ledger.imports.goods import import_goods
from ledger.imports.importer import Importer
from ledger.imports.lists import ListName, ListOptions
from ledger.imports.needs import import_needs
from ledger.imports.outcome import GoodsOutcome
from ledger.imports.plan import HeldBack
from ledger.imports.published_corrections import import_corrections
from ledger.imports.publishers import organisations_by_name
from ledger.imports.release import approve_release, find_release, propose_release
from ledger.imports.validation import Refusal
from ledger.outbox import drain
from ledger.settings import read_secret

SHOWN_MAX = 50
File = Annotated[Path, typer.Argument(metavar="FILE", help="The published list, as it is: CSV or XLSX.")]
Account = Annotated[str, typer.Option("--as", metavar="ACCOUNT", help="The account that imports.")]
Publisher = Annotated[str | None, typer.Option(help="Who published it, where the file does not say.")]
ListOption = Annotated[str | None, typer.Option("--list", help="The list's name, where the file does not say.")]
Organisation = Annotated[
    int | None, typer.Option(min=1, help="Number of the organisation that the publisher is recorded as.")
]
Columns = Annotated[
    list[str] | None,
    typer.Option("--column", metavar="FIELD=NAME", help="What the list calls a field; can be repeated."),
]
Sheet = Annotated[str | None, typer.Option(help="The sheet of a spreadsheet that has several.")]


def register(app: typer.Typer) -> None:
    """Adds the group."""
    group = typer.Typer(
        cls=Commands, help="Lists that others published, recorded as they are (R20).", no_args_is_help=True
    )
    for command in (donations, goods, needs, distributions, corrections):
        group.command()(command)
    release = typer.Typer(
        cls=Commands, help="Lets two persons release a list that was held back (R22).", no_args_is_help=True
    )
    release.command("propose")(propose)
    release.command("approve")(approve)
    group.add_typer(release, name="release")
    app.add_typer(group, name="import", rich_help_panel=CHECK)


def donations(
    file: File,
    publisher: Publisher = None,
    list_name: ListOption = None,
    currency: Annotated[str | None, typer.Option(help="ISO 4217 code, where no column says it.")] = None,
    column: Columns = None,
    without_donors: Annotated[bool, typer.Option(help="The list publishes no donors.")] = False,
    sheet: Sheet = None,
    release: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="A release that two persons signed; can be repeated.")
    ] = None,
    organisation: Organisation = None,
    account: Account = "importer",
    as_json: output.Json = False,
) -> None:
    """Records a published list of donations; lists that repeat an earlier one are held back (R22).

    Exits 2 when a line could not be recorded; all others are.
    """
    options = ListOptions(publisher, list_name, currency, _columns(column), without_donors)
    with _importer(account, publisher, organisation) as (parts, importer):
        releases = [find_release(parts.chain, parts.documents, from_hex(one)) for one in release or ()]
        limit = parts.settings.import_bytes_max
        outcome = import_donations(importer, file, options, releases=releases, sheet=sheet, bytes_max=limit)
    _show_donations(outcome, as_json=as_json)
    _finish(outcome)


def goods(
    file: File,
    publisher: Publisher = None,
    list_name: ListOption = None,
    column: Columns = None,
    sheet: Sheet = None,
    organisation: Organisation = None,
    account: Account = "importer",
    as_json: output.Json = False,
) -> None:
    """Records a published list of goods received as donations in kind, each with its lot.

    A table that joins donor, goods, value and recipient is known by its header.
    """
    _goods(
        import_goods,
        file,
        ListOptions(publisher, list_name, None, _columns(column)),
        sheet,
        organisation,
        account,
        as_json,
    )


def needs(
    file: File,
    publisher: Publisher = None,
    list_name: ListOption = None,
    column: Columns = None,
    sheet: Sheet = None,
    one_is_a_number: Annotated[
        bool, typer.Option("--one-is-a-number", help="A quantity of 1 is one piece, not 'number not given'.")
    ] = False,
    organisation: Organisation = None,
    account: Account = "importer",
    as_json: output.Json = False,
) -> None:
    """Records what facilities asked for: JSON submissions, CSV or XLSX."""

    def run(importer: Importer, path: Path, options: ListOptions, **given: Any) -> GoodsOutcome:
        return import_needs(importer, path, options, one_is_a_number=one_is_a_number, **given)

    _goods(run, file, ListOptions(publisher, list_name, None, _columns(column)), sheet, organisation, account, as_json)


def distributions(
    file: File,
    publisher: Publisher = None,
    list_name: ListOption = None,
    column: Columns = None,
    sheet: Sheet = None,
    organisation: Organisation = None,
    account: Account = "importer",
    as_json: output.Json = False,
) -> None:
    """Records a published list of goods handed out: statements, which move no stock."""
    options = ListOptions(publisher, list_name, None, _columns(column))
    _goods(import_distributions, file, options, sheet, organisation, account, as_json)


def corrections(
    file: File,
    publisher: Annotated[str, typer.Option(help="Who published the list and the correction.")],
    list_name: Annotated[str, typer.Option("--list", help="The list that is corrected.")],
    approver: Annotated[str, typer.Option(metavar="ACCOUNT", help="The account that approves: another person's.")],
    organisation: Organisation = None,
    account: Annotated[str, typer.Option("--as", metavar="ACCOUNT", help="The account that declares.")] = "corrector",
    as_json: output.Json = False,
) -> None:
    """Declares a publisher's correction of its own table of goods; both versions stay visible."""
    with _importer(account, publisher, organisation) as (parts, importer):
        # Before anything is declared: an approval that nobody can sign would stand before everything after it.
        parts.keyring.address(approver)
        outcome = import_corrections(
            importer, file, ListName(publisher, list_name), approver=approver, bytes_max=parts.settings.import_bytes_max
        )
    rows = [change._asdict() for change in outcome.changes]
    if as_json:
        output.show_facts("", {"corrections": list(outcome.correction_ids), "changes": rows}, as_json=True)
        return
    output.show_rows(f"Declared and approved: {len(outcome.correction_ids)} corrections", rows, as_json=False)


def propose(
    publisher: Annotated[str, typer.Option(help="Who published the list.")],
    list_name: Annotated[str, typer.Option("--list", help="The list that is held back.")],
    reason: Annotated[str, typer.Option(help="Why it is no repetition; this is published.")],
    organisation: Organisation = None,
    account: Account = "importer",
    as_json: output.Json = False,
) -> None:
    """Proposes to record what is held back of a list."""
    with _importer(account, publisher, organisation) as (_, importer):
        release_id = propose_release(importer, ListName(publisher, list_name), reason)
    output.show_facts("Proposed; another person has to approve", {"release": release_id.hex()}, as_json=as_json)


def approve(
    release: Annotated[str, typer.Argument(metavar="ID", help="The id of the proposal.")],
    account: Annotated[str, typer.Option("--as", metavar="ACCOUNT", help="An account of another person.")],
    as_json: output.Json = False,
) -> None:
    """Approves a proposed release, as another person."""
    with _importer(account, None, None) as (parts, importer):
        approved = approve_release(importer, parts.chain, from_hex(release))
    facts = {
        "release": approved.release_id.hex(),
        "list": str(approved.name),
        "reason": approved.reason,
        "proposed_by_person": approved.proposer_id,
        "approved_by_person": approved.approver_id,
    }
    output.show_facts("Approved: import the file again with --release", facts, as_json=as_json)


def _goods(
    run: Callable[..., GoodsOutcome],
    file: Path,
    options: ListOptions,
    sheet: str | None,
    organisation: int | None,
    account: str,
    as_json: bool,
) -> None:
    with _importer(account, options.publisher, organisation) as (parts, importer):
        outcome = run(importer, file, options, sheet=sheet, bytes_max=parts.settings.import_bytes_max)
    _show_goods(outcome, as_json=as_json)
    _finish(outcome)


@contextmanager
def _importer(account: str, publisher: str | None, organisation: int | None) -> Iterator[tuple[Parts, Importer]]:
    parts = Parts()
    organisations = organisations_by_name(parts.chain, parts.documents)
    if organisation is not None:
        if publisher is None:
            raise BadInput("--organisation needs --publisher: whose publications are recorded under that number.")
        organisations[publisher] = organisation
    parts.keyring.address(account)
    with output.stages() as show:
        yield (
            parts,
            Importer(
                engine=parts.engine,
                documents=parts.documents,
                account=account,
                organisations=organisations,
                donor_secret=read_secret(parts.settings.donor_secret_file, "LEDGER_DONOR_SECRET_FILE").strip(),
                send=lambda told: drain(parts.engine, parts.chain, parts.keyring, progress=told),
                today=date.today(),
                progress=show,
            ),
        )


def _columns(given: Sequence[str] | None) -> dict[str, str]:
    columns = {}
    for one in given or ():
        field, sign, name = one.partition("=")
        if not sign or not field or not name:
            raise BadInput(f"--column {one!r} is not FIELD=NAME, such as amount=金额.")
        columns[field.strip()] = name.strip()
    return columns


def _finish(outcome: DonationsOutcome | GoodsOutcome) -> None:
    """Ends the command: a contract's refusal is exit 3, lines that could not be recorded exit 2."""
    if outcome.refused_by_contract:
        raise outcome.refused_by_contract[0]
    if outcome.refused:
        lines = "line" if outcome.refused == 1 else "lines"
        output.say(f"{outcome.file_name}: {outcome.refused} {lines} could not be recorded; the others are.")
        raise typer.Exit(BadInput.exit_code)


def _show_donations(outcome: DonationsOutcome, *, as_json: bool) -> None:
    totals: dict[str, int] = {}
    for one in outcome.lists:
        for currency, amount_minor in one.recorded_minor.items():
            totals[currency] = totals.get(currency, 0) + amount_minor
    held_back = sum(len(one.held_back) for one in outcome.lists)
    facts = {
        "file": outcome.file_name,
        "file_sha256": outcome.file_sha256.hex(),
        "lines": sum(one.lines for one in outcome.lists),
        "recorded": sum(one.recorded for one in outcome.lists),
        "recorded_minor": totals,
        "held_back": held_back,
        "released": sum(len(one.released) for one in outcome.lists),
        "refused": outcome.refused,
    }
    if as_json:
        output.show_facts("", facts | {"lists": [_donation_list(one) for one in outcome.lists]}, as_json=True)
        return
    rows = [
        {
            "list": str(one.name),
            "lines": one.lines,
            "recorded": one.recorded,
            "amount": _amounts(one.recorded_minor),
            "held back": len(one.held_back),
            "refused": len({refusal.line for refusal in one.refused}),
        }
        for one in outcome.lists
    ]
    output.show_rows(f"{outcome.file_name}, as published", rows, as_json=False)
    changes = [
        {"list": str(one.name), "row": held.line.row, "repeats": f"{held.of}, row {held.of_row}"} | change._asdict()
        for one in outcome.lists
        for held in one.held_back
        for change in held.changes
    ]
    if held_back:
        output.show_rows(
            "Silent changes in the rows held back",
            changes[:SHOWN_MAX],
            as_json=False,
            empty="No row held back was changed.",
        )
    _show_refused(outcome.file_name, [refusal for one in outcome.lists for refusal in one.refused])
    if outcome.unused_columns:
        output.say(f"Columns that are not recorded: {', '.join(outcome.unused_columns)}.")
    output.show_facts("Together", facts | {"recorded_minor": _amounts(totals)}, as_json=False)


def _donation_list(one: DonationList) -> Mapping[str, Any]:
    return {
        "publisher": one.name.publisher,
        "list": one.name.list_name,
        "lines": one.lines,
        "recorded": one.recorded,
        "recorded_minor": one.recorded_minor,
        "held_back": [_held_back(held) for held in one.held_back],
        "released": [_held_back(held) for held in one.released],
        "refused": [refusal._asdict() for refusal in one.refused],
    }


def _held_back(held: HeldBack) -> Mapping[str, Any]:
    return {
        "row": held.line.row,
        "amount_minor": held.line.amount_minor,
        "of_publisher": held.of.publisher,
        "of_list": held.of.list_name,
        "of_row": held.of_row,
        "changes": [change._asdict() for change in held.changes],
    }


def _show_goods(outcome: GoodsOutcome, *, as_json: bool) -> None:
    if as_json:
        lists = [
            {
                "publisher": one.name.publisher,
                "list": one.name.list_name,
                "lines": one.rows,
                "recorded": one.recorded,
                "records": dict(one.counts),
                "refused": [refusal._asdict() for refusal in one.refused],
                "gaps": one.gaps,
            }
            for one in outcome.lists
        ]
        facts = {"file": outcome.file_name, "file_sha256": outcome.file_sha256.hex(), "lists": lists}
        output.show_facts("", facts | {"refused": outcome.refused}, as_json=True)
        return
    for one in outcome.lists:
        counts = {"lines": one.rows, "recorded": one.recorded, **one.counts}
        output.show_facts(f"{outcome.file_name}: {one.name}", counts, as_json=False)
        for gap in one.gaps:
            output.say(f"- {gap}")
    _show_refused(outcome.file_name, [refusal for one in outcome.lists for refusal in one.refused])


def _show_refused(file_name: str, refused: Sequence[Refusal]) -> None:
    if not refused:
        return
    rows = [
        {"file": file_name, "line": one.line, "row": one.row, "column": one.column, "reason": one.reason}
        for one in refused[:SHOWN_MAX]
    ]
    output.show_rows("Lines that could not be recorded", rows, as_json=False)
    if len(refused) > SHOWN_MAX:
        output.say(f"... and {len(refused) - SHOWN_MAX} more; --json shows all, and so does the import report.")


def _amounts(amounts_minor: Mapping[str, int]) -> str:
    return "\n".join(
        f"{text_from_minor(minor, currency)} {currency}" for currency, minor in sorted(amounts_minor.items())
    )
