"""A row and its lines are one action: saved, refused and taken back together, and nobody's change of a line is overwritten."""

from __future__ import annotations

from typing import Any

import pytest

from crm_desktop.desk import lines as desk_lines
from crm_desktop.desk.desk import Conflict, Desk, Invalid
from crm_desktop.duties.meetings.records import MINUTES, MINUTES_ITEM
from crm_desktop.record.ids import new_id
from crm_desktop.record.lines import Rows
from crm_desktop.record.record import Row
from tests.samples import change, remove, row, sound

(LINES,) = MINUTES.lines
DAY = "2026-11-18"
HEAD = {"name": "周例会", "day": DAY, "kind": "weekly"}


def line(name: str, due: str = DAY) -> Row:
    return {"id": new_id(), "name": name, "owner_id": None, "due": due, "account_id": None}


def save(desk: Desk, row_id: int | None, version: int, typed: list[Row], before: list[Row] | None = None, **values: Any) -> Any:
    return desk_lines.save(desk, MINUTES, row_id, version, values, {LINES.name: Rows(typed, before or [])})


def shown(desk: Desk, row_id: int) -> list[Row]:
    found: list[Row] = desk_lines.shown(desk.store.writer, MINUTES, row_id)[LINES.name]
    return found


@pytest.fixture
def meeting(desk: Desk) -> int:
    made = save(desk, None, 0, [line("话筒检测"), line("价格函")], **HEAD)
    return next(row_id for table, row_id in made.rows if table == "minutes")


def test_a_meeting_with_its_decisions_is_one_action(desk: Desk, meeting: int) -> None:
    assert [each["name"] for each in shown(desk, meeting)] == ["话筒检测", "价格函"]
    assert row(desk, MINUTES, meeting)["items"] == 2
    first, second = shown(desk, meeting)
    save(desk, meeting, 1, [first | {"due": "2026-11-20"}, line("回访")], [first, second])
    assert [(each["name"], each["due"]) for each in shown(desk, meeting)] == [("话筒检测", "2026-11-20"), ("回访", DAY)]
    desk.undo()
    assert shown(desk, meeting) == [first, second]
    desk.undo()
    assert desk.get(MINUTES, meeting) is None
    assert desk.store.writer.execute("select count(*) from minutes_item where gone is null").fetchone() == (0,)
    sound(desk.store)


def test_a_wrong_line_saves_nothing(desk: Desk, meeting: int) -> None:
    before = shown(desk, meeting)
    with pytest.raises(Invalid) as wrong:
        save(desk, meeting, 1, [*before, line("没有期限", "")], before, place="清言")
    assert list(wrong.value.problems) == [LINES.name]
    assert "Line 3" in str(wrong.value.problems[LINES.name])
    assert (shown(desk, meeting), row(desk, MINUTES, meeting)["place"]) == (before, "")


def test_what_others_did_to_a_line_is_shown_and_kept(desk: Desk, meeting: int) -> None:
    before = first, second = shown(desk, meeting)
    change(desk, MINUTES_ITEM, first["id"], name="话筒换新")
    for typed in ([first | {"name": "话筒检测两次"}, second], [second]):
        with pytest.raises(Conflict) as conflict:
            save(desk, meeting, 1, typed, before)
        assert conflict.value.theirs is not None
        assert [each["name"] for each in conflict.value.theirs[LINES.name]] == ["话筒换新", "价格函"]
    save(desk, meeting, 1, [first, second | {"name": "价格函寄出"}], before)  # another line is nobody else's
    assert [each["name"] for each in shown(desk, meeting)] == ["话筒换新", "价格函寄出"]
    change(desk, MINUTES, meeting, place="清言")
    with pytest.raises(Conflict):
        save(desk, meeting, 1, [*shown(desk, meeting), line("多一条")], shown(desk, meeting))


def test_a_removed_line_cannot_be_changed(desk: Desk, meeting: int) -> None:
    before = first, second = shown(desk, meeting)
    remove(desk, MINUTES_ITEM, first["id"])
    with pytest.raises(Conflict):
        save(desk, meeting, 1, [first | {"name": "x"}, second], before)
    assert [each["name"] for each in shown(desk, meeting)] == ["价格函"]


def test_lines_and_a_step_together(desk: Desk, meeting: int) -> None:
    before = shown(desk, meeting)
    desk_lines.save(desk, MINUTES, meeting, 1, {"place": "清言"}, {LINES.name: Rows([*before, line("回访")], before)}, step="issue")
    found = row(desk, MINUTES, meeting)
    assert (found["state"], found["place"], found["items"], found["version"]) == ("issued", "清言", 3, 2)
