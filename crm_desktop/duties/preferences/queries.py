"""What is known of guests: their facts, what they must never meet, who is meant by a room number."""

from __future__ import annotations

from typing import Any

from crm_desktop.record.duty import NowPoint
from crm_desktop.record.facts import COLUMNS, EXPIRED, NEVER, Fact, by_weight, contradictions, side_by_side
from crm_desktop.record.text import Text

PERSON = "person"


class Candidate:
    """A guest who may be meant: who, through which row (record key, id), and whether they are in house already."""

    def __init__(self, person_id: int, name: str, record: str, row_id: int, here: bool) -> None:
        self.person_id, self.name, self.record, self.row_id, self.here = person_id, name, record, row_id, here


def of_person(reader: Any, person_id: int) -> list[Fact]:
    """Everything noted of a guest: nevers first, then dislikes and likes, the newest of each first."""
    found = reader.execute(f"select {', '.join(COLUMNS)} from preference where person_id = ? and gone is null", (person_id,))
    return by_weight(Fact(*row) for row in found.fetchall())


def never(reader: Any, person_id: int, day: str = "") -> list[Fact]:
    """What a guest must never meet; on a day, without what has expired by then."""
    return [fact for fact in of_person(reader, person_id) if fact.polarity == NEVER and not (day and fact.standing(day) == EXPIRED)]


def now(reader: Any, record: str, row_id: int, day: str) -> list[NowPoint]:
    """On a guest's sheet: what they must never meet, and facts that contradict each other, side by side."""
    if record != PERSON:
        return []
    facts = of_person(reader, row_id)
    mine = ("person_id", "=", row_id)
    nevers = [fact.name for fact in facts if fact.polarity == NEVER and fact.standing(day) != EXPIRED]
    points = [NowPoint(Text("Never: {things}", things=" · ".join(nevers)), "red", ("preference", [mine, ("polarity", "=", NEVER)]))] if nevers else []
    for newer, older in contradictions(facts, day):
        points.append(NowPoint(side_by_side(newer, older), "amber", ("preference", [("id", "in", (newer.id, older.id))])))
    return points


_STAYING = (
    "select s.guest_id, p.name, 'stay', s.id, s.status = 'In-House' from stay as s join person as p on p.id = s.guest_id"
    " where s.gone is null and s.room_no = ? and s.room_no <> '' and s.arrival <= ? and s.departure >= ?"
    " and (s.status = 'In-House' or s.status = 'Booked' and s.arrival = ?)"
)
_RECEIVED = (
    "select v.guest_id, p.name, 'vip_stay', v.id, v.stage = 'in-house' from vip_stay as v join person as p on p.id = v.guest_id"
    " where v.gone is null and v.room_no = ? and v.room_no <> '' and v.arrival <= ? and v.departure >= ?"
    " and (v.stage = 'in-house' or v.stage in ('approved', 'preparing') and v.arrival = ?)"
)


def guest_in_room(reader: Any, room_no: str, day: str) -> list[Candidate]:
    """Who is meant by a room number on a day: those in house first, then those who arrive that day; each once.

    None when nobody known has the room; several when a room is shared, or one leaves and another comes."""
    room = room_no.strip()
    rows = [row for sql in (_RECEIVED, _STAYING) for row in reader.execute(sql, (room, day, day, day)).fetchall()]
    found: dict[int, Candidate] = {}
    for row in sorted(rows, key=lambda row: not row[4]):
        found.setdefault(row[0], Candidate(row[0], row[1], row[2], row[3], bool(row[4])))
    return list(found.values())
