"""The sealed log: whatever is edited, deleted, swapped or cut off behind the program's back is found."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from crm_desktop.desk.desk import EXPORTED, Desk
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.store import backup, check, log, restoring
from crm_desktop.store.keys import new_keys
from crm_desktop.store.store import Store
from tests.samples import account, change, remove, row, sound, stay

pytestmark = pytest.mark.embedded

Harm = Callable[[Any], None]


def told(store: Store) -> list[str]:
    """What the check says."""
    return [str(text) for text in check.everything(store.writer, store.keys, store.records)]


@pytest.fixture
def worked(desk: Desk) -> Desk:
    """A database in which something was done."""
    orient = account(desk, "Orient", code="1", city="Shanghai")
    other = account(desk, "Other", code="2")
    stay(desk, company_id=orient)
    change(desk, ACCOUNT, orient, city="Beijing")
    change(desk, ACCOUNT, other, city="Lhasa")
    remove(desk, ACCOUNT, other)
    desk.undo()
    desk.note(EXPORTED, "accounts: 2")
    sound(desk.store)
    return desk


def sql(words: str) -> Harm:
    def harm(db: Any) -> None:
        assert db.execute(words).rowcount > 0

    harm.__name__ = words
    return harm


def swapped(db: Any) -> None:
    """Two entries of the log change places."""
    a, b = db.execute("select id from change order by seq limit 2").fetchall()
    columns = "at, who, action, reason, source, rows, hash"
    rows = {i: db.execute(f"select {columns} from change where id = ?", i).fetchone() for i in (a, b)}
    sets = ", ".join(f"{c.strip()} = ?" for c in columns.split(","))
    db.execute(f"update change set {sets} where id = ?", (*rows[b], *a))
    db.execute(f"update change set {sets} where id = ?", (*rows[a], *b))


def swapped_rows(db: Any) -> None:
    """Two rows of the log exchange what they were before."""
    (a, x), (b, y) = db.execute("select change_id, before from change_row where before like '%city%' order by change_id").fetchall()
    db.execute("update change_row set before = ? where change_id = ?", (y, a))
    db.execute("update change_row set before = ? where change_id = ?", (x, b))


CUT = "delete from change where seq > 3"
LOG = [
    sql("update change set who = 'Mallory' where seq = 3"), sql("update change set at = '2020-01-01T00:00:00.000Z' where seq = 2"),
    sql("update change set action = 'Changed' where seq = 1"), sql("update change set reason = 'because' where seq = 2"),
    sql("update change set source = 'x' where action = 'Exported'"), sql("update change set rows = rows + 1 where seq = 1"),
    sql("update change set hash = zeroblob(32) where seq = 2"), sql("update change set seat = '2' where seq = 8"),
    sql("delete from change where seq = 3"), sql("delete from change where seq = (select max(seq) from change)"), sql(CUT), sql("delete from change"),
    sql("delete from change_row where before is not null"), sql("delete from change_row where change_id = (select min(id) from change)"),
    sql("update change_row set before = '{\"city\":\"Paris\"}' where before = '{\"city\":\"Shanghai\"}'"),
    sql("update change_row set digest = zeroblob(16) where position = 0"), sql("update change_row set version = version + 1"),
    sql("update change_row set row_id = row_id + 1"), sql("update change_row set tbl = 'stay' where tbl = 'account'"), swapped, swapped_rows,
]  # fmt: skip
ROWS = [
    sql("update account set city = 'Paris' where code = '1'"), sql("update account set version = version + 1"),
    sql("update stay set rate = rate + 1"), sql("update stay set remark = 'x'"),
]  # fmt: skip
SUMS = [
    sql("update account set revenue = revenue + 1 where code = '1'"), sql("update account set stays = 0 where code = '1'"),
    sql("update account set last_stay = '2030-01-01' where code = '2'"),
]  # fmt: skip


@pytest.mark.parametrize("harm", LOG, ids=lambda harm: harm.__name__)
def test_every_harm_to_the_log_is_found(worked: Desk, harm: Harm) -> None:
    harm(worked.store.writer)
    assert any("og" in words or "not as they were saved" in words for words in told(worked.store))


@pytest.mark.parametrize("harm", ROWS, ids=lambda harm: harm.__name__)
def test_every_harm_to_a_row_is_found(worked: Desk, harm: Harm) -> None:
    harm(worked.store.writer)
    assert any("not as they were saved" in words for words in told(worked.store))


@pytest.mark.parametrize("harm", SUMS, ids=lambda harm: harm.__name__)
def test_every_harm_to_a_sum_is_found(worked: Desk, harm: Harm) -> None:
    harm(worked.store.writer)
    assert told(worked.store) == ["1 kept sums differ from their rows"]


def test_a_row_that_is_no_longer_there_is_found(worked: Desk) -> None:
    db = worked.store.writer
    db.execute("pragma foreign_keys = off")
    db.execute("delete from hotel")
    assert any("not there" in words for words in told(worked.store))


def test_a_log_written_anew_without_the_key_is_found(worked: Desk) -> None:
    """Somebody cuts the log and seals it again, with a key of their own."""
    store = worked.store
    store.writer.execute("update change set who = 'Mallory' where seq = 1")
    previous = log.GENESIS
    other = new_keys()
    for entry in store.writer.execute("select id, seat, seq, at, who, action, reason, source, rows from change order by seq").fetchall():
        rows = store.writer.execute("select tbl, row_id, version, before, digest from change_row where change_id = ? order by position", (entry[0],))
        previous = log.chained(other, previous, entry, map(log.noted, rows))
        store.writer.execute("update change set hash = ? where id = ?", (previous, entry[0]))
    assert told(store)


def test_a_log_cut_and_sealed_with_the_right_key_is_found_by_its_head(worked: Desk) -> None:
    """An older copy of the database is sound in itself: only the head outside tells."""
    store = worked.store
    last = store.writer.execute("select max(seq) from change").fetchone()[0]
    store.writer.execute("delete from change_row where change_id = (select id from change where seq = ?)", (last,))
    store.writer.execute("delete from change where seq = ?", (last,))
    assert told(store) == ["The newest entries of the log are missing: the database is older than what was last saved here"]


@pytest.mark.parametrize("content", [b"", b"x" * 85, b"%020d %s" % (9, b"zz" * 32), b"\xff" * 200, None], ids=["empty", "x", "zz", "long", "none"])
def test_a_broken_head_file_is_told_or_ignored_but_no_crash(worked: Desk, content: bytes | None) -> None:
    head = worked.store.keys.head_file
    if content is None:
        head.unlink()
    else:
        head.write_bytes(content)
    assert told(worked.store) in ([], ["The newest entries of the log are missing: the database is older than what was last saved here"])
    account(worked, "Next")
    assert told(worked.store) == []


def test_a_damaged_search_index_is_found(worked: Desk) -> None:
    worked.store.writer.execute("delete from account_fts_data where id > 10")
    assert any("damaged" in words for words in told(worked.store))


def test_a_head_that_lags_behind_is_no_harm(worked: Desk) -> None:
    store = worked.store
    before = store.keys.head_file.read_bytes()
    account(worked, "Next")
    store.keys.head_file.write_bytes(before)
    assert told(store) == []


@pytest.mark.parametrize("size", [300, pytest.param(8_000, marks=pytest.mark.long)])
def test_a_long_log_is_checked(desk: Desk, size: int) -> None:
    orient = account(desk, "Orient")
    for n in range(size):
        change(desk, ACCOUNT, orient, remark=str(n))
    sound(desk.store)
    desk.store.writer.execute("update change set who = 'x' where seq = ?", (size // 2,))
    assert f"Log entry {size // 2} was changed after it was written" in told(desk.store)
    assert row(desk, ACCOUNT, orient)["version"] == size + 1


def deleted(db: Any) -> None:
    """A row deleted behind the log."""
    db.execute("pragma foreign_keys = off")
    assert db.execute("delete from stay").rowcount == 1


def slipped_in(db: Any) -> None:
    """A row that no entry of the log knows."""
    db.execute("insert into account (id, kind, name, sort, terms) values (7, 'company', 'Mallory', 'mallory', '')")


@pytest.mark.parametrize("harm", [deleted, slipped_in, sql("update stay set gone = 5"), sql("update stay set nights = 9")], ids=lambda harm: harm.__name__)
def test_what_happened_behind_the_log_is_found(worked: Desk, harm: Harm) -> None:
    harm(worked.store.writer)
    assert "1 rows of " in "".join(told(worked.store))
    assert "not as they were saved" in "".join(told(worked.store))


def test_a_removed_row_that_lives_again_behind_the_log_is_found(worked: Desk) -> None:
    remove(worked, ACCOUNT, account(worked, "Third"))
    sound(worked.store)
    worked.store.writer.execute("update account set gone = null where gone is not null")
    assert any("not as they were saved" in words for words in told(worked.store))


def test_a_living_row_that_refers_to_a_removed_one_is_found(worked: Desk) -> None:
    worked.store.writer.execute("update account set gone = 5 where code = '1'")
    assert any("refer to something that was removed" in words for words in told(worked.store))


def test_a_row_missing_from_the_search_index_is_found(worked: Desk) -> None:
    row_id, terms = worked.store.writer.execute("select id, terms from account where code = '1'").fetchone()
    worked.store.writer.execute("insert into account_fts (account_fts, rowid, terms) values ('delete', ?, ?)", (row_id, terms))
    assert told(worked.store) == ["The search index of Clients is damaged"]


@pytest.mark.parametrize("column", ["sort", "terms"])
def test_wrong_search_words_are_found(worked: Desk, column: str) -> None:
    worked.store.writer.execute(f"update account set {column} = 'x' where code = '1'")
    assert told(worked.store) == ["1 rows of Clients have lost their search words"]


def test_chinese_names_are_checked_too(worked: Desk, reader: Any) -> None:
    account(worked, "长春·东方(集团) Orient", phone="+86 (431) 138-0013")
    sound(worked.store)
    worked.store.writer.execute("update account set terms = 'changchun' where name like '长春%'")
    assert check.everything(reader, worked.store.keys, worked.store.records)


def test_everything_is_checked_by_reading_only(worked: Desk, reader: Any) -> None:
    assert check.everything(reader, worked.store.keys, worked.store.records) == []
    assert reader.execute("pragma query_only").fetchone() == (1,)


def test_a_copy_opened_elsewhere_raises_no_alarm_here(worked: Desk, reader: Any, tmp_path: Any) -> None:
    copy = backup.make(worked.store, reader).path
    restoring.restore(tmp_path / "look.db", copy)
    with Store(tmp_path / "look.db", worked.store.records, seat="2") as other:
        account(Desk(other), "Seen elsewhere")
        assert told(other) == []
    assert told(worked.store) == []


def test_another_seat_raises_no_alarm(worked: Desk) -> None:
    with Store(worked.store.path, worked.store.records, seat="Zhang San") as other:
        account(Desk(other), "Theirs")
        assert told(other) == []
    assert told(worked.store) == []
    account(worked, "Ours")
    assert told(worked.store) == []
