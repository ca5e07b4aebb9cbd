"""What agreements tell the shared screens: which one holds, when it ends; lines of *Today*; the rates of one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from crm_desktop.duties.agreements import rules
from crm_desktop.duties.agreements.records import AGREEMENT, AGREEMENT_RATE
from crm_desktop.record.dates import add_days, business_date, days_between
from crm_desktop.record.duty import Filter, NowPoint, TodayLine
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text
from crm_desktop.store import attached, pages
from crm_desktop.store.pages import ListQuery, counted

RATE_COLUMNS = ("room_type_id", "season", "rate", "currency", "breakfast", "remark")
MOST = 200


def rates(reader: Any, agreement_id: int) -> list[Row]:
    """The rates of an agreement, the lowest first; `room_type_id` is the type's name."""
    query = ListQuery(AGREEMENT_RATE, [("agreement_id", "=", agreement_id)], "rate", False, columns=RATE_COLUMNS)
    return [dict(zip(RATE_COLUMNS, found[2:], strict=True)) for found in pages.fetch(reader, query, limit=MOST)]


def rate_rows(reader: Any, agreement_id: int) -> list[Row]:
    """The same with the ids of their room types, for a copy."""
    sql = f"select {', '.join(RATE_COLUMNS)} from agreement_rate where agreement_id = ? and gone is null order by rate, id"
    return [dict(zip(RATE_COLUMNS, row, strict=True)) for row in reader.execute(sql, (agreement_id,)).fetchall()]


def usual_rate(reader: Any, agreement_id: int) -> int:
    """The rate a client's file shows: the lowest that holds all year, else the lowest; 0 without any."""
    sql = "select min(case when season = 'all' then rate end), min(rate) from agreement_rate where agreement_id = ? and gone is null and rate > 0"
    year, lowest = reader.execute(sql, (agreement_id,)).fetchone()
    return int(year or lowest or 0)


def agreements_of(reader: Any, rates: Sequence[int]) -> list[int]:
    """The agreements these rates belong to."""
    out: set[int] = set()
    for at in range(0, len(rates), MOST):
        block = rates[at : at + MOST]
        out.update(int(row[0]) for row in reader.execute(f"select agreement_id from agreement_rate where id in ({', '.join('?' * len(block))})", list(block)).fetchall())
    return sorted(out)


def has_copy(reader: Any, agreement_id: int) -> bool:
    """True when a file lies by the agreement: its signed copy."""
    return bool(attached.of(reader, AGREEMENT.key, agreement_id))


def holding(reader: Any, account_id: int) -> tuple[int, str, str] | None:
    """The agreement of a client that holds longest: (id, last day, state)."""
    marks = ", ".join("?" * len(rules.HOLDS))
    sql = f"select id, until, state from agreement where account_id = ? and gone is null and state in ({marks}) order by until desc, id desc limit 1"
    found = reader.execute(sql, (account_id, *rules.HOLDS)).fetchone()
    return (int(found[0]), str(found[1]), str(found[2])) if found else None


def now(reader: Any, record: str, row_id: int, day: str) -> list[NowPoint]:
    """An agreement that ends or has ended: by its own record, else by what the client's file says of it."""
    if record == AGREEMENT.key:
        found = reader.execute("select until, state from agreement where id = ? and gone is null", (row_id,)).fetchone()
        return _point(str(found[0]), day, None, renewed=found[1] == rules.RENEWED) if found and found[1] in rules.HOLDS else []
    if record != "account":
        return []
    agreed = holding(reader, row_id)
    if agreed is not None:
        return _point(agreed[1], day, (AGREEMENT.key, agreed[0]), renewed=agreed[2] == rules.RENEWED)
    found = reader.execute("select agreement_to from account where id = ? and gone is null", (row_id,)).fetchone()
    return _point(str(found[0]), day, None) if found and found[0] else []


def _point(until: str, day: str, opens: tuple[str, int] | None, *, renewed: bool = False) -> list[NowPoint]:
    left = days_between(day, until)
    if left < 0:
        return [NowPoint(Text("Agreement over since {day}", day=until), "red", opens)]
    if left > rules.SOON:
        return []
    words = Text("Agreement ends {day}, in {n} days", day=until, n=left)
    return [NowPoint(Text("{what}; the next one is not in force yet", what=words) if renewed else words, "amber", opens)]


def today(reader: Any, day: str, hotel: int | None) -> list[TodayLine]:
    """Agreements that end within 30 and 90 days and are not renewed, those over, those to be signed."""
    here: list[Filter] = [] if hotel is None else [("hotel_id", "=", hotel)]
    running: Filter = ("state", "=", rules.RUNNING)
    last, first = rules.REMIND[2], rules.REMIND[0]
    soon: list[Filter] = [running, ("until", ">=", day), ("until", "<=", add_days(day, last)), *here]
    later: list[Filter] = [running, ("until", ">", add_days(day, last)), ("until", "<=", add_days(day, first)), *here]
    told = partial(counted, group="care")
    lines = [
        told(reader, Text("Agreements ending in 30 days"), AGREEMENT, soon, tone="amber", short=Text("End in 30 days")),
        told(reader, Text("Agreements ending in 31 to 90 days"), AGREEMENT, later, short=Text("End in 31-90")),
        told(reader, Text("Agreements over, not renewed"), AGREEMENT, [running, ("until", "<", day), *here], tone="red"),
    ]
    if day == business_date():
        lines.append(told(reader, Text("Agreements to be signed"), AGREEMENT, [("state", "=", rules.TO_SIGN), *here], short=Text("To be signed")))
    return lines
