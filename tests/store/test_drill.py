"""The restore drill and the weekly check: what is found is true, kept, and nothing of it touches the data."""

from __future__ import annotations

import datetime as dt
import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.desk.desk import Desk
from crm_desktop.duties import RECORDS
from crm_desktop.duties.settings import safety
from crm_desktop.record.text import Refused, Text
from crm_desktop.store import backup, drill, keys, restoring, weekly
from crm_desktop.store.store import Store
from tests.samples import account

pytestmark = pytest.mark.embedded


def _nothing() -> None:
    pass


@pytest.fixture
def backed(store: Store, desk: Desk) -> backup.Backup:
    for n in range(30):
        account(desk, f"Client {n}")
    with closing(store.open_reader()) as reader:
        return backup.make(store, reader)


def _there(store: Store) -> set[Path]:
    return {each for each in [*store.path.parent.rglob("*"), *keys.key_folder().glob("*")] if each.name != drill.FILE}


def test_a_backup_comes_back_whole_while_the_data_are_in_use(store: Store, desk: Desk, backed: backup.Backup) -> None:
    before, head = _there(store), store.keys.head_file.read_bytes()
    account(desk, "made since")
    head_after = store.keys.head_file.read_bytes()
    found = drill.hold(store.path, RECORDS, _nothing)
    assert (found.problems, found.rows, found.backup) == ([], backed.rows, backed.path.name)
    assert found.rows >= 30
    assert store.keys.head_file.read_bytes() == head_after != head
    assert _there(store) == before, "nothing is left behind"
    kept = drill.last(store.path)
    assert kept is not None
    assert kept.facts == found.facts
    account(desk, "still writing")


def test_a_backup_that_rotted_is_told(store: Store, backed: backup.Backup) -> None:
    with backed.path.open("r+b") as file:
        file.seek(8192)
        file.write(b"\x00" * 64)
    before = _there(store)
    found = drill.hold(store.path, RECORDS, _nothing)
    assert len(found.problems) == 1
    assert "not as it was when it was made" in found.problems[0]
    assert _there(store) == before
    assert drill.last(store.path).problems == found.problems  # type: ignore[union-attr]


def test_fewer_rows_than_were_backed_up_are_told(store: Store, backed: backup.Backup) -> None:
    proof = backed.path.with_name(backed.path.name + ".json")
    facts = json.loads(proof.read_text("utf-8"))
    facts["counts"]["account"] += 1
    proof.write_text(json.dumps(facts), "utf-8")
    assert any("were backed up" in problem for problem in drill.hold(store.path, RECORDS, _nothing).problems)


def test_there_is_none_without_a_backup_and_it_can_be_stopped(store: Store, desk: Desk) -> None:
    with pytest.raises(Refused, match="no backup to try"):
        drill.hold(store.path, RECORDS, _nothing)
    assert drill.last(store.path) is None
    account(desk, "甲")
    with closing(store.open_reader()) as reader:
        backup.make(store, reader)
    before = _there(store)

    def stop() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        drill.hold(store.path, RECORDS, stop)
    assert _there(store) == before
    assert drill.last(store.path) is None


def _at(path: Path, instant: dt.datetime) -> None:
    (backup.folder(path) / backup.CHECKED).write_text(json.dumps({"at": instant.strftime(weekly.FORM), "problems": []}), "utf-8")


@pytest.mark.parametrize(("days", "due"), [(0, False), (6, False), (8, True), (-2, True)])
def test_when_the_weekly_check_is_due(store: Store, days: int, due: bool) -> None:
    assert weekly.is_due(store.path), "nothing was checked yet"
    weekly.keep(store.path, [])
    _at(store.path, dt.datetime.now(dt.UTC) - dt.timedelta(days=days, minutes=1))
    assert weekly.is_due(store.path) is due


def test_what_it_found_is_kept_and_a_check_by_hand_counts(store: Store) -> None:
    weekly.keep(store.path, [Text("Log entry {number} was changed after it was written", number=7)])
    found = weekly.last(store.path)
    assert found is not None
    assert found[1] == ["Log entry 7 was changed after it was written"]
    with closing(store.open_reader()) as reader:
        assert safety.check_all(store, reader) == []
    assert weekly.last(store.path)[1] == []  # type: ignore[index]
    (backup.folder(store.path) / backup.CHECKED).write_text("{", "utf-8")
    assert weekly.last(store.path) is None
    assert weekly.is_due(store.path)


def test_never_two_at_once(store: Store) -> None:
    taken: list[Any] = []
    with weekly.turn(store.path) as mine, weekly.turn(store.path) as other:
        taken = [mine, other]
    assert taken == [True, False]
    with weekly.turn(store.path) as again:
        assert again


def test_what_a_check_found_of_other_data_is_not_said_of_these(store: Store) -> None:
    """Restored, the data is another; the check of the damaged file does not speak of it, and its own is due."""
    with closing(store.open_reader()) as reader:
        made = backup.make(store, reader)
    weekly.keep(store.path, [Text("Log entry {number} was changed after it was written", number=7)])
    store.close()
    restoring.restore(store.path, made.path)
    assert weekly.last(store.path) is None
    assert weekly.is_due(store.path)
