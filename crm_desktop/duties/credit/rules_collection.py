"""Collecting what is owed: the ladder of each kind of client, counted from the due date, moved to working days, with a memory in which no
step is silently skipped; what pauses it; disputes, instalments, provisions. No store, no clock; amounts in minor units."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

from crm_desktop.duties.credit.rules_law import BODIES
from crm_desktop.record.dates import add_days, days_between
from crm_desktop.record.text import Text
from crm_desktop.record.workdays import next_working, working_from, working_until

COMPANY, BODY, AGENCY = "company", "body", "agency"
LADDERS = ((COMPANY, Text("Companies"), "blue"), (BODY, Text("State bodies and state-owned firms"), "purple"), (AGENCY, Text("Agencies"), "amber"))
CHECK, CALL, LETTER, VISIT, LEGAL, TALK = "check", "call", "letter", "visit", "legal", "talk"
CHANNELS = (
    (CHECK, Text("Papers checked"), ""), (CALL, Text("Call"), ""), (LETTER, Text("Letter"), ""), (VISIT, Text("Visit"), ""), (LEGAL, Text("Lawyer"), ""), (TALK, Text("Talk between managers"), ""),
)  # fmt: skip
STATE_OWNED, AGENCY_TYPES = "state-owned", ("travel-agency", "ota", "mice", "wedding")
PUSH = ((11, 1), (12, 20))  # the months in which state bodies spend what is left of their budget
SOON = 7  # days before a stop at which it presses
PROVISIONS = ((0, 0), (30, 1), (60, 5), (90, 10), (180, 20), (365, 50))  # up to so many days late, per cent; beyond: all of it


class Step(NamedTuple):
    """One rung: so many days from the due date, what is done, in which way, the letter it sends (0 = none), whether credit stops with it,
    and who does it."""

    key: str
    days: int
    what: Text | str
    channel: str
    letter: int = 0
    stops: bool = False
    who: Text | str = ""


SELLER, MANAGER, DIRECTOR, GM, FINANCE = Text("Seller"), Text("Sales manager"), Text("Director of sales"), Text("General manager"), Text("Finance department")
DEFAULTS: dict[str, tuple[Step, ...]] = {
    COMPANY: (
        Step("check", -5, Text("Check statement and invoice with the client"), CHECK, who=SELLER), Step("call", 3, Text("Call the accountant"), CALL, who=SELLER),
        Step("letter1", 10, Text("Letter 1 with a confirmation slip"), LETTER, 1, who=SELLER), Step("visit", 20, Text("Visit with the manager"), VISIT, who=MANAGER),
        Step("letter2", 30, Text("Letter 2; credit stops"), LETTER, 2, True, who=FINANCE), Step("letter3", 45, Text("Letter 3, or instalments"), LETTER, 3, who=GM),
        Step("lawyer", 60, Text("Lawyer's letter"), LEGAL, who=FINANCE), Step("suit", 90, Text("Decide on a suit or provision"), LEGAL, who=GM),
    ),
    BODY: (
        Step("check", -5, Text("Check that invoice, list and official letter are complete"), CHECK, who=SELLER), Step("call", 3, Text("Call the finance office"), CALL, who=SELLER),
        Step("visit", 10, Text("Visit with a confirmation slip"), VISIT, who=SELLER), Step("letter1", 30, Text("Letter 1, with the payment regulation"), LETTER, 1, who=SELLER),
        Step("director", 45, Text("The director of sales calls"), TALK, who=DIRECTOR), Step("letter2", 60, Text("Letter 2"), LETTER, 2, who=FINANCE),
        Step("gm", 90, Text("The general manager calls; pushed into this year's budget"), TALK, who=GM),
    ),
    AGENCY: (
        Step("hold", 3, Text("No new credit; call"), CALL, who=SELLER), Step("letter1", 10, Text("Letter 1; credit stops"), LETTER, 1, True, who=SELLER),
        Step("deposit", 20, Text("Take a deposit"), TALK, who=MANAGER), Step("letter2", 30, Text("Letter 2"), LETTER, 2, who=FINANCE),
        Step("lawyer", 45, Text("Lawyer's letter"), LEGAL, who=FINANCE),
    ),
}  # fmt: skip


def ladder_of(kind: str, type: str, ownership: str = "") -> str:
    """By which ladder a client is collected: state bodies and state-owned firms, agencies, everybody else."""
    if type in BODIES or type == STATE_OWNED or ownership in ("budget", "central"):
        return BODY
    return AGENCY if kind == "agency" or type in AGENCY_TYPES else COMPANY


def steps_of(ladder: str, own: Iterable[Step]) -> tuple[Step, ...]:
    """The steps of a ladder: the hotel's own where it wrote any, by their days."""
    mine = sorted(own, key=lambda step: (step.days, step.key))
    return tuple(mine) or DEFAULTS[ladder]


def day_of(step: Step, due: str) -> str:
    """The day of a step: counted from the due date, on the next working day where the office is closed."""
    return _turn(step.days, due)


@lru_cache(16_384)
def _turn(days: int, due: str) -> str:
    return working_from(add_days(due, days))


def reached(step: Step, day: str) -> str:
    """The latest due date whose turn has come by a day; '' for no day. Due dates are compared with it instead of each being counted from."""
    return _turned(step.days, day) if day else ""


@lru_cache(4096)
def _turned(days: int, day: str) -> str:
    return add_days(working_until(day), -days)


class Owed(NamedTuple):
    """An open bill as the ladder sees it."""

    id: int
    due: str
    balance: int
    disputed: int

    @property
    def collectable(self) -> int:
        """What of it nobody quarrels about."""
        return max(0, self.balance - self.disputed)


class Waiting(NamedTuple):
    """A step that is to be done: since when, and the bills it is about."""

    step: Step
    since: str
    bills: tuple[Owed, ...]

    @property
    def amount(self) -> int:
        """What is collected with it."""
        return sum(bill.collectable for bill in self.bills)


def live(bills: Iterable[Owed], promised: int | None = None) -> list[Owed]:
    """The bills of which something is to be collected now: a bill that is quarrelled about whole waits, and so does what an open promise
    covers, the earliest due first. A promise without an amount (0) covers all of it."""
    found = sorted([bill for bill in bills if bill.balance > bill.disputed and bill.due], key=_by_due)
    if promised is None:
        return found
    out, left = [], promised
    for bill in found if promised else ():
        if left < bill.collectable:
            out.append(bill)
        left = max(0, left - bill.collectable)
    return out


_by_due = attrgetter("due", "id")


def waiting(steps: Sequence[Step], bills: Iterable[Owed], done: dict[str, str], day: str, *, promised: int | None = None) -> list[Waiting]:
    """The steps to be done, the earliest rung first. `done` has the day each step was last done or skipped with a reason: it covers
    every bill whose turn had come by then. `promised`: what an open promise covers (see `live`)."""
    mine = live(bills, promised)
    return [Waiting(step, day_of(step, mine[at].due), tuple(mine[at:end])) for step, at, end in _turns(steps, mine, done, day)]


def waits(steps: Sequence[Step], bills: Iterable[Owed], done: dict[str, str], day: str, *, promised: int | None = None) -> bool:
    """Whether any step is to be done."""
    return next(_turns(steps, live(bills, promised), done, day), None) is not None


def _turns(steps: Sequence[Step], mine: Sequence[Owed], done: dict[str, str], day: str) -> Iterator[tuple[Step, int, int]]:
    """Each step whose turn has come, and the places of its bills among those in the order of their due dates."""
    dues = [bill.due for bill in mine]
    for step in steps:
        at, end = bisect_right(dues, reached(step, done.get(step.key, ""))), bisect_right(dues, reached(step, day))
        if at < end:
            yield step, at, end


def next_step(steps: Sequence[Step], due: str, done: dict[str, str], day: str) -> tuple[str, Step] | None:
    """The first rung of a bill that is still to come, with its day."""
    return next(((turn, step) for step in steps if (turn := day_of(step, due)) > day and done.get(step.key, "") < turn), None)


def skipped_before(steps: Sequence[Step], key: str, open_keys: Iterable[str]) -> list[Step]:
    """The rungs below one that were not done: each must be skipped with a reason before it."""
    known, at = set(open_keys), next(at for at, step in enumerate(steps) if step.key == key)
    return [step for step in steps[:at] if step.key in known]


def stop_presses(steps: Sequence[Step], bills: Iterable[Owed], day: str) -> bool:
    """True when credit would stop within a week."""
    spans = [(reached(step, day), reached(step, add_days(day, SOON))) for step in steps if step.stops]
    return any(first < bill.due <= last and bill.collectable > 0 for first, last in spans for bill in bills)


def stop_reached(steps: Sequence[Step], bills: Iterable[Owed], day: str) -> bool:
    """True when a rung that stops credit was reached; no ladder of state bodies has one."""
    return any(day_of(step, bill.due) <= day for step in steps if step.stops for bill in bills if bill.collectable > 0 and bill.due)


def budget_push(ladder: str, day: str) -> bool:
    """True in the weeks in which a state body's budget of the year is spent."""
    return ladder == BODY and PUSH[0] <= (int(day[5:7]), int(day[8:])) <= PUSH[1]


def working_days_between(first: str, last: str, most: int = 30) -> int:
    """Working days after one day and up to another; counted to `most`."""
    count, at = 0, first
    while at < last and count < most:
        at = next_working(at)
        count += at <= last
    return count


# disputes


def answer_due(opened: str, days: int = 3) -> str:
    """By when a dispute is answered: so many working days after it was opened."""
    for _ in range(days):
        opened = next_working(opened)
    return opened


# instalments (ARC-11)


def months_later(day: str, months: int) -> str:
    """The same day of a later month; its last day where it has none."""
    date = dt.date.fromisoformat(day)
    year, month = divmod(date.year * 12 + date.month - 1 + months, 12)
    last = (dt.date(year + month // 11, (month + 1) % 12 + 1, 1) - dt.timedelta(1)).day
    return dt.date(year, month + 1, min(date.day, last)).isoformat()


def schedule(total: int, count: int, first: str) -> list[tuple[str, int]]:
    """A sum in equal monthly parts, the last one with what is over."""
    part = total // count
    return [(months_later(first, at), part if at < count - 1 else total - part * (count - 1)) for at in range(count)]


def missed(parts: Sequence[tuple[str, int]], paid: int, day: str) -> tuple[str, int] | None:
    """The first instalment that should be here and is not, with what it lacks; money fills the earliest first."""
    for due, amount in parts:
        rest = amount - min(amount, paid)
        paid -= amount - rest
        if rest and working_from(due) < day:
            return due, rest
    return None


# provision and write-off (F-23)


def provisions(own: Iterable[tuple[str, int, str, int]]) -> tuple[tuple[int, int], ...]:
    """The table of provisions of a policy: its own where it wrote one down."""
    return tuple(sorted((days, percent) for factor, days, _, percent in own if factor == "provision")) or PROVISIONS


def provision(due: str, balance: int, day: str, table: Sequence[tuple[int, int]] = PROVISIONS) -> int:
    """What of a bill is to be provided for, by how late it is, rounded half up."""
    late = max(0, days_between(due, day)) if due else 0
    share = next((percent for most, percent in table if late <= most), 100)
    return (2 * max(0, balance) * share + 100) // 200


def check_step(row: dict[str, Any]) -> dict[str, Text]:
    """A skipped step has its reason; a delivery is not before the step."""
    found: dict[str, Text] = {}
    if row.get("outcome") == "skipped" and not row.get("reason"):
        found["reason"] = Text("Say why the step is skipped: none is left out silently")
    if row.get("delivered_on") and row.get("day") and row["delivered_on"] < row["day"]:
        found["delivered_on"] = Text("The delivery cannot be before {day}", day=row["day"])
    return found


def check_dispute(row: dict[str, Any]) -> dict[str, Text]:
    """A dispute is about an amount."""
    return {} if (row.get("amount") or 0) > 0 else {"amount": Text("Write how much is in dispute")}


def check_plan(row: dict[str, Any]) -> dict[str, Text]:
    """A plan has a sum and at least two parts."""
    found: dict[str, Text] = {}
    if (row.get("total") or 0) <= 0:
        found["total"] = Text("Write the sum that is paid in instalments")
    if (row.get("count") or 0) < 2:
        found["count"] = Text("Instalments are at least two")
    return found


def settle_plan(row: dict[str, Any]) -> dict[str, Any]:
    """The last day of a plan."""
    if not row.get("first_due") or not row.get("count"):
        return {"last_due": ""}
    return {"last_due": months_later(row["first_due"], max(0, row["count"] - 1))}


def answered(row: dict[str, Any]) -> Text | None:
    """A dispute ends with what was agreed."""
    return None if row.get("result") else Text("Write what was agreed.")
