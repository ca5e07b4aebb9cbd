"""About the program: versions, where things lie, and the licence of everything it is made of."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Slot, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from crm_desktop.record.text import Text, say
from crm_desktop.store.folders import private_folder, state_folder
from crm_desktop.ui import jobs, opened_files, theme
from crm_desktop.ui.speech import put
from crm_desktop.ui.table import Texts, table
from crm_desktop.ui.widgets import PlainLabel, button

if TYPE_CHECKING:
    from crm_desktop.desk.about import Part
    from crm_desktop.ui.window import Window

SIZE = (960, 640)
TABLE_WIDTH = 384
NO_TEXT = Text("The package came without the text of its licence.")


class About(QDialog):
    """All that is worth telling to whoever helps with the program."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        put(self, "setWindowTitle", Text("About this program"))
        self.resize(*SIZE)
        self._facts: list[tuple[Text, str]] = []
        self._parts: list[Part] = []
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 16, 24, 16)
        box.setSpacing(12)
        box.addWidget(PlainLabel(self, "h1", Text("Hotel sales CRM")))
        box.addWidget(PlainLabel(self, "soft", Text("Free under the MIT licence. It stands on the work of many others:")))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        box.insertLayout(1, self._grid)
        box.addLayout(self._make_licences(), 1)
        box.addLayout(self._make_foot())
        qt = qVersion()
        jobs.read(self, partial(_read, window.store.label, str(qt), window.started_in), self._on_read)

    def _make_licences(self) -> QHBoxLayout:
        self.rows = Texts((Text("Part"), Text("Version"), Text("Licence")), self)
        self.view = table(self, self.rows, 2, name=Text("Parts of the program"))
        self.view.setColumnWidth(0, 160)
        self.view.setColumnWidth(1, 84)
        self.view.selectionModel().selectionChanged.connect(self._on_selected)
        self.text = QPlainTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        put(self.text, "setAccessibleName", Text("Licence"))
        line = QHBoxLayout()
        line.setSpacing(12)
        self.view.setFixedWidth(TABLE_WIDTH)
        self.text.setFont(theme.small_font())  # eighty letters of a licence in a line
        line.addWidget(self.view)
        line.addWidget(self.text, 1)
        return line

    def _make_foot(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        self.copy_button = button(self, Text("Copy as text"), icon="copy")
        self.log_button = button(self, Text("Open the log folder"), icon="folder-open")
        self.close_button = button(self, Text("Close"), primary=True)
        self.copy_button.clicked.connect(self.copy)
        self.log_button.clicked.connect(open_log_folder)
        self.close_button.clicked.connect(self.close)
        self.close_button.setDefault(True)
        line.addWidget(self.copy_button)
        line.addWidget(self.log_button)
        line.addStretch(1)
        line.addWidget(self.close_button)
        return line

    @Slot(object)
    def _on_read(self, answer: tuple[list[tuple[Text, str]], list[Part]]) -> None:
        self._facts, self._parts = answer
        for at, (label, value) in enumerate(self._facts):
            self._grid.addWidget(PlainLabel(self, "soft", label), at, 0)
            self._grid.addWidget(_selectable(self, label, value), at, 1)
        self.rows.show_rows([(part.name, part.version, part.licence) for part in self._parts])
        self.view.selectRow(0)

    @Slot()
    def _on_selected(self, *_: Any) -> None:
        rows = self.view.selectionModel().selectedRows()
        if rows:
            self.text.setPlainText(self._parts[rows[0].row()].text or say(NO_TEXT))

    @Slot()
    def copy(self) -> None:
        """Put everything but the texts of the licences on the clipboard."""
        from crm_desktop.desk.about import as_text

        QGuiApplication.clipboard().setText(as_text([(say(label), value) for label, value in self._facts], self._parts))


def _selectable(parent: QWidget, label: Text, value: str) -> PlainLabel:
    made = PlainLabel(parent)
    made.setText(value)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    put(made, "setAccessibleName", label)
    return made


def show(window: Window) -> None:
    """Open it over the window."""
    About(window).open()


def open_log_folder() -> None:
    """Show the folder of the log in the PC's own file manager."""
    folder: Path = private_folder(state_folder())
    opened_files.show(folder)


def _read(data: str, qt: str, started_in: float, reader: Any, job: jobs.Job) -> tuple[list[tuple[Text, str]], list[Part]]:
    from crm_desktop.desk import about

    return about.facts(data, qt, started_in), about.parts()
