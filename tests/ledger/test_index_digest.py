"""The digest of the index, and of one value, row and key.

├── given values of different types or lengths  → different bytes
├── given any key                               → it is read back from its bytes
├── given the same rows in another order        → the same digest
├── given any changed column                    → another digest
└── given what a column's type does not allow   → another digest; the row is named, with what stands there
"""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.comparison import compare_tables
from ledger.index_digest import canonical_value, index_digest, key_of_bytes, row_digest, table_digests
from ledger.models.donation import Donation
from tests.databases import SQLITE, on
from tests.ledger.indexes import Ledger, digest_of, make_engine

VALUES = st.one_of(st.none(), st.booleans(), st.integers(-(2**63), 2**63 - 1), st.text(), st.binary())


def kind(value):
    return type(value), value


@given(st.lists(VALUES, max_size=5), st.lists(VALUES, max_size=5))
def test_row_digest__different_values__different_digest(one, other):
    assert (row_digest(one) == row_digest(other)) == (list(map(kind, one)) == list(map(kind, other)))


@given(st.lists(st.one_of(st.integers(0, 2**63 - 1), st.text()), max_size=4))
def test_key_of_bytes__any_key__read_back(key):
    assert key_of_bytes(b"".join(map(canonical_value, key))) == tuple(map(str, key))


def test_canonical_value__known_values__known_bytes():
    written = [canonical_value(value) for value in (None, True, False, -7, "货", b"\x01\x02")]
    assert written == [b"n", b"t", b"f", b"i2:-7", b"s3:" + "货".encode(), b"b2:\x01\x02"]
    assert row_digest(["a", 1]) == hashlib.sha256(b"s1:ai1:1").digest()


def test_index_digest__rows_stored_in_another_order__same(tmp_path):
    ledger = Ledger()
    ledger.donate(5)
    engine = make_engine(tmp_path)
    ledger.index(engine)
    before = digest_of(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE kept AS SELECT * FROM donation ORDER BY donation_id DESC")
        connection.exec_driver_sql("DELETE FROM donation")
        connection.exec_driver_sql("INSERT INTO donation SELECT * FROM kept")
    assert digest_of(engine) == before
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE donation SET date = '2020-01-31' WHERE row_no = 3")
    assert digest_of(engine) != before


def test_index_digest__tables__by_name_and_digest(tmp_path):
    digests = table_digests(make_engine(tmp_path))
    assert index_digest(digests) == index_digest(dict(reversed(digests.items())))
    renamed = {name + "x": digest for name, digest in digests.items()}
    assert index_digest(renamed) != index_digest(digests)


@pytest.mark.parametrize(
    ("column", "written", "shown"),
    [("in_effect", "2", "2"), ("amount_minor", "amount_minor + 0.5", "101.5"), ("list_name", "x'6c'", "b'l'")],
)
def test_compare_tables__value_that_the_columns_type_forbids__row_and_value_named(tmp_path, column, written, shown):
    ledger = Ledger()
    ledger.donate(2)
    # SQLite keeps whatever is written into a column; PostgreSQL refuses it.
    with on(SQLITE):
        fresh, live = (make_engine(tmp_path, name) for name in ("fresh", "live"))
    for engine in (fresh, live):
        ledger.index(engine)
    with live.begin() as connection:
        connection.exec_driver_sql(f"UPDATE donation SET {column} = {written} WHERE row_no = 1")
    with live.connect() as changed, fresh.connect() as right:
        (finding,) = compare_tables(changed, right, (Donation,), "tables")
    (difference,) = finding.differences
    assert (difference.column, difference.indexed) == (column, shown)
