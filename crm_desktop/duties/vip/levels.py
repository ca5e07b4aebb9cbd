"""What is done with levels: an earned one given, the program's standards put into the hotel's own lists."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.clients.records import PERSON
from crm_desktop.duties.vip import queries_plan, queries_reception, rules_levels, rules_plan
from crm_desktop.duties.vip.records_levels import VIP_AMENITY, VIP_LEVEL
from crm_desktop.duties.vip.records_standard import RECEPTION_STANDARD
from crm_desktop.record.ids import new_id
from crm_desktop.record.money import show_money
from crm_desktop.record.record import Row
from crm_desktop.record.text import Refused, Text

GIVEN, STANDARDS = Text("VIP level given"), Text("Standard levels, amenities and tasks put in")


def evidence(history: rules_levels.History, level: Row) -> Text:
    """What a guest did and what the level asks for."""
    asked = rules_levels.asks(level)
    done = Text("{stays} stays, {nights} nights, {spent} in 12 months", stays=f"{history.stays:,}", nights=f"{history.nights:,}", spent=show_money(history.spent))
    parts: dict[str, Text | str] = {
        "stays": Text("{n} stays", n=f"{asked.get('stays', 0):,}"), "nights": Text("{n} nights", n=f"{asked.get('nights', 0):,}"), "spent": show_money(asked.get("spent", 0)),
    }  # fmt: skip
    wanted: Text | str = ""
    for name in asked:
        wanted = Text("{one} and {other}", one=wanted, other=parts[name]) if wanted else parts[name]
    return Text("{done}; {level} asks for {wanted}", done=done, level=level["code"], wanted=wanted)


def give(desk: Any, person_id: int, version: int, code: str, why: str) -> Any:
    """Give a guest a level for a reason. Raises Conflict, Invalid."""
    with desk.writing(GIVEN, reason=why) as writing:
        desk.save_in(writing, PERSON, person_id, version, {"vip": code})
    return writing.entry.change


def put_in(desk: Any) -> Any:
    """The levels, amenities and tasks the program begins with as rows of the hotel, where it has none of its own.
    Raises Refused when nothing is missing."""
    reader = desk.store.writer
    mine = [row for row in queries_reception.levels(reader) if "id" not in row]
    cells = [row for row in queries_reception.matrix(reader) if "id" not in row]
    tasks = missing_standards(reader)
    if not mine + cells + tasks:
        raise Refused(Text("Every level, its amenities and its tasks stand in the hotel's own lists already."))
    with desk.writing(STANDARDS) as writing:
        writing.add_several(VIP_LEVEL, {new_id(): VIP_LEVEL.blank() | row for row in mine})
        writing.add_several(RECEPTION_STANDARD, {new_id(): RECEPTION_STANDARD.blank() | row for row in tasks})
        writing.add_several(VIP_AMENITY, {new_id(): VIP_AMENITY.blank() | {name: value for name, value in row.items() if name != "scheme"} for row in cells})
    return writing.entry.change


def missing_standards(reader: Any) -> list[Row]:
    """The program's tasks of a reception that the hotel's own list has no row of."""
    mine = {row["task"] for row in queries_plan.standards(reader)}
    return [rules_plan.row_of(one) for one in rules_plan.STANDARDS if one.code not in mine]
