"""What a reception's service is read from: levels, the matrix, what was given before, checks, cards, the journal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm_desktop.duties.vip import rules_amenities, rules_levels, rules_summary
from crm_desktop.duties.vip.records_levels import VIP_AMENITY, VIP_LEVEL
from crm_desktop.duties.vip.records_service import AMENITY_ISSUE, GUEST_CARD, JOURNAL, ROOM_CHECK
from crm_desktop.duties.vip.rules_levels import History
from crm_desktop.record.dates import days_before
from crm_desktop.record.duty import Filter, TodayLine
from crm_desktop.record.record import Record, Row
from crm_desktop.record.text import Own, Text
from crm_desktop.store import pages

YEAR = 365
VISITS = 5  # earlier receptions that are looked back on
STAYED = ("In-House", "Check-Out")


def _rows(reader: Any, record: Record, where: str = "", args: Sequence[Any] = (), order: str = "id") -> list[Row]:
    """Living rows of a record with all that was declared of it."""
    names = ("id", "version", *(field.name for field in record.fields))
    sql = f"select {', '.join(names)} from {record.key} where gone is null {where} order by {order}"
    return [dict(zip(names, row, strict=True)) for row in reader.execute(sql, tuple(args)).fetchall()]


def levels(reader: Any) -> list[Row]:
    """The levels of all schemes that hold."""
    return rules_levels.levels_of(_rows(reader, VIP_LEVEL))


def matrix(reader: Any) -> list[Row]:
    """The amenity matrix that holds."""
    return rules_amenities.matrix_of(_rows(reader, VIP_AMENITY, order="level, kind, id"))


def issues(reader: Any, stay_id: int) -> list[Row]:
    """The amenities of a reception, by day."""
    return _rows(reader, AMENITY_ISSUE, "and vip_stay_id = ?", (stay_id,), "day, line, id")


def checks(reader: Any, stay_id: int) -> list[Row]:
    """The checks of a reception's room, as they are walked."""
    return _rows(reader, ROOM_CHECK, "and vip_stay_id = ?", (stay_id,))


def cards(reader: Any, stay_id: int) -> list[Row]:
    """The cards of a reception: the kitchen's first."""
    return _rows(reader, GUEST_CARD, "and vip_stay_id = ?", (stay_id,), "kind desc, id")


def basis(reader: Any, stay_id: int) -> str | None:
    """What the cards of a reception were made for; None where there are none."""
    found = reader.execute("select basis from guest_card where vip_stay_id = ? and gone is null limit 1", (stay_id,)).fetchone()
    return str(found[0]) if found else None


def notes(reader: Any, stay_id: int) -> list[Row]:
    """The journal of a reception, the oldest note first."""
    return _rows(reader, JOURNAL, "and vip_stay_id = ?", (stay_id,), "day, time, id")


def given_before(reader: Any, guest_id: int, stay_id: int, arrival: str) -> list[set[str]]:
    """The names of what a guest was given at earlier receptions, the last one first; receptions without any are left out."""
    sql = (
        "select i.vip_stay_id, i.name from amenity_issue as i join vip_stay as v on v.id = i.vip_stay_id"
        " where i.guest_id = ? and i.vip_stay_id <> ? and i.gone is null and v.gone is null and i.name <> '' and i.state <> ? and v.arrival <= ?"
        " order by v.arrival desc, v.id desc, i.id"
    )
    by_stay: dict[int, set[str]] = {}
    for stay, name in reader.execute(sql, (guest_id, stay_id, rules_amenities.STRUCK, arrival)).fetchall():
        by_stay.setdefault(int(stay), set()).add(str(name))
    return list(by_stay.values())[:VISITS]


WEEK = 7
WANTS = (rules_summary.REQUEST, rules_summary.CHANGE, rules_summary.FAULT)  # what somebody has to do something about


def left_open(reader: Any, day: str) -> list[TodayLine]:
    """What of the journals of a week nobody has answered yet, and what is marked for the next shift: both go into its hand-over."""
    since: list[Filter] = [("day", ">=", days_before(day, WEEK)), ("state", "=", rules_summary.NOTED)]
    wanted: list[Filter] = [*since, ("kind", "in", WANTS), ("done", "=", "")]
    handed: list[Filter] = [("day", ">=", days_before(day, 1)), ("hand_on", "=", 1), ("state", "=", rules_summary.NOTED)]
    lines = [(Text("Requests of VIPs open"), wanted), (Text("VIP notes for the next shift"), handed)]
    return [line for label, filters in lines for line in pages.waiting(reader, label, JOURNAL, filters, group="vip", tone="amber")]


# levels earned, and how many have them


def counts(reader: Any) -> dict[str, int]:
    """How many guests have each level."""
    return {str(code): int(n) for code, n in reader.execute("select vip, count(*) from person where gone is null and vip <> '' group by vip").fetchall()}


HISTORY = (
    "select s.guest_id, count(*), coalesce(sum(s.nights), 0), coalesce(sum(s.rate * s.nights), 0) from stay as s"
    " where s.gone is null and s.guest_id is not null and s.status in (?, ?) and s.arrival > ? and s.arrival <= ?"
)


def history(reader: Any, person_id: int, day: str) -> History:
    """What a guest did in the twelve months before a day."""
    found = reader.execute(f"{HISTORY} and s.guest_id = ? group by s.guest_id", (*STAYED, days_before(day, YEAR), day, person_id)).fetchone()
    return History(*(int(n) for n in found[1:])) if found else History()


class Earned:
    """A guest who has earned a higher level than the one there is."""

    __slots__ = ("history", "id", "level", "name", "now", "unit", "version")

    def __init__(self, row: Sequence[Any], done: History, level: Row) -> None:
        self.id, self.version, self.name, self.now, self.unit = int(row[0]), int(row[1]), str(row[2]), str(row[3]), str(row[4])
        self.history, self.level = done, level


def earned(reader: Any, day: str, most: int = 200) -> list[Earned]:
    """Everybody who has earned more than they have, the highest levels and the most stays first."""
    known = levels(reader)
    asked = [each for row in known if row["scheme"] == rules_levels.HOUSE and (each := rules_levels.asks(row))]
    if not asked:
        return []
    sql = f"{HISTORY} group by s.guest_id having count(*) >= ?"
    rows = reader.execute(sql, (*STAYED, days_before(day, YEAR), day, min(each.get("stays", 1) for each in asked))).fetchall()
    done = {int(guest): History(int(stays), int(nights), int(spent)) for guest, stays, nights, spent in rows}
    found = []
    for row in _people(reader, list(done)):
        level = rules_levels.earned(done[int(row[0])], known, str(row[3]))
        if level is not None:
            found.append(Earned(row, done[int(row[0])], level))
    return sorted(found, key=lambda one: (one.level["rank"], -one.history.stays, one.name))[:most]


def _people(reader: Any, ids: Sequence[int]) -> list[Sequence[Any]]:
    out: list[Sequence[Any]] = []
    for at in range(0, len(ids), 500):
        block = ids[at : at + 500]
        sql = (
            "select p.id, p.version, p.name, p.vip, coalesce(a.name, '') from person as p left join account as a on a.id = p.account_id"
            f" where p.gone is null and p.id in ({', '.join('?' * len(block))})"
        )
        out += reader.execute(sql, tuple(block)).fetchall()
    return out


def departments(reader: Any) -> dict[int, Text]:
    """The departments by id, each by its own words in both languages."""
    return {int(row_id): Own(str(english or name), str(name)) for row_id, name, english in reader.execute("select id, name, name_en from department").fetchall()}


def names(reader: Any, table: str) -> dict[int, str]:
    """The names of a house record's rows (departments, colleagues) by id."""
    return {int(row_id): str(name) for row_id, name in reader.execute(f"select id, name from {table}").fetchall()}
