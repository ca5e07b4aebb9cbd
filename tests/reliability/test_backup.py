"""Backups are real: proven when made, also at a second place, and every one of them comes back."""

from __future__ import annotations

import datetime as dt
import errno
import os
import shutil
import time
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from crm_desktop import app
from crm_desktop.desk import attachments, sign_in
from crm_desktop.desk.desk import Desk
from crm_desktop.desk.records import STAFF
from crm_desktop.desk.settings import SECOND_PLACE, Settings
from crm_desktop.duties import RECORDS
from crm_desktop.duties.settings import safety
from crm_desktop.record.text import Refused
from crm_desktop.store import backup, check, database, erased, folders, keys, proof, restoring, second_place, wraps
from crm_desktop.store.store import Store
from crm_desktop.ui import backup_strip
from tests import forgotten
from tests.reliability.killing import Program, needs_kill
from tests.samples import account, facts, sound

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def second(tmp_path: Path) -> Path:
    place = tmp_path / "usb"
    place.mkdir()
    return place


def test_every_backup_made_comes_back(store: Store, desk: Desk, tmp_path: Path) -> None:
    """The drill: each is restored to a place of its own and is as the data was when it was made."""
    held: list[Any] = []
    for n in range(4):
        attachments.add_content(desk, "account", account(desk, f"Client {n}"), "a.txt", os.urandom(2000))
        with closing(store.open_reader()) as reader:
            backup.make(store, reader)
        held.insert(0, facts(store))
    for n, one in enumerate(backup.listed(store.path)):
        place = tmp_path / f"drill-{n}" / "crm.db"
        restoring.restore(place, one.path)
        with Store(place, RECORDS) as again:
            assert facts(again) == held[n]
            sound(again)


@needs_kill
def test_two_programs_that_back_up_in_one_second_keep_both(store: Store, desk: Desk) -> None:
    """Each goes on making backups beside the other, several in a second: no name is given twice, none is written over."""
    account(desk, "Orient")
    store.close()
    programs = [Program("backups", store.path, seed) for seed in (1, 2)]
    for program in programs:
        program.wait(9)  # that it is ready, and eight
    said = [Path(each[1]) for program in programs for each in program.kill(0)[1:]]
    assert len(said) >= 16
    assert len(set(said)) == len(said), "a name was given twice"
    for each in said:
        proof.verify(each)


def test_a_name_that_was_chosen_and_is_taken_meanwhile_is_left_alone(store: Store, desk: Desk, reader: Any, tmp_path: Path) -> None:
    account(desk, "Orient")
    chosen = tmp_path / "mine.backup"

    def step() -> None:
        chosen.write_bytes(b"somebody else's")

    with pytest.raises(Refused, match="is there already"):
        backup.make(store, reader, chosen, step)
    assert chosen.read_bytes() == b"somebody else's"
    assert [path.name for path in tmp_path.glob("*mine*")] == [chosen.name], "nothing half done is left"


def test_the_second_place_has_what_the_first_has(store: Store, desk: Desk, second: Path, tmp_path: Path) -> None:
    attachments.add_content(desk, "account", account(desk, "Orient"), "a.txt", b"hello")
    for n in range(2):
        account(desk, f"Client {n}")
        made = safety.back_up(store, lambda: None, str(second))
    held = facts(store)
    there = backup.listed_in(second_place.place_of(store.path, second))
    assert [one.path.name for one in there][:1] == [made.name]
    assert len(there) == 2
    assert not list(second.rglob("*.part*"))
    store.close()
    for path in (store.path, *backup.folder(store.path).glob("*.backup*")):
        path.unlink()
    restoring.restore(tmp_path / "new" / "crm.db", there[0].path)
    with Store(tmp_path / "new" / "crm.db", RECORDS) as again:
        assert facts(again) == held
        sound(again)


def test_a_second_place_that_is_away_is_told_and_the_backup_stands(store: Store, desk: Desk, second: Path) -> None:
    account(desk, "Orient")
    second.rmdir()
    with pytest.raises(Refused, match="cannot be reached"):
        safety.back_up(store, lambda: None, str(second))
    assert len(backup.listed(store.path)) == 1
    with closing(store.open_reader()) as reader:
        problem, old = safety.keep_backed_up(store, reader, str(second))
        assert isinstance(problem, Refused)
        assert not old
        second.mkdir()
        assert safety.keep_backed_up(store, reader, str(second)) == (None, False)
    assert second_place.newest(store.path, second) is not None


def test_what_was_not_copied_rightly_does_not_count(store: Store, desk: Desk, second: Path) -> None:
    account(desk, "Orient")
    made = safety.back_up(store, lambda: None)
    made.write_bytes(made.read_bytes()[:-1] + b"x")
    with pytest.raises(Refused, match="not as it was when it was made"):
        second_place.bring(store.path, second)
    assert second_place.newest(store.path, second) is None
    assert not list(second.rglob("*.part*"))


def test_what_a_killed_backup_left_is_swept(store: Store, desk: Desk, reader: Any) -> None:
    account(desk, "Orient")
    folder = backup.folder(store.path)
    folder.mkdir()
    old, new = folder / ".crm-1.backup.0a.part", folder / ".crm-2.backup.0b.part"
    for each in (old, new):
        each.write_bytes(b"half")
    os.utime(old, (time.time() - 90_000,) * 2)
    backup.make(store, reader)
    assert (old.exists(), new.exists()) == (False, True)


def test_a_backup_whose_proof_was_never_written_gets_one(store: Store, desk: Desk, second: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed between the name and the manifest, here and at the second place: once it is a day old it is proven anew, and a name
    that only was taken goes; what another program makes just now stays."""
    account(desk, "Orient")
    folder, there = backup.folder(store.path), second_place.place_of(store.path, second)

    def kill(*_: object) -> None:
        raise KeyboardInterrupt

    for module, place in ((proof, None), (second_place, str(second))):
        with monkeypatch.context() as patch:
            patch.setattr(module, "whole_file", kill)
            with pytest.raises(KeyboardInterrupt):
                safety.back_up(store, lambda: None, place or "")
        if place is None:
            (left,) = folder.glob("*.backup")
    (left_there,) = there.glob("*.backup")
    taken, new, ahead = folder / "crm-old.backup", folder / "crm-new.backup", folder / "crm-ahead.backup"
    for each, age in ((left, 90_000), (left_there, 90_000), (taken, 90_000), (new, 3_600), (ahead, -90_000)):
        each.touch()
        os.utime(each, (time.time() - age,) * 2)
    account(desk, "Occident")
    made = safety.back_up(store, lambda: None, str(second))
    proven = {one.path.name for one in backup.listed(store.path)}
    assert {left.name, made.name} <= proven
    assert {path.name for path in folder.glob("*.backup")} == {new.name, ahead.name, *proven}
    assert {one.path.name for one in backup.listed_in(there)} == {path.name for path in there.glob("*.backup")} == {left_there.name, made.name}
    assert backup.listed(store.path)[0].path.name == made.name
    for place in (folder, there):
        assert not [path for path in place.glob("*.backup.id") if not path.with_suffix("").exists()]


def test_a_whole_file_that_does_not_pass_is_read_once_and_stays(store: Store, desk: Desk, reader: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Damaged, and without a manifest: not proven again at each backup, and never taken away. Nor is what else somebody put there."""
    account(desk, "Orient")
    made = backup.make(store, reader).path
    folders.manifest(made).unlink()
    content = bytearray(made.read_bytes())
    content[len(content) // 2] ^= 1
    made.write_bytes(content)
    mine = [made.with_name(name) for name in ("crm-1.backup.zip", "crm-1.backup.7z", "notes.backup.txt", "a.backup.json.bak")]
    for each in mine:
        each.write_text("mine")
    for each in (made, *mine):
        os.utime(each, (time.time() - 90_000,) * 2)
    tried: list[Path] = []
    prove = proof.prove_anew
    monkeypatch.setattr(proof, "prove_anew", lambda file: tried.append(file) or prove(file))
    for name in ("Occident", "Meridian", "Levant"):
        account(desk, name)
        backup.make(store, reader, waiting=name == "Occident")
    assert tried == [made], "once, and not while a person waits"
    assert made.exists()
    assert made not in [one.path for one in backup.listed(store.path)]
    assert all(each.exists() for each in mine)


def test_the_newest_that_lost_its_manifest_is_still_the_newest(store: Store, desk: Desk, reader: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    now = dt.datetime.now(dt.UTC)
    for name, hours in (("Orient", 3), ("Occident", 2), ("Meridian", 1)):
        account(desk, name)
        with monkeypatch.context() as patch:
            patch.setattr(backup, "clock", partial(now.__sub__, dt.timedelta(hours=hours)))
            newest = backup.make(store, reader).path
    folders.manifest(newest).unlink()
    found = backup.newest_good(store.path)
    assert found is not None
    assert found.path == newest


def test_a_copy_under_another_name_is_without_who_was_erased_since(store: Store, desk: Desk, reader: Any, tmp_path: Path) -> None:
    """This PC knows of it, though neither the stick nor the new database does."""
    ids = forgotten.house(desk)
    stick = tmp_path / "stick"
    stick.mkdir()
    old = backup.make(store, reader, stick / "old.backup").path
    forgotten.erased(desk, ids)
    path = store.path.with_name("crm-2.db")
    restoring.restore(path, old)
    with Store(path, RECORDS) as again:
        assert again.writer.execute("select count(*) from person where name = ?", (forgotten.NAME,)).fetchone() == (0,)
        assert ids["guest"] in [row_id for _, row_id in erased.listed(path)]


def test_a_backup_of_before_the_passwords_opens_with_the_sheet_too(store: Store, desk: Desk, reader: Any, tmp_path: Path, cheap_passwords: None) -> None:
    """Restored under another name: its own backups are opened by the recovery key on another PC."""
    person = desk.save(STAFF, None, 0, {"name": "李娜", "role": "dosm"}).rows[0][1]
    old, printed = backup.make(store, reader, tmp_path / "old.backup").path, wraps.new_recovery()
    sign_in.begin(desk, person, "lina", "correct horse battery", printed)
    path = store.path.with_name("crm-2.db")
    restoring.restore(path, old)
    with Store(path, RECORDS) as again, closing(again.open_reader()) as other:
        made = backup.make(again, other).path
    shutil.rmtree(keys.key_folder())
    keys._unlocked.clear()
    assert wraps.open_with_recovery(made, printed).database_id == store.keys.database_id


def test_what_stood_beside_a_backup_that_was_taken_away_goes(store: Store, desk: Desk, reader: Any) -> None:
    """Killed while one was taken away: the large file goes first, the rest a day later."""
    account(desk, "Orient")
    kept = backup.make(store, reader).path
    old, new = kept.with_name("crm-1.backup.json"), kept.with_name("crm-2.backup.id")
    for each in (old, new):
        each.write_text("{}")
    os.utime(old, (time.time() - 90_000,) * 2)
    backup.make(store, reader)
    assert (old.exists(), new.exists(), kept.exists()) == (False, True, True)


@pytest.mark.parametrize(
    ("hours", "changed", "old"), [(None, True, True), (None, False, False), (23.9, True, False), (24.1, True, True), (24.1, False, False)]
)
def test_a_backup_is_old_after_a_day_in_which_something_changed(hours: float | None, changed: bool, old: bool) -> None:
    made = [] if hours is None else [backup.Backup(Path("x"), {"made_at": (dt.datetime.now(dt.UTC) - dt.timedelta(hours=hours)).strftime(proof.STAMP)})]
    assert safety.State("x", 0, 0, made, changed).backup_is_old == old


def test_a_backup_stamped_in_the_future_is_none_of_the_last_day() -> None:
    def of(minutes: int) -> safety.State:
        stamp = (dt.datetime.now(dt.UTC) + dt.timedelta(minutes=minutes)).strftime(proof.STAMP)
        return safety.State("x", 0, 0, [backup.Backup(Path("x"), {"made_at": stamp})], changed=True)

    assert of(60 * 24).backup_is_old
    assert not of(2).backup_is_old, "clocks are put right by seconds"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> dict[str, float]:
    """A PC whose clock is wrong by some days."""
    wrong = {"days": 0.0}
    monkeypatch.setattr(backup, "clock", lambda: dt.datetime.now(dt.UTC) + dt.timedelta(days=wrong["days"]))
    return wrong


@pytest.mark.parametrize("days", [365, -3000], ids=["ahead", "behind"])
def test_a_clock_that_was_wrong_once_hides_no_backup(store: Store, desk: Desk, reader: Any, second: Path, clock: dict[str, float], days: float) -> None:
    account(desk, "Before")
    clock["days"] = days
    wrong = safety.back_up(store, lambda: None, str(second))
    clock["days"] = 0
    assert backup.is_due(store, reader) == (days > 0), "a stamp of the future is made good at once"
    for n in range(12):  # more than stay in any case
        account(desk, f"Client {n}")
        made = safety.back_up(store, lambda: None, str(second))
        assert backup.listed(store.path)[0].path == made
        assert [one.path.name for one in (second_place.newest(store.path, second),) if one] == [made.name]
    found = backup.newest_good(store.path)
    assert found is not None
    assert found.facts["counts"]["account"] == 13
    assert backup.listed(store.path)[-1].path == wrong
    assert not backup.is_due(store, reader)
    account(desk, "Nowhere else")
    clock["days"] = 2
    assert safety.state(store, reader).backup_is_old
    assert safety.keep_backed_up(store, reader) == (None, False)


def test_while_the_clock_is_behind_one_backup_is_enough(store: Store, desk: Desk, reader: Any, clock: dict[str, float]) -> None:
    account(desk, "Orient")
    backup.make(store, reader)
    clock["days"] = -3000
    assert backup.is_due(store, reader)
    backup.make(store, reader)
    assert not backup.is_due(store, reader)


@pytest.mark.parametrize("saves", [1, 6])
@pytest.mark.parametrize("large", [False, True], ids=["small", "large"])
def test_after_an_older_backup_was_restored_the_next_one_is_the_newest(store: Store, desk: Desk, monkeypatch: pytest.MonkeyPatch, large: bool, saves: int) -> None:
    """The log is shorter than in those of what was given up, or another one."""
    monkeypatch.setattr(backup, "LARGE", 0 if large else backup.LARGE)
    made = []
    for n in range(4):
        account(desk, f"Client {n}")
        made.append(safety.back_up(store, lambda: None))
    store.close()
    restoring.restore(store.path, made[1])
    with Store(store.path, RECORDS) as again:
        for n in range(saves):
            account(Desk(again), f"Goes on {n}")
        after = safety.back_up(again, lambda: None)
        assert backup.listed(store.path)[0].path == after
        with closing(again.open_reader()) as reader:
            assert not backup.is_due(again, reader)


def test_a_folder_of_backups_that_was_lost_leaves_the_second_place_in_order(store: Store, desk: Desk, second: Path, clock: dict[str, float]) -> None:
    clock["days"] = 1
    for n in range(3):
        account(desk, f"Client {n}")
        safety.back_up(store, lambda: None, str(second))
    for path in backup.folder(store.path).glob("*.backup*"):
        path.unlink()
    clock["days"] = 0
    account(desk, "Later")
    made = safety.back_up(store, lambda: None, str(second))
    assert [one.path.name for one in (second_place.newest(store.path, second),) if one] == [made.name]


def test_a_day_without_a_backup_stands_in_red(store: Store, qtbot: Any, second: Path) -> None:
    store.close()
    program = app.Program(store.path, Settings())
    program.window.show()
    backup_strip.tell(program.window, (None, True))
    strip = program.window.strips.strip(backup_strip.KEY)
    assert strip is not None
    assert "no backup of the last 24 hours" in strip.words.text()
    backup_strip.tell(program.window, (OSError(errno.ENOSPC, "x"), False))
    assert program.window.toast.label.text() == "The backup that is made by itself was not. The disk is full. Nothing was changed; make room and try again."
    assert program.window.strips.strip(backup_strip.KEY) is None
    program.window.go("settings")
    page = program.window.page("settings")
    backup_strip.tell(program.window, (None, True))
    page.backups.back_up()
    qtbot.waitUntil(lambda: page.backups.list.rowCount() == 1, timeout=20_000)
    assert program.window.strips.strip(backup_strip.KEY) is None, "there is one now"
    page.backups.second.take(str(second))
    qtbot.waitUntil(lambda: "the newest there is of" in page.backups.second.words.text(), timeout=20_000)
    assert program.settings.get(SECOND_PLACE) == str(second)
    page.backups.second.stop.click()
    assert program.settings.get(SECOND_PLACE) == ""
    program.window.close()
    program.close()


def test_a_large_database_has_its_whole_log_read_once_a_day(store: Store, desk: Desk, reader: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup, "LARGE", 0)
    for n in range(3):
        account(desk, f"Client {n}")
    first = backup.make(store, reader)
    account(desk, "Later")
    second = backup.make(store, reader)
    assert second.facts["whole"] == first.facts["whole"]
    assert second.facts["heads"]["1"][0] == 4
    store.writer.execute("update change set who = 'x' where seq = 2")  # read again tomorrow
    account(desk, "Later still")
    third = backup.make(store, reader)
    assert third.facts["whole"] == first.facts["whole"]
    account(desk, "Last")
    store.writer.execute("update change set who = 'x' where seq = 6")
    with pytest.raises(Refused, match="Log entry 6 was changed"):
        backup.make(store, reader)
    store.writer.execute("update change set who = 'Li Na' where seq = 6")
    monkeypatch.setattr(backup, "WHOLE_EVERY_HOURS", 0)
    with pytest.raises(Refused, match="Log entry 2 was changed"):
        backup.make(store, reader)
    store.writer.execute("update change set who = 'Li Na' where seq = 2")
    monkeypatch.setattr(backup, "WHOLE_EVERY_HOURS", 24)
    store.writer.execute("update change set seq = 9 where seq = 5")  # what was proven is there no more
    with pytest.raises(Refused, match=r"entry 5 was changed|gap before entry"):
        backup.make(store, reader)


def test_a_large_database_has_its_indexes_compared_once_a_day(store: Store, desk: Desk, reader: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []
    pages = check.pages

    def noted(connection: Any, *, indexes: bool = True) -> Any:
        asked.append(indexes)
        return pages(connection, indexes=indexes)

    monkeypatch.setattr(check, "pages", noted)
    for wide, hours, waiting in ((256 << 20, 24, False), (0, 24, False), (0, 24, True), (0, 0, False), (0, 24, False)):
        monkeypatch.setattr(backup, "WIDE", wide)
        monkeypatch.setattr(backup, "WHOLE_EVERY_HOURS", hours)
        account(desk, "Orient")
        backup.make(store, reader, waiting=waiting)
    assert asked == [True, False, False, True, False]
    monkeypatch.setattr(backup, "WIDE", 256 << 20)
    backup.make(store, reader)
    assert asked[-1], "of a small one each time"


@pytest.mark.long
def test_a_large_one_is_back_within_a_minute_for_each_gibibyte(store: Store, desk: Desk) -> None:
    """In seconds of the processor: what a disk takes comes on top of it. CRM_TEST_GIB: another size."""
    parts, held = round(1024 * float(os.environ.get("CRM_TEST_GIB", "0.25"))), "select count(*), sum(length(value)), max(value) from setting where key like 'ballast%'"
    account(desk, "Orient")
    for n in range(parts):
        store.writer.execute("insert into setting (key, value) values (?, ?)", (f"ballast {n}", os.urandom(1 << 19).hex()))
    before = store.writer.execute(held).fetchone()
    begun = time.process_time()
    with closing(store.open_reader()) as reader:
        made = backup.make(store, reader)
    between = time.process_time()
    store.close()
    restoring.restore(store.path, made.path)
    took = time.process_time() - between
    with closing(database.connect(store.path, store.keys, readonly=True)) as again:
        assert again.execute(held).fetchone() == before
    gib = made.facts["bytes"] / (1 << 30)
    print(f"{gib:.2f} GiB: made and proven in {(between - begun) / gib:.1f} s, put back in {took / gib:.1f} s for each GiB")
    assert took / gib < 60
