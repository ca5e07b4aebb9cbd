"""Money: whole minor units (fen, cents) of one currency; two places outside."""

from __future__ import annotations

import re

from crm_desktop.record.later import pattern
from crm_desktop.record.text import Refused, Text

_PLAIN = pattern(r"([+-]?)(\d{1,13})(?:\.(\d{1,2})0*)?")
_BEFORE = pattern(r"([+-]?)\s*(?:[¥￥$€]|CNY|RMB|人民币)\s*", re.IGNORECASE)
_AFTER = pattern(r"(?<=\d)\s*(?:元整?|圆|CNY|RMB)", re.IGNORECASE)
_DIGITS = pattern(r"[+-]?[\d,]{14,}(\.\d*)?", re.ASCII)
_GROUPED = pattern(r"[+-]?\d{1,3}(,\d{3})+(\.\d{1,2}0*)?")
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
    "港元": "HKD", "日元": "JPY", "英镑": "GBP", "人民币元": "CNY", "加元": "CAD", "加拿大元": "CAD", "美金": "USD", "澳元": "AUD", "新加坡元": "SGD",
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


HOME = "CNY"  # what an amount is in where nothing else is said


def amount_words(units: int, currency: str = HOME) -> Text:
    """An amount with its currency, as one says it."""
    if currency == HOME:
        return Text("CNY {amount}", amount=show_money(units))
    return Text("{currency} {amount}", currency=currency, amount=show_money(units))


_ISO_4217 = (
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNH CNY COP CRC CUP "
    "CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES "
    "KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD "
    "OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY "
    "TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWL "
)


def is_currency(code: str) -> bool:
    """True for the three letters of a currency that exists (ISO 4217)."""
    return len(code) == 3 and f"{code} " in _ISO_4217
