"""The pages of receivables: the list with what is open by age above it, and what was applied to what."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_desktop.duties.receivables import actions, queries, rules, rules_terms
from crm_desktop.duties.receivables.pages_strip import ALL, LONG, AgeingStrip, Part
from crm_desktop.duties.receivables.pages_tax import TaxLine
from crm_desktop.duties.receivables.queries_screens import IS_OPEN
from crm_desktop.duties.receivables.records import APPLICATION, PROMISE, RECEIPT, RECEIVABLE
from crm_desktop.duties.receivables.rules import Aged
from crm_desktop.record.dates import days_before
from crm_desktop.record.duty import Filter
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text
from crm_desktop.store.pages import ListQuery
from crm_desktop.ui import jobs
from crm_desktop.ui.commands import Command
from crm_desktop.ui.form import Form
from crm_desktop.ui.record_page import RecordPage, below_steps
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import PlainLabel

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window


class ReceivablesPage(RecordPage):
    """The list of bills: what is open at first, the oldest due date on top."""

    def __init__(self, window: Window) -> None:
        super().__init__(window, RECEIVABLE)
        self.strip = AgeingStrip(self.list)
        box = self.list.layout()
        assert isinstance(box, QVBoxLayout)
        box.insertWidget(1, self.strip)
        self.ageing_link = self.list.add_link(Text("Ageing"))
        self.ageing_link.clicked.connect(self._on_ageing_link)
        self.promises_link = self.list.add_link(PROMISE.many)
        self.receipts_link = self.list.add_link(RECEIPT.many)
        self.promises_link.clicked.connect(self._on_promises)
        self.receipts_link.clicked.connect(self._on_receipts)
        self.strip.chosen.connect(self._on_part)
        self.list.reloaded.connect(self._on_reloaded)
        jobs.hub().changed.connect(self._on_changed)
        self.list.show_only([IS_OPEN])

    def dress(self, form: Form) -> None:
        """How the due date comes, its tax, and what credit says of it, below the steps."""
        from crm_desktop.duties.credit.pages_beside import beside_bill
        from crm_desktop.duties.credit.pages_rest import RestLine

        super().dress(form)
        below_steps(form, RestLine(form))
        beside_bill(form, self._window.store)
        below_steps(form, TaxLine(form))
        below_steps(form, TermsLine(form))

    @Slot()
    def _on_ageing_link(self) -> None:
        self._window.go("ageing")

    @Slot()
    def _on_promises(self) -> None:
        self._window.go("promises")

    @Slot()
    def _on_receipts(self) -> None:
        self._window.go("receipts")

    @Slot(object)
    def _on_part(self, part: Part) -> None:
        """Show the rows of a part; pressed again, all that is open."""
        again = part == self.strip.picked
        self.list.narrow([IS_OPEN] if again else part_filters(part, self._window.today()))

    @Slot()
    def _on_reloaded(self) -> None:
        self._mark()
        self._read()

    def _read(self) -> None:
        query = ListQuery(RECEIVABLE, self.list.narrowing())
        jobs.read(self, partial(_ageing, query, self._window.today()), self._on_ageing, slot="ageing")

    @Slot(object)
    def _on_ageing(self, owed: list[Aged]) -> None:
        before = self.strip.parts()
        self.strip.show_owed(owed)
        if self.strip.parts() != before:
            self._mark()

    def _mark(self) -> None:
        day = self._window.today()
        found = (part for part in self.strip.parts() if tuple(part_filters(part, day)) == self.list.extra)
        self.strip.pick(next(found, None))

    @Slot(object)
    def _on_changed(self, change: Any) -> None:
        if RECEIVABLE.key in change.tables:
            self._read()


def part_filters(part: Part, day: str) -> list[Filter]:
    """The filters that open exactly the rows of a part of the strip."""
    currency, key = part
    unit: list[Filter] = [IS_OPEN, ("currency", "=", currency)]
    if key == ALL:
        return unit
    if key == LONG:
        return [*unit, ("due", "<", days_before(day, rules.LONG))]
    if isinstance(key, str):
        return [*unit, ("stage", "in", rules.EARLY[key])]
    return [*unit, *rules.bucket_filters(int(key), day)]


def _ageing(query: ListQuery, day: str, reader: Any, _job: jobs.Job) -> list[Aged]:
    return queries.listed_ageing(reader, query, day)


class TermsLine(PlainLabel):
    """How the due date of the bill on the form comes from its terms; takes no room without terms."""

    def __init__(self, form: Form) -> None:
        super().__init__(form, "soft")
        self.setWordWrap(True)
        self.setContentsMargins(20, 6, 20, 0)
        self.hide()
        form.settled.connect(self._on_settled)

    @Slot(object)
    def _on_settled(self, row: Row | None) -> None:
        due = rules_terms.of_row(row or {})
        put(self, "setText", due.words if due else "")
        self.setVisible(due is not None)


class ApplicationsPage(RecordPage):
    """What was applied to what. Rows come from receipts; one can be taken back."""

    def __init__(self, window: Window) -> None:
        super().__init__(window, APPLICATION)

    def commands(self) -> list[Command]:
        """Taking the row back that is shown."""
        shown = [Command(TAKE_BACK, self.take_back, "", ("撤销核销", "反核销"))] if self.list.view.current_id() else []
        return [*shown, *super().commands()]

    @Slot()
    def new(self) -> None:
        """Nothing: rows are written by applying a receipt."""

    @Slot()
    def take_back(self) -> None:
        """The bill is open again, the receipt can be applied anew."""
        row_id = self.list.view.current_id()
        if row_id is not None:
            jobs.act(self, partial(_take_back, row_id), self._on_taken_back)

    @Slot(object)
    def _on_taken_back(self, change: Any) -> None:
        self._hide_form()


TAKE_BACK = Text("Take this application back")


def _take_back(row_id: int, desk: Any, _job: jobs.Job) -> Any:
    return actions.unapply(desk, [row_id])


def receivables(window: Window) -> QWidget:
    """The page of bills."""
    return ReceivablesPage(window)


def applications(window: Window) -> QWidget:
    """The page of applied receipts."""
    return ApplicationsPage(window)
