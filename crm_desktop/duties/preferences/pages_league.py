"""Who files within two working days: departments and those who file, above the slips; a row shows its slips."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from crm_desktop.duties.preferences import queries
from crm_desktop.duties.preferences.rules import Filing
from crm_desktop.record.duty import Filter
from crm_desktop.record.text import Text
from crm_desktop.ui import jobs
from crm_desktop.ui.edits import ENTER
from crm_desktop.ui.table import ROW, Texts, table

HEADINGS = (
    Text("Department or who files"), Text("Number of slips"), Text("Filed in time"), Text("Filed late"), Text("Still within time"), Text("Beyond their time"), Text("In time, of 100"),
)  # fmt: skip
SHOWN, FIGURE = 6, 84  # rows before it scrolls; px of a figure


class League(QFrame):
    """The table; `chosen` carries the filters of the slips behind a row."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget, today: str) -> None:
        super().__init__(parent)
        self._today = today
        self._rows: list[tuple[str, Filing]] = []
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 0, 12, 4)
        self.rows = Texts(HEADINGS, self, right=range(1, len(HEADINGS)))
        self.view = table(self, self.rows, 0, name=Text("Who files in time"))
        for at in range(1, len(HEADINGS)):
            self.view.setColumnWidth(at, FIGURE)
        self.view.installEventFilter(self)
        self.view.clicked.connect(self._on_clicked)
        box.addWidget(self.view)
        self.hide()

    @Slot()
    def turn(self) -> None:
        """Show it, or put it away."""
        self.setVisible(self.isHidden())
        if self.isVisible():
            self.read()
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.chosen.emit([])

    def read(self) -> None:
        """Count anew."""
        jobs.read(self, partial(_count, self._today), self._on_counted, slot="league")

    @Slot(object)
    def _on_counted(self, found: dict[str, list[Filing]]) -> None:
        self._rows = [(column, row) for column, rows in found.items() for row in rows]
        self.rows.show_rows([_cells(column, row) for column, row in self._rows])
        self.view.setFixedHeight(ROW * (min(max(1, len(self._rows)), SHOWN) + 1))
        if self._rows:
            self.view.selectRow(0)

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        self._choose(index.row())

    def _choose(self, at: int) -> None:
        filters: list[Filter] = [("id", "in", self._rows[at][1].rows)]
        self.chosen.emit(filters)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Return shows the slips of the row the keys stand on."""
        if watched is self.view and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in ENTER:
            if self._rows:
                self._choose(max(0, self.view.currentIndex().row()))
            return True
        return super().eventFilter(watched, event)


def _count(today: str, reader: Any, _job: jobs.Job) -> dict[str, list[Filing]]:
    return queries.league(reader, today)


def _cells(column: str, row: Filing) -> tuple[Text | str, ...]:
    name: Text | str = row.name or Text("Nobody named")
    if column == "owner_id":
        name = Text("Filed by {who}", who=name)
    share = "–" if row.percent is None else f"{row.percent} %"
    return (name, str(row.slips), str(row.in_time), str(row.late), str(row.waiting), str(row.over), share)
