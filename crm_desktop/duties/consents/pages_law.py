"""Compliance rules: the pack as it stands, above the hotel's own wordings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Slot
from PySide6.QtWidgets import QBoxLayout

from crm_desktop.duties.consents import law
from crm_desktop.duties.consents.records_law import LAW_RULE
from crm_desktop.record import lawbook
from crm_desktop.record.text import Text
from crm_desktop.store import law_rules
from crm_desktop.ui import jobs
from crm_desktop.ui.record_page import RecordPage
from crm_desktop.ui.table import Texts, table

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

HEADINGS = (Text("Rule"), Text("Numbers"), Text("Holds from"), Text("Holds until"), Text("Status"), Text("Where it stands"), Text("Asked by"))
WIDTHS = (290, 146, 108, 108, 138, 200)
HEIGHT = 360  # px: twelve wordings


class LawPage(RecordPage):
    """The list of the hotel's own wordings, with the whole pack above it."""

    def __init__(self, window: Window) -> None:
        super().__init__(window, LAW_RULE)
        self._own = window
        self.pack = Texts(HEADINGS, self.list)
        self.pack_view = table(self.list, self.pack, 6, name=Text("Compliance rules"))
        for at, width in enumerate(WIDTHS):
            self.pack_view.setColumnWidth(at, width)
        self.pack_view.setMaximumHeight(HEIGHT)
        box = self.list.layout()
        assert isinstance(box, QBoxLayout)
        box.insertWidget(1, self.pack_view, 1)  # between the buttons and the hotel's own
        self._say()
        jobs.hub().changed.connect(self._on_changed)

    @Slot(object)
    def _on_changed(self, change: Any) -> None:
        if law_rules.TABLE in change.tables:
            jobs.read(self, _read, self._on_read, slot="pack")

    @Slot(object)
    def _on_read(self, rows: list[tuple[Any, ...]]) -> None:
        lawbook.learn(rows)
        self._say()

    def _say(self) -> None:
        self.pack.show_rows(law.pack(self._own.today()))

    def changeEvent(self, event: QEvent) -> None:
        """The joined words are said again here."""
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "pack_view"):
            self._say()
        super().changeEvent(event)


def _read(reader: Any, _job: jobs.Job) -> list[tuple[Any, ...]]:
    return law_rules.read(reader)


def page(window: Window) -> LawPage:
    """The page of compliance rules."""
    return LawPage(window)
