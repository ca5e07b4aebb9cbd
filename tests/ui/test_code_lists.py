"""Code lists edited in the window: they hold at once in everything that is open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt

from crm_desktop.desk.records import CODE_ITEM
from crm_desktop.duties.visits.records import VISIT
from crm_desktop.record import codes
from tests.ui.lodge import Lodge


@pytest.fixture(autouse=True)
def unlearned() -> Iterator[None]:
    codes.learn(())
    yield
    codes.learn(())


def pick(page: Any, name: str) -> None:
    page.lists_view.selectRow([one.name for one in codes.lists()].index(name))


def words(box: Any) -> list[str]:
    return [box.itemText(at) for at in range(box.count())]


@pytest.mark.parametrize("spoken", ["en", "zh_CN"])
def test_a_list_is_changed_and_the_open_form_follows(lodge: Lodge, spoken: str) -> None:
    lodge.add(VISIT, day="2026-11-18", result="quote")
    lodge.open(spoken)
    visits = lodge.page("visits")
    lodge.wait(lambda: visits.list.model.rowCount() == 1)
    visits.list.view.selectRow(0)
    lodge.wait(lambda: visits.form is not None and visits.form.values().get("result") == "quote")
    editor = visits.form.cells["result"].editor

    page = lodge.page("codes")
    pick(page, "visit_result")
    assert page.starter.rowCount() == len(VISIT.by_name["result"].choices)
    assert lodge.one("select count(*) from code_item") == 0  # looking writes nothing
    lodge.qtbot.mouseClick(page.change_button, Qt.MouseButton.LeftButton)
    lodge.wait(lambda: page._stack.currentWidget() is page.items and page.items.list.model.rowCount() == page.starter.rowCount())
    page.items.list.view.selectRow(2)
    lodge.wait(lambda: page.items.form is not None and page.items.form.values().get("code") == "quote")
    form = page.items.form
    assert not form.cells["code"].editor.isEnabled()
    assert not form.cells["list"].editor.isEnabled()
    assert not form.can_remove()
    for name in ("zh", "en"):
        form.cells[name].editor.setFocus()
        form.cells[name].editor.selectAll()
        lodge.qtbot.keyClicks(form.cells[name].editor, "Offer sent")
    lodge.qtbot.keyClick(form, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    lodge.wait(lambda: "Offer sent" in words(editor))
    assert editor.value() == "quote"
    assert editor.currentText() == "Offer sent"
    assert not visits.form.dirty()

    page.items.form.cells["retired"].editor.click()
    page.items.form.save()
    lodge.wait(lambda: lodge.one("select retired from code_item where code = 'quote'") == 1)
    lodge.wait(lambda: [code for code, _, _ in VISIT.by_name["result"].offered].count("quote") == 0)
    lodge.wait(lambda: editor.currentText() == "Offer sent")  # the row that holds it still says it
    visits.new()
    lodge.wait(lambda: "Offer sent" not in words(editor) or editor.value() != "quote")


def test_a_new_entry_belongs_to_the_list_and_comes_last(lodge: Lodge) -> None:
    lodge.open("zh_CN")
    page = lodge.page("codes")
    pick(page, "visit_result")
    page.begin()
    lodge.wait(lambda: page._stack.currentWidget() is page.items)
    page.items.new()
    lodge.wait(lambda: page.items.form is not None and page.items.form.values().get("position") == 150)
    form = page.items.form
    assert form.values()["list"] == "visit_result"
    for name, typed in (("code", "tasting"), ("zh", "试菜")):
        form.cells[name].editor.setText(typed)
        form.cells[name].editor.typed.emit(typed)
    form.save()
    lodge.wait(lambda: codes.choices("visit_result", ())[-1][0] == "tasting")
    entry = lodge.one("select id from code_item where code = 'tasting'")
    lodge.wait(lambda: page.items.list.view.go_to(entry) and page.items.list.view.current_id() == entry)
    lodge.qtbot.mouseClick(page.items.up, Qt.MouseButton.LeftButton)
    lodge.wait(lambda: codes.choices("visit_result", ())[-2][0] == "tasting")


def test_an_entry_is_opened_by_its_id(lodge: Lodge) -> None:
    entry = lodge.add(CODE_ITEM, list="visit_result", code="tasting", zh="试菜")
    codes.learn([("visit_result", "tasting", "试菜", "", 0, "", 0)])
    window = lodge.open()
    window.open_record("code_item", entry)
    page = window.page("codes")
    lodge.wait(lambda: page.items.name == "visit_result")
    lodge.wait(lambda: page.items.form is not None and page.items.form.values().get("zh") == "试菜")


def test_changes_by_another_seat_are_noticed(lodge: Lodge) -> None:
    from crm_desktop.ui import jobs
    from crm_desktop.ui.watch import Elsewhere

    lodge.add(CODE_ITEM, list="visit_kind", code="tasting", zh="试菜", position=1)
    codes.learn(())
    lodge.open("zh_CN")
    visits = lodge.page("visits")
    lodge.wait(lambda: bool(visits.list.boxes))
    assert "试菜" not in words(visits.list.boxes[0])
    jobs.hub().changed.emit(Elsewhere({"code_item"}))
    lodge.wait(lambda: "试菜" in words(visits.list.boxes[0]))
