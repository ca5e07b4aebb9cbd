"""The page of preference slips: the generic list and form, and filing a slip with its guest."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.duties.preferences import actions, rules
from crm_desktop.duties.preferences.pages_league import League
from crm_desktop.duties.preferences.records import SLIP
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text
from crm_desktop.ui import jobs
from crm_desktop.ui.form import Form
from crm_desktop.ui.record_page import RecordPage, below_steps
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import PlainLabel, button

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

SAVE_FIRST = Text("Save first; then it can be filed")


class FileLine(QWidget):
    """Below a slip's steps: what it says becomes a fact in the guest's file."""

    def __init__(self, form: Form) -> None:
        super().__init__(form)
        self._form, self._row = form, Row()
        line = QHBoxLayout(self)
        line.setContentsMargins(20, 6, 20, 0)
        self.button = button(self, Text("File with the guest"), primary=True)
        self.button.clicked.connect(self.file)
        self.missing = PlainLabel(self, "soft")
        line.addWidget(self.button)
        line.addWidget(self.missing, 1, Qt.AlignmentFlag.AlignLeft)
        self.hide()
        form.settled.connect(self._on_settled)

    @Slot(object)
    def _on_settled(self, row: Row | None) -> None:
        self._row = row or {}
        missing = (SAVE_FIRST if self._form.dirty() else rules.may_file(self._row)) if row else None
        self.button.setEnabled(missing is None)
        put(self.missing, "setText", missing or "")
        self.setVisible(self._row.get("state") in (rules.REPORTED, rules.VERIFIED))

    @Slot()
    def file(self) -> None:
        """File the slip that is shown."""
        if self._row:
            jobs.act(self, partial(_file, int(self._row["id"]), int(self._row["version"])))


class SlipsPage(RecordPage):
    """The preference slips."""

    def __init__(self, window: Window) -> None:
        super().__init__(window, SLIP)
        self.league = League(self.list, window.today())
        box = self.list.layout()
        assert isinstance(box, QVBoxLayout)
        box.insertWidget(1, self.league)
        self.league_link = self.list.add_link(Text("Who files in time"))
        self.league_link.clicked.connect(self.league.turn)
        self.league.chosen.connect(self.list.narrow)
        jobs.hub().changed.connect(self._on_changed)

    @Slot(object)
    def _on_changed(self, change: Any) -> None:
        if SLIP.key in change.tables and self.league.isVisible():
            self.league.read()

    def dress(self, form: Form) -> None:
        """Filing, below the steps."""
        below_steps(form, FileLine(form))


def _file(slip_id: int, version: int, desk: Any, job: jobs.Job) -> Any:
    return actions.file_slip(desk, slip_id, version)


def slips(window: Window) -> SlipsPage:
    """The page."""
    return SlipsPage(window)
