"""Rules of rectification orders: two things must happen within four hours of receipt, each step needs its words.

The clock runs day and night. Minutes."""

from __future__ import annotations

from crm_desktop.record.clock import Clock, after, moment, stamp
from crm_desktop.record.record import Problems, Row
from crm_desktop.record.text import Text

DRAFT, ISSUED, RECEIVED, REFUSED, ON_SCENE, PLANNED, IN_WORK, CHECKED, PASSED, REPLIED, CLOSED, TAKEN_OVER = (
    "draft", "issued", "received", "refused", "on-scene", "planned", "in-work", "checked", "passed", "replied", "closed", "taken-over",
)  # fmt: skip
OVER = (PASSED, REPLIED, CLOSED)
RUNNING = (ISSUED, RECEIVED, ON_SCENE, PLANNED, IN_WORK, CHECKED, REFUSED, TAKEN_OVER)
RECEIPT, FOUR_HOURS, ALARM = 30, 240, 180
TO_RECEIVE, TO_COME, TO_PLAN, TO_FINISH = "receive", "scene", "plan", "finish"
WORDS = {TO_RECEIVE: Text("Receipt signed"), TO_COME: Text("On the scene"), TO_PLAN: Text("Plan handed in"), TO_FINISH: Text("Put right")}
END_OF_DAY = "23:59"


def _at(row: Row, name: str) -> str:
    return moment(str(row.get(f"{name}_on") or ""), str(row.get(f"{name}_at") or ""))


def clocks(row: Row) -> list[Clock]:
    """Both halves of the four hours from receipt; before it the clock of the receipt itself. An excuse that was allowed, a
    refusal and what was inspected stop them all."""
    if row.get("state") in (DRAFT, REFUSED, TAKEN_OVER, *OVER) or row.get("excused_by_id"):
        return []
    received, issued = _at(row, "received"), _at(row, "issued")
    if not received:
        return [Clock(WORDS[TO_RECEIVE], issued, RECEIPT)] if issued else []
    return [Clock(WORDS[step], received, FOUR_HOURS, stopped=_at(row, name)) for step, name in ((TO_COME, "scene"), (TO_PLAN, "plan"))]


def settle(row: Row) -> Row:
    """What an order waits for, until when, and when somebody is warned: an hour before the four are over."""
    waits, due, alarm = _waits(row)
    return {"waits_for": waits, "due": due, "due_on": alarm[:10], "due_at": alarm[11:]}


def _waits(row: Row) -> tuple[str, str, str]:
    found = clocks(row)
    if len(found) == 1:
        return TO_RECEIVE, found[0].due, found[0].due
    missing = [step for step, one in zip((TO_COME, TO_PLAN), found, strict=True) if not one.stopped] if found else []
    if missing:
        return missing[0], found[0].due, after(found[0].since, ALARM)
    if row.get("state") in RUNNING and row.get("limit_on"):
        due = moment(row["limit_on"], row.get("limit_at") or END_OF_DAY)
        return TO_FINISH, due, due
    return "", "", ""


SETTLE_ON = (
    "state", "excused_by_id", "issued_on", "issued_at", "received_on", "received_at", "scene_on", "scene_at", "plan_on", "plan_at", "limit_on", "limit_at",
)  # fmt: skip


def breach(row: Row) -> Text | None:
    """Which of the five breaches an order is, as far as its times tell: refused, late for the four hours, not passed."""
    if row.get("state") == REFUSED:
        return Text("Breach 1: receipt refused")
    late = [one for one in clocks(row) if one.left() < 0 and one.minutes == FOUR_HOURS]
    if late:
        return Text("Breach 2: not on the scene with a plan within four hours")
    if row.get("state") == IN_WORK and row.get("failed"):
        return Text("Breach 3: not put right in time or not well")
    return None


# steps


def issued(_row: Row, _day: str) -> Row:
    """Handed over or told, now."""
    return stamp("issued_on", "issued_at")


def received(row: Row, _day: str) -> Row:
    """Received at the time given, else now: a notice by telephone starts the clock, too."""
    return {} if _at(row, "received") else stamp("received_on", "received_at")


def on_scene(row: Row, _day: str) -> Row:
    """On the scene at the time given, else now."""
    return {} if _at(row, "scene") else stamp("scene_on", "scene_at")


def planned(row: Row, _day: str) -> Row:
    """The plan is there since the time given, else now."""
    return {} if _at(row, "plan") else stamp("plan_on", "plan_at")


def finished(_row: Row, day: str) -> Row:
    """The unit says that it is done."""
    return {"finished_on": day}


def failed(row: Row, _day: str) -> Row:
    """Not good enough: it is done again."""
    return {"failed": int(row.get("failed") or 0) + 1, "finished_on": ""}


def nobody_received(row: Row) -> Text | None:
    """A receipt has a name."""
    return None if (row.get("received_by") or "").strip() else Text("Write under 'Received by' who took it, also when it was told by phone.")


def no_unit(row: Row) -> Text | None:
    """An order goes to somebody."""
    if row.get("department_id") or (row.get("contractor") or "").strip():
        return None
    return Text("Say to whom it goes: choose 'Department' or write 'Contractor'.")


def no_plan(row: Row) -> Text | None:
    """A plan is words."""
    return None if (row.get("plan") or "").strip() else Text("Write the plan under 'Plan of the work' first: what, by whom, until when.")


def one_half(row: Row) -> Text | None:
    """Both halves of the four hours before the work."""
    if not _at(row, "scene"):
        return Text("Nobody was on the scene yet: take that step first, both are needed.")
    return None if _at(row, "plan") else Text("There is no plan yet: take that step first, both are needed.")


def not_inspected(row: Row) -> Text | None:
    """An inspection has a name."""
    return None if (row.get("inspected_by") or "").strip() else Text("Write under 'Inspected by' who looked at it.")


def no_reply(row: Row) -> Text | None:
    """The form comes back with an opinion."""
    return None if (row.get("reply") or "").strip() else Text("Write under 'Reply' with what opinion the form came back.")


def check(row: Row) -> Problems:
    """Times in their order."""
    order = [("issued", "received"), ("received", "scene"), ("received", "plan")]
    for first, then in order:
        a, b = _at(row, first), _at(row, then)
        if a and b and b < a:
            return {f"{then}_on": Text("This is before {when}", when=a)}
    return {}


CHECK_ON = ("issued_on", "issued_at", "received_on", "received_at", "scene_on", "scene_at", "plan_on", "plan_at")
