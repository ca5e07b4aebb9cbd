"""The key card: every key and what it does; another key is chosen here; printed on A5 it lies beside the phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QWidget

from crm_desktop.record.duty import Action
from crm_desktop.record.paper import PaperForm
from crm_desktop.record.text import Text, say
from crm_desktop.ui.choices import Choice, ChoiceList
from crm_desktop.ui.palette import Overlay
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import PlainLabel, button, link

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

WIDTH, SHOWN = 560, 14
FIXED = (
    ("Ctrl+K", Text("Commands")), ("Ctrl+F", Text("Search everything")), ("Ctrl+N", Text("New row")), ("Ctrl+S", Text("Save")),
    ("Ctrl+Z", Text("Undo the last change")), ("Ctrl+Y", Text("Redo what was undone")), ("Alt+←", Text("Back")), ("Alt+→", Text("Forward")),
    ("Ctrl+1 … 9", Text("The pages of the rail")), ("Ctrl+B", Text("Narrow or wide rail")), ("Esc", Text("Leave; what is typed is kept")),
)  # fmt: skip
HINT = Text("Arrows choose; Enter takes another key for the line")
PRESS = Text("Press the new key for: {action}. Esc leaves it as it is.")
_ALONE = (Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr)


class _Lines(ChoiceList):
    """The keys; while one waits for its new key, what is pressed is that key."""

    entered = Signal()
    pressed = Signal(str)
    left = Signal()
    waits = False  # also before Qt has made the widget whole

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def event(self, event: QEvent) -> bool:
        if self.waits and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # the key is being chosen: nothing else may hear it
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if self.waits:
            if key == Qt.Key.Key_Escape:
                self.left.emit()
            elif key not in _ALONE:
                self.pressed.emit(QKeySequence(event.keyCombination()).toString(QKeySequence.SequenceFormat.PortableText))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.step(1 if key == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)


class KeyCard(Overlay):
    """All keys over the window."""

    def __init__(self, window: Window) -> None:
        super().__init__(window, WIDTH)
        self._owner, self._keys = window, window.keys
        self._waiting: Action | None = None
        self.box.addWidget(PlainLabel(self.panel, "h2", Text("Keys and what they do")))
        self.list = _Lines(self.panel)
        put(self.list, "setAccessibleName", Text("Keys and what they do"))
        self.note = PlainLabel(self.panel, "soft", HINT)
        self.note.setWordWrap(True)
        self.box.addWidget(self.list)
        self.box.addWidget(self.note)
        self.box.addLayout(self._make_buttons())
        self.list.entered.connect(self._on_entered)
        self.list.pressed.connect(self._on_pressed)
        self.list.left.connect(self._on_left)
        self._fill()

    def _make_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.print_button = button(self.panel, Text("Print on A5"), icon="printer")
        self.print_button.clicked.connect(self._on_print)
        self.reset_button = link(self.panel, Text("All keys as they come"))
        self.reset_button.clicked.connect(self._on_reset)
        row.addWidget(self.print_button)
        row.addStretch(1)
        row.addWidget(self.reset_button)
        return row

    def open(self) -> None:
        super().open()
        self.list.setFocus()

    def _fill(self) -> None:
        row = self.list.currentRow()
        self.list.show_choices(self._lines(), most=SHOWN)
        if row > 0:
            self.list.setCurrentRow(row)

    def _lines(self) -> list[Choice]:
        own = [Choice(action.title, self._keys.of(key), key) for key, action in self._keys.actions.items()]
        return [*own, Choice(Text("Always the same"), heading=True), *(Choice(words, keys, "") for keys, words in FIXED)]

    @Slot()
    def _on_entered(self) -> None:
        item = self.list.currentItem()
        key = item.data(Qt.ItemDataRole.UserRole).value if item else ""
        if key:
            self._waiting = self._keys.actions[key]
            self.list.waits = True
            self._say(Text(PRESS.source, action=self._waiting.title))

    @Slot(str)
    def _on_pressed(self, keys: str) -> None:
        if self._waiting is None:
            return
        problem = self._keys.change(self._waiting.key, keys)
        if problem is not None:
            self._say(problem, "error")
            return
        self._on_left()
        self._fill()

    @Slot()
    def _on_left(self) -> None:
        self._waiting, self.list.waits = None, False
        self._say(HINT)

    @Slot()
    def _on_reset(self) -> None:
        self._keys.reset()
        self._fill()
        self.list.setFocus()

    def _say(self, text: Text, cls: str = "soft") -> None:
        put(self.note, "setText", text)
        self.note.set_look(cls)
        self.place()

    @Slot()
    def _on_print(self) -> None:
        from crm_desktop.ui import papers

        papers.show(self._owner, [self.paper()])

    def paper(self) -> PaperForm:
        """The card as a paper: key, and what it does."""
        from crm_desktop.documents import plain

        lines = [(choice.note, choice.title) for choice in self._lines() if not choice.heading]
        return plain.pairs(Text("Keys and what they do"), [(say(keys), say(words)) for keys, words in lines])


def show(window: Window) -> KeyCard:
    """Open the card."""
    card = KeyCard(window)
    card.open()
    return card
