"""A reception's plan as it is made and moved: with the step into preparation, and with every later change of the reception."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from weakref import WeakKeyDictionary

from crm_desktop.duties.vip import queries_plan, queries_reception, rules_levels, rules_plan, service
from crm_desktop.duties.vip.records_plan import TASK
from crm_desktop.record.record import Row
from crm_desktop.record.text import Refused, Text
from crm_desktop.store import attached

KEEPS = ("task", "phase", "anchor", "minutes", "days", "at", "lasts", "day", "time", "source", "state", "name", "standard", "evidence", "backup_id")


def begin(desk: Any, writing: Any, stay: Row) -> None:
    """The standard tasks of the reception's level, each with its department and whoever signs there; nothing is made twice."""
    _stand(desk, writing, stay, queries_plan.tasks(desk.store.writer, stay["id"]))
    service.begin(desk, writing, stay)


def follow(desk: Any, writing: Any, stay: Row) -> None:
    """Move the plan, where there is one, with the reception: open tasks to their new times, those of its level added, open
    ones of the standard that it no longer has taken out. What is done, skipped or written by hand stays."""
    there = queries_plan.tasks(desk.store.writer, stay["id"])
    if there:
        _stand(desk, writing, stay, there)
    service.follow(desk, writing, stay)


def _stand(desk: Any, writing: Any, stay: Row, there: list[Row]) -> None:
    levels, standards = _held(desk, writing)
    level = rules_levels.mapped(levels, stay["level"])
    wanted = {_key(row): row for row in rules_plan.wanted_tasks(stay | {"level": level}, standards)}
    have = {_key(task) for task in there if task["task"]}
    moved = [(task, due) for task, due in rules_plan.replanned(there, stay) if _key(task) in wanted or task["source"] != rules_plan.PLANNED]
    writing.update_many(TASK, [
        (task["id"], task["version"], {"day": day, "time": time, "was": f"{task['day'][5:]} {task['time']}".strip(), "guest_id": stay["guest_id"]}) for task, (day, time) in moved
    ])  # fmt: skip
    for task in there:
        if task["source"] == rules_plan.PLANNED and task["state"] == rules_plan.OPEN and _key(task) not in wanted:
            writing.remove(TASK, task["id"], task["version"])
    missing = [row for key, row in wanted.items() if key not in have]
    signs = queries_plan.departments(desk.store.writer, stay["hotel_id"]) if missing else {}
    for row in rules_plan.timed(missing, stay):
        department, person = signs.get(row["department"], (None, None))
        values = {name: row[name] for name in KEEPS}
        person = row["owner_id"] or (stay["owner_id"] if row["host"] and stay["owner_id"] else person)
        writing.add(TASK, TASK.blank() | values | {"vip_stay_id": stay["id"], "guest_id": stay["guest_id"], "department_id": department, "owner_id": person})


_held_by: WeakKeyDictionary[Any, tuple[list[Row], Sequence[rules_plan.Standard]]] = WeakKeyDictionary()


def _held(desk: Any, writing: Any) -> tuple[list[Row], Sequence[rules_plan.Standard]]:
    """The levels and standards that hold, read once for an action: a late train moves thirty receptions in one."""
    found = _held_by.get(writing)
    if found is None:
        reader = desk.store.writer
        found = _held_by[writing] = queries_reception.levels(reader), rules_plan.standards_of(queries_plan.standards(reader))
    return found


def _key(task: Row) -> tuple[str, int]:
    return task["task"], task["days"]


def signed(desk: Any, writing: Any, task: Row) -> None:
    """Whoever marks a task as done signs for it; one that is done with a photo has one among its files. Raises Refused."""
    if task["evidence"] == "photo" and not attached.of(desk.store.writer, TASK.key, task["id"]):
        raise Refused(Text("This task is done with a photo. Put the picture among its files first, then mark it as done."))
    if desk.person and task["signed_by"] != desk.person:
        writing.update(TASK, task["id"], task["version"], {"signed_by": desk.person})
