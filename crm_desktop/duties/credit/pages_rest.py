"""On the form of a bill that is paid but for a little: write the rest back."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from crm_desktop.duties.credit import queries
from crm_desktop.record.dates import business_date
from crm_desktop.record.money import show_money
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text
from crm_desktop.ui import jobs
from crm_desktop.ui.form import Form
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import link


class RestLine(QWidget):
    """A link, while the rest is one the policy lets be written back; takes no room else."""

    def __init__(self, form: Form) -> None:
        super().__init__(form)
        self._row = Row()
        line = QHBoxLayout(self)
        line.setContentsMargins(20, 6, 20, 0)
        self.go = link(self, Text("Write the short rest back"))
        self.go.clicked.connect(self.write_back)
        line.addWidget(self.go, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()
        form.settled.connect(self._on_settled)

    @Slot(object)
    def _on_settled(self, row: Row | None) -> None:
        self._row = row or {}
        self.hide()
        if self._row.get("id") and self._row["paid"] and self._row["balance"] > 0:
            jobs.read(self, partial(_most, int(self._row["id"])), self._on_most, slot="rest")

    @Slot(object)
    def _on_most(self, answer: tuple[int, int]) -> None:
        row_id, most = answer
        if row_id == self._row.get("id"):
            put(self.go, "setText", Text("Write the short rest of {amount} back", amount=show_money(self._row["balance"])))
            self.setVisible(0 < self._row["balance"] <= most)

    @Slot()
    def write_back(self) -> None:
        """Let go of it."""
        if self._row.get("id"):
            jobs.act(self, partial(_write_back, int(self._row["id"])))


def _most(row_id: int, reader: Any, _job: jobs.Job) -> tuple[int, int]:
    return row_id, int(queries.policy(reader, business_date())["write_back"] or 0)


def _write_back(row_id: int, desk: Any, _job: jobs.Job) -> Any:
    from crm_desktop.duties.credit import actions_write_off

    return actions_write_off.write_back(desk, row_id)
