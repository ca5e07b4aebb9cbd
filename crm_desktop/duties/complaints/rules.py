"""Rules of complaints: how fast each severity wants an answer, what a step still needs, what nobody may promise alone.

Limits are minutes; amounts are in minor units. The two severest kinds run round the clock, the others in waking hours."""

from __future__ import annotations

from collections.abc import Sequence

from crm_desktop.record.clock import ALWAYS, DAY, WAKING, Clock, Hours, moment, stamp
from crm_desktop.record.record import Problems, Row
from crm_desktop.record.text import Text

NEW, ACCEPTED, ON_SCENE, PUTTING_RIGHT, ANSWERED, AGREED, CALLED, FILED = (
    "new", "accepted", "on-scene", "putting-right", "answered", "agreed", "called-back", "filed",
)  # fmt: skip
ESCALATED, CLAIM, WITHDRAWN = "escalated", "claim", "withdrawn"
UNANSWERED = (NEW, ACCEPTED, ON_SCENE, PUTTING_RIGHT, ESCALATED, CLAIM)
OPEN = (*UNANSWERED, ANSWERED)  # the guest still waits for us, or we for the word that it is right
SEVERE = ("S1", "S2")
ACCEPT, SCENE, PLAN, ANSWER, CALL_BACK = "accept", "scene", "plan", "answer", "call-back"
STEPS = (ACCEPT, SCENE, PLAN, ANSWER)
LIMITS = {  # severity -> minutes from receipt (the call-back: from the guest's agreement); 0 = none
    "S1": {ACCEPT: 5, SCENE: 10, PLAN: 60, ANSWER: 120, CALL_BACK: DAY}, "S2": {ACCEPT: 10, SCENE: 15, PLAN: 60, ANSWER: 120, CALL_BACK: DAY},
    "S3": {ACCEPT: 15, SCENE: 30, PLAN: 240, ANSWER: DAY, CALL_BACK: 3 * DAY}, "S4": {ACCEPT: 60, SCENE: 0, PLAN: DAY, ANSWER: 5 * DAY, CALL_BACK: 3 * DAY},
}  # fmt: skip
STOPPED_BY = {ACCEPT: "accepted", SCENE: "scene", PLAN: "planned", ANSWER: "answered", CALL_BACK: "called"}
WORDS = {
    ACCEPT: Text("Taken on"), SCENE: Text("On the scene"), PLAN: Text("Plan agreed"), ANSWER: Text("Answered the guest"), CALL_BACK: Text("Called back"),
}  # fmt: skip
UNHAPPY = "dissatisfied"
LONG = DAY  # limits of a day and more are calendar time


def hours(severity: str, minutes: int) -> Hours:
    """When a clock of a severity runs: the severe ones and long ones always, the others while people are awake."""
    return ALWAYS if severity in SEVERE or minutes >= LONG else WAKING


def clocks(row: Row) -> list[Clock]:
    """The clocks of a complaint that run or were stopped too late; praise and what is over have none."""
    return [one for one in _clocks(row).values() if not one.stopped or one.left() < 0]


def _clocks(row: Row) -> dict[str, Clock]:
    since, limits = moment(row.get("received_on") or "", row.get("received_at") or ""), LIMITS.get(str(row.get("severity")), {})
    if not since or row.get("kind") == "praise" or row.get("state") in (FILED, WITHDRAWN):
        return {}
    found = {
        step: Clock(WORDS[step], since, limits[step], hours=hours(str(row["severity"]), limits[step]), stopped=at(row, step)) for step in STEPS if limits.get(step)
    }  # fmt: skip
    agreed = moment(row.get("agreed_on") or "", row.get("agreed_at") or "")
    if agreed and row.get("state") in (AGREED, CALLED):
        found[CALL_BACK] = Clock(WORDS[CALL_BACK], agreed, limits[CALL_BACK], stopped=at(row, CALL_BACK))
    return found


def at(row: Row, step: str) -> str:
    """When a clock was stopped: by its own step, or by a later one."""
    if step == CALL_BACK:
        return moment(row.get("called_on") or "", row.get("called_at") or "")
    later = STEPS[STEPS.index(step) :]
    known = [found for name in later if (found := moment(row.get(f"{STOPPED_BY[name]}_on") or "", row.get(f"{STOPPED_BY[name]}_at") or ""))]
    return min(known, default="")


SETTLE_ON = (
    "state", "kind", "severity", "received_on", "received_at", *(f"{name}_{part}" for name in STOPPED_BY.values() for part in ("on", "at")), "agreed_on", "agreed_at",
)  # fmt: skip


def settle(row: Row) -> Row:
    """The clock that runs out first: what it waits for, and when."""
    due, step = min(((one.due, step) for step, one in _clocks(row).items() if not one.stopped), default=("", ""))
    return {"waits_for": step, "due": due, "due_on": due[:10], "due_at": due[11:]}


def fresh() -> Row:
    """A new complaint is received now."""
    return stamp("received_on", "received_at")


# what a step still needs


def accepted(_row: Row, _day: str) -> Row:
    """Taken on, now."""
    return stamp("accepted_on", "accepted_at")


def on_scene(row: Row, _day: str) -> Row:
    """Somebody is there, now; so it was accepted, too."""
    return stamp("scene_on", "scene_at") | ({} if row.get("accepted_on") else stamp("accepted_on", "accepted_at"))


def planned(_row: Row, _day: str) -> Row:
    """It is clear what will be done, now."""
    return stamp("planned_on", "planned_at")


def answered(_row: Row, _day: str) -> Row:
    """The guest has an answer, now."""
    return stamp("answered_on", "answered_at")


def agreed(_row: Row, _day: str) -> Row:
    """The guest is content with it, now: the clock of the call-back begins."""
    return stamp("agreed_on", "agreed_at")


def called(row: Row, _day: str) -> Row:
    """Called back, at the time given or now."""
    return {} if row.get("called_on") and row.get("called_at") else stamp("called_on", "called_at")


def opened_again(row: Row, _day: str) -> Row:
    """The later clocks begin anew; how often it was opened again is kept."""
    empty = {f"{name}_{part}": "" for name in ("answered", "agreed", "called") for part in ("on", "at")}
    return empty | {"reopened": int(row.get("reopened") or 0) + 1, "call_back": "", "caller_id": None, "closed_on": ""}


def closed(_row: Row, day: str) -> Row:
    """Into the archive, today."""
    return {"closed_on": day}


def plan_missing(row: Row) -> Text | None:
    """What keeps a plan from being one."""
    return None if (row.get("measures") or "").strip() else Text("Write under 'Measures' what will be done, by whom and until when.")


def answer_missing(row: Row) -> Text | None:
    """An answer says what came of it; money and gifts need the name of who allowed them."""
    if not (row.get("result") or "").strip():
        return Text("Write under 'Result' what the guest was told.")
    if (row.get("compensation") or 0) > 0 and not row.get("approver_id"):
        return Text("Name who allowed the compensation under 'Allowed by'.")
    return None


def call_back_missing(row: Row) -> Text | None:
    """A call-back says how content the guest is, by somebody who did not handle it."""
    if not row.get("call_back") or not row.get("caller_id"):
        return Text("Fill in 'Call-back' and 'Called back by' first.")
    if row["call_back"] == UNHAPPY:
        return Text("The guest is not satisfied: choose 'Open again', it is not over.")
    return None


def file_missing(row: Row) -> Text | None:
    """Nothing goes into the archive before its cause, its cost and its prevention are known."""
    missing = [
        label for label, there in (
            (Text("Root cause"), row.get("cause")), (Text("Cost"), (row.get("cost") or 0) > 0 or row.get("no_cost")), (Text("Prevention"), (row.get("prevention") or "").strip()),
        ) if not there
    ]  # fmt: skip
    if not missing:
        return None
    if len(missing) == 1:
        return Text("Not closed: '{what}' is still empty. Without cause, cost and prevention it would come again.", what=missing[0])
    return Text("Not closed: '{what}' and '{other}' are still empty. Without cause, cost and prevention it would come again.", what=missing[0], other=missing[-1])


def only_noted(row: Row) -> Text | None:
    """Praise and suggestions are noted and filed at once; whatever hurt somebody goes the whole way."""
    return None if row.get("kind") in ("praise", "suggestion") else Text("Only praise and suggestions are filed at once; a complaint goes its whole way.")


def check(row: Row) -> Problems:
    """Times in their order, and a call-back by another person than the handler."""
    if row.get("caller_id") and row["caller_id"] == row.get("owner_id"):
        return {"caller_id": Text("Who handled it does not ask whether it was handled well; another person calls")}
    received = moment(row.get("received_on") or "", row.get("received_at") or "")
    for name in STOPPED_BY.values():
        found = moment(row.get(f"{name}_on") or "", row.get(f"{name}_at") or "")
        if received and found and found < received:
            return {f"{name}_on": Text("This is before it was received ({when})", when=received)}
    return {}


CHECK_ON = ("caller_id", "owner_id", "received_on", "received_at", *(f"{name}_{part}" for name in STOPPED_BY.values() for part in ("on", "at")))


# what may be offered on the spot

AUTHORITY: Sequence[tuple[Text, int]] = (  # who, up to how much a case; above: the general manager
    (Text("Anybody on duty"), 100_00), (Text("Supervisor"), 300_00), (Text("Duty manager"), 1_000_00), (Text("Head of department"), 2_000_00), (Text("Director of sales"), 5_000_00),
)  # fmt: skip


def may_allow(amount: int) -> Text:
    """Who may allow a compensation of this size."""
    return next((who for who, most in AUTHORITY if amount <= most), Text("General manager"))
