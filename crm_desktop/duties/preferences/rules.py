"""Rules of preferences: what may be saved, and how far a fact still holds today."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from crm_desktop.record import workdays
from crm_desktop.record.dates import business_date
from crm_desktop.record.facts import WANTED, confidence, standing
from crm_desktop.record.record import Problems, Row
from crm_desktop.record.text import Text

REPORTED, VERIFIED, FILED, DROPPED = "reported", "verified", "filed", "dropped"
RUNNING, IN_TIME, LATE = "running", "in-time", "late"


def standing_now(told_on: str, expires: str) -> str:
    """How far a fact still holds today, for lists."""
    return standing(told_on, expires, business_date())


def sure_now(told_on: str, times: int, evidence: str) -> int | None:
    """How sure a fact is today, in percent, for lists."""
    return confidence(told_on, times, evidence, business_date())


def sure_tone(sure: int | None) -> str:
    """Grey once it is half forgotten."""
    return "" if sure is None or sure >= 50 else "soft"


def settle(row: Row) -> Row:
    """A fact was first heard on the day it was told, unless it is known from before."""
    return {"first_on": row.get("first_on") or row.get("told_on") or ""}


def check(row: Row) -> Problems:
    """Dates in order; an allergen is met never, not liked."""
    if row.get("told_on") and row["told_on"] > business_date():
        return {"told_on": Text("Nobody can have said this after today")}
    if row.get("first_on") and row.get("told_on") and row["first_on"] > row["told_on"]:
        return {"first_on": Text("This must be on or before {last}", last=row["told_on"])}
    if row.get("expires") and row.get("told_on") and row["expires"] < row["told_on"]:
        return {"expires": Text("The last day must be on or after {first}", first=row["told_on"])}
    if row.get("allergen") and row.get("polarity") in WANTED:
        return {"allergen": Text("What a guest likes is no allergen; choose Never, or leave this empty")}
    return {}


# slips

FILING_DAYS = 2  # working days from the day something was seen to its place in the guest's file


def filing_day(seen_on: str) -> str:
    """The last day on which a slip is filed in time."""
    day = seen_on
    for _ in range(FILING_DAYS if seen_on else 0):
        day = workdays.next_working(day)
    return day


def settle_slip(row: Row) -> Row:
    """The day by which it has to be filed."""
    return {"due": filing_day(str(row.get("seen_on") or ""))}


def check_slip(row: Row) -> Problems:
    """Nothing is seen in the future."""
    if row.get("seen_on") and row["seen_on"] > business_date():
        return {"seen_on": Text("Nobody can have seen this after today")}
    return {}


def clock(state: str, due: str, filed_on: str) -> str:
    """How a slip stands against its clock today."""
    if state == DROPPED:
        return ""
    if state == FILED:
        return IN_TIME if filed_on <= due else LATE
    return LATE if due and due < business_date() else RUNNING


def may_file(row: Row) -> Text | None:
    """A slip is filed with somebody."""
    return None if row.get("person_id") else Text("Choose the guest whose file this belongs to")


def filed(_row: Row, day: str) -> Row:
    """What filing fills in."""
    return {"filed_on": day}


class Filing(NamedTuple):
    """How slips of one department, or of one who files, came into the files: id, name, how many in time, late, waiting
    within their days, and waiting beyond them; `rows` are the slips themselves."""

    id: int | None
    name: str
    rows: tuple[int, ...]
    in_time: int = 0
    late: int = 0
    waiting: int = 0
    over: int = 0

    @property
    def slips(self) -> int:
        """All of them."""
        return self.in_time + self.late + self.waiting + self.over

    @property
    def percent(self) -> int | None:
        """Of those whose clock has ended, the share that was filed in time; None where none has."""
        ended = self.in_time + self.late + self.over
        return round(100 * self.in_time / ended) if ended else None


def league(slips: Iterable[tuple[int, int | None, str, str, str, str]]) -> list[Filing]:
    """Slips as (id, whose, name, state, due, filed on), put together by whose they are: the best first, then who had more.
    What was not kept does not count."""
    counted: dict[int | None, dict[str, Any]] = {}
    for slip, key, name, state, due, filed_on in slips:
        where = {IN_TIME: "in_time", RUNNING: "waiting"}.get(found := clock(state, due, filed_on), "late" if state == FILED else "over")
        if found:
            one = counted.setdefault(key, {"name": name, "rows": ()})
            one["rows"] += (slip,)
            one[where] = one.get(where, 0) + 1
    rows = [Filing(key, **one) for key, one in counted.items()]
    return sorted(rows, key=lambda row: (-1 if row.percent is None else row.percent, row.slips, row.name), reverse=True)
