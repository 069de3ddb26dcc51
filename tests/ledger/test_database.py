"""What index and outbox ask of a database, on SQLite and on PostgreSQL.

├── rows, one or many      → read back as they were: texts, bytes, none, yes and no
├── a value that breaks a check → an error of SQLAlchemy's that does not show the values
├── a column that is not there → ValueError naming it
├── two that write at once → the second begins when the first is done
├── a connection to a server → each side looks after the other; what the URL says itself holds
└── a lock                 → held by one at a time; falls with its holder's connection
"""

import os
import socket
import threading
import time
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, make_url, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import Session

from ledger.database import LOCK_SPACE, Lock, execute, insert_rows, marker_of, open_engine, table_of, writing
from ledger.locks import holding
from ledger.models.chain import ChainLog
from ledger.models.donation import Donation
from ledger.models.donor_opening import DonorOpening
from ledger.schema import upgrade
from tests.databases import POSTGRESQL, new_postgresql, url_in

SECRET = "a name that no error may show"
LOG_COLUMNS = ("block_number", "log_index", "transaction_index", "contract", "journal_no", "actor_id", "record")
DONATION_COLUMNS = tuple(column.name for column in table_of(Donation).columns)


@pytest.fixture
def engine(database, tmp_path) -> Iterator[Engine]:
    made = open_engine(url_in(tmp_path))
    upgrade(made)
    yield made
    made.dispose()


def donation(number: int, **values) -> tuple:
    made = dict.fromkeys(DONATION_COLUMNS) | {
        "donation_id": f"{number:064}",
        "fund_id": "0" * 64,
        "amount_minor": 2**63 - 1,
        "recorded_minor": -(2**63),
        "reduced_minor": 0,
        "donor_commitment": "c" * 64,
        "content_digest": "d" * 64,
        "actor_id": number,
        "in_effect": number % 2 == 0,
        "journal_no": number,
    }
    return tuple((made | values)[name] for name in DONATION_COLUMNS)


@pytest.mark.parametrize("count", [1, 2, 300])
def test_insert_rows__one_or_many__read_back_as_they_were(engine: Engine, count: int):
    note = "货\tA\\N\n\\.\r\\x00 \"quoted\" 'and' %s ? {} \x01 𝄞"
    gifts = [donation(number, note=note if number % 3 == 0 else None) for number in range(count)]
    logs = [(n, 0, 0, "FundLedger", n or None, 7, bytes(range(256)) if n % 2 else bytearray(3)) for n in range(count)]
    with Session(writing(engine)) as session, session.begin():
        insert_rows(session, Donation, DONATION_COLUMNS, gifts)
        insert_rows(session, ChainLog, LOG_COLUMNS, logs)
        insert_rows(session, Donation, DONATION_COLUMNS, [])
    with engine.connect() as connection:
        found = connection.execute(select(table_of(Donation)).order_by(table_of(Donation).c.donation_id)).all()
        records = connection.execute(select(table_of(ChainLog)).order_by(table_of(ChainLog).c.block_number)).all()
    assert [tuple(row) for row in found] == gifts
    assert [(*row[:6], bytes(row.record)) for row in records] == [(*log[:6], bytes(log[6])) for log in logs]


@pytest.mark.parametrize("count", [1, 5])
def test_insert_rows__check_broken__error_without_the_values(engine: Engine, count: int):
    rows = [donation(number, note=SECRET, reduced_minor=-1) for number in range(count)]
    with pytest.raises(IntegrityError, match="refunds_not_negative") as raised, Session(writing(engine)) as session:
        insert_rows(session, Donation, DONATION_COLUMNS, rows)
    assert "inserts into donation" in str(raised.value)
    assert SECRET not in str(raised.value.args)


def test_execute__statement_that_fails__error_without_the_values(engine: Engine):
    with Session(writing(engine)) as session:
        statement = f"SELECT no_such_column FROM donor_opening WHERE name = {marker_of(session.connection())}"
        with pytest.raises(DBAPIError, match="no_such_column") as raised:
            execute(session, statement, (SECRET,))
    assert SECRET not in str(raised.value)


def test_orm__key_there_already__error_without_the_values(engine: Engine):
    with pytest.raises(IntegrityError) as raised, Session(writing(engine)) as session, session.begin():
        for _ in range(2):
            session.add(DonorOpening(record_id="a" * 64, name=SECRET, salt=b"b" * 16))
            session.flush()
            session.expunge_all()
    assert SECRET not in str(raised.value)


def test_insert_rows__column_that_is_not_there__named(engine: Engine):
    for rows in ([(1,)], [(1,), (2,)]):
        with Session(writing(engine)) as session, pytest.raises(ValueError, match="no column colour"):
            insert_rows(session, Donation, ("colour",), rows)


def test_writing__two_at_once__second_begins_when_the_first_is_done(engine: Engine):
    order: list[str] = []
    begun = threading.Event()

    def second() -> None:
        begun.wait(10)
        with Session(writing(engine)) as session, session.begin():
            session.connection()
            order.append("second")

    thread = threading.Thread(target=second)
    thread.start()
    with Session(writing(engine)) as session, session.begin():
        session.connection()
        begun.set()
        time.sleep(0.3)
        order.append("first")
    thread.join(10)
    assert order == ["first", "second"]


def shown(url: str, *names: str) -> list[str]:
    """What a connection has these settings at."""
    engine = open_engine(url)
    with engine.connect() as connection:
        said = [str(connection.exec_driver_sql(f"SHOW {name}").scalar()) for name in names]
    engine.dispose()
    return said


def test_open_engine__server__each_side_notices_that_the_other_is_gone():
    url = new_postgresql()
    names = ("tcp_keepalives_idle", "tcp_keepalives_interval", "tcp_keepalives_count", "tcp_user_timeout")
    assert shown(url, *names) == ["5", "2", "3", "15000"]
    engine = open_engine(url)
    with engine.connect() as connection, socket.socket(fileno=os.dup(connection.connection.fileno())) as client:
        options = (socket.TCP_KEEPIDLE, socket.TCP_KEEPINTVL, socket.TCP_KEEPCNT, socket.TCP_USER_TIMEOUT)
        assert [client.getsockopt(socket.IPPROTO_TCP, option) for option in options] == [5, 2, 3, 15_000]
        assert client.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)
    engine.dispose()


def test_open_engine__url_with_options_of_its_own__they_hold():
    own = {"options": "-c lock_timeout=7s -c tcp_keepalives_idle=9", "keepalives_idle": "8"}
    url = make_url(new_postgresql()).update_query_dict(own).render_as_string(hide_password=False)
    names = ("lock_timeout", "tcp_keepalives_idle", "tcp_keepalives_count")
    assert shown(url, *names) == ["7s", "9", "3"]


def test_holding__held_by_another__not_free_until_it_is_done(database: str, engine: Engine):
    with holding(engine, Lock.SENDING) as first:
        assert first
        with holding(engine, Lock.SENDING, wait_s=0) as second, holding(engine, Lock.INDEXING, wait_s=0) as other:
            # SQLite is of one machine: there a file beside the keys keeps a second sender off.
            assert second is (database != POSTGRESQL)
            assert other


def test_holding__given_back__free_at_once_for_one_that_is_connected_already():
    engine = open_engine(new_postgresql())
    asked = text("SELECT pg_try_advisory_lock(:space, :lock), pg_advisory_unlock(:space, :lock)")
    with engine.connect() as other:
        for _ in range(30):
            with holding(engine, Lock.SENDING):
                pass
            assert other.execute(asked, {"space": LOCK_SPACE, "lock": Lock.SENDING}).one() == (True, True)
    engine.dispose()


def test_holding__in_the_midst_of_an_error__free_again(engine: Engine):
    with pytest.raises(RuntimeError), holding(engine, Lock.INDEXING):
        raise RuntimeError
    with holding(engine, Lock.INDEXING, wait_s=10) as again:
        assert again
