"""A gift, a card, a meal in one line. What is in the gift store is asked for there (手写贺卡 两张); anything else, and what is said to be
given (已送 青瓷茶具), was given just now and stands in the running plan as done (生日蛋糕 150)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from crm_desktop.desk import people
from crm_desktop.desk.settings import Settings
from crm_desktop.duties.care import queries, queries_items
from crm_desktop.duties.care.queries_items import Stored
from crm_desktop.duties.care.records import CARE_ITEM, DONE
from crm_desktop.record.dates import business_date
from crm_desktop.record.guess import About, Doubt, Guess, Part, choice_words
from crm_desktop.record.money import show_money
from crm_desktop.record.said import amounts
from crm_desktop.record.said.line import pattern, plain
from crm_desktop.record.said.numerals import COUNT, whole
from crm_desktop.record.text import Text
from crm_desktop.store.about import Subject, subject

GIVEN, ASKED_FOR = Text("Given"), Text("Gift asked for")
GIFT = "gift"
NOBODY = Text("Open the guest or the client first")
MOST_PIECES = 9_999
_SAID = r"(?:已经|已|刚|刚刚)(?:赠送|送出|送|给|赠)(?:过|了|出)?|(?:送|给)(?:过|了)|(?<![a-z])(?:already given|given|gave)(?![a-z])"
_PIECES = (
    rf"(?<![a-z])[x×*]\s*(?P<times>[0-9]{{1,4}})(?![0-9.])|(?<![0-9.第])(?P<count>{COUNT})\s*(?:[份个盒套张件只瓶束袋条罐把本支]|pcs|pieces?|sets?|boxes)(?=\s|$)"
)  # fmt: skip
KIND_WORDS = (
    ("birthday", re.compile(r"生日|蛋糕|birthday|cake")), ("meal", re.compile(r"宴|饭|餐|lunch|dinner|meal")),
    ("festival", re.compile(r"中秋|春节|端午|国庆|元旦|贺卡|月饼|粽子|festival|card")),
)  # fmt: skip


def kind_of(words: str) -> str:
    """What the words are: a birthday, a meal, a festival, else a gift."""
    text = plain(words)
    return next((kind for kind, pattern in KIND_WORDS if pattern.search(text)), "gift")


class Line(NamedTuple):
    """A line taken apart: what it is, how many, what it cost (None where nothing is said), and whether it is said to be given already."""

    what: str
    pieces: int
    cost: int | None
    given: bool


def read_line(typed: str) -> Line:
    """The line without what is said besides the thing itself."""
    rest, text = typed, plain(typed)
    given = pattern(_SAID).search(text)
    if given:
        rest = f"{rest[: given.start()]} {rest[given.end() :]}"
    counted = pattern(_PIECES).search(plain(rest))
    pieces = whole(counted["times"] or counted["count"]) if counted else None
    right = counted is not None and pieces is not None and 0 < pieces <= MOST_PIECES
    if counted and right:
        rest = f"{rest[: counted.start()]} {rest[counted.end() :]}"
    cost = next(reversed(amounts.find(plain(rest))), None)
    if cost:
        rest = f"{rest[: cost.start]} {rest[cost.end :]}"
    return Line(" ".join(rest.split()), (pieces or 1) if right else 1, cost.money.units if cost else None, given is not None)


class QuickCare:
    """What whoever is on the screen was given or is to get, and what it costs."""

    title = Text("A gift, card or meal: ask for it or note it")
    hint = Text("celadon tea set ×2 · birthday cake 150 · 青瓷茶具 两套 · 已送 贺卡")

    def understand(self, reader: Any, typed: str, picks: Mapping[str, Any], about: About) -> Guess:
        """The thing, its cost and its kind; it counts in the plan of the month."""
        line, whom, day = read_line(typed), subject(reader, about), business_date()
        kind = kind_of(line.what)
        stored = queries_items.in_store(reader, line.what) if kind != "meal" and not line.given else []
        if GIFT not in picks and stored and _in_doubt(stored, line):
            return Guess([part for part in _whose(whom) if part.words], [_which(stored, line)])
        if taken := next((one for one in stored if one.id == picks.get(GIFT, one.id)), None):
            here = people.find(reader, Settings())
            return _from_store(taken, line.pieces, whom, kind, day, here.person if here.person_id else "")
        return _given(line, whom, kind, day, queries.plan_of(reader, day))

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


def _in_doubt(stored: list[Stored], line: Line) -> bool:
    """Several gifts, one of another name, or a cost that is not the store's: it is asked, nothing typed is left out unseen."""
    one = stored[0]
    return len(stored) > 1 or one.name != line.what or line.cost not in (None, one.cost, one.cost * line.pieces)


def _which(stored: list[Stored], line: Line) -> Doubt:
    there = [(one.name, _there(one), one.id) for one in stored]
    spent = Text("{amount} spent", amount=show_money(line.cost)) if line.cost is not None else ""
    return Doubt(GIFT, Text("Which gift of the store?"), [*there, (Text("None: it was given already"), spent, 0)])


def _there(one: Stored) -> Text:
    return Text("{n} there, {amount} each", n=one.stock, amount=show_money(one.cost))


def _from_store(one: Stored, pieces: int, whom: Subject, kind: str, day: str, person: str) -> Guess:
    """The gift asked for: whoever approves it sees it at once, and handing it over carries the plan's item out."""
    many = Text("{n}; another number is written behind it: ×2", n="1") if pieces == 1 else Text("{n}, together {amount}", n=f"{pieces:,}", amount=show_money(one.cost * pieces))
    parts = [
        *_whose(whom), Part(Text("Gift"), one.name), Part(Text("Quantity"), many), Part(Text("Gift store"), _there(one), "" if one.stock >= pieces else "red"),
        Part(Text("Asked for by"), person), Part(Text("Then"), Text("asked for; hand it over once it is approved")),
        Part(Text("Given already?"), Text("Write 'given' before it")),
    ]  # fmt: skip
    values = {
        "item_id": one.id, "quantity": pieces, "account_id": whom.account_id, "person_id": whom.person_id, "occasion": queries_items.occasion(kind, day), "day": day,
    }  # fmt: skip
    missing = None if whom.account_id or whom.person_id else NOBODY
    return Guess([part for part in parts if part.words], [], missing, values)


def _given(line: Line, whom: Subject, kind: str, day: str, plan: tuple[int, str] | None) -> Guess:
    """What was given: an item of the running plan, done."""
    what = line.what if line.pieces == 1 else f"{line.what} ×{line.pieces}"
    parts = [
        *_whose(whom), Part(Text("What is planned"), what), Part(Text("Kind"), choice_words(CARE_ITEM, "kind", kind)),
        Part(Text("Spent"), show_money(line.cost) if line.cost else ""), Part(Text("Maintenance plan"), plan[1] if plan else ""),
    ]  # fmt: skip
    values = {
        "plan_id": plan[0] if plan else None, "account_id": whom.account_id, "person_id": whom.person_id, "kind": kind, "day": day, "name": what,
        "state": DONE, "done_on": day, "actual": line.cost or 0, "budget": 0,
    }  # fmt: skip
    return Guess([part for part in parts if part.words], [], _missing(line.what, plan, bool(whom.account_id or whom.person_id)), values)


def _missing(what: str, plan: tuple[int, str] | None, whom: bool) -> Text | None:
    if not whom:
        return NOBODY
    if plan is None:
        return Text("There is no plan for this month or year yet; make one first")
    return None if what else Text("Write what was given")
