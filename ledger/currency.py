"""Amounts of money as published text, and as the integers that are recorded. The only importer of iso4217."""

import re
import unicodedata
from decimal import Decimal
from functools import cache

from iso4217 import Currency

from ledger.errors import BadInput

AMOUNT_MAX = 2**53 - 1
_DIGITS_MAX = 40
_NUMBER = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?", re.ASCII)


@cache
def minor_digits(code: str) -> int:
    """How many decimals a currency has: CNY 2, VND 0. `code` is alphabetic and in capitals.

    Raises BadInput when ISO 4217 has no such currency, or one that is not counted in units (gold, test codes).
    """
    try:
        exponent = Currency(code).exponent
    except ValueError:
        exponent = None
    if exponent is None:
        raise BadInput(f"{code!r} is not a currency of ISO 4217; an example of one is CNY.")
    return int(exponent)


def minor_from_text(text: str, currency: str) -> int:
    """The amount that `text` states, in minor units of `currency`, always 1 .. 2^53-1.

    Takes thousands separators and digits of half and full width ("1,234.50", "１，２３４．５０"). Raises BadInput whose
    message is the reason, as a clause: "is not a number", "is negative", "is zero" and so on.
    """
    return minor_from_decimal(decimal_from_text(text), currency)


def decimal_from_text(text: str) -> Decimal:
    """A published number, exactly. Raises BadInput whose message is the reason, as a clause."""
    normal = unicodedata.normalize("NFKC", text).replace("\u3001", ",").replace(" ", "").replace("\u2212", "-")
    if not normal:
        raise BadInput("is missing")
    if len(normal) > _DIGITS_MAX or not _NUMBER.fullmatch(normal):
        raise BadInput("is not a number")
    return Decimal(normal.replace(",", ""))


def minor_from_decimal(amount: Decimal, currency: str) -> int:
    """As `minor_from_text`, of a number. The decimals that count are those written, zeros too."""
    if amount < 0:
        raise BadInput("is negative")
    if amount == 0:
        raise BadInput("is zero")
    digits = minor_digits(currency)
    exponent = amount.as_tuple().exponent
    if isinstance(exponent, str) or -exponent > digits:
        raise BadInput(f"has more decimals than {currency} has ({digits})")
    minor = int(amount.scaleb(digits))
    if minor > AMOUNT_MAX:
        raise BadInput(f"is more than {AMOUNT_MAX} minor units of {currency}")
    return minor


def text_from_minor(amount_minor: int, currency: str) -> str:
    """The amount as people write it, with thousands separators: 94728430735 of CNY is "947,284,307.35"."""
    digits = minor_digits(currency)
    return f"{Decimal(amount_minor).scaleb(-digits):,.{digits}f}"
