"""The page of receipts: what is not applied yet is shown with the open bills it may pay; a person changes what is proposed, and applies it.
What a receipt paid is taken back with one press."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QListView, QVBoxLayout, QWidget

from crm_desktop.duties.receivables import actions, queries_matching
from crm_desktop.duties.receivables.pages_paying import PayModel, PayTable
from crm_desktop.duties.receivables.queries_matching import Proposal
from crm_desktop.duties.receivables.records import APPLICATION, RECEIPT, RECEIVABLE
from crm_desktop.duties.receivables.rules_paying import Choice
from crm_desktop.record.dates import business_date
from crm_desktop.record.money import amount_words
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text, say
from crm_desktop.ui import jobs
from crm_desktop.ui.commands import Command
from crm_desktop.ui.flow import Flow
from crm_desktop.ui.form import Form
from crm_desktop.ui.record_page import RecordPage, below_steps
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import PlainLabel, button

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

KNOWN_BY = ("id", "version", "unapplied")
APPLY, OLDEST, NOTHING = Text("Apply to these bills"), Text("Oldest first"), Text("None of them")
TAKE_BACK = Text("Take back what this receipt paid")


class Paying(QWidget):
    """Below the steps of a receipt: the bills it may pay while money of it is left, and taking back what it paid."""

    def __init__(self, form: Form) -> None:
        super().__init__(form)
        self._row = Row()
        self.proposal: Proposal | None = None
        self._late = False
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 6, 20, 0)
        box.setSpacing(6)
        self.words = PlainLabel(self)
        self.words.setWordWrap(True)
        self.pays = PayModel(self)
        self.table = PayTable(self, self.pays)
        self.problem = PlainLabel(self, "error")
        self.problem.setWordWrap(True)
        for each in (self.words, self.table, self.problem):
            box.addWidget(each)
        box.addWidget(self._make_foot())
        self.table.pays.closeEditor.connect(self._on_typed)
        self.pays.changed.connect(self._on_amounts)
        self.pays.refused.connect(self._on_refused)
        self.hide()
        form.settled.connect(self._on_settled)
        jobs.hub().changed.connect(self._on_changed)

    def _make_foot(self) -> QWidget:
        holder = QWidget(self)
        foot = Flow(holder, 8)
        self.go = button(self, APPLY, primary=True, icon="check")
        self.first, self.none = button(self, OLDEST), button(self, NOTHING)
        self.back = button(self, TAKE_BACK, icon="undo-2")
        for made, run in ((self.go, self.apply), (self.first, self.oldest), (self.none, self.nothing), (self.back, self.take_back)):
            made.clicked.connect(run)
            foot.addWidget(made)
        self.why = QComboBox(self)
        self.why.setView(QListView(self.why))
        put(self.why, "setAccessibleName", Text("Why it is paid short"))
        foot.addWidget(self.why)
        self.rest = PlainLabel(self, "soft")
        foot.addWidget(self.rest)
        return holder

    # what it shows

    @Slot(object)
    def _on_settled(self, row: Row | None) -> None:
        before, self._row = self._row, dict(row or {})
        if self.proposal is not None and all(before.get(name) == self._row.get(name) for name in KNOWN_BY):
            return  # the same receipt once more: what is being typed stays
        if before.get("id") != self._row.get("id"):
            self.pays.choice.touched = False
        self._show_bills(False)
        self._read()

    def _read(self) -> None:
        saved = bool(self._row.get("id"))
        left = saved and (self._row.get("unapplied") or 0) > 0
        self.back.setVisible(saved and (self._row.get("applied") or 0) > 0)
        if not left:
            self.proposal = None
            self._show_bills(False)
        self.setVisible((left and self.proposal is not None) or not self.back.isHidden())
        if left:
            jobs.read(self, partial(_propose, dict(self._row)), self._on_proposed, slot="proposal")

    def _show_bills(self, shown: bool) -> None:
        for each in (self.table, self.go, self.first, self.none, self.why, self.rest):
            each.setVisible(shown)
        self.words.setVisible(shown or self.proposal is not None)
        self._tell(None)

    @Slot(object)
    def _on_changed(self, change: Any) -> None:
        if RECEIVABLE.key in change.tables:
            self._late = self.table.typing
            if not self._late:
                self._read()

    @Slot()
    def _on_typed(self) -> None:
        """What others changed while an amount was typed is read now."""
        if self._late:
            self._late = False
            self._read()

    @Slot(object)
    def _on_proposed(self, answer: tuple[Row, Proposal]) -> None:
        asked, proposal = answer
        if any(asked[name] != self._row.get(name) for name in KNOWN_BY):
            return  # the receipt is another one, or was applied meanwhile
        self.proposal = proposal
        put(self.words, "setText", queries_matching.receipt_words(self._row["unapplied"], self._row["currency"], proposal))
        choice = Choice(int(self._row["unapplied"]), proposal.bills, proposal.match.parts)
        if self.pays.choice.touched:
            choice.follow(self.pays.choice)
        self._show_bills(bool(choice.bills))
        self.pays.show_choice(choice, business_date())
        self._say_reasons()
        self.show()

    def _say_reasons(self) -> None:
        kept = self.why.currentData()
        self.why.clear()
        self.why.addItem(say(Text("Why short: not said")), "")
        for code, words, _ in APPLICATION.by_name["why_short"].offered:
            self.why.addItem(say(words), code)
        self.why.setCurrentIndex(max(0, self.why.findData(kept)))

    @Slot()
    def _on_amounts(self) -> None:
        """The foot follows what is typed."""
        choice = self.pays.choice
        self._tell(None)
        self.go.setEnabled(bool(choice.parts))
        self.why.setEnabled(choice.short > 0)
        left = amount_words(choice.left, str(self._row.get("currency") or ""))
        put(self.rest, "setText", Text("{amount} stays on account", amount=left) if choice.left else Text("Nothing stays on account"))

    @Slot(object)
    def _on_refused(self, problem: Text) -> None:
        self._tell(problem)

    def _tell(self, problem: Text | None) -> None:
        put(self.problem, "setText", problem or "")
        self.problem.setVisible(problem is not None)

    # what can be done

    @Slot()
    def apply(self) -> None:
        """Pay the bills as they are chosen."""
        parts = self.pays.choice.parts
        if self.proposal is not None and parts:
            why = str(self.why.currentData() or "") if self.pays.choice.short else ""
            self.proposal, self.pays.choice.touched = None, False  # once
            self._show_bills(False)
            jobs.act(self, partial(_apply, int(self._row["id"]), parts, why))

    @Slot()
    def oldest(self) -> None:
        """Fill in the bills due first, without what is disputed."""
        self.pays.fill(self.pays.choice.oldest())

    @Slot()
    def nothing(self) -> None:
        """Pay nothing yet."""
        self.pays.fill({})

    @Slot()
    def take_back(self) -> None:
        """The bills this receipt paid are open again."""
        if self._row.get("id"):
            jobs.act(self, partial(_take_back, int(self._row["id"])))


class ReceiptsPage(RecordPage):
    """Money that came."""

    def __init__(self, window: Window) -> None:
        self._bars: list[Paying] = []
        super().__init__(window, RECEIPT)

    def dress(self, form: Form) -> None:
        """What the receipt would pay, below the steps."""
        bar = Paying(form)
        self._bars.append(bar)
        below_steps(form, bar)

    def commands(self) -> list[Command]:
        """Applying, by name, while there is something to apply; taking back what was."""
        found = [
            Command(words, run, "", known)
            for bar in self._bars
            for part, words, run, known in ((bar.go, APPLY, bar.apply, ("核销", "到账核销")), (bar.back, TAKE_BACK, bar.take_back, ("撤销核销", "反核销")))
            if part.isVisible()
        ]
        return [*super().commands(), *found]


def _propose(row: Row, reader: Any, _job: jobs.Job) -> tuple[Row, Proposal]:
    payer, client, row_id = str(row.get("payer") or ""), row.get("account_id"), int(row["id"])
    found = queries_matching.propose(
        reader, int(row["unapplied"]), str(row["received_on"]), payer=payer, account_id=client, currency=str(row["currency"]), besides=row_id
    )
    return row, found


def _apply(receipt_id: int, applications: list[tuple[int, int]], why: str, desk: Any, _job: jobs.Job) -> Any:
    return actions.apply(desk, receipt_id, applications, why)


def _take_back(receipt_id: int, desk: Any, _job: jobs.Job) -> Any:
    return actions.unapply_all(desk, receipt_id)


def receipts(window: Window) -> QWidget:
    """The page of receipts."""
    return ReceiptsPage(window)
