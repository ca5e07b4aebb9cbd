"""The grid of the plan of visits: sellers down, days across; each cell paints its visits, and chips are dragged between cells."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from crm_desktop.duties.visits import rules_grid as rules
from crm_desktop.duties.visits.queries_grid import Plan
from crm_desktop.duties.visits.records import DONE, VISIT
from crm_desktop.duties.visits.records_week import VISIT_WEEK
from crm_desktop.duties.visits.rules_grid import Visit
from crm_desktop.record.dates import add_days, days_between
from crm_desktop.record.guess import WEEKDAYS
from crm_desktop.record.text import Text, say
from crm_desktop.record.workdays import is_working
from crm_desktop.ui import theme
from crm_desktop.ui.focus_frame import FramedTable
from crm_desktop.ui.list_paint import elided, tip
from crm_desktop.ui.table import TextsHeader
from crm_desktop.ui.widgets import paint_chip

AnyIndex = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
SELLER, SELLER_WIDTH, LEAST_DAY, BAR = 0, 96, 26, 16  # px; the last is room for the scroll bar
LINE, AROUND, MOST_LINES = 25, 6, 6  # px of a chip with its gap, px above and below, chips of a cell
SECOND, TWO_LINES = 17, 46  # px to the second line of a seller's cell, and what both lines need
MONTH_DAYS = 8  # from so many days on a cell only says how many
TONES = {"planned": "blue", DONE: "green"}
NOBODY = Text("Nobody's")
CENTRE = int(Qt.AlignmentFlag.AlignCenter)


_INKS: dict[str, QColor] = {}


def ink(name: str) -> QColor:
    """A colour of the look as it is now, made once: a month of many sellers paints hundreds of cells at a time."""
    code = theme.C[name]
    return _INKS.get(code) or _INKS.setdefault(code, QColor(code))


class PlanModel(QAbstractTableModel):
    """A plan as cells: the seller in the first column, then the days."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.days: list[str] = []
        self.free: list[bool] = []  # of each day whether nobody works on it
        self.sellers: list[tuple[int | None, str]] = []
        self._cells: dict[tuple[int | None, str], list[Visit]] = {}
        self._weeks: dict[int, tuple[int, str]] = {}

    def show_plan(self, plan: Plan) -> None:
        """Show another plan."""
        self.beginResetModel()
        self.days = [add_days(plan.first, n) for n in range(days_between(plan.first, plan.last) + 1)]
        self.free = [not is_working(day) for day in self.days]
        self.sellers, self._cells, self._weeks = plan.sellers, rules.cells(plan.visits), plan.weeks
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.sellers)

    def columnCount(self, parent: AnyIndex = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.days) + 1

    def visits(self, row: int, column: int) -> list[Visit]:
        """The visits of a cell, in the order of the way."""
        if column == SELLER or not 0 <= row < len(self.sellers):
            return []
        return self._cells.get((self.sellers[row][0], self.days[column - 1]), [])

    def week(self, row: int) -> tuple[int, str] | None:
        """Id and state of a seller's week or month, where it was handed in."""
        owner = self.sellers[row][0] if 0 <= row < len(self.sellers) else None
        return None if owner is None else self._weeks.get(owner)

    def lines(self, row: int) -> int:
        """How many chips the fullest cell of a row has."""
        return max((len(self.visits(row, column)) for column in range(1, len(self.days) + 1)), default=0)

    def is_month(self) -> bool:
        """True where cells only count."""
        return len(self.days) >= MONTH_DAYS

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        if index.column() == SELLER:
            name, week = self.sellers[index.row()][1] or say(NOBODY), self.week(index.row())
            return name if week is None else f"{name}\n{say(VISIT_WEEK.by_name['state'].choice_text(week[1]))}"
        return "\n".join(in_words(one) for one in self.visits(index.row(), index.column()))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignHCenter if section and self.is_month() else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if section == SELLER:
            return say(Text("Seller"))
        day = self.days[section - 1]
        weekday = WEEKDAYS[dt.date.fromisoformat(day).weekday()]
        return str(int(day[8:])) if self.is_month() else say(Text("{day} {weekday}", day=day[5:], weekday=weekday))


def in_words(one: Visit) -> str:
    """A visit in one line, for the tooltip and for those who cannot see it."""
    kind, state = (say(VISIT.by_name[name].choice_text(value)) for name, value in (("kind", one.kind), ("state", one.state)))
    return " · ".join(part for part in (one.time, one.client, one.level, kind, one.district, state) if part)


class Cells(QStyledItemDelegate):
    """Paints a seller's name, a day's chips or, in a month, their number; the chip under a drag is marked."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        model, rect, row, column = index.model(), option.rect, index.row(), index.column()
        assert isinstance(model, PlanModel)
        chosen, free = bool(option.state & QStyle.StateFlag.State_Selected), column != SELLER and model.free[column - 1]
        painter.fillRect(rect, ink("accent_soft" if chosen else "sunken" if free else "surface"))
        painter.setPen(ink("line"))
        painter.drawPolyline([rect.bottomLeft(), rect.bottomRight(), rect.topRight()])
        if column == SELLER:
            self._seller(painter, option, index)
        elif not (visits := model.visits(row, column)):
            return
        elif model.is_month():
            self._count(painter, rect, visits)
        else:
            self._chips(painter, rect, visits, chosen)

    @staticmethod
    def _seller(painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """The name, and below it how the week stands."""
        name, _, state = str(index.data()).partition("\n")
        box = option.rect.adjusted(12, 3, -6, -3)
        painter.setFont(option.font)
        painter.setPen(QColor(theme.C["text"]))
        upper = int(Qt.AlignmentFlag.AlignTop if state else Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(box, upper, elided(painter.fontMetrics(), name, box.width()))
        if state:
            painter.setFont(theme.small_font())
            painter.setPen(QColor(theme.C["soft"]))
            painter.drawText(box.adjusted(0, SECOND, 0, 0), int(Qt.AlignmentFlag.AlignTop), elided(painter.fontMetrics(), state, box.width()))

    @staticmethod
    def _count(painter: QPainter, rect: QRect, visits: Sequence[Visit]) -> None:
        painter.setFont(theme.small_font())
        painter.setPen(ink("green" if all(one.state == DONE for one in visits) else "blue"))
        painter.drawText(rect, CENTRE, str(len(visits)))

    @staticmethod
    def _chips(painter: QPainter, rect: QRect, visits: Sequence[Visit], chosen: bool) -> None:
        for at, one in enumerate(visits[:MOST_LINES]):
            box = chip_box(rect, at)
            more = len(visits) - MOST_LINES
            words = f"+{more + 1}" if at == MOST_LINES - 1 and more > 0 else f"{one.level} {one.client}".strip()
            paint_chip(painter, box, words, TONES.get(one.state, "grey"), theme.small_font(), chosen)

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(40, LINE + 2 * AROUND)

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: AnyIndex) -> bool:
        tip(event.globalPos(), str(index.data() or ""), view)
        return True


def chip_box(rect: QRect, at: int) -> QRect:
    """Where the chip of a cell's visit is painted."""
    return QRect(rect.left() + 6, rect.top() + AROUND + at * LINE, rect.width() - 12, LINE - 2)


class PlanHeader(TextsHeader):
    """Of a month the days' numbers only, in the middle of narrow columns."""

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        model = self.model()
        if section == SELLER or not isinstance(model, PlanModel) or not model.is_month():
            super().paintSection(painter, rect, section)
            return
        painter.fillRect(rect, QColor(theme.C["surface"]))
        painter.setPen(QColor(theme.C["line2"]))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setFont(theme.small_font())
        painter.setPen(QColor(theme.C["soft"]))
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), str(model.headerData(section, Qt.Orientation.Horizontal)))


class PlanView(FramedTable):
    """The grid. `dropped(visit, row, column, copy)` when a chip was dragged to another cell."""

    dropped = Signal(object, int, int, bool)

    def __init__(self, model: PlanModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.setModel(model)
        self._plan = model
        self._dragged: Visit | None = None
        self._from = QPoint()
        self.setHorizontalHeader(PlanHeader(self))
        self.horizontalHeader().setMinimumSectionSize(LEAST_DAY)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setItemDelegate(Cells(self))
        self.setShowGrid(False)
        self.setFrameShape(self.Shape.NoFrame)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def fit(self) -> None:
        """Rows as high as their fullest cell, days as wide as there is room."""
        for row in range(self._plan.rowCount()):
            lines = 1 if self._plan.is_month() else max(1, min(MOST_LINES, self._plan.lines(row)))
            self.setRowHeight(row, max(TWO_LINES, lines * LINE + 2 * AROUND))
        self._widen()

    def _widen(self) -> None:
        days = max(1, len(self._plan.days))
        self.setColumnWidth(SELLER, SELLER_WIDTH)
        for column in range(1, self._plan.columnCount()):
            self.setColumnWidth(column, max(LEAST_DAY, (self.width() - BAR - SELLER_WIDTH) // days))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._widen()

    def visit_at(self, place: QPoint) -> Visit | None:
        """The visit whose chip is painted at a point; of a month's cell the first."""
        index = self.indexAt(place)
        visits = self._plan.visits(index.row(), index.column()) if index.isValid() else []
        if self._plan.is_month():
            return visits[0] if visits else None
        rect = self.visualRect(index)
        return next((one for at, one in enumerate(visits[:MOST_LINES]) if chip_box(rect, at).contains(place)), None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._from, self._dragged = event.position().toPoint(), self.visit_at(event.position().toPoint())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        far = (event.position().toPoint() - self._from).manhattanLength() >= QApplication.startDragDistance()
        if self._dragged is None or not far:
            return
        self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        over = self.indexAt(event.position().toPoint())
        if over.isValid() and over.column() != SELLER:
            self.setCurrentIndex(over)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        visit, self._dragged = self._dragged, None
        self.viewport().unsetCursor()
        over, begun = self.indexAt(event.position().toPoint()), self.indexAt(self._from)
        if visit is not None and over.isValid() and over.column() != SELLER and over != begun:
            self.dropped.emit(visit, over.row(), over.column(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
