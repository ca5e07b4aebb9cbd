"""After a power cut everything that was told to be saved is there, and the database is sound."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from crm_desktop.desk.desk import Desk
from crm_desktop.duties import RECORDS
from crm_desktop.store import backup, check, proof
from crm_desktop.store.store import Store
from tests.conftest import live_in
from tests.reliability.cuts import Disk, Op, watched
from tests.reliability.killing import many, needs_kill
from tests.samples import account, sound

pytestmark = needs_kill
Check = Callable[[Path, list[str], bool], None]
DEEP = 5  # of so many disks one is looked through row by row


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: Path, store: Store) -> Path:
    """A folder with everything of a person in it, and an empty database."""
    store.close()
    place = tmp_path / "disk"
    key = store.keys.head_file.parent / f"{store.keys.database_id}.key"
    live_in(monkeypatch, place)
    shutil.copytree(key.parent, place / "settings" / "keys")
    (place / "data").mkdir()
    for name in (address.name, address.name + ".id"):
        shutil.copy(address.with_name(name), place / "data" / name.replace(address.name, "crm.db"))
    return place


def states(place: Path, ops: list[Op], cuts: int, seed: int, look: Check) -> int:
    """Look at so many disks that a cut may leave; how many were cut before the end. A third are cut right after a word.

    In the order of the moments, so that the program's work is gone through once."""
    chance = random.Random(seed)
    said = [at for at, op in enumerate(ops) if op[0] == "said"]
    ends = sorted(
        min(len(ops), chance.choice(said) + 1 + chance.randrange(3)) if n % 3 == 0 else chance.randrange(1, len(ops) + 1) for n in range(cuts)
    )
    now, at = Disk(place), 0
    for n, end in enumerate(ends):
        for op in ops[at:end]:
            now.do(op)
        at = end
        now.cut(chance)
        look(place / "data" / "crm.db", list(now.said), n % DEEP == 0)
    return sum(end < len(ops) for end in ends)


def recorded(place: Path, word: str, times: int) -> list[Op]:
    """What a program does to the disk, which is as before afterwards."""
    before = place.with_name("before")
    shutil.copytree(place, before)
    ops = watched(place, "tests.reliability.work", word, str(place / "data" / "crm.db"), str(times))
    shutil.rmtree(place)
    before.rename(place)
    return ops


def is_whole(path: Path, said: list[str], deep: bool) -> None:
    """Everything that was said to be done is there, every page that holds anything and the log are sound; `deep`: and every
    other page, every row, word and sum, and it can be written to."""
    with Store(path, RECORDS) as store, closing(store.open_reader()) as reader:
        clients = {row[0] for row in reader.execute("select id from account where gone is null")}
        files = {row[0] for row in reader.execute("select about_row from attachment where gone is null")}
        for words in said:
            what, row_id = words.removeprefix("DONE ").strip("[]").split(", ")
            assert int(row_id) in (clients if what == "'account'" else files), words
        if deep:
            sound(store)
            account(Desk(store), "Next")
        else:
            assert reader.execute("pragma integrity_check(1)").fetchall() == [("ok",)]
            assert check.chain(reader, store.keys) + check.head(reader, store.keys) == []


@many(40, 10, 1000)
def test_a_cut_loses_no_acknowledged_save(disk: Path, tries: int, part: int) -> None:
    ops = recorded(disk, "saves", 24)
    assert sum(op[0] == "said" for op in ops) == 24
    assert states(disk, ops, tries, 1 + part, is_whole) > tries // 2


def test_without_waiting_for_the_disk_the_same_cuts_lose_saves(disk: Path) -> None:
    """That the simulation can tell: the same trace as if no file had ever been synced."""
    ops = [op for op in recorded(disk, "saves", 24) if op[0] != "sync"]
    lost = []

    def look(path: Path, said: list[str], deep: bool) -> None:
        try:
            is_whole(path, said, deep)
        except Exception as error:
            lost.append(error)

    states(disk, ops, 12, 2, look)
    assert lost


@many(15, 4, 250)
def test_a_cut_leaves_no_backup_that_is_not_whole(disk: Path, tries: int, part: int) -> None:
    ops = recorded(disk, "backups", 4)
    seen: list[int] = []

    def look(path: Path, said: list[str], deep: bool) -> None:
        there = backup.listed(path)
        seen.append(len(there))
        for words in said:
            assert "ready" in words or any(one.path.name in words for one in there)
        for one in there:
            assert proof.verify(one.path)
        for one in there[:1]:
            assert backup.examine(one.path, RECORDS) == []
        with Store(path, RECORDS) as store, closing(store.open_reader()) as reader:
            assert check.pages(reader) == []

    states(disk, ops, tries, 3 + part, look)
    assert max(seen) > min(seen)
