"""A gift, a card, a meal given just now, in one line: 青瓷茶具 298; it stands in the running plan as done."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from crm_desktop.duties.care import queries
from crm_desktop.duties.care.records import CARE_ITEM, DONE
from crm_desktop.record.dates import business_date
from crm_desktop.record.guess import About, Guess, Part, choice_words
from crm_desktop.record.money import show_money
from crm_desktop.record.said import amounts
from crm_desktop.record.said.line import plain
from crm_desktop.record.text import Text
from crm_desktop.store.about import subject

GIVEN = Text("Given")
KIND_WORDS = (
    ("birthday", re.compile(r"生日|蛋糕|birthday|cake")), ("meal", re.compile(r"宴|饭|餐|lunch|dinner|meal")),
    ("festival", re.compile(r"中秋|春节|端午|国庆|元旦|贺卡|月饼|粽子|festival|card")),
)  # fmt: skip


def kind_of(words: str) -> str:
    """What the words are: a birthday, a meal, a festival, else a gift."""
    text = plain(words)
    return next((kind for kind, pattern in KIND_WORDS if pattern.search(text)), "gift")


class QuickCare:
    """What was given to whoever is on the screen, and what it cost."""

    title = Text("A gift, card or meal given just now")
    hint = Text("celadon tea set 298 · 青瓷茶具 298")

    def understand(self, reader: Any, typed: str, picks: Mapping[str, Any], about: About) -> Guess:
        """The thing, its cost and its kind; it counts in the plan of the month."""
        found = amounts.find(plain(typed))
        cost = found[-1] if found else None
        what = " ".join((typed[: cost.start] + " " + typed[cost.end :]).split()) if cost else typed.strip()
        whom, day = subject(reader, about), business_date()
        plan = queries.plan_of(reader, day)
        kind = kind_of(what)
        parts = [
            Part(Text("Client"), whom.account), Part(Text("Person"), whom.person), Part(Text("What is planned"), what), Part(Text("Kind"), choice_words(CARE_ITEM, "kind", kind)),
            Part(Text("Spent"), show_money(cost.money.units) if cost else ""), Part(Text("Maintenance plan"), plan[1] if plan else ""),
        ]  # fmt: skip
        values = {
            "plan_id": plan[0] if plan else None, "account_id": whom.account_id, "person_id": whom.person_id, "kind": kind, "day": day, "name": what,
            "state": DONE, "done_on": day, "actual": cost.money.units if cost else 0, "budget": 0,
        }  # fmt: skip
        return Guess([part for part in parts if part.words], [], _missing(what, plan, bool(whom.account_id or whom.person_id)), values)

    def act(self, desk: Any, guess: Guess) -> Any:
        """Save it as a done item; what a client may not be given is refused."""
        with desk.writing(GIVEN) as writing:
            desk.save_in(writing, CARE_ITEM, None, 0, guess.values)
        return writing.entry.change


def _missing(what: str, plan: tuple[int, str] | None, whom: bool) -> Text | None:
    if not whom:
        return Text("Open the guest or the client first")
    if plan is None:
        return Text("There is no plan for this month or year yet; make one first")
    return None if what else Text("Write what was given")
