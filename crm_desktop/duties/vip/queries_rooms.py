"""What a reception's room is chosen from: the rooms of the house, who has them then, where the guest slept before."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.vip import queries, queries_plan, queries_reception, rules_levels, rules_rooms
from crm_desktop.record.dates import days_before
from crm_desktop.record.record import Row

LOOK_BACK = 400  # days: longer than anybody stays
ROOMS = (
    "select r.name, r.floor, coalesce(t.code, ''), coalesce(t.rate, 0), r.remark, coalesce(t.name, '') from room as r left join room_type as t on t.id = r.type_id"
    " where r.gone is null and (r.hotel_id is null or r.hotel_id = ?) order by r.name"
)
TAKEN = (
    "select room_no from stay where gone is null and arrival > ? and arrival < ? and departure > ? and status in ('Booked', 'In-House') and room_no <> ''"
    " union select room_no from vip_stay where gone is null and id <> ? and arrival < ? and departure > ? and stage not in ('refused', 'departed', 'reviewed') and room_no <> ''"
)
SLEPT = "select room_no, count(*) from stay where guest_id = ? and gone is null and status in ('In-House', 'Check-Out') and room_no <> '' and arrival < ? group by room_no"
BROKEN = "select room_no from rectification where gone is null and room_no <> '' and state not in ('draft', 'passed', 'replied', 'closed')"
ENGINEERING = ("EN", "ENG", "GC")  # codes a house may have for it


def candidates(reader: Any, stay: Row) -> list[rules_rooms.Candidate]:
    """The rooms that could be given to a reception, best first; none where the house has not entered its rooms."""
    found = reader.execute(ROOMS, (stay["hotel_id"],)).fetchall()
    if not found:
        return []
    rooms = [rules_rooms.Room(str(name), int(floor) if str(floor).isdecimal() else 0, str(code or kind), int(rate or 0), str(note or "")) for name, floor, code, rate, note, kind in found]
    arrival, departure = stay["arrival"], max(stay["departure"], stay["arrival"])
    until = departure if departure > arrival else arrival + "~"  # day use takes its room for the day
    taken = {str(row[0]) for row in reader.execute(TAKEN, (days_before(arrival, LOOK_BACK), until, arrival, stay["id"], until, arrival)).fetchall()}
    before = {str(room): int(times) for room, times in reader.execute(SLEPT, (stay["guest_id"], arrival)).fetchall()}
    broken = {str(row[0]) for row in reader.execute(BROKEN).fetchall()}
    facts = queries.facts_of(reader, [stay["guest_id"]])[stay["guest_id"]]
    wanted = rules_rooms.wishes(facts, str(stay["must"] or ""), str(stay["never"] or ""), arrival)
    booked = queries.room_booked(reader, stay["guest_id"], arrival)
    level = rules_levels.mapped(queries_reception.levels(reader), stay["level"])
    return rules_rooms.candidates(rooms, taken, wanted, before, str(booked[1]) if booked else "", level, broken)


def engineering(reader: Any, hotel_id: int | None) -> int | None:
    """The department that mends things; None in a house without one."""
    places = queries_plan.departments(reader, hotel_id)
    found = next((places[code][0] for code in ENGINEERING if code in places), None)
    if found is not None:
        return found
    rows = reader.execute("select id, name, name_en from department where gone is null order by id").fetchall()
    return next((int(row_id) for row_id, name, english in rows if str(name).startswith("工程") or str(english).startswith("Engineering")), None)
