"""What the settings page does with the data, below the window."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_desktop.desk.desk import Desk
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.duties.settings import safety
from crm_desktop.record.text import Refused


@pytest.mark.parametrize("end", ["", "-wal", "-shm", ".id", ".lock"])
def test_a_plain_copy_never_falls_on_the_data_itself(desk: Desk, end: str) -> None:
    desk.save(ACCOUNT, None, 0, {"name": "甲", "kind": "company"})
    own = desk.store.path
    with pytest.raises(Refused):
        safety.plain_copy(desk, own.with_name(own.name + end))
    assert desk.store.writer.execute("select count(*) from account").fetchone()[0] == 1
    assert own.stat().st_size > 0


def test_a_plain_copy_replaces_another_file_only_when_it_is_whole(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = tmp_path / "copy.sqlite"
    other.write_text("mine")
    monkeypatch.setattr("crm_desktop.store.plain._fill", _broken)
    with pytest.raises(Refused):
        safety.plain_copy(desk, other)
    assert other.read_text() == "mine"
    monkeypatch.undo()
    safety.plain_copy(desk, other)
    assert other.read_bytes().startswith(b"SQLite format 3")


def _broken(*_: object) -> None:
    raise OSError(28, "No space left on device")


def test_the_history_tells_what_changed(desk: Desk) -> None:
    row = desk.save(ACCOUNT, None, 0, {"name": "甲", "kind": "company", "city": "绍兴"}).rows[0][1]
    change = desk.save(ACCOUNT, row, 1, {"city": "杭州", "level": "A"})
    desk.save(ACCOUNT, row, 2, {"city": "上海"})
    found = safety.details(desk.store, desk.store.writer, change.id)
    assert [(what, str(field), str(before), str(after)) for what, field, before, after in found] == [
        ("甲", "City", "绍兴", "杭州"),
        ("甲", "Class", "", "Class A"),
    ]
    undone = desk.undo()
    assert str(undone.undid) == "Changed 甲"
    entries = safety.entries(desk.store, desk.store.writer)
    assert [str(told[2]) for _, told in entries] == ["Undone", "Changed", "Changed", "Added"]
    assert str(entries[0][1][3]) == "Changed 甲"
