"""A month to click in, under the line of a day."""

from __future__ import annotations

from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout

from crm_desktop.record.dates import business_date
from crm_desktop.record.text import Text
from crm_desktop.ui import theme
from crm_desktop.ui.widgets import link

ISO = "yyyy-MM-dd"
WEEKEND = (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday)


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
