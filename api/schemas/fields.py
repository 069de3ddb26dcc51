"""The kinds of fields that the views share, with what they look like."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

ID_PATTERN = "^[0-9a-f]{64}$"
HASH_PATTERN = "^0x[0-9a-f]{64}$"
ID_EXAMPLE = "00000002" + "5f0ce1f0a93f5e3bb2c4d1e6a7980b1c2d3e4f5061728394a5b6c7d8"
DIGEST_EXAMPLE = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
HASH_EXAMPLE = "0x" + DIGEST_EXAMPLE
INTEGER_MAX = 2**63 - 1

Id = Annotated[str, Field(pattern=ID_PATTERN, examples=[ID_EXAMPLE])]
"""A record's id: the organisation's number in the first 8 digits."""
Digest = Annotated[str, Field(pattern=ID_PATTERN, examples=[DIGEST_EXAMPLE])]
"""SHA-256, in lower-case hexadecimal digits."""
Hash = Annotated[str, Field(pattern=HASH_PATTERN, examples=[HASH_EXAMPLE])]
"""A hash of the chain's, with 0x."""
Minor = Annotated[int, Field(ge=0, examples=[1_000_000])]
"""Money in the currency's minor unit: 1000000 in CNY is 10,000.00."""
Signed = Annotated[int, Field(examples=[-2_000])]
Quantity = Annotated[int, Field(ge=0, examples=[36_000])]
"""Goods in the item's unit."""
Count = Annotated[int, Field(ge=0, examples=[3])]
Position = Annotated[int, Field(ge=1, examples=[1_204])]
Person = Annotated[int, Field(ge=0, examples=[7])]
"""A person's number; 0 is nobody."""
Text = Annotated[str, Field(examples=["As published"])]
Code = Annotated[str, Field(examples=["approved"])]
Currency = Annotated[str, Field(examples=["CNY"])]
Day = Annotated[str, Field(examples=["2020-01-28"])]
Flag = Annotated[bool, Field(examples=[True])]
Address = Annotated[str, Field(examples=["/v1/logs/FundLedger/1204"])]


class View(BaseModel):
    """A part of an answer. It takes from a row what it names."""

    model_config = ConfigDict(extra="ignore", frozen=True)


def about(description: str, *examples: Any) -> Any:
    """A field that has to be there, what it means, and (where its kind does not say it) what it looks like."""
    return Field(description=description, examples=list(examples)) if examples else Field(description=description)
