"""The demonstration's last screen: the summary in English and Chinese, and where to look."""

from collections.abc import Iterator

from rich.console import Console, Group
from rich.markup import escape
from rich.padding import Padding
from rich.panel import Panel
from rich.text import Text
from sqlmodel import Session

from ledger.demonstration.run import Demonstrated
from ledger.demonstration.summary import Summary
from ledger.settings import ROOT, Settings
from ledger.wording import Language, sentence


def show(session: Session, done: Demonstrated, settings: Settings) -> None:
    """Prints the summary, the addresses to open, and how long each stage took.

    Addresses stand outside of any frame, each on a line that is never folded, so that it can be clicked and copied.
    """
    console = Console(highlight=False)
    summary = Summary(session, done.outcome, done.records, done.verification)
    for language in Language:
        body = Group(*_body(summary, language))
        console.print(Panel(body, title=escape(sentence("demo.title", language)), padding=(1, 1)))
    for line in _where_to_look(done, settings):
        console.print(line, soft_wrap=True)
    stages = ", ".join(f"{name} {seconds:.1f}" for name, seconds in done.stages_s.items())
    console.print(f"[dim]Seconds: {escape(stages)}[/]")


def addresses(done: Demonstrated, settings: Settings) -> dict[str, str]:
    """What to open, by its name in the wording."""
    root = f"http://{settings.api_host}:{settings.api_port}/v1"
    donation_id, receipt_id = done.records.donation_id.hex(), done.records.receipt_ids[0].hex()
    return {
        "summary": f"{root}/summary",
        "funds": f"{root}/funds",
        "lists": f"{root}/lists",
        "row_14": f"{root}/reconciliation/lots",
        "discrepancies": f"{root}/discrepancies?exercise=true",
        "trace": f"{root}/donations/{donation_id}/trace",
        "back": f"{root}/receipts/{receipt_id}/trace",
    }


def _body(summary: Summary, language: Language) -> Iterator[Text | Padding]:
    for number, (paragraph, lines) in enumerate(summary.paragraphs(language)):
        if number:
            yield Text("")
        yield Text(paragraph)
        for line in lines:
            yield Padding(Text(line), (0, 0, 0, 2))


def _where_to_look(done: Demonstrated, settings: Settings) -> Iterator[Text]:
    yield Text(_in_both("demo.look"), style="bold")
    for name, address in addresses(done, settings).items():
        yield Text(f"  {_in_both(f'look.{name}')}")
        yield Text(f"    {address}")
    yield Text(_in_both("demo.commands"), style="bold")
    command = f"{_environment(settings)}.venv/bin/ledger"
    yield Text(f"    {command} verify")
    yield Text(f"    {command} trace {done.records.donation_id.hex()}")


def _environment(settings: Settings) -> str:
    """What the command has to be told to find this state folder."""
    folder = settings.state_dir
    if folder == Settings.from_environment({}).state_dir:
        return ""
    return f"LEDGER_STATE_DIR={folder.relative_to(ROOT) if folder.is_relative_to(ROOT) else folder} "


def _in_both(key: str) -> str:
    return " · ".join(sentence(key, language) for language in Language)
