"""What is done with VIPs and other guests in house."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.vip import queries, queries_greeting, queries_plan, rules_plan
from crm_desktop.duties.vip.records import VIP_STAY
from crm_desktop.duties.vip.records_greeting import GREETING, PLANNED
from crm_desktop.duties.vip.records_greeting import MET as DONE
from crm_desktop.duties.vip.records_plan import TASK
from crm_desktop.record.dates import local_time
from crm_desktop.record.record import Row
from crm_desktop.record.text import Refused, Text

MET, ASSIGNED = Text("Guest met"), Text("Somebody named to meet a guest")
GREETS = ("greeters", "greeters-sales", "greet")
KINDS = ("stay", "vip_stay")


def met(desk: Any, record: str, row_id: int, words: str = "") -> Any:
    """Mark the guest of a stay or a reception (`record`: "stay" or "vip_stay") as met in the house today: a contact that is
    done, with who, when, and what was said; returns the Change. Raises Refused when it is marked already."""
    if record not in KINDS:
        raise ValueError(record)
    row = desk.get(desk.store.by_key[record], row_id)
    if row is None:
        raise Refused(Text("This stay was removed meanwhile; nothing was noted."))
    if row["guest_id"] is None:
        raise Refused(Text("This stay names no guest; write the name first."))
    if queries.was_met(desk.store.writer, row["guest_id"], desk.today()):
        raise Refused(Text("{name} is marked as met today already.", name=row["guest_id.name"]))
    unit = row.get("account_id") or row.get("company_id") or row.get("agency_id")
    with desk.writing(MET) as writing:
        found = queries_greeting.of_guest(desk.store.writer, row["guest_id"], desk.today())
        _note(desk, writing, row["guest_id"], unit, words)
        if found is not None and found["state"] == PLANNED:
            writing.update(GREETING, found["id"], found["version"], {"state": DONE})
    return writing.entry.change


def _note(desk: Any, writing: Any, guest: int, unit: Any, words: str = "") -> None:
    """That a guest was met in the house, as a contact that is done."""
    person = desk.get(desk.store.by_key["person"], guest) or {}
    values = {"person_id": guest, "account_id": unit or person.get("account_id"), "kind": "in-house", "day": desk.today(), "words": words.strip()}
    desk.save_in(writing, desk.store.by_key["visit"], None, 0, values | {"time": f"{local_time():%H:%M}"})


def was_met(desk: Any, writing: Any, greeting: Row) -> None:
    """A greeting that was done is a contact of the day, unless the lobby wrote it down already."""
    if greeting["day"] == desk.today() and not queries.was_met(desk.store.writer, greeting["person_id"], desk.today()):
        _note(desk, writing, greeting["person_id"], None, str(greeting["name"]))


def assign(desk: Any, record: str, row_id: int, staff: int, words: str = "") -> Any:
    """Somebody is to meet the guest of a stay or a reception on the day of arrival, or today when the guest is here; of a reception
    also the open tasks of its greeting become theirs. Raises Refused."""
    row = desk.get(desk.store.by_key[record], row_id)
    if row is None or row["guest_id"] is None:
        raise Refused(Text("This stay names no guest; write the name first."))
    day = max(row["arrival"], min(desk.today(), row["departure"]))
    found = queries_greeting.of_guest(desk.store.writer, row["guest_id"], day)
    values = {"owner_id": staff} | ({"name": words.strip()} if words.strip() else {})
    with desk.writing(ASSIGNED) as writing:
        if found is not None:
            desk.save_in(writing, GREETING, found["id"], found["version"], values)
        else:
            desk.save_in(writing, GREETING, None, 0, values | {"person_id": row["guest_id"], "day": day, "time": row.get("arrival_time") or "", "room_no": row["room_no"]})
        if record == VIP_STAY.key:
            mine = [task for task in queries_plan.tasks(desk.store.writer, row_id) if task["task"] in GREETS and task["state"] == rules_plan.OPEN]
            writing.update_many(TASK, [(task["id"], task["version"], {"owner_id": staff}) for task in mine])
    return writing.entry.change
