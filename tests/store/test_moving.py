"""A database moves to a server and back with everything it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_desktop.desk.desk import Desk
from crm_desktop.duties import RECORDS, record_of
from crm_desktop.record.text import Refused
from crm_desktop.store import check, moving, moving_lines, search
from crm_desktop.store.database import sqlite3
from crm_desktop.store.moving_file import FileTarget
from crm_desktop.store.server.engine import Server
from crm_desktop.store.server.moving import ServerTarget
from crm_desktop.store.store import Store
from tests.hotel import Hotel, at_its_hour


@pytest.fixture
def source(hotel: Hotel, tmp_path: Path) -> Iterator[Store]:
    """The sample hotel in a file of its own."""
    with at_its_hour(), Store(hotel.copy(tmp_path / "hotel.db"), RECORDS) as store:
        yield store


def everything(store: Store) -> dict[str, list[Any]]:
    with closing(store.open_reader()) as reader:
        reader.execute("begin")
        found = {table: reader.execute(f"select {', '.join(columns)} from {table} order by {order}").fetchall() for table, columns, order in moving._parts(RECORDS)}
        reader.execute("rollback")
    return {table: [tuple(row) for row in rows] for table, rows in found.items()}


def unsealed(found: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Without what the keys of a place make: seals and digests."""
    return found | {name: [row[:-1] for row in found[name]] for name in ("change", "change_row")}


def sound(store: Store) -> list[str]:
    with closing(store.open_reader()) as reader:
        return [str(text) for text in check.everything(reader, store.keys, RECORDS)]


def test_there_and_back_nothing_is_lost(source: Store, server_database: str, tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    with Store(server_database, RECORDS) as server:
        moved = moving.move(source, ServerTarget(server), lambda done, total: steps.append((done, total)))
        assert moved.total > 5_000
        assert steps
        assert all(done <= total == moved.total for done, total in steps)
        assert unsealed(everything(server)) == unsealed(everything(source))
        assert sound(server) == []
        with Store(tmp_path / "back.db", RECORDS, create=True) as back:
            again = moving.move(server, FileTarget(back))
            assert again.rows == moved.rows
            assert unsealed(everything(back)) == unsealed(everything(source))
            assert sound(back) == []


TWICE = ("terms || ' ' || terms", "'  one  two one '", "'ος οσ'", "''")


def test_terms_that_stand_twice_arrive_once(source: Store, server_database: str) -> None:
    people = [row[0] for row in source.writer.execute("select id from person where gone is null order by id desc limit ?", (len(TWICE),))]
    for person, made in zip(people, TWICE, strict=True):
        source.writer.execute(f"update person set terms = {made} where id = ?", (person,))
    with Store(server_database, RECORDS) as server:
        moving.move(source, ServerTarget(server))
        assert server.writer.execute("select crm_wrong_terms_person()").fetchone() == (0,)
        assert unsealed(everything(server)) == unsealed(everything(source))


def test_what_moved_goes_on_there(moved_there: str) -> None:
    account = record_of("account")
    with at_its_hour(), Store(moved_there, RECORDS) as server:
        desk = Desk(server, "Li Na")
        before = len(everything(server)["change"])
        desk.save(account, None, 0, {"kind": "company", "name": "迁移后新客户"})
        assert len(everything(server)["change"]) == before + 1
        with closing(server.open_reader()) as reader:
            assert [hit.title for hit in search.find(reader, "qianyihou", 5, [account])] == ["迁移后新客户"]
        desk.undo()
        assert sound(server) == []


def test_nothing_is_written_over(source: Store, moved_there: str) -> None:
    with Store(moved_there, RECORDS) as server:
        there = everything(server)
        with pytest.raises(Refused, match="data on the server already"):
            moving.move(source, ServerTarget(server))
        assert everything(server) == there


ODD = "\b\t\n\v\f\r\\N.客户 é\x7f\x1b"
CELLS = st.tuples(st.integers(-(2**63), 2**63 - 1) | st.none(), st.text(st.sampled_from(ODD) | st.characters(codec="utf-8", exclude_characters="\0")), st.binary() | st.none())


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(rows=st.lists(CELLS, min_size=1))
def test_lines_are_what_the_server_writes_itself(server_database: str, rows: list[tuple[Any, ...]]) -> None:
    with closing(Server(server_database)) as server, server.raw.cursor() as cursor:
        server.execute("create temporary table odd (n bigint, words text, bits bytea)")
        with cursor.copy("copy odd from stdin") as copy:
            copy.write(moving_lines.lines(rows))
        with cursor.copy("copy odd to stdout") as copy:
            assert b"".join(map(bytes, copy)) == moving_lines.lines(rows)
        assert server.execute("select * from odd").fetchall() == rows


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(rows=st.lists(CELLS.map(lambda cells: (cells[0], cells[1], cells[2] or b"")) | st.just((7, "\x1f", b"\x1f")), min_size=1, max_size=12), size=st.integers(1, 5))
def test_a_file_says_the_same_lines(rows: list[tuple[Any, ...]], size: int) -> None:
    with closing(sqlite3.connect(":memory:")) as db, pytest.MonkeyPatch.context() as patch:
        patch.setattr(moving_lines, "SIZE", size)
        db.execute("create table odd (n integer, words text, bits blob not null, at integer primary key)")
        db.executemany("insert into odd (n, words, bits) values (?, ?, ?)", rows)
        made = list(moving_lines.blocks(db, ("n", "words", "bits"), ("words", "n"), "from odd order by at", "bits"))
    assert b"".join(block.lines for block in made) == moving_lines.lines(rows)
    assert [cells for block in made for cells in block.rows] == [(words, n) for n, words, _ in rows]


class CutOffError(Exception):
    """The cable, the power, a person."""


def test_cut_off_it_begins_anew(source: Store, server_database: str) -> None:
    """After the first, the second and the third part."""
    was = everything(source)
    with Store(server_database, RECORDS) as server:
        empty = everything(server)
        for after in (1, 2, 3):
            calls = iter(range(1, after + 1))

            def cut(_done: int, _total: int, calls: Iterator[int] = calls, after: int = after) -> None:
                if next(calls) == after:
                    raise CutOffError

            with pytest.raises(CutOffError):
                moving.move(source, ServerTarget(server), cut)
            assert everything(server) == empty
        moving.move(source, ServerTarget(server))
        assert unsealed(everything(server)) == unsealed(was)
    assert everything(source) == was


def test_what_arrives_otherwise_is_not_kept(source: Store, server_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(self: ServerTarget, table: str, columns: Any, blocks: Iterator[moving.Block]) -> None:
        usual(self, table, columns, (moving_lines.Block(block.rows, block.lines.replace(b"\n", b"x\n")) if table == "setting" else block for block in blocks))

    usual = ServerTarget.put
    monkeypatch.setattr(ServerTarget, "put", wrong)
    with Store(server_database, RECORDS) as server:
        empty = everything(server)
        with pytest.raises(Refused, match="not what was read"):
            moving.move(source, ServerTarget(server))
        assert everything(server) == empty
