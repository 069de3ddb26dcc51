"""`ledger trace ID`: from a donation to where it ended, or from a lot or a receipt back to who gave (R5)."""

from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.tree import Tree
from sqlmodel import Session

from ledger.canonical import from_hex
from ledger.cli import output
from ledger.cli.help import CHECK
from ledger.cli.opened import Parts
from ledger.currency import text_from_minor
from ledger.errors import BadInput
from ledger.queries.trace_down import trace_donation, trace_lot_down
from ledger.queries.trace_nodes import TraceNode, leaves
from ledger.queries.trace_up import Origin, lots_of_receipt, trace_lot_up
from ledger.queries.traces import traceable_kind

LIMIT_MAX = 200


class Direction(StrEnum):
    """Which way to go from a lot."""

    up = "up"
    down = "down"


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(rich_help_panel=CHECK)(trace)


def trace(
    record_id: Annotated[str, typer.Argument(metavar="ID", help="A donation, lot or receipt: 64 hex digits.")],
    direction: Annotated[
        Direction, typer.Option(help="From a lot: up to who gave, or down to where it is.")
    ] = Direction.up,
    after: Annotated[str, typer.Option(help="Where the last page of donors ended, as it was printed.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=LIMIT_MAX, help="Donors on a page.")] = 20,
    as_json: output.Json = False,
) -> None:
    """Traces a donation to the receipts it ended in, or a lot or receipt back to the donations behind it."""
    wanted = from_hex(record_id).hex()
    with Session(Parts().engine) as session:
        kind = traceable_kind(session, wanted)
        if kind.startswith("donation"):
            _show_trees([trace_donation(session, wanted)], as_json)
        elif kind == "lot" and direction == Direction.down:
            _show_trees([trace_lot_down(session, wanted)], as_json)
        else:
            lot_ids = [wanted] if kind == "lot" else [line.lot_id for _, line in lots_of_receipt(session, wanted)]
            page = _page_start(after)
            origins = [trace_lot_up(session, lot_id, after=page, limit=limit) for lot_id in lot_ids]
            _show_origins(origins, limit, as_json)


def node_facts(node: TraceNode) -> dict[str, Any]:
    """A trace's node as plain values; shares are exact fractions."""
    facts: dict[str, Any] = {"kind": node.kind, "record_id": node.record_id, "share": str(node.share)}
    facts["share_of_parent"] = str(node.share_of_parent)
    for name in ("amount_minor", "currency", "name", "method"):
        if (value := getattr(node, name)) is not None:
            facts[name] = value
    if node.quantity is not None:
        facts["quantity"] = int(node.quantity) if node.quantity.denominator == 1 else str(node.quantity)
    if node.receipt_ids:
        facts["receipt_ids"] = list(node.receipt_ids)
    return facts | {"children": [node_facts(child) for child in node.children]}


def _page_start(after: str) -> tuple[str, int] | None:
    if not after:
        return None
    fund_id, _, position = after.partition(":")
    if not position.isdigit():
        raise BadInput(f"{after!r} is no place to go on from; it has to be as it was printed, fund:position.")
    return from_hex(fund_id, "fund").hex(), int(position)


def _show_trees(roots: list[TraceNode], as_json: bool) -> None:
    if as_json:
        shares_sum = [str(sum((leaf.share for leaf in leaves(root)), Fraction(0))) for root in roots]
        output.show_rows(
            "",
            [{"trace": node_facts(root), "shares_sum": total} for root, total in zip(roots, shares_sum, strict=True)],
            as_json=True,
        )
        return
    for root in roots:
        console = Console(highlight=False)
        console.print(_tree(root))
        total = sum((leaf.share for leaf in leaves(root)), Fraction(0))
        console.print(f"The shares of all ends add up to {total}.")


def _show_origins(origins: list[Origin], limit: int, as_json: bool) -> None:
    if as_json:
        output.show_rows("", [_origin_facts(origin, limit) for origin in origins], as_json=True)
        return
    for origin in origins:
        Console(highlight=False).print(_tree(origin.root))
        rows = [
            {
                "donation": donor.donation_id,
                "gave_minor": donor.amount_minor,
                "share": str(donor.share),
                "unattributed": str(donor.unattributed),
            }
            for donor in origin.donors
        ]
        if rows:
            output.show_rows("Donations behind it", rows, as_json=False)
        for (kind, record), share in origin.others.items():
            output.say(f"{kind} {record}: {share}")
        Console(highlight=False).print(f"All shares add up to {origin.shares_sum}.")
        if next_after := _next_after(origin, limit):
            output.say(f"There may be more: --after {next_after}")


def _origin_facts(origin: Origin, limit: int) -> dict[str, Any]:
    donors = [
        {
            "donation_id": donor.donation_id,
            "amount_minor": donor.amount_minor,
            "share": str(donor.share),
            "unattributed": str(donor.unattributed),
        }
        for donor in origin.donors
    ]
    others = [
        {"kind": kind, "record_id": record, "share": str(share)} for (kind, record), share in origin.others.items()
    ]
    facts = {"trace": node_facts(origin.root), "donors": donors, "others": others}
    return facts | {"shares_sum": str(origin.shares_sum), "next_after": _next_after(origin, limit)}


def _next_after(origin: Origin, limit: int) -> str | None:
    if len(origin.donors) < limit:
        return None
    last = origin.donors[-1]
    return f"{last.fund_id}:{last.journal_no}"


def _tree(node: TraceNode) -> Tree:
    tree = Tree(_label(node))
    for child in node.children:
        _grow(tree, child)
    return tree


def _grow(tree: Tree, node: TraceNode) -> None:
    branch = tree.add(_label(node))
    for child in node.children:
        _grow(branch, child)


def _label(node: TraceNode) -> str:
    words = [f"[bold]{node.kind.replace('_', ' ')}[/]", f"{node.share}"]
    if node.amount_minor is not None and node.currency:
        words.append(text_from_minor(node.amount_minor, node.currency))
    if node.quantity is not None:
        words.append(f"x{node.quantity}")
    if node.name:
        words.append(escape(node.name))
    if node.method:
        words.append(f"[dim]({node.method})[/]")
    lines = ["  ".join(words)]
    if node.record_id:
        lines.append(f"[dim]{node.record_id}[/]")
    lines += [f"[dim]receipt {receipt_id}[/]" for receipt_id in node.receipt_ids]
    return "\n".join(lines)
