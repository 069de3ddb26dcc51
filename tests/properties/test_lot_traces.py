"""Traces of lots that were made into each other: every share is exact, and what a request costs has an end.

├── given a lot halved and joined again, thirty times over → both ways end, and the shares of all ends add up to 1
├── given a lot made into another, again and again         → it ends with what is not followed
└── given it once                                          → both halves lead to the gift
"""

import time
from fractions import Fraction

import pytest
from sqlmodel import Session, SQLModel

from ledger.database import insert, open_engine
from ledger.models.lot import Lot, Stock, Transformation, TransformationPart
from ledger.queries.trace_down import trace_lot_down
from ledger.queries.trace_nodes import leaves
from ledger.queries.trace_up import trace_lot_up

SECONDS_MAX = 20


class Store:
    """Rows of lots as the projections write them: one lot is halved, the halves are joined, and so on."""

    def __init__(self, session):
        self.session, self.numbers = session, iter(range(1, 10_000))

    def lot(self, lot_id, source_id, origin, quantity, *, used):
        values = {"item_id": "item", "facility_id": "store", "cost_minor": 0, "purpose": "", "place": ""}
        insert(
            self.session,
            Lot,
            lot_id=lot_id,
            source_id=source_id,
            origin=origin,
            quantity=quantity,
            expiry_date=0,
            actor_id=1,
            journal_no=next(self.numbers),
            usable=0 if used else quantity,
            transformed_out=quantity if used else 0,
            **{"commissioned" if origin == "in_kind" else "transformed_in": quantity},
            **values,
        )
        if not used:
            insert(self.session, Stock, lot_id=lot_id, facility_id="store", usable=quantity)

    def transform(self, name, made_of, made):
        insert(
            self.session,
            Transformation,
            transformation_id=name,
            facility_id="store",
            actor_id=1,
            journal_no=next(self.numbers),
        )
        for side, lots in (("input", made_of), ("output", made)):
            for line_no, (lot_id, quantity) in enumerate(lots):
                key = {"transformation_id": name, "side": side, "line_no": line_no}
                insert(self.session, TransformationPart, **key, lot_id=lot_id, quantity=quantity)

    def diamonds(self, count):
        self.lot("whole-00", "gift", "in_kind", 8, used=count > 0)
        for number in range(count):
            halves = [(f"{side}-{number:02}", 4) for side in ("left", "right")]
            self.transform(f"halve-{number:02}", [(f"whole-{number:02}", 8)], halves)
            for lot_id, quantity in halves:
                self.lot(lot_id, f"halve-{number:02}", "transformed", quantity, used=True)
            self.transform(f"join-{number:02}", halves, [(f"whole-{number + 1:02}", 8)])
            last = number == count - 1
            self.lot(f"whole-{number + 1:02}", f"join-{number:02}", "transformed", 8, used=not last)

    def chain(self, count):
        for number in range(count):
            source = f"remake-{number - 1:03}" if number else "gift"
            self.lot(f"lot-{number:03}", source, "transformed" if number else "in_kind", 8, used=number < count - 1)
            if number < count - 1:
                self.transform(f"remake-{number:03}", [(f"lot-{number:03}", 8)], [(f"lot-{number + 1:03}", 8)])


@pytest.fixture
def store(tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path / 'store.sqlite'}")
    SQLModel.metadata.create_all(engine)
    with Session(engine) as session:
        yield Store(session)
    engine.dispose()


def ends(root):
    found = list(leaves(root))
    assert sum((leaf.share for leaf in found), Fraction(0)) == 1
    return found


def test_trace_lot__halved_and_joined__both_halves_lead_to_the_gift(store):
    store.diamonds(1)
    up = trace_lot_up(store.session, "whole-01").root
    assert [(end.kind, end.record_id, end.share) for end in ends(up)] == [
        ("donation_in_kind", "gift", Fraction(1, 2))
    ] * 2
    down = trace_lot_down(store.session, "whole-00")
    assert {end.kind for end in ends(down)} == {"on_hand"}


def test_trace_lot__halved_and_joined_thirty_times__ends(store):
    store.diamonds(30)
    began = time.monotonic()
    up = ends(trace_lot_up(store.session, "whole-30").root)
    down = ends(trace_lot_down(store.session, "whole-00"))
    assert time.monotonic() - began < SECONDS_MAX
    assert {end.kind for end in (*up, *down)} >= {"more_transformations"}


def test_trace_lot__made_into_another_four_hundred_times__ends(store):
    store.chain(400)
    (up,) = ends(trace_lot_up(store.session, "lot-399").root)
    (down,) = ends(trace_lot_down(store.session, "lot-000"))
    assert up.kind == down.kind == "more_transformations"
