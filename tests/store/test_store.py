"""Opening a database: its keys, its place, its neighbours; and saving in it beside others."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.desk.desk import Desk
from crm_desktop.duties import RECORDS
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.exchange import importing
from crm_desktop.record.text import Refused, Text
from crm_desktop.store import database as database_module
from crm_desktop.store import keys
from crm_desktop.store.folders import settings_folder
from crm_desktop.store.locks import Place
from crm_desktop.store.store import Store
from tests.exchange.test_csv_out import small_disk
from tests.samples import REPOSITORY, STAY, account, change, csv_file, prepared, row, sound


@pytest.mark.embedded
def test_the_engine_is_safe_and_set_up_as_it_must_be(store: Store, reader: Any) -> None:
    assert database_module.sqlite3.sqlite_version_info >= database_module.OLDEST_SAFE
    wanted = {
        "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "trusted_schema": 0, "cell_size_check": 1, "mmap_size": 0, "secure_delete": 1,
    }  # fmt: skip
    for name, value in wanted.items():
        assert store.writer.execute(f"pragma {name}").fetchone()[0] == value, name
    assert reader.execute("pragma query_only").fetchone() == (1,)
    with pytest.raises(database_module.Error):
        reader.execute("delete from account")


@pytest.mark.embedded
def test_the_file_and_its_key_are_this_persons_alone(store: Store, desk: Desk) -> None:
    account(desk, "Orient Express")
    if os.name != "nt":
        for path in (store.path, store.path.with_name(store.path.name + "-wal"), keys.id_file(store.path), store.keys.head_file):
            assert path.stat().st_mode & 0o077 == 0, path
    assert os.name == "nt" or not (store.keys.head_file.parent / f"{store.keys.database_id}.key").stat().st_mode & 0o077


@pytest.mark.embedded
def test_nothing_is_readable_in_the_file(desk: Desk, store: Store) -> None:
    account(desk, "Orient Express")
    store.close()
    content = store.path.read_bytes()
    assert b"Orient" not in content
    assert not content.startswith(b"SQLite format 3")
    assert store.keys.secret.encode() not in content


@pytest.mark.parametrize("name", ["数据 目录/crm #1 100%?&.db", "a'b\"c.db", "plain", "x;y=z.db"])
def test_any_name_will_do(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with Store(path, RECORDS, create=True) as store:
        account(Desk(store), "Orient")
    with Store(path, RECORDS) as store:
        assert store.writer.execute("select name from account").fetchone() == ("Orient",)
    assert path.exists()


def foreign(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\0" + b"\0" * 5000)


def claimed(path: Path) -> None:
    foreign(path)
    keys.make_keys(path)


def no_key(path: Path) -> None:
    with Store(path, RECORDS, create=True) as store:
        (settings_folder() / "keys" / f"{store.keys.database_id}.key").unlink()


def other_key(path: Path) -> None:
    with Store(path, RECORDS, create=True):
        pass
    other = keys.new_keys()
    keys.keep_keys(path, other)


def lost(path: Path) -> None:
    with Store(path, RECORDS, create=True) as store:
        account(Desk(store), "Orient")
    path.unlink()


def garbled_id(path: Path) -> None:
    with Store(path, RECORDS, create=True):
        pass
    keys.id_file(path).write_bytes(b"\xff\xfe../../etc")


@pytest.mark.parametrize("create", [False, True])
@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (foreign, "is not a database of this program"), (claimed, "is damaged: it cannot be read"), (no_key, "is not on this PC"),
        (other_key, "is damaged: it cannot be read"), (lost, "is missing; restore a backup"), (Path.mkdir, "is not a database of this program"),
        (garbled_id, "is not a database of this program"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)  # fmt: skip
def test_what_is_not_ours_is_refused_and_left_alone(tmp_path: Path, make: Any, reason: str, create: bool) -> None:
    path = tmp_path / "x.db"
    make(path)
    before = {p: p.read_bytes() for p in tmp_path.iterdir() if p.is_file() and p.suffix != ".lock"}
    with pytest.raises(Refused, match=reason):
        Store(path, RECORDS, create=create)
    assert {p: p.read_bytes() for p in tmp_path.iterdir() if p.is_file() and p.suffix != ".lock"} == before


def test_nothing_is_made_unless_asked(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="There is no database"):
        Store(tmp_path / "x.db", RECORDS)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("path", [Path(), Path("/"), Path("..")])
def test_a_folder_is_no_database(path: Path) -> None:
    with pytest.raises(Refused):
        Store(path, RECORDS, create=True)


def test_a_beginning_that_was_cut_off_is_begun_again(database: Path) -> None:
    keys.make_keys(database)
    database.touch()
    with Store(database, RECORDS, create=True) as store:
        account(Desk(store), "Orient")
    with Store(database, RECORDS) as store:
        sound(store)


def test_keys_are_never_made_twice_for_one_database(database: Path) -> None:
    first, second = keys.make_keys(database), keys.make_keys(database, keys.new_keys())
    assert (first.database_id, first.secret) == (second.database_id, second.secret)


@pytest.mark.embedded
def test_a_place_alone_is_alone_also_in_this_program(store: Store) -> None:
    with pytest.raises(Refused, match="open in another window"):
        Place(store.path, alone=True)
    store.close()
    alone = Place(store.path, alone=True)
    with pytest.raises(Refused, match="open in another window"):
        Store(store.path, RECORDS)
    alone.release()
    Store(store.path, RECORDS).close()


@pytest.mark.embedded
def test_many_may_have_it_open(store: Store) -> None:
    others = [Store(store.path, RECORDS) for _ in range(70)]
    others[0].close()
    with pytest.raises(Refused, match="open in another window"):
        Place(store.path, alone=True)
    for other in others:
        other.close()


def test_a_failure_in_the_middle_changes_nothing(store: Store, desk: Desk) -> None:
    orient = account(desk, "Orient")

    def half_done() -> None:
        with store.change(Text("Test"), who="x") as writing:
            writing.update(ACCOUNT, orient, 1, {"name": "Occident"})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half_done()
    assert row(desk, ACCOUNT, orient)["name"] == "Orient"
    change(desk, ACCOUNT, orient, name="Next works")
    sound(store)


@pytest.mark.embedded
def test_a_head_that_cannot_be_noted_does_not_unsave(store: Store, desk: Desk) -> None:
    store.keys.head_file.unlink(missing_ok=True)
    store.keys.head_file.mkdir()
    orient = account(desk, "Orient")
    assert row(desk, ACCOUNT, orient)["name"] == "Orient"
    store.keys.head_file.rmdir()
    account(desk, "Second")
    sound(store)


def test_settings_of_the_data(store: Store) -> None:
    assert store.setting("hotel", "none") == "none"
    store.set_setting("hotel", "1")
    store.set_setting("hotel", "2")
    assert store.setting("hotel") == "2"


def test_a_save_waits_for_a_long_import_and_succeeds(database: Path, tmp_path: Path) -> None:
    Store(database, RECORDS, create=True).close()
    busy, done = threading.Event(), threading.Event()
    order: list[str] = []

    class Slow:
        def step(self, done_rows: int, total: int) -> None:
            assert 0 < done_rows <= total
            busy.set()
            time.sleep(0.15)

    def bring_in() -> None:
        with Store(database, RECORDS) as store:
            importing.write(Desk(store, "importer"), ready, Slow())
            order.append("import")
        done.set()

    rows = [("City Hotel", "2026-11-16", "2026-11-18", str(n)) for n in range(5000)]
    with Store(database, RECORDS) as store:
        path = csv_file(tmp_path / "s.csv", ("hotel", "arrival", "departure", "rate"), *rows)
        ready = prepared(Desk(store), path, STAY)
        thread = threading.Thread(target=bring_in)
        thread.start()
        assert busy.wait(30)
        account(Desk(store), "Waited")
        order.append("save")
        thread.join(30)
        assert done.is_set()
        assert order == ["import", "save"]
        assert store.writer.execute("select count(*) from stay").fetchone() == (5000,)
        sound(store)


EDITOR = """
import sys
from pathlib import Path
from crm_desktop.desk.desk import Conflict, Desk
from crm_desktop.duties import RECORDS
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.store.store import Store
conflicts = 0
with Store(sys.argv[1], RECORDS) as store:
    desk = Desk(store, sys.argv[2])
    ids = [r[0] for r in store.writer.execute("select id from account order by id")]
    for n in range(int(sys.argv[3])):
        while True:
            found = desk.get(ACCOUNT, ids[n % len(ids)])
            try:
                desk.save(ACCOUNT, found["id"], found["version"], {"remark": found["remark"] + sys.argv[2]})
                break
            except Conflict:
                conflicts += 1
print(conflicts)
"""


@pytest.mark.parametrize("edits", [60, pytest.param(600, marks=pytest.mark.long)])
def test_two_programs_lose_no_edit(store: Store, desk: Desk, edits: int) -> None:
    ids = [account(desk, f"Client {n}") for n in range(3)]
    started = [
        subprocess.Popen([sys.executable, "-c", EDITOR, str(store.address), letter, str(edits)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=REPOSITORY)
        for letter in "ab"
    ]
    for process in started:
        _, err = process.communicate(timeout=300)
        assert (process.returncode, err) == (0, "")
    remarks = "".join(row(desk, ACCOUNT, row_id)["remark"] for row_id in ids)
    assert (remarks.count("a"), remarks.count("b")) == (edits, edits)
    assert sum(row(desk, ACCOUNT, row_id)["version"] - 1 for row_id in ids) == 2 * edits
    sound(store)


def test_a_reader_sees_one_moment(store: Store, desk: Desk, reader: Any) -> None:
    account(desk, "First")
    reader.execute("begin")
    assert reader.execute("select count(*) from account").fetchone() == (1,)
    account(desk, "Second")
    assert reader.execute("select count(*) from account").fetchone() == (1,)
    reader.execute("commit")
    assert reader.execute("select count(*) from account").fetchone() == (2,)


@pytest.mark.embedded
def test_a_copy_without_its_key_cannot_be_opened(store: Store, desk: Desk, tmp_path: Path) -> None:
    account(desk, "Orient")
    store.close()
    shutil.copy(store.path, tmp_path / "copy.db")
    with pytest.raises(Refused, match="is not a database of this program"):
        Store(tmp_path / "copy.db", RECORDS)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("database or disk is full", "The disk is full"), ("disk I/O error", "could not be read or written"),
        ("attempt to write a readonly database", "cannot be written here"), ("database is locked", "Another program is writing"),
        ("database disk image is malformed", "is damaged"), ("UNIQUE constraint failed: account.code", "already has this number"),
        ("FOREIGN KEY constraint failed", "no longer there"), ("unable to open database file", "cannot be opened"),
        ("file is not a database", "damaged or not ours"), ("something new", "The database refused this: something new"),
    ],
)  # fmt: skip
def test_every_refusal_is_a_sentence(words: str, sentence: str) -> None:
    assert sentence in str(database_module.explain(database_module.Error(words)))
    assert "it is not there" in str(database_module.explain(FileNotFoundError(2, "No such file or directory", "/data/fullhouse/a.csv")))
    assert "The disk is full" in str(database_module.explain(OSError(28, "No space left on device", "/data/a.csv")))
    same = Refused(Text("Mine"))
    assert database_module.explain(same) is same


@pytest.mark.skipif(os.name == "nt", reason="a small disk is made by mount")
def test_a_full_disk_loses_nothing_and_the_next_save_works(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 11000), Store(tmp_path / "disk" / "x.db", RECORDS, create=True) as store:
        desk, ids, ballast = Desk(store), [], tmp_path / "disk" / "ballast"
        ballast.write_bytes(b"x" * 600_000)

        def fill() -> None:
            for n in range(2000):
                ids.append(account(desk, f"Client {n}", remark="x" * 15_000))

        with pytest.raises(Refused, match=r"disk is full|could not be read or written"):
            fill()
        with closing(store.open_reader()) as reader:
            assert [r[0] for r in reader.execute("select id from account order by id")] == ids
        sound(store)
        ballast.unlink()
        account(desk, "After room was made")
        sound(store)
