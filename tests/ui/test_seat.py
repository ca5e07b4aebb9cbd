"""Choosing who sits here, as a person would; what is new then belongs to them."""

from __future__ import annotations

import getpass

import pytest
from PySide6.QtCore import Qt

from crm_desktop.desk.records import STAFF
from crm_desktop.desk.settings import COLLEAGUE
from tests.samples import HOTEL
from tests.ui.lodge import Lodge


@pytest.fixture(autouse=True)
def user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "pc-7")


@pytest.mark.parametrize("spoken", ["en", "zh_CN"])
def test_a_colleague_is_chosen_once(lodge: Lodge, spoken: str) -> None:
    who = lodge.add(STAFF, name="方予安", phone="13800000001")
    lodge.add(HOTEL, name="云栖湖酒店", code="YX")
    window = lodge.open(spoken)
    lodge.wait(lambda: window.top.who.text() == "pc-7")
    editor, hotel = lodge.page("settings").seat.editors
    lodge.wait(lambda: hotel.text() == "云栖湖酒店")  # the only one
    editor.setFocus()
    lodge.qtbot.keyClicks(editor, "fya")
    lodge.wait(lambda: editor._popup is not None and editor._popup.chosen() is not None and editor._is_fresh())
    lodge.qtbot.keyClick(editor, Qt.Key.Key_Return)
    lodge.wait(lambda: window.top.who.text() == "方予安")
    assert lodge.settings.get(COLLEAGUE) == who
    page = lodge.page("follow-ups", new=True)
    form = page.form
    assert form.cells["owner_id"].editor.text() == "方予安"
    assert not form.dirty()  # what the program filled in is nothing a person typed


def test_a_person_may_clear_what_was_filled_in(lodge: Lodge) -> None:
    lodge.add(STAFF, name="pc-7")
    window = lodge.open()
    lodge.wait(lambda: window.seat and window.top.who.text() == "pc-7")
    form = lodge.page("follow-ups", new=True).form
    lodge.wait(lambda: form is not None)
    form.cells["name"].editor.setText("给王总回电")
    form.cells["name"].editor.typed.emit("给王总回电")
    form.cells["due"].editor.set_value("2026-11-20")
    form.cells["due"].editor.changed.emit()
    form.cells["owner_id"].editor._on_clear()
    form.save()
    lodge.wait(lambda: lodge.one("select count(*) from follow_up") == 1)
    assert lodge.one("select owner_id from follow_up") is None


def test_the_name_follows_the_row(lodge: Lodge) -> None:
    lodge.settings.set(COLLEAGUE, lodge.add(STAFF, name="方予安"))
    window = lodge.open()
    lodge.wait(lambda: window.top.who.text() == "方予安")
    window.open_record("staff", lodge.settings.get(COLLEAGUE))
    sheet = window.page("staff")._sheet
    lodge.wait(lambda: sheet.form.values().get("name") == "方予安")
    sheet.form.cells["name"].editor.set_value("方予宁")
    sheet.form.cells["name"].editor.changed.emit()
    sheet.form.save()
    lodge.wait(lambda: window.top.who.text() == "方予宁")
