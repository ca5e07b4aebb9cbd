"""The calendar painted: a month or a week as days, each with its lunar date, its mark and what stands on it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter

from crm_desktop.duties.care.queries_calendar import Entry
from crm_desktop.duties.care.rules_calendar import Day, day_of
from crm_desktop.record.dates import add_days, days_between
from crm_desktop.record.text import Text, language, say
from crm_desktop.ui import theme
from crm_desktop.ui.list_paint import elided
from crm_desktop.ui.weeks import MIDDLE, RIGHT, DayDelegate, Weeks
from crm_desktop.ui.widgets import chip_width, paint_chip

TOP, LINE = 24, 23  # px of a day's date line, and of each entry
LEAST = TOP + LINE + 6  # of a week
MARKS = {"off": (Text("off"), "red"), "work": (Text("worked"), "amber")}


class CalendarWeeks(Weeks):
    """Weeks of days with what stands on each."""

    month = ""
    on: dict[str, list[Entry]]

    def show_days(self, first: str, last: str, month: str, today: str, entries: Sequence[Entry]) -> None:
        """Show other days; `month`: those outside it are paler ('' = none is)."""
        self.month, self.on = month, {}
        for one in entries:
            self.on.setdefault(one.day, []).append(one)
        self.put_days([day_of(add_days(first, n)) for n in range(days_between(first, last) + 1)], today)

    def told(self, day: Day) -> str:
        return "\n".join((f"{day.day} {under(day)}".strip(), *(line(one) for one in self.on.get(day.day, ()))))


def under(day: Day) -> str:
    """What stands beside a day's number: its festival, else its lunar date in the reader's way."""
    if day.festival is not None:
        return say(day.festival)
    return day.moon_zh if language() == "zh_CN" else ""


def line(one: Entry) -> str:
    """An entry in one line."""
    return " ".join(part for part in (one.time, one.who, say(one.what)) if part)


class DayCells(DayDelegate):
    """Paints a day: its date by both calendars, its mark and what there is room for."""

    def ground(self, model: CalendarWeeks, day: Day) -> str:
        return "surface" if day.working else "sunken"

    def inside(self, painter: QPainter, rect: QRect, model: CalendarWeeks, day: Day, chosen: bool) -> None:
        entries = model.on.get(day.day, [])
        shown = entries[: max(0, (rect.height() - TOP - 4) // LINE)]
        self._date(painter, rect, day, model, chosen, len(entries) - len(shown))
        self._entries(painter, rect, shown, chosen)

    @staticmethod
    def _date(painter: QPainter, rect: QRect, day: Day, model: CalendarWeeks, chosen: bool, more: int) -> None:
        here = day.day == model.today
        outside = bool(model.month) and not day.day.startswith(model.month)
        painter.setFont(theme.font(bold=here))
        painter.setPen(QColor(theme.C["accent" if here else "soft" if outside else "text"]))
        number = str(int(day.day[8:])) if day.day[8:] != "01" else f"{int(day.day[5:7])}-1"
        painter.drawText(QRect(rect.left() + 8, rect.top() + 2, 48, TOP), MIDDLE, number)
        right = rect.right() - 6
        if day.mark:
            words, tone = MARKS[day.mark]
            width = chip_width(say(words), theme.small_font())
            paint_chip(painter, QRect(right - width, rect.top() + 2, width, TOP), say(words), tone, theme.small_font(), chosen)
            right -= width + 4
        if more > 0:  # what there is no room for below
            painter.setFont(theme.small_font())
            painter.setPen(QColor(theme.C["soft"]))
            painter.drawText(QRect(rect.left(), rect.top() + 2, right - rect.left(), TOP), RIGHT, f"+{more}")
            right -= painter.fontMetrics().horizontalAdvance(f"+{more}") + 6
            painter.setFont(theme.font(bold=here))
        left = rect.left() + 12 + painter.fontMetrics().horizontalAdvance(number)
        painter.setFont(theme.small_font())
        painter.setPen(QColor(theme.C["red" if day.festival is not None else "soft"]))
        room = QRect(left, rect.top() + 2, max(0, right - left), TOP)
        painter.drawText(room, MIDDLE, elided(painter.fontMetrics(), under(day), room.width()))

    @staticmethod
    def _entries(painter: QPainter, rect: QRect, entries: Sequence[Entry], chosen: bool) -> None:
        for at, one in enumerate(entries):
            box = QRect(rect.left() + 6, rect.top() + TOP + 2 + at * LINE, rect.width() - 12, LINE - 2)
            paint_chip(painter, box, line(one), one.tone, theme.small_font(), chosen)
