"""Sales counted when they are paid, by seller: what came in a period for their own bills and by shares, what is taken back because it came
late, and what counts. Enter or a double-click opens the receipts behind a figure."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.duties.credit import queries_credited
from crm_desktop.duties.credit.queries_credited import Credited
from crm_desktop.duties.credit.rules_credited import Seller
from crm_desktop.record.kinds import Kind
from crm_desktop.record.money import show_money
from crm_desktop.record.record import Field
from crm_desktop.record.text import Text
from crm_desktop.ui import jobs
from crm_desktop.ui.cells import Cells
from crm_desktop.ui.day_editor import DayEditor
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import PlainLabel, card, link

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

FIRST, LAST = Field("first", Text("First day"), Kind.DATE), Field("last", Text("Last day"), Kind.DATE)
HEADINGS = (Text("Seller"), Text("Currency"), Text("Received"), Text("Own bills"), Text("By shares"), Text("Taken back"), Text("Counts"), Text("Receipts"))
WIDTHS = (190, 76, 140, 140, 140, 130, 140, 84)
WATCHED = frozenset(("application", "receipt", "receivable", "sale_share", "credit_policy"))
Answer = tuple[tuple[str, str], Credited, dict[int, str]]


class CreditedPage(QWidget):
    """A line for each currency and seller, and what came and pays no bill yet."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._asked = ("", "")
        self._lines: list[Seller | None] = []
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 12, 24, 16)
        box.setSpacing(10)
        box.addWidget(PlainLabel(self, "h1", Text("Sales counted when paid")))
        box.addLayout(self._make_bar())
        self.problem = PlainLabel(self, "error")
        self.problem.hide()
        box.addWidget(self.problem)
        frame, inside = card(self)
        self.cells = Cells(frame, Text("Sales counted when paid"), range(2, len(HEADINGS)))
        self.cells.opened.connect(self._on_opened)
        inside.addWidget(self.cells)
        box.addWidget(frame, 1)
        self.told = PlainLabel(self, "soft")
        self.told.setWordWrap(True)
        box.addWidget(self.told)
        jobs.hub().changed.connect(self._on_changed)

    def _make_bar(self) -> QHBoxLayout:
        bar = QHBoxLayout()
        bar.setSpacing(8)
        self.first, self.last = DayEditor(FIRST, self), DayEditor(LAST, self)
        today = self._window.today()
        self.first.set_value(f"{today[:4]}-01-01")
        self.last.set_value(today)
        for field, editor in ((FIRST, self.first), (LAST, self.last)):
            bar.addWidget(PlainLabel(self, "soft", field.label))
            editor.setFixedWidth(132)
            editor.left.connect(self.read)
            bar.addWidget(editor)
        bar.addStretch(1)
        self.shares = link(self, Text("Shares of sales"))
        self.shares.clicked.connect(self._on_shares)
        bar.addWidget(self.shares)
        return bar

    def show_args(self, **_: Any) -> None:
        """Read what holds now."""
        self.read()

    def focus_first(self) -> None:
        """The keyboard goes to the first day."""
        self.first.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def read(self) -> None:
        """Ask for the period; a wrong one is told beside it and nothing is asked."""
        problem = self.first.problem() or self.last.problem()
        first, last = str(self.first.value() or ""), str(self.last.value() or self._window.today())
        if problem is None and first > last:
            problem = Text("The first day is after the last")
        put(self.problem, "setText", problem or "")
        self.problem.setVisible(problem is not None)
        if problem is None:
            self._asked = (first or f"{last[:4]}-01-01", last)
            jobs.read(self, partial(_credited, self._asked), self._on_read, slot="credited")

    @Slot(object)
    def _on_read(self, answer: Answer) -> None:
        asked, found, known = answer
        if asked != self._asked:
            return
        order = sorted(found.sellers.items(), key=lambda item: queries_credited.order(*item))
        rows = [_cells(known.get(staff or 0, "") or Text("Nobody"), unit, one) for (unit, staff), one in order]
        rest: list[list[Text | str]] = [[Text("Not applied to a bill"), unit, show_money(amount), "", "", "", "", ""] for unit, amount in sorted(found.unapplied.items()) if amount]
        self._lines = [*(one for _, one in order), *(None for _ in rest)]
        self.cells.show_rows([*rows, *rest], HEADINGS, WIDTHS)
        put(self.told, "setText", _told(found))

    @Slot(int, int)
    def _on_opened(self, row: int, _column: int) -> None:
        line = self._lines[row] if row < len(self._lines) else None
        if line is not None:
            self._window.go("applications", filters=[("id", "in", sorted(set(line.applications)))])
        elif row < len(self._lines):
            self._window.go("receipts", filters=[("received_on", ">=", self._asked[0]), ("received_on", "<=", self._asked[1])])

    @Slot()
    def _on_shares(self) -> None:
        self._window.go("sale-shares")

    @Slot(object)
    def _on_changed(self, change: Any) -> None:
        if self.isVisible() and WATCHED & set(change.tables):
            self.read()


def _cells(name: Text | str, unit: str, one: Seller) -> list[Text | str]:
    sums = [show_money(amount) if amount else "" for amount in (one.own, one.shared, one.taken)]
    return [name, unit, show_money(one.received), *sums, show_money(one.credited), f"{len(set(one.applications)):,}"]


def _told(found: Credited) -> Text | str:
    """Why the figures are right: they add up to the receipts."""
    words: Text | str = ""
    for unit in sorted({key[0] for key in found.sellers} | set(found.unapplied)):
        received = sum(one.received for key, one in found.sellers.items() if key[0] == unit)
        rest = found.unapplied.get(unit, 0)
        one = Text("{currency}: {whole} received = {part} for bills + {rest} not applied", currency=unit, whole=show_money(received + rest), part=show_money(received), rest=show_money(rest))
        words = Text("{first} · {second}", first=words, second=one) if words else one
    return words


def _credited(asked: tuple[str, str], reader: Any, _job: jobs.Job) -> Answer:
    return asked, queries_credited.credited(reader, *asked), queries_credited.names(reader)


def credited(window: Window) -> CreditedPage:
    """The page."""
    return CreditedPage(window)
