"""The editor of a day: typed in many ways, or picked from a calendar."""

from __future__ import annotations

from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from crm_desktop.record.dates import business_date
from crm_desktop.record.kinds import Value
from crm_desktop.record.record import Field
from crm_desktop.record.text import Text
from crm_desktop.ui import theme
from crm_desktop.ui.day_words import parse_day
from crm_desktop.ui.editors import LineEditor
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import link

ISO = "yyyy-MM-dd"
WEEKEND = (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday)
PICK = Text("Pick a day (Alt+Down)")


class DayEditor(LineEditor):
    """A line that understands 2026-11-18, 11-18, 1118, today, 明天, +3; empty is allowed."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._calendar: CalendarPopup | None = None
        self._base: LineEditor | None = None
        action = self.addAction(theme.icon("calendar-days"), QLineEdit.ActionPosition.TrailingPosition)
        put(action, "setToolTip", PICK)
        action.triggered.connect(self.open_calendar)

    def parsed(self, words: str) -> Value:
        """ISO text of the day. Raises Refused."""
        return parse_day(words, business_date(), str(self._base.value() or "") if self._base else "")

    def count_from(self, editor: LineEditor) -> None:
        """Let +2 mean two days after another field's day: a departure counts from its arrival."""
        self._base = editor

    def open_calendar(self) -> None:
        """Show the calendar at the day typed, or at today."""
        if self._calendar is None:
            self._calendar = CalendarPopup(self)
            self._calendar.picked.connect(self._on_picked)
        self._calendar.open_at(self.value() or (self._base and self._base.value()) or business_date())

    def _on_picked(self, day: str) -> None:
        self.setText(day)
        self.setFocus(Qt.FocusReason.PopupFocusReason)
        self.changed.emit()
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt_down = event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier
        if alt_down or event.key() == Qt.Key.Key_F4:
            self.open_calendar()
            return
        super().keyPressEvent(event)


class CalendarPopup(QFrame):
    """A month to click in, with today and nothing as quick answers. `picked` carries ISO text."""

    picked = Signal(str)

    def __init__(self, line: QLineEdit) -> None:
        super().__init__(line, Qt.WindowType.Popup)
        self._line = line
        self.setProperty("class", "card")
        self.month = QCalendarWidget(self)
        self.month.setGridVisible(False)
        self.month.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.month.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.month.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.ShortDayNames)
        self.month.clicked.connect(self._on_day)
        self.month.activated.connect(self._on_day)
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 8, 8, 8)
        box.setSpacing(4)
        box.addWidget(self.month)
        box.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        today, nothing = link(self, Text("Today")), link(self, Text("No date"))
        today.clicked.connect(self._on_today)
        nothing.clicked.connect(self._on_nothing)
        foot.addWidget(today)
        foot.addStretch()
        foot.addWidget(nothing)
        return foot

    def open_at(self, day: str) -> None:
        """Show it under its line, or above where there is no room below."""
        self._colour()
        self.month.setSelectedDate(QDate.fromString(day, ISO))
        self.adjustSize()
        corner = self._line.mapToGlobal(QPoint(0, self._line.height() + 2))
        screen = self._line.screen().availableGeometry()
        if corner.y() + self.height() > screen.bottom():
            corner.setY(corner.y() - self._line.height() - self.height() - 4)
        corner.setX(max(screen.left(), min(corner.x(), screen.right() - self.width())))
        self.move(corner)
        self.show()
        self.month.setFocus()

    def _colour(self) -> None:
        """Qt's calendar keeps its own formats and pictures: give it those of the look in use."""
        weekday = QTextCharFormat()
        weekday.setForeground(QColor(theme.C["text"]))
        for day in WEEKEND:
            self.month.setWeekdayTextFormat(day, weekday)
        head = QTextCharFormat()
        head.setForeground(QColor(theme.C["soft"]))
        head.setBackground(QColor(theme.C["surface"]))
        self.month.setHeaderTextFormat(head)
        for name, icon in (("prev", "chevron-left"), ("next", "chevron-right")):
            arrow = self.month.findChild(QToolButton, f"qt_calendar_{name}month")
            if isinstance(arrow, QToolButton):
                arrow.setIcon(theme.icon(icon))

    def _on_day(self, day: QDate) -> None:
        if self.isVisible():
            self._answer(day.toString(ISO))

    def _on_today(self) -> None:
        self._answer(business_date())

    def _on_nothing(self) -> None:
        self._answer("")

    def _answer(self, day: str) -> None:
        self.hide()
        self.picked.emit(day)
