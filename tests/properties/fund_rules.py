"""What the money rules in plain Python are said with: whose record it is, whose earmark is kept, what is refused."""

from tests.properties.fund_figures import Earmark

AMOUNT_MAX = 2**53 - 1


class Refused(Exception):
    """The error's name and arguments, as the contract gives them."""


def organisation_of(record_id: bytes) -> int:
    return int.from_bytes(record_id[:4], "big")


def lies_within(earmark: Earmark, outer: Earmark) -> bool:
    return all(code.startswith(begin) for code, begin in zip(earmark, outer, strict=True))


def require(condition: bool, *error: object) -> None:
    if not condition:
        raise Refused(*error)
