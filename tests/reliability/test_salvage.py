"""What can be read of a damaged database is kept, and what cannot is said."""

from __future__ import annotations

import random
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.desk.desk import Desk
from crm_desktop.duties import RECORDS
from crm_desktop.record.text import Refused
from crm_desktop.store import backup, damaged
from crm_desktop.store.salvage import salvage
from crm_desktop.store.store import Store
from tests.reliability.killing import many
from tests.reliability.work import names
from tests.samples import ACCOUNT, account, facts, remove, sound, stay

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


@many(5, 4, 50)
def test_one_lost_page_loses_few_rows(worked: tuple[Path, Held], tries: int, part: int) -> None:
    path, held = worked
    content, chance = path.read_bytes(), random.Random(4 + part)
    with Store(path, RECORDS) as store:  # where a table begins nothing of it can be read: another test
        roots = {row[0] - 1 for row in store.writer.execute("select rootpage from sqlite_master")}
    for _ in range(tries):
        readable = False
        while not readable:  # the pages that say which tables there are: only a backup helps
            for rest in ("-wal", "-shm"):
                path.with_name(path.name + rest).unlink(missing_ok=True)
            path.write_bytes(content)
            garble(path, chance.choice([page for page in range(1, len(content) // PAGE) if page not in roots]))
            readable = damaged.begins(path, store.keys)
        assert salvage(path, RECORDS).told()
        kept(path, held)
        with Store(path, RECORDS) as store:  # a page holds four clients
            assert len({f"Client {n}" for n in range(60)} & names(store)) >= 54


def test_what_is_lost_comes_from_the_backup(worked: tuple[Path, Held]) -> None:
    path, held = worked
    with Store(path, RECORDS) as store, closing(store.open_reader()) as reader:
        backup.make(store, reader)
        stay(Desk(store), company_id=held["account"][3][0])
        held = facts(store)
        root = store.writer.execute("select rootpage from sqlite_master where name = 'account'").fetchone()[0]
    garble(path, root - 1)  # no client can be read any more
    assert damaged.problems(path, store.keys)
    saved = salvage(path, RECORDS)
    assert (saved.from_backup, saved.lost) == (61, [])
    assert "are as in the backup of" in " ".join(map(str, saved.told()))
    assert kept(path, held) == 1


def test_without_a_backup_what_belongs_together_stays_together(worked: tuple[Path, Held]) -> None:
    path, held = worked
    with Store(path, RECORDS) as store:
        root = store.writer.execute("select rootpage from sqlite_master where name = 'account'").fetchone()[0]
    garble(path, root - 1)
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
