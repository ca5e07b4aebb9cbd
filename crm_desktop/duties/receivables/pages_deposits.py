"""The page of deposits: what each is in law stands beside it, and it is applied to the client's bills, given back, or kept where that is lawful."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.duties.receivables import rules_deposits as rules
from crm_desktop.duties.receivables.records_deposits import DEPOSIT
from crm_desktop.record.kinds import Kind
from crm_desktop.record.record import Field, Row
from crm_desktop.record.text import Refused, Text
from crm_desktop.ui import jobs
from crm_desktop.ui.editors import MoneyEditor
from crm_desktop.ui.form import Form
from crm_desktop.ui.number_offer import LiveOffer
from crm_desktop.ui.reasons import ReasonEdit
from crm_desktop.ui.record_page import RecordPage, below_steps
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import PlainLabel, button

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

AMOUNT = Field("amount", Text("Amount"), Kind.MONEY)
WHY = Text("Why it is given back or kept")


class DepositLine(QWidget):
    """Below the steps of a deposit: its law, and what can be done with what is held."""

    def __init__(self, form: Form) -> None:
        super().__init__(form)
        self._row: Row = {}
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 6, 20, 0)
        box.setSpacing(6)
        self.law, self.problem = PlainLabel(self, "soft"), PlainLabel(self, "error")
        for label in (self.law, self.problem):
            label.setWordWrap(True)
            box.addWidget(label)
        self._held = QWidget(self)
        rows = QVBoxLayout(self._held)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        first, second = QHBoxLayout(), QHBoxLayout()
        self.amount, self.why = MoneyEditor(AMOUNT, self._held), ReasonEdit(self._held)
        self.amount.setFixedWidth(120)
        put(self.why, "setPlaceholderText", WHY)
        put(self.why, "setAccessibleName", WHY)
        self.apply, self.back, self.keep = button(self._held, Text("Apply to bills")), button(self._held, Text("Give back")), button(self._held, Text("Keep it"))
        for made, run in ((self.apply, self._on_apply), (self.back, self._on_back), (self.keep, self._on_keep)):
            made.clicked.connect(run)
        first.addWidget(self.amount)
        first.addWidget(self.apply)
        first.addStretch(1)
        second.addWidget(self.why, 1)
        second.addWidget(self.back)
        second.addWidget(self.keep)
        rows.addLayout(first)
        rows.addLayout(second)
        rows.addWidget(LiveOffer(self._held, self.why))
        box.addWidget(self._held)
        self.hide()
        for name in ("kind", "amount", "contract"):
            form.cells[name].editor.changed.connect(self._on_typed)
        self._form = form
        form.settled.connect(self._on_settled)

    @Slot(object)
    def _on_settled(self, row: Row | None) -> None:
        self._row = row or {}
        self._tell(None)
        held = bool(row) and self._row["balance"] > 0
        self._held.setVisible(held)
        if held:
            self.amount.set_value(self._row["balance"])
            self.keep.setVisible(rules.forfeitable(self._row) > self._row["forfeited"])
        self._on_typed()

    @Slot()
    def _on_typed(self) -> None:
        """What the law says of what is typed."""
        words = rules.law_words({name: self._form.cells[name].editor.value() for name in ("kind", "amount", "contract")})
        put(self.law, "setText", words or "")
        self.law.setVisible(words is not None)
        self.setVisible(bool(self._row) or words is not None)

    @Slot()
    def _on_apply(self) -> None:
        self._act(_apply)

    @Slot()
    def _on_back(self) -> None:
        self._act(_refund, self.why.text())

    @Slot()
    def _on_keep(self) -> None:
        self._act(_keep, self.why.text())

    def _act(self, work: Any, *more: str) -> None:
        if self._row and self.amount.problem() is None:
            jobs.act(self, partial(work, int(self._row["id"]), int(self.amount.value() or 0), *more), self._on_done, failed=self._on_failed)

    @Slot(object)
    def _on_done(self, _change: Any) -> None:
        self._tell(None)
        self.why.clear()

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, Refused):
            self._tell(error.text)
        else:
            jobs.hub().failed.emit(error)

    def _tell(self, text: Text | None) -> None:
        put(self.problem, "setText", text or "")
        self.problem.setVisible(text is not None)


class DepositsPage(RecordPage):
    """The ledger of deposits."""

    def __init__(self, window: Window) -> None:
        super().__init__(window, DEPOSIT)

    def dress(self, form: Form) -> None:
        """The law and what can be done, below the steps."""
        super().dress(form)
        below_steps(form, DepositLine(form))


def _apply(row_id: int, amount: int, desk: Any, _job: jobs.Job) -> Any:
    from crm_desktop.duties.receivables import actions_deposits

    return actions_deposits.apply_oldest(desk, row_id, amount)


def _refund(row_id: int, amount: int, reason: str, desk: Any, _job: jobs.Job) -> Any:
    from crm_desktop.duties.receivables import actions_deposits

    return actions_deposits.refund(desk, row_id, amount, reason)


def _keep(row_id: int, amount: int, reason: str, desk: Any, _job: jobs.Job) -> Any:
    from crm_desktop.duties.receivables import actions_deposits

    return actions_deposits.keep_it(desk, row_id, amount, reason)


def deposits(window: Window) -> DepositsPage:
    """The page."""
    return DepositsPage(window)
