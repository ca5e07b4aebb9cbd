"""The next ninety days as weeks: how full the house is, what stands in its halls, festivals; Enter opens the day on *Today*."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRect, Qt, Slot
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.duties.today.queries_outlook import Ahead, outlook
from crm_desktop.record.dates import days_before
from crm_desktop.record.festivals import festivals
from crm_desktop.record.text import Text, say
from crm_desktop.ui import jobs, theme
from crm_desktop.ui.list_paint import elided
from crm_desktop.ui.speech import put
from crm_desktop.ui.weeks import MIDDLE, RIGHT, DayDelegate, Weeks, WeeksTable
from crm_desktop.ui.widgets import CutLabel, PlainLabel, button, card

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

WEEKS, LEAST, BAR = 13, 34, 4  # px: a week's height at least, the bar of a day
FULL, HIGH = 95, 80  # per cent from which a day is red, amber


def tone_of(one: Ahead) -> str:
    """How full the house is, as a colour."""
    return "accent" if one.share is None or one.share < HIGH else "red" if one.share >= FULL else "amber"


def rooms_words(one: Ahead) -> str:
    """Rooms taken, in per cent where it is known of how many."""
    return f"{one.share} %" if one.share is not None else f"{one.rooms:,}"


def told(one: Ahead) -> list[str]:
    """All of a day in words."""
    out = [one.day, *(say(each) for each in festivals(one.day))]
    out.append(say(Text("{n} rooms", n=f"{one.rooms:,}")) + (f" {one.share} %" if one.share is not None else ""))
    if one.functions:
        out.append(say(Text("Functions: {n}, {people} people, {places} places", n=f"{one.functions}", people=f"{one.people:,}", places=f"{one.places}")))
    if weddings := one.kinds.get("wedding", 0):
        out.append(say(Text("Weddings: {n}", n=f"{weddings}")))
    return [*out, say(Text("Groups: {n}", n=f"{one.groups}"))] if one.groups else out


class AheadWeeks(Weeks):
    """Thirteen weeks of days."""

    def told(self, day: Ahead) -> str:
        return "\n".join(told(day))


class AheadCells(DayDelegate):
    """Paints a day: its date and festival, how full, what stands in the halls; a bar as long as the house is full."""

    def ground(self, model: AheadWeeks, day: Ahead) -> str:
        return "sunken" if day.day < model.today or dt.date.fromisoformat(day.day).weekday() > 4 else "surface"

    def inside(self, painter: QPainter, rect: QRect, model: AheadWeeks, day: Ahead, chosen: bool) -> None:
        over = day.day < model.today
        self._words(painter, rect.adjusted(8, 2, -8, -BAR - 2), day, model.today == day.day, over)
        if day.share is not None and not over:
            box = QRect(rect.left() + 8, rect.bottom() - BAR, (rect.width() - 16) * min(100, day.share) // 100, BAR - 1)
            painter.fillRect(box, QColor(theme.C[tone_of(day)]))

    @staticmethod
    def _words(painter: QPainter, box: QRect, one: Ahead, here: bool, over: bool) -> None:
        painter.setFont(theme.font(bold=here))
        painter.setPen(QColor(theme.C["accent" if here else "soft" if over else "text"]))
        number = f"{int(one.day[5:7])}-{int(one.day[8:])}"
        painter.drawText(box, MIDDLE, number)
        left = box.left() + painter.fontMetrics().horizontalAdvance(number) + 8
        if over:
            return
        tone = tone_of(one)
        painter.setPen(QColor(theme.C["text" if tone == "accent" else tone]))
        painter.setFont(theme.font(bold=True))
        painter.drawText(box, RIGHT, rooms_words(one))
        right = box.right() - painter.fontMetrics().horizontalAdvance(rooms_words(one)) - 8
        painter.setFont(theme.small_font())
        words = next((say(each) for each in festivals(one.day)), "")
        painter.setPen(QColor(theme.C["red" if words else "soft"]))
        marks = _marks(one)
        line = f"{words} {marks}".strip() if words else marks
        painter.drawText(QRect(left, box.top(), max(0, right - left), box.height()), MIDDLE, elided(painter.fontMetrics(), line, right - left))


def _marks(one: Ahead) -> str:
    """Functions, weddings and groups in few letters."""
    weddings = one.kinds.get("wedding", 0)
    parts = [(Text("W{n}"), weddings), (Text("F{n}"), one.functions - weddings), (Text("G{n}"), one.groups)]
    return " ".join(say(Text(words.source, n=f"{count}")) for words, count in parts if count)


class OutlookPage(QWidget):
    """The weeks from the one of today on."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 12, 24, 16)
        box.setSpacing(12)
        bar = QHBoxLayout()
        bar.setSpacing(8)
        bar.addWidget(CutLabel(self, "h1", Text("The next 90 days")))
        bar.addWidget(PlainLabel(self, "soft", Text("Rooms taken, functions (F), weddings (W), groups (G); Enter opens the day")))
        bar.addStretch(1)
        self.open_button = button(self, Text("Open the day"), icon="sun")
        self.open_button.clicked.connect(self.open)
        bar.addWidget(self.open_button)
        box.addLayout(bar)
        frame, inside = card(self)
        self.model = AheadWeeks(frame)
        self.view = WeeksTable(self.model, AheadCells, LEAST, frame)
        put(self.view, "setAccessibleName", Text("The next 90 days"))
        self.view.activated.connect(self.open)
        inside.addWidget(self.view)
        box.addWidget(frame, 1)
        jobs.hub().changed.connect(self._on_changed)

    def show_args(self, **_: Any) -> None:
        """Read what holds now."""
        self.read()

    def focus_first(self) -> None:
        """The keyboard goes to the days."""
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def read(self) -> None:
        """Read the weeks from this one's Monday on."""
        today = self._window.today()
        first = days_before(today, dt.date.fromisoformat(today).weekday())
        jobs.read(self, partial(_outlook, first), self._on_read, slot="outlook")

    @Slot(object)
    def _on_read(self, found: list[Ahead]) -> None:
        today = self._window.today()
        at = self.view.currentIndex()
        self.model.put_days(found, today)
        self.view.fit()
        place = next((n for n, one in enumerate(found) if one.day == today), 0)
        row, column = (at.row(), at.column()) if at.isValid() else divmod(place, 7)
        self.view.setCurrentIndex(self.model.index(row, column))

    @Slot()
    def open(self, *_: Any) -> None:
        """Show the chosen day on *Today*."""
        one = self.model.day(self.view.currentIndex())
        if one is not None:
            self._window.go("today", day=one.day)

    @Slot(object)
    def _on_changed(self, change: Any) -> None:
        if self.isVisible() and {"stay", "booking", "room", "room_type"} & change.tables:
            self.read()


def _outlook(first: str, reader: Any, _job: jobs.Job) -> list[Ahead]:
    return outlook(reader, first, 7 * WEEKS, None)


def page(window: Window) -> OutlookPage:
    """The page."""
    return OutlookPage(window)
