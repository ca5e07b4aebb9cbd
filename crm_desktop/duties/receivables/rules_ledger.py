"""Ledgers of debits and credits: the running balance checked line by line, opening balances, and credits that pay the oldest bills.

Pure: no store, no clock; amounts in minor units, dates ISO text."""

from __future__ import annotations

import re
from bisect import insort
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from crm_desktop.record.later import pattern
from crm_desktop.record.money import is_currency, show_money
from crm_desktop.record.record import Problems, Row
from crm_desktop.record.text import Text

_OPENING = pattern(
    r"(期初|年初|月初|上期|上年|上月|去年)(余额|结转|结余|转入)?|承上(期|年|月)|opening( balance)?|(balance )?(b/f|b/d|brought forward|brought down)|balance forward", re.IGNORECASE
)  # fmt: skip
_TOTAL = pattern(r"(本(日|月|季|年|期|页)|当(日|月|年)|上页)?(小计|合计|总计|累计|发生额)(及余额)?|过次页|承前页|结转下(页|期|年|月)|期末余额|(sub|grand|page )?totals?|(closing balance|carried forward|c/f)", re.IGNORECASE)
OUTLETS = (
    ("banquet", "宴会", "婚宴", "banquet"), ("meeting", "会议", "会展", "场租", "meeting", "conference"),
    ("room", "客房", "前厅", "前台", "房务", "住宿", "房费", "room", "front"), ("meal", "餐", "酒吧", "茶", "咖啡", "food", "restaurant", "bar", "cafe", "lounge"),
)  # fmt: skip


def _plain(words: str) -> str:
    return " ".join(words.split()).strip(":：. ").replace("　", "")


def is_opening(words: str) -> bool:
    """True for the words of a line that carries a balance in: 期初余额, 上年结转, brought forward."""
    plain = _plain(words)
    return _OPENING.fullmatch(plain if plain.isascii() else plain.replace(" ", "")) is not None


def is_total(words: str) -> bool:
    """True for the words of a line that only adds up others: 本月合计, 本年累计, 过次页."""
    plain = _plain(words)
    return _TOTAL.fullmatch(plain if plain.isascii() else plain.replace(" ", "")) is not None


def kind_of(outlet: str, words: str = "") -> str:
    """What kind of bill a line of an outlet is; by the details where the outlet tells nothing."""
    for text in (outlet.casefold(), words.casefold()):
        for kind, *marks in OUTLETS:
            if any(mark in text for mark in marks):
                return kind
    return "other"


def check(row: Row) -> Problems:
    """A line has a debit or a credit (one below nothing takes another line back), a currency that exists, and is not due before its day."""
    debit, credit = row.get("debit") or 0, row.get("credit") or 0
    if row.get("currency") and not is_currency(str(row["currency"])):
        return {"currency": Text("'{currency}' is no currency; write its three letters, such as CNY", currency=row["currency"])}
    if not debit and not credit and not row.get("opening"):
        return {"debit": Text("The line has neither a debit nor a credit")}
    if row.get("due") and row.get("day") and str(row["due"]) < str(row["day"]):
        return {"due": Text("The due date must be on or after {date}", date=row["day"])}
    return {}


# the running balance


class Line(NamedTuple):
    """A line as the balance sees it: where it stands, whose it is, its amounts; None for one that cannot be read."""

    line: int
    account: str
    currency: str
    debit: int | None
    credit: int | None
    balance: int | None  # None also where the file gives none
    opening: bool


class Break(NamedTuple):
    """Where a running balance does not follow: what was open before the line, what would follow."""

    at: Line
    before: int
    expected: int
    unopened: bool = False

    @property
    def words(self) -> Text:
        """It in words."""
        debit, credit, balance = (show_money(units or 0) for units in (self.at.debit, self.at.credit, self.at.balance))
        if self.unopened:
            return Text(
                "Line {line}: the balance is {balance}, so {opening} was open before it, and no line says so. Nothing was imported; add a line '{words}' with that balance in front.",
                line=self.at.line, balance=balance, opening=show_money((self.at.balance or 0) - self.expected), words="期初余额",
            )  # fmt: skip
        return Text(
            "Line {line}: the balance does not follow: {before} + {debit} - {credit} is {expected}, the file says {balance}. Nothing was imported; mend the line, or ask for the file again.",
            line=self.at.line, before=show_money(self.before), debit=debit, credit=credit, expected=show_money(self.expected), balance=balance,
        )  # fmt: skip


def apart(line: Line) -> Hashable:
    """Each client has a balance of its own."""
    return line.account, line.currency


def together(line: Line) -> Hashable:
    """One balance runs through the whole file."""
    return line.currency


def first_break(lines: Iterable[Line], by: Callable[[Line], Hashable], known: frozenset[str] = frozenset()) -> Break | None:
    """The first line whose balance does not follow from the one before it; None when all do. `known`: accounts of which earlier lines
    are here: their first balance in this file may begin with anything."""
    open_now: dict[Hashable, int | None] = {}
    for line in lines:
        key = by(line)
        if line.debit is None or line.credit is None:
            open_now[key] = None
            continue
        change = line.debit - line.credit
        if line.opening and key not in open_now:
            open_now[key] = change if line.balance is None else line.balance
            continue
        fresh = key not in open_now
        before = open_now.get(key, 0)
        if before is None or (fresh and line.account in known):
            open_now[key] = line.balance
            continue
        expected = before if line.opening else before + change
        if line.balance not in (None, expected):
            return Break(line, before, expected, unopened=fresh)
        open_now[key] = expected
    return None


def order_of(lines: Sequence[Line], known: frozenset[str] = frozenset()) -> tuple[bool, Break | None]:
    """Whether the newest line stands on top, and the first break where the balances follow in no way: not client by client, not
    through the whole file, neither downwards nor upwards."""
    broken = first_break(lines, apart, known)
    if broken is None:
        return False, None
    if first_break(lines[::-1], apart, known) is None:
        return True, None
    if first_break(lines, together, known) is None:
        return False, None
    if first_break(lines[::-1], together, known) is None:
        return True, None
    return False, broken


# lines that take others back

LOST = {
    ("debit", False): Text("It takes a bill back, but no unpaid bill of this amount is in the file or here: take it back by hand, with a credit note"),
    ("debit", True): Text("It takes a bill back, and several have this amount: write the number of the bill in the line, or take it back by hand"),
    ("credit", False): Text("It takes a receipt back, but none of this amount is in the file or here: take it back by hand"),
    ("credit", True): Text("It takes a receipt back, and several have this amount: write its number in the line, or take it back by hand"),
}  # fmt: skip


def _number(words: str) -> str:
    return words.strip().lstrip("0").casefold()


def reversed_by(number: str, amount: int, entries: Sequence[tuple[str, int]]) -> int | None:
    """The place of the one entry (number, amount) that a reversal of so much means: of the same number the latest, else the only one of this
    amount; None where there is none, or which one is not plain."""
    same = [at for at, entry in enumerate(entries) if entry[1] == amount]
    numbered = [at for at in same if _number(number) and _number(entries[at][0]) == _number(number)]
    if numbered:
        return numbered[-1]
    return same[0] if len(same) == 1 else None


def reversals(moves: Sequence[tuple[str, int]]) -> tuple[dict[int, int], dict[int, bool]]:
    """Which line each reversal takes back: of lines (number, amount) in the order of their days, place of the reversal -> place of the line
    before it; and those of which it is not plain, with whether several would do."""
    paired, lost = dict[int, int](), dict[int, bool]()
    for back, (number, amount) in enumerate(moves):
        if amount >= 0:
            continue
        used = set(paired.values())
        free = [(one, 0 if at in used else units) for at, (one, units) in enumerate(moves[:back])]
        found = reversed_by(number, -amount, free)
        if found is None:
            lost[back] = any(units == -amount for _, units in free)
        else:
            paired[back] = found
    return paired, lost


# what credits pay


class Debt:
    """An open bill: what may be paid of it (`left`; what is disputed is left out), and what these receipts paid."""

    __slots__ = ("day", "due", "id", "left", "paid")

    def __init__(self, row_id: int, due: str, day: str, left: int) -> None:
        self.id, self.due, self.day, self.left, self.paid = row_id, due, day, left, 0


class Money:
    """A receipt: what of it is left, and what it paid: bill id -> amount."""

    __slots__ = ("day", "id", "left", "parts")

    def __init__(self, row_id: int, day: str, left: int) -> None:
        self.id, self.day, self.left = row_id, day, left
        self.parts: dict[int, int] = {}


def _oldest(debt: Debt) -> tuple[Any, ...]:
    return debt.due, debt.day, debt.id


class Purse:
    """One client's open bills and receipts in one currency, as they follow on each other."""

    def __init__(self, debts: Iterable[Debt] = ()) -> None:
        self._debts = sorted((debt for debt in debts if debt.left > 0), key=_oldest)
        self.money: list[Money] = []

    def owes(self, debt: Debt) -> None:
        """A bill comes."""
        insort(self._debts, debt, key=_oldest)

    def receives(self, money: Money) -> None:
        """A receipt comes and pays the bills due first."""
        self.money.append(money)
        self._pay(money)

    def settle(self) -> None:
        """What is left of receipts pays the bills that came after them."""
        for money in self.money:
            self._pay(money)

    def _pay(self, money: Money) -> None:
        while money.left and self._debts:
            debt = self._debts[0]
            part = min(money.left, debt.left)
            debt.left, debt.paid, money.left = debt.left - part, debt.paid + part, money.left - part
            money.parts[debt.id] = money.parts.get(debt.id, 0) + part
            if not debt.left:
                self._debts.pop(0)


def commonest(spellings: Mapping[str, int]) -> str:
    """The spelling that is used most; of several the first."""
    return max(spellings, key=lambda name: spellings[name]) if spellings else ""
