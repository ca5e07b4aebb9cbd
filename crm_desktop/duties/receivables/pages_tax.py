"""The tax table, and the line below a bill's steps that says its tax: rate, amounts without and of it, the name on the invoice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot

from crm_desktop.duties.receivables import queries_tax, rules_tax
from crm_desktop.duties.receivables.records_tax import TAX_RATE
from crm_desktop.record.dates import business_date
from crm_desktop.record.money import show_money
from crm_desktop.record.text import Text
from crm_desktop.ui import jobs
from crm_desktop.ui.form import Form
from crm_desktop.ui.record_page import BegunPage
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import PlainLabel

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

WATCHED = ("kind", "amount", "bill_date")


class TaxLine(PlainLabel):
    """It follows what is typed; takes no room without an amount."""

    def __init__(self, form: Form) -> None:
        super().__init__(form, "soft")
        self._form = form
        self._table: list[dict[str, Any]] = []
        self.setWordWrap(True)
        self.setContentsMargins(20, 6, 20, 0)
        self.hide()
        for name in WATCHED:
            form.cells[name].editor.changed.connect(self.tell)
        form.settled.connect(self._on_settled)

    @Slot(object)
    def _on_settled(self, _row: object) -> None:
        jobs.read(self, _table, self._on_table, slot="tax")

    @Slot(object)
    def _on_table(self, table: list[dict[str, Any]]) -> None:
        self._table = table
        self.tell()

    @Slot()
    def tell(self) -> None:
        """Say the tax of what is typed."""
        kind, amount, day = (self._form.cells[name].editor.value() for name in WATCHED)
        rate = rules_tax.rate_on(self._table, rules_tax.line_of(str(kind)), str(day or business_date()))
        net, tax = rules_tax.parts(int(amount or 0), rate.rate)
        words = Text("{goods}, {percent}: {net} + tax {tax}", goods=rate.goods, percent=rules_tax.percent(rate.rate), net=show_money(net), tax=show_money(tax))
        put(self, "setText", words if rate.deductible else Text("{words}, which the buyer cannot deduct", words=words))
        self.setVisible(bool(amount))


def _table(reader: Any, _job: jobs.Job) -> list[dict[str, Any]]:
    return queries_tax.table(reader)


def tax_table(window: Window) -> BegunPage:
    """The tax table."""
    from crm_desktop.duties.receivables import actions_tax

    return BegunPage(window, TAX_RATE, Text("Write down the usual rates"), actions_tax.write_usual)
