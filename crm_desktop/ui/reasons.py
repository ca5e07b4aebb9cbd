"""The line a reason is typed into; reasons given before for the same step are offered, never put in by themselves."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from crm_desktop.ui import jobs
from crm_desktop.ui.completion import Completion
from crm_desktop.ui.edits import ENTER, Edit, stays


class _Past:
    """A reason given before."""

    def __init__(self, words: str) -> None:
        self.id, self.title, self.note = 0, words, ""


class ReasonEdit(Edit):
    """Down and Return take an old reason; Return alone always means what is typed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._past: list[str] = []
        self._popup: Completion | None = None
        self.typed.connect(self._offer)

    def ask(self, record: str, after: str) -> None:
        """Read the reasons given before for a step."""
        self._past = []
        jobs.read(self, partial(_reasons, record, after), self._on_past, slot="reasons")

    def _on_past(self, past: list[str]) -> None:
        self._past = past
        if self.hasFocus():
            self._offer(self.text())

    def _offer(self, words: str) -> None:
        fitting = [one for one in self._past if words.strip().lower() in one.lower() and one != words.strip()]
        if not fitting:
            self.put_away()
            return
        if self._popup is None:
            self._popup = Completion(self)
            self._popup.picked.connect(self._on_picked)
        self._popup.show_hits([_Past(one) for one in fitting])
        self._popup.setCurrentIndex(QModelIndex())

    def _on_picked(self, past: _Past) -> None:
        self.setText(past.title)
        self.put_away()

    def put_away(self) -> None:
        """Hide what is offered."""
        if self._popup:
            self._popup.put_away()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        popup = self._popup
        own = event.key() in ENTER and (popup is None or popup.chosen() is None)
        if popup and not own and popup.take_key(event):
            return
        if own:
            self.put_away()
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if not stays(event):
            self.put_away()


def _reasons(record: str, after: str, reader: Any, job: jobs.Job) -> list[str]:
    from crm_desktop.store import steps

    return steps.reasons(reader, record, after)
