"""A late fee in words: what it comes to in a year, and how it stands beside the one-year LPR."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.credit import rules_law
from crm_desktop.record.text import Text

FEES = {rules_law.AGREED: Text("agreed"), rules_law.REGULATION: Text("by the regulation"), rules_law.CLAIMED: Text("none agreed, as the hotel claims")}
LEVELS = {rules_law.GREEN: Text("Usual"), rules_law.AMBER: Text("Dear"), rules_law.RED: Text("Too dear")}


def times_lpr(rate: int, lpr: int) -> str:
    """How many times the one-year LPR a daily rate is, to one place, rounded half up."""
    tenths = (20 * rate * rules_law.YEAR + 100 * lpr) // (200 * lpr) if lpr else 0
    return f"{tenths / 10:g}"


def basis(rate: int, policy: dict[str, Any]) -> Text:
    """What a late fee comes to: by day and year, and in times of the LPR that holds."""
    return Text(
        "{rate} a day is {yearly} % a year, {times} times the one-year LPR of {lpr} %",
        rate=rules_law.rate_words(rate), yearly=f"{rate * rules_law.YEAR / 10_000:g}", times=times_lpr(rate, policy["lpr"]), lpr=f"{policy['lpr'] / 100:.2f}",
    )  # fmt: skip


def warning(rate: int, policy: dict[str, Any]) -> Text:
    """The same with what it means where it is dear; the regulation's own rate needs no agreement where the regulation applies."""
    words, level = basis(rate, policy), rules_law.fee_level(rate, policy)
    if level == rules_law.RED:
        words = Text("{words}: above {most} times a court may lower it", words=words, most=f"{policy['red_times'] / 100:g}")
    elif level == rules_law.AMBER:
        words = Text("{words}: above {most} times, so be ready to say why", words=words, most=f"{policy['amber_times'] / 100:g}")
    if rate == rules_law.BY_LAW and policy["law"]:
        words = Text("{words}. It is the rate of the payment regulation, for payers it is about", words=words)
    return words
