"""The log on a server is the log of a file: the same day leaves the same entries, whoever writes them; and nothing done
to it or behind it stays unnoticed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from crm_desktop.desk.desk import Desk
from crm_desktop.duties import RECORDS
from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.duties.follow_ups.records import FOLLOW_UP
from crm_desktop.record.text import Text
from crm_desktop.store import check, history
from crm_desktop.store.server import term_sql
from crm_desktop.store.server.schema import statements
from crm_desktop.store.store import Store
from tests.samples import STAY, account, added, change, csv_file, imported, remove, row, sound, stay


@pytest.fixture
def server(server_database: str) -> Iterator[Store]:
    """An empty database on the server."""
    with Store(server_database, RECORDS) as store:
        yield store


def lived(store: Store, tmp_path: Path) -> None:
    """A day with every kind of action there is."""
    desk = Desk(store, "Li Na")
    orient = account(desk, '东方 "Orient" \\ 公司\t1', code="7", remark="line one\nline two\u007f\u0001")
    guest = added(desk, PERSON, name="欧阳娜娜", account_id=orient, phone="13800138000")
    first = stay(desk, company_id=orient, guest_id=guest)
    stay(desk, "2026-11-20", "2026-11-23", company_id=orient, rate=-638)
    change(desk, ACCOUNT, orient, name="Orient", remark="", code="8")
    change(desk, STAY, first, company_id=None, children=2)
    task = added(desk, FOLLOW_UP, name="催发票", due="2026-11-25")
    desk.move(FOLLOW_UP, task, 1, "done", reason="paid")
    with desk.writing(Text("Filled"), source="by hand", reason="a test") as writing:
        ids = [writing.add(ACCOUNT, {"name": f"Client {n}", "kind": "company"}) for n in range(40)]
        writing.update_many(ACCOUNT, [(ids[n], 1, {"city": "上海", "owner_id": None}) for n in range(0, 40, 2)])
        writing.update(ACCOUNT, ids[0], 2, {"city": ""})
    remove(desk, ACCOUNT, ids[3])
    desk.undo()
    desk.undo()
    desk.redo()
    rows = [("City Hotel", f"2026-11-{n % 20 + 1:02d}", "2026-11-28", str(n), f"Firm {n % 7}") for n in range(60)]
    imported(desk, csv_file(tmp_path / f"{store.seat}.csv", ("hotel", "arrival", "departure", "rate", "company"), *rows), STAY)
    desk.undo()
    desk.redo()
    desk.note(Text("Exported"), "accounts: 3")
    with desk.writing(Text("Nothing")):
        pass


def told(store: Store) -> tuple[list[Any], list[Any]]:
    """The log without what must differ: ids as the order they were met in, no instants, no seals."""
    met: dict[int, int] = {}

    def known(number: int) -> int:
        return met.setdefault(number, len(met))

    changes = store.writer.execute("select id, seat, seq, who, action, reason, source, rows from change order by seat, seq").fetchall()
    entries = [(known(one[0]), *one[1:6], known(int(one[6])) if one[6].isdecimal() else one[6], one[7]) for one in changes]
    rows = []
    for one in changes:
        found = store.writer.execute("select tbl, row_id, version, before from change_row where change_id = ? order by tbl, row_id, version", (one[0],)).fetchall()
        rows += [(known(one[0]), tbl, known(row_id), version, _gone(before, known)) for tbl, row_id, version, before in found]
    return entries, rows


def _gone(before: str | None, known: Any) -> str | None:
    """What a row was before, without the ids in it."""
    import json
    import re

    if before is None:
        return None
    assert json.loads(before) is not None
    return re.sub(r"\d{15,}", lambda found: str(known(int(found[0]))), before)


def test_the_same_day_leaves_the_same_log(server: Store, tmp_path: Path) -> None:
    with Store(tmp_path / "file.db", RECORDS, create=True) as file:
        lived(file, tmp_path)
        lived(server, tmp_path)
        assert told(server) == told(file)
        sound(server)
        sound(file)


def test_positions_count_every_row_once(server: Store, tmp_path: Path) -> None:
    lived(server, tmp_path)
    for change_id, rows in server.writer.execute("select id, rows from change").fetchall():
        found = server.writer.execute("select position from change_row where change_id = ? order by position", (change_id,)).fetchall()
        assert [one[0] for one in found] == list(range(rows))
    assert server.writer.execute("select count(*) from change_now").fetchone() == (0,)


SEAT = "seat_of_tests"


@pytest.fixture
def seat(server: Store, postgres: Any) -> Iterator[str]:
    """The address with the log-in of somebody who may change clients and read the log, and nothing else."""
    with psycopg.connect(str(server.address), autocommit=True) as owner:
        owner.execute(f"create role {SEAT} login password 'of tests'".encode())
        owner.execute(f"grant select, insert, update on account to {SEAT}; grant select on change, change_row, setting to {SEAT}".encode())
        owner.execute("insert into log_in (name, person) values (%s, %s)", (SEAT, "王 小明"))
    parts = urlsplit(str(server.address).replace("sslmode=disable", "sslmode=require"))  # only the owner may come without TLS
    yield urlunsplit(parts._replace(netloc=f"{SEAT}:of%20tests@{parts.netloc.rpartition('@')[2]}"))
    with psycopg.connect(str(server.address), autocommit=True) as owner:
        owner.execute(f"drop owned by {SEAT}; drop role {SEAT}".encode())


def test_what_a_seat_changes_with_raw_sql_is_logged_under_its_person(server: Store, seat: str) -> None:
    desk = Desk(server, "Li Na")
    orient = account(desk, "Orient", city="上海")
    with psycopg.connect(seat) as raw:
        raw.execute("update account set city = '北京', remark = 'x' where id = %s", (orient,))
        raw.execute("update account set name = 'Occident' where id = %s", (orient,))
    entry = history.newest(server.writer, server.by_key)[0]
    assert (entry.who, entry.action, entry.rows) == ("王 小明", "Changed outside the program", 2)
    before = server.writer.execute("select before from change_row where change_id = ? order by position", (entry.id,)).fetchall()
    assert [one[0] for one in before] == ['{"city":"上海","remark":""}', '{"name":"Orient"}']
    with closing(server.open_reader()) as reader:
        found = [str(one) for one in check.everything(reader, server.keys, server.records)]
    assert found == ["1 rows of Clients have lost their search words"]  # only the program knows the words of a name
    assert row(desk, ACCOUNT, orient)["city"] == "北京"


@pytest.mark.parametrize(
    "sql",
    [
        "select inner_pad from log_key", "insert into change_row values (1, 1, 'account', 1, 1, null, '')", "delete from change", "update change set who = 'x'",
        "insert into change_now values (1, 1, '1', '', '', '', '', '', 0, 0)", "update log_in set person = 'Li Na'", "select term from account_term",
        "alter table account disable trigger all", "set session_replication_role = replica", "truncate change_row", "drop function crm_seal() cascade",
        "update log_key set inner_pad = ''",
    ],
)  # fmt: skip
def test_a_seat_neither_reads_the_key_nor_writes_the_log(server: Store, seat: str, sql: str) -> None:
    account(Desk(server, "Li Na"), "Orient")
    with psycopg.connect(seat) as raw, pytest.raises(psycopg.errors.InsufficientPrivilege):
        raw.execute(sql.encode())
    sound(server)


def test_a_seat_cannot_speak_for_another(server: Store, seat: str) -> None:
    with psycopg.connect(seat) as raw:
        raw.execute("select crm_open(1, '1', 'Li Na', 'Added', '', '', 1)")
    assert server.writer.execute("select who from change").fetchall() == [("王 小明",)]


HARM = [
    ("update change set who = 'x' where seq = 2", "Log entry 2 was changed"), ("update change set at = '' where seq = 1", "Log entry 1 was changed"),
    ("delete from change where seq = 2", "The log has a gap before entry 3"), ("update change_row set before = '{}' where before is not null", "was changed after"),
    ("update change_row set version = 9 where version = 1", "was changed after"), ("delete from change_row where position = 0", "was changed after"),
    ("update account set remark = 'x'", "rows of Clients are not as they were saved"), ("update account set version = 7", "rows of Clients are not as they were saved"),
    ("update account set gone = 5", "rows of Clients are not as they were saved"), ("delete from stay", "rows of Stays are not as they were saved"),
    ("insert into account (id, name) values (5, 'x')", "rows of Clients are not as they were saved"), ("update account set nights = 99", "kept sums differ"),
    ("delete from account_term where term = 'orient'", "search index of Clients is damaged"), ("insert into account_term values ('x', 5)", "search index of Clients is damaged"),
    ("update account set terms = ''", "have lost their search words"),
]  # fmt: skip


@pytest.mark.parametrize(("sql", "told"), HARM, ids=[sql for sql, _ in HARM])
def test_every_harm_done_behind_the_triggers_is_found(server: Store, sql: str, told: str) -> None:
    desk = Desk(server, "Li Na")
    orient = account(desk, "Orient")
    stay(desk, company_id=orient)
    change(desk, ACCOUNT, orient, city="上海")
    sound(server)
    with psycopg.connect(str(server.address), autocommit=True) as owner:
        owner.execute("set session_replication_role = replica")
        owner.execute(sql.encode())
    with closing(server.open_reader()) as reader:
        problems = [str(one) for one in check.everything(reader, server.keys, server.records)]
    assert any(told in problem for problem in problems), problems


def test_words_in_an_entry_are_kept_as_they_were_typed(server: Store) -> None:
    odd = "a 'quote', a \\ and a ; $1 %s 客户"
    Desk(server, odd).note(Text("Exported"), odd, odd)
    kept = server.writer.execute("select who, source, reason from change").fetchall()
    assert kept == [(odd, odd, odd)]


def test_rows_before_and_after_are_never_compared_each_with_each() -> None:
    """A plan is kept from the first save on: it must be one for a hundred thousand rows too."""
    joined = [re.findall(r"old_rows as o(.{20})", sql, re.DOTALL) for sql in [*statements(RECORDS), *(sql for r in RECORDS for sql in term_sql.of_table(r))]]
    assert {kind for found in joined for kind in found} == {" full join new_rows "}
