"""The named persons of the contracts' tests, their accounts and their roles."""

from dataclasses import dataclass
from typing import Any

from names import CHARITY, CONSORTIUM, EXERCISE, HOSPITAL, HOSPITAL_GROUP, PARTNER_CHARITY, STORE, ZERO

ALL_ROLES = (
    "INTAKE_CLERK ALLOCATOR ALLOCATION_APPROVER DISPATCHER CARRIER INSPECTOR CORRECTOR CORRECTION_APPROVER AUDITOR IMPORTER"
).split()


@dataclass(frozen=True)
class Actor:
    """A person with the account it acts from; `second_account` is the same person's, where it has two."""

    name: str
    person_id: int
    home_id: int
    account: Any
    second_account: Any = None

    @property
    def tx(self) -> dict[str, Any]:
        """What brownie takes as a transaction's last argument: `contract.f(..., clerk.tx)`."""
        return {"from": self.account}

    @property
    def tx_second(self) -> dict[str, Any]:
        """As `tx`, from the person's other account."""
        return {"from": self.second_account}


@dataclass(frozen=True)
class Cast:
    """Who is who: (name, person, home organisation, accounts of anvil) and (name, organisation, role, scope)."""

    persons: tuple[tuple[str, int, int, tuple[int, ...]], ...] = (
        ("registrar", 1, CONSORTIUM, (1,)),
        ("guardian", 2, CONSORTIUM, (2,)),
        ("auditor", 3, CONSORTIUM, (3,)),
        ("clerk", 11, CHARITY, (4,)),
        ("importer", 12, CHARITY, (5,)),
        ("allocator", 13, CHARITY, (6,)),
        ("approver", 14, CHARITY, (7,)),
        ("dispatcher", 15, CHARITY, (8,)),
        ("carrier", 16, CHARITY, (9,)),
        ("inspector", 17, CHARITY, (10,)),
        ("corrector", 18, CHARITY, (11,)),
        ("correction_approver", 19, CHARITY, (12,)),
        ("allrounder", 20, CHARITY, (13, 14)),
        ("consignee", 31, HOSPITAL_GROUP, (15,)),
        ("partner", 41, PARTNER_CHARITY, (16,)),
        ("outsider", 42, PARTNER_CHARITY, (17,)),
        ("demonstrator", 91, EXERCISE, (18,)),
    )
    grants: tuple[tuple[str, int, str, str], ...] = (
        ("registrar", CONSORTIUM, "REGISTRAR", ZERO),
        ("guardian", CONSORTIUM, "GUARDIAN", ZERO),
        ("auditor", CONSORTIUM, "AUDITOR", ZERO),
        ("clerk", CHARITY, "INTAKE_CLERK", ZERO),
        ("importer", CHARITY, "IMPORTER", ZERO),
        ("allocator", CHARITY, "ALLOCATOR", ZERO),
        ("approver", CHARITY, "ALLOCATION_APPROVER", ZERO),
        ("dispatcher", CHARITY, "DISPATCHER", ZERO),
        ("carrier", CHARITY, "CARRIER", ZERO),
        ("inspector", CHARITY, "INSPECTOR", ZERO),
        ("corrector", CHARITY, "CORRECTOR", ZERO),
        ("correction_approver", CHARITY, "CORRECTION_APPROVER", ZERO),
        *(("allrounder", CHARITY, role, ZERO) for role in ALL_ROLES),
        ("allrounder", CHARITY, "CONSIGNEE", STORE),
        ("consignee", HOSPITAL_GROUP, "CONSIGNEE", HOSPITAL),
        *(("consignee", HOSPITAL_GROUP, role, ZERO) for role in ALL_ROLES),
        # The hospital's second person, from outside (R17).
        *(("partner", HOSPITAL_GROUP, role, ZERO) for role in ("CORRECTION_APPROVER", "INSPECTOR")),
        *(("partner", PARTNER_CHARITY, role, ZERO) for role in ALL_ROLES),
        *(("demonstrator", EXERCISE, role, ZERO) for role in ALL_ROLES),
    )


CAST = Cast()
DEPLOYER_ACCOUNT, STRANGER_ACCOUNT = 0, 19
