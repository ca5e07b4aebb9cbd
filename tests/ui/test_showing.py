"""A page is painted when it has what it asked for, once; which page it is is written down when that is done."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from crm_desktop.desk.settings import PAGE
from crm_desktop.record.duty import NowPoint
from crm_desktop.record.text import Text
from crm_desktop.ui import jobs, theme
from crm_desktop.ui.flow import Flow
from crm_desktop.ui.now_line import NowLine
from crm_desktop.ui.timeline_model import LINE
from crm_desktop.ui.window import Window
from tests.ui.conftest import FakeReader
from tests.ui.frame_fixtures import FakeDesk, FakeSettings, dummy_duties, fake_find
from tests.ui.lived import PATIENCE, House

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
NEVER = 10_000_000  # ms: what is painted then was not painted because it took too long


class Slate(QWidget):
    """Stands on a page, paints what was read, and notes what it painted; it is read when the gate opens."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self.rows, self.painted = "old", list[str]()
        self.gate = threading.Event()
        page.layout().addWidget(self)  # type: ignore[union-attr]

    def ask(self, **_: Any) -> None:
        self.gate.clear()
        jobs.read(self, lambda _reader, _job: self.gate.wait(PATIENCE / 1000), self._on_read)

    def _on_read(self, _answer: bool) -> None:
        self.rows = "new"
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        self.painted.append(self.rows)
        QPainter(self).drawText(self.rect(), 0, self.rows)


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    """A window on the screen, on its first page, that reads in threads."""
    jobs.start(FakeReader, FakeDesk)
    made = Window(dummy_duties(), FakeSettings(language="en"), "周敏", find=fake_find)
    made._showing._late.setInterval(NEVER)
    made.show()
    qtbot.waitUntil(lambda: not jobs.hub().reading() and not made._showing.waits, timeout=PATIENCE)
    qtbot.waitExposed(made)
    yield made
    made.close()
    jobs.close()


@pytest.fixture
def slate(window: Window, qtbot: QtBot) -> Slate:
    """What stands on the page of stays, which was looked at before."""
    window.go("stays")
    page = window.page("stays")
    assert page is not None
    made = Slate(page)
    made.show()
    qtbot.waitUntil(lambda: made.painted == ["old"], timeout=PATIENCE)
    page.show_args = made.ask  # type: ignore[attr-defined]
    window.go("today")
    made.painted.clear()
    return made


def settle() -> None:
    """Everything that was posted is done, painting too."""
    for _ in range(3):
        QCoreApplication.sendPostedEvents()
        QCoreApplication.processEvents()


def test_a_page_is_painted_with_what_it_asked_for_and_once(window: Window, slate: Slate, qtbot: QtBot) -> None:
    window.go("stays")
    settle()
    assert window._showing.waits
    assert slate.isVisible()
    assert slate.painted == []  # not the rows of the last look
    slate.gate.set()
    qtbot.waitUntil(lambda: bool(slate.painted), timeout=PATIENCE)
    settle()
    assert slate.painted == ["new"]
    assert not window._showing.waits


def test_what_takes_longer_comes_later_and_the_page_now(window: Window, slate: Slate, qtbot: QtBot) -> None:
    window._showing._late.setInterval(1)
    window.go("stays")
    qtbot.waitUntil(lambda: slate.painted == ["old"], timeout=PATIENCE)
    slate.gate.set()
    qtbot.waitUntil(lambda: slate.painted == ["old", "new"], timeout=PATIENCE)


def test_a_page_that_asks_for_nothing_is_painted_at_once(window: Window, slate: Slate, qtbot: QtBot) -> None:
    jobs.read(window, lambda _reader, _job: slate.gate.wait(PATIENCE / 1000), lambda _answer: None)  # of somebody else
    page = window.page("stays")
    assert page is not None
    del page.show_args
    window.go("stays")
    assert not window._showing.waits
    qtbot.waitUntil(lambda: slate.painted == ["old"], timeout=PATIENCE)
    slate.gate.set()


def test_a_reading_that_fails_holds_nothing_up(window: Window, slate: Slate, qtbot: QtBot) -> None:
    def broken(_reader: Any, _job: Any) -> None:
        raise ValueError("this cannot be read")

    page = window.page("stays")
    assert page is not None
    page.show_args = lambda **_: jobs.read(slate, broken, print)  # type: ignore[attr-defined]
    window.go("stays")
    qtbot.waitUntil(lambda: slate.painted == ["old"], timeout=PATIENCE)
    assert window.toast.isVisible()


def test_keys_held_down_do_not_put_it_off_again(window: Window, slate: Slate) -> None:
    window.go("stays")
    due = window._showing._late.timerId()
    window.go("stays")
    assert window._showing._late.timerId() == due
    slate.gate.set()


def test_where_one_stood_is_written_down_a_little_later(window: Window, qtbot: QtBot) -> None:
    settings, showing = window.settings, window._showing
    showing._rest.setInterval(NEVER)
    window.go("stays")
    assert settings.get(PAGE) != "stays"  # a file that is safe on the disk takes as long as the page
    showing._rest.setInterval(1)
    window.go("accounts")
    qtbot.waitUntil(lambda: settings.get(PAGE) == "accounts", timeout=PATIENCE)
    showing._rest.setInterval(NEVER)
    window.go("stays")
    window.close()
    assert settings.get(PAGE) == "stays"


# the sheet of a client


class Paints(QObject):
    """Notes what a widget was asked to paint, by what `look` says then."""

    def __init__(self, widget: QWidget, look: Callable[[], Any]) -> None:
        super().__init__(widget)
        self.seen: list[Any] = []
        self._look = look
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.seen.append(self._look())
        return False


def test_an_opened_client_is_painted_with_everything_of_its_own(lived: House, qtbot: QtBot) -> None:
    window = lived.window
    window._showing._late.setInterval(NEVER)
    names = ("澄籁精密制造有限公司", "越岫城建集团")
    window.open_record("account", lived.ids[names[0]])
    sheet = window.page("accounts")._sheet  # type: ignore[union-attr]
    view, model = sheet.tabs.timeline.view, sheet.tabs.timeline.model
    qtbot.waitUntil(lambda: sheet._name.text() == names[0] and not jobs.hub().reading(), timeout=PATIENCE)
    settle()

    def last() -> Any:
        return model.line(model.rowCount() - 1).row_id

    before, figures = last(), [figure.value for figure in sheet.figures._figures]
    lines = Paints(view.viewport(), last)
    heads = Paints(sheet.figures, lambda: [figure.value for figure in sheet.figures._figures])
    names_painted = Paints(sheet._name, sheet._name.text)
    forms = Paints(sheet.form.cells["name"].editor, lambda: sheet.form.values()["name"])
    window.open_record("account", lived.ids[names[1]])
    qtbot.waitUntil(lambda: bool(names_painted.seen) and bool(lines.seen) and bool(heads.seen) and bool(forms.seen), timeout=PATIENCE)
    assert names_painted.seen[0] == forms.seen[0] == names[1]
    assert lines.seen[0] == last() != before
    assert heads.seen[0] != figures
    assert view.model().index(0, 0).data(LINE) is not None


def test_the_timeline_is_laid_out_before_it_is_painted(lived: House, qtbot: QtBot) -> None:
    window = lived.window
    window.open_record("account", lived.ids["澄籁精密制造有限公司"])
    timeline = window.page("accounts")._sheet.tabs.timeline  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: timeline.model.rowCount() > 0 and not jobs.hub().reading(), timeout=PATIENCE)
    settle()
    lines = Paints(timeline.view.viewport(), lambda: True)
    timeline.model._on_read(timeline.model._pages)
    settle()
    assert lines.seen == [True]


# what is kept to be used again


def test_a_point_that_is_gone_leaves_a_chip_for_the_next(qtbot: QtBot) -> None:
    line = NowLine(None)  # type: ignore[arg-type]
    qtbot.addWidget(line)
    line.resize(400, 40)
    line.show()
    line.show_points([NowPoint(Text("Owes"), "red", ("stay", 7)), NowPoint(Text("In house"), "green")])
    first, second = line.chips
    line.show_points([NowPoint(Text("Expected"), "blue")])
    assert line.chips == [first]
    assert (first.accessibleName(), first.focusPolicy(), first.cursor().shape()) == ("Expected", Qt.FocusPolicy.NoFocus, Qt.CursorShape.ArrowCursor)
    assert second.isHidden()
    heard: list[NowPoint] = []
    line.opened.connect(heard.append)
    line.show_points([NowPoint(Text("In house"), "green"), NowPoint(Text("Owes"), "red", ("stay", 8)), NowPoint(Text("Complaint"), "red", ("stay", 9))])
    assert line.chips[:2] == [first, second]
    assert not second.isHidden()
    assert [chip.accessibleName() for chip in line.chips] == ["Owes", "Complaint", "In house"]
    for chip in line.chips:
        chip.click()
    assert [point.opens for point in heard] == [("stay", 8), ("stay", 9)]  # each once
    lefts = [chip.x() for chip in line.chips]
    qtbot.waitUntil(lambda: sorted({chip.x() for chip in line.chips}) == [chip.x() for chip in line.chips], timeout=PATIENCE)
    assert len(lefts) == 3


def test_the_keyboard_goes_on_from_a_chip_that_becomes_another(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    line = NowLine(holder)
    line.resize(400, 40)
    line.show_points([NowPoint(Text("Owes"), "red", ("stay", 7)), NowPoint(Text("Expected"), "blue", ("stay", 8))])
    holder.show()
    holder.activateWindow()
    line.chips[0].setFocus()
    qtbot.waitUntil(line.chips[0].hasFocus, timeout=PATIENCE)
    line.show_points([NowPoint(Text("Complaint"), "red", ("stay", 9))])
    assert not line.chips[0].hasFocus()  # Enter would open what nobody chose
    QTest.keyClick(holder, Qt.Key.Key_Return)


def test_lines_that_wrap_are_measured_anew_when_something_changes(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = Flow(holder, 8)
    labels = [QLabel("a word or two", holder) for _ in range(3)]
    for label in labels:
        flow.addWidget(label)
    holder.show()
    width = labels[0].sizeHint().width() * 2 + 8
    assert flow.heightForWidth(width) == 2 * labels[0].sizeHint().height() + 8
    labels[2].hide()
    assert flow.heightForWidth(width) == labels[0].sizeHint().height()
    labels[2].show()
    assert flow.heightForWidth(width) == 2 * labels[0].sizeHint().height() + 8
    labels[1].setText("many more words than that, so that it takes a line for itself")
    assert flow.heightForWidth(width) == 3 * labels[0].sizeHint().height() + 16
    flow.removeWidget(labels[1])
    assert flow.heightForWidth(width) == labels[0].sizeHint().height()


def test_who_changes_a_font_changes_no_other(qtbot: QtBot) -> None:
    mine, before = theme.small_font(), theme.small_font().pointSizeF()
    mine.setPointSizeF(40)
    mine.setItalic(True)
    assert theme.small_font().pointSizeF() == before
    assert not theme.small_font().italic()
    assert theme.font(bold=True).weight() != theme.font().weight()
