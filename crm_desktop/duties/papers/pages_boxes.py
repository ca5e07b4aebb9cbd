"""The boxes of a template below each other: dragged with the mouse or moved by Alt and the arrow keys, worded otherwise, left
out and added; pressed on the page they are chosen here."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtGui import QDropEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QGridLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from crm_desktop.documents.boxes import Box, added, boxes, moved, unused, without, worded
from crm_desktop.record.text import Text, language, say
from crm_desktop.ui.edits import Edit
from crm_desktop.ui.paper_parts import Drop
from crm_desktop.ui.speech import put
from crm_desktop.ui.table import TextsDelegate
from crm_desktop.ui.widgets import PlainLabel, button

PLACE = Qt.ItemDataRole.UserRole  # (form, box); the heading of a form has none
ROW = 30
MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class Boxes(QListWidget):
    """`changed` tells the source with a box moved. A box stays in its form: another one may ask for other data."""

    changed = Signal(str)
    undone = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._source = ""
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setItemDelegate(TextsDelegate(self))
        put(self, "setAccessibleName", Text("Boxes of the template"))
        put(self, "setToolTip", Text("Drag a box to its new place, or move it with Alt+Up and Alt+Down; Delete takes it off, Ctrl+Z puts it back"))

    def show_source(self, source: str, chosen: tuple[int, int] | None = None) -> None:
        """Show the boxes of this source."""
        self._source = source
        with QSignalBlocker(self):  # nobody loses the words they are typing while the list is made anew
            self.clear()
            for form, found in enumerate(boxes(source)):
                self._add(say(Text("Form {n}", n=form + 1)), None)
                for at, box in enumerate(found):
                    first, second = (box.english, box.chinese) if language() == "en" else (box.chinese, box.english)
                    self._add(f"      {first}　{second}", (form, at))
            rows = [row for row in range(self.count()) if self._place(row) is not None]
            here = next((row for row in rows if self._place(row) == chosen), rows[0] if rows else -1)
            self.setCurrentRow(here)
        self.currentRowChanged.emit(here)

    @property
    def source(self) -> str:
        """The source as it stands."""
        return self._source

    def box(self) -> tuple[int, int, Box] | None:
        """The chosen box, with its form and place."""
        place = self._place(self.currentRow())
        return (*place, boxes(self._source)[place[0]][place[1]]) if place else None

    def choose(self, place: tuple[int, int]) -> None:
        """Choose a box by its form and place."""
        self.setCurrentRow(next((row for row in range(self.count()) if self._place(row) == place), self.currentRow()))

    def change(self, source: str, chosen: tuple[int, int]) -> None:
        """Show another source and tell it."""
        self.show_source(source, chosen)
        self.changed.emit(source)

    def leave_out(self) -> None:
        """Take the chosen box off the paper."""
        if (place := self._place(self.currentRow())) is not None:
            self.change(without(self._source, *place), (place[0], max(0, place[1] - 1)))

    def _add(self, words: str, place: tuple[int, int] | None) -> None:
        item = QListWidgetItem(words, self)
        item.setData(PLACE, place)
        item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        item.setSizeHint(QSize(0, ROW))
        if place is None:
            item.setFlags(Qt.ItemFlag.ItemIsEnabled)

    def _place(self, row: int) -> tuple[int, int] | None:
        item = self.item(row)
        found = item.data(PLACE) if item else None
        return (int(found[0]), int(found[1])) if found else None

    def move(self, to: int) -> bool:  # type: ignore[override]  # not QWidget's: nobody places this list by hand
        """Move the chosen box to another place (from 0) of its form; False where there is none."""
        place = self._place(self.currentRow())
        if place is None:
            return False
        form, at = place
        if to == at or not 0 <= to < len(boxes(self._source)[form]):
            return False
        self.change(moved(self._source, form, at, to), (form, to))
        return True

    def event(self, event: QEvent) -> bool:
        """Undo and Delete are of the template here, not of what the window shows or saved last."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and (event.matches(QKeySequence.StandardKey.Undo) or event.key() == Qt.Key.Key_Delete):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = self._place(self.currentRow())
        if place and event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in MOVES:
            self.move(place[1] + MOVES[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Delete:
            self.leave_out()
        elif event.matches(QKeySequence.StandardKey.Undo):
            self.undone.emit()
        else:
            super().keyPressEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Let go over another box of the same form: there it stands; over anything else nothing happens."""
        mine, row = self._place(self.currentRow()), self.indexAt(event.position().toPoint()).row()
        target = self._place(row)
        if mine and target and target[0] == mine[0]:
            self.move(target[1])
        event.setDropAction(Qt.DropAction.IgnoreAction)  # the list is shown anew, nothing is to be taken out of it
        event.accept()


class BoxesPanel(QWidget):
    """The list of boxes, the words of the chosen one, and what can be added. `changed` tells the source."""

    changed = Signal(str)
    undone = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._data: Mapping[str, object] = {}
        self.list = Boxes(self)
        self.chinese, self.english = Edit(self), Edit(self)
        self.out_button = button(self, Text("Take this box off"))
        self.value_box = Drop(self, Text("Values that can be added"), ())
        self.add_button = button(self, Text("Add below it"))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(self.list, 1)
        box.addLayout(self._make_words())
        self.list.changed.connect(self._on_changed)
        self.list.undone.connect(self.undone)
        self.list.currentRowChanged.connect(self._on_row)
        for edit in (self.chinese, self.english):
            edit.typed.connect(self._on_words)
        self.out_button.clicked.connect(self.list.leave_out)
        self.add_button.clicked.connect(self._on_add)

    def _make_words(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(8)
        for column, (edit, words) in enumerate(((self.chinese, Text("Words in Chinese")), (self.english, Text("Words in English")))):
            put(edit, "setAccessibleName", words)
            grid.addWidget(PlainLabel(self, "soft", words), 0, column)
            grid.addWidget(edit, 1, column)
            grid.setColumnStretch(column, 1)
        grid.addWidget(self.value_box, 2, 0)
        grid.addWidget(self.add_button, 2, 1)
        grid.addWidget(self.out_button, 3, 1)
        self.value_box.setSizePolicy(self.chinese.sizePolicy())
        return grid

    def show_source(self, source: str) -> None:
        """Show the boxes of this source; the chosen one stays chosen."""
        found = self.list.box()
        self.list.show_source(source, found[:2] if found else None)
        self._offer()

    def show_data(self, data: Mapping[str, object]) -> None:
        """The values a box can be added for."""
        self._data = data
        self._offer()

    def _offer(self) -> None:
        left = unused(self.list.source, self._data)
        self.value_box.offer([(name, f"{name}　{example}".strip()) for name, example in left.items()])
        self.value_box.setEnabled(bool(left))
        self.add_button.setEnabled(bool(left))

    @Slot(str)
    def _on_changed(self, source: str) -> None:
        self._offer()
        self.changed.emit(source)

    @Slot()
    def _on_row(self) -> None:
        """The words of another box; those somebody is typing stay as they are."""
        found = self.list.box()
        for edit, words in ((self.chinese, found[2].chinese if found else ""), (self.english, found[2].english if found else "")):
            edit.setEnabled(found is not None)
            if edit.text() != words and not edit.composing:
                edit.setText(words)
        self.out_button.setEnabled(found is not None)

    @Slot()
    def _on_words(self) -> None:
        if (found := self.list.box()) is not None:
            form, at, _ = found
            self.list.change(worded(self.list.source, form, at, self.chinese.text(), self.english.text()), (form, at))

    @Slot()
    def _on_add(self) -> None:
        if (found := self.list.box()) is not None and self.value_box.value():
            form, at, _ = found
            self.list.change(added(self.list.source, form, at, self.value_box.value()), (form, at + 1))
            self.chinese.setFocus()
            self.chinese.selectAll()
