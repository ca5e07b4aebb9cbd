"""Drafts on the disk: encrypted, of one program each, taken over from those that are gone."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from crm_desktop.record.text import Refused
from crm_desktop.store import database
from crm_desktop.store.draft_file import DraftFile
from crm_desktop.store.folders import DRAFTS, refuse_ours
from crm_desktop.store.store import Store
from tests.samples import REPOSITORY

pytestmark = pytest.mark.embedded


@pytest.fixture
def make(store: Store) -> Iterator[object]:
    """Makes the drafts of one more program on the same database."""
    made: list[DraftFile] = []

    def one() -> DraftFile:
        made.append(DraftFile(store.path, store.keys))
        return made[-1]

    yield one
    for each in made:
        each.close()


def beside(store: Store) -> list[str]:
    """The draft files there are."""
    return sorted(path.name for path in store.path.parent.iterdir() if DRAFTS in path.name)


def test_nothing_is_there_before_the_first_draft_and_after_the_last(store: Store, make: type[DraftFile]) -> None:
    drafts = make()
    drafts.write({}, ["never there"])
    assert beside(store) == []
    drafts.write({"a": "1", "b": "2"})
    drafts.write({"c": "3"}, ["a"])
    assert len([name for name in beside(store) if len(name.rpartition(DRAFTS)[2]) == 8]) == 1
    drafts.write({}, ["b", "c"])
    drafts.close()
    assert beside(store) == []


def test_drafts_of_a_running_program_are_its_own(store: Store, make: type[DraftFile]) -> None:
    first, second = make(), make()
    first.write({"a": "1"})
    assert second.take_over() == {}
    first.close()
    assert second.take_over() == {"a": "1"}
    assert second.take_over() == {}
    assert first.path.name not in beside(store)
    second.close()
    assert make().take_over() == {"a": "1"}  # taken over is not lost when the taker goes too


def test_the_newest_of_two_left_behind_is_not_worth_losing_the_other(make: type[DraftFile]) -> None:
    for number in range(3):
        drafts = make()
        drafts.write({f"only {number}": str(number), "same": str(number)})
        drafts.close()
    found = make().take_over()
    assert {name: found[name] for name in found if name != "same"} == {f"only {n}": str(n) for n in range(3)}


def test_a_draft_file_that_cannot_be_read_stays(store: Store, make: type[DraftFile]) -> None:
    left = make()
    left.write({"a": "1"})
    left.close()
    left.path.write_bytes(b"x" * 4096)
    assert make().take_over() == {}
    assert left.path.read_bytes() == b"x" * 4096


def test_nothing_of_it_can_be_read_without_the_key(store: Store, make: type[DraftFile]) -> None:
    drafts = make()
    drafts.write({"person": "欧阳秘密 said he would pay"})
    for path in store.path.parent.iterdir():
        if path.is_file():
            content = path.read_bytes()
            assert not [word for word in ("欧阳秘密".encode(), b"would pay", b"create table") if word in content], path.name
    if sys.platform != "win32":
        assert drafts.path.stat().st_mode & 0o077 == 0


def test_a_full_disk_keeps_what_was_there(make: type[DraftFile], monkeypatch: pytest.MonkeyPatch) -> None:
    drafts = make()
    drafts.write({"a": "1"})
    with pytest.raises(database.Error):
        drafts.write({"b": "2", "c": None})  # type: ignore[dict-item]
    drafts.write({"d": "4"})
    drafts.close()
    assert make().take_over() == {"a": "1", "d": "4"}


def test_it_is_ours_and_never_written_over(make: type[DraftFile]) -> None:
    drafts = make()
    drafts.write({"a": "1"})
    with pytest.raises(Refused, match="is a database"):
        refuse_ours(drafts.path)


KILLED = """
import os, signal, sys
from pathlib import Path
from crm_desktop.duties import RECORDS
from crm_desktop.store.store import Store
store = Store(Path(sys.argv[1]), RECORDS)
store.drafts.write({"a": "typed"})
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_what_was_written_survives_a_kill(store: Store) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED, str(store.path)], cwd=REPOSITORY, check=False, timeout=60)
    assert done.returncode == -9
    assert store.drafts.take_over() == {"a": "typed"}


def test_the_store_lets_go_of_it(store: Store, make: type[DraftFile]) -> None:
    store.drafts.write({"a": "1"})
    other = make()
    assert other.take_over() == {}
    store.close()
    assert other.take_over() == {"a": "1"}


def test_beside_another_database_nothing_is_taken(store: Store, make: type[DraftFile], tmp_path: Path) -> None:
    drafts = make()
    drafts.write({"a": "1"})
    drafts.close()
    assert DraftFile(store.path.with_name("other.db"), store.keys).take_over() == {}


def test_a_first_draft_that_met_a_full_disk_is_kept_once_there_is_room(store: Store, make: type[DraftFile], monkeypatch: pytest.MonkeyPatch) -> None:
    """The file was opened and its table not made: the next draft begins anew, not on a file without a table."""
    drafts = make()
    monkeypatch.setattr("crm_desktop.store.draft_file.TABLE", "insert into nowhere values (1)")
    with pytest.raises(database.Error):
        drafts.write({"a": "1"})
    monkeypatch.undo()
    drafts.write({"a": "1"})
    drafts.close()
    assert make().take_over() == {"a": "1"}
