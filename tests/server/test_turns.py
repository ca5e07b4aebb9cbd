"""Somebody's log-in keeps what the others need to write, with any SQL tool: they go on, and whoever is at work is left alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import psycopg
import pytest

from crm_desktop.desk.desk import Desk
from crm_desktop.duties import RECORDS
from crm_desktop.server import setting_up, turns
from crm_desktop.store.server import engine
from crm_desktop.store.server.log_sql import WRITING
from crm_desktop.store.store import Store
from tests.postgres import Server
from tests.samples import account, change, row
from tests.server.department import BY_KEY, PASSWORD, Department, put, refused

ACCOUNT, SHARED = BY_KEY["account"], 4_001
KEPT = {
    "the turn": f"select pg_advisory_lock({WRITING})",
    "the turn, in a transaction": f"begin; select pg_advisory_xact_lock({WRITING})",
    "a row": f"begin; select id from account where id = {SHARED} for update",
}


@pytest.fixture(scope="module")
def department(postgres: Server) -> Iterator[Department]:
    made = Department(postgres, "turns")
    with made.owner() as owner:
        put(owner, ACCOUNT, {**ACCOUNT.blank(), "id": SHARED, "name": "Shared", "owner_id": made.people["seller"]})
    yield made
    made.remove()


@pytest.fixture
def at_once(department: Department, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nobody waits a minute here."""
    monkeypatch.setattr(engine, "TURN_SECONDS", 1)
    with department.owner() as owner:
        owner.execute(turns.unblock(idle=0))
    yield
    with department.owner() as owner:
        owner.execute(turns.unblock())


def held(department: Department, sql: str) -> Any:
    connection = psycopg.connect(department.server.url(department.login("seller"), "turns", PASSWORD), autocommit=True)
    connection.execute(sql)
    return connection


@pytest.mark.parametrize("what", KEPT)
def test_who_keeps_it_for_nothing_is_thrown_out_and_the_others_save(department: Department, at_once: None, what: str) -> None:
    with closing(held(department, KEPT[what])) as holder:
        with Store(department.server.url(department.login("gm"), "turns", PASSWORD), RECORDS) as store:
            desk = Desk(store, "gm")
            change(desk, ACCOUNT, SHARED, remark=what)
            assert row(desk, ACCOUNT, SHARED)["remark"] == what
            account(desk, what)
        with pytest.raises(psycopg.OperationalError):
            holder.execute("select 1")


def test_who_is_at_work_is_left_alone(department: Department) -> None:
    with closing(held(department, KEPT["the turn"])) as holder, department.seat("kitchen") as seat:
        assert seat.execute("select rights.unblock()").fetchone() == (0,)
        assert holder.execute("select pg_advisory_unlock(%s)", (WRITING,)).fetchone() == (True,)


def test_who_only_reads_is_left_alone(department: Department, at_once: None) -> None:
    with closing(held(department, "begin; select count(*) from account")) as reader, department.seat("kitchen") as seat:
        assert seat.execute("select rights.unblock()").fetchone() == (0,)
        assert reader.execute("select 1").fetchone() == (1,)


def test_a_waiting_seat_is_not_taken_for_the_holder(department: Department, at_once: None) -> None:
    """The administrator holds it, whom this is not for; a seat that waits for them keeps nobody from anything."""
    with department.owner() as owner, department.seat("seller") as waiting, owner.transaction():
        owner.execute(f"select pg_advisory_xact_lock({WRITING})")
        waiting.execute("set lock_timeout = '200ms'")
        with pytest.raises(psycopg.errors.LockNotAvailable), waiting.transaction():
            waiting.execute(f"select pg_advisory_xact_lock({WRITING})")
        assert waiting.execute("select rights.unblock()").fetchone() == (0,)


def test_no_log_in_takes_all_the_connections(department: Department) -> None:
    with department.owner() as owner:
        found = owner.execute("select rolconnlimit from pg_roles where rolname = any(%s)", ([department.login(role) for role in department.people],)).fetchall()
        assert found == [(setting_up.CONNECTIONS,)] * len(department.people)
        assert int(owner.execute("show max_connections").fetchone()[0]) > 2 * setting_up.CONNECTIONS


@pytest.mark.parametrize("role", ["gm", "seller", "kitchen"])
def test_nobody_locks_a_table_out(department: Department, role: str) -> None:
    """A lock of a whole table is held as long as its holder wants."""
    with department.seat(role) as seat:
        for table in (*(record.key for record in RECORDS), "setting", "file_part", "change", "change_row"):
            assert refused(seat, f"lock table {table} in share mode"), table
        assert refused(seat, "update setting set key = 'x'")
        assert refused(seat, "insert into setting values ('paper number x', '1')") == (role != "gm")


def test_no_seat_writes_into_the_log_that_somebody_was_erased(department: Department) -> None:
    """Whoever restores a backup erases again what the log names."""
    with department.seat("gm") as seat:
        assert refused(seat, "select crm_open(1, 's', 'gm', 'Personal data erased', 'a letter', 'person:AAAAAAAAAAAAA', 1)")
        assert not refused(seat, "select crm_open(1, 's', 'gm', 'Exported', 'a letter', 'x', 1)")
