"""What guest files tell: whom the house is careful with, and how complete a file is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from crm_desktop.duties.clients.records import PERSON
from crm_desktop.duties.guests import queries_days, rules
from crm_desktop.duties.guests.records import ATTENTION
from crm_desktop.record.dates import business_date, days_before
from crm_desktop.record.duty import NowPoint
from crm_desktop.record.record import Figure, Row
from crm_desktop.record.text import Text
from crm_desktop.store.rows import get

COLUMN = {"person": "person_id", "account": "account_id"}
LIVING = "gone is null and (expires = '' or expires >= ?) and (lifted_on = '' or lifted_on > ?)"
STRICT = "case level when 'refuse' then 0 when 'prepay' then 1 else 2 end"
MISSING = 4  # words told of what a file lacks
YEAR, POOR = 365, 60  # days of stays looked at, per cent below which a file is poor
ALLERGEN = "allergen"  # stands for a kind of preference
DISHES = 400  # characters of a menu
MOST, NEWEST = 200, 20_000  # files listed at once, looked at


def watched(reader: Any, record: str, row_id: int, day: str) -> list[tuple[int, str, str, str]]:
    """The entries that hold for a guest (their firm's as well) or a client: id, level, facts, end; the strictest first."""
    where, values = f"{COLUMN[record]} = ?", [row_id]
    if record == "person":
        where, values = "(person_id = ? or account_id = (select account_id from person where id = ?))", [row_id, row_id]
    sql = f"select id, level, name, expires from attention where {where} and {LIVING} order by {STRICT}, decided_on desc, id"
    return [tuple(row) for row in reader.execute(sql, (*values, day, day)).fetchall()]


def now(reader: Any, record: str, row_id: int, day: str) -> list[NowPoint]:
    """On a sheet and a call card: what the house does with them, why, and until when; a founding day that comes."""
    if record not in COLUMN:
        return []
    field = ATTENTION.by_name["level"]
    listed = [
        NowPoint(
            Text("{level} until {day}: {facts}", level=field.choice_text(level), day=until, facts=facts), "amber" if level == "watch" else "red",
            ("attention", entry),
        )
        for entry, level, facts, until in watched(reader, record, row_id, day)
    ]  # fmt: skip
    return [*listed, *queries_days.coming(reader, record, row_id, day)]


def hit_facts(reader: Any, record: str, ids: Sequence[int]) -> dict[int, Text]:
    """Beside whoever is found: that they are on the attention list."""
    if record not in COLUMN or not ids:
        return {}
    column, day, field = COLUMN[record], business_date(), ATTENTION.by_name["level"]
    sql = f"select {column}, level from attention where {column} in ({', '.join('?' * len(ids))}) and {LIVING} order by {STRICT} desc"
    return {row_id: Text("{level}!", level=field.choice_text(level)) for row_id, level in reader.execute(sql, (*ids, day, day)).fetchall()}


class GuestFile(NamedTuple):
    """A guest's file: its row, percent complete, what is missing, how many preferences it has, and the client's class."""

    row: Row
    percent: int
    missing: list[rules.Part]
    facts: int
    level: str


def guest_file(reader: Any, row_id: int) -> GuestFile | None:
    """How complete the file of a guest is; None for somebody who is no guest."""
    row = get(reader, PERSON, row_id)
    if row is None or (row["role"] != "guest" and not row["stays"]):
        return None
    facts = int(reader.execute("select count(*) from preference where person_id = ? and gone is null", (row_id,)).fetchone()[0])
    unit = reader.execute("select level from account where id = ?", (row["account_id"],)).fetchone() if row["account_id"] is not None else None
    level = str(unit[0]) if unit else ""
    return GuestFile(row, *rules.completeness(row, facts, level), facts, level)


def figures(reader: Any, record: str, row_id: int, _day: str) -> list[Figure]:
    """How complete a guest's file is, and what it lacks; opens the part in which each missing field is one key away."""
    found = guest_file(reader, row_id) if record == "person" else None
    if found is None:
        return []
    note: Text | str = ""
    for part in found.missing[:MISSING]:
        note = Text("{first}, {second}", first=note, second=part.words) if note else part.words
    return [
        Figure(
            Text("File complete"), f"{found.percent}%", tone="" if found.percent >= 60 else "amber", note=Text("missing: {what}", what=note) if found.missing else "",
            opens=[], record="guest_file",
        )
    ]  # fmt: skip


class Counted(NamedTuple):
    """Guest files of one class: how many, their mean in per cent, those under 60 (ids)."""

    name: str
    files: int
    percent: int
    poor: list[int]


def by_class(reader: Any, day: str) -> list[Counted]:
    """How complete the files are of those who stayed within a year, by VIP level, else by the class of their client."""
    names = tuple(dict.fromkeys(("id", "vip", *rules.NAMES)))
    sql = (
        f"select {', '.join(f'p.{name}' for name in names)}, coalesce(a.level, ''), (select count(*) from preference as f where f.person_id = p.id and f.gone is null)"
        " from person as p left join account as a on a.id = p.account_id where p.gone is null and p.last_stay > ?"
        f" order by p.last_stay desc, p.id desc limit {NEWEST}"
    )
    classes: dict[str, list[tuple[int, int]]] = {}
    for *values, level, facts in reader.execute(sql, (days_before(day, YEAR),)).fetchall():
        row = dict(zip(names, values, strict=True))
        classes.setdefault(str(row["vip"] or level), []).append((int(row["id"]), rules.completeness(row, facts, level)[0]))
    return [
        Counted(name, len(found), round(sum(percent for _, percent in found) / len(found)), [row_id for row_id, percent in found if percent < POOR])
        for name, found in sorted(classes.items(), key=lambda each: (not each[0].startswith("V"), each[0] == "", each[0]))
    ]  # fmt: skip


def is_there(reader: Any, row_id: int) -> bool:
    """True for a living person."""
    return reader.execute("select 1 from person where id = ? and gone is null", (row_id,)).fetchone() is not None


def together(reader: Any, row_id: int) -> list[tuple[int, str, int, str]]:
    """Who was in one room with a guest at the same time: (person, name, how often, last arrival), the most often first."""
    sql = (
        "select o.guest_id, p.name, count(distinct s.id), max(s.arrival) from stay as s join stay as o on o.room_no = s.room_no and o.guest_id <> s.guest_id"
        " and o.arrival < s.departure and o.departure > s.arrival and o.hotel_id = s.hotel_id and o.gone is null and o.status in ('Check-Out', 'In-House')"
        " join person as p on p.id = o.guest_id and p.gone is null where s.guest_id = ? and s.gone is null and s.room_no <> '' and s.status in ('Check-Out', 'In-House')"
        " group by o.guest_id, p.name order by 3 desc, 4 desc, o.guest_id limit 6"
    )
    return [(int(row[0]), str(row[1]), int(row[2]), str(row[3])) for row in reader.execute(sql, (row_id,)).fetchall()]


def taken_over(reader: Any, booking: int) -> bool:
    """True when what a booking brought stands in the files."""
    return reader.execute("select 1 from consumption where booking_id = ? and gone is null", (booking,)).fetchone() is not None


def menu(reader: Any, booking: int) -> str:
    """The dishes of a booking as the kitchen's card has them, in one line; '' without a card."""
    sql = "select menu from guest_card where booking_id = ? and gone is null and menu <> '' order by id desc limit 1"
    found = reader.execute(sql, (booking,)).fetchone()
    return "、".join(line.strip() for line in str(found[0]).splitlines() if line.strip())[:DISHES] if found else ""


def cards_of(reader: Any, day: str) -> list[tuple[str, int]]:
    """The cards of a day's arrivals as (department, stay), VIPs first in each department.

    The front office gets one of each guest with a level, an earlier stay or a preference; housekeeping of VIPs and of those
    with a wish about the room; the kitchen of those of whom it knows something about food."""
    sql = (
        "select s.id, s.guest_id, p.vip, p.stays from stay as s join person as p on p.id = s.guest_id where s.gone is null and p.gone is null and s.arrival = ?"
        " and s.status in ('Booked', 'In-House') order by case when p.vip = '' then 'Z' else p.vip end, p.sort, s.id"
    )
    coming = reader.execute(sql, (day,)).fetchall()
    kinds: dict[int, set[str]] = {}
    known = (
        "select f.person_id, f.kind, f.allergen from preference as f join stay as s on s.guest_id = f.person_id where s.arrival = ? and s.gone is null"
        " and f.gone is null and (f.expires = '' or f.expires >= ?)"
    )
    for person, kind, allergen in reader.execute(known, (day, day)).fetchall():
        kinds.setdefault(int(person), set()).update(filter(None, (str(kind), ALLERGEN if allergen else "")))
    out = [(rules.FRONT, int(stay)) for stay, guest, vip, stays in coming if vip or stays or kinds.get(guest)]
    out += [(rules.ROOMS, int(stay)) for stay, guest, vip, _ in coming if vip or kinds.get(guest, set()) & set(rules.SEEN[rules.ROOMS])]
    return [*out, *((rules.KITCHEN, int(stay)) for stay, guest, *_ in coming if kinds.get(guest, set()) & {*rules.SEEN[rules.KITCHEN], ALLERGEN})]
