"""The standard of care by class: how often, how, and for how much a client is looked after in a year. Amounts in minor units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from crm_desktop.record.record import Problems, Row
from crm_desktop.record.text import Text

LEVELS = ("A", "B", "C", "D")
FULL, CAKE, MESSAGE, NONE = "full", "cake", "message", "none"  # how a decision maker's birthday is kept
GIFT, CARD = "gift", "card"  # how a festival is kept, besides MESSAGE and NONE
NUMBERS = (
    "touches", "visits", "silence", "month_most", "worth", "birthday", "birthday_budget", "festival", "festival_budget", "meals", "per_head", "cap",
)  # fmt: skip
_TABLE: dict[str, tuple[object, ...]] = {
    "A": (24, 12, 20, 3, 20, FULL, 300_00, GIFT, 300_00, 2, 200_00, 3_000_00),
    "B": (12, 6, 35, 2, 20, CAKE, 150_00, GIFT, 150_00, 1, 150_00, 1_200_00),
    "C": (4, 1, 100, 1, 60, MESSAGE, 0, CARD, 0, 0, 0, 200_00),
    "D": (2, 0, 200, 1, 60, NONE, 0, MESSAGE, 0, 0, 0, 0),
}
DEFAULTS: dict[str, Row] = {level: dict(zip(NUMBERS, row, strict=True)) for level, row in _TABLE.items()}

IN_PERSON = ("visit", "reception", "in-house", "meal", "site", "fair", "joint", "table")  # kinds of contact
TWO_WAY = ("call",)
ANSWERED = ("chat",)  # sincere only when something came of it: a message nobody answered is none
NOT_MET = "not-met"
ITEMS_IN_PERSON = ("visit", "call", "meal", "event")  # kinds of plan items
HEARD = ("glad", "plain", "cold")  # reactions somebody had: what was sent was answered


def is_sincere(kind: str, result: str) -> bool:
    """True for a contact that was made: in person, or with an answer. Whoever was not met was not touched."""
    if result == NOT_MET:
        return False
    return kind in IN_PERSON or kind in TWO_WAY or (kind in ANSWERED and bool(result))


def is_sincere_item(kind: str, reaction: str) -> bool:
    """True for a plan item carried out that reached somebody: a talk, a meal, or a gift or card that was answered."""
    return kind in ITEMS_IN_PERSON or reaction in HEARD


def standard_on(rows: Sequence[Row], level: str, day: str) -> Row | None:
    """The standard of a class that holds on a day: the latest that has begun, else the usual one; None without a class."""
    begun = [row for row in rows if row["level"] == level and row["since"] <= day]
    if begun:
        return max(begun, key=lambda row: (row["since"], row.get("id") or 0))
    usual = DEFAULTS.get(level)
    return dict(usual) if usual else None


def standards_on(rows: Sequence[Row], day: str) -> Mapping[str, Row]:
    """The standard of every class on a day."""
    return {level: row for level in LEVELS if (row := standard_on(rows, level, day)) is not None}


def check_standard(row: Row) -> Problems:
    """Numbers that contradict each other."""
    found: Problems = {}
    if (row["visits"] or 0) > (row["touches"] or 0):
        found["visits"] = Text("There cannot be more visits than touches")
    if row["birthday_budget"] and row["birthday"] not in (FULL, CAKE):
        found["birthday_budget"] = Text("A message costs nothing; choose a card and a cake or a gift, or leave the amount out")
    if row["festival_budget"] and row["festival"] not in (GIFT, CARD):
        found["festival_budget"] = Text("A message costs nothing; choose a gift or a card, or leave the amount out")
    if row["meals"] and not row["per_head"]:
        found["per_head"] = Text("Write what a meal may cost per head")
    return found
