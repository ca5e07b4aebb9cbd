"""The editor of a reference: type any piece of a name, choose from what is found; the id is kept."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from crm_desktop.record.kinds import Value
from crm_desktop.record.record import Field
from crm_desktop.record.text import Text
from crm_desktop.ui import jobs, lookup, theme
from crm_desktop.ui.completion import Completion
from crm_desktop.ui.editors import LineEditor
from crm_desktop.ui.edits import ENTER, stays
from crm_desktop.ui.hearing import name_icons
from crm_desktop.ui.lookup import Hit
from crm_desktop.ui.speech import literal, put

CHOOSE_ONE = Text("Choose one from the list, or leave it empty")
CHOOSE = Text("Choose one from the list")
FIND = Text("Name, pinyin or initials")


class ReferenceEditor(LineEditor):
    """Shows a name, holds an id. Typing looks for others; the little x clears."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._id: int | None = None
        self._name = ""
        self._popup: Completion | None = None
        self._asked = self._answered = ""
        put(self, "setPlaceholderText", FIND)
        self._clear = self.addAction(theme.icon("x", 16), QLineEdit.ActionPosition.TrailingPosition)
        put(self._clear, "setToolTip", Text("Clear"))
        name_icons(self, Text("Clear"))
        self._clear.triggered.connect(self._on_clear)
        self._clear.setVisible(False)
        self.textChanged.connect(self._on_text)

    def value(self) -> Value:
        """The id of what is chosen; None for nothing, or while what is typed is not chosen yet."""
        return self._id if self._is_chosen() else None

    def problem(self) -> Text | None:
        """Something is typed that is not one of the records."""
        if self._is_chosen() or not self.text().strip():
            return None
        return CHOOSE if self.field.required else CHOOSE_ONE

    def set_value(self, value: Value, name: str = "") -> None:
        """Refer to an id, showing its name."""
        self._id, self._name = value, name if value is not None else ""
        self.setText(self._name)
        self.setCursorPosition(0)
        self._put_away()

    def draft(self) -> Any:
        """What is typed and what was chosen."""
        return self.text(), self._id, self._name

    def restore(self, draft: Any) -> None:
        """Put back what `draft` gave."""
        text, self._id, self._name = draft
        self.setText(text)

    def tidy(self) -> None:
        """On leaving: nothing is guessed, a name that was only looked at stays."""
        self.left.emit()

    def _is_chosen(self) -> bool:
        return self._id is not None and self.text() == self._name

    def _on_text(self, text: str) -> None:
        # The x takes room from the name, so it is there only while somebody is here to press it.
        self._clear.setVisible(bool(text) and self.hasFocus())
        fits = self.fontMetrics().horizontalAdvance(text) < self.width() - 24
        self.setToolTip("" if fits or self.hasFocus() else literal(text))

    def _on_typed(self, text: str) -> None:
        super()._on_typed(text)
        if text.strip():
            self._look()
        else:
            self._put_away()

    def _look(self) -> None:
        self._asked = self.text()
        jobs.read(self, partial(lookup.find, self.field, self._asked), self._on_found, slot="find")

    def _on_found(self, hits: list[Hit]) -> None:
        self._answered = self._asked  # only the newest question is answered
        if self.hasFocus():
            self._show(hits)
        elif len(hits) == 1 and hits[0].title == self.text() and self.problem():
            self._on_picked(hits[0])  # typed in full and left before the answer came
            self.left.emit()

    def _show(self, hits: list[Hit]) -> None:
        if self._popup is None:
            self._popup = Completion(self)
            self._popup.picked.connect(self._on_picked)
        self._popup.show_hits(hits)

    def _on_picked(self, hit: Hit) -> None:
        self.set_value(hit.id, hit.title)
        self.changed.emit()

    def _on_clear(self) -> None:
        self.set_value(None)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _put_away(self) -> None:
        if self._popup:
            self._popup.put_away()

    def _is_fresh(self) -> bool:
        """What is listed was found for what is typed now: only then may a key choose from it."""
        return self._answered == self.text()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        popup = self._popup
        if popup and popup.isVisible() and event.key() in ENTER and not self._is_fresh():
            return
        if popup and popup.take_key(event):
            return
        if event.key() == Qt.Key.Key_Down:
            self._look()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._on_text(self.text())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._on_text(self.text())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if stays(event):
            super().focusOutEvent(event)
            return
        # Tab after a few letters means the marked row; a click elsewhere chooses nothing.
        tab = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        hit = self._popup.chosen() if self._popup and tab and self.problem() and self._is_fresh() else None
        self._put_away()
        if hit:
            self._on_picked(hit)
        super().focusOutEvent(event)
        self._on_text(self.text())
