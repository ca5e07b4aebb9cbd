"""What guest events tell: who sits where, how quotas stand, figures of an event, lines of *Today*, business before and after."""

from __future__ import annotations

from typing import Any

from crm_desktop.desk.deputies import has_left, is_away
from crm_desktop.duties.consents import queries as consents
from crm_desktop.duties.consents.rules import may_invite
from crm_desktop.duties.events import rules
from crm_desktop.duties.events.records import BIG_EVENT, EVENT_GUEST
from crm_desktop.duties.events.rules import Party
from crm_desktop.record.dates import add_days, days_before
from crm_desktop.record.duty import Filter, TodayLine
from crm_desktop.record.integrity import PARTY, forbidden
from crm_desktop.record.money import show_money
from crm_desktop.record.record import Figure, Row
from crm_desktop.record.text import Text
from crm_desktop.store.pages import ListQuery, count, waiting

GROUP = "care"
BEFORE, AFTER = 90, (30, 90)  # days
EVENT = ("state", "day", "tables", "per_table", "granted", "public")


def event_of(reader: Any, event_id: int) -> Row | None:
    """What the guests of an event have to do with."""
    found = reader.execute(f"select {', '.join(EVENT)} from big_event where id = ? and gone is null", (event_id,)).fetchone()
    return dict(zip(EVENT, found, strict=True)) if found else None


def any_hotel(reader: Any) -> int | None:
    """The hotel that was entered first; None before there is one."""
    found = reader.execute("select min(id) from hotel where gone is null").fetchone()
    return int(found[0]) if found and found[0] is not None else None


def helpers(reader: Any, event_id: int) -> list[Row]:
    """Who helps at an event, with what."""
    sql = (
        "select l.id, l.name, l.owner_id, coalesce(s.name, '') from event_line as l left join staff as s on s.id = l.owner_id"
        " where l.gone is null and l.event_id = ? and l.kind = ? order by l.time, l.id"
    )
    return [dict(zip(("id", "name", "owner_id", "who"), row, strict=True)) for row in reader.execute(sql, (event_id, rules.HELPER)).fetchall()]


def budgeted(reader: Any, event_id: int) -> int:
    """What all lines of an event may cost."""
    return int(reader.execute("select coalesce(sum(planned), 0) from event_line where gone is null and event_id = ?", (event_id,)).fetchone()[0])


TASK = ("id", "version", "state", "name", "due", "owner_id")


def told_by(reader: Any, about: str) -> Row | None:
    """The follow-up that was made about this: the last one."""
    found = reader.execute(f"select {', '.join(TASK)} from follow_up where about = ? and gone is null order by id desc limit 1", (about,)).fetchone()
    return dict(zip(TASK, found, strict=True)) if found else None


def absent(reader: Any, staff: int, event: Row) -> Text | None:
    """Why a colleague cannot help at an event; None where nothing is known against it."""
    found = reader.execute("select name, left_on, deputy_id, deputy_from, deputy_to from staff where id = ? and gone is null", (staff,)).fetchone()
    if found is None:
        return None
    one = dict(zip(("name", "left_on", "deputy_id", "deputy_from", "deputy_to"), found, strict=True))
    who, day = one["name"], event["day"]
    if has_left(one, day):
        return Text("{who} leaves the house before {day}", who=who, day=day)
    if is_away(one, day):
        return Text("{who} is away on {day}", who=who, day=day)
    turns = "select kind, begins, ends, name from duty_turn where owner_id = ? and day = ? and kind in ('away', 'out') and gone is null order by kind, begins, id"
    for kind, begins, ends, place in reader.execute(turns, (staff, day)).fetchall():
        if kind == "away":
            return Text("{who} is on leave on {day}", who=who, day=day)
        if rules.overlap(event["time"], event["ends"], begins, ends):
            return Text("{who} is out then: {place}", who=who, place=place or f"{begins}-{ends}")
    others = (
        "select e.name, e.time, e.ends from event_line as l join big_event as e on e.id = l.event_id where l.gone is null and e.gone is null and l.kind = ? and l.owner_id = ?"
        " and e.day = ? and e.id <> ? and e.state in (?, ?) order by e.time, e.id"
    )
    for name, begins, ends in reader.execute(others, (rules.HELPER, staff, day, event["id"], rules.APPROVAL, rules.INVITING)).fetchall():
        if rules.overlap(event["time"], event["ends"], begins, ends):
            return Text("{who} helps at '{event}' then", who=who, event=name)
    return None


def residents(reader: Any, nights: int, public: bool) -> list[tuple[int, int | None]]:
    """Guests who live in the house: in it now for so many nights and more, with the client they belong to; without people of state bodies
    where the event is not public."""
    sql = (
        "select s.guest_id, p.account_id, coalesce(a.type, '') from stay as s join person as p on p.id = s.guest_id left join account as a on a.id = p.account_id where s.gone is null and p.gone is null and s.status = 'In-House' and s.nights >= ?"
        " order by s.room_no, s.id"
    )
    rows = reader.execute(sql, (nights,)).fetchall()
    return list({int(guest): account for guest, account, kind in rows if public or not forbidden(PARTY, kind)}.items())


def people_listed(reader: Any, event_id: int) -> set[int]:
    """The people that are on the list."""
    sql = "select distinct person_id from event_guest where gone is null and event_id = ? and person_id is not null"
    return {int(row[0]) for row in reader.execute(sql, (event_id,)).fetchall()}


def at_table(reader: Any, event_id: int, table: int) -> int:
    """How many persons sit at a table, without those who do not come."""
    sql = "select coalesce(sum(persons), 0) from event_guest where gone is null and event_id = ? and table_no = ? and state not in (?, ?)"
    return int(reader.execute(sql, (event_id, table, rules.DECLINED, rules.ABSENT)).fetchone()[0])


def tables_taken(reader: Any, event_id: int) -> dict[int, int]:
    """The chairs that are given away, by table."""
    sql = (
        "select table_no, sum(persons) from event_guest where gone is null and event_id = ? and table_no is not null and state not in (?, ?) group by table_no"
    )
    return {int(table): int(persons) for table, persons in reader.execute(sql, (event_id, rules.DECLINED, rules.ABSENT)).fetchall()}


def to_seat(reader: Any, event_id: int) -> tuple[list[Party], dict[int, int]]:
    """Who comes and has no table yet, and the version of each row."""
    sql = (
        "select g.id, coalesce(g.account_id, 0), coalesce(a.level, ''), g.persons, g.version from event_guest as g left join account as a on a.id = g.account_id"
        " where g.gone is null and g.event_id = ? and g.state = ? and g.table_no is null order by g.id"
    )
    rows = reader.execute(sql, (event_id, rules.COMING)).fetchall()
    return [Party(int(row[0]), int(row[1]), str(row[2]), int(row[3])) for row in rows], {int(row[0]): int(row[4]) for row in rows}


def quotas(reader: Any, event_id: int) -> dict[int, int]:
    """How many guests each seller brings."""
    sql = "select owner_id, sum(number) from event_line where gone is null and event_id = ? and kind = ? and owner_id is not null group by owner_id"
    return {int(seller): int(number or 0) for seller, number in reader.execute(sql, (event_id, rules.QUOTA)).fetchall()}


def clients(reader: Any, public: bool) -> list[tuple[int, str, int]]:
    """Clients with a class and a seller (id, class, seller), by name; without state bodies where the event is not public."""
    sql = "select id, level, owner_id, type from account where gone is null and level <> '' and owner_id is not null and state in ('active', 'dormant') order by sort, id"
    return [(int(at), str(level), int(seller)) for at, level, seller, kind in reader.execute(sql).fetchall() if public or not forbidden(PARTY, kind)]


def listed(reader: Any, event_id: int) -> set[int]:
    """The clients that are on the list."""
    sql = "select distinct account_id from event_guest where gone is null and event_id = ? and account_id is not null"
    return {int(row[0]) for row in reader.execute(sql, (event_id,)).fetchall()}


def speaker(reader: Any, account_id: int, day: str) -> int | None:
    """Who is invited for a client: its first contact who wants to be; None where there is nobody."""
    rows = reader.execute("select id from person where gone is null and account_id = ? and role <> 'guest' order by id", (account_id,)).fetchall()
    return next(iter(consents.willing(reader, [int(row[0]) for row in rows], may_invite, day)), None)


def uninvited(reader: Any, day: str) -> tuple[set[int], set[int]]:
    """Clients and people who are not invited on a day: a hold on them, or a no to offers and invitations."""
    sql = "select account_id, person_id from care_hold where gone is null and kind <> 'mourning' and since <= ? and (until = '' or until >= ?)"
    held = reader.execute(sql, (day, day)).fetchall()
    return {row[0] for row in held if row[0]}, {row[1] for row in held if row[1]} | consents.refusing(reader, may_invite, day)


def by_seller(reader: Any, event_id: int) -> list[tuple[int, str, int, int, int, int]]:
    """Of each seller: id, name, quota, invited, coming and those who were there (persons), by name."""
    sql = (
        "select s.id, s.name, sum(g.persons), sum(case when g.state in ('coming', 'came') then g.persons else 0 end), sum(case when g.state = 'came' then g.persons else 0 end)"
        " from event_guest as g join staff as s on s.id = g.owner_id where g.gone is null and g.event_id = ? group by s.id, s.name order by s.name"
    )
    wanted = quotas(reader, event_id)
    return [(int(at), str(name), wanted.get(int(at), 0), int(n), int(coming), int(came)) for at, name, n, coming, came in reader.execute(sql, (event_id,)).fetchall()]


ANSWERS = (rules.UNSENT, rules.SENT, rules.COMING, rules.DECLINED, rules.UNSURE, rules.CAME, rules.ABSENT)


def by_class(reader: Any, event_id: int) -> list[tuple[str, list[int]]]:
    """How many persons of each class (last those without one) stand in each state of their invitation, in the order of `ANSWERS`."""
    sql = (
        "select coalesce(a.level, ''), g.state, sum(g.persons) from event_guest as g left join person as p on p.id = g.person_id"
        " left join account as a on a.id = coalesce(g.account_id, p.account_id) where g.gone is null and g.event_id = ? group by coalesce(a.level, ''), g.state"
    )
    found: dict[str, dict[str, int]] = {}
    for level, state, persons in reader.execute(sql, (event_id,)).fetchall():
        found.setdefault(str(level), {})[str(state)] = int(persons)
    return [(level, [found[level].get(state, 0) for state in ANSWERS]) for level in (*rules.CLASSES, "") if level in found]


def business(reader: Any, event_id: int, day: str, today: str) -> list[tuple[int, int | None]]:
    """What the clients who were there brought in the 90 days before an event and 30 and 90 days after it, as (days, amount); amount
    None where those days are not over yet. Rooms by their arrival, meals and rent by the date of the bill."""
    ids = "select distinct account_id from event_guest where gone is null and event_id = ? and account_id is not null and state = 'came'"
    stays = f"select coalesce(sum(rate * nights), 0) from stay where gone is null and status = 'Check-Out' and arrival > ? and arrival <= ? and (company_id in ({ids}) or agency_id in ({ids}))"
    bills = f"select coalesce(sum(amount - taken_back), 0) from receivable where gone is null and kind in ('meal', 'banquet', 'meeting') and bill_date > ? and bill_date <= ? and account_id in ({ids})"
    out: list[tuple[int, int | None]] = []
    for days, first, last in ((-BEFORE, days_before(day, BEFORE), day), *((each, day, add_days(day, each)) for each in AFTER)):
        if last > today:
            out.append((days, None))
            continue
        rooms = reader.execute(stays, (first, last, event_id, event_id)).fetchone()[0]
        meals = reader.execute(bills, (first, last, event_id)).fetchone()[0]
        out.append((days, int(rooms) + int(meals)))
    return out


def figures(reader: Any, record: str, row_id: int, day: str) -> list[Figure]:
    """How an event stands: invited, answered, coming, there; money; what its clients brought before and after."""
    if record != BIG_EVENT.key:
        return []
    names = ("id", "planned", "actual", "day", "time", "ends", "state")
    event = dict(zip(names, reader.execute(f"select {', '.join(names)} from big_event where id = ?", (row_id,)).fetchone(), strict=True))
    planned, actual, on, state = (event[name] for name in ("planned", "actual", "day", "state"))
    mine: Filter = ("event_id", "=", row_id)
    asked: tuple[tuple[Text, list[Filter], str], ...] = (
        (Text("Invitations not sent"), [mine, ("state", "=", rules.UNSENT)], "amber"), (Text("No answer yet"), [mine, ("state", "in", (rules.SENT, rules.UNSURE))], ""),
        (Text("Come"), [mine, ("state", "=", rules.COMING)], ""), (Text("Were there"), [mine, ("state", "=", rules.CAME)], ""),
        (Text("Without a table"), [mine, ("state", "=", rules.COMING), ("table_no", "=", None)], "amber"),
    )  # fmt: skip
    out = [_counted(reader, label, filters, tone) for label, filters, tone in asked]
    out.append(Figure(Text("Spent"), show_money(actual), tone="red" if actual > planned else "", share=(actual, planned)))
    missing = [line["id"] for line in helpers(reader, row_id) if line["owner_id"] and absent(reader, line["owner_id"], event)]
    if missing and state in (rules.DRAFT, rules.APPROVAL, rules.INVITING):
        out.append(Figure(Text("Helpers who are not there"), f"{len(missing):,}", tone="red", opens=[("id", "in", tuple(missing))], record="event_line"))
    if state in (rules.HELD, rules.SUMMED):
        words = {-BEFORE: Text("90 days before"), 30: Text("30 days after"), 90: Text("90 days after")}
        out += [Figure(words[days], show_money(amount)) for days, amount in business(reader, row_id, on, day) if amount is not None]
    return out


def _counted(reader: Any, label: Text, filters: list[Filter], tone: str) -> Figure:
    number = count(reader, ListQuery(EVENT_GUEST, filters))
    return Figure(label, f"{number:,}", tone=tone if number else "", opens=filters, record=EVENT_GUEST.key)


def today(reader: Any, day: str, _hotel: int | None) -> list[TodayLine]:
    """Invitations to send, events to sum up."""
    soon: list[Filter] = [("state", "=", rules.INVITING), ("day", "<=", add_days(day, 30))]
    return [
        *waiting(reader, Text("Guest events within 30 days"), BIG_EVENT, soon, group=GROUP, late=[("day", "<", day)]),
        *waiting(reader, Text("Guest events to sum up"), BIG_EVENT, [("state", "=", rules.HELD)], group=GROUP),
    ]
