"""Quantities that stand within published text: "N95口罩36000个", "消毒液1000瓶", "武汉仁爱医院1.6 武汉天佑医院1.6万".

Read only where one quantity and one unit are plainly stated; everything else is left as text and named in the report.
"""

import re
import unicodedata
from decimal import Decimal
from typing import NamedTuple

from ledger.currency import AMOUNT_MAX

_UNITS = "盒瓶只个台袋副支片箱套件包桶罐提双条张卷令辆吨斤人份"
_COUNT = rf"(?P<number>\d+(?:\.\d+)?)(?P<wan>万)?(?P<unit>[{_UNITS}]+)"
_STATED = re.compile(rf"(?P<name>.*[^\d.万×*])(?:{_COUNT}|[（(]{_COUNT.replace('?P<', '?P<in_')}[）)])")
_SHARE = re.compile(rf"(?P<name>.*?[^\d.])(?P<number>\d+(?:\.\d+)?)(?P<wan>万)?(?P<unit>[{_UNITS}]*)")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_WAN = 10_000


class Stated(NamedTuple):
    """A part of a published text, with the quantity and unit that it plainly states; else both None."""

    text: str
    name: str
    quantity: int | None = None
    unit: str | None = None


class Share(NamedTuple):
    """A recipient as published, and the quantity stated for it; 0 where none is."""

    name: str
    quantity: int


def stated_in(text: str) -> list[Stated]:
    """The goods that a text names, in order. Separators within brackets do not separate."""
    return [_stated(part) for part in _split(text)]


def shares_in(text: str) -> list[Share]:
    """The recipients that a text names, with their quantities.

    Where one of them is counted in 万 (ten thousands), a number with decimals beside it is too: it cannot be a count of
    pieces. A whole number beside it without a unit could be either, and leaves all quantities unread, as does any
    other number that is not whole.
    """
    parts = [part for part in re.split(r"[\s、，,；;]+", text.strip()) if part]
    found = [(part, _SHARE.fullmatch(unicodedata.normalize("NFKC", part))) for part in parts]
    any_wan = any(match and match["wan"] for _, match in found)
    shares = []
    for part, match in found:
        if match is None:
            shares.append(Share(part, 0))
            continue
        wan = bool(match["wan"]) or (any_wan and "." in match["number"])
        quantity = _whole(match["number"], wan)
        if quantity is None or (any_wan and not wan and not match["unit"]):
            return [Share(other, 0) for other in parts]
        shares.append(Share(match["name"], quantity))
    return shares


def _stated(part: str) -> Stated:
    match = _STATED.fullmatch(part)
    if match is None:
        return Stated(part, part)
    within = "" if match["number"] else "in_"
    quantity = _whole(match[f"{within}number"], bool(match[f"{within}wan"]))
    name = match["name"]
    # "1400瓶60箱" states two quantities of the same goods; "140*90mm" names none.
    twice = re.search(_COUNT + "$", name)
    if quantity is None or twice or not _HAN.search(name):
        return Stated(part, part)
    return Stated(part, name, quantity, match[f"{within}unit"])


def _split(text: str) -> list[str]:
    parts, depth, start = [], 0, 0
    for index, character in enumerate(text):
        depth += (character in "（(") - (character in "）)")
        if depth == 0 and character in "、，,；;":
            parts.append(text[start:index])
            start = index + 1
    parts.append(text[start:])
    return [part.strip() for part in parts if part.strip()]


def _whole(number: str, wan: bool) -> int | None:
    quantity = Decimal(number) * (_WAN if wan else 1)
    whole = int(quantity)
    return whole if whole == quantity and 1 <= whole <= AMOUNT_MAX else None
