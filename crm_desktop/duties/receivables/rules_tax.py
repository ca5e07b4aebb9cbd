"""The tax table of invoice lines 住宿 / 餐饮 / 会议展览服务 / 场租 / 其他: rate, goods name, whether the buyer may deduct it. The hotel's own rows hold from
their day; before the first the table the program begins with does. Rates in hundredths of a per cent (600 = 6 %), amounts in minor units."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from crm_desktop.record.text import Text

LODGING, MEALS, MEETING, RENT, OTHER = "lodging", "meals", "meeting", "rent", "other"
LINES = (
    (LODGING, Text("Lodging"), ""), (MEALS, Text("Meals and drinks"), ""), (MEETING, Text("Meetings and exhibitions"), ""), (RENT, Text("Rent of places"), ""), (OTHER, Text("Other services"), ""),
)  # fmt: skip
LINE_OF = {"room": LODGING, "meal": MEALS, "banquet": MEALS, "meeting": MEETING, "rent": RENT}  # of the kinds of bills
WHOLE = 10_000


class Rate(NamedTuple):
    """What holds for a line: its rate, the goods name on the invoice, whether input tax is deductible."""

    line: str
    rate: int
    goods: str
    deductible: bool


DEFAULTS = {
    LODGING: Rate(LODGING, 600, "*住宿服务*住宿费", True), MEALS: Rate(MEALS, 600, "*餐饮服务*餐饮费", False), MEETING: Rate(MEETING, 600, "*会展服务*会议展览服务", True),
    RENT: Rate(RENT, 900, "*经营租赁*场地租赁费", True), OTHER: Rate(OTHER, 600, "*生活服务*其他服务", True),
}  # fmt: skip


def line_of(kind: str) -> str:
    """The invoice line a kind of bill belongs to."""
    return LINE_OF.get(kind, OTHER)


def rate_on(table: Iterable[dict[str, Any]], line: str, day: str) -> Rate:
    """What holds for a line on a day: the hotel's latest row that began by then, or else the table the program begins with."""
    mine = [row for row in table if row["line"] == line and row["since"] <= day]
    if not mine:
        return DEFAULTS.get(line, DEFAULTS[OTHER])
    last = max(mine, key=lambda row: (row["since"], row["id"]))
    return Rate(line, int(last["rate"] or 0), str(last["goods"]), bool(last["deductible"]))


def parts(gross: int, rate: int) -> tuple[int, int]:
    """An amount with tax as what it is without, and the tax: rounded half up, together the amount to the fen; a credit note is the mirror."""
    if gross < 0:
        net, tax = parts(-gross, rate)
        return -net, -tax
    net = (2 * gross * WHOLE + WHOLE + rate) // (2 * (WHOLE + rate))
    return net, gross - net


def percent(rate: int) -> str:
    """6 % of 600."""
    return f"{rate / 100:g} %"
