"""The room of a reception: which could be given and why, and giving one; the work order for what is broken in it."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.rectifications.records import RECTIFICATION
from crm_desktop.duties.vip import queries_rooms, rules_inspection, rules_rooms
from crm_desktop.duties.vip.records import VIP_STAY
from crm_desktop.duties.vip.records_service import ROOM_CHECK
from crm_desktop.record.record import Row
from crm_desktop.record.text import Refused, Text, say
from crm_desktop.store.rows import get


def why(one: rules_rooms.Candidate) -> str:
    """The reasons for a room in one line."""
    return " · ".join(say(reason) if isinstance(reason, Text) else reason for reason in (one.room.type, *one.reasons) if reason)


def give(desk: Any, stay_id: int, number: str) -> Any:
    """Give a reception its room. Raises Refused when it has gone meanwhile, or the reception has."""
    stay = get(desk.store.writer, VIP_STAY, stay_id)
    if stay is None:
        raise Refused(Text("This reception was removed meanwhile; nothing was done."))
    if number not in {one.room.number for one in queries_rooms.candidates(desk.store.writer, stay)}:
        raise Refused(Text("Room {room} was taken meanwhile. Choose another one; nothing was changed.", room=number))
    return desk.save(VIP_STAY, stay_id, stay["version"], {"room_no": number})


def work_order(desk: Any, writing: Any, check: Row) -> None:
    """A defect goes to engineering as a rectification order that is sent out at once; it stands with the check. Raises Refused."""
    reader = desk.store.writer
    if check["order_id"] and get(reader, RECTIFICATION, check["order_id"]) is not None:
        raise Refused(Text("There is a work order for this defect already."))
    stay = get(reader, VIP_STAY, check["vip_stay_id"]) or {}
    item = rules_inspection.BY_CODE.get(str(check["item"]))
    values = {
        "name": f"{say(rules_inspection.words_of(check))}: {check['defect']}", "room_no": check["room_no"], "department_id": queries_rooms.engineering(reader, stay.get("hotel_id")),
        "standard": say(item.standard) if item else "", "hotel_id": stay.get("hotel_id"), "limit_on": stay.get("arrival", ""), "limit_at": stay.get("arrival_time", ""),
    }  # fmt: skip
    order = desk.save_in(writing, RECTIFICATION, None, 0, values)
    if values["department_id"]:
        desk.move_in(writing, RECTIFICATION, order, 1, "issue")
    writing.update(ROOM_CHECK, check["id"], check["version"], {"order_id": order})
