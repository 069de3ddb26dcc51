"""Who takes part from the beginning, as the deployer reads it from a TOML or JSON file.

    [[organisation]]
    number = 1                      # 1 is the consortium itself
    name = "Relief ledger consortium"

    [[person]]
    number = 1
    organisation = 1                # the person's home
    title = "Registrar"             # what the person does there; never a name
    accounts = ["registrar"]        # keystores; made where they are missing
    roles = [{ role = "REGISTRAR" }, { role = "CONSIGNEE", organisation = 2, facility = ["facility", "key"] }]

A file may begin with `extends = "consortium.toml"`: then it adds to that one, and what it describes under the same
number replaces what stands there. [chain] and [[validator]] say what the ledger stands on; they are read elsewhere.

A role's organisation is the person's home unless another is named: then the person is an outside approver there, and
shown as such. A CONSIGNEE is bound to a facility, named by the key that its record's id is made of.
"""

import json
import tomllib
from collections import Counter
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from ledger.codes import CONSORTIUM, ROLES
from ledger.errors import BadInput

Number = Annotated[int, Field(ge=1, le=2**32 - 1)]
PersonNumber = Annotated[int, Field(ge=1, le=2**24 - 1)]
_ELSEWHERE = ("chain", "validator")


class _Described(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Organisation(_Described):
    """One organisation of the consortium."""

    number: Number
    name: str = Field(min_length=1)
    exercise: bool = False
    organisation_kind: str | None = Field(None, pattern="^[0-9]{2}$", description="IATI OrganisationType.")
    country: str | None = Field(None, pattern="^[A-Z]{2}$", description="ISO 3166-1 alpha-2.")


class Role(_Described):
    """A role that a person holds from the beginning."""

    role: str
    organisation: Number | None = None
    facility: tuple[str, ...] | None = None

    @model_validator(mode="after")
    def _is_a_role(self) -> Self:
        if self.role not in ROLES:
            raise ValueError(f"{self.role} is not a role; the roles are {', '.join(ROLES)}")
        if (self.role == "CONSIGNEE") != (self.facility is not None):
            raise ValueError("a CONSIGNEE, and nobody else, is bound to a facility")
        return self


class Person(_Described):
    """A person by number: which accounts are theirs, and what they may do."""

    number: PersonNumber
    organisation: Number
    title: str = Field(min_length=1)
    accounts: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()


class Consortium(_Described):
    """Everybody who takes part from the beginning."""

    organisation: tuple[Organisation, ...]
    person: tuple[Person, ...]

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        numbers = [one.number for one in self.organisation]
        accounts = [account for one in self.person for account in one.accounts]
        named = [f"organisation {number}" for number in numbers] + [f"person {one.number}" for one in self.person]
        for name, count in Counter(named + [f"account {account}" for account in accounts]).items():
            if count > 1:
                raise ValueError(f"{name} is there {count} times")
        for person in self.person:
            homes = {person.organisation} | {role.organisation or person.organisation for role in person.roles}
            if unknown := homes - set(numbers):
                raise ValueError(f"person {person.number} names organisation {sorted(unknown)[0]}, which is not there")
        for needed in ("REGISTRAR", "GUARDIAN"):
            if not any(self._holds(person, needed) for person in self.person):
                raise ValueError(f"somebody has to be {needed} of organisation {CONSORTIUM}, or nobody ever can be")
        return self

    @staticmethod
    def _holds(person: Person, needed: str) -> bool:
        return any(
            role.role == needed and (role.organisation or person.organisation) == CONSORTIUM for role in person.roles
        )


def read_consortium(path: Path) -> Consortium:
    """The consortium that a TOML or JSON file describes. Raises BadInput saying where it is wrong."""
    tables = described_by(path)
    try:
        return Consortium.model_validate({name: rows for name, rows in tables.items() if name not in _ELSEWHERE})
    except ValidationError as error:
        raise BadInput(f"{path}, {first_problem(error)}.") from error


def described_by(path: Path) -> dict[str, Any]:
    """The tables of a TOML or JSON file, with those of the file that it extends. Raises BadInput."""
    try:
        text = path.read_text(encoding="utf-8")
        tables: dict[str, Any] = json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
    except OSError as error:
        raise BadInput(f"{path} cannot be read ({error.strerror}).") from error
    except ValueError as error:
        raise BadInput(f"{path} is not {'JSON' if path.suffix == '.json' else 'TOML'}: {error}.") from error
    extended = tables.pop("extends", None)
    if extended is None:
        return tables
    below = path.parent / str(extended)
    if below.resolve() == path.resolve():
        raise BadInput(f"{path} extends itself.")
    return _merged(described_by(below), tables)


def first_problem(error: ValidationError) -> str:
    """Where a described thing is wrong and how, without the library's own words around it."""
    problem = error.errors()[0]
    where = ".".join(str(step) for step in problem["loc"]) or "as a whole"
    return f"{where}: {problem['msg'].removeprefix('Value error, ')}"


def _merged(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    merged = below | above
    for name in below.keys() & above.keys():
        if isinstance(below[name], list) and isinstance(above[name], list):
            again = {_identity(one) for one in above[name]}
            rows = [one for one in below[name] if _identity(one) not in again] + above[name]
            # In the place that it had: participants are registered in the order of their numbers.
            merged[name] = sorted(rows, key=_identity)
    return merged


def _identity(described: Any) -> tuple[int, str]:
    """What two descriptions of one thing have in common. Of what is no such thing the model says so."""
    named = described if isinstance(described, dict) else {}
    number = named.get("number", 0)
    return (number if isinstance(number, int) else 0, str(named.get("name", "")) if not number else "")
