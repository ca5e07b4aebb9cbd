"""Reasons given before are offered for the same step; what is typed always wins."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt

from crm_desktop.desk.desk import Desk
from crm_desktop.duties.follow_ups.records import DROPPED, FOLLOW_UP
from crm_desktop.store import steps
from tests.samples import added
from tests.ui.lodge import Lodge


def dropped(desk: Desk, reason: str) -> None:
    desk.move(FOLLOW_UP, added(desk, FOLLOW_UP, name="x", due="2026-11-18"), 1, "drop", reason=reason)


def asking(lodge: Lodge, spoken: str) -> Any:
    """The form of a follow-up whose step *Drop* asks for its reason; two were given before."""
    desk = Desk(lodge.store, "顾言舟")
    for reason in ("客户已搬走", "重复的待办", "客户已搬走"):
        dropped(desk, reason)
    task = lodge.add(FOLLOW_UP, name="催发票", due="2026-11-18")
    window = lodge.open(spoken)
    window.open_record("follow_up", task)
    from crm_desktop.ui.form import Form

    lodge.wait(lambda: any(form.isVisible() and form._id == task for form in window.findChildren(Form)))
    form = next(form for form in window.findChildren(Form) if form.isVisible() and form._id == task)
    lodge.qtbot.mouseClick(form._steps.buttons["drop"], Qt.MouseButton.LeftButton)
    edit = form._steps.reason
    lodge.wait(lambda: edit._popup is not None and edit._popup.isVisible())
    return edit


def test_the_newest_come_first_each_once(desk: Desk) -> None:
    for reason in ("a", "b", "a"):
        dropped(desk, reason)
    assert sorted(steps.reasons(desk.store.writer, "follow_up", DROPPED)) == ["a", "b"]
    assert steps.reasons(desk.store.writer, "follow_up", "done") == []
    plan = desk.store.writer.execute(
        "explain query plan select reason from step where record = 'x' and after = 'y' and at <> '' and gone is null"
    ).fetchall()
    assert "step_record_after_at" in str(plan)


@pytest.mark.parametrize("spoken", ["en", "zh_CN"])
def test_an_old_reason_is_taken_by_down_and_return(lodge: Lodge, spoken: str) -> None:
    edit = asking(lodge, spoken)
    assert {hit.title for hit in edit._popup._hits.hits} == {"客户已搬走", "重复的待办"}
    edit.setText("重复")
    edit.typed.emit("重复")
    lodge.qtbot.keyClick(edit, Qt.Key.Key_Down)
    lodge.qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert edit.text() == "重复的待办"
    assert lodge.one("select count(*) from step where reason = '重复的待办'") == 1  # taken, not yet done
    lodge.qtbot.keyClick(edit, Qt.Key.Key_Return)
    lodge.wait(lambda: lodge.one("select count(*) from step where reason = '重复的待办'") == 2)


def test_return_alone_means_what_is_typed(lodge: Lodge) -> None:
    edit = asking(lodge, "zh_CN")
    lodge.qtbot.keyClicks(edit, "x")
    lodge.qtbot.keyClick(edit, Qt.Key.Key_Return)
    lodge.wait(lambda: lodge.one("select count(*) from step where reason = 'x'") == 1)
