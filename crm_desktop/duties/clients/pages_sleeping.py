"""Clients that fall silent 沉睡客户与公海: what is proposed for each and why; nothing happens by itself."""

from __future__ import annotations

from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLayout

from crm_desktop.duties.clients import queries_leaving as queries
from crm_desktop.duties.clients import rules_leaving as rules
from crm_desktop.duties.clients import rules_standing as standing
from crm_desktop.duties.clients.queries_leaving import Sleeper
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.duties.clients.words_standing import SILENCES
from crm_desktop.record.text import Text, say
from crm_desktop.ui import jobs
from crm_desktop.ui.choose_page import ChoosePage
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import button

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

PROPOSED = {rules.SLEEP: Text("Has gone quiet"), rules.POOL: Text("To the pool")}


class SleepingPage(ChoosePage):
    """Those for whom something is proposed, or those of the pool; what is done is done with all that are marked."""

    title = Text("Sleeping clients and the pool")
    headings = (
        Text("Client"), Text("Owner"), Text("Class"), Text("Status"), Text("Last stay"), Text("Days silent"), Text("Own gap"), Text("Last contact"), Text("What is proposed"),
    )  # fmt: skip
    widths = MappingProxyType({1: 76, 2: 60, 3: 92, 4: 100, 5: 104, 6: 92, 7: 112, 8: 164})
    right, beside = (5, 6), (4, 6)
    watched = frozenset(("account", "stay", "visit", "booking", "client_policy"))

    def __init__(self, window: Window) -> None:
        self._pool = False
        self._found: list[Sleeper] = []
        super().__init__(window)

    def fill_bar(self, bar: QLayout) -> None:
        self.pool_button = button(self, Text("The pool"), key="Ctrl+R")
        self.ask_button = button(self, Text("Interview"), icon="message-square")
        self.sleep_button = button(self, Text("Has gone quiet"))
        self.give_button = button(self, Text("To the pool"), key="Ctrl+D")
        self.take_button = button(self, Text("I look after them"), primary=True, key="Ctrl+S")
        runs = (self.turn, self.ask, self.sleep, self.give, self.take)
        for made, run in zip((self.pool_button, self.ask_button, self.sleep_button, self.give_button, self.take_button), runs, strict=True):
            made.clicked.connect(run)
            bar.addWidget(made)

    def read(self) -> None:
        """Look who is silent today."""
        jobs.read(self, partial(_sleepers, self._window.today()), self._on_read, slot="sleepers")

    @Slot(object)
    def _on_read(self, found: list[Sleeper]) -> None:
        self._found = found
        self._show()

    def _show(self) -> None:
        put(self.told, "setText", _told(self._found))
        put(self.pool_button, "setText", Text("Proposals") if self._pool else Text("The pool"))
        self.show_rows((each for each in self._found if (each.pooled if self._pool else each.proposed)), _cells)

    def settle(self) -> None:
        chosen, here = self.chosen(), self.here()
        self.ask_button.setEnabled(here is not None)
        self.sleep_button.setEnabled(any(rules.SLEEP in each.proposed for each in chosen))
        self.give_button.setEnabled(any(not each.pooled for each in chosen))
        self.take_button.setEnabled(bool(chosen) and all(each.pooled for each in chosen))
        put(self.why, "setText", Text("{first}: {second}", first=here.name, second=_why(here)) if here else _nothing(self._pool))

    # what can be done

    @Slot()
    def turn(self) -> None:
        """Show the pool, or what is proposed."""
        self._pool = not self._pool
        self._show()

    @Slot()
    def ask(self) -> None:
        """A new interview with the client the keyboard is on."""
        if (each := self.here()) is not None:
            given = {"account_id": each.id, "account_id.name": each.name, "day": self._window.today()}
            self._window.go(self._window.page_of("lost_interview"), new=True, given=given)

    @Slot()
    def sleep(self) -> None:
        """The marked ones that are proposed for it have gone quiet."""
        if given := [each for each in self.chosen() if rules.SLEEP in each.proposed]:
            self.act(partial(_sleep, [(each.id, each.version) for each in given], [say(_why(each)) for each in given]))

    @Slot()
    def give(self) -> None:
        """Nobody looks after the marked ones any more; what their silence was stays with the file as the reason."""
        if given := [each for each in self.chosen() if not each.pooled]:
            self.act(partial(_give, [(each.id, each.version) for each in given], say(_why(given[0])) if len(given) == 1 else say(Text("Silent beyond their own rhythm"))))

    @Slot()
    def take(self) -> None:
        """Whoever sits here looks after the marked ones of the pool."""
        if self.take_button.isEnabled():
            self.act(partial(_take, [(each.id, each.version) for each in self.chosen()]))


def _cells(each: Sleeper) -> tuple[Text | str, ...]:
    proposed: Text | str = ""
    for what in each.proposed:
        proposed = Text("{first}, {second}", first=proposed, second=PROPOSED[what]) if proposed else PROPOSED[what]
    return (
        each.name, each.owner or Text("The pool"), each.level or "–", ACCOUNT.by_name["state"].choice_text(each.state), each.last or "–",
        f"{each.silence.days:,}" if each.last else "–", f"{each.silence.gap:.0f}" if each.silence.gap else "–", each.contact or "–", proposed,
    )  # fmt: skip


def _why(each: Sleeper) -> Text:
    if not each.last:
        words = Text("no stay yet")
    elif each.silence.state == standing.FEW:
        words = Text("{days} days since the last arrival", days=each.silence.days)
    else:
        words = Text("{days} days since the last arrival; their own gap is {gap} days", days=each.silence.days, gap=f"{each.silence.gap:.0f}")
    met = Text("last contact on {day}", day=each.contact) if each.contact else Text("nobody met them yet")
    return Text("{first}; {second}", first=Text("{first}; {second}", first=SILENCES[each.silence.state][0], second=words), second=met)


def _told(found: list[Sleeper]) -> Text:
    count = {what: sum(what in each.proposed for each in found) for what in PROPOSED}
    return Text(
        "{quiet} have gone quiet by their own rhythm, {offered} are proposed for the pool, {pool} are in the pool", quiet=count[rules.SLEEP],
        offered=count[rules.POOL], pool=sum(each.pooled for each in found),
    )  # fmt: skip


def _nothing(pool: bool) -> Text:
    return Text("Nobody is in the pool: a client comes here when nobody looks after it.") if pool else Text("Nobody is silent beyond their own rhythm.")


def _sleepers(day: str, reader: Any, job: jobs.Job) -> list[Sleeper]:
    return queries.sleepers(reader, day)


def _sleep(given: list[tuple[int, int]], reasons: list[str], desk: Any, job: jobs.Job) -> Any:
    from crm_desktop.duties.clients import actions_leaving

    return actions_leaving.put_to_sleep(desk, given, reasons)


def _give(given: list[tuple[int, int]], reason: str, desk: Any, job: jobs.Job) -> Any:
    from crm_desktop.duties.clients import actions_leaving

    return actions_leaving.give_to_pool(desk, given, reason)


def _take(given: list[tuple[int, int]], desk: Any, job: jobs.Job) -> Any:
    from crm_desktop.duties.clients import actions_leaving

    return actions_leaving.take_from_pool(desk, given)
