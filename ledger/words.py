"""The ABI's 32-byte words, as 64 hexadecimal digits, and what they mean. Bindings are made of these functions.

A word that no contract could have written (a number wider than its type, an enum's member that does not exist) raises
UndecodableLog: such a log is not ours, whatever its topic says.
"""

from collections.abc import Sequence
from typing import Any

from eth_abi import decode
from eth_abi.exceptions import DecodingError

from ledger.errors import UndecodableLog

_WORD_BITS = 256
_CHARACTERS = [chr(octet) if 0x20 <= octet < 0x7F and chr(octet) != "\\" else f"\\x{octet:02x}" for octet in range(256)]


def require_digits(event: str, text: str, digits: int) -> None:
    """Raises UndecodableLog unless the log of that event has so many digits."""
    if len(text) != digits:
        raise UndecodableLog(f"{event} has {digits} digits, not {len(text)}.")


def uint(word: str, bits: int) -> int:
    """The unsigned number of that many bits."""
    number = int(word, 16)
    if number >> bits:
        raise UndecodableLog(f"The word {word} does not fit uint{bits}.")
    return number


def sint(word: str, bits: int) -> int:
    """The signed number (two's complement) of that many bits."""
    number = int(word, 16)
    if number >> (_WORD_BITS - 1):
        number -= 1 << _WORD_BITS
    if not -(1 << (bits - 1)) <= number < 1 << (bits - 1):
        raise UndecodableLog(f"The word {word} does not fit int{bits}.")
    return number


def boolean(word: str) -> bool:
    """Zero is false, one is true."""
    return bool(uint(word, 1))


def member(word: str, members: Sequence[str]) -> str:
    """The name of an enum's member."""
    number = int(word, 16)
    if number >= len(members):
        raise UndecodableLog(f"There is no member {number} among {', '.join(members)}.")
    return members[number]


def code(word: str) -> str:
    """The code that a bytesN holds, without the zeros that fill it up; empty for none.

    Codes are printable ASCII, but the contracts do not look: any other byte, and the backslash, becomes \\xNN. So what
    a member wrote stops nobody's index, and one code begins with another here exactly where its bytes do.
    """
    return "".join(_CHARACTERS[octet] for octet in bytes.fromhex(word).rstrip(b"\0"))


def address(word: str) -> str:
    """An account's address, 0x and 40 lower-case digits."""
    if uint(word, 160) < 0:
        raise UndecodableLog(f"The word {word} is not an address.")
    return "0x" + word[-40:]


def dynamic(types: Sequence[str], body: str) -> tuple[Any, ...]:
    """The values of a body that holds arrays, as eth_abi gives them. Raises UndecodableLog when it is malformed."""
    try:
        return decode(types, bytes.fromhex(body))
    except (DecodingError, ValueError) as error:
        raise UndecodableLog(f"A body of the types {', '.join(types)} cannot be decoded: {error}") from error
