"""The amounts of a ledger of debits and credits, as files write them: two columns, or one with its side beside it, a running balance with its
side, an opening balance that is only a balance."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crm_desktop.duties.receivables import rules_ledger
from crm_desktop.exchange.formulas import unguarded
from crm_desktop.record.money import parse_money
from crm_desktop.record.text import Refused, Text

DIRECTIONS = ("方向", "借贷", "借/贷", "借或贷", "余额方向", "dr/cr", "d/c", "cr/dr")
OF_BALANCE = ("余额方向",)  # never the side of a line
LINE_SIDES = (*(words for words in DIRECTIONS if words not in OF_BALANCE), "借贷方向", "借贷标志", "借贷标识", "收支", "debit/credit", "dr/cr indicator", "dc", "side")
ONE_AMOUNT = ("金额", "发生额", "发生金额", "交易金额", "本位币金额", "原币金额", "amount", "transaction amount", "amount in local currency")
DEBITS, CREDITS, NO_SIDE = ("借", "借方", "dr", "d", "debit", "支", "s"), ("贷", "贷方", "cr", "c", "credit", "收", "h"), ("", "平", "-", "—")
EMPTY = ("", "-", "--", "—", "–")
_BRACKETS = re.compile(r"[(（]\s*([^()（）+-]+?)\s*[)）]")
_BEHIND = re.compile(r"([^+-]*\d)\s*[-−]")
_SIDE = re.compile(r"(.*\d\)?)\s*(借|贷|dr\.?|cr\.?)", re.IGNORECASE)


def units(cell: str) -> int:
    """Minor units of a cell of amounts; an empty one or a dash is nothing, one in brackets or with its minus behind is below nothing."""
    words = unguarded(cell).strip()
    if words in EMPTY:
        return 0
    if found := _BRACKETS.fullmatch(words) or _BEHIND.fullmatch(words):
        return -parse_money(found[1])
    return parse_money(words)


def balance(cells: Sequence[str]) -> int:
    """A running balance; below nothing where its direction, beside it or behind it, says credit."""
    words = unguarded(cells[0]).strip()
    behind = _SIDE.fullmatch(words)
    side = (cells[1] if len(cells) > 1 else behind[2] if behind else "").strip().casefold()
    found = units(behind[1] if behind else words)
    return -abs(found) if side.startswith(("贷", "cr")) or side == "c" else found


def line_side(headings: Sequence[str]) -> str:
    """The column that says of each line on which side its amount stands; '' where there is none."""
    return next((title for title in headings if title.strip().casefold() in LINE_SIDES), "")


def sided(cells: Sequence[str]) -> tuple[int, int]:
    """Debit and credit of a line with one amount, and its side. Raises Refused for a side nobody knows."""
    amount, side = units(cells[0]), unguarded(cells[1]).strip().casefold().rstrip(".")
    if side in DEBITS:
        return amount, 0
    if side in CREDITS:
        return 0, amount
    if side not in NO_SIDE or amount:
        raise Refused(Text("'{value}' says neither debit nor credit", value=cells[1].strip()))
    return 0, 0


class Amounts:
    """The columns of amounts of a ledger, and what they say: an opening balance without amounts is its balance."""

    def __init__(self, columns: dict[str, tuple[str, ...]], headings: Sequence[str]) -> None:
        own = columns["credit"][0]
        self.one = own.strip().casefold() in LINE_SIDES
        side = next((title for title in headings if title.strip().casefold() in DIRECTIONS and not (self.one and title == own)), "")
        self.balances = (*columns["balance"][:1], *([side] if side else [])) if "balance" in columns else ()
        self.texts = columns.get("text", ())
        self.columns = (columns["debit"][0], columns["credit"][0], *self.texts[:1], *self.balances)

    def debit(self, cells: Sequence[str]) -> int:
        """What is owed by a line."""
        return self.read(cells)[0]

    def credit(self, cells: Sequence[str]) -> int:
        """What came by a line."""
        return self.read(cells)[1]

    def read(self, cells: Sequence[str]) -> tuple[int, int, int | None, bool]:
        """Debit, credit, the balance where there is one, and whether it is an opening balance. Raises Refused."""
        debit, credit = sided(cells) if self.one else (units(cells[0]), units(cells[1]))
        opening = bool(self.texts) and rules_ledger.is_opening(cells[2])
        rest = cells[2 + bool(self.texts) :]
        open_now = balance(rest) if rest and unguarded(rest[0]).strip() not in EMPTY else None
        if opening and not debit and not credit and open_now:
            debit, credit = max(0, open_now), max(0, -open_now)
        return debit, credit, open_now, opening
