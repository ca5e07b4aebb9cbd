"""The calendar painted: a month or a week as days, each with its lunar date, its mark and what stands on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from crm_desktop.duties.care.queries_calendar import Entry
from crm_desktop.duties.care.rules_calendar import Day, day_of
from crm_desktop.record.dates import add_days, days_between
from crm_desktop.record.guess import WEEKDAYS
from crm_desktop.record.text import Text, language, say
from crm_desktop.ui import theme
from crm_desktop.ui.focus_frame import FramedTable
from crm_desktop.ui.list_paint import elided, tip
from crm_desktop.ui.table import TextsHeader
from crm_desktop.ui.widgets import chip_width, paint_chip

AnyIndex = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
TOP, LINE = 24, 23  # px of a day's date line, and of each entry
MARKS = {"off": (Text("off"), "red"), "work": (Text("worked"), "amber")}


class DaysModel(QAbstractTableModel):
    """Weeks of days."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.days: list[Day] = []
        self.month = self.today = ""
        self.on: dict[str, list[Entry]] = {}

    def show_days(self, first: str, last: str, month: str, today: str, entries: Sequence[Entry]) -> None:
        """Show other days; `month`: those outside it are paler ('' = none is)."""
        self.beginResetModel()
        self.days = [day_of(add_days(first, n)) for n in range(days_between(first, last) + 1)]
        self.month, self.today, self.on = month, today, {}
        for one in entries:
            self.on.setdefault(one.day, []).append(one)
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.days) // 7

    def columnCount(self, parent: AnyIndex = NOWHERE) -> int:
        return 0 if parent.isValid() else 7

    def day(self, index: AnyIndex) -> Day | None:
        """The day of a cell."""
        at = index.row() * 7 + index.column()
        return self.days[at] if index.isValid() and at < len(self.days) else None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        day = self.day(index)
        if day is None or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        return "\n".join((f"{day.day} {under(day)}".strip(), *(line(one) for one in self.on.get(day.day, ()))))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return say(WEEKDAYS[section]) if role == Qt.ItemDataRole.DisplayRole else None


def under(day: Day) -> str:
    """What stands beside a day's number: its festival, else its lunar date in the reader's way."""
    if day.festival is not None:
        return say(day.festival)
    return day.moon_zh if language() == "zh_CN" else ""


def line(one: Entry) -> str:
    """An entry in one line."""
    return " ".join(part for part in (one.time, one.who, say(one.what)) if part)


class DayCells(QStyledItemDelegate):
    """Paints a day."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        model, rect = index.model(), option.rect
        assert isinstance(model, DaysModel)
        day = model.day(index)
        if day is None:
            return
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, QColor(theme.C["accent_soft" if chosen else "surface" if day.working else "sunken"]))
        painter.setPen(QColor(theme.C["line"]))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        entries = model.on.get(day.day, [])
        shown = entries[: max(0, (rect.height() - TOP - 4) // LINE)]
        self._date(painter, rect, day, model, chosen, len(entries) - len(shown))
        self._entries(painter, rect, shown, chosen)

    @staticmethod
    def _date(painter: QPainter, rect: QRect, day: Day, model: DaysModel, chosen: bool, more: int) -> None:
        here = day.day == model.today
        outside = bool(model.month) and not day.day.startswith(model.month)
        painter.setFont(theme.font(bold=here))
        painter.setPen(QColor(theme.C["accent" if here else "soft" if outside else "text"]))
        number = str(int(day.day[8:])) if day.day[8:] != "01" else f"{int(day.day[5:7])}-1"
        painter.drawText(QRect(rect.left() + 8, rect.top() + 2, 48, TOP), int(Qt.AlignmentFlag.AlignVCenter), number)
        right = rect.right() - 6
        if day.mark:
            words, tone = MARKS[day.mark]
            width = chip_width(say(words), theme.small_font())
            paint_chip(painter, QRect(right - width, rect.top() + 2, width, TOP), say(words), tone, theme.small_font(), chosen)
            right -= width + 4
        if more > 0:  # what there is no room for below
            painter.setFont(theme.small_font())
            painter.setPen(QColor(theme.C["soft"]))
            painter.drawText(QRect(rect.left(), rect.top() + 2, right - rect.left(), TOP), int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), f"+{more}")
            right -= painter.fontMetrics().horizontalAdvance(f"+{more}") + 6
            painter.setFont(theme.font(bold=here))
        left = rect.left() + 12 + painter.fontMetrics().horizontalAdvance(number)
        painter.setFont(theme.small_font())
        painter.setPen(QColor(theme.C["red" if day.festival is not None else "soft"]))
        room = QRect(left, rect.top() + 2, max(0, right - left), TOP)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), elided(painter.fontMetrics(), under(day), room.width()))

    @staticmethod
    def _entries(painter: QPainter, rect: QRect, entries: Sequence[Entry], chosen: bool) -> None:
        for at, one in enumerate(entries):
            box = QRect(rect.left() + 6, rect.top() + TOP + 2 + at * LINE, rect.width() - 12, LINE - 2)
            paint_chip(painter, box, line(one), one.tone, theme.small_font(), chosen)

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: AnyIndex) -> bool:
        tip(event.globalPos(), str(index.data() or ""), view)
        return True


class DaysView(FramedTable):
    """The days, as large as there is room."""

    def __init__(self, model: DaysModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setHorizontalHeader(TextsHeader(self))
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.setItemDelegate(DayCells(self))
        self.setShowGrid(False)
        self.setFrameShape(self.Shape.NoFrame)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)

    def fit(self) -> None:
        """Weeks as high as there is room."""
        rows = self.model().rowCount()
        for row in range(rows):
            self.setRowHeight(row, max(TOP + LINE + 6, (self.height() - 34) // rows))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()
