"""Amounts in words, as bills and receipts carry them: 大写金额 and English.

Chinese after 《正确填写票据和结算凭证的基本规定》 (PBC): 整 closes an amount without fen, a zero of the jiao before fen is said."""

from __future__ import annotations

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
CURRENCIES = {
    "CNY": ("人民币", "RMB", "Yuan", "Fen"), "USD": ("美元", "USD", "Dollars", "Cents"), "EUR": ("欧元", "EUR", "Euros", "Cents"),
    "HKD": ("港币", "HKD", "Dollars", "Cents"), "GBP": ("英镑", "GBP", "Pounds", "Pence"), "JPY": ("日元", "JPY", "Yen", "Sen"),
}  # fmt: skip
ONES = (
    "", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve", "Thirteen", "Fourteen", "Fifteen",
    "Sixteen", "Seventeen", "Eighteen", "Nineteen",
)  # fmt: skip
TENS = ("", "", "Twenty", "Thirty", "Forty", "Fifty", "Sixty", "Seventy", "Eighty", "Ninety")
SCALES = ("", "Thousand", "Million", "Billion", "Trillion")
MOST = 10**15  # whole units that have words here


def chinese(units: int, currency: str = "CNY") -> str:
    """人民币壹仟贰佰叁拾肆元伍角陆分 of minor units. Raises ValueError for an amount no bill has."""
    whole, jiao, fen = abs(units) // 100, abs(units) // 10 % 10, abs(units) % 10
    words = f"{_han(whole)}元" if whole or not (jiao or fen) else ""
    if jiao:
        words += f"{DIGITS[jiao]}角"
    elif fen and whole:
        words += DIGITS[0]
    words += f"{DIGITS[fen]}分" if fen else "整"
    return f"{CURRENCIES.get(currency, (currency,))[0]}{'负' if units < 0 else ''}{words}"


def _han(number: int) -> str:
    """A whole number; zeros between digits are said once, those at the end not at all."""
    if number >= MOST:
        raise ValueError(number)
    if not number:
        return DIGITS[0]
    if number >= 10**8:
        high, low = divmod(number, 10**8)
        gap = DIGITS[0] if low and low < 10**7 else ""
        return f"{_han(high)}亿{gap}{_han(low) if low else ''}"
    if number >= 10**4:
        high, low = divmod(number, 10**4)
        gap = DIGITS[0] if low and low < 1_000 else ""
        return f"{_han(high)}万{gap}{_han(low) if low else ''}"
    out, skipped = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            out += (DIGITS[0] if skipped and out else "") + DIGITS[digit] + PLACES[place]
        skipped = not digit
    return out


def english(units: int, currency: str = "CNY") -> str:
    """RMB One Thousand Two Hundred and Thirty-Four Yuan and Fifty-Six Fen Only. Raises ValueError beyond what bills have."""
    whole, part = divmod(abs(units), 100)
    _, code, name, small = CURRENCIES.get(currency, ("", currency, "", "Cents"))
    words = [f"{number(whole)} {name}".rstrip()] if whole or not part else []
    words += [f"{number(part)} {small}"] if part else []
    return f"{code} {'Minus ' if units < 0 else ''}{' and '.join(words)} Only"


def number(value: int) -> str:
    """A whole number in English."""
    if value >= MOST:
        raise ValueError(value)
    groups, rest = [], value
    for scale in SCALES:
        rest, below = divmod(rest, 1_000)
        if below:
            joined = "and " if scale == "" and below < 100 and value > below else ""
            groups.append(f"{joined}{_hundreds(below)} {scale}".rstrip())
    return " ".join(reversed(groups)) or "Zero"


def _hundreds(value: int) -> str:
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    small = ONES[rest] if rest < 20 else "-".join(word for word in (TENS[tens], ONES[ones]) if word)
    return " and ".join(part for part in (f"{ONES[hundreds]} Hundred" if hundreds else "", small) if part)
