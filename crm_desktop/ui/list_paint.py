"""How a list is painted: one delegate for the cells, one header whose words stand exactly above them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QFontMetrics, QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from crm_desktop.record.kinds import NUMERIC, Kind
from crm_desktop.record.record import Field
from crm_desktop.record.text import Text, say
from crm_desktop.ui import presence, theme
from crm_desktop.ui.list_model import LEFT, RIGHT, AnyIndex, LazyModel
from crm_desktop.ui.speech import literal
from crm_desktop.ui.widgets import chip_width, paint_chip

ROW, HEADER, PADDING = 36, 36, 12
CHIP_SIDES = 16  # px around a chip's word
SOFT = frozenset({Kind.CODE, Kind.CHOICE, Kind.BOOL})
LONGEST = 200  # characters measured; no cell shows more
WIDEST_CHIP = 120  # px a column makes room for; a longer word is cut and stands in the tooltip


def model_of(index: AnyIndex) -> LazyModel:
    """The list behind an index."""
    return cast(LazyModel, index.model())


def field_of(index: AnyIndex) -> Field:
    """The field of an index's column."""
    return model_of(index).fields[index.column()]


def tone_of(index: AnyIndex) -> str:
    """The colour of the cell's chip; nothing for a cell of plain words."""
    field = field_of(index)
    value = model_of(index).value(index.row(), index.column()) if field.kind == Kind.CHOICE else None
    return field.tone(value) if value else ""


def tint_of(index: AnyIndex) -> str:
    """The colour a field's rule gives its value; nothing where it has none."""
    tint = field_of(index).tint
    return tint(model_of(index).value(index.row(), index.column())) if tint else ""


def words_of(index: AnyIndex) -> str:
    """The cell on one line."""
    return model_of(index).words(index.row(), index.column())[:LONGEST].replace("\n", " ")


def is_faded(index: AnyIndex) -> bool:
    """True for a row that no longer holds, where its list shows the column that says so."""
    model = model_of(index)
    if model.record.faded is None:
        return False
    column, values = model.record.faded
    at = next((at for at, field in enumerate(model.fields) if field.name == column), None)
    return at is not None and model.value(index.row(), at) in values


def side_of(field: Field) -> int:
    """Figures stand at the right, words at the left."""
    return int(RIGHT if field.kind in NUMERIC else LEFT)


def elided(metrics: QFontMetrics, words: str, width: int) -> str:
    """The words, with … when they do not fit."""
    return metrics.elidedText(words, Qt.TextElideMode.ElideRight, width)


def head_widths(fields: Sequence[Field]) -> dict[str, int]:
    """How wide each column must be for its header's word, and for the widest of its chips in the language in use."""
    metrics = QFontMetrics(theme.small_font())

    def needed(field: Field) -> int:
        chips = [metrics.horizontalAdvance(say(words)) + CHIP_SIDES for _, words, tone in field.choices if tone] if field.kind == Kind.CHOICE else []
        return max([metrics.horizontalAdvance(say(field.label)), *(min(chip, WIDEST_CHIP) for chip in chips)]) + 2 * PADDING + 1

    return {field.name: needed(field) for field in fields}


def tip(place: QPoint, words: str, widget: QWidget) -> None:
    """A tooltip of data: never read as rich text."""
    QToolTip.showText(place, literal(words), widget)


def editing_at(view: QTableView, index: AnyIndex) -> str:
    """Who else is editing the row, in the cell that says so: the row's name, or its first cell where no name is shown."""
    model = model_of(index)
    row_id = model.row_id(index.row())
    who = presence.editors((model.record.key, row_id)) if row_id is not None else ""
    if not who:
        return ""
    named = next((at for at, field in enumerate(model.fields) if field.name == model.record.name and not view.isColumnHidden(at)), None)
    here = index.column() == named if named is not None else view.columnViewportPosition(index.column()) == 0
    return who if here else ""


class ListDelegate(QStyledItemDelegate):
    """Paints a cell: its word or chip, and the hairline under the row; who else is editing a row stands behind its name."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        self._paint_ground(painter, option.rect, chosen)
        if self._is_current(index):
            bar = QRect(option.rect.left(), option.rect.top() + 6, 3, option.rect.height() - 13)
            painter.fillRect(bar, QColor(theme.C["accent"]))
        if not model_of(index).here(index.row()):
            self._paint_waiting(painter, option.rect)
            return
        if who := editing_at(cast(QTableView, self.parent()), index):
            self._paint_editing(painter, option, who, chosen)
        if tone := tone_of(index):
            box = option.rect.adjusted(PADDING, 0, -2, 0)
            paint_chip(painter, box, words_of(index), tone, theme.small_font(), chosen)
        else:
            self._paint_words(painter, option, index)

    @staticmethod
    def _paint_editing(painter: QPainter, option: QStyleOptionViewItem, who: str, chosen: bool) -> None:
        """A chip at the right end of the cell; what is left of the cell is for its own word."""
        width = min(chip_width(who, theme.small_font()), option.rect.width() // 2)
        place = QRect(option.rect.right() - width - 4, option.rect.top(), width, option.rect.height())
        paint_chip(painter, place, who, "amber", theme.small_font(), chosen)
        option.rect = option.rect.adjusted(0, 0, place.left() - 2 - option.rect.right(), 0)

    def _is_current(self, index: AnyIndex) -> bool:
        """True for the first cell of the row the keyboard is on."""
        view = cast(QTableView, self.parent())
        return (
            view.hasFocus()
            and index.row() == view.currentIndex().row()
            and view.columnViewportPosition(index.column()) == 0
        )

    @staticmethod
    def _paint_ground(painter: QPainter, rect: QRect, chosen: bool) -> None:
        if chosen:
            painter.fillRect(rect, QColor(theme.C["accent_soft"]))
        painter.setPen(QColor(theme.C["line"]))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())

    @staticmethod
    def _paint_waiting(painter: QPainter, rect: QRect) -> None:
        bar = QRect(rect.left() + PADDING, rect.center().y() - 4, max(0, rect.width() // 2 - PADDING), 8)
        painter.fillRect(bar, QColor(theme.C["sunken"]))

    @staticmethod
    def _paint_words(painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        field, box = field_of(index), option.rect.adjusted(PADDING, 0, -PADDING, 0)
        painter.setPen(QColor(theme.C[tint_of(index) or ("soft" if field.kind in SOFT or is_faded(index) else "text")]))
        painter.setFont(option.font)
        painter.drawText(box, side_of(field), elided(option.fontMetrics, words_of(index), box.width()))

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, _option: QStyleOptionViewItem, index: AnyIndex
    ) -> bool:
        """A tooltip, only where the words are cut."""
        words = words_of(index) if index.isValid() else ""
        who = editing_at(cast(QTableView, view), index) if index.isValid() else ""
        if who:
            tip(event.globalPos(), say(Text(presence.TOO.source, who=who)), view)
            return True
        tip(event.globalPos(), words if is_cut(index, words, view.visualRect(index).width()) else "", view)
        return True


def is_cut(index: AnyIndex, words: str, width: int) -> bool:
    """True when a cell of this width cannot show its words whole."""
    if not words:
        return False
    chip = bool(tone_of(index))
    metrics = QFontMetrics(theme.small_font() if chip else theme.font())
    return metrics.horizontalAdvance(words) > width - PADDING - (CHIP_SIDES if chip else PADDING)


class Header(QHeaderView):
    """Painted by hand: its words stand exactly above the cells, the arrow of the order follows the word."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self.setFixedHeight(HEADER)
        self.setMinimumSectionSize(44)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)

    def label(self, section: int) -> str:
        """The word of a column, with the arrow of the order in use."""
        model = cast(LazyModel, self.model())
        field, query = model.fields[section], model.query
        arrow = ("  ↓" if query.descending else "  ↑") if query.sort == field.name else ""
        return say(field.label) + arrow

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        field, model = cast(LazyModel, self.model()).fields[section], cast(LazyModel, self.model())
        painter.fillRect(rect, QColor(theme.C["surface"]))
        painter.setPen(QColor(theme.C["line2"]))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setFont(theme.small_font())
        painter.setPen(QColor(theme.C["text" if model.query.sort == field.name else "soft"]))
        box = rect.adjusted(PADDING, 0, -PADDING, 0)
        painter.drawText(box, side_of(field), elided(painter.fontMetrics(), self.label(section), box.width()))

    def paintEvent(self, event: object) -> None:
        """Also behind the last column, where there is no section."""
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), QColor(theme.C["surface"]))
        painter.setPen(QColor(theme.C["line2"]))
        painter.drawLine(0, HEADER - 1, self.viewport().width(), HEADER - 1)
        painter.end()
        super().paintEvent(event)  # type: ignore[arg-type]

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._help(event)
            return True
        return super().viewportEvent(event)

    def _help(self, event: QHelpEvent) -> None:
        section = self.logicalIndexAt(event.pos())
        words = self.label(section) if section >= 0 else ""
        cut = QFontMetrics(theme.small_font()).horizontalAdvance(words) > self.sectionSize(section) - 2 * PADDING
        tip(event.globalPos(), words if cut else "", self)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        event.ignore()  # the table shows the columns to choose from
