"""How the goods machine makes a step: who acts, on what, under which id, and the same to contracts and model."""

from typing import Any, ClassVar

from hypothesis.stateful import RuleBasedStateMachine

from tests.properties.goods_world import CHARITY, FACILITIES, HOSPITAL, PERSONS, STORE, Call, GoodsWorld, identity
from tests.properties.supply_model import organisation_of


class GoodsSteps(RuleBasedStateMachine):
    """`done` is what people recorded, `way` what is in transit, `came` what arrived."""

    world: ClassVar[GoodsWorld]

    def __init__(self) -> None:
        super().__init__()
        self.world.fresh()
        self.number = 100
        self.done: list[tuple[int, str, tuple[Any, ...], tuple[Any, ...]]] = []
        self.way: list[tuple[bytes, bytes, bytes, int]] = []
        self.came: list[tuple[bytes, bytes, int, int, int]] = []

    # How a step is made

    @property
    def model(self) -> Any:
        return self.world.model

    def new_id(self, near: bytes, choice: int) -> bytes:
        self.number += 1
        if choice == 1:
            used = [key[1] for key in self.model.records]
            return used[self.number % len(used)]
        organisation = organisation_of(near)
        other = HOSPITAL if organisation == CHARITY else CHARITY
        return identity(organisation if choice == 0 else other, self.number)

    def pick(self, number: int, *kinds: str) -> bytes:
        """A record of one of these kinds, preferably a late one; an unknown id where there is none."""
        found = [one.id for one in self.model.records.values() if one.kind in kinds]
        return found[-1 - number % len(found)] if found else identity(CHARITY, 99)

    def stocked(self, number: int) -> tuple[bytes, bytes]:
        """A lot, and a facility where there is some of it."""
        found = [
            (lot.id, place) for lot in self.model.lots.values() for place in FACILITIES if lot.shelves[place].usable
        ]
        return found[-1 - number % len(found)] if found else (identity(CHARITY, 99), STORE)

    def person(self, near: bytes, who: int) -> int:
        own = [p for p, (_, home) in PERSONS.items() if home == organisation_of(near)]
        others = [p for p in PERSONS if p not in own]
        return others[who] if who < 0 or not own else own[who % len(own)]

    def act(self, near: bytes, who: int, part: str, call: tuple[Any, ...], action: str, *arguments: Any) -> bool:
        person = self.person(near, who)
        step = (person, part, call, (action, person, *arguments))
        self.done.append(step)
        return self.world.step([step[:3]], step[3])

    def speak(self, part: str, calls: list[tuple[str, tuple[Any, ...]]], action: str, *arguments: Any) -> bool:
        sent: list[Call] = [(part, to, call) for to, call in calls]
        return self.world.step(sent, (action, *arguments))
