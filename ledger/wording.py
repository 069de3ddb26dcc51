"""What the public reads, in Chinese and English, from one catalogue (`wording.toml`)."""

import tomllib
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

_CATALOGUE = Path(__file__).resolve().parent / "wording.toml"


class Language(StrEnum):
    """The languages that everything public exists in."""

    en = "en"
    zh = "zh"


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """Every sentence by its name: {"demo.title": {"en": ..., "zh": ...}}."""
    with _CATALOGUE.open("rb") as file:
        groups = tomllib.load(file)
    return {f"{group}.{name}": texts for group, entries in groups.items() for name, texts in entries.items()}


def sentence(name: str, language: Language, **values: Any) -> str:
    """The sentence in that language, with its values. Raises KeyError for a name or a value that is not there."""
    return catalogue()[name][language.value].format(**values)
