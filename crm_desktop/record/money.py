"""Money: whole minor units (fen, cents) of one currency; two places outside."""

from __future__ import annotations

import re

from crm_desktop.record.text import Refused, Text

_PLAIN = re.compile(r"([+-]?)(\d{1,13})(?:\.(\d{1,2})0*)?")
_BEFORE = re.compile(r"([+-]?)\s*(?:[¥￥$€]|CNY|RMB|人民币)\s*", re.IGNORECASE)
_AFTER = re.compile(r"(?<=\d)\s*(?:元整?|圆|CNY|RMB)", re.IGNORECASE)
_DIGITS = re.compile(r"[+-]?[\d,]{14,}(\.\d*)?", re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d{1,2}0*)?")
MINUS = "\u2212"


def parse_money(words: str) -> int:
    """Minor units of an amount such as `-1,234.50`. Raises Refused when it is not plainly an amount."""
    text = words.strip().replace(MINUS, "-")
    if unit := _BEFORE.match(text):
        text = unit[1] + text[unit.end() :]
    if unit := _AFTER.search(text):
        text = text[: unit.start()] if unit.end() == len(text) else text
    if _GROUPED.fullmatch(text):
        text = text.replace(",", "")
    found = _PLAIN.fullmatch(text)
    if not found:
        raise Refused(Text("This number is too large") if _DIGITS.fullmatch(text) else Text("Write an amount like 1234.50"))
    sign, whole, part = found.groups()
    units = int(whole) * 100 + int((part or "").ljust(2, "0") or 0)
    return -units if sign == "-" else units


_UNITS = {
    "人民币": "CNY", "RMB": "CNY", "元": "CNY", "¥": "CNY", "￥": "CNY", "美元": "USD", "$": "USD", "欧元": "EUR", "€": "EUR", "港币": "HKD",
    "港元": "HKD", "日元": "JPY", "英镑": "GBP",
}  # fmt: skip


def parse_currency(words: str) -> str:
    """The code of a currency as files write it: `CNY`, `rmb`, `人民币`; '' for nothing."""
    text = words.strip().upper()
    return _UNITS.get(text, text)


def plain_money(units: int) -> str:
    """`-1234.50`, for files and reports."""
    return f"{'-' if units < 0 else ''}{abs(units) // 100}.{abs(units) % 100:02d}"


def show_money(units: int) -> str:
    """`−1,234.50`, for people."""
    return f"{MINUS if units < 0 else ''}{abs(units) // 100:,}.{abs(units) % 100:02d}"


def average(total: int, count: int) -> int | None:
    """A total divided over a count, rounded half away from zero; None when there is nothing to divide by."""
    if not count:
        return None
    quotient = (2 * abs(total) + count) // (2 * count)
    return -quotient if total < 0 else quotient
