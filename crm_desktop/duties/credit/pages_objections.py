"""What the client says on the phone, chosen from a list, and the answer beside it."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from crm_desktop.duties.credit import queries_objections, words_objections
from crm_desktop.duties.credit.queries_objections import Facts
from crm_desktop.record.kinds import Kind
from crm_desktop.record.record import Field
from crm_desktop.record.text import Text
from crm_desktop.ui import jobs
from crm_desktop.ui.editors import ChoiceEditor
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import PlainLabel

SAID = Field("said", Text("They say"), Kind.CHOICE, closed=True, choices=tuple((str(at), said, "") for at, (said, _) in enumerate(words_objections.ALL)))
WIDTH = 210  # px


class ObjectionLine(QWidget):
    """Hidden while no client is chosen."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._whose: tuple[int, int] | None = None
        self._facts = Facts()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        self.said, self.answer = ChoiceEditor(SAID, self), PlainLabel(self)
        self.said.setFixedWidth(WIDTH)
        put(self.said, "setAccessibleName", SAID.label)
        self.answer.setWordWrap(True)
        line.addWidget(PlainLabel(self, "soft", SAID.label))
        line.addWidget(self.said)
        line.addWidget(self.answer, 1)
        self.said.changed.connect(self._tell)
        self.hide()

    def show_client(self, whose: tuple[int, int] | None, day: str) -> None:
        """Answer for this client (and its oldest bill); another one begins with nothing said."""
        if whose == self._whose:
            return
        self._whose, self._facts = whose, Facts()
        self.said.set_value("")
        put(self.answer, "setText", "")
        self.setVisible(whose is not None)
        if whose is not None:
            jobs.read(self, partial(_facts, whose, day), self._on_facts, slot="objections")

    @Slot(object)
    def _on_facts(self, answer: tuple[tuple[int, int], Facts]) -> None:
        if answer[0] == self._whose:
            self._facts = answer[1]
            self._tell()

    @Slot()
    def _tell(self) -> None:
        chosen = str(self.said.value() or "")
        put(self.answer, "setText", words_objections.ALL[int(chosen)][1](self._facts) if chosen else "")


def _facts(whose: tuple[int, int], day: str, reader: Any, _job: jobs.Job) -> tuple[tuple[int, int], Facts]:
    return whose, queries_objections.facts(reader, *whose, day)
