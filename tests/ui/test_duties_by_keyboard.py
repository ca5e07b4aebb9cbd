"""Every duty's form filled from a phone call, its paper looked at, its list written to a file and read back, with nothing but the
keyboard; what was taken down stands in its client's timeline and on *Today*. One test for each duty, in the order of the department's list."""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QFileDialog, QLineEdit, QWidget

from crm_desktop.desk.desk import Desk
from crm_desktop.duties import DUTIES
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.duties.complaints.records import COMPLAINT
from crm_desktop.duties.house.records import DEPARTMENT
from crm_desktop.duties.today import queries as board
from crm_desktop.record import dates
from crm_desktop.record.text import Text, say
from crm_desktop.store import timeline
from crm_desktop.ui import seat
from crm_desktop.ui.edits import ENTER
from crm_desktop.ui.exporting import Choice
from crm_desktop.ui.paper_view import PaperView
from tests.moments.shift import CTRL, Hands
from tests.samples import hotel
from tests.ui.lodge import Lodge
from tests.ui.test_by_keyboard import choose, reach

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
TODAY, MOST = "2026-11-18", 60
CLIENT = {"account_id": "rzyy"}  # a reference by its initials
ORDER = {"complaint_id": "空调", "department_id": "gcb"}


class Told:
    """What a call brings: `typed` and `chosen` into which fields, `kept` what else is there then; the figure of *Today* it waits in, its
    paper, and the field that is spoilt before the file is read back."""

    def __init__(self, page: str, typed: dict[str, str], kept: dict[str, Any], figure: str, paper: str, spoilt: str, chosen: dict[str, str] | None = None) -> None:
        self.page, self.typed, self.kept, self.figure, self.paper, self.spoilt = page, typed, kept, figure, paper, spoilt
        self.chosen = CLIENT if chosen is None else chosen


DUTIES_TOLD: dict[str, Told] = {
    "booking": Told(
        "bookings", {"day": TODAY, "time": "18:00", "ends": "21:00", "place": "澜庭 A+B", "people": "420", "deposit": "50000", "wishes": "主桌靠窗"},
        {"code": "YD261118-01", "people": 420, "ends": "21:00", "deposit": 50_000_00}, "Bookings today", "booking-form", "wishes",
    ),
    "agreement": Told(
        "agreements", {"name": "2027 年度协议", "until": "2026-12-10", "promised_nights": "300", "blackout": "国庆、博览会"}, {"code": "XY-2026-0001", "promised_nights": 300}, "", "rate-agreement", "blackout",
    ),
    "complaint": Told(
        "complaints", {"name": "话筒无声", "guest": "解采薇", "room_no": "1216", "story": "讲到一半没声", "demand": "免场租"}, {"code": "TS261118-02", "received_at": "13:20", "due": "2026-11-18 13:35"},
        "Complaints open", "F09", "demand",
    ),
    "rectification": Told(
        "rectifications", {"name": "换风机电机", "person": "石固", "issued_on": TODAY, "issued_at": "1010", "room_no": "1216", "standard": "24 度以下"}, {"code": "ZG261118-01", "state": "draft"},
        "", "F10", "standard", ORDER,
    ),
    "feedback": Told("feedback", {"name": "解采薇", "due": TODAY, "words": "处理得很快"}, {"state": "planned"}, "Call-backs due", "F43", "words"),
    "promotion": Told(
        "promotions", {"name": "平安夜大餐", "purpose": "满台", "target": "老客户", "sell_from": "1120", "sell_to": "2026-12-24", "programme": "抽奖三轮", "budget": "38,000"},
        {"code": "CX-2026-0001", "budget": 38_000_00, "evaluate_by": "2027-01-07"}, "", "F42", "programme", {},
    ),
    "settlement": Told(
        "settlements", {"name": "年终会", "deposit": "30000", "signed_by": "屠会计", "tax_no": "91990000MA0DM00173"}, {"code": "JS261118-01", "deposit": 30_000_00, "day": TODAY}, "Bills to hand over today", "F29", "signed_by",
    ),
    "minutes": Told(
        "minutes", {"name": "营销部周例会", "day": "1116", "time": "0900", "place": "清言", "present": "全员", "reports": "投诉 7 起"}, {"day": "2026-11-16", "code": "HY-2026-0001"}, "Minutes to hand out", "F46", "reports", {},
    ),
    "instruction": Told("instructions", {"name": "年终会先收款", "day": "1112", "due": "1117", "detail": "方案报我"}, {"due": "2026-11-17", "code": "ZL-2026-0001", "state": "given"}, "Instructions due", "F51", "detail"),
    "training": Told(
        "trainings", {"name": "定金怎么写", "day": "1110", "minutes": "90", "trainer": "沈知渝", "content": "案例三则"}, {"code": "PX-2026-0001", "minutes": 90}, "Trainings not evaluated", "F47", "content",
    ),
    "document": Told(
        "documents", {"name": "公务接待公函", "day": TODAY, "party": "省某厅", "their_no": "函118", "due": "1117", "proposal": "请唐屿拟办"}, {"code": "SW-2026-0001"}, "Documents due", "F52", "proposal",
    ),
    "archive_loan": Told("archive-loans", {"name": "合同卷", "archive_no": "HT22", "day": TODAY, "purpose": "核对条款", "pages": "12"}, {"code": "JY-2026-0001", "pages": 12}, "Files asked for", "F48B", "purpose"),
    "market_info": Told(
        "market-information", {"name": "棹歌停业装修", "day": TODAY, "source": "前台电话", "content": "十二月整月", "valid_until": "1120"}, {"code": "XX-2026-0001"}, "Information running out", "F45", "content",
    ),
    "online_review": Told("online-reviews", {"day": "1117", "time": "1030", "name": "沈小园", "stars": "2", "words": "到店说没有"}, {"due": "2026-11-18 10:30", "state": "unanswered"}, "Reviews not answered", "F53", "words"),
    "page_check": Told("page-checks", {"day": TODAY, "found": "图片是旧餐厅"}, {"state": "to-do"}, "Shop pages to look at", "F54", "found", {}),
}  # fmt: skip
OF_LINES = {"minutes": "minutes_item", "promotion": "promotion_offer"}  # those whose lines name the client
NOBODYS = {"page_check"}  # the hotel's own pages are about no client


@pytest.fixture(autouse=True)
def _now() -> None:
    dates.set_clock(dt.datetime(2026, 11, 18, 13, 20))


class Caller:
    """Somebody who has one hand at the telephone and the other on the keyboard."""

    def __init__(self, lodge: Lodge, key: str) -> None:
        self.lodge, self.key, self.told = lodge, key, DUTIES_TOLD[key]
        desk = Desk(lodge.store, "顾言舟")
        self.client = lodge.add(ACCOUNT, name="瑞栀药业", code="R1")
        lodge.add(DEPARTMENT, name="工程部", code="ENG")
        if key != "booking":
            lodge.add(COMPLAINT, name="空调不制冷", received_on="2026-11-17", received_at="21:00", account_id=self.client, hotel_id=hotel(desk))
        hotel(desk)

    def sit(self, spoken: str) -> None:
        """In front of the window."""
        self.hands = Hands(self.lodge.open(spoken), self.lodge.store, self.lodge.qtbot)
        self.lodge.window.activateWindow()
        self.lodge.wait(lambda: QApplication.focusWidget() is not None and seat.here() is not None)

    def command(self, title: str) -> None:
        """One of the palette, by its words."""
        self.hands.press(Qt.Key.Key_K, CTRL)
        self.lodge.wait(lambda: isinstance(self.hands.focus(), QLineEdit))
        self.hands.write(title)
        self.hands.press(ENTER[0])

    def go(self) -> Any:
        """To the page of the duty."""
        (page,) = (page for duty in DUTIES for page in duty.pages if page.key == self.told.page)
        self.command(say(page.title))
        self.lodge.wait(lambda: self.lodge.window.page(self.told.page) is not None and self.lodge.window.stack.currentWidget() is self.lodge.window.page(self.told.page))
        here = self.lodge.window.page(self.told.page)
        self.lodge.wait(lambda: here.isAncestorOf(self.hands.focus()))
        return here

    def fill(self) -> int:
        """A new row, every field by Tab; its id."""
        page = self.go()
        self.hands.press(Qt.Key.Key_N, CTRL)
        self.lodge.wait(lambda: page.form is not None and page.form.isVisible() and page.form.isAncestorOf(self.hands.focus()))
        before = {row[0] for row in self.rows()}
        for name in (field.name for section in page.record.sections for field in section.fields):
            if name in self.told.chosen:
                choose(self.lodge, self.hands, page.form, name, self.told.chosen[name])
            elif name in self.told.typed:
                self.write(page.form, name, self.told.typed[name])
        if self.key in OF_LINES:
            self.add_line(page.form)
        self.hands.press(Qt.Key.Key_S, CTRL)
        self.lodge.wait(lambda: len(self.rows()) == len(before) + 1)
        (row_id,) = {row[0] for row in self.rows()} - before
        self.lodge.wait(lambda: self.lodge.window.shown() == (self.key, row_id) and not page.form.dirty())
        return int(row_id)

    def rows(self) -> list[tuple[Any, ...]]:
        return self.hands.rows(f"select id from {self.key} where gone is null")

    def write(self, form: Any, name: str, words: str) -> None:
        """Into a field, instead of what is there."""
        reach(self.hands, form, name)
        if form.cells[name].editor.value() not in ("", None, 0):
            self.hands.press(Qt.Key.Key_A, CTRL)
        self.hands.write(words)

    def add_line(self, form: Any) -> None:
        """The line that names the client: into its columns by Tab."""
        name = f"{OF_LINES[self.key]}.lines"
        reach(self.hands, form, name)
        (lines,) = (each for each in form.record.lines if each.name == name)
        for column in lines.columns:
            if column == "account_id":
                box = self.hands.focus()
                QTest.keyClicks(box, CLIENT["account_id"])
                self.lodge.wait(lambda box=box: box._popup is not None and box._popup.isVisible() and box._is_fresh())
                self.hands.press(ENTER[0])
                self.lodge.wait(lambda box=box: box.value() is not None)
            elif column in ("name", "day", "due"):
                self.hands.write("话筒检测" if column == "name" else TODAY)
            self.hands.press(Qt.Key.Key_Tab)

    def look_at_paper(self) -> None:
        """The paper of the row that is shown, by one key; and back."""
        self.hands.press(Qt.Key.Key_P, CTRL)
        self.lodge.wait(lambda: self.hands.find(PaperView) and self.hands.find(PaperView).pages.has_picture(0))
        assert self.hands.find(PaperView).offer.form.key == self.told.paper
        self.hands.press(Qt.Key.Key_Escape)
        self.lodge.wait(lambda: self.hands.find(PaperView) is None)
        self.come_back()

    def come_back(self) -> None:
        """The window has the keyboard again after a dialog, as a desktop gives it; here nobody does."""
        self.lodge.window.activateWindow()
        self.lodge.wait(lambda: QApplication.focusWidget() is not None)

    def tab_to(self, wanted: QWidget) -> None:
        for _ in range(MOST):
            if self.hands.focus() is wanted:
                return
            self.hands.press(Qt.Key.Key_Tab)
        raise AssertionError(f"{wanted} is not reached by Tab")

    def write_file(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """The list with all its columns; where is asked by the system's own dialog."""
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
        self.command(say(next(command.title for command in self.lodge.window.page(self.told.page).commands() if command.title.source == "Export this list")))
        self.lodge.wait(lambda: self.hands.find(Choice) is not None and self.hands.find(Choice).isAncestorOf(self.hands.focus()))
        box = self.hands.find(Choice)
        self.tab_to(box.seen_columns)
        self.hands.press(Qt.Key.Key_Down)
        assert box.all_columns.isChecked()
        self.tab_to(box.kinds[".xlsx"])
        self.hands.press(Qt.Key.Key_Down)
        assert box.kinds[".csv"].isChecked()
        self.tab_to(box.findChild(QDialogButtonBox).buttons()[0])
        self.hands.press(Qt.Key.Key_Space)
        self.lodge.wait(lambda: path.exists() and self.lodge.window.busy.isHidden() and self.hands.find(Choice) is None)
        self.come_back()

    def read_file(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """The same file again, as what it is."""
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
        self.command(say(Text("Import")))
        self.lodge.wait(lambda: self.lodge.window.page("import") is not None and self.lodge.window.stack.currentWidget() is self.lodge.window.page("import"))
        page = self.lodge.window.page("import")
        self.lodge.wait(lambda: page.isAncestorOf(self.hands.focus()))
        self.tab_to(page.choose_button)
        self.hands.press(Qt.Key.Key_Space)
        self.lodge.wait(lambda: page._summary is not None and self.hands.focus() is page.go_button)
        assert page._opened.record.key == self.key, "is recognised by its columns"
        self.hands.press(Qt.Key.Key_Space)
        self.lodge.wait(lambda: page._job is None and page.done_label.text() != "")


def stands_in(caller: Caller, row_id: int) -> None:
    """The row is in its client's timeline, and among those its figure of *Today* opens."""
    told, key = caller.told, caller.key
    with closing(caller.lodge.store.open_reader()) as reader:
        labels = {line.label.source for line in board.board(reader, DUTIES, TODAY, None).lines}
        assert not told.figure or told.figure in labels
        look = timeline.Look([entry for duty in DUTIES for entry in duty.entries], caller.lodge.store.by_key, "account", caller.client)
        found = {(entry.record, entry.row_id) for entry in timeline.before(reader, look, timeline.end_of("2027-12-31"))}
    line = caller.hands.rows(f"select id from {OF_LINES[key]} where {key}_id = ?", row_id) if key in OF_LINES else [(row_id,)]
    assert ((OF_LINES.get(key, key), line[0][0]) in found) == (key not in NOBODYS)


def taken_down(caller: Caller, spoken: str) -> int:
    """A call is taken down: all that was typed is there, stands where it should and has its paper."""
    caller.sit(spoken)
    row_id = caller.fill()
    told, record = caller.told, caller.lodge.store.by_key[caller.key]
    wanted = {name: words for name, words in told.typed.items() if name not in told.kept and record.by_name[name].kind in ("text", "long", "code")} | told.kept
    (found,) = caller.hands.rows(f"select {', '.join(wanted)} from {caller.key} where id = ?", row_id)
    assert dict(zip(wanted, found, strict=True)) == wanted
    stands_in(caller, row_id)
    caller.look_at_paper()
    return row_id


@pytest.mark.parametrize("key", DUTIES_TOLD)
def test_taken_down_and_printed_in_english(lodge: Lodge, key: str) -> None:
    taken_down(Caller(lodge, key), "en")


@pytest.mark.parametrize("key", DUTIES_TOLD)
def test_taken_down_printed_written_to_a_file_and_read_back(lodge: Lodge, key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    caller = Caller(lodge, key)
    row_id, told = taken_down(caller, "zh_CN"), caller.told
    caller.write_file(tmp_path / "list.csv", monkeypatch)
    form = lodge.window.page(told.page).form
    lodge.wait(lambda: form.row_id == row_id and form.isVisible())
    form.focus_first(told.spoilt)
    caller.write(form, told.spoilt, "写错了")
    caller.hands.press(Qt.Key.Key_S, CTRL)
    value = f"select {told.spoilt} from {key} where id = {row_id}"
    lodge.wait(lambda: caller.hands.rows(value) == [("写错了",)])
    lodge.wait(lambda: not form.dirty())
    caller.read_file(tmp_path / "list.csv", monkeypatch)
    assert caller.hands.rows(value) == [(told.typed[told.spoilt],)]
    stands_in(caller, row_id)
