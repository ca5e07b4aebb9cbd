"""What can be read of a damaged database is kept, and what cannot is said."""

from __future__ import annotations

import random
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.desk.desk import Desk
from crm_desktop.duties import RECORDS
from crm_desktop.duties.stays.records import STAY
from crm_desktop.record.text import Refused
from crm_desktop.store import backup, damaged
from crm_desktop.store.keys import read_keys
from crm_desktop.store.raw_pages import RawPages
from crm_desktop.store.salvage import salvage
from crm_desktop.store.store import Store
from tests.reliability.killing import many
from tests.samples import ACCOUNT, account, change, csv_file, facts, imported, remove, sound, stay

PAGE = 4096
Held = dict[str, list[tuple[Any, ...]]]


@pytest.fixture
def worked(store: Store, desk: Desk) -> tuple[Path, Held]:
    """A closed database with clients and stays in it, and what it holds."""
    for n in range(60):
        stay(desk, company_id=account(desk, f"Client {n}", remark="x" * 900))
    remove(desk, ACCOUNT, account(desk, "Removed"))
    held = facts(store)
    store.writer.execute("vacuum")
    store.close()
    return store.path, held


def garble(path: Path, *pages: int) -> None:
    """Spoil whole pages, as a bad block does."""
    with path.open("r+b") as file:
        for page in pages:
            file.seek(page * PAGE)
            file.write(random.Random(page).randbytes(PAGE))


def kept(path: Path, held: Held) -> float:
    """The part of the rows that is there as it was; nothing else is there but what stands for lost ones."""
    with Store(path, RECORDS) as store:
        sound(store)
        now = facts(store)
        same = sum(len(set(rows) & set(now[key])) for key, rows in held.items())
        for key, rows in now.items():
            ids = {row[0] for row in held[key]}
            assert {row[0] for row in rows} <= ids, key
        account(Desk(store), "Next")
        sound(store)
    return same / sum(map(len, held.values()))


def test_a_sound_database_comes_out_whole(worked: tuple[Path, Held]) -> None:
    path, held = worked
    saved = salvage(path, RECORDS)
    assert (saved.lost, saved.from_backup, saved.entries_lost) == ([], 0, 0)
    assert saved.aside is not None
    assert saved.aside.name.startswith("sqlite.db.damaged-")
    assert kept(path, held) == 1


TABLE, LEADING, INDEX, INDEX_LEADING = 13, 5, 10, 2  # what a page begins with


def tree(path: Path, name: str) -> dict[int, bytes]:
    """The pages of a table or an index by number, in clear."""
    with Store(path, RECORDS) as store:
        waiting, keys = [store.writer.execute("select rootpage from sqlite_master where name = ?", (name,)).fetchone()[0]], store.keys
    out: dict[int, bytes] = {}
    with closing(RawPages(path, keys)) as pages:
        while waiting:
            number = waiting.pop()
            page = out[number] = pages.page(number) or b""
            if page[0] in (LEADING, INDEX_LEADING):
                cells = [int.from_bytes(page[at : at + 2], "big") for at in range(12, 12 + 2 * int.from_bytes(page[3:5], "big"), 2)]
                waiting += [int.from_bytes(page[at : at + 4], "big") for at in (8, *cells)]
    return out


def leaves(path: Path, name: str) -> list[int]:
    """Where the rows of a table lie, as `garble` counts."""
    return [number - 1 for number, page in tree(path, name).items() if page[0] == TABLE]


@pytest.fixture
def large(store: Store, desk: Desk) -> tuple[Path, Held]:
    """A closed database with 3,000 clients that came in a file, some with words that fill pages of their own."""
    rows = [(f"Client {n}", "company", "x" * (9000 if n % 100 == 7 else 300)) for n in range(3000)]
    imported(desk, csv_file(store.path.with_name("clients.csv"), ("name", "type", "remark"), *rows), ACCOUNT)
    held = facts(store)
    store.writer.execute("vacuum")
    store.close()
    return store.path, held


def chosen(path: Path) -> dict[str, int]:
    """A page of every kind there is, as `garble` counts: what it costs to lose it is another thing each time."""
    clients, log = tree(path, "account"), tree(path, "change_row")
    with Store(path, RECORDS) as store:
        index = store.writer.execute("select name from sqlite_master where type = 'index' and tbl_name = 'account' and sql is not null limit 1").fetchone()[0]
    roots = next(iter(clients)), next(iter(log)), next(iter(tree(path, index)))
    with closing(RawPages(path, read_keys(path))) as pages:
        words = [number for number in range(2, pages.count + 1) if (page := pages.page(number)) and page[4:200] == b"x" * 196]
        overflow = next(number for number in words if any((pages.page(number) or b"")[:4]))
        end = next(number for number in words if not any((pages.page(number) or b"")[:4]))
    return {
        "root of the clients": roots[0] - 1, "clients": leaves(path, "account")[40], "words of a client": overflow - 1, "end of the words": end - 1, "root of the log": roots[1] - 1,
        "log": next(number for number, page in log.items() if page[0] == INDEX) - 1, "root of an index": roots[2] - 1,
        "leads to clients": next((number for number, page in clients.items() if page[0] == LEADING and number != roots[0]), roots[0]) - 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    "kind",
    [
        "root of the clients", "leads to clients", "clients", "words of a client", "end of the words", "log", "root of an index",
        pytest.param("root of the log", marks=pytest.mark.long),  # half a minute: every entry is looked for in pages
    ],
)  # fmt: skip
def test_of_each_hundred_rows_one_at_most_is_lost_with_a_page(large: tuple[Path, Held], kind: str) -> None:
    path, held = large
    garble(path, chosen(path)[kind])
    saved = salvage(path, RECORDS)
    assert saved.from_backup == 0
    assert kept(path, held) >= 0.99
    if kind.startswith(("root", "lead")):
        assert saved.lost == [], "the rows themselves are all there"
    if "words" in kind:
        assert len(saved.lost) == 1


def test_what_lies_in_pages_is_read_as_the_engine_reads_it(store: Store) -> None:
    """Numbers of all sizes, words of every length around the end of a page, nothing, parts."""
    store.writer.execute("create table odd (id integer primary key, a, b)")
    values = [None, 0, 1, -1, 127, -128, 40_000, -9_000_000, 1 << 40, -(1 << 62), 2.5, b"\x00\xff", "", *("字" * n for n in range(1250, 1350)), "x" * 30_000]
    for n, value in enumerate(values):
        store.writer.execute("insert into odd values (?, ?, ?)", (-(1 << 60) if n == 3 else n * n * 1000 + n, value, f"b{n}"))
    expected = {row[0]: [None, *row[1:]] for row in store.writer.execute("select id, a, b from odd").fetchall()}
    store.close()
    with closing(RawPages(store.path, store.keys)) as pages:
        assert dict(pages.rows(expected.keys())) == expected


@many(3, 4, 50)
def test_one_lost_page_loses_few_rows(large: tuple[Path, Held], tries: int, part: int) -> None:
    path, held = large
    content, chance = path.read_bytes(), random.Random(4 + part)
    for _ in range(tries):
        readable = False
        while not readable:  # the pages that say which tables there are: only a backup helps
            for rest in ("-wal", "-shm"):
                path.with_name(path.name + rest).unlink(missing_ok=True)
            path.write_bytes(content)
            garble(path, chance.randrange(1, len(content) // PAGE))
            readable = damaged.begins(path, read_keys(path))
        assert salvage(path, RECORDS).told()
        assert kept(path, held) >= 0.99


def test_what_is_lost_comes_from_the_backup(worked: tuple[Path, Held]) -> None:
    path, held = worked
    with Store(path, RECORDS) as store, closing(store.open_reader()) as reader:
        backup.make(store, reader)
        stay(Desk(store), company_id=held["account"][3][0])
        held = facts(store)
    garble(path, *leaves(path, "account"))  # no client can be read any more
    assert damaged.problems(path, store.keys)
    saved = salvage(path, RECORDS)
    assert (saved.from_backup, saved.lost) == (61, [])
    assert "are as in the backup of" in " ".join(map(str, saved.told()))
    assert kept(path, held) == 1


def test_what_was_removed_or_changed_since_the_backup_does_not_come_back_as_it_was(worked: tuple[Path, Held]) -> None:
    path, held = worked
    with Store(path, RECORDS) as store:
        desk = Desk(store)
        alone = account(desk, "Alone")
        with closing(store.open_reader()) as reader:
            backup.make(store, reader)
        remove(desk, ACCOUNT, alone)
        changed = held["account"][0][0]
        change(desk, ACCOUNT, changed, remark="newer")
        held = facts(store)
    garble(path, *leaves(path, "account"))
    saved = salvage(path, RECORDS)
    assert (saved.from_backup, saved.lost, saved.older) == (62, [], [(ACCOUNT, changed)])
    assert "1 of these rows were changed after that backup" in " ".join(map(str, saved.told()))
    with Store(path, RECORDS) as store:
        sound(store)
        now = facts(store)["account"]
        assert [row for row in now if row[0] != changed] == [row for row in held["account"] if row[0] != changed]
        assert store.writer.execute("select count(*) from account where gone is null").fetchone() == (60,)
        assert store.writer.execute("select reason from change order by id desc limit 1").fetchone()[0].endswith(f"older: account {changed}")


def test_a_row_from_the_backup_does_not_refer_to_what_was_removed_since(worked: tuple[Path, Held]) -> None:
    """It referred to another when it was lost: which one, only its lost page knew."""
    path, _ = worked
    with Store(path, RECORDS) as store:
        desk = Desk(store)
        former, later = account(desk, "Former"), account(desk, "Later")
        moved = stay(desk, company_id=former)
        with closing(store.open_reader()) as reader:
            backup.make(store, reader)
        change(desk, STAY, moved, company_id=later)
        remove(desk, ACCOUNT, former)
    garble(path, *leaves(path, "stay"))
    saved = salvage(path, RECORDS)
    assert saved.older == [(STAY, moved)]
    with Store(path, RECORDS) as store:
        sound(store)
        assert store.writer.execute("select company_id, gone from stay where id = ?", (moved,)).fetchone() == (None, None)


def test_without_a_backup_what_belongs_together_stays_together(worked: tuple[Path, Held]) -> None:
    path, held = worked
    garble(path, *leaves(path, "account"))
    saved = salvage(path, RECORDS)
    assert len(saved.lost) == 61
    assert "61 rows of Clients are lost" in " ".join(map(str, saved.told()))
    with Store(path, RECORDS) as store:
        sound(store)
        now = facts(store)
        assert now["stay"] == held["stay"]
        assert {row[0] for row in now["account"]} == {row[0] for row in held["account"]}
        assert {row[0] for row in store.writer.execute("select name from account")} == {"?"}
        assert store.writer.execute("select action from change order by id desc limit 1").fetchone() == ("Saved from a damaged file",)


def test_what_only_removed_rows_refer_to_comes_back_as_a_removed_row(worked: tuple[Path, Held]) -> None:
    path, _ = worked
    with Store(path, RECORDS) as store:
        desk = Desk(store)
        gone, lives = account(desk, "Gone"), account(desk, "Lives")
        remove(desk, STAY, stay(desk, company_id=gone))
        remove(desk, ACCOUNT, gone)
        remove(desk, STAY, stay(desk, company_id=lives))
        stay(desk, company_id=lives)
    garble(path, *leaves(path, "account"))
    assert {(ACCOUNT, gone), (ACCOUNT, lives)} <= set(salvage(path, RECORDS).lost)
    with Store(path, RECORDS) as store:
        sound(store)
        assert store.writer.execute("select id from account where gone is null and id in (?, ?)", (gone, lives)).fetchall() == [(lives,)]


def test_nothing_is_touched_where_nothing_can_be_read(worked: tuple[Path, Held]) -> None:
    path, _ = worked
    garble(path, 0)
    content = path.read_bytes()
    with pytest.raises(Refused, match="is damaged"):
        salvage(path, RECORDS)
    assert path.read_bytes() == content


def test_nobody_else_may_have_it_open(worked: tuple[Path, Held]) -> None:
    path, _ = worked
    with Store(path, RECORDS), pytest.raises(Refused, match="open in another window"):
        salvage(path, RECORDS)
