"""Amounts of money in a typed line: 5万, 三千五, 18,600.50, 30w, 5000 USD, in minor units with their currency."""

from __future__ import annotations

import re
from typing import NamedTuple

from crm_desktop.record.said.line import pattern
from crm_desktop.record.said.numerals import hundredths

CURRENCIES = {
    "元整": "CNY", "元": "CNY", "块钱": "CNY", "块": "CNY", "圆": "CNY", "人民币": "CNY", "rmb": "CNY", "cny": "CNY", "yuan": "CNY",
    "¥": "CNY", "美元": "USD", "美金": "USD", "us$": "USD", "usd": "USD", "$": "USD", "dollars": "USD", "欧元": "EUR", "eur": "EUR",
    "€": "EUR", "euros": "EUR", "英镑": "GBP", "gbp": "GBP", "£": "GBP", "港币": "HKD", "港元": "HKD", "hk$": "HKD", "hkd": "HKD",
    "日元": "JPY", "日币": "JPY", "jpy": "JPY",
}  # fmt: skip
MOST = 10**15  # minor units; more is no amount but a number of something
_UNITS = "|".join(re.escape(word) for word in sorted(CURRENCIES, key=len, reverse=True))
_SIZE = r"(?:百万|千万|[亿万千百])(?:[0-9一二三四五六七八九](?:千[0-9一二三四五六七八九]?|百)?(?![0-9]*[个位桌人间场家次天号点月日]))?|[kw](?![a-z0-9])"
_DIGITS = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})(?:\.[0-9]{1,6})?"
_CHINESE = r"[一二两俩三四五六七八九十][零〇一二两三四五六七八九十百千万亿]*+"
_COUNTED = "个位名桌间号楼层点天周月年日次份张套瓶折岁米平席场晚倍室强行夜人条家辆箱盒里吨度"
_AMOUNT = (
    rf"(?:(?P<about>约|大约|大概|差不多|about)\s?)?(?:(?P<before>{_UNITS})\s?)?(?<![0-9a-z.,/#:_-])(?<!第)"
    rf"(?:(?P<figures>{_DIGITS})(?:\s?(?P<size>{_SIZE})|(?![0-9]|\s?[亿万千百]))|(?P<chinese>{_CHINESE}))"
    rf"(?P<more>[多余来])?(?:\s?(?P<after>{_UNITS})(?![a-z])(?P<tenth>[1-9一二三四五六七八九](?![0-9一二三四五六七八九十百千]))?"
    rf"|(?![%‰a-z:/-]|[.,][0-9]|[{_COUNTED}]|\s[位人桌间个名]))(?P<around>左右|上下)?"
)
_IDIOMS = ("十万火急",)


class Money(NamedTuple):
    """Minor units of a currency."""

    units: int
    currency: str


class Amount(NamedTuple):
    """An amount found: `plain` when it is bare figures that may count anything, `sure` unless it is only about so much."""

    start: int
    end: int
    money: Money
    plain: bool
    sure: bool


def find(text: str, currency: str = "CNY") -> list[Amount]:
    """The amounts in a text spelled plainly, in their order."""
    return [amount for match in pattern(_AMOUNT).finditer(text) if (amount := _amount(match, currency))]


def _amount(match: re.Match[str], currency: str) -> Amount | None:
    words = (match["figures"] or "") + (match["size"] or "") + (match["chinese"] or "")
    unit = match["before"] or match["after"]
    bare_chinese = match["chinese"] and not unit and not pattern("[百千万亿]").search(words)
    if bare_chinese or match.string.startswith(_IDIOMS, match.start()):
        return None
    if match["figures"] and not unit and not match["size"] and pattern(r"[0-9]{8,}|0[0-9]+").match(words):
        return None  # a telephone number, a date, a document
    units = hundredths(words)
    if not units or units >= MOST:
        return None
    units += _tenths(match["tenth"])
    plain = not (unit or match["size"] or match["chinese"] or "," in words or pattern(r"\.[0-9]{2}$").search(words))
    sure = not (match["about"] or match["more"] or match["around"])
    return Amount(match.start(), match.end(), Money(units, CURRENCIES[unit] if unit else currency), plain, sure)


def _tenths(figure: str | None) -> int:
    """三块五: the figure after the unit counts tenths."""
    return ("123456789".find(figure) + 1 or "一二三四五六七八九".find(figure) + 1) * 10 if figure else 0
