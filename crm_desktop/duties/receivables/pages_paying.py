"""Which bills a receipt pays: all open ones of its client, what is proposed filled in, every amount to be changed by hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyleOptionViewItem, QTableView, QWidget

from crm_desktop.duties.receivables.records import KINDS
from crm_desktop.duties.receivables.rules_paying import Choice, Payable
from crm_desktop.record.dates import days_between
from crm_desktop.record.money import parse_money, plain_money, show_money
from crm_desktop.record.text import Refused, Text, say
from crm_desktop.ui.edits import Edit, GridDelegate
from crm_desktop.ui.speech import put
from crm_desktop.ui.table import ROW, TextsDelegate, TextsHeader

AnyIndex = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
HEADINGS = (Text("Document no."), Text("Kind"), Text("Due date"), Text("Days late"), Text("Open balance"), Text("Disputed"), Text("Pays now"))
WIDTHS = (96, 60, 98, 76, 98, 90, 98)  # px; the number takes what is left
BESIDE = ((1, 620), (2, 540), (5, 460), (3, 380))  # columns that make room, and below how many pixels: never the number and the amounts
PAYS = len(HEADINGS) - 1
RIGHT = frozenset((3, 4, 5, 6))
MOST_ROWS = 7  # seen at once
KIND_WORDS = {code: words for code, words, _ in KINDS}


class PayModel(QAbstractTableModel):
    """The open bills and what is to be paid of each. `changed` tells that an amount is another, `refused` why one is none."""

    changed = Signal()
    refused = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.choice = Choice(0, ())
        self._day = ""

    def show_choice(self, choice: Choice, day: str) -> None:
        """Show these bills; `day` is today."""
        self.beginResetModel()
        self.choice, self._day = choice, day
        self.endResetModel()
        self.changed.emit()

    def rowCount(self, parent: AnyIndex = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.choice.bills)

    def columnCount(self, parent: AnyIndex = NOWHERE) -> int:
        return 0 if parent.isValid() else len(HEADINGS)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        plain = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return plain | Qt.ItemFlag.ItemIsEditable if index.column() == PAYS else plain

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        bill = self.choice.bills[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return _cells(bill, self.choice.part(bill.id), self._day)[index.column()]
        if role == Qt.ItemDataRole.EditRole and index.column() == PAYS:
            part = self.choice.part(bill.id)
            return plain_money(part) if part else ""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(_side(index.column()))
        return None

    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        bill = self.choice.bills[index.row()]
        try:
            self.choice.give(bill.id, parse_money(str(value)) if str(value).strip() else 0)
        except Refused as refused:
            self.refused.emit(refused.text)
            return False
        self._tell()
        return True

    def turn(self, at: int) -> None:
        """A bill is paid as far as the money goes, or not at all."""
        self.choice.turn(self.choice.bills[at].id)
        self._tell()

    def fill(self, parts: dict[int, int]) -> None:
        """Pay these amounts and nothing else."""
        self.choice.fill(parts)
        self._tell()

    def _tell(self) -> None:
        if self.choice.bills:
            self.dataChanged.emit(self.index(0, PAYS), self.index(len(self.choice.bills) - 1, PAYS))
        self.changed.emit()

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(_side(section))
        return say(HEADINGS[section]) if role == Qt.ItemDataRole.DisplayRole else None


def _side(column: int) -> Qt.AlignmentFlag:
    return (Qt.AlignmentFlag.AlignRight if column in RIGHT else Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter


def _cells(bill: Payable, part: int, day: str) -> Sequence[str]:
    late = max(0, days_between(bill.due, day)) if bill.due and day else 0
    return (
        bill.document_no, say(KIND_WORDS.get(bill.kind, bill.kind)), bill.due, str(late) if late else "", show_money(bill.balance),
        show_money(bill.disputed) if bill.disputed else "", show_money(part) if part else "",
    )  # fmt: skip


class PayDelegate(GridDelegate):
    """Cells as in every table; the amount is typed into the quiet line, the old one selected."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self._texts = TextsDelegate(view)
        self.editor: Edit | None = None  # the one made last: an older one may still wait to be deleted

    def paint(self, painter: Any, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        self._texts.paint(painter, option, index)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> QWidget:
        edit = super().createEditor(parent, option, index)
        assert isinstance(edit, Edit)
        edit.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        put(edit, "setAccessibleName", HEADINGS[PAYS])
        self.editor = edit
        return edit


class PayTable(QTableView):
    """The bills. A figure typed on a row is its amount; Space pays it as far as the money goes, or not at all."""

    def __init__(self, parent: QWidget, model: PayModel) -> None:
        super().__init__(parent)
        self._pays = model
        put(self, "setAccessibleName", Text("Open bills this receipt may pay"))
        self.setProperty("class", "texts")
        self.setModel(model)
        self.setTabKeyNavigation(False)
        self.setHorizontalHeader(TextsHeader(self))
        self.pays = PayDelegate(self)
        self.setItemDelegate(self.pays)
        self.setShowGrid(False)
        self.setFrameShape(self.Shape.NoFrame)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.DoubleClicked | trigger.EditKeyPressed)
        for at, width in enumerate(WIDTHS):
            self.setColumnWidth(at, width)
        self.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setMinimumSectionSize(60)
        model.modelReset.connect(self._on_reset)

    @Slot()
    def _on_reset(self) -> None:
        rows = self._pays.rowCount()
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if rows > MOST_ROWS else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(policy)
        self.setFixedHeight(36 + ROW * min(MOST_ROWS, rows))
        if self._pays.rowCount():
            self.setCurrentIndex(self._pays.index(0, PAYS))
            self.horizontalScrollBar().setValue(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for column, least in BESIDE:
            self.setColumnHidden(column, self.width() < least)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        at = self.currentIndex()
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if at.isValid() and event.key() == Qt.Key.Key_Space and plain:
            self._pays.turn(at.row())
        elif at.isValid() and plain and event.text() and event.text() in "0123456789.":
            self._type(at.row(), event.text())
        else:
            super().keyPressEvent(event)

    @property
    def typing(self) -> bool:
        """True while an amount is being typed."""
        return self.state() == QAbstractItemView.State.EditingState

    def _type(self, row: int, first: str) -> None:
        """Begin a new amount with the figure that was pressed."""
        place = self._pays.index(row, PAYS)
        self.setCurrentIndex(place)
        self.pays.editor = None
        self.edit(place)
        if self.pays.editor is not None:
            self.pays.editor.setText(first)
