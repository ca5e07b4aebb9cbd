"""Asked before many rows leave the house: what for, and where that is needed, a second person with their own password."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QVBoxLayout

from crm_desktop.desk.exports import Asked
from crm_desktop.record.text import Text
from crm_desktop.ui import jobs
from crm_desktop.ui.edits import Edit
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import PlainLabel

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

WIDTH = 460


class ExportReason(QDialog):
    """Calls `again(reason=..., stood_by=...)` once there is all that is needed."""

    def __init__(self, window: Window, asked: Asked, again: Callable[..., object]) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._again, self._second = again, asked.second
        put(self, "setWindowTitle", Text("Export"))
        self.setMinimumWidth(WIDTH)
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 16, 24, 16)
        box.setSpacing(12)
        told = PlainLabel(self, "", asked.text)
        told.setWordWrap(True)
        box.addWidget(told)
        self._form = QFormLayout()
        self._form.setSpacing(8)
        box.addLayout(self._form)
        self.reason = self._line(Text("Reason"))
        self.login = self._line(Text("Log-in name of the second person"))
        self.password = self._line(Text("Their password"))
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        for each in (self.login, self.password):
            self._form.setRowVisible(each, self._second)
        self.problem = PlainLabel(self, "error")
        self.problem.setWordWrap(True)
        self.problem.hide()
        box.addWidget(self.problem)
        self._add_buttons(box)

    def _line(self, label: Text) -> Edit:
        made = Edit(self)
        put(made, "setAccessibleName", label)
        made.entered.connect(self.go_on)
        self._form.addRow(PlainLabel(self, "soft", label), made)
        return made

    def _add_buttons(self, box: QVBoxLayout) -> None:
        buttons = QDialogButtonBox(self)
        self.go = buttons.addButton(QDialogButtonBox.StandardButton.Ok)
        put(self.go, "setText", Text("Export"))
        self.go.setProperty("primary", True)
        put(buttons.addButton(QDialogButtonBox.StandardButton.Cancel), "setText", Text("Cancel"))
        buttons.accepted.connect(self.go_on)
        buttons.rejected.connect(self.reject)
        box.addWidget(buttons)

    @Slot()
    def go_on(self) -> None:
        """Write the file, after the second person was recognised where one is needed."""
        if not self.reason.text().strip():
            self._say(Text("Say what for: the log keeps it."))
            self.reason.setFocus()
        elif self._second:
            self.go.setEnabled(False)
            work = partial(_second, self.login.text(), self.password.text())
            jobs.act(self, work, self._on_second, failed=self._on_failed)
        else:
            self._on_second("")

    def _on_second(self, name: str) -> None:
        self._again(reason=self.reason.text().strip(), stood_by=name)
        self.accept()

    def _on_failed(self, error: Exception) -> None:
        self.go.setEnabled(True)
        self._say(getattr(error, "text", None) or str(error))

    def _say(self, words: Text | str) -> None:
        put(self.problem, "setText", words)
        self.problem.show()


def _second(login: str, password: str, desk: Any, job: jobs.Job) -> str:
    from crm_desktop.desk import sign_in

    return sign_in.second(desk, login, password, "export")
