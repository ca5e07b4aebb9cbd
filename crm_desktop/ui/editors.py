"""One editor for each kind of value. All speak alike: value, set_value, problem, and `changed` when a person typed."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any, Union

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QListView, QToolTip, QWidget

from crm_desktop.record import private
from crm_desktop.record.field import as_kept, empty
from crm_desktop.record.kinds import PARSE, YES, Kind, Value, plain, shown
from crm_desktop.record.lines import Lines
from crm_desktop.record.record import Field
from crm_desktop.record.text import Refused, Text, say
from crm_desktop.ui.edits import ENTER, Edit, LongEdit, stays
from crm_desktop.ui.speech import literal, put

if TYPE_CHECKING:
    from crm_desktop.ui.lines_editor import LinesEditor

LONG_HEIGHT, ARROW = 84, 30  # px
CHOOSE = Text("Choose")


class LineEditor(Edit):
    """Text, codes and whole numbers; amounts, days and references build on it."""

    changed = Signal()
    left = Signal()
    shortened = Signal(list)  # what was found that is not kept whole (record/private.py)

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        put(self, "setAccessibleName", field.label)
        self.typed.connect(self._on_typed)
        self.editingFinished.connect(self.tidy)

    def _on_typed(self, text: str) -> None:
        self.changed.emit()

    def parsed(self, words: str) -> Value:
        """The value behind typed words. Raises Refused."""
        value = PARSE[self.field.kind](words)
        return as_kept(self.field, value) if self.field.kind == Kind.CODE else value

    def written(self, value: Value) -> str:
        """A value as the line shows it."""
        return plain(self.field.kind, value)

    def value(self) -> Value:
        """What is typed, as the column holds it; the empty value while there is a problem."""
        try:
            return self.parsed(self.text())
        except Refused:
            return empty(self.field.kind)

    def problem(self) -> Text | None:
        """What is wrong with what is typed, or None."""
        try:
            self.parsed(self.text())
        except Refused as refused:
            return refused.text
        return None

    def set_value(self, value: Value, name: str = "") -> None:
        """Show a stored value. `name` is that of what a reference points to."""
        self.setText(self.written(value))
        self.setCursorPosition(0)

    def draft(self) -> Any:
        """Everything typed, also what is not yet right, to be given back to `restore`; no ID or card number whole."""
        return private.reduced_half(self.text()) if self.field.watches(self.text().strip()) else self.text()

    def restore(self, draft: Any) -> None:
        """Put back what `draft` gave."""
        self.setText(draft)

    def tidy(self) -> None:
        """On leaving: show what was understood."""
        if self.isModified() and self.problem() is None:
            found = private.taken_out(self.text())[1] if self.field.watches(self.text().strip()) else []
            self.setText(self.written(self.value()))
            if found:
                self.shortened.emit(found)
        self.left.emit()


class NumberEditor(LineEditor):
    """Whole numbers; full-width digits are understood too."""

    def parsed(self, words: str) -> Value:
        """Raises Refused when the words are no number."""
        return super().parsed(unicodedata.normalize("NFKC", words))


class MoneyEditor(NumberEditor):
    """An amount: 1,234.50 to look at, 1234.50 to type in, so that a digit more never breaks the grouping."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def written(self, value: Value) -> str:
        """With separators, except while a person types here."""
        return plain(Kind.MONEY, value) if self.hasFocus() else shown(Kind.MONEY, value)

    def _rewrite(self) -> None:
        if self.problem() is None:
            self.setText(self.written(self.value()))

    def focusInEvent(self, event: QFocusEvent) -> None:
        modified = self.isModified()
        self._rewrite()
        self.setModified(modified)
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if not stays(event):
            self._rewrite()
            self.setCursorPosition(0)


class LongEditor(LongEdit):
    """Remarks: several lines."""

    changed = Signal()
    left = Signal()
    shortened = Signal(list)

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        put(self, "setAccessibleName", field.label)
        self.setFixedHeight(LONG_HEIGHT)
        self.typed.connect(self.changed)

    def value(self) -> Value:
        """What is typed; the empty text while there is a problem."""
        try:
            return PARSE[Kind.LONG](self.toPlainText())
        except Refused:
            return ""

    def problem(self) -> Text | None:
        """What is wrong with what is typed, or None."""
        try:
            PARSE[Kind.LONG](self.toPlainText())
        except Refused as refused:
            return refused.text
        return None

    def set_value(self, value: Value, name: str = "") -> None:
        """Show a stored value."""
        self.setPlainText(value or "")

    def draft(self) -> Any:
        """Everything typed; no ID or card number whole."""
        return private.reduced_half(self.toPlainText())

    def restore(self, draft: Any) -> None:
        """Put back what `draft` gave."""
        self.setPlainText(draft)

    def tidy(self) -> None:
        """Prose stays as it is typed, but for ID and card numbers: those are shown as they will be kept."""
        kept, found = private.taken_out(self.toPlainText())
        if found:
            self.setPlainText(kept)
            self.shortened.emit(found)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if not stays(event):
            self.tidy()
            self.left.emit()


class ChoiceEditor(QComboBox):
    """One of a list. A code the list does not know is shown as itself and kept."""

    changed = Signal()
    left = Signal()
    entered = Signal()

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.setView(QListView(self))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(16)
        self.setMinimumContentsLength(4)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        put(self, "setAccessibleName", field.label)
        put(self, "setPlaceholderText", CHOOSE)
        self._fill()
        self.set_value(field.default)
        self.activated.connect(self._on_activated)

    def _fill(self) -> None:
        if not self.field.required:
            self.addItem("", "")
        for code, text, _ in self.field.offered:
            self.addItem(say(text), code)

    def refill(self) -> None:
        """Offer what the list holds now; what is chosen stays chosen."""
        chosen = self.value()
        self.clear()
        self._fill()
        self.set_value(chosen)

    def _on_activated(self, row: int) -> None:
        self.changed.emit()

    def value(self) -> Value:
        """The code chosen, '' for none."""
        return self.currentData() or ""

    def problem(self) -> Text | None:
        """There is never anything wrong with a choice."""
        return None

    def set_value(self, value: Value, name: str = "") -> None:
        """Choose a code, also one the list does not know."""
        if value and self.findData(value) < 0:
            self.addItem(say(self.field.choice_text(value)), value)
        self.setCurrentIndex(self.findData(value or ""))

    def draft(self) -> Any:
        """The code chosen."""
        return self.value()

    def restore(self, draft: Any) -> None:
        """Put back what `draft` gave."""
        self.set_value(draft)

    def tidy(self) -> None:
        """Nothing to tidy."""

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            for row in range(self.count()):
                self.setItemText(row, say(self.field.choice_text(self.itemData(row) or "")))
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            self.entered.emit()
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            cut = self.fontMetrics().horizontalAdvance(self.currentText()) > self.width() - ARROW
            QToolTip.showText(event.globalPos(), literal(self.currentText()) if cut else self.toolTip(), self)
            return True
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the page scrolls; a choice never changes by the way

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if not stays(event):
            self.left.emit()


class FlagEditor(QCheckBox):
    """Yes or no."""

    changed = Signal()
    left = Signal()
    entered = Signal()

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        put(self, "setText", YES)
        put(self, "setAccessibleName", field.label)
        self.clicked.connect(self._on_clicked)

    def _on_clicked(self, on: bool) -> None:
        self.changed.emit()
        self.left.emit()

    def value(self) -> Value:
        """1 or 0."""
        return int(self.isChecked())

    def problem(self) -> Text | None:
        """There is never anything wrong with a mark."""
        return None

    def set_value(self, value: Value, name: str = "") -> None:
        """Show a stored value."""
        self.setChecked(bool(value))

    def draft(self) -> Any:
        """1 or 0."""
        return self.value()

    def restore(self, draft: Any) -> None:
        """Put back what `draft` gave."""
        self.set_value(draft)

    def tidy(self) -> None:
        """Nothing to tidy."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            self.entered.emit()
            return
        super().keyPressEvent(event)


Single = LineEditor | LongEditor | ChoiceEditor | FlagEditor
Editor = Union[Single, "LinesEditor"]


def make(field: Field, parent: QWidget | None = None) -> Editor:
    """The editor for a field."""
    # Days and references are in modules of their own; both build on LineEditor above.
    from crm_desktop.ui.day_editor import DayEditor
    from crm_desktop.ui.lines_editor import LinesEditor
    from crm_desktop.ui.reference_editor import ReferenceEditor
    from crm_desktop.ui.seal_editor import SealEditor

    if isinstance(field, Lines):
        return LinesEditor(field, parent)
    makers: dict[Kind, type[Single]] = {
        Kind.LONG: LongEditor, Kind.INT: NumberEditor, Kind.MONEY: MoneyEditor, Kind.DATE: DayEditor,
        Kind.CHOICE: ChoiceEditor, Kind.BOOL: FlagEditor, Kind.REF: ReferenceEditor, Kind.SEAL: SealEditor,
    }  # fmt: skip
    return makers.get(field.kind, LineEditor)(field, parent)
