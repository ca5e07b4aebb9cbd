"""The sheet of a client or guest, driven by keys: its timeline, its lists, its figures and what matters now."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage
from PySide6.QtWidgets import QApplication, QScrollArea

from crm_desktop.desk import attachments
from crm_desktop.desk.desk import Desk
from crm_desktop.duties.follow_ups.records import FOLLOW_UP
from crm_desktop.duties.visits.records import VISIT
from crm_desktop.record.duty import Entries, NowPoint, TimelineEntry
from crm_desktop.record.text import Text, say
from crm_desktop.ui import jobs, theme
from crm_desktop.ui.list_paint import CHIP_SIDES, PADDING
from crm_desktop.ui.now_line import NowLine, in_order
from crm_desktop.ui.pick_bar import Pick, PickBar
from crm_desktop.ui.sheet_tabs import TIMELINE
from crm_desktop.ui.timeline import Timeline
from crm_desktop.ui.timeline_model import COMING, LINE, Heading, More, lines_of
from tests.samples import PERSON
from tests.ui.lived import PATIENCE, House
from tests.ui.lodge import Lodge

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
CLIENT = "澄籁精密制造有限公司"


def opened(house: House, qtbot: Any, record: str = "account", name: str = CLIENT) -> Any:
    """The sheet of a client, read."""
    house.window.activateWindow()
    house.window.open_record(record, house.ids[name])
    sheet = house.window.page("accounts" if record == "account" else "people")._sheet
    qtbot.waitUntil(lambda: sheet._name.text() == name, timeout=PATIENCE)
    qtbot.waitUntil(lambda: sheet.tabs.timeline.model.rowCount() > 0, timeout=PATIENCE)
    return sheet


def entries_of(timeline: Timeline) -> list[TimelineEntry]:
    lines = [timeline.model.line(row) for row in range(timeline.model.rowCount())]
    return [line for line in lines if isinstance(line, TimelineEntry)]


def saved(house: House, record: Any, **values: Any) -> None:
    """What somebody else saves while the window is open."""
    jobs.act(house.window, lambda desk, job: desk.save(record, None, 0, values))


def test_the_timeline_is_the_client_s_stays_newest_first(lived: House, qtbot: Any) -> None:
    timeline = opened(lived, qtbot).tabs.timeline
    days = [entry.day for entry in entries_of(timeline)]
    assert days == sorted(days, reverse=True)
    assert sum(day > "2026-11-18" for day in days) == COMING
    assert isinstance(timeline.model.line(0), More)
    stays = lived.one("select count(*) from stay where company_id = ? and gone is null", lived.ids[CLIENT])
    coming = lived.one("select count(*) from stay where company_id = ? and gone is null and arrival > '2026-11-18'", lived.ids[CLIENT])
    assert len(days) == stays - coming + COMING
    timeline.focus_first()
    qtbot.keyClick(timeline.view, Qt.Key.Key_Home)
    qtbot.keyClick(timeline.view, Qt.Key.Key_Return)  # the heading shows those further in the future
    qtbot.waitUntil(lambda: len(entries_of(timeline)) == stays, timeout=PATIENCE)
    assert isinstance(timeline.model.line(0), Heading)


def test_arrows_walk_the_entries_and_enter_opens_one(lived: House, qtbot: Any) -> None:
    sheet = opened(lived, qtbot)
    view = sheet.tabs.timeline.view
    sheet.tabs.focus_first()
    assert QApplication.focusWidget() is view
    for _ in range(COMING + 1):
        qtbot.keyClick(view, Qt.Key.Key_Down)
        assert isinstance(view.currentIndex().data(LINE), TimelineEntry)  # headings are stepped over
    chosen = view.currentIndex().data(LINE)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: lived.window.page("stays") is not None, timeout=PATIENCE)
    page = lived.window.page("stays")
    qtbot.waitUntil(lambda: page._sheet is not None and page._sheet.form.values().get("arrival") == chosen.day, timeout=PATIENCE)
    lived.window.back()
    assert lived.window.stack.currentWidget() is lived.window.page("accounts")


def test_what_is_saved_elsewhere_appears_and_the_place_is_kept(lived: House, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = opened(lived, qtbot)
    timeline = sheet.tabs.timeline
    monkeypatch.setattr(timeline, "_entries", [*(each for each in timeline._entries if each.record == "stay"), _visits()])
    timeline._open("")
    qtbot.waitUntil(lambda: not timeline.model._reading, timeout=PATIENCE)
    row = timeline.model.rowCount() - 2
    timeline.view.setCurrentIndex(timeline.model.index(row, 0))
    before = timeline.view.currentIndex().data(LINE).place
    saved(lived, VISIT, account_id=lived.ids[CLIENT], day="2026-11-18", time="10:15", words="问了年会的报价")
    qtbot.waitUntil(lambda: "问了年会的报价" in [say(e.words) for e in entries_of(timeline)], timeout=PATIENCE)
    assert timeline.view.currentIndex().data(LINE).place == before
    assert set(timeline.kinds.keys()) == {"", "stay", "visit"}
    timeline.kinds.setFocus()
    for _ in range(timeline.kinds.keys().index("visit")):
        qtbot.keyClick(timeline.kinds, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: {e.record for e in entries_of(timeline)} == {"visit"}, timeout=PATIENCE)
    lived.window.undo()  # the last of its kind goes: everything is shown again
    qtbot.waitUntil(lambda: len(entries_of(timeline)) > 1 and timeline.kinds.chosen == "", timeout=PATIENCE)


def _visits() -> Entries:
    return Entries("visit", "phone", "day", {"account": ("account_id",)}, ("words",), lambda row: str(row["words"]), time="time", chip="result")


def test_the_next_page_is_read_on_the_way_down(lived: House, qtbot: Any) -> None:
    sheet = opened(lived, qtbot, "account", "越岫城建集团")
    timeline = sheet.tabs.timeline
    jobs.act(lived.window, lambda desk, job: _many(desk, lived.ids["越岫城建集团"]))
    timeline._entries = [_tasks()]
    timeline._open("")
    qtbot.waitUntil(lambda: len(entries_of(timeline)) == 60, timeout=PATIENCE)
    sheet.tabs.focus_first()
    for _ in range(4):
        qtbot.keyClick(timeline.view, Qt.Key.Key_End)
        qtbot.wait(60)
    qtbot.waitUntil(lambda: len(entries_of(timeline)) == 150, timeout=PATIENCE)
    assert len({entry.place for entry in entries_of(timeline)}) == 150


def _tasks() -> Entries:
    return Entries("follow_up", "list-todo", "due", {"account": ("account_id",)}, ("name",), lambda row: str(row["name"]))


def _many(desk: Desk, client: int) -> Any:
    with desk.writing(Text("Added")) as writing:
        for at in range(150):
            writing.add(FOLLOW_UP, {"account_id": client, "name": f"催办 {at}", "due": f"2026-{1 + at % 10:02d}-15"})
    return writing.entry.change


def test_tabs_by_keyboard_and_a_contact_added_from_its_tab(lived: House, qtbot: Any) -> None:
    sheet = opened(lived, qtbot)
    tabs = sheet.tabs
    contacts = next(str(at) for at, related in enumerate(tabs.related) if related.record == "person")
    sheet.focus_first()
    qtbot.keyClick(sheet.figures, Qt.Key.Key_1 + tabs.bar.keys().index(contacts), Qt.KeyboardModifier.AltModifier)
    assert tabs.bar.chosen == contacts
    people = lived.one("select count(*) from person where account_id = ? and gone is null", lived.ids[CLIENT])
    qtbot.waitUntil(lambda: tabs.shown.model.rowCount() == people, timeout=PATIENCE)
    assert next(pick.rows for pick in tabs.bar._picks if pick.key == contacts) == str(people)
    qtbot.mouseClick(tabs.shown.new_button, Qt.MouseButton.LeftButton)
    page = lived.window.page("people")
    qtbot.waitUntil(lambda: page.form is not None and page.form.values().get("account_id") == lived.ids[CLIENT], timeout=PATIENCE)
    page.form.cells["name"].editor.setFocus()
    qtbot.keyClicks(page.form.cells["name"].editor, "Qi Man")
    page.form.save()
    lived.window.back()
    qtbot.waitUntil(lambda: tabs.shown.model.rowCount() == people + 1, timeout=PATIENCE)
    here = QApplication.focusWidget()
    qtbot.keyClick(here, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    assert tabs.bar.chosen != contacts
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert tabs.bar.chosen == contacts


@pytest.mark.parametrize("spoken", ["zh_CN", "en"])
def test_the_tabs_of_a_client_stand_in_one_line_what_is_empty_behind(lived: House, qtbot: Any, spoken: str) -> None:
    if spoken == "en":
        lived.window.switch_language()
    lived.window.resize(1000, 700)
    bar = opened(lived, qtbot).tabs.bar
    qtbot.waitUntil(lambda: any(pick.rows for pick in bar._picks), timeout=PATIENCE)
    assert bar.height() == bar._line
    keys, lists = bar.keys(), [pick for pick in bar._picks if pick.key.isdigit()]
    assert [bool(pick.rows) for pick in lists] == sorted((bool(pick.rows) for pick in lists), reverse=True)
    hidden = keys[bar._shown]
    bar.set_chosen(hidden)  # as when a figure opens its rows
    assert bar.height() > bar._line
    assert bar.chosen == hidden


def test_long_english_words_push_nothing_out_of_the_window(lived: House, qtbot: Any) -> None:
    lived.window.switch_language()
    lived.window.resize(1366, 700)
    sheet = opened(lived, qtbot)
    for scroll in sheet.form.findChildren(QScrollArea):
        assert scroll.widget().minimumSizeHint().width() <= scroll.viewport().width()
    metrics = QFontMetrics(theme.small_font())
    assert len(sheet.figures._figures) > 8
    for at, figure in enumerate(sheet.figures._figures):
        assert metrics.horizontalAdvance(say(figure.label)) <= sheet.figures._box(at).width(), say(figure.label)
    lived.window.go("accounts")
    view = lived.window.page("accounts").list.view
    column = next(at for at, field in enumerate(view.model().fields) if field.name == "kind")
    assert not view.isColumnHidden(column)
    assert view.columnWidth(column) >= metrics.horizontalAdvance("Company") + CHIP_SIDES + 2 * PADDING


def test_what_matters_now_opens_its_rows(lived: House, qtbot: Any) -> None:
    sheet = opened(lived, qtbot)
    where = lived.ids[CLIENT]
    coming = lived.one("select count(*) from stay where company_id = ? and arrival >= '2026-11-18' and status = 'Booked' and gone is null", where)
    chip = next(chip for chip in sheet.now.chips if chip.point.tone == "blue" and chip.point.opens[0] == "stay")
    chip.setFocus()
    qtbot.keyClick(chip, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: sheet.tabs.shown is not None and sheet.tabs.shown.model.rowCount() == coming, timeout=PATIENCE)


def test_a_guest_s_sheet_in_english(lived: House, qtbot: Any) -> None:
    lived.window.switch_language()
    sheet = opened(lived, qtbot, "person", "霍明翊")
    assert sheet.tabs.bar.keys()[0] == TIMELINE
    assert "Owner: 许棠" in sheet._note.text()
    words = [say(entry.words) for entry in entries_of(sheet.tabs.timeline)]
    assert any("a night" in line for line in words)
    assert not any("霍明翊" in line for line in words)
    lived.window.switch_language()
    assert any("每晚" in say(entry.words) for entry in entries_of(sheet.tabs.timeline))


def test_a_record_without_entries_shows_its_form_only(lived: House, qtbot: Any) -> None:
    lived.window.open_record("hotel", lived.ids["hotel"])
    sheet = lived.window.page("hotels")._sheet
    qtbot.waitUntil(lambda: sheet._name.text() == "澜棠大酒店", timeout=PATIENCE)
    assert sheet.tabs.isHidden()
    assert sheet.form.isVisible()


# the parts by themselves


def entry(day: str, row_id: int = 1) -> TimelineEntry:
    return TimelineEntry(day, "", "stay", row_id, "words", "bed")


def test_months_head_their_entries() -> None:
    lines = lines_of([entry("2027-01-05")], [entry("2026-11-18"), entry("2026-11-02"), entry("2025-11-30")], later=False)
    told = [str(line.words) if isinstance(line, Heading) else getattr(line, "day", "more") for line in lines]
    assert told == ["Coming up", "2027-01-05", "2026-11", "2026-11-18", "2026-11-02", "2025-11", "2025-11-30"]
    assert isinstance(lines_of([entry("2027-01-05")], [], later=True)[0], More)
    assert lines_of([], [], later=False) == []


def test_what_needs_somebody_stands_first() -> None:
    points = [NowPoint(Text(tone or "none"), tone) for tone in ("blue", "", "green", "red", "amber", "red")]
    assert [point.tone for point in in_order(points)] == ["red", "red", "amber", "green", "blue", ""]


def test_a_point_that_opens_nothing_takes_no_key(qtbot: Any) -> None:
    line = NowLine(None)  # type: ignore[arg-type]
    qtbot.addWidget(line)
    heard: list[NowPoint] = []
    line.opened.connect(heard.append)
    line.show_points([NowPoint(Text("In house"), "green"), NowPoint(Text("Owes"), "red", ("stay", 7))])
    line.show()
    assert [chip.focusPolicy() for chip in line.chips] == [Qt.FocusPolicy.StrongFocus, Qt.FocusPolicy.NoFocus]
    for chip in line.chips:
        chip.click()
    assert [point.opens for point in heard] == [("stay", 7)]
    line.show_points([])
    assert line.chips == []


@pytest.mark.parametrize("pills", [False, True])
def test_a_bar_of_words_is_walked_by_arrows_and_clicked(qtbot: Any, pills: bool) -> None:
    bar = PickBar(None, Text("Parts of the sheet"), pills=pills)  # type: ignore[arg-type]
    qtbot.addWidget(bar)
    bar.resize(180, 30)
    bar.show_picks([Pick("a", Text("Timeline")), Pick("b", Text("Contacts"), "3"), Pick("c", Text("Stay history"), "12")])
    bar.show()
    heard: list[str] = []
    bar.picked.connect(heard.append)
    assert bar.height() == bar._line  # those without room wait behind the last one
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar._boxes[-1].center())
    assert not heard
    bar._open = False
    bar._arrange()
    bar.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        qtbot.keyClick(bar, key)
    assert heard == ["b", "c", "a", "c"]
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar._boxes[1].center())
    assert bar.chosen == "b"
    assert bar.accessibleDescription() == "Contacts 3"
    assert bar.height() > bar._line  # no room for all: it goes on in another line
    assert len({box.topLeft().toTuple() for box in bar._boxes}) == 3
    bar.show_picks([Pick("c", Text("Stay history"))])
    assert bar.chosen == "c"



def test_the_photo_stands_beside_the_name(lodge: Lodge) -> None:
    picture = QImage(60, 80, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.darkGreen)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert picture.save(buffer, "PNG")
    known, other = lodge.add(PERSON, name="霍明翊"), lodge.add(PERSON, name="单翊飞")
    attachments.add_content(Desk(lodge.store, "顾言舟"), "person", known, "霍博士.png", bytes(buffer.data().data()))
    window = lodge.open("zh_CN")
    window.open_record("person", known)
    portrait = window.page("people")._sheet.portrait
    lodge.wait(portrait.isVisible)
    assert portrait.pixmap().toImage().pixelColor(20, 20) == QColor(Qt.GlobalColor.darkGreen)
    window.open_record("person", other)
    lodge.wait(portrait.isHidden)
