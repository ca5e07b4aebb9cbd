"""Backups that are proven when they are made; and the way back, whole or not at all."""

from __future__ import annotations

import datetime as dt
import errno
import json
import os
import random
import re
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.desk.desk import Desk
from crm_desktop.duties import RECORDS
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.record.text import Refused
from crm_desktop.store import backup, check, files, folders, keys, proof, restoring, thinning
from crm_desktop.store.salvage import salvage
from crm_desktop.store.store import Store
from tests.exchange.test_csv_out import small_disk
from tests.samples import REPOSITORY, account, change, facts, sound, stay

pytestmark = pytest.mark.embedded


@pytest.fixture
def saved(desk: Desk) -> Desk:
    """A database with something in it and one backup."""
    stay(desk, company_id=account(desk, "Orient", remark="x" * 4000))
    with closing(desk.store.open_reader()) as own:
        backup.make(desk.store, own)
    return desk


def newest(store: Store) -> Path:
    return backup.listed(store.path)[0].path


def test_a_backup_is_a_database_that_can_be_opened(saved: Desk) -> None:
    before = facts(saved.store)
    (made,) = backup.listed(saved.store.path)
    assert made.rows == 3
    assert backup.examine(made.path, RECORDS) == []
    with pytest.raises(Refused, match="is a backup"):
        Store(made.path, RECORDS)
    assert proof.verify(made.path)  # nothing was written to it
    there = saved.store.path.with_name("elsewhere.db")
    restoring.restore(there, made.path)
    with Store(there, RECORDS) as copy:
        assert facts(copy) == before
    assert b"Orient" not in made.path.read_bytes()


def test_a_backup_says_what_it_holds(saved: Desk) -> None:
    proven = proof.verify(newest(saved.store))
    assert {key: n for key, n in proven["counts"].items() if n} == {"account": 1, "hotel": 1, "stay": 1}
    assert proven["head"][:2] == ["1", 3]
    assert proven["bytes"] == newest(saved.store).stat().st_size
    assert len(proven["sha256"]) == 64
    if os.name != "nt":
        assert newest(saved.store).stat().st_mode & 0o777 == 0o600


def test_a_backup_is_due_when_something_changed(desk: Desk, reader: Any) -> None:
    store = desk.store
    assert not backup.is_due(store, reader)
    orient = account(desk, "Orient")
    assert backup.is_due(store, reader)
    backup.make(store, reader)
    assert not backup.is_due(store, reader)
    change(desk, ACCOUNT, orient, name="Occident")
    assert backup.is_due(store, reader)


def test_backups_of_one_second_are_listed_in_order(saved: Desk, reader: Any) -> None:
    for n in range(3):
        account(saved, f"Client {n}")
        backup.make(saved.store, reader)
    assert [made.facts["counts"]["account"] for made in backup.listed(saved.store.path)] == [4, 3, 2, 1]


def test_a_backup_goes_where_it_is_sent_and_over_nothing(saved: Desk, reader: Any, tmp_path: Path) -> None:
    made = backup.make(saved.store, reader, tmp_path / "usb.backup")
    assert made.path == tmp_path / "usb.backup"
    assert proof.verify(made.path)
    for there in (made.path, saved.store.path):
        before = there.read_bytes() if there == made.path else b""
        with pytest.raises(Refused, match="is there already"):
            backup.make(saved.store, reader, there)
        assert not before or there.read_bytes() == before
    with pytest.raises(Refused, match=r"could not be written|cannot be opened"):
        backup.make(saved.store, reader, tmp_path / "missing" / "x.backup")
    assert not (tmp_path / "missing").exists()
    sound(saved.store)


def test_a_backup_that_is_stopped_leaves_nothing(saved: Desk, reader: Any) -> None:
    folder = backup.folder(saved.store.path)
    before = sorted(folder.iterdir())

    def stop() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        backup.make(saved.store, reader, step=stop)
    assert sorted(folder.iterdir()) == before


def test_a_damaged_database_makes_no_backup(saved: Desk, reader: Any) -> None:
    saved.store.writer.execute("update change set who = 'x' where seq = 2")
    with pytest.raises(Refused, match="did not pass its own check"):
        backup.make(saved.store, reader)
    assert len(backup.listed(saved.store.path)) == 1
    assert not [path for path in backup.folder(saved.store.path).iterdir() if ".part" in path.name]


@pytest.mark.skipif(os.name == "nt", reason="a small disk is made by mount")
def test_a_full_disk_makes_no_backup(saved: Desk, reader: Any, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 64):
        with pytest.raises(Refused, match=r"full|No space|could not be read or written"):
            backup.make(saved.store, reader, tmp_path / "disk" / "x.backup")
        assert list((tmp_path / "disk").iterdir()) == []
    sound(saved.store)


def test_the_way_back(saved: Desk) -> None:
    store = saved.store
    before = facts(store)
    account(saved, "Later")
    made = newest(store)
    store.close()
    aside = restoring.restore(store.path, made)
    assert aside is not None
    with Store(store.path, RECORDS) as again:
        assert facts(again) == before
        sound(again)
        account(Desk(again), "Goes on")
        sound(again)
    with Store(aside, RECORDS) as former:
        assert len(facts(former)["account"]) == 2
    assert proof.verify(made)


def test_the_way_back_after_a_kill(saved: Desk, tmp_path: Path) -> None:
    """The -wal of the former database goes with it, and never into the restored one."""
    store, before = saved.store, facts(saved.store)
    code = (
        "import os, sys; from pathlib import Path; from crm_desktop.desk.desk import Desk; from crm_desktop.duties import RECORDS;"
        "from crm_desktop.duties.clients.records import ACCOUNT; from crm_desktop.store.store import Store;"
        "store = Store(Path(sys.argv[1]), RECORDS); Desk(store).save(ACCOUNT, None, 0, {'name': 'Later'}); os._exit(9)"
    )
    store.close()
    done = subprocess.run([sys.executable, "-c", code, str(store.path)], cwd=REPOSITORY, check=False)
    assert done.returncode == 9
    wal = store.path.with_name(store.path.name + "-wal")
    assert wal.stat().st_size > 0
    aside = restoring.restore(store.path, newest(store))
    assert aside is not None
    assert not wal.exists()
    assert aside.with_name(aside.name + "-wal").stat().st_size > 0
    with Store(store.path, RECORDS) as again:
        assert facts(again) == before
        sound(again)
    with Store(aside, RECORDS) as former:
        assert len(facts(former)["account"]) == 2
    assert tmp_path.exists()


def test_a_stale_wal_is_never_given_to_the_restored_database(saved: Desk) -> None:
    store, before = saved.store, facts(saved.store)
    store.close()
    store.path.unlink()
    wal = store.path.with_name(store.path.name + "-wal")
    wal.write_bytes(b"left over by a crash" * 100)
    restoring.restore(store.path, newest(store))
    with Store(store.path, RECORDS) as again:
        assert facts(again) == before
        sound(again)


def test_two_ways_back_in_one_second_keep_both_former_ones(saved: Desk) -> None:
    store = saved.store
    store.close()
    asides = {restoring.restore(store.path, newest(store)) for _ in range(3)}
    assert len(asides) == 3
    for aside in asides:
        assert aside is not None
        with Store(aside, RECORDS) as former:
            assert len(facts(former)["account"]) == 1


def test_a_lost_database_comes_back(saved: Desk) -> None:
    store, before = saved.store, facts(saved.store)
    store.close()
    for path in (store.path, keys.id_file(store.path)):
        path.unlink()
    assert restoring.restore(store.path, newest(store)) is None
    with Store(store.path, RECORDS) as again:
        assert facts(again) == before
        sound(again)


def test_back_to_nothing(desk: Desk, reader: Any) -> None:
    store = desk.store
    made = backup.make(store, reader)
    account(desk, "Later")
    reader.close()
    store.close()
    restoring.restore(store.path, made.path)
    with Store(store.path, RECORDS) as again:
        assert facts(again)["account"] == []
        sound(again)


def test_no_way_back_while_it_is_open(saved: Desk) -> None:
    store, before = saved.store, facts(saved.store)
    made = newest(store)
    with pytest.raises(Refused, match="open in another window"):
        restoring.restore(store.path, made)
    store.close()
    code = (
        "import sys; from pathlib import Path; from crm_desktop.duties import RECORDS; from crm_desktop.store.store import Store;"
        "store = Store(Path(sys.argv[1]), RECORDS); print('open', flush=True); sys.stdin.readline(); store.close()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(store.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=REPOSITORY
    ) as other:
        assert other.stdout
        assert other.stdout.readline() == "open\n"
        with pytest.raises(Refused, match="open in another window"):
            restoring.restore(store.path, made)
        other.communicate("\n", timeout=30)
    restoring.restore(store.path, made)
    with Store(store.path, RECORDS) as again:
        assert facts(again) == before


def test_a_copy_that_is_not_what_was_read_replaces_nothing(saved: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    store, made = saved.store, newest(saved.store)
    store.close()
    before, copied = store.path.read_bytes(), files.copy_whole

    def spoilt(source: Path, target: Path) -> None:
        copied(source, target)
        content = bytearray(target.read_bytes())
        content[len(content) // 2] ^= 1
        target.write_bytes(content)

    with monkeypatch.context() as patch:
        patch.setattr(files, "copy_whole", spoilt)
        with pytest.raises(Refused, match="this disk cannot be trusted"):
            restoring.restore(store.path, made)
    assert store.path.read_bytes() == before
    assert not list(store.path.parent.glob(".*.part"))
    restoring.restore(store.path, made)
    with Store(store.path, RECORDS) as again:
        sound(again)


def held(monkeypatch: pytest.MonkeyPatch, store: Store, error: OSError, times: int, at: str = "") -> None:
    """Another program holds what is to become the database (or a file beside it) for so many tries."""
    left, given = [times], os.replace
    held_at = store.path.with_name(store.path.name + at)

    def replace(source: Any, target: Any) -> None:
        if (Path(source) if at else Path(target)) == held_at and left[0]:
            left[0] -= 1
            raise error
        given(source, target)

    monkeypatch.setattr(os, "replace", replace)
    monkeypatch.setattr(restoring, "PAUSES", (0,) * 5)


def beside(store: Store) -> dict[str, bytes]:
    """The database with all that belongs to it, and where its newest entry is noted."""
    own = {path.name: path.read_bytes() for path in store.path.parent.iterdir() if path.is_file() and not path.name.endswith((".lock", "-shm"))}
    return own | {"head": store.keys.head_file.read_bytes()}


def put_back(store: Store, made: Path) -> Any:
    return restoring.restore(store.path, made)


def salvaged(store: Store, _made: Path) -> Any:
    return salvage(store.path, RECORDS).aside


def killed(saved: Desk) -> None:
    """Save once more and end without closing: the newest save is in the -wal alone."""
    store = saved.store
    store.close()
    code = (
        "import os, sys; from pathlib import Path; from crm_desktop.desk.desk import Desk; from crm_desktop.duties import RECORDS;"
        "from crm_desktop.duties.clients.records import ACCOUNT; from crm_desktop.store.store import Store;"
        "store = Store(Path(sys.argv[1]), RECORDS); Desk(store).save(ACCOUNT, None, 0, {'name': 'Later'}); os._exit(9)"
    )
    assert subprocess.run([sys.executable, "-c", code, str(store.path)], cwd=REPOSITORY, check=False).returncode == 9


@pytest.mark.parametrize("way", [put_back, salvaged])
@pytest.mark.parametrize(("at", "error"), [("", PermissionError(errno.EACCES, "held")), ("", OSError(errno.ENOSPC, "full")), ("-wal", PermissionError(errno.EACCES, "held"))], ids=["held", "full", "wal"])
def test_what_cannot_be_put_in_place_leaves_all_as_it_was(saved: Desk, monkeypatch: pytest.MonkeyPatch, way: Any, at: str, error: OSError) -> None:
    store, made = saved.store, newest(saved.store)
    killed(saved)
    before = beside(store)
    assert before["sqlite.db-wal"]
    with monkeypatch.context() as patch:
        held(patch, store, error, 6 if isinstance(error, PermissionError) else 1, at)
        with pytest.raises(Refused, match="Nothing was changed"):
            way(store, made)
    assert beside(store) == before
    with Store(store.path, RECORDS) as again:
        assert len(facts(again)["account"]) == 2
        sound(again)
    assert way(store, made) is not None


@pytest.mark.parametrize("way", [put_back, salvaged])
def test_what_is_held_for_a_moment_only_is_tried_again(saved: Desk, monkeypatch: pytest.MonkeyPatch, way: Any) -> None:
    store, made = saved.store, newest(saved.store)
    store.close()
    held(monkeypatch, store, PermissionError(errno.EACCES, "held"), 4)
    assert way(store, made) is not None
    with Store(store.path, RECORDS) as again:
        sound(again)


def test_what_cannot_be_put_back_either_is_said_with_its_place(saved: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    store, made = saved.store, newest(saved.store)
    killed(saved)
    with monkeypatch.context() as patch:
        held(patch, store, PermissionError(errno.EACCES, "held"), 100)
        with pytest.raises(Refused, match=r"it lies beside it as sqlite\.db\.before-restore-"):
            restoring.restore(store.path, made)
    with pytest.raises(Refused, match="is missing; restore a backup"):
        Store(store.path, RECORDS, create=True)
    (aside,) = [path for path in store.path.parent.glob("*.before-restore-*") if re.search(r"-\d+$", path.name)]
    with Store(aside, RECORDS) as former:
        assert len(facts(former)["account"]) == 2, "with its -wal"
    restoring.restore(store.path, made)
    with Store(store.path, RECORDS) as again:
        sound(again)


def test_a_new_place_that_cannot_be_written_stays_empty(saved: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    there = tmp_path / "new" / "crm.db"

    def full(source: Any, target: Any, replace: Any = os.replace) -> None:
        if Path(target) == there:
            raise OSError(errno.ENOSPC, "full")
        replace(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", full)
        with pytest.raises(Refused, match="disk is full"):
            restoring.restore(there, newest(saved.store))
    assert [path.name for path in there.parent.iterdir() if not path.name.endswith(".lock")] == []
    with Store(there, RECORDS, create=True) as fresh:
        assert facts(fresh)["account"] == []


def test_every_flipped_bit_is_refused(saved: Desk) -> None:
    store, made = saved.store, newest(saved.store)
    store.close()
    content, before = made.read_bytes(), store.path.read_bytes()
    chance = random.Random(3)
    for _ in range(12):
        at = chance.randrange(len(content))
        made.write_bytes(content[:at] + bytes([content[at] ^ 1 << chance.randrange(8)]) + content[at + 1 :])
        with pytest.raises(Refused, match="is not as it was when it was made"):
            restoring.restore(store.path, made)
    made.write_bytes(content[:-4096])
    with pytest.raises(Refused, match="is not as it was"):
        restoring.restore(store.path, made)
    assert store.path.read_bytes() == before


def test_a_damaged_page_is_seen_before_it_is_believed(saved: Desk) -> None:
    store = saved.store
    store.close()
    content = store.path.read_bytes()
    chance = random.Random(5)
    for _ in range(20):
        at = chance.randrange(4096, len(content))
        store.path.write_bytes(content[:at] + bytes([content[at] ^ 1 << chance.randrange(8)]) + content[at + 1 :])
        try:
            with Store(store.path, RECORDS) as opened, closing(opened.open_reader()) as reader:
                told = check.everything(reader, opened.keys, opened.records)
        except Refused as error:
            told = [error.text]
        assert told, at
    store.path.write_bytes(content)
    with Store(store.path, RECORDS) as opened:
        sound(opened)


def spoil_manifest(path: Path) -> None:
    folders.manifest(path).write_text("[]")


def no_manifest(path: Path) -> None:
    folders.manifest(path).unlink()


def lying_manifest(path: Path) -> None:
    proven = json.loads(folders.manifest(path).read_text())
    folders.manifest(path).write_text(json.dumps({key: proven[key] for key in proven if key != "sha256"}))


def no_id(path: Path) -> None:
    keys.id_file(path).unlink()


def no_file(path: Path) -> None:
    path.unlink()


def no_manifest_and_altered(path: Path) -> None:
    no_manifest(path)
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        byte = file.read(1)
        file.seek(-1, 1)
        file.write(bytes([byte[0] ^ 1]))


def no_manifest_and_cut(path: Path) -> None:
    no_manifest(path)
    os.truncate(path, path.stat().st_size // 2)


@pytest.mark.parametrize("harm", [spoil_manifest, no_manifest, lying_manifest], ids=lambda harm: harm.__name__)
def test_a_backup_that_lost_its_manifest_is_proven_anew(saved: Desk, harm: Any) -> None:
    """Only the large file was copied, or the small one is unreadable: it is restored, and has its manifest again."""
    store, made = saved.store, newest(saved.store)
    facts = json.loads(folders.manifest(made).read_text())
    harm(made)
    assert backup.listed(store.path) == [] or harm is lying_manifest
    found = backup.newest_good(store.path)
    assert found is not None
    assert found.path == made
    assert {key: found.facts[key] for key in ("made_at", "counts", "head", "heads", "erased", "files", "bytes", "sha256")} == {
        key: facts[key] for key in ("made_at", "counts", "head", "heads", "erased", "files", "bytes", "sha256")
    }
    assert [one.path for one in backup.listed(store.path)] == [made]
    harm(made)
    store.close()
    restoring.restore(store.path, made)
    with Store(store.path, RECORDS) as opened:
        sound(opened)


def test_where_nothing_can_be_written_beside_it_it_is_restored_all_the_same(saved: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    store, made = saved.store, newest(saved.store)
    no_manifest(made)
    store.close()

    def read_only(*_: Any) -> Any:
        raise OSError(errno.EROFS, "read-only file system")

    with monkeypatch.context() as patch:
        patch.setattr(proof, "whole_file", read_only)
        assert proof.verify(made)["sha256"] == proof.sha256(made)
    assert not folders.manifest(made).exists()


@pytest.mark.parametrize("harm", [no_manifest_and_altered, no_manifest_and_cut, no_id, no_file], ids=lambda harm: harm.__name__)
def test_what_is_no_proven_backup_is_refused(saved: Desk, harm: Any) -> None:
    store, made = saved.store, newest(saved.store)
    harm(made)
    assert all(one.path.exists() for one in backup.listed(store.path))
    store.close()
    before = store.path.read_bytes()
    with pytest.raises(Refused):
        restoring.restore(store.path, made)
    assert store.path.read_bytes() == before


def test_a_backup_of_another_database_is_refused(saved: Desk, tmp_path: Path) -> None:
    with Store(tmp_path / "other.db", RECORDS, create=True) as other:
        account(Desk(other), "Mine")
    with pytest.raises(Refused, match="is a backup of another database"):
        restoring.restore(tmp_path / "other.db", newest(saved.store))


NOW = dt.datetime.now(dt.UTC)


def pretend(path: Path, made_at: dt.datetime) -> str:
    """A backup as far as a list of them goes."""
    stamp = made_at.strftime(proof.STAMP)
    file = backup.folder(path) / f"x-{stamp}{proof.SUFFIX}"
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(b"x")
    keys.id_file(file).write_bytes(b"x")
    folders.manifest(file).write_text(json.dumps({"made_at": stamp, "counts": {}, "head": None}))
    return stamp


def thin_out(path: Path) -> None:
    """Thin until nothing more goes."""
    count = -1
    while count != (count := len(backup.listed(path))):
        backup.thin_in(backup.folder(path))


def test_thinning_keeps_a_day_then_one_a_day_a_week_a_month(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    for hours in [*range(24), *range(24, 24 * 14, 11), *range(24 * 14, 24 * 7 * 8, 53), *range(24 * 56, 24 * 31 * 26, 173)]:
        pretend(path, NOW - dt.timedelta(hours=hours))
    before = [made.made_at for made in backup.listed(path)]
    thin_out(path)
    left = [dt.datetime.strptime(made.made_at, proof.STAMP).replace(tzinfo=dt.UTC) for made in backup.listed(path)]
    ages = [NOW - made for made in left]
    day, week, month = dt.timedelta(days=1), dt.timedelta(weeks=8), dt.timedelta(days=31 * 24)
    assert sum(age < day for age in ages) == 24
    days = [made.date() for made, age in zip(left, ages, strict=True) if day <= age < dt.timedelta(days=14)]
    assert len(days) == len(set(days)) >= 13
    weeks = [made.isocalendar()[:2] for made, age in zip(left, ages, strict=True) if dt.timedelta(days=14) <= age < week]
    assert len(weeks) == len(set(weeks)) >= 6
    months = [(made.year, made.month) for made, age in zip(left, ages, strict=True) if week <= age]
    assert len(months) == len(set(months)) >= 21
    assert max(ages) < month + dt.timedelta(days=2)
    files = {made.path for made in backup.listed(path)}
    assert {p for p in backup.folder(path).iterdir() if p.name.endswith(proof.SUFFIX)} == files
    assert len(list(backup.folder(path).iterdir())) == 3 * len(files)
    backup.thin_in(backup.folder(path))
    assert {made.path for made in backup.listed(path)} == files
    assert left[0].strftime(proof.STAMP) == before[0]


def test_thinning_keeps_the_newest_of_each(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    noon = (NOW - dt.timedelta(days=5)).replace(hour=12, minute=0)
    recent = [pretend(path, NOW - dt.timedelta(minutes=minutes)) for minutes in range(10)]
    stamps = [pretend(path, noon - dt.timedelta(hours=hours)) for hours in range(4)]
    backup.thin_in(backup.folder(path))
    assert [made.made_at for made in backup.listed(path)] == [*recent, stamps[0]]


def test_a_clock_that_was_wrong_once_costs_no_backup(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    stamps = [pretend(path, NOW - dt.timedelta(days=1000 + hours)) for hours in range(20)]
    now = [pretend(path, NOW - dt.timedelta(minutes=minutes)) for minutes in range(12)]
    thin_out(path)
    assert [made.made_at for made in backup.listed(path)] == [*now, *stamps]


def test_a_stamp_of_the_future_is_not_the_newest_and_hinders_no_thinning(tmp_path: Path) -> None:
    """Of an earlier version, whose backups have no number."""
    path = tmp_path / "x.db"
    ahead = pretend(path, NOW + dt.timedelta(days=365))
    now = [pretend(path, NOW - dt.timedelta(minutes=minutes)) for minutes in range(12)]
    for hours in range(30):
        pretend(path, NOW - dt.timedelta(days=5) - dt.timedelta(minutes=hours))
    assert [made.made_at for made in backup.listed(path)][:12] == now
    thin_out(path)
    left = [made.made_at for made in backup.listed(path)]
    assert left[:12] == now
    assert len(left) == 14
    assert left[-1] == ahead


def test_a_manifest_with_no_stamp_is_none(saved: Desk) -> None:
    before = [made.path for made in backup.listed(saved.store.path)]
    for number, stamp in enumerate(("soon", 7)):
        file = backup.folder(saved.store.path) / f"{number}.backup"
        file.write_bytes(b"x")
        folders.manifest(file).write_text(json.dumps({"made_at": stamp, "counts": {}, "head": None}))
    assert [made.path for made in backup.listed(saved.store.path)] == before


def test_few_backups_are_all_kept_and_few_go_at_once(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    for hours in range(30):
        pretend(path, NOW - dt.timedelta(days=5) - dt.timedelta(minutes=hours))
    backup.thin_in(backup.folder(path))
    assert len(backup.listed(path)) == 30 - thinning.MOST_TAKEN
    thin_out(path)
    assert len(backup.listed(path)) >= thinning.KEEP_NEWEST
