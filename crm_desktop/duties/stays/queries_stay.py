"""What stands around one stay: what it came to, the VIP level at that time, complaints of it, and where its row came from."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.stays.records import STAY
from crm_desktop.record.dates import add_days, local_instant
from crm_desktop.record.duty import Filter
from crm_desktop.record.money import show_money
from crm_desktop.record.record import Figure, Row
from crm_desktop.record.text import Text, say
from crm_desktop.store import past
from crm_desktop.store.rows import get

NO_HARM = ("praise", "suggestion", "help")
AFTER = 7  # days after departure in which what is complained of belongs to the stay


def figures(reader: Any, row_id: int) -> list[Figure]:
    """The sum of a stay with its parts, the level the guest was received at, complaints, and the row's origin."""
    row = get(reader, STAY, row_id)
    if row is None:
        return []
    rooms, meals, other = row["rate"] * row["nights"], row["meals_spent"], row["other_spent"]
    parts = Text("rooms {rooms}, meals {meals}, other {other}", rooms=show_money(rooms), meals=show_money(meals), other=show_money(other))
    out = [Figure(Text("Spent in this stay"), show_money(rooms + meals + other), note=parts if meals or other else "")]
    return [*out, *(_about_guest(reader, row) if row["guest_id"] is not None else []), *_origin(reader, row_id)]


def _about_guest(reader: Any, row: Row) -> list[Figure]:
    out = []
    sql = "select id, level from vip_stay where guest_id = ? and gone is null and stage <> 'refused' and arrival <= ? and departure >= ? order by arrival desc, id desc limit 1"
    if (found := reader.execute(sql, (row["guest_id"], row["departure"], row["arrival"])).fetchone()) and found[1]:
        out.append(Figure(Text("VIP level then"), str(found[1]), opens=int(found[0]), record="vip_stay"))
    wrong: list[Filter] = [
        ("person_id", "=", row["guest_id"]), ("received_on", ">=", row["arrival"]), ("received_on", "<=", add_days(row["departure"], AFTER)), ("kind", "not in", NO_HARM),
    ]  # fmt: skip
    sql = f"select count(*) from complaint where gone is null and person_id = ? and received_on >= ? and received_on <= ? and kind not in {NO_HARM}"
    count = int(reader.execute(sql, tuple(value for _, _, value in wrong[:3])).fetchone()[0])
    if count:
        out.append(Figure(Text("Complaints in this stay"), f"{count:,}", "red", wrong, record="complaint"))
    return out


def _origin(reader: Any, row_id: int) -> list[Figure]:
    """Which file or whose hand the row came from, and how often it was put right since: what it said first stays in its history."""
    found = past.origin(reader, STAY, row_id)
    if found is None:
        return []
    note = Text("{day}, {person}", day=local_instant(found.at)[:10], person=found.who)
    if found.later:
        note = Text("{first}; put right {n} times, what it said first stays in its history", first=note, n=found.later)
    return [Figure(Text("Where its row came from"), found.source or say(Text("Typed in")), note=note)]
