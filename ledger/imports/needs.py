"""What facilities asked for, as published (R9): a list of submissions in JSON, or a table with a line for each item.

    [{"facility": "...", "province": "...", "city": "...", "district": "...",
      "supplies": [{"item": "...", "specification": "...", "quantity": 500}, ...]}, ...]

A quantity that is missing, or 1, means 'needed, number not given' in the lists that are known; both become 0, which is
how the ledger says it. `one_is_a_number` takes a 1 as it stands.
"""

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson

from ledger.commands import Desk
from ledger.commands.facilities import Facility, facility_id, register_facilities
from ledger.commands.items import item_id, register_items
from ledger.commands.needs import Need, publish_needs
from ledger.errors import BadInput
from ledger.imports.goods import item_of
from ledger.imports.goods_lines import (
    NEED_FIELDS,
    GoodsLine,
    GoodsList,
    chunks,
    needed_words,
    read_goods,
    whole_quantity,
)
from ledger.imports.importer import LINES_PER_DOCUMENT, Importer
from ledger.imports.lists import ListName, ListOptions
from ledger.imports.outcome import GoodsOutcome, PreparedList, record_lists, rows_text
from ledger.imports.readers import FILE_BYTES_MAX, open_table, published_name, read_text
from ledger.imports.validation import Refusal, words

JSON_BYTES_MAX = 16 * 1024 * 1024
ROWS_MAX = 100_000
_EXPECTED = "a list of submissions, each with 'facility' and 'supplies' (item, quantity, specification)"
_PLACES = ("province", "city", "district")


def import_needs(
    importer: Importer,
    path: Path,
    options: ListOptions,
    *,
    sheet: str | None = None,
    one_is_a_number: bool = False,
    bytes_max: int = FILE_BYTES_MAX,
) -> GoodsOutcome:
    """Afterwards every line that can be recorded is a published need, and the reports are anchored.

    Raises BadInput, before anything is recorded, when the file cannot be used.
    """
    file_name = published_name(path)
    if file_name.lower().endswith(".json"):
        text, sha256 = read_text(path, bytes_max=min(bytes_max, JSON_BYTES_MAX))
        lists, unused = [_submissions(importer, file_name, text, options)], ()
    else:
        table = open_table(path, sheet=sheet, bytes_max=bytes_max)
        sha256 = table.sha256
        lists, unused = read_goods(importer, table, NEED_FIELDS, "facility", options, ROWS_MAX)  # type: ignore[assignment]
    prepared = [_prepare_list(importer.desk(one.name.publisher), one, one_is_a_number) for one in lists]
    return record_lists(importer, file_name, sha256, prepared, unused)


def _submissions(importer: Importer, file_name: str, text: str, options: ListOptions) -> GoodsList:
    """The list as JSON has it: `row` is the number of the submission, `line` that of the item within the whole file."""
    if not options.publisher or not options.list_name:
        raise BadInput(f"{file_name} does not say who published it and as what: --publisher NAME --list NAME.")
    importer.organisation_of(options.publisher)
    try:
        submissions = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise BadInput(f"{file_name} is not JSON: {error}. Expected is {_EXPECTED}.") from error
    if not isinstance(submissions, list) or not submissions:
        raise BadInput(f"{file_name} is not a list. Expected is {_EXPECTED}.")
    found = GoodsList(ListName(options.publisher, options.list_name))
    for number, submission in enumerate(submissions, start=1):
        supplies = submission.get("supplies") if isinstance(submission, Mapping) else None
        if not isinstance(supplies, list):
            found.rows += 1
            found.refused.append(Refusal(found.rows, number, "supplies", f"is missing; expected is {_EXPECTED}"))
            continue
        _take_facility(found, number, submission, has_lines=bool(supplies))
        for supply in supplies:
            found.rows += 1
            _take(found, number, submission, supply)
    return found


def _take_facility(found: GoodsList, number: int, submission: Mapping[str, Any], *, has_lines: bool) -> None:
    """Notes who asked. What is wrong with its name is said with its lines, or here if it has none."""
    try:
        name, *places = (_text(submission, key, words) for key in ("facility", *_PLACES))
        if name is not None:
            found.facilities.append((name, tuple(places), number))
    except BadInput as error:
        if not has_lines:
            found.rows += 1
            found.refused.append(Refusal(found.rows, number, "facility", error.message))


def _text(source: Any, name: str, reader: Any) -> Any:
    """What `reader` makes of a member that has to be text or a whole number."""
    value = source.get(name) if isinstance(source, Mapping) else None
    if isinstance(value, bool | dict | list | float):
        raise BadInput("is not text or a whole number")
    return reader("" if value is None else str(value).strip())


def _take(found: GoodsList, number: int, submission: Mapping[str, Any], supply: Any) -> None:
    problems: list[tuple[str, str]] = []

    def read(source: Any, name: str, reader: Any) -> Any:
        try:
            return _text(source, name, reader)
        except BadInput as error:
            problems.append((name, error.message))
            return None

    facility = read(submission, "facility", needed_words)
    places = {name: read(submission, name, words) for name in _PLACES}
    item = read(supply, "item", needed_words)
    specification, unit = read(supply, "specification", words), read(supply, "unit", words)
    quantity = read(supply, "quantity", whole_quantity)
    if problems:
        found.refused += [Refusal(found.rows, number, column, reason) for column, reason in problems]
        return
    found.lines.append(
        GoodsLine(found.rows, number, None, facility, item, quantity, specification=specification, unit=unit, **places)
    )


def _prepare_list(desk: Desk, source: GoodsList, one_is_a_number: bool) -> PreparedList:
    prepared = PreparedList(source)
    facilities, elsewhere = _facilities(source)
    items = list(dict.fromkeys(item_of(line) for line in source.lines))
    for part in chunks(facilities, LINES_PER_DOCUMENT):
        prepared.drafts.append(register_facilities(desk, part))
    for some in chunks(items, LINES_PER_DOCUMENT):
        prepared.drafts.append(register_items(desk, some))
    prepared.counts |= {"submissions": len({row for _, _, row in source.facilities}), "facilities": len(facilities)}
    prepared.counts["items"] = len(items)
    unknown = 0
    publisher, list_name = source.name
    for lines in chunks(source.lines, LINES_PER_DOCUMENT):
        needs = []
        for line in lines:
            given = line.quantity if line.quantity > 1 or one_is_a_number else 0
            unknown += not given
            needs.append(
                Need(
                    key=(*source.name, line.row, line.line),
                    facility_id=facility_id(desk, (publisher, line.party)),
                    item_id=item_id(desk, item_of(line)),
                    quantity=given,
                    publisher=publisher,
                    list=list_name,
                    row=line.row,
                    date=line.date,
                    note=_as_published(line),
                )
            )
        prepared.add(publish_needs(desk, needs), [(line.line, line.row) for line in lines], "needs")
    prepared.counts["needs without a number"] = unknown
    prepared.gaps = _gaps(source, unknown, elsewhere)
    return prepared


def _facilities(source: GoodsList) -> tuple[list[Facility], dict[str, list[int]]]:
    """The facilities by their published names, and the rows of those whose place is not published the same each time.

    Of a place that is published in two ways the differing parts are left out: which is right is not for us to say.
    """
    places: defaultdict[str, dict[tuple[str | None, ...], list[int]]] = defaultdict(dict)
    for name, place, row in source.facilities:
        rows = places[name].setdefault(place, [])
        if row not in rows:
            rows.append(row)
    facilities, elsewhere = [], {}
    for name, found in places.items():
        parts = [values[0] if len(set(values)) == 1 else None for values in zip(*found, strict=True)]
        facilities.append(Facility((source.name.publisher, name), name, *parts))
        if len(found) > 1:
            elsewhere[name] = sorted(row for rows in found.values() for row in rows)
    return facilities, elsewhere


def _as_published(line: GoodsLine) -> str:
    """The line's own words on place and quantity, where the record has only their reading."""
    place = " ".join(part for part in (line.province, line.city, line.district) if part)
    return f"{place + ': ' if place else ''}quantity as published: {line.quantity or 'none'}"


def _gaps(source: GoodsList, unknown: int, elsewhere: Mapping[str, list[int]]) -> list[str]:
    gaps = ["No dates are published."] if not any(line.date for line in source.lines) else []
    if unknown:
        gaps.append(
            f"In {unknown} of {len(source.lines)} lines the quantity is missing or 1: 'asked, number not given'."
        )
    if not any(line.unit for line in source.lines):
        gaps.append("No units are published.")
    asking = {line.row for line in source.lines}
    if rows := sorted({row for _, _, row in source.facilities} - asking):
        gaps.append(f"Nothing that can be recorded is asked for in {rows_text(rows)}.")
    for name, rows in elsewhere.items():
        gaps.append(
            f"{name} is published with different places in {rows_text(rows)}: taken as one facility; where they"
            " differ its place is left out."
        )
    return gaps
