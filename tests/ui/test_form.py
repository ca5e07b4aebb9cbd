from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from crm_desktop.desk.desk import Conflict, Invalid
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.duties.stays.records import STAY
from crm_desktop.record.record import Record, Row
from crm_desktop.record.text import Refused, Text, say
from crm_desktop.store import rows
from crm_desktop.ui import drafts, form, jobs, speech
from crm_desktop.ui.editors import LineEditor
from crm_desktop.ui.form import Form
from crm_desktop.ui.widgets import PlainLabel

STAY_ROW = STAY.blank() | {
    "id": 1, "version": 3, "gone": None, "booking_no": "S01", "arrival": "2026-12-09", "departure": "2026-12-11",
    "hotel_id": 9, "hotel_id.name": "云栖湖酒店", "rate": 88000, "room_no": "2323", "nights": 2, "segment": "Old-Code",
    "company_id": 5, "company_id.name": "上海秀欣", "agency_id.name": None, "guest_id.name": None,
}  # fmt: skip


class Change:
    def __init__(self, table: str, row_id: int) -> None:
        self.tables, self.rows = {table}, [(table, row_id)]


class Hotel:
    """Rows in memory behind the words the form uses; its desk keeps versions like the real one."""

    def __init__(self) -> None:
        self.rows = {1: dict(STAY_ROW), 2: STAY_ROW | {"id": 2, "booking_no": "S02"}}
        self.saves: list[tuple[int | None, int, Row]] = []
        self.refuses: Exception | None = None
        self.slow: threading.Event | None = None

    def execute(self, sql: str, params: Any = (), /) -> Any:
        raise AssertionError(sql)

    def interrupt(self) -> None:
        pass

    def get(self, reader: Any, record: Record, row_id: int) -> Row | None:
        found = self.rows.get(row_id)
        return dict(found) if found else None

    def save(self, record: Record, row_id: int | None, version: int, values: Row) -> Change:
        if self.slow:
            assert self.slow.wait(5)
        self.saves.append((row_id, version, dict(values)))
        if self.refuses:
            raise self.refuses
        row_id = row_id or 77
        old = self.rows.setdefault(row_id, record.blank() | {"id": row_id, "version": version})
        if old["version"] != version:
            raise Conflict(dict(old))
        old |= values | {"version": version + 1}
        return Change(record.key, row_id)


@pytest.fixture
def hotel(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hotel]:
    made = Hotel()
    monkeypatch.setattr(rows, "get", made.get)
    jobs.synchronous(made, made)
    yield made
    drafts.clear()


Open = Callable[..., Form]


@pytest.fixture
def opened(qtbot: QtBot, hotel: Hotel) -> Open:
    def open_it(record: Record = STAY, row_id: int | None = 1) -> Form:
        made = Form(record)
        qtbot.addWidget(made)
        made.resize(480, 700)
        made.show()
        made.activateWindow()
        qtbot.waitUntil(made.isActiveWindow)
        if row_id:
            made.load(row_id)
        return made

    return open_it


def type_into(page: Form, name: str, words: str) -> None:
    """As a person does it, at the keyboard or by an input method."""
    editor = page.cells[name].editor
    assert isinstance(editor, LineEditor)
    editor.setFocus(Qt.FocusReason.TabFocusReason)
    editor.selectAll()
    if words:
        editor.insert(words)
    else:
        editor.clear()
    editor.setModified(True)
    editor.typed.emit(words)


def labels(page: QWidget) -> list[str]:
    return [found.text() for found in page.findChildren(PlainLabel) if found.isVisibleTo(page) and found.text()]


def press(page: QWidget, words: str) -> None:
    found = [b for b in page.findChildren(QPushButton) if b.text() == words and b.isVisibleTo(page)]
    QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)


def test_it_shows_what_people_give_and_nothing_else(opened: Open) -> None:
    page = opened()
    assert set(page.cells) == {f.name for s in STAY.sections for f in s.fields}
    assert "nights" not in page.cells
    assert "placeholder" not in opened(ACCOUNT, None).cells
    assert {"Booking", "Dates and room", "Booking no.", "*", "Nights 2"} <= set(labels(page))


def test_a_row_is_shown_and_nothing_is_dirty(opened: Open) -> None:
    page = opened()
    assert not page.dirty()
    assert page.values()["segment"] == "Old-Code"
    assert page.values()["weekend_nights"] is None
    shown = page.cells["company_id"].editor
    assert isinstance(shown, LineEditor)
    assert shown.text() == "上海秀欣"


def test_only_what_was_changed_is_saved_with_the_version_read(opened: Open, hotel: Hotel) -> None:
    page, saved = opened(), list[int]()
    page.saved.connect(lambda change, row_id: saved.append(row_id))
    type_into(page, "room_no", "1808")
    assert page.dirty()
    page.save()
    assert hotel.saves == [(1, 3, {"room_no": "1808"})]
    assert saved == [1]
    assert not page.dirty()
    assert "Saved" in labels(page)
    type_into(page, "rate", "900")
    page.save()
    assert hotel.saves[1] == (1, 4, {"rate": 90000})


def test_typing_back_what_was_there_is_no_change(opened: Open) -> None:
    page, told = opened(), list[bool]()
    page.dirtied.connect(told.append)
    type_into(page, "room_no", "1")
    type_into(page, "room_no", "2323")
    assert told == [True, False]


def test_ctrl_s_saves_and_return_moves_on(qtbot: QtBot, opened: Open, hotel: Hotel) -> None:
    page = opened()
    type_into(page, "booking_no", "S99")
    line = page.cells["booking_no"].editor
    QTest.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(page.cells["status"].editor.hasFocus)
    QTest.keyClick(page.cells["status"].editor, Qt.Key.Key_Return)
    qtbot.waitUntil(page.cells["hotel_id"].editor.hasFocus)
    assert hotel.saves == []
    QTest.keyClick(page.cells["hotel_id"].editor, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert hotel.saves == [(1, 3, {"booking_no": "S99"})]


def test_nothing_changed_saves_nothing(opened: Open, hotel: Hotel) -> None:
    page = opened()
    page.save()
    assert hotel.saves == []
    assert "Nothing has changed" in labels(page)


def test_what_is_wrong_is_said_under_its_field(qtbot: QtBot, opened: Open, hotel: Hotel) -> None:
    page = opened()
    type_into(page, "arrival", "")
    type_into(page, "departure", "soon")
    type_into(page, "room_no", "x" * 61)
    page.save()
    assert hotel.saves == []
    assert "Arrival is needed here" in labels(page)
    assert any("soon" in words for words in labels(page))
    assert "This has 61 characters; at most 60 fit here" in labels(page)
    assert page.cells["arrival"].editor.hasFocus()
    assert page.cells["arrival"].editor.property("bad") is True
    type_into(page, "departure", "2026-12-01")
    assert not any("soon" in words for words in labels(page))
    type_into(page, "room_no", "1")
    type_into(page, "arrival", "2026-12-09")
    page.save()
    assert "Departure must be on or after 2026-12-09" in labels(page)


def test_a_screen_reader_hears_what_is_needed_the_help_and_what_is_wrong(opened: Open, hotel: Hotel) -> None:
    page = opened(ACCOUNT, None)
    page.new()
    for name, cell in page.cells.items():
        told = cell.editor.accessibleDescription()
        assert told.startswith("Required") == cell.field.required, name
        assert say(cell.field.help or Text("")) in told, name
    page = opened()
    type_into(page, "arrival", "")
    page.save()
    assert page.cells["arrival"].editor.accessibleDescription() == "Required. Arrival is needed here"
    type_into(page, "arrival", "2026-12-09")
    assert page.cells["arrival"].editor.accessibleDescription() == "Required"


def test_what_the_desk_finds_wrong_is_said_the_same_way(opened: Open, hotel: Hotel) -> None:
    page = opened()
    hotel.refuses = Invalid({"room_no": Text("{name} already has this", name="S02")})
    type_into(page, "room_no", "1808")
    page.save()
    assert {"S02 already has this", "Not saved"} <= set(labels(page))
    assert page.cells["room_no"].editor.value() == "1808"
    assert page.dirty()


def test_a_refusal_is_said_across_the_top(opened: Open, hotel: Hotel) -> None:
    page = opened()
    hotel.refuses = Refused(Text("The disk is full"))
    type_into(page, "room_no", "1808")
    page.save()
    assert "The disk is full" in labels(page)
    assert page.cells["room_no"].editor.value() == "1808"


def test_an_unknown_failure_reaches_the_window(opened: Open, hotel: Hotel) -> None:
    page, errors = opened(), list[Exception]()
    jobs.hub().failed.connect(errors.append)
    hotel.refuses = ValueError("bug")
    type_into(page, "room_no", "1808")
    page.save()
    assert errors == [hotel.refuses]
    assert page.dirty()


def test_a_conflict_is_shown_field_by_field(opened: Open, hotel: Hotel) -> None:
    page = opened()
    type_into(page, "room_no", "1808")
    type_into(page, "booking_no", "MINE")
    hotel.rows[1] |= {"version": 4, "room_no": "2301", "country": "CN", "company_id": 6, "company_id.name": "成都涛明"}
    page.save()
    assert {"Somebody else saved Room no. meanwhile: theirs stands under yours, Save keeps yours.", "Theirs: 2301"} <= set(labels(page))
    assert page.cells["room_no"].isAncestorOf(page.window().focusWidget())
    assert page.cells["country"].editor.value() == "CN"  # nothing was typed there: theirs is taken
    assert page.values()["company_id"] == 6
    assert (page.values()["room_no"], page.values()["booking_no"]) == ("1808", "MINE")
    page.save()
    assert hotel.saves[-1] == (1, 4, {"booking_no": "MINE", "room_no": "1808"})
    assert hotel.rows[1]["company_id"] == 6
    assert "Theirs: 2301" not in labels(page)


def test_theirs_can_be_taken(opened: Open, hotel: Hotel) -> None:
    page = opened()
    type_into(page, "room_no", "1808")
    hotel.rows[1] |= {"version": 4, "room_no": "2301"}
    page.save()
    press(page, "Take theirs")
    assert page.values()["room_no"] == "2301"
    assert not page.dirty()


def test_a_change_by_others_is_shown_unless_something_is_typed_there(opened: Open, hotel: Hotel) -> None:
    page = opened()
    type_into(page, "country", "DE")
    hotel.rows[1] |= {"version": 4, "room_no": "2301"}
    jobs.hub().changed.emit(Change("account", 1))
    assert page.values()["room_no"] == "2323"
    jobs.hub().changed.emit(Change("stay", 1))
    assert (page.values()["room_no"], page.values()["country"]) == ("2301", "DE")
    hotel.rows[1] |= {"version": 5, "country": "FR"}
    jobs.hub().changed.emit(Change("stay", 1))
    assert "Theirs: FR" in labels(page)
    page.save()
    assert hotel.saves == [(1, 5, {"country": "DE"})]


def test_a_removed_row_is_said(opened: Open, hotel: Hotel) -> None:
    page = opened()
    del hotel.rows[1]
    jobs.hub().changed.emit(Change("stay", 1))
    assert "This record was removed meanwhile" in labels(page)
    page.load(1)
    assert not page.cells["room_no"].isEnabled()


def test_another_row_loses_nothing(opened: Open, hotel: Hotel) -> None:
    page = opened()
    type_into(page, "room_no", "1808")
    type_into(page, "departure", "soon")
    page.load(2)
    assert page.values()["booking_no"] == "S02"
    assert not page.dirty()
    assert hotel.saves == []
    page.load(1)
    assert page.values()["room_no"] == "1808"
    restored = page.cells["departure"].editor
    assert isinstance(restored, LineEditor)
    assert restored.text() == "soon"
    assert "Unsaved changes" in labels(page)
    press(page, "Discard")
    assert page.values()["room_no"] == "2323"
    page.load(2)
    page.load(1)
    assert not page.dirty()


def test_a_draft_meets_a_newer_row(opened: Open, hotel: Hotel) -> None:
    page = opened()
    type_into(page, "room_no", "1808")
    page.load(2)
    hotel.rows[1] |= {"version": 4, "room_no": "2301", "country": "CN"}
    page.load(1)
    assert {"Theirs: 2301", "Unsaved changes"} <= set(labels(page))
    assert (page.values()["room_no"], page.values()["country"]) == ("1808", "CN")


def test_a_draft_outlives_its_form(opened: Open) -> None:
    page = opened()
    type_into(page, "room_no", "1808")
    page.close()
    assert drafts.count() == 1
    assert opened().values()["room_no"] == "1808"


def test_a_new_row_is_saved_whole(opened: Open, hotel: Hotel) -> None:
    page, saved = opened(row_id=None), []
    page.saved.connect(lambda change, row_id: saved.append(row_id))
    page.new({"hotel_id": 9, "hotel_id.name": "云栖湖酒店"})
    assert page.cells["booking_no"].editor.hasFocus()
    assert not page.dirty()
    page.save()
    assert "Arrival is needed here" in labels(page)
    type_into(page, "arrival", "2026-12-01")
    type_into(page, "departure", "2026-12-02")
    assert "Nights 1" in labels(page)
    page.save()
    row_id, version, values = hotel.saves[0]
    assert (row_id, version, values["hotel_id"], values["currency"]) == (None, 0, 9, "CNY")
    assert "hotel_id.name" not in values
    assert saved == [77]
    type_into(page, "room_no", "8")
    page.save()
    assert hotel.saves[1] == (77, 1, {"room_no": "8"})


def test_a_new_row_for_another_client_begins_empty(opened: Open) -> None:
    page = opened(row_id=None)
    page.new({"company_id": 5, "company_id.name": "上海秀欣"})
    type_into(page, "room_no", "1808")
    page.new({"company_id": 6, "company_id.name": "成都涛明"})
    assert page.values()["room_no"] == ""
    page.new({"company_id": 5, "company_id.name": "上海秀欣"})
    assert page.values()["room_no"] == "1808"


def test_escape_and_close_keep_what_was_typed(opened: Open) -> None:
    page, closed = opened(), list[int]()
    page.closed.connect(lambda: closed.append(1))
    type_into(page, "room_no", "1808")
    QTest.keyClick(page.cells["room_no"].editor, Qt.Key.Key_Escape)
    press(page, "Close")
    assert closed == [1, 1]
    assert drafts.count() == 1


def test_composing_is_not_disturbed(opened: Open, hotel: Hotel, compose: Callable[..., None]) -> None:
    page = opened()
    line = page.cells["room_no"].editor
    line.setFocus()
    compose(line, "lou", "")
    QTest.keyClick(line, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(line, Qt.Key.Key_Return)
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert hotel.saves == []
    assert line.hasFocus()
    compose(line, "", "楼")
    assert page.dirty()


@pytest.mark.parametrize(("width", "columns"), [(360, 1), (416, 2), (860, 3), (1142, 4)])
def test_there_are_as_many_columns_as_fit(qtbot: QtBot, opened: Open, width: int, columns: int) -> None:
    page = opened()
    page.resize(width, 700)

    def lefts() -> int:
        cells = [page.cells[f.name] for f in STAY.sections[1].fields]
        return len({cell.x() for cell in cells})

    qtbot.waitUntil(lambda: lefts() == columns)
    save = next(b for b in page.findChildren(QPushButton) if b.text() == "Save")
    assert save.mapTo(page, save.rect().bottomRight()).y() < page.height()
    assert page.minimumSizeHint().width() <= 416


def test_tab_goes_in_reading_order(opened: Open) -> None:
    page = opened()
    names = [f.name for s in STAY.sections for f in s.fields]
    page.cells[names[0]].editor.setFocus()
    for name in names[1:]:
        page.focusNextChild()
        assert page.cells[name].editor.hasFocus(), name


def test_the_facts_follow_the_language(opened: Open) -> None:
    page = opened()
    speech.switch("zh_CN")
    speech.switch("en")
    assert "Nights 2" in labels(page)


# --- with real threads


def test_a_waiting_save_says_so_and_typing_goes_on(qtbot: QtBot, opened: Open, hotel: Hotel) -> None:
    page = opened()
    jobs.start(lambda: hotel, lambda: hotel)
    page.load(1)
    hotel.slow = threading.Event()
    type_into(page, "room_no", "1808")
    page.save()
    qtbot.waitUntil(lambda: "Waiting for another writer ..." in labels(page), timeout=form.WAITING_AFTER + 20_000)
    type_into(page, "country", "CN")
    page.save()  # one after the other
    hotel.slow.set()
    qtbot.waitUntil(lambda: bool(hotel.saves))
    qtbot.waitUntil(lambda: "Unsaved changes" in labels(page))
    assert page.cells["country"].is_changed
    assert not page.cells["room_no"].is_changed
    page.save()
    qtbot.waitUntil(lambda: "Saved" in labels(page))
    assert hotel.saves == [(1, 3, {"room_no": "1808"}), (1, 4, {"country": "CN"})]


def test_a_save_under_way_survives_another_row(qtbot: QtBot, opened: Open, hotel: Hotel) -> None:
    page, saved = opened(), list[int]()
    page.saved.connect(lambda change, row_id: saved.append(row_id))
    jobs.start(lambda: hotel, lambda: hotel)
    page.load(1)
    hotel.slow = threading.Event()
    type_into(page, "room_no", "1808")
    page.save()
    page.load(2)
    qtbot.waitUntil(lambda: page.values()["booking_no"] == "S02")
    assert drafts.count() == 1
    hotel.slow.set()
    qtbot.waitUntil(lambda: saved == [1])
    assert page.values()["booking_no"] == "S02"
    assert drafts.count() == 0


def test_a_failure_after_leaving_keeps_the_draft(qtbot: QtBot, opened: Open, hotel: Hotel) -> None:
    page, errors = opened(), list[Exception]()
    hub = jobs.start(lambda: hotel, lambda: hotel)
    hub.failed.connect(errors.append)
    page.load(1)
    hotel.slow, hotel.refuses = threading.Event(), Refused(Text("The disk is full"))
    type_into(page, "room_no", "1808")
    page.save()
    page.load(2)
    qtbot.waitUntil(lambda: page.values()["booking_no"] == "S02")
    hotel.slow.set()
    qtbot.waitUntil(lambda: errors == [hotel.refuses])
    page.load(1)
    qtbot.waitUntil(lambda: page.values()["room_no"] == "1808")


def test_only_the_last_row_asked_for_is_shown(qtbot: QtBot, opened: Open, hotel: Hotel) -> None:
    page = opened()
    jobs.start(lambda: hotel, lambda: hotel)
    for row_id in (2, 1, 2, 1, 2):
        page.load(row_id)
    qtbot.waitUntil(lambda: page.values()["booking_no"] == "S02")
    qtbot.wait(50)
    assert page.values()["booking_no"] == "S02"


@pytest.mark.parametrize("record", [STAY, ACCOUNT], ids=["stay", "account"])
def test_a_form_is_freed_on_close(qtbot: QtBot, hotel: Hotel, record: Record) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    hotel.rows[1] = record.blank() | {"id": 1, "version": 1, "name": "x"} | (STAY_ROW if record is STAY else {})
    jobs.start(lambda: hotel, lambda: hotel)
    gone: list[int] = []

    def use() -> tuple[Any, Any]:
        page = Form(record, window)
        page.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        window.show()
        page.load(1)
        qtbot.waitUntil(lambda: page.cells["remark"].isEnabled())
        type_into(page, "phone" if record is ACCOUNT else "room_no", "123")
        page.save()
        qtbot.waitUntil(lambda: not page.dirty())
        page.destroyed.connect(lambda: gone.append(1))
        page.load(1)
        page.close()
        return weakref.ref(page), weakref.ref(page.cells["remark"])

    reference, cell = use()
    qtbot.waitUntil(lambda: bool(gone))
    qtbot.wait(50)
    gc.collect()
    assert (reference(), cell()) == (None, None)
