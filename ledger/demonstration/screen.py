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
from ledger.settings import Settings
from ledger.wording import Language, sentence


def show(session: Session, done: Demonstrated, settings: Settings) -> None:
    """Prints the summary, the addresses to open, and how long each stage took."""
    console = Console(highlight=False)
    summary = Summary(session, done.outcome, done.records, done.verification)
    for language in Language:
        body = Group(*_body(summary, done, settings, language))
        console.print(Panel(body, title=escape(sentence("demo.title", language)), padding=(1, 1)))
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


def _body(summary: Summary, done: Demonstrated, settings: Settings, language: Language) -> Iterator[Text | Padding]:
    for paragraph, lines in summary.paragraphs(language):
        yield Text(paragraph)
        for line in lines:
            yield Padding(Text(line), (0, 0, 0, 2))
        yield Text("")
    yield Text(sentence("demo.look", language))
    for name, address in addresses(done, settings).items():
        yield Padding(Text(sentence(f"look.{name}", language), style="bold"), (0, 0, 0, 2))
        yield Padding(Text(address, overflow="fold"), (0, 0, 0, 4))
    yield Text("")
    yield Text(sentence("demo.commands", language, donation_id=done.records.donation_id.hex()))
