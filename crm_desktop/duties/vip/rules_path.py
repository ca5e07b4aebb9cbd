"""The critical path of a reception: which tasks before the greeting wait for which, how late each may begin, what has no room left."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from crm_desktop.duties.vip.rules_plan import ARRIVAL, LASTS, OPEN
from crm_desktop.record.record import Row

GREETED = "greet"
BEFORE = {  # task -> what must be over before it begins
    "facts": ("signed",), "amenities": ("facts",), "ready": ("blocked", "facts"), "inspect-am": ("ready",), "inspect-dos": ("inspect-am", "ready", "amenities"),
    "inspect-gm": ("inspect-dos",), "lift": ("inspect-gm", "inspect-dos", "inspect-am", "ready"),
    "greet": ("greeters", "greeters-sales", "driver", "lift", "ready"),
}  # fmt: skip
TIGHT, LATE, FREE = "tight", "late", "free"
CLOSE = 15  # minutes of room under which a task is tight


class Step:
    """A task on the way to the greeting: when it is due, how late it may begin, the minutes between; whether it lies on the
    longest way, and how it stands."""

    __slots__ = ("begins", "critical", "latest", "spare", "standing", "task")

    def __init__(self, task: Row, begins: dt.datetime, latest: dt.datetime, now: dt.datetime) -> None:
        self.task, self.begins, self.latest = task, begins, latest
        self.spare = int((latest - max(begins, now)).total_seconds()) // 60
        self.critical = False
        self.standing = LATE if self.spare < 0 else TIGHT if self.spare < CLOSE else FREE


def lasts(task: Row) -> int:
    """How many minutes of a task come before the greeting: whoever waits in the lobby greets as well."""
    minutes = int(task["lasts"] or LASTS)
    return min(minutes, -int(task["minutes"])) if task["anchor"] == ARRIVAL and task["minutes"] < 0 else minutes


def waits_for(tasks: Iterable[Row]) -> dict[str, list[str]]:
    """What of some tasks each waits for: a task that is not there hands on what it waited for itself."""
    here = {str(task["task"]) for task in tasks}

    def nearest(code: str) -> list[str]:
        return list(dict.fromkeys(each for before in BEFORE.get(code, ()) for each in ([before] if before in here else nearest(before))))

    return {code: nearest(code) for code in here}


def steps(tasks: Sequence[Row], now: dt.datetime) -> list[Step]:
    """The open tasks that the greeting waits for, by the time they are due; those on the critical path are marked.

    The path is the longest chain of work that ends with the greeting; a task may begin at the latest when everything after it
    still fits before the greeting's own time."""
    timed = {str(task["task"]): task for task in tasks if task["state"] == OPEN and task["task"] and task["time"]}
    if GREETED not in timed:
        return []
    waits = waits_for(timed.values())
    goal = _moment(timed[GREETED])
    latest: dict[str, dt.datetime] = {GREETED: goal}
    _backwards(GREETED, waits, timed, latest)
    found = {code: Step(timed[code], _moment(timed[code]), at, now) for code, at in latest.items()}
    for code in _longest(GREETED, waits, timed)[0]:
        found[code].critical = True
    return sorted(found.values(), key=lambda step: (step.begins, step.latest))


def _backwards(code: str, waits: dict[str, list[str]], timed: dict[str, Row], latest: dict[str, dt.datetime]) -> None:
    for before in waits[code]:
        at = latest[code] - dt.timedelta(minutes=lasts(timed[before]))
        if before not in latest or at < latest[before]:
            latest[before] = at
            _backwards(before, waits, timed, latest)


def _longest(code: str, waits: dict[str, list[str]], timed: dict[str, Row]) -> tuple[list[str], int]:
    """The chain of most minutes that ends with a task, and its minutes without the task itself."""
    best: tuple[list[str], int] = ([], 0)
    for before in waits[code]:
        chain, minutes = _longest(before, waits, timed)
        total = minutes + lasts(timed[before])
        if total > best[1]:
            best = (chain, total)
    return [*best[0], code], best[1]


def _moment(task: Row) -> dt.datetime:
    return dt.datetime.fromisoformat(f"{task['day']}T{task['time']}")


def work_left(found: Sequence[Step]) -> int:
    """The minutes of work on the critical path before the greeting."""
    return sum(lasts(step.task) for step in found if step.critical and step.task["task"] != GREETED)


def worst(found: Sequence[Step]) -> Step | None:
    """The task with the least room, among those that have the least."""
    return min(found, key=lambda step: (step.spare, step.begins)) if found else None
