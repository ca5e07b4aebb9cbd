"""Code lists that were edited hold at once in everything that is open, and so do the hotel's own compliance rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Slot

from crm_desktop.record import codes, lawbook
from crm_desktop.store import code_items, law_rules
from crm_desktop.ui import jobs, speech
from crm_desktop.ui.editors import ChoiceEditor
from crm_desktop.ui.filters import FilterBox

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window


class CodeLists(QObject):
    """Learns the lists again when an item changed, here or elsewhere; every editor, filter and chip then follows."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        jobs.hub().changed.connect(self._on_changed)

    @Slot(object)
    def _on_changed(self, change: Any) -> None:
        if law_rules.TABLE in change.tables:
            jobs.read(self, _read_rules, lawbook.learn, slot="rules")
        if code_items.TABLE in change.tables:
            jobs.read(self, _read, self._on_read, slot="codes")

    @Slot(object)
    def _on_read(self, items: list[tuple[Any, ...]]) -> None:
        codes.learn(items)
        boxes: list[ChoiceEditor | FilterBox] = [*self._window.findChildren(ChoiceEditor), *self._window.findChildren(FilterBox)]
        for box in boxes:
            if box.field.codes:
                box.refill()
        speech.say_again(self._window)


def _read_rules(reader: Any, job: jobs.Job) -> list[tuple[Any, ...]]:
    return law_rules.read(reader)


def _read(reader: Any, job: jobs.Job) -> list[tuple[Any, ...]]:
    return code_items.read(reader)
