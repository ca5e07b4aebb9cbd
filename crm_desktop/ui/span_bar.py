"""The head of a page about some days: its title, the days between two arrows; and whose rows it shows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QListView, QWidget

from crm_desktop.record.text import Text, say
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import CutLabel, tool

EVERYBODY = Text("Everybody")
EARLIER, LATER = Text("Earlier"), Text("Later")


class SpanBar(QHBoxLayout):
    """`before` and `after` are pressed for other days, `days` says which are shown; what a page adds stands at the right."""

    def __init__(self, page: QWidget, title: Text, before: Text = EARLIER, after: Text = LATER) -> None:
        super().__init__()
        self.setSpacing(6)
        self.addWidget(CutLabel(page, "h1", title))
        self.before, self.after = tool(page, "chevron-left", before), tool(page, "chevron-right", after)
        self.days = CutLabel(page, "soft")
        for part in (self.before, self.days, self.after):
            self.addWidget(part)
        self.addStretch(1)


class OwnersBox(QComboBox):
    """Everybody, or one of the colleagues by id."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self.setView(QListView(self))
        self.addItem(say(EVERYBODY), None)
        put(self, "setAccessibleName", Text("Owner"))

    def offer(self, colleagues: Sequence[tuple[int, str]], chosen: int | None) -> int | None:
        """Offer these; the one that is chosen now, None (everybody) where it is none of them."""
        while self.count() > 1:
            self.removeItem(1)
        for row_id, name in colleagues:
            self.addItem(name, row_id)
        self.setCurrentIndex(max(0, self.findData(chosen)))
        found: int | None = self.currentData()
        return found

    def name_of(self, row_id: int | None) -> str:
        """The name of a colleague on offer; '' for anybody else."""
        at = -1 if row_id is None else self.findData(row_id)
        return self.itemText(at) if at > 0 else ""

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and self.count():
            self.setItemText(0, say(EVERYBODY))
        super().changeEvent(event)
