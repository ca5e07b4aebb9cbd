"""Rules of a reception's journal and summary: what was planned against what was done, on time or not, cost against cap."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from crm_desktop.duties.vip.rules_plan import DONE, OPEN, SKIPPED
from crm_desktop.record.record import Problems, Row
from crm_desktop.record.text import Text

REQUEST, REACTION, CHANGE, FAULT, PRAISE, SUGGESTION = "request", "reaction", "change", "fault", "praise", "suggestion"
LIKE, DISLIKE, NEVER = "like", "dislike", "never"
KINDS = (
    (REQUEST, Text("Request"), "blue"), (REACTION, Text("Reaction"), ""), (CHANGE, Text("Change"), "amber"), (LIKE, Text("Liked"), "green"), (DISLIKE, Text("Disliked"), "amber"),
    (NEVER, Text("Must never be"), "red"), (FAULT, Text("Fault of ours"), "red"), (PRAISE, Text("Praise"), "green"), (SUGGESTION, Text("Suggestion"), ""),
)  # fmt: skip
FACTS = frozenset((LIKE, DISLIKE, NEVER))  # what becomes part of the guest's file
NOTED, FILED, DROPPED = "noted", "filed", "dropped"


class Balance:
    """A reception's tasks at its end: planned, done, of these late, left out with a reason, never done; `coming` are due after the
    moment it is looked at."""

    __slots__ = ("coming", "done", "late", "left", "open", "planned")

    def __init__(self, tasks: Sequence[Row], moment: str = "") -> None:
        self.coming = sum(is_coming(task, moment) for task in tasks)
        tasks = [task for task in tasks if not is_coming(task, moment)]
        self.planned = len(tasks)
        done = [task for task in tasks if task["state"] == DONE]
        self.done, self.left = len(done), sum(task["state"] == SKIPPED for task in tasks)
        self.open = sum(task["state"] == OPEN for task in tasks)
        self.late = sum(is_late(task) for task in done)

    @property
    def share(self) -> int:
        """What was done of what had to be, in per cent."""
        wanted = self.planned - self.left
        return 100 * self.done // wanted if wanted else 100


def is_late(task: Row) -> bool:
    """True for a task done after it was due; on its day without a time it is not late."""
    if task["done_on"] != task["day"]:
        return bool(task["done_on"] > task["day"])
    return bool(task["time"] and task["done_at"] and task["done_at"] > task["time"])


def is_coming(task: Row, moment: str) -> bool:
    """True for a task nobody need have done yet at a moment (a day, or day and time as 2026-11-18T13:20): the invitation of next month,
    on the day the summary is filed."""
    now = moment if "T" in moment else f"{moment}T24:00"
    return bool(moment and task["state"] == OPEN and f"{task['day']}T{task.get('time') or '24:00'}" > now)


def check_note(row: Row) -> Problems:
    """A fault has a department."""
    return {"department_id": Text("Say whose fault it was, so that they learn of it")} if row.get("kind") == FAULT and not row.get("department_id") else {}


def to_file(notes: Sequence[Row]) -> list[Row]:
    """The notes that become facts of the guest and are not there yet."""
    return [note for note in notes if note["kind"] in FACTS and note["state"] == NOTED]


def cost_of(row: Row, _day: str) -> Row:
    """What a departure fills in: the cost of what was issued, where nobody wrote one."""
    return {"actual_cost": row["amenity_cost"]} if row.get("amenity_cost") and not row.get("actual_cost") and not row.get("no_cost") else {}


# what is not known yet

WANTED = (  # department -> the kinds of facts it works with
    ("KT", Text("Kitchen"), ("food", "drink", "cooking")), ("HK", Text("Housekeeping"), ("room", "bed", "climate", "fruit")),
    ("FO", Text("Front office"), ("salutation", "habit", "route")), ("FB", Text("Food and beverage"), ("seat", "service")), ("SM", Text("Sales and marketing"), ("interest", "gift")),
)  # fmt: skip


def missing(known: Collection[str]) -> list[tuple[str, Text, list[str]]]:
    """What each department still does not know of a guest, by the kinds of facts that are there: (code, department, kinds); those
    who know all are left out."""
    found = [(code, words, [kind for kind in kinds if kind not in known]) for code, words, kinds in WANTED]
    return [each for each in found if each[2]]
