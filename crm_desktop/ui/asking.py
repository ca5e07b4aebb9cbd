"""A panel over the window that asks for a few things and does one: what was typed stays until that is done, or left by Esc."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from crm_desktop.record.text import Refused, Text
from crm_desktop.ui import jobs
from crm_desktop.ui.palette import Overlay
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import PlainLabel, link


class Asking(Overlay):
    """Its title, whatever a panel puts below it, a note that says what is wrong, and Cancel in the foot."""

    def __init__(self, window: QWidget, width: int, title: Text) -> None:
        super().__init__(window, width)
        self._acting = False
        self.box.addWidget(PlainLabel(self.panel, "h2", title))
        self.note = PlainLabel(self.panel, "soft")
        self.note.setWordWrap(True)
        self.leave = link(self.panel, Text("Cancel"))
        self.leave.clicked.connect(self.close)

    def stops(self) -> Sequence[QWidget]:
        """Where Tab goes, in this order; those that cannot be reached now are left out."""
        raise NotImplementedError

    def add_foot(self, *parts: QWidget, words: Text | None = None) -> None:
        """The last line: these, Cancel, and words beside them."""
        line = QHBoxLayout()
        for part in (*parts, self.leave):
            line.addWidget(part)
        if words is not None:
            line.addWidget(PlainLabel(self.panel, "soft", words))
        line.addStretch(1)
        self.box.addLayout(line)

    def tell(self, text: Text | str, cls: str = "soft") -> None:
        """Say something in the note."""
        put(self.note, "setText", text)
        self.note.set_look(cls)
        self.note.show()
        self.place()

    def act(self, work: Callable[[Any, jobs.Job], Any]) -> None:
        """Do it, once: the panel closes when it is done, and says why when it is not."""
        if not self._acting:
            self._acting = True
            jobs.act(self, work, self._on_done, failed=self._on_failed)

    @Slot(object)
    def _on_done(self, _: object) -> None:
        self.close()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._acting = False
        self.fail(error)

    def fail(self, error: Exception) -> None:
        """It was not done."""
        if isinstance(error, Refused):
            self.tell(error.text, "error")
        else:
            jobs.hub().failed.emit(error)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """What lies under the scrim is out of reach."""
        stops = [each for each in self.stops() if each.isEnabled() and each.isVisible()]
        if not stops:  # it is being closed, with the keyboard in it
            return False
        now = next((at for at, each in enumerate(stops) if each.hasFocus()), -1)
        stops[(now + (1 if forward else -1)) % len(stops)].setFocus(Qt.FocusReason.TabFocusReason)
        return True
