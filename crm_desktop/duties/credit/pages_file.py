"""A client's credit file, as a part of its sheet: headroom, limit, agreement, scorecard, papers; every line opens its rows."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from crm_desktop.duties.clients.words_standing import Block
from crm_desktop.duties.credit import (
    queries,
    queries_forecast,
    queries_law,
    queries_stop,
    words_collection,
    words_file,
    words_stop,
)
from crm_desktop.duties.credit import queries_collection as collection
from crm_desktop.duties.credit.pages_stop import StopStrip
from crm_desktop.record.text import Text
from crm_desktop.ui import jobs
from crm_desktop.ui.block_panel import BlockCard, BlockPanel
from crm_desktop.ui.widgets import link

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

COLLECTION = "collection"
RIGHT = ("score", "forecast")  # blocks of the right column


def _file(reader: Any, row_id: int, day: str) -> list[Block] | None:
    found = queries.credit_file(reader, row_id, day)
    if found is None:
        return None
    debtor = collection.debtors(reader, day, row_id)[row_id]
    steps = collection.ladders(reader)[debtor.ladder]
    hits, done = collection.hit_by_stop(reader, row_id, day), collection.steps_done(reader, row_id)
    block = words_collection.block(debtor, steps, hits, done, queries_law.fee(reader, row_id, day), day)
    block.lines[:0] = words_stop.lines(row_id, queries_stop.stopped(reader, row_id), queries_stop.reasons(reader, found.money, day))
    more = [block]
    if debtor.bills:
        more.append(words_collection.forecast(queries_forecast.outlook(reader, row_id, day)))
    first, *others = words_file.blocks(found)
    return [first, *more, *others]


class FilePanel(BlockPanel):
    """The file; from its card of collection credit is stopped and resumed, after what that hits was shown."""

    def __init__(self, window: Window, parent: QWidget) -> None:
        super().__init__(window, parent, _file, RIGHT)
        self.stop_strip: StopStrip | None = None

    def dress(self, key: str, made: BlockCard) -> None:
        """The card of collection gets the link and the strip."""
        if key == COLLECTION:
            self.stop_link = link(made, Text("Stop or resume credit …"))
            self.stop_link.clicked.connect(self.ask)
            made.head.addWidget(self.stop_link)
            self.stop_strip = StopStrip(made)
            self.stop_strip.closed.connect(self.focus_first)
            made.box.insertWidget(1, self.stop_strip)

    @Slot()
    def ask(self) -> None:
        """Show what a stop, or its end, would mean."""
        if self.row_id is not None:
            jobs.read(self, partial(_whose, self.row_id), self._on_whose, slot="stop")

    @Slot(object)
    def _on_whose(self, answer: tuple[int, str, str]) -> None:
        row_id, name, credit = answer
        if self.stop_strip is not None and row_id == self.row_id and name:
            self.stop_strip.ask(row_id, name, credit, self._window.today())


def _whose(row_id: int, reader: Any, _job: jobs.Job) -> tuple[int, str, str]:
    return row_id, *queries_stop.name_and_credit(reader, row_id)


def panel(window: Window, parent: QWidget) -> FilePanel:
    """The part of an account's sheet."""
    return FilePanel(window, parent)
