"""What the people tell *Today*: whose birthday it is."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.clients import queries_standing as standing
from crm_desktop.duties.clients import rules
from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.duties.clients.records_roles import ROLE
from crm_desktop.duties.clients.rules_standing import completeness
from crm_desktop.record.dates import add_days, days_before, days_between
from crm_desktop.record.duty import Filter, NowPoint, TodayLine
from crm_desktop.record.record import Figure
from crm_desktop.record.text import Text
from crm_desktop.store.rows import get

NEXT_DAYS = (
    (Text("Birthdays"), None), (Text("Birthdays tomorrow"), Text("Tomorrow's")), (Text("Birthdays in two days"), Text("In two days")),
)  # fmt: skip
LEFT_DAYS = 120  # how long a sheet tells that a contact has left
QUIET = 2.0  # own gaps without an arrival
SOON = 7  # days: how long before it a sheet tells of a birthday


def birthday_filter(day: str) -> Filter:
    """What the people who have a birthday on a day, by either calendar, have in common."""
    return ("birth_day", "in", rules.keys_on(day))


def today(reader: Any, day: str, _hotel: int | None) -> list[TodayLine]:
    """Whose birthday it is on a day and on the two after it; people belong to all hotels of the group."""
    out = []
    for number, (label, short) in enumerate(NEXT_DAYS):
        wanted = birthday_filter(add_days(day, number))
        marks = ", ".join("?" * len(wanted[2]))
        found = reader.execute(f"select count(*) from person where gone is null and birth_day in ({marks})", wanted[2]).fetchone()
        out.append(TodayLine(label, int(found[0]), None, "person", [wanted], group="birthdays", short=short))
        if number == 0 and found[0] and (here := _in_house(reader, wanted[2], day)):
            out.append(TodayLine(Text("Birthday in house"), len(here), None, "person", [("id", "in", here)], group="birthdays"))
    return out


def _in_house(reader: Any, keys: Any, day: str) -> tuple[int, ...]:
    """Of those with a birthday of these keys the ones who stay here on the day."""
    sql = (
        f"select distinct p.id from person as p join stay as s on s.guest_id = p.id where p.gone is null and p.birth_day in ({', '.join('?' * len(keys))})"
        " and s.gone is null and s.status not in ('Canceled', 'No-Show') and s.arrival <= ? and s.departure >= ? order by p.id"
    )
    return tuple(int(row[0]) for row in reader.execute(sql, (*keys, day, day)).fetchall())


def now(reader: Any, record: str, row_id: int, day: str) -> list[NowPoint]:
    """A person's birthday within a week; of a client, a silence beyond its own rhythm."""
    if record == "account":
        return _of_account(reader, row_id, day)
    found = reader.execute("select birth_day from person where id = ?", (row_id,)).fetchone() if record == "person" else None
    key = str(found[0]) if found else ""
    coming = rules.next_birthday(key, day)
    away = days_between(day, coming) if coming else SOON + 1
    return [NowPoint(rules.birthday_words(key, coming, day), "amber" if away < len(NEXT_DAYS) else "blue")] if away <= SOON else []


def _of_account(reader: Any, row_id: int, day: str) -> list[NowPoint]:
    row = get(reader, ACCOUNT, row_id)
    if row is None:
        return []
    points = list[NowPoint]()
    quiet = standing.silence(reader, row, day)
    if row["state"] == "active" and quiet.gap and quiet.gaps >= QUIET:
        words = Text("Silent for {days} days, their own gap is {gap}", days=quiet.days, gap=f"{quiet.gap:.0f}")
        points.append(NowPoint(words, "red" if row["level"] in ("A", "B") else "amber"))
    return [*points, *_left(reader, row_id, day)]


def _left(reader: Any, account_id: int, day: str) -> list[NowPoint]:
    """Who of those that matter has left lately, while nobody has come into that role."""
    sql = (
        "select r.id, p.name, r.role, r.until from role as r join person as p on p.id = r.person_id where r.account_id = ? and r.gone is null and r.kept = 1"
        " and r.until >= ? and r.until < ? and r.role in ('booker', 'decision-maker', 'finance') and not exists (select 1 from role as n where n.gone is null"
        " and n.account_id = r.account_id and n.role = r.role and n.until = '' and n.since > r.until) order by r.until desc, r.id"
    )
    field = ROLE.by_name["role"]
    return [
        NowPoint(Text("{role} {person} left on {day}, nobody follows yet", role=field.choice_text(role), person=name, day=until), "amber", ("role", int(row_id)))
        for row_id, name, role, until in reader.execute(sql, (account_id, days_before(day, LEFT_DAYS), day)).fetchall()
    ]  # fmt: skip


def figures(reader: Any, record: str, row_id: int, day: str) -> list[Figure]:
    """How a client stands, in two figures; both open how they come about."""
    found = standing.standing(reader, row_id, day) if record == "account" else None
    if found is None:
        return []
    full = completeness(found.items)
    health = "–" if found.health is None else str(found.health)
    return [
        Figure(Text("Client health"), health, tone="" if found.health is None or found.health >= 50 else "red", record="standing", opens=[], note=Text("of 100")),
        Figure(Text("Client file"), f"{full} %", tone="amber" if full < 50 else "", record="standing", opens=[], note=Text("complete")),
    ]


def sentence(reader: Any, record: str, row_id: int, day: str) -> Text | None:
    """A birthday greeting to send, within a week of a person's birthday; nothing otherwise."""
    row = get(reader, PERSON, row_id) if record == "person" else None
    coming = rules.next_birthday(str(row["birth_day"]), day) if row else ""
    if row is None or not coming or days_between(day, coming) > SOON:
        return None
    return Text("Happy birthday, {name}! All of us wish you health and joy, and look forward to your next stay.", name=rules.address(row) or row["name"])
