"""The page of plan items: the generic list, form and sheet; one button asks for the gift or meal an item is, or opens it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot

from crm_desktop.duties.care import queries_items as queries
from crm_desktop.duties.care.records import CARE_ITEM, OPEN
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text
from crm_desktop.ui import jobs
from crm_desktop.ui.form import Form
from crm_desktop.ui.one_button import OneButton
from crm_desktop.ui.record_page import RecordPage

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

WORDS = {"gift": Text("Gift for this item"), "hospitality": Text("Meal for this item")}


class ItemsPage(RecordPage):
    """The plan items."""

    def __init__(self, window: Window) -> None:
        super().__init__(window, CARE_ITEM)

    def dress(self, form: Form) -> None:
        """Its gift or meal, below the steps."""
        OneButton(form, WORDS["gift"], _register, self.issue, "gift")

    def issue(self, item_id: int) -> None:
        """Begin the gift or meal of an item with what the item says; one there is already is opened."""
        jobs.read(self, partial(_begins, item_id), self._on_begins, slot="issue")

    @Slot(object)
    def _on_begins(self, found: tuple[str, Row, int | None]) -> None:
        record, values, there = found
        if there is not None:
            self._window.open_record(record, there)
        elif record:
            self._window.go(self._window.page_of(record), new=True, given=values)


def _register(row: Row) -> Text | None:
    return WORDS.get(queries.register_of(str(row["kind"]))) if row["state"] == OPEN else None


def _begins(item_id: int, reader: Any, job: jobs.Job) -> tuple[str, Row, int | None]:
    record, values = queries.begins(reader, item_id)
    return record, values, queries.linked(reader, item_id, record) if record else None


def items(window: Window) -> ItemsPage:
    """The page."""
    return ItemsPage(window)
