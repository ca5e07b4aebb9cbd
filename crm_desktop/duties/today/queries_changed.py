"""What changed since somebody last looked: new, cancelled and changed rows of the registers that matter on *Today*."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from crm_desktop.duties.today.board import SINCE
from crm_desktop.record.dates import days_between
from crm_desktop.record.duty import Filter, TodayLine
from crm_desktop.record.money import show_money
from crm_desktop.record.record import Record, Row
from crm_desktop.record.text import Text
from crm_desktop.store import log, past
from crm_desktop.store.log import FOR
from crm_desktop.store.pages import ListQuery, fetch

MOST_NAMES = 3
MOST = 1_000  # rows of a register told of; after an import the newest
BLOCK = 500
DROPPED = {"stay": ("status", ("Canceled", "No-Show")), "booking": ("state", ("lost", "cancelled", "turned-down", "no-show")), "vip_stay": ("stage", ("refused",))}
WORDS: Mapping[str, tuple[Text, Text, Text]] = {  # new, cancelled, changed
    "stay": (Text("New room bookings"), Text("Room bookings cancelled"), Text("Room bookings changed")),
    "vip_stay": (Text("New VIP stays"), Text("VIP stays refused"), Text("VIP stays changed")),
    "booking": (Text("New bookings of the register"), Text("Bookings of the register lost"), Text("Bookings of the register changed")),
    "complaint": (Text("New complaints"), Text("Complaints dropped"), Text("Complaints changed")),
}


def newest(reader: Any) -> int:
    """The newest change there is: what somebody who looks now has seen."""
    return log.newest_id(reader)


class Touched:
    """A row touched since somebody looked: whether it is new, and who did it, the newest first."""

    __slots__ = ("added", "who")

    def __init__(self) -> None:
        self.added = False
        self.who: list[str] = []


def lines(reader: Any, records: Mapping[str, Record], since: int, hotel: int | None) -> list[TodayLine]:
    """What changed after an action and by whom, each figure with the rows it opens; nothing where nothing did."""
    touched: dict[str, dict[int, Touched]] = {}
    for table, row_id, added, who in past.newest_rows(reader, since, MOST):
        if table in WORDS and (row_id in (rows := touched.setdefault(table, {})) or len(rows) < MOST):
            one = rows.setdefault(row_id, Touched())
            one.added |= added
            one.who.append(who.partition(FOR)[0])
    return [line for key in WORDS if key in touched and key in records for line in _of(reader, records[key], touched[key], since, hotel)]


def _of(reader: Any, record: Record, touched: Mapping[int, Touched], since: int, hotel: int | None) -> list[TodayLine]:
    new = {row_id for row_id, one in touched.items() if one.added}
    living = _living(reader, record, sorted(touched), hotel)
    gone = {row_id for row_id, dropped in living.items() if dropped}
    changed = living.keys() - new - gone
    parts = (new & living.keys() - gone, gone, changed)
    found = [_line(record, label, ids, _by(touched, ids)) for label, ids in zip(WORDS[record.key], parts, strict=True) if ids]
    return [*found, *_moved(reader, record, sorted(changed), since)]


def _line(record: Record, label: Text, ids: Collection[int], amount: str) -> TodayLine:
    return TodayLine(label, len(ids), None, record.key, [("id", "in", tuple(sorted(ids)))], group=SINCE, amount=amount)


def _by(touched: Mapping[int, Touched], ids: Collection[int]) -> str:
    """Who did it, those with the most rows first."""
    found = Counter(who for row_id in ids for who in dict.fromkeys(touched[row_id].who) if who)
    return " · ".join(f"{who} {count}" if len(ids) > 1 else who for who, count in found.most_common(MOST_NAMES))


# money that went to another month

MONTH = {"stay": ("arrival", "arrival", "departure", "rate"), "booking": ("day", "price", "basis", "people", "tables")}  # the day that counts, then what the amount hangs on


def amount_of(record: str, row: Row) -> int:
    """What a room booking or one of the register is worth, in minor units."""
    if record == "stay":
        return int(row["rate"] or 0) * max(1, days_between(row["arrival"], row["departure"]))
    times = {"table": row["tables"], "person": row["people"]}.get(row["basis"], 1)
    return int(row["price"] or 0) * int(times or 0)


def _moved(reader: Any, record: Record, ids: Sequence[int], since: int) -> list[TodayLine]:
    """The rows whose day went to another month, with the money that went along, the largest way first."""
    if record.key not in MONTH or not ids:
        return []
    day, *columns = MONTH[record.key]
    names = list(dict.fromkeys((day, *columns)))
    was = {row_id: old for row_id, old in past.before(reader, record, ids, since).items() if day in old}
    ways, there = Counter[tuple[str, str]](), list[int]()
    for at in range(0, len(was), BLOCK):
        query = ListQuery(record, [("id", "in", tuple(sorted(was)[at : at + BLOCK]))], columns=names)
        for row in (dict(zip(("id", "sort", *names), each, strict=True)) for each in fetch(reader, query, limit=BLOCK)):
            before, now = str(was[row["id"]][day])[:7], str(row[day])[:7]
            if before and before != now:
                there.append(int(row["id"]))
                ways[before, now] += amount_of(record.key, row)
    told = " · ".join(f"{before} → {now} {show_money(amount)}" for (before, now), amount in ways.most_common(2))
    return [_line(record, Text("Moved to another month"), there, told)] if there else []


def _living(reader: Any, record: Record, ids: Sequence[int], hotel: int | None) -> dict[int, bool]:
    """Of these rows those that are there and seen, each with whether it was cancelled."""
    name, codes = DROPPED.get(record.key, ("", ()))
    here: list[Filter] = [("hotel_id", "=", hotel)] if hotel is not None and "hotel_id" in record.by_name else []
    out: dict[int, bool] = {}
    for at in range(0, len(ids), BLOCK):
        query = ListQuery(record, [("id", "in", tuple(ids[at : at + BLOCK])), *here], columns=(name or record.listed[0],))
        out |= {int(row[0] or 0): bool(name) and row[2] in codes for row in fetch(reader, query, limit=BLOCK)}
    return out
