"""Where a late fee is typed, in an agreement or a policy, it is told beside it how dear it is, while it is typed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from crm_desktop.duties.credit import queries, rules_law, rules_policy, words_law
from crm_desktop.duties.credit.pages_beside import beside_agreement
from crm_desktop.duties.credit.records import CREDIT_AGREEMENT
from crm_desktop.duties.credit.records_law import LAW_TERM
from crm_desktop.duties.credit.records_policy import CREDIT_POLICY
from crm_desktop.record.dates import business_date
from crm_desktop.record.text import Text
from crm_desktop.ui import jobs
from crm_desktop.ui.form import Form
from crm_desktop.ui.record_page import BegunPage, RecordPage, below_steps
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import Chip, PlainLabel, link

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

OWN = ("lpr", "amber_times", "red_times", "law")  # what a policy says itself


class RateLine(QWidget):
    """A chip and a sentence below the steps; takes no room while no rate is typed."""

    def __init__(self, form: Form) -> None:
        super().__init__(form)
        self._form, self._policy = form, dict(rules_policy.DEFAULTS)
        line = QHBoxLayout(self)
        line.setContentsMargins(20, 6, 20, 0)
        line.setSpacing(8)
        self.chip, self.words = Chip(self), PlainLabel(self, "soft")
        self.words.setWordWrap(True)
        line.addWidget(self.chip)
        line.addWidget(self.words, 1)
        self.hide()
        for name in ("late_rate", *OWN):
            if name in form.cells:
                form.cells[name].editor.changed.connect(self.tell)
        if "signed_on" in form.cells:
            form.cells["signed_on"].editor.changed.connect(self._read)
        form.settled.connect(self._on_settled)

    @Slot(object)
    def _on_settled(self, _row: object) -> None:
        self._read()

    @Slot()
    def _read(self) -> None:
        """An agreement goes by the policy of the day it was signed on."""
        if "signed_on" in self._form.cells:
            day = str(self._form.cells["signed_on"].editor.value() or business_date())
            jobs.read(self, partial(_policy, day), self._on_policy, slot="rate")
        else:
            self.tell()

    @Slot(object)
    def _on_policy(self, policy: dict[str, Any]) -> None:
        self._policy = dict(policy)
        self.tell()

    @Slot()
    def tell(self) -> None:
        """Say how dear what is typed is."""
        cells = self._form.cells
        rate = int(cells["late_rate"].editor.value() or 0)
        policy = self._policy | {name: cells[name].editor.value() or 0 for name in OWN if name in cells}
        level = rules_law.fee_level(rate, policy)
        self.chip.show_text(words_law.LEVELS[level], level)
        put(self.words, "setText", words_law.warning(rate, policy) if rate else "")
        self.setVisible(rate > 0)


class ScalesLine(QWidget):
    """On a policy that is saved: write the scales it is judged by into it, to be changed there."""

    def __init__(self, form: Form) -> None:
        super().__init__(form)
        self._row: dict[str, Any] = {}
        line = QHBoxLayout(self)
        line.setContentsMargins(20, 6, 20, 0)
        self.go = link(self, Text("Write the scales of the factors into it, to be changed"))
        self.go.clicked.connect(self.write)
        line.addWidget(self.go, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()
        form.settled.connect(self._on_settled)

    @Slot(object)
    def _on_settled(self, row: dict[str, Any] | None) -> None:
        self._row = row or {}
        self.setVisible(bool(self._row.get("id")))

    @Slot()
    def write(self) -> None:
        """Write those that are not there yet."""
        if self._row.get("id"):
            jobs.act(self, partial(_write_scales, int(self._row["id"])))


class RatePage(RecordPage):
    """Agreements, or policies, with the line."""

    def dress(self, form: Form) -> None:
        """The line below the steps."""
        super().dress(form)
        below_steps(form, RateLine(form))
        if self.record is CREDIT_AGREEMENT:
            beside_agreement(form)
        else:
            below_steps(form, ScalesLine(form))


def _write_scales(policy_id: int, desk: Any, _job: jobs.Job) -> Any:
    from crm_desktop.duties.credit import actions

    return actions.write_scales(desk, policy_id)


def _policy(day: str, reader: Any, _job: jobs.Job) -> dict[str, Any]:
    return queries.policy(reader, day)


def agreements(window: Window) -> RatePage:
    """The page of credit agreements."""
    return RatePage(window, CREDIT_AGREEMENT)


def regulation(window: Window) -> BegunPage:
    """The page of the payment regulation."""
    from crm_desktop.duties.credit import actions_law

    return BegunPage(window, LAW_TERM, Text("Write down the wordings the program goes by"), actions_law.write_usual)


def policies(window: Window) -> RatePage:
    """The page of credit policies."""
    return RatePage(window, CREDIT_POLICY)
