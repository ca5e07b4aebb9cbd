"""The classes of all clients: what the money of twelve months says, why, and taking it over for those that are chosen."""

from __future__ import annotations

from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLayout

from crm_desktop.duties.clients import queries_classes as queries
from crm_desktop.duties.clients import rules_standing as rules
from crm_desktop.duties.clients import words_standing as words
from crm_desktop.duties.clients.actions import Asked
from crm_desktop.duties.clients.queries_classes import Judged
from crm_desktop.record.money import MINUS, show_money
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text, say
from crm_desktop.ui import jobs
from crm_desktop.ui.choose_page import ChoosePage
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import button

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window


class ClassesPage(ChoosePage):
    """Every client that has a class or brought something in two years: those whose money changed most first."""

    title = Text("Classes of all clients")
    headings = (
        Text("Client"), Text("Owner"), Text("Class"), Text("By money"), Text("In 12 months"), Text("On the year before"), Text("Room-nights"), Text("Long overdue"),
    )  # fmt: skip
    widths = MappingProxyType({1: 76, 2: 60, 3: 80, 4: 108, 5: 124, 6: 100, 7: 108})
    right, beside = (4, 5, 6, 7), (1, 7)
    watched = frozenset(("account", "stay", "receivable", "client_policy"))

    def __init__(self, window: Window) -> None:
        self._all = False
        self._found: list[Judged] = []
        self._policy: Row = rules.DEFAULTS
        super().__init__(window)

    def fill_bar(self, bar: QLayout) -> None:
        self.policy_button = button(self, Text("How clients are judged"), icon="settings")
        self.all_button = button(self, Text("Show all"), key="Ctrl+R")
        self.take_button = button(self, Text("Take over"), primary=True, key="Ctrl+S")
        for made, run in ((self.policy_button, self.judge), (self.all_button, self.turn), (self.take_button, self.take)):
            made.clicked.connect(run)
            bar.addWidget(made)

    def read(self) -> None:
        """Judge all clients by today."""
        jobs.read(self, partial(_classes, self._window.today()), self._on_read, slot="classes")

    @Slot(object)
    def _on_read(self, found: tuple[list[Judged], Row]) -> None:
        self._found, self._policy = found
        self._show()

    def _show(self) -> None:
        put(self.told, "setText", _told(self._found))
        put(self.all_button, "setText", Text("Changes only") if self._all else Text("Show all"))
        self.show_rows((each for each in self._found if self._all or each.changes), _cells)

    def settle(self) -> None:
        changing = sum(each.changes for each in self.chosen())
        self.take_button.setEnabled(changing > 0)
        put(self.take_button, "setText", Text("Take over {n}", n=f"{changing:,}") if changing > 1 else Text("Take over"))
        here = self.here()
        put(self.why, "setText", self._reason(here) if here else "")

    def _reason(self, each: Judged) -> Text:
        missing = rules.to_next_class(each.counted, self._policy)
        reason = Text("{first}: {second}", first=each.name, second=self._because(each))
        return Text("{first}; {second}", first=reason, second=Text("{amount} short of the next class", amount=show_money(missing))) if missing else reason

    def _because(self, each: Judged) -> Text:
        return words.reason(each.now, each.before, each.late, self._policy)

    # what can be done

    @Slot()
    def turn(self) -> None:
        """Show all clients, or only those whose class would change."""
        self._all = not self._all
        self._show()

    @Slot()
    def judge(self) -> None:
        """Open by what clients are judged."""
        self._window.go("client-policy")

    @Slot()
    def take(self) -> None:
        """Give the chosen clients the class their money says, each with its reason: one action, one undo. Whoever may not
        asks who may."""
        given = [(each, say(self._because(each))) for each in self.chosen() if each.changes]
        if given:
            self.act(partial(_take, given), self._on_taken)

    @Slot(object)
    def _on_taken(self, answer: Any) -> None:
        if isinstance(answer, Asked):
            self.tell(Text("{person} was asked to approve; it stands among their follow-ups.", person=answer.name), "soft")
        self.focus_first()


def _cells(each: Judged) -> tuple[Text | str, ...]:
    nights = f"{each.now.nights:,} ({each.now.nights - each.before.nights:+,})".replace("-", MINUS)
    way = "" if not each.changes or not each.level else " ↑" if each.right < each.level else " ↓"
    return (
        each.name, each.owner, each.level or "–", f"{each.right}{way}", show_money(each.now.total), _more(each.now.total - each.before.total), nights,
        show_money(each.late) if each.late else "",
    )  # fmt: skip


def _more(amount: int) -> str:
    """With its sign: more is as worth seeing as less."""
    return f"+{show_money(amount)}" if amount > 0 else show_money(amount)


def _told(found: list[Judged]) -> Text:
    counts = {level: sum(each.level == level for each in found) for level in rules.CLASS_ORDER}
    changing = [each for each in found if each.changes]
    up = sum(bool(each.level) and each.right < each.level for each in changing)
    down = sum(bool(each.level) and each.right > each.level for each in changing)
    return Text(
        "A {a} · B {b} · C {c} · D {d}; by money {n} would change: {up} up, {down} down, {new} have none yet",
        a=counts["A"], b=counts["B"], c=counts["C"], d=counts["D"], n=len(changing), up=up, down=down, new=len(changing) - up - down,
    )  # fmt: skip


def _classes(day: str, reader: Any, job: jobs.Job) -> tuple[list[Judged], Row]:
    return queries.classes(reader, day)


def _take(given: list[tuple[Judged, str]], desk: Any, job: jobs.Job) -> Any:
    """Take them over, or ask who may."""
    from crm_desktop.duties.clients import actions

    if actions.class_problem(desk) is None:
        return actions.take_classes(desk, [(each.id, each.version, each.right, why) for each, why in given])
    change, name = actions.ask_classes(desk, [(each.name, each.id, each.right, why) for each, why in given])
    return Asked(change, name)
