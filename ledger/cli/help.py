"""How the command explains itself: its commands under headings, each with the whole of its sentence."""

from typing import Any

from typer.core import TyperGroup

CHECK, MONEY, GOODS, PEOPLE, RECORDS = "Run, import, check", "Money", "Goods", "Who takes part", "Any record"

ABOUT: dict[str, tuple[str, str]] = {
    "organisation": (PEOPLE, "Organisations"),
    "person": (PEOPLE, "Persons, known by number and title"),
    "link": (PEOPLE, "The accounts behind which a person acts"),
    "role": (PEOPLE, "What a person may do, and where"),
    "writing": (PEOPLE, "All writing, in an emergency"),
    "part": (PEOPLE, "The ledger's contracts"),
    "fund": (MONEY, "Funds, each with its currency and earmark"),
    "income": (MONEY, "Interest and the proceeds of sales"),
    "pledge": (MONEY, "What somebody means to give"),
    "commitment": (MONEY, "What somebody is bound to give"),
    "donation": (MONEY, "Gifts of money"),
    "refund": (MONEY, "What is given back to donors"),
    "conversion": (MONEY, "Changes of money into another currency"),
    "redesignation": (MONEY, "Changes of what a fund's money is for"),
    "allocation": (MONEY, "Money set aside for a purpose"),
    "expenditure": (MONEY, "What allocations paid for"),
    "disbursement": (MONEY, "Money passed on to another organisation"),
    "item": (GOODS, "Kinds of goods, each in one unit"),
    "facility": (GOODS, "Stores, hospitals and other places"),
    "need": (GOODS, "What facilities ask for"),
    "goods-allocation": (GOODS, "Goods set aside for a facility"),
    "donation-in-kind": (GOODS, "Gifts of goods"),
    "lot": (GOODS, "Lots that were bought, or made of others"),
    "stock": (GOODS, "Goods in a facility"),
    "recall": (GOODS, "Lots that nobody may use"),
    "consignment": (GOODS, "Goods on the way, and their receipts"),
    "distribution": (GOODS, "Hand-outs that others published"),
    "discrepancy": (RECORDS, "What does not add up"),
    "correction": (RECORDS, "Errors in records, which stay as they are"),
    "evidence": (RECORDS, "Documents that prove something"),
}
"""Of each noun of the writes: the heading it stands under, and what it is about."""

_HEADINGS = (CHECK, MONEY, GOODS, RECORDS, PEOPLE)
_WHOLE_SENTENCE = 1_000


class Commands(TyperGroup):
    """A group whose list of commands is cut into headings, and not cut off at the end of a line."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Writes the commands, under the headings that they were registered with."""
        commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        width = max(len(name) for name, _ in commands)
        listed: dict[str, list[tuple[str, str]]] = {}
        for name, command in commands:
            heading = getattr(command, "rich_help_panel", None)
            heading = heading if heading in _HEADINGS else "Commands"
            if command is not None and not command.hidden:
                listed.setdefault(heading, []).append((name.ljust(width), command.get_short_help_str(_WHOLE_SENTENCE)))
        for heading in sorted(listed, key=("Commands", *_HEADINGS).index):
            with formatter.section(heading):
                formatter.write_dl(listed[heading])
