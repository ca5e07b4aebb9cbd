"""Rules of feedback: who may ask, what an answer needs, when three calls were enough."""

from __future__ import annotations

from crm_desktop.record.clock import gone, now, stamp
from crm_desktop.record.dates import add_days
from crm_desktop.record.record import Problems, Row
from crm_desktop.record.text import Text

PLANNED, TRIED, REACHED, DECLINED, UNREACHABLE = "planned", "tried", "reached", "declined", "unreachable"
WAITING = (PLANNED, TRIED)
UNHAPPY = "dissatisfied"
ENOUGH = 3  # calls nobody answered
WINDOWS = (("09:00", "12:00"), ("14:00", "18:00"), ("18:00", "20:30"))  # parts of the day in which people are called
PARTS, APART = 2, 120  # parts of the day that were tried, and minutes between two calls that count
SPLIT = "; "  # between the moments of calls in vain
WITHIN = {"S1": 1, "S2": 1, "S3": 3, "S4": 3}  # days after a complaint is settled: from 24 to 72 hours
WEIGHTS = {"very-satisfied": 100, "satisfied": 80, "fairly-satisfied": 60, UNHAPPY: 0}


def due_day(severity: str, day: str) -> str:
    """By when a complainant is called back."""
    return add_days(day, WITHIN.get(severity, 3))


def score(grades: dict[str, int]) -> int | None:
    """Weighted satisfaction (100/80/60/0) in whole points, half up; None without an answer. Who was not reached does not count."""
    total = sum(count for grade, count in grades.items() if grade in WEIGHTS)
    return (2 * sum(WEIGHTS.get(grade, 0) * count for grade, count in grades.items()) + total) // (2 * total) if total else None


def counted(grades: dict[str, int]) -> str:
    """How many said which of the four words, the best first: shown before any score is."""
    return " / ".join(f"{grades.get(grade, 0):,}" for grade in WEIGHTS)


def asked(row: Row, _day: str) -> Row:
    """Asked at the time given, else now."""
    return {} if row.get("asked_on") and row.get("asked_at") else stamp("asked_on", "asked_at")


def missed(row: Row, _day: str) -> Row:
    """One more call nobody answered, and when it was."""
    tried = SPLIT.join(filter(None, (str(row.get("tried") or ""), now())))
    return stamp("asked_on", "asked_at") | {"attempts": int(row.get("attempts") or 0) + 1, "tried": tried}


# calls in vain: three, in at least two parts of the day, not one after the other


def window(time: str) -> int | None:
    """Which part of the day a time is in; None outside of them."""
    return next((at for at, (first, last) in enumerate(WINDOWS) if first <= time < last), None)


def counting(tried: str) -> list[str]:
    """Of the calls in vain those that count: within a part of the day, two hours and more after the last that does."""
    found: list[str] = []
    for at in tried.split(SPLIT):
        if at and window(at[11:]) is not None and (not found or gone(found[-1], at) >= APART):
            found.append(at)
    return found


def missing_tries(tried: str) -> int:
    """How many calls are still to be made before somebody is not reachable."""
    found = counting(tried)
    parts = {window(at[11:]) for at in found}
    return max(ENOUGH - len(found), PARTS - len(parts) if found else ENOUGH, 0)


def next_try(state: str, tried: str) -> str | None:
    """Where somebody was not reached: the part of the day to call in next, one that was not tried yet; None else."""
    if state != TRIED or not tried:
        return None
    used = {window(at[11:]) for at in tried.split(SPLIT) if at}
    first, last = next((WINDOWS[at] for at in range(len(WINDOWS)) if at not in used), WINDOWS[0])
    return f"{first}\u2013{last}"


def answer_missing(row: Row) -> Text | None:
    """An answer is one of the four words, asked by somebody."""
    if not row.get("grade"):
        return Text("Choose under 'Answer' how satisfied the guest is.")
    if not row.get("owner_id"):
        return Text("Say under 'Called by' who asked.")
    if row["grade"] == UNHAPPY and not (row.get("words") or "").strip():
        return Text("Write under 'In their words' what the guest is dissatisfied with: it is what the complaint goes on with.")
    return None


def nobody_asked(row: Row) -> Text | None:
    """Also a call in vain was made by somebody."""
    return None if row.get("owner_id") else Text("Say under 'Called by' who asked.")


def once_more(row: Row) -> Text | None:
    """The last call in vain is the one after which nobody can say that too little was tried."""
    return None if _left(row) else Text("This is the third call in vain: choose 'Not reachable'.")


def _left(row: Row) -> int:
    """How many calls would still be missing after one that is made now."""
    return missing_tries(SPLIT.join(filter(None, (str(row.get("tried") or ""), now()))))


def tried_enough(row: Row) -> Text | None:
    """Nobody is given up before the third call, in at least two parts of the day."""
    if missing := nobody_asked(row):
        return missing
    more = _left(row)
    return Text("Try three times, at other hours: {n} more first. Calls from 9 to 12, 14 to 18 and 18 to 20:30 count, two hours apart.", n=more) if more else None


def check(row: Row) -> Problems:
    """Who handled a complaint does not ask whether it was handled well."""
    if row.get("owner_id") and row.get("complaint_id") and row["owner_id"] == row.get("complaint_id.owner_id"):
        return {"owner_id": Text("Who handled the complaint does not ask whether it was handled well; another person calls")}
    return {}


CHECK_ON = ("owner_id", "complaint_id", "complaint_id.owner_id")
