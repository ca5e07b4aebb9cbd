"""The kinds of value a field can hold, each converted in one place: from text, to text, to what people read."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum
from typing import Any

from crm_desktop.record import private
from crm_desktop.record.dates import parse_date, parse_time
from crm_desktop.record.ids import decode, encode
from crm_desktop.record.later import pattern
from crm_desktop.record.money import parse_money, plain_money, show_money
from crm_desktop.record.text import Refused, Text, say

Value = Any  # str, int or None: what a column holds


class Kind(StrEnum):
    """What a field holds. TEXT, LONG, CODE, CHOICE, DATE, TIME and SEAL are never null: missing is the empty text.

    A SEAL is a number that is never kept whole (record/private.py)."""

    TEXT = "text"
    LONG = "long"
    CODE = "code"
    CHOICE = "choice"
    INT = "int"
    BOOL = "bool"
    MONEY = "money"
    DATE = "date"
    TIME = "time"
    REF = "ref"
    KEY = "key"
    SEAL = "seal"


TEXTUAL = frozenset({Kind.TEXT, Kind.LONG, Kind.CODE, Kind.CHOICE, Kind.DATE, Kind.TIME, Kind.SEAL})
WORDS = frozenset({Kind.TEXT, Kind.LONG})  # what people write freely: no private number stays whole in it
NEVER_NULL = TEXTUAL | {Kind.BOOL, Kind.MONEY}
NUMERIC = frozenset({Kind.INT, Kind.MONEY})
LENGTH = {Kind.TEXT: 200, Kind.LONG: 20_000, Kind.CODE: 60, Kind.CHOICE: 60}
WHOLE_LIMIT, LONGEST_NUMBER = 1_000_000_000, 20
_WHOLE = pattern(r"[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)", re.ASCII)
YES, NO = Text("Yes"), Text("No")
_YES = frozenset({"1", "yes", "true", "y", "是", "√"})
_NO = frozenset({"0", "no", "false", "n", "否", ""})


def _words(kind: Kind) -> Callable[[str], str]:
    limit = LENGTH[kind]
    inner = "\t\n" if kind == Kind.LONG else ""

    def parse(words: str) -> str:
        text = words.replace("\r\n", "\n").replace("\r", "\n") if inner else words
        text = private.reduced(text.strip()) if kind in WORDS else text.strip()
        if len(text) > limit:
            raise Refused(Text("This has {count} characters; at most {limit} fit here", count=len(text), limit=limit))
        if not text.isprintable() and any((ord(c) < 32 and c not in inner) or c == "\x7f" for c in text):
            raise Refused(Text("There is a character here that cannot be shown; delete it and type it anew"))
        if any("\ud800" <= c <= "\udfff" for c in text):
            raise Refused(Text("There is a character here that cannot be shown; delete it and type it anew"))
        return text

    return parse


def _whole(words: str) -> int | None:
    text = words.strip()
    if not text:
        return None
    if not _WHOLE.fullmatch(text):
        raise Refused(Text("'{value}' is not a whole number", value=words.strip()))
    digits = text.replace(",", "")
    if len(digits) > LONGEST_NUMBER or abs(number := int(digits)) > WHOLE_LIMIT:
        raise Refused(Text("This number is too large"))
    return number


def _flag(words: str) -> int:
    text = words.strip().lower()
    if text in _YES:
        return 1
    if text in _NO:
        return 0
    raise Refused(Text("'{value}' is neither yes nor no", value=words.strip()))


def _key(words: str) -> int | None:
    try:
        return decode(words.strip()) if words.strip() else None
    except ValueError:
        raise Refused(Text("'{value}' is not an id of this program", value=words.strip())) from None


PARSE: dict[Kind, Callable[[str], Value]] = {
    **{kind: _words(kind) for kind in (Kind.TEXT, Kind.LONG, Kind.CODE, Kind.CHOICE)},
    Kind.INT: _whole,
    Kind.BOOL: _flag,
    Kind.MONEY: lambda words: parse_money(words) if words.strip() else 0,
    Kind.DATE: lambda words: parse_date(words) if words.strip() else "",
    Kind.TIME: lambda words: parse_time(words) if words.strip() else "",
    Kind.REF: _key,
    Kind.KEY: _key,
    Kind.SEAL: private.seal,
}

PLAIN: dict[Kind, Callable[[Value], str]] = {
    **dict.fromkeys(TEXTUAL, str),
    Kind.INT: str,
    Kind.BOOL: str,
    Kind.MONEY: plain_money,
    Kind.REF: encode,
    Kind.KEY: encode,
}


def plain(kind: Kind, value: Value) -> str:
    """A value as files hold it; a missing one is empty."""
    return "" if value is None else PLAIN[kind](value)


def shown(kind: Kind, value: Value) -> str:
    """A value as people read it; a missing one is empty."""
    if value is None:
        return ""
    if kind == Kind.MONEY:
        return show_money(value)
    if kind == Kind.SEAL:
        return private.masked(value)
    if kind == Kind.BOOL:
        return say(YES if value else NO)
    return f"{value:,}" if kind == Kind.INT else str(value)


class Memo(dict[Any, Any]):
    """A converter that remembers: a column of a hotel's file holds few different values."""

    def __init__(self, convert: Callable[[Any], Any], limit: int = 200_000) -> None:
        super().__init__()
        self._convert, self._limit = convert, limit

    def __missing__(self, key: Any) -> Any:
        if len(self) >= self._limit:
            self.clear()
        value = self[key] = self._convert(key)
        return value
