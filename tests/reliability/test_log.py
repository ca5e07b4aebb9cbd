"""The log of changes cannot be edited, cut, swapped or forged without it being found, and is checked quickly."""

from __future__ import annotations

import random
import time
from contextlib import closing
from typing import Any

import pytest

from crm_desktop.desk.desk import Desk
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.store import backup, check, log
from crm_desktop.store.keys import new_keys
from crm_desktop.store.store import Store
from tests.samples import account, change, remove, stay


@pytest.fixture
def worked(desk: Desk) -> Desk:
    """A log of some length."""
    ids = [account(desk, f"Client {n}") for n in range(8)]
    for n in range(30):
        change(desk, ACCOUNT, ids[n % 8], remark=f"Remark {n}")
    stay(desk, company_id=ids[0])
    remove(desk, ACCOUNT, ids[1])
    desk.undo()
    return desk


def found(desk: Desk) -> bool:
    """Does the check tell of it? Asked over the writer: the harm is rolled back afterwards."""
    db = desk.store.writer
    return bool(check.chain(db, desk.store.keys) or check.head(db, desk.store.keys))


META = ("at", "who", "action", "reason", "source", "seat")
ROW = ("tbl", "row_id", "version", "before", "digest")


@pytest.mark.parametrize("column", [*META, *ROW])
def test_any_edited_value_of_any_entry_is_found(worked: Desk, column: str) -> None:
    db, chance = worked.store.writer, random.Random(column)
    assert not found(worked)
    entries = [row[0] for row in db.execute("select id from change")]
    for entry in chance.sample(entries, 4):
        db.execute("begin")
        if column in META:
            db.execute(f"update change set {column} = {column} || 'x' where id = ?", (entry,))
        elif column in ("row_id", "version"):
            db.execute(f"update change_row set {column} = {column} + 1 where change_id = ?", (entry,))
        else:
            db.execute(f"update change_row set {column} = {'zeroblob(16)' if column == 'digest' else repr('x')} where change_id = ?", (entry,))
        assert found(worked), entry
        db.execute("rollback")


def test_any_entry_left_out_is_found(worked: Desk) -> None:
    db = worked.store.writer
    for (entry,) in db.execute("select id from change").fetchall():
        db.execute("begin")
        db.execute("delete from change_row where change_id = ?", (entry,))
        db.execute("delete from change where id = ?", (entry,))
        assert found(worked), entry
        db.execute("rollback")


def test_entries_that_changed_places_are_found(worked: Desk) -> None:
    db, chance = worked.store.writer, random.Random(5)
    count = db.execute("select max(seq) from change").fetchone()[0]
    for _ in range(8):
        one, other = chance.sample(range(1, count + 1), 2)
        db.execute("begin")
        for old, new in ((one, -1), (other, one), (-1, other)):
            db.execute("update change set seq = ? where seq = ?", (new, old))
        assert found(worked)
        db.execute("rollback")


def test_a_tail_that_was_cut_and_a_forged_entry_are_found(worked: Desk) -> None:
    db, keys = worked.store.writer, worked.store.keys
    last = db.execute("select id, seat, seq, at, who, action, reason, source, rows, hash from change order by seq desc limit 1").fetchone()
    for cut in (1, 5, 20):
        db.execute("begin")
        db.execute("delete from change_row where change_id in (select id from change where seq > ?)", (last[2] - cut,))
        db.execute("delete from change where seq > ?", (last[2] - cut,))
        assert found(worked), cut
        db.execute("rollback")
    forged = (last[0] + 1, last[1], last[2] + 1, *last[3:8], 0)
    for key in (keys.seal[::-1], b""):
        other = new_keys()
        other.seal = key
        db.execute("begin")
        db.execute("insert into change values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (*forged, log.chained(other, bytes(last[9]), forged, [])))
        assert found(worked)
        db.execute("rollback")


def test_a_tail_that_was_cut_is_found_by_the_newest_backup_where_the_note_of_it_is_lost_too(worked: Desk) -> None:
    db, store = worked.store.writer, worked.store
    row_id = account(worked, "Orient")
    with closing(store.open_reader()) as reader:
        backup.make(store, reader)
    change(worked, ACCOUNT, row_id, remark="Later than the backup")
    store.keys.head_file.unlink()
    assert not found(worked), "data that were brought to another PC have no note of it either"
    cut = db.execute("select max(seq) from change").fetchone()[0]
    for at, missing in ((cut, False), (cut - 1, True), (cut - 9, True)):
        db.execute("begin")
        db.execute("delete from change_row where change_id in (select id from change where seq >= ?)", (at,))
        db.execute("delete from change where seq >= ?", (at,))
        assert found(worked) == missing, "what only the lost entry held nobody knows of"
        db.execute("rollback")
    change(worked, ACCOUNT, row_id, remark="Noted again")
    assert not found(worked)


@pytest.mark.long
def test_a_hundred_thousand_entries_are_checked_in_three_seconds(store: Store, desk: Desk) -> None:
    """The one promise of a time; three tries, as other programs may be busy."""
    row_id = account(desk, "Orient")
    write_log(store, row_id, 100_000)
    took = []
    with closing(store.open_reader()) as reader:
        for _ in range(3):
            begun = time.perf_counter()
            assert check.chain(reader, store.keys) == []
            took.append(time.perf_counter() - begun)
    print(f"100,000 entries: {min(took):.2f} s")
    assert min(took) <= 3.0
    store.writer.execute("update change set who = 'x' where seq = 77777")
    assert found(desk)


def write_log(store: Store, row_id: int, count: int) -> None:
    """So many entries at once, as a seat would have written them."""
    db: Any = store.writer
    with db.atomic():
        for n in range(count):
            entry = log.Entry(db, store.keys, seat="1", who="Li Na", action="Changed", reason="", source="")
            entry.rows("account", [(row_id, n + 2, '{"remark":"x"}', bytes(16))])
            head = entry.close()
    log.note_head(store.keys, head)
