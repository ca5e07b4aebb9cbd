"""Days that come round by themselves: when a client was founded, since when it is one, and when a regular VIP first stayed, unless
somebody wrote that day down."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from crm_desktop.duties.guests import rules
from crm_desktop.record.anniversaries import birthday_key, keys_on, next_birthday
from crm_desktop.record.dates import add_days, days_before, days_between
from crm_desktop.record.duty import NowPoint, TodayLine
from crm_desktop.record.text import Text

YEARS = 150  # a firm may be as old
REGULAR, RECENT = 5, 730  # stays of a VIP; days since the last one
BEGUN = 60  # days after the first booking kept here: who came within them may have come before
SOON, NEXT = 7, 2  # days before it a sheet tells of a day, and tells it in amber
GROUP = "care"
COLUMN = {rules.FOUNDING: "founded", rules.PARTNER: "partner_since"}  # days of a client's file


class Kept(NamedTuple):
    """A day to keep: its row, what it is, what was said to do, the cap written down for it, whose it is, their class, who does it,
    and the date it goes back to."""

    id: int
    name: Text | str
    kind: str
    what: str
    budget: int
    person: int | None
    account: int | None
    who: str
    level: str
    owner: int | None
    since: str = ""


def _dates_on(days: Iterable[str]) -> list[str]:
    """Every date of earlier years whose anniversary falls on one of these days."""
    return [
        f"{int(day[:4]) - ago:04d}-{key}" for day in days for key in keys_on(day) if key[0].isdigit() for ago in range(1, YEARS + 1) if int(day[:4]) > ago
    ]


def founded(reader: Any, days: Sequence[str]) -> list[Kept]:
    """Clients whose founding day falls on one of these days, where nobody wrote it down as a day to keep."""
    return _of_clients(reader, days, rules.FOUNDING)


def partners(reader: Any, days: Sequence[str]) -> list[Kept]:
    """Clients who on one of these days have been clients for a round number of years."""
    return [row for row in _of_clients(reader, days, rules.PARTNER) if rules.is_round(_years(row.since, days))]


def _of_clients(reader: Any, days: Sequence[str], kind: str) -> list[Kept]:
    """Clients to whom a day of their file comes again on one of these days."""
    column, dates = COLUMN[kind], _dates_on(days)
    sql = (
        f"select a.id, a.name, a.level, a.owner_id, a.{column} from account as a where a.gone is null and a.state <> 'lost' and a.{column} in ({', '.join('?' * len(dates))})"
        f" and not exists (select 1 from key_date as k where k.gone is null and k.account_id = a.id and k.kind = ?) order by a.{column}, a.id"
    )
    return [
        Kept(row_id, rules.WORDS[kind](_years(since, days)), kind, "", 0, None, row_id, name, level, owner, since)
        for row_id, name, level, owner, since in reader.execute(sql, (*dates, kind)).fetchall()
    ]  # fmt: skip


def first_stays(reader: Any, days: Sequence[str]) -> list[Kept]:
    """VIPs who still come, from the fifth stay on, whose first stay was on one of these days of an earlier year; of those who came as the
    bookings kept here begin nobody knows when they first came."""
    begun = reader.execute("select arrival from stay where gone is null order by arrival, id limit 1").fetchone()
    known = add_days(begun[0], BEGUN) if begun else ""
    dates = [date for date in _dates_on(days) if known and known < date < f"{days[-1][:4]}-01-01"]
    if not dates:
        return []
    came = "{0}.gone is null and {0}.status in ('Check-Out', 'In-House')"
    sql = (  # from the arrivals of those dates: the regular guests are too many to ask each for the first stay
        "select distinct p.id, p.name, p.account_id, coalesce(a.level, '') as level, coalesce(p.owner_id, a.owner_id) as owner_id, s.arrival"
        " from stay as s join person as p on p.id = s.guest_id left join account as a on a.id = p.account_id"
        f" where {came.format('s')} and s.arrival in ({', '.join('?' * len(dates))}) and p.gone is null and p.stays >= ? and p.vip <> '' and p.last_stay > ?"
        f" and not exists (select 1 from stay as e where e.guest_id = p.id and e.arrival < s.arrival and {came.format('e')})"
        " and not exists (select 1 from key_date as k where k.gone is null and k.person_id = p.id and k.kind = 'first-stay') order by s.arrival, p.id"
    )
    return [
        Kept(row_id, rules.first_stay_words(_years(since, days)), rules.FIRST_STAY, "", 0, row_id, account, name, level, owner, since)
        for row_id, name, account, level, owner, since in reader.execute(sql, (*dates, REGULAR, days_before(days[0], RECENT))).fetchall()
        if _years(since, days)
    ]


def again(row: Kept, day: str) -> str:
    """When a day comes again, from a day on."""
    return next_birthday(birthday_key(row.since, ""), day)


def _years(since: str, days: Sequence[str]) -> int:
    return int(next_birthday(birthday_key(since, ""), days[0])[:4]) - int(since[:4])


def today(reader: Any, day: str, _hotel: int | None) -> list[TodayLine]:
    """Days to keep on a day: those written down and founding days of clients. First stays come as follow-ups: finding them reads
    the arrivals of years, which nobody who opens the program should wait for."""
    keys = keys_on(day)
    (written,) = reader.execute(f"select count(*) from key_date where gone is null and day_key in ({', '.join('?' * len(keys))})", keys).fetchone()
    firms = tuple(row.id for row in founded(reader, [day]))
    return [
        TodayLine(Text("Days to keep"), int(written), None, "key_date", [("day_key", "in", keys)], group=GROUP),
        TodayLine(Text("Founding days"), len(firms), None, "account", [("id", "in", firms)], group=GROUP),
    ]


def coming(reader: Any, record: str, row_id: int, day: str) -> list[NowPoint]:
    """On a sheet: the days to keep that come within a week, a client's founding day and the day it became one."""
    column = {"person": "person_id", "account": "account_id"}.get(record)
    if column is None:
        return []
    rows = reader.execute(f"select id, name, kind, day_key from key_date where gone is null and {column} = ? order by id", (row_id,)).fetchall()
    found = [_soon(name, next_birthday(key, day), day, ("key_date", int(key_id))) for key_id, name, _, key in rows]
    if record == "account":
        written = {kind for _, _, kind, _ in rows}
        found += [_file_day_soon(reader, row_id, day, kind) for kind in COLUMN if kind not in written]
    return [point for point in found if point is not None]


def _file_day_soon(reader: Any, row_id: int, day: str, kind: str) -> NowPoint | None:
    row = reader.execute(f"select {COLUMN[kind]} from account where id = ?", (row_id,)).fetchone()
    since = str(row[0]) if row else ""
    on = next_birthday(birthday_key(since, ""), day)
    years = int(on[:4]) - int(since[:4]) if on else 0
    return _soon(rules.WORDS[kind](years), on, day, None) if years > 0 else None


def _soon(what: Text | str, on: str, day: str, opens: tuple[str, int] | None) -> NowPoint | None:
    away = days_between(day, on) if on else SOON + 1
    return NowPoint(Text("{what} on {day}", what=what, day=on), "amber" if away <= NEXT else "blue", opens) if away <= SOON else None


def window(day: str, first: int, last: int) -> list[str]:
    """The days from `last` to `first` days ahead."""
    return [add_days(day, ahead) for ahead in range(last, first + 1)]
