"""What says "saved" is saved, and nothing is ever half done, wherever kill -9 strikes."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from crm_desktop.desk.desk import Desk
from crm_desktop.duties import RECORDS
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.store import backup, restoring
from crm_desktop.store.folders import manifest
from crm_desktop.store.store import Store
from tests.reliability.killing import Program, how_long, many, needs_kill
from tests.reliability.work import ROWS
from tests.samples import account, exported, facts, sound

pytestmark = needs_kill
Anew = Callable[[], Path]


def moments(seed: int, kills: int, took: float) -> list[tuple[int, float]]:
    """When to strike: spread over the whole of the work, by chance within each part."""
    chance = random.Random(seed)
    return [(n + 1, took * (n + chance.random()) / kills) for n in range(kills)]


def count(store: Store, sql: str) -> int:
    return int(store.writer.execute(sql).fetchone()[0])


@many(16, 4, 250)
def test_no_acknowledged_save_is_lost(address: Path, tries: int, part: int) -> None:
    """One database lives through all of the kills."""
    said: list[list[Any]] = []
    for seed, after in moments(1 + 10 * part, tries, 0.25):
        program = Program("saves", address, seed)
        program.wait()
        said += program.kill(after)
        with Store(address, RECORDS) as store:
            there = {found[0] for found in store.writer.execute("select id from account where gone is null")}
            with_file = {found[0] for found in store.writer.execute("select about_row from attachment where gone is null")}
            assert {row_id for what, row_id in said if what == "account"} <= there
            assert {row_id for what, row_id in said if what == "attachment"} <= with_file
            if seed % 8 == 0 or seed == tries:
                sound(store)
            said.append(["account", account(Desk(store), f"Next {seed}")])  # the next save works
    assert len(said) > 2 * tries


@many(5, 4, 50)
def test_an_import_is_in_or_out(anew: Anew, tries: int, part: int) -> None:
    took = how_long("imports", anew(), 4)
    for seed, after in moments(2 + 10 * part, tries, took):
        path = anew()
        program = Program("imports", path, seed)
        program.wait()
        said = [word for word, *_ in program.kill(after)]
        with Store(path, RECORDS) as store:
            wanted = {"ready": {0, ROWS}, "in": {ROWS, 0}, "out": {0, ROWS}, "again": {ROWS}}[said[-1]]
            assert count(store, "select count(*) from stay where gone is null") in wanted
            assert count(store, "select count(*) from change where rows > 0") >= len(said) - 1
            assert count(store, "select coalesce(sum(stays), 0) from account where gone is null") in {0, ROWS}
            sound(store)
            account(Desk(store), "Next")


@many(4, 4, 50)
def test_a_merge_is_whole(anew: Anew, tries: int, part: int) -> None:
    took = how_long("merges", anew(), 5)
    for seed, after in moments(3 + 10 * part, tries, took):
        path = anew()
        program = Program("merges", path, seed)
        program.wait()
        program.kill(after)
        with Store(path, RECORDS) as store:
            both = count(store, "select count(*) from account where gone is null and (name like 'Kept%' or name like 'Lost%')")
            stays = sorted(found[0] for found in store.writer.execute("select stays from account where gone is null and stays > 0"))
            assert (both, stays) in [(1, [20]), (2, [10, 10])]
            sound(store)


@many(4, 4, 50)
def test_every_listed_backup_is_whole(address: Path, tries: int, part: int) -> None:
    took = how_long("backups", address, 3)
    for seed, after in moments(4 + 10 * part, tries, took):
        program = Program("backups", address, seed)
        program.wait()
        said = program.kill(after)
        there = backup.listed(address)
        assert {path for what, *path in said if what == "backup" for path in path} <= {str(one.path) for one in there}
        assert backup.examine(there[0].path, RECORDS) == []
        with Store(address, RECORDS) as store, closing(store.open_reader()) as reader:
            sound(store)
            backup.make(store, reader)
        for one in backup.listed(address)[20:]:  # they were looked at; hundreds would be gone through at every backup
            for path in (one.path, manifest(one.path)):
                path.unlink()


@many(4, 4, 50)
def test_a_restore_is_done_or_can_be_done_again(anew: Anew, tries: int, part: int) -> None:
    with Store(anew(), RECORDS) as store, closing(store.open_reader()) as reader:
        account(Desk(store), "Backed up")
        made = backup.make(store, reader)
        backed_up = facts(store)
        account(Desk(store), "Later")
        former = facts(store)
    content = store.path.read_bytes()
    took = how_long("restores", store.path, 2)
    for seed, after in moments(5 + 10 * part, tries, took):
        store.path.write_bytes(content)
        program = Program("restores", store.path, seed)
        program.wait()
        said = program.kill(after)
        if not store.path.exists():  # struck between the two renames: the former one stands aside, whole
            restoring.restore(store.path, made.path)
        with Store(store.path, RECORDS) as now:
            assert facts(now) in ([backed_up] if len(said) > 1 else [backed_up, former])
            sound(now) if facts(now) == backed_up else None
        same = [path for path in store.path.parent.glob("*.db*") if path.is_file() and path.read_bytes() == content]
        assert same, "the former one is there, whole, in its place or beside it"
        for path in same:
            path.unlink()


@many(4, 4, 50)
def test_an_export_is_the_old_file_or_the_new_one(store: Store, desk: Desk, tries: int, part: int) -> None:
    for n in range(60):
        account(desk, f"Client {n}", remark="x" * 3000)
    whole = exported(store, ACCOUNT, store.path.parent / "out.csv")
    store.close()
    took = how_long("exports", store.path, 3)
    for seed, after in moments(6 + 10 * part, tries, took):
        (store.path.parent / "out.csv").write_bytes(b"old")
        program = Program("exports", store.path, seed)
        program.wait()
        program.kill(after)
        assert (store.path.parent / "out.csv").read_bytes() in (b"old", whole)
