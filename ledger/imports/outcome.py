"""What became of an imported file of goods, needs or hand-outs, and the way there that they share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ledger.commands import Draft
from ledger.errors import TransactionRefused
from ledger.imports.goods_lines import GoodsList
from ledger.imports.importer import Importer
from ledger.imports.lists import ListName
from ledger.imports.reports import Report, anchor_reports
from ledger.imports.validation import Refusal


@dataclass
class PreparedList:
    """One list, turned into what is to be recorded. `lines_of` says which line a write stands for, by its key."""

    source: GoodsList
    drafts: list[Draft] = field(default_factory=list)
    lines_of: dict[str, Refusal] = field(default_factory=dict)
    gaps: list[str] = field(default_factory=list)
    # How many records of each sort this list makes, in words: {"lots": 341}.
    counts: dict[str, int] = field(default_factory=dict)

    def add(self, draft: Draft, lines: Sequence[tuple[int, int]], sort: str) -> None:
        """Adds the writes of lines, given as (line of the file, row), one write each."""
        self.drafts.append(draft)
        for entry, (line, row) in zip(draft.entries, lines, strict=True):
            self.lines_of[entry.key] = Refusal(line, row, "", "")
        self.counts[sort] = self.counts.get(sort, 0) + len(draft.entries)


@dataclass
class ListOutcome:
    """What became of one list of goods."""

    name: ListName
    rows: int
    recorded: int
    counts: Mapping[str, int]
    refused: list[Refusal]
    gaps: list[str]


@dataclass
class GoodsOutcome:
    """What became of the file."""

    file_name: str
    file_sha256: bytes
    lists: list[ListOutcome]
    refused_by_contract: list[TransactionRefused]

    @property
    def refused(self) -> int:
        """How many lines were refused."""
        return sum(len({one.line for one in part.refused}) for part in self.lists)


def record_lists(
    importer: Importer, file_name: str, file_sha256: bytes, prepared: Sequence[PreparedList], unused: Sequence[str]
) -> GoodsOutcome:
    """Afterwards the lists are recorded and their reports anchored. Raises as `Importer.record`.

    A line that a contract refused stands in its list's refusals, with the contract's reason.
    """
    drafts = [draft for one in prepared for draft in one.drafts]
    sent = importer.record("recording", drafts)
    reasons = {one.key: one.reason for one in sent.refused}
    lists, reports = [], []
    for one in prepared:
        refused = list(one.source.refused)
        for key, line in one.lines_of.items():
            if key in reasons:
                refused.append(line._replace(reason=f"was refused by the contract: {reasons[key].message}"))
        refused.sort(key=lambda found: (found.line, found.column, found.reason))
        recorded = one.source.rows - len({found.line for found in refused})
        gaps = [*one.gaps, *(f"The column {column!r} is not recorded." for column in unused)]
        lists.append(ListOutcome(one.source.name, one.source.rows, recorded, one.counts, refused, gaps))
        reports.append(
            Report(
                one.source.name,
                file_name,
                file_sha256,
                one.source.rows,
                recorded,
                records=one.counts,
                refused=refused,
                gaps=gaps,
            )
        )
    anchor_reports(importer, reports)
    return GoodsOutcome(file_name, file_sha256, lists, list(reasons.values()))


def rows_text(rows: Sequence[int]) -> str:
    """Row numbers for a sentence: "rows 8, 9"; beyond twenty the first of them and how many there are."""
    shown = ", ".join(map(str, rows[:20]))
    more = f" and {len(rows) - 20} more" if len(rows) > 20 else ""
    return f"row{'s' if len(rows) > 1 else ''} {shown}{more}"
