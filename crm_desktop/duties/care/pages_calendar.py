"""The calendar: a month, a week or an agenda of visits, plan items, follow-ups and days to keep, by both calendars; out as iCalendar."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QHBoxLayout,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from crm_desktop.duties.care import queries_calendar as queries
from crm_desktop.duties.care import rules_calendar as rules
from crm_desktop.duties.care.pages_calendar_grid import LEAST, MARKS, CalendarWeeks, DayCells, under
from crm_desktop.duties.care.queries_calendar import Entry
from crm_desktop.duties.care.queries_proposal import sellers
from crm_desktop.exchange.shapes_out import PRODUCT, event
from crm_desktop.record.text import Text, say
from crm_desktop.store.folders import writing
from crm_desktop.ui import jobs
from crm_desktop.ui.edits import ENTER
from crm_desktop.ui.span_bar import OwnersBox, SpanBar
from crm_desktop.ui.speech import put
from crm_desktop.ui.table import Texts, table
from crm_desktop.ui.topbar import day_text
from crm_desktop.ui.weeks import WeeksTable
from crm_desktop.ui.widgets import PlainLabel, button, card

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

VIEWS = ((rules.MONTH, Text("Month")), (rules.WEEK, Text("Week")), (rules.AGENDA, Text("Agenda")))
HEADINGS = (Text("Day"), Text("Calendar"), Text("Time"), Text("Client or person"), Text("What"))
WIDTHS = (130, 150, 64, 220, 240)


class CalendarPage(QWidget):
    """The calendar."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._view, self._day = rules.MONTH, window.today()
        self.entries: list[Entry] = []
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 12, 24, 12)
        box.setSpacing(8)
        box.addLayout(self._make_bar())
        self.told = PlainLabel(self, "soft")
        box.addWidget(self.told)
        frame, inside = card(self)
        self._body = QStackedWidget(frame)
        self.days = CalendarWeeks(frame)
        self.grid = WeeksTable(self.days, DayCells, LEAST, self._body)
        put(self.grid, "setAccessibleName", Text("Calendar"))
        self.rows = Texts(HEADINGS, self._body)
        self.list = table(self._body, self.rows, len(WIDTHS) - 1, name=Text("Agenda"))
        for at, width in enumerate(WIDTHS):
            self.list.setColumnWidth(at, width)
        for view in (self.grid, self.list):
            view.installEventFilter(self)
            view.doubleClicked.connect(self._on_double)
            self._body.addWidget(view)
        inside.addWidget(self._body)
        box.addWidget(frame, 1)
        jobs.hub().changed.connect(self._on_changed)

    def _make_bar(self) -> QHBoxLayout:
        bar = SpanBar(self, Text("Calendar"))
        bar.before.clicked.connect(self._on_before)
        bar.after.clicked.connect(self._on_after)
        self.span_label, self.owners = bar.days, OwnersBox(self)
        self.owners.activated.connect(self.read)
        bar.addWidget(self.owners)
        self.views = QButtonGroup(self)
        for at, (_, words) in enumerate(VIEWS):
            made = button(self, words)
            made.setCheckable(True)
            self.views.addButton(made, at)
            bar.addWidget(made)
        self.views.button(0).setChecked(True)
        self.views.idClicked.connect(self._on_view)
        self.file_button = button(self, Text("iCalendar"), icon="download")
        self.file_button.clicked.connect(self.save)
        bar.addWidget(self.file_button)
        return bar

    # what it shows

    def show_args(self, day: str = "", **_: Any) -> None:
        """Show a day, else today."""
        self._day = day or self._window.today()
        jobs.read(self, sellers, self._on_sellers, slot="sellers")
        self.read()

    def focus_first(self) -> None:
        """The keyboard goes to the days."""
        self._shown().setFocus(Qt.FocusReason.OtherFocusReason)

    def _shown(self) -> QTableView:
        return self.list if self._view == rules.AGENDA else self.grid

    @Slot(object)
    def _on_sellers(self, found: list[tuple[int, str]]) -> None:
        self.owners.offer(found, self.owners.currentData())

    @Slot()
    def read(self) -> None:
        """Read what stands on the days shown."""
        first, last = rules.span(self._view, self._day)
        words: Text | str = self._day[:7] if self._view == rules.MONTH else Text("{first} to {last}", first=first, last=last)
        put(self.span_label, "setText", words)
        jobs.read(self, partial(_entries, first, last, self.owners.currentData()), self._on_read, slot="entries")

    @Slot(object)
    def _on_read(self, found: tuple[str, str, list[Entry]]) -> None:
        first, last, self.entries = found
        if (first, last) != rules.span(self._view, self._day):
            return
        years = rules.unpublished(first, last)
        count = Text("{n} entries", n=f"{len(self.entries):,}")
        not_yet = Text("The days off of {year} are not published yet: weekends and statutory days only", year=", ".join(years))
        put(self.told, "setText", Text("{first} · {second}", first=count, second=not_yet) if years else count)
        if self._view == rules.AGENDA:
            self.rows.show_rows([_row(one) for one in self.entries])
            self.list.selectRow(0)
        else:
            self.days.show_days(first, last, self._day[:7] if self._view == rules.MONTH else "", self._window.today(), self.entries)
            self.grid.fit()
            at = next((at for at, day in enumerate(self.days.days) if day.day == self._day), 0)
            self.grid.setCurrentIndex(self.days.index(at // 7, at % 7))
        self._body.setCurrentWidget(self._shown())

    # what is done

    @Slot(int)
    def _on_view(self, at: int) -> None:
        self._view = VIEWS[at][0]
        self.read()

    @Slot()
    def _on_before(self) -> None:
        self._day = rules.moved(self._view, self._day, -1)
        self.read()

    @Slot()
    def _on_after(self) -> None:
        self._day = rules.moved(self._view, self._day, 1)
        self.read()

    def open(self) -> None:
        """Open the entry of the agenda; of a day, its agenda, or the only thing on it."""
        if self._view == rules.AGENDA:
            at = self.list.currentIndex().row()
            if 0 <= at < len(self.entries):
                self._window.open_record(self.entries[at].record, self.entries[at].row_id)
            return
        day = self.days.day(self.grid.currentIndex())
        if day is None:
            return
        there = self.days.on.get(day.day, [])
        if len(there) == 1:
            self._window.open_record(there[0].record, there[0].row_id)
            return
        self._day, self._view = day.day, rules.AGENDA
        self.views.button(2).setChecked(True)
        self.read()

    @Slot()
    def save(self) -> None:
        """Write what is shown to an iCalendar file."""
        chosen, _ = QFileDialog.getSaveFileName(self, say(Text("Save as iCalendar")), f"{self._day[:7]}.ics", "*.ics")
        if chosen:
            self.write(Path(chosen))

    def write(self, path: Path) -> None:
        """The same, to a file that was chosen."""
        jobs.work(self, partial(_write, path, list(self.entries)), self._on_saved)

    @Slot(object)
    def _on_saved(self, found: tuple[int, str]) -> None:
        put(self.told, "setText", Text("{n} entries written to {file}", n=f"{found[0]:,}", file=found[1]))

    # what Qt tells

    @Slot(QModelIndex)
    def _on_double(self, _index: QModelIndex) -> None:
        self.open()

    @Slot(object)
    def _on_changed(self, change: Any) -> None:
        if self.isVisible() and {"visit", "care_item", "follow_up", "key_date"} & change.tables:
            self.read()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in ENTER:
                self.open()
                return True
            if event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown) and watched is self.grid:
                (self._on_before if event.key() == Qt.Key.Key_PageUp else self._on_after)()
                return True
        return super().eventFilter(watched, event)


def _row(one: Entry) -> list[Text | str]:
    day = rules.day_of(one.day)
    also: Text | str = Text("{first} · {second}", first=under(day), second=MARKS[day.mark][0]) if day.mark else under(day)
    return [day_text(one.day, lunar_too=False), also, one.time, one.who, one.what]


def _entries(first: str, last: str, owner: int | None, reader: Any, job: jobs.Job) -> tuple[str, str, list[Entry]]:
    return first, last, queries.entries(reader, first, last, owner)


def _write(path: Path, entries: list[Entry], reader: Any, job: jobs.Job) -> tuple[int, str]:
    lines = ["BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", f"PRODID:{PRODUCT}\r\nCALSCALE:GREGORIAN\r\n"]
    for one in entries:
        lines.append(event({"id": f"{one.record}-{one.row_id}-{one.day}", "day": one.day, "time": one.time, "who": one.who, "summary": say(one.what)}))
    writing(path, lambda file: file.writelines(line.encode() for line in (*lines, "END:VCALENDAR\r\n")))
    return len(entries), path.name


def calendar(window: Window) -> CalendarPage:
    """The page."""
    return CalendarPage(window)
