"""The steps open to a record's row, as buttons; a step that needs a reason asks for it right below, in one line."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from crm_desktop.record.machine import Move
from crm_desktop.record.record import Record, Row
from crm_desktop.record.text import Text
from crm_desktop.ui.flow import Flow
from crm_desktop.ui.number_offer import LiveOffer
from crm_desktop.ui.reasons import ReasonEdit
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import PlainLabel, button, link

REASON_LENGTH = 500


class StepsBar(QFrame):
    """`asked` carries the key of a step and its reason ('' where none is needed)."""

    asked = Signal(str, str)

    def __init__(self, record: Record, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("steps")
        self._record = record
        self._waiting: Move | None = None
        self.buttons: dict[str, QPushButton] = {}
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 10, 20, 2)
        box.setSpacing(6)
        holder = QWidget(self)
        flow = Flow(holder, 8)
        for move in record.machine.moves if record.machine else ():
            made = self.buttons[move.key] = button(holder, move.title)
            made.setProperty("step", move.key)
            made.clicked.connect(self._on_step)
            flow.addWidget(made)
        box.addWidget(holder)
        box.addWidget(self._make_reason())
        self.offer = LiveOffer(self, self.reason)
        box.addWidget(self.offer)
        self.hide()

    def _make_reason(self) -> QWidget:
        self._line = QWidget(self)
        row = QHBoxLayout(self._line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._label = PlainLabel(self._line, "soft")
        self.reason = ReasonEdit(self._line)
        self.reason.setMaxLength(REASON_LENGTH)
        put(self.reason, "setPlaceholderText", Text("Reason"))
        put(self.reason, "setAccessibleName", Text("Reason"))
        self.reason.entered.connect(self._on_reason)
        self._go = button(self._line, Text("OK"), primary=True)
        self._go.clicked.connect(self._on_reason)
        self._leave = link(self._line, Text("Cancel"))
        self._leave.clicked.connect(self._on_leave)
        row.addWidget(self._label)
        row.addWidget(self.reason, 1)
        row.addWidget(self._go)
        row.addWidget(self._leave)
        self._line.hide()
        return self._line

    def show_row(self, row: Row | None) -> None:
        """Offer what is open to this row; nothing for a new one."""
        machine = self._record.machine
        moves = {move.key for move in machine.open_to(row)} if machine and row else set()
        for key, made in self.buttons.items():
            made.setVisible(key in moves)
        self._on_leave()
        self.setVisible(bool(moves))

    @Slot()
    def _on_step(self) -> None:
        machine = self._record.machine
        assert machine is not None
        move = machine.move(str(self.sender().property("step")))
        if not move.reason:
            self._on_leave()
            self.asked.emit(move.key, "")
            return
        self._waiting = move
        put(self._label, "setText", move.title)
        self._line.show()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        self.reason.ask(self._record.key, move.target)

    @Slot()
    def _on_reason(self) -> None:
        if self._waiting is not None and self.reason.text().strip():
            self.asked.emit(self._waiting.key, self.reason.text().strip())

    @Slot()
    def _on_leave(self) -> None:
        self._waiting = None
        self.reason.clear()
        self._line.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._waiting is not None:
            self._on_leave()
        else:
            super().keyPressEvent(event)
