"""A gift, a card, a meal in one line. What is in the gift store is asked for there (青瓷茶具); anything else was given just now and stands
in the running plan as done (生日蛋糕 150)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from crm_desktop.duties.care import queries, queries_items
from crm_desktop.duties.care.queries_items import Stored
from crm_desktop.duties.care.records import CARE_ITEM, DONE
from crm_desktop.record.dates import business_date
from crm_desktop.record.guess import About, Doubt, Guess, Part, choice_words
from crm_desktop.record.money import show_money
from crm_desktop.record.said import amounts
from crm_desktop.record.said.line import plain
from crm_desktop.record.text import Text
from crm_desktop.store.about import Subject, subject

GIVEN, ASKED_FOR = Text("Given"), Text("Gift asked for")
GIFT = "gift"
NOBODY = Text("Open the guest or the client first")
KIND_WORDS = (
    ("birthday", re.compile(r"生日|蛋糕|birthday|cake")), ("meal", re.compile(r"宴|饭|餐|lunch|dinner|meal")),
    ("festival", re.compile(r"中秋|春节|端午|国庆|元旦|贺卡|月饼|粽子|festival|card")),
)  # fmt: skip


def kind_of(words: str) -> str:
    """What the words are: a birthday, a meal, a festival, else a gift."""
    text = plain(words)
    return next((kind for kind, pattern in KIND_WORDS if pattern.search(text)), "gift")


class QuickCare:
    """What whoever is on the screen was given or is to get, and what it costs."""

    title = Text("A gift, card or meal: ask for it or note it")
    hint = Text("celadon tea set 298 · 青瓷茶具 298")

    def understand(self, reader: Any, typed: str, picks: Mapping[str, Any], about: About) -> Guess:
        """The thing, its cost and its kind; it counts in the plan of the month."""
        found = amounts.find(plain(typed))
        cost = found[-1] if found else None
        what = " ".join((typed[: cost.start] + " " + typed[cost.end :]).split()) if cost else typed.strip()
        whom, day = subject(reader, about), business_date()
        plan = queries.plan_of(reader, day)
        kind = kind_of(what)
        stored = queries_items.in_store(reader, what) if kind != "meal" else []
        if GIFT not in picks and stored and (len(stored) > 1 or stored[0].name != what):
            return Guess([part for part in _whose(whom) if part.words], [_which(stored)])
        if taken := next((one for one in stored if one.id == picks.get(GIFT, one.id)), None):
            return _from_store(taken, whom, kind, day)
        parts = [
            *_whose(whom), Part(Text("What is planned"), what), Part(Text("Kind"), choice_words(CARE_ITEM, "kind", kind)),
            Part(Text("Spent"), show_money(cost.money.units) if cost else ""), Part(Text("Maintenance plan"), plan[1] if plan else ""),
        ]  # fmt: skip
        values = {
            "plan_id": plan[0] if plan else None, "account_id": whom.account_id, "person_id": whom.person_id, "kind": kind, "day": day, "name": what,
            "state": DONE, "done_on": day, "actual": cost.money.units if cost else 0, "budget": 0,
        }  # fmt: skip
        return Guess([part for part in parts if part.words], [], _missing(what, plan, bool(whom.account_id or whom.person_id)), values)

    def act(self, desk: Any, guess: Guess) -> Any:
        """Ask for the gift of the store, or save a done item; what a client may not be given is refused."""
        asks = "item_id" in guess.values
        with desk.writing(ASKED_FOR if asks else GIVEN) as writing:
            if asks:
                record = desk.store.by_key[GIFT]
                row_id = desk.save_in(writing, record, None, 0, guess.values)
                desk.move_in(writing, record, row_id, desk.get(record, row_id)["version"], "ask")
            else:
                desk.save_in(writing, CARE_ITEM, None, 0, guess.values)
        return writing.entry.change


def _whose(whom: Subject) -> list[Part]:
    return [Part(Text("Client"), whom.account), Part(Text("Person"), whom.person)]


def _which(stored: list[Stored]) -> Doubt:
    there = [(one.name, _there(one), one.id) for one in stored]
    return Doubt(GIFT, Text("Which gift of the store?"), [*there, (Text("None: it was given already"), "", 0)])


def _there(one: Stored) -> Text:
    return Text("{n} there, {amount} each", n=one.stock, amount=show_money(one.cost))


def _from_store(one: Stored, whom: Subject, kind: str, day: str) -> Guess:
    """The gift asked for: whoever approves it sees it at once, and handing it over carries the plan's item out."""
    parts = [
        *_whose(whom), Part(Text("Gift"), one.name), Part(Text("Gift store"), _there(one), "" if one.stock > 0 else "red"),
        Part(Text("Then"), Text("asked for; hand it over once it is approved")),
    ]  # fmt: skip
    values = {
        "item_id": one.id, "quantity": 1, "account_id": whom.account_id, "person_id": whom.person_id, "occasion": queries_items.occasion(kind, day), "day": day,
    }  # fmt: skip
    missing = None if whom.account_id or whom.person_id else NOBODY
    return Guess([part for part in parts if part.words], [], missing, values)


def _missing(what: str, plan: tuple[int, str] | None, whom: bool) -> Text | None:
    if not whom:
        return NOBODY
    if plan is None:
        return Text("There is no plan for this month or year yet; make one first")
    return None if what else Text("Write what was given")
