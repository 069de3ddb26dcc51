"""Goods for the tests of this folder, whose lots balance after each of them."""

from typing import Any

import pytest
from actors import Actor
from brownie import accounts
from clock import pass_s
from goods import _balanced, goods
from names import DAY_S, HOSPITAL, HOSPITAL_GROUP, ascii_word, digest, record_id

__all__ = ["_balanced", "goods"]


@pytest.fixture
def bound_consignee(participants: Any, registrar: Actor) -> Actor:
    """A person of the hospital group who is CONSIGNEE of the hospital and nothing else."""
    person = 39
    account = accounts.add()
    participants.registerPersons([(person, HOSPITAL_GROUP, digest("bound consignee"))], registrar.tx)
    participants.linkAccounts([(record_id(HOSPITAL_GROUP, "link", "bound"), person, account)], registrar.tx)
    grant = (record_id(HOSPITAL_GROUP, "grant", "bound"), person, HOSPITAL_GROUP, ascii_word("CONSIGNEE"), HOSPITAL)
    participants.grantRoles([grant], registrar.tx)
    pass_s(DAY_S)
    return Actor("bound consignee", person, HOSPITAL_GROUP, account)
