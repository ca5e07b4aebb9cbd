"""The pages of credit: applications, with the scorecard put on the one that is shown."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from crm_desktop.duties.credit import rules_file
from crm_desktop.duties.credit.records import CREDIT_APPLICATION
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text
from crm_desktop.ui import jobs
from crm_desktop.ui.form import Form
from crm_desktop.ui.record_page import RecordPage, below_steps
from crm_desktop.ui.widgets import button

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window


class ScoreLine(QWidget):
    """Below an application's steps: put today's points on it, look at the client's credit file."""

    def __init__(self, page: ApplicationsPage, form: Form) -> None:
        super().__init__(form)
        self._page, self._row = page, Row()
        line = QHBoxLayout(self)
        line.setContentsMargins(20, 6, 20, 0)
        line.setSpacing(8)
        self.score = button(self, Text("Put the scorecard on it"), icon="list-checks")
        self.file = button(self, Text("Credit file"), icon="receipt-text")
        self.score.clicked.connect(self._on_score)
        self.file.clicked.connect(self._on_file)
        for made in (self.score, self.file):
            line.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)
        line.addStretch(1)
        self.hide()
        form.settled.connect(self._on_settled)

    @Slot(object)
    def _on_settled(self, row: Row | None) -> None:
        self._row = row or {}
        self.setVisible(row is not None)
        self.score.setVisible(bool(row) and self._row["state"] in (rules_file.DRAFT, *rules_file.WAITS))

    @Slot()
    def _on_score(self) -> None:
        if self._row:
            jobs.act(self, partial(_put_score, int(self._row["id"])))

    @Slot()
    def _on_file(self) -> None:
        if self._row:
            self._page.open_file(int(self._row["account_id"]))


class ApplicationsPage(RecordPage):
    """Credit applications."""

    def __init__(self, window: Window) -> None:
        super().__init__(window, CREDIT_APPLICATION)

    def dress(self, form: Form) -> None:
        """The scorecard, below the steps."""
        below_steps(form, ScoreLine(self, form))

    def open_file(self, account_id: int) -> None:
        """Open the client whose application it is."""
        self._window.open_record("account", account_id)


def _put_score(row_id: int, desk: Any, _job: jobs.Job) -> Any:
    from crm_desktop.duties.credit import actions

    return actions.put_score(desk, row_id)


def applications(window: Window) -> ApplicationsPage:
    """The page."""
    return ApplicationsPage(window)
