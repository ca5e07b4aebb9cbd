"""The month's plan proposed: why a client should be touched, what forbids it, and on which day. The same facts give the same plan.

No store and no clock; amounts in minor units, days as ISO text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from crm_desktop.duties.care.rules import period
from crm_desktop.duties.care.rules_standard import CAKE, FULL, MESSAGE, NONE
from crm_desktop.record.dates import add_days, days_between
from crm_desktop.record.integrity import GIFT, forbidden
from crm_desktop.record.record import Row
from crm_desktop.record.workdays import is_working

# reasons, and what each is worth
LATE, NEVER, QUIET, LESS, ENDING, DATE, HEALED, THANKS, GAPS = "late", "never", "quiet", "less", "ending", "date", "healed", "thanks", "gaps"
PER_GAP, MOST_LATE = 30, 60
POINTS = {NEVER: 30, QUIET: 40, LESS: 35, ENDING: 30, DATE: 20, HEALED: 25, THANKS: 15, GAPS: 10}
ENOUGH_STAYS, QUIET_GAPS, LEAST_QUIET = 3, 2, 14  # a rhythm needs three arrivals; nobody is quiet within two weeks
LESS_SHARE, ENDS_WITHIN, HEALED_WITHIN, EARLY_MONTHS, FULL_FILE = 25, 60, 30, 6, 70  # per cent, days, days, months, per cent
NIGHTS_TO_TELL = 12  # room-nights in 90 days of the year before, from which fewer of them say something by themselves
# dates
BIRTHDAY, LUNAR, FOUNDED, FIRST, KEPT = "birthday", "lunar-birthday", "founded", "first-stay", "kept"
# what keeps a client out of the plan, in the order it is looked for
HOLD, STOPPED, SEVERE, PLANNED, FULL_MONTH, NO_ROOM = "hold", "stopped", "severe", "planned", "full-month", "no-room"
# what only narrows what is done
NO_GIFT_STATE, NO_GIFT_DISPUTE, NO_GIFT_CAP, HANDLER, MOURNING = "no-gift-state", "no-gift-dispute", "no-gift-cap", "handler", "mourning"
VISIT, CALL, BIRTHDAY_KIND, DATA, THANKS_KIND = "visit", "call", "birthday", "data", "thanks"
FROM_DESK = frozenset((GAPS, THANKS))  # reasons that cost a letter or a line, not a way
A_DAY, A_WEEK, CALLS_A_DAY = 4, 20, 6  # of one seller: visits, and what is done from the desk


class Date(NamedTuple):
    """A date of a client in the month: its kind, its day, whose it is with the name it is said by, whether they decide, and whether they
    agreed to messages."""

    kind: str
    day: str
    person_id: int | None = None
    name: str = ""
    decides: bool = False
    agreed: bool = False


class Client(NamedTuple):
    """A client as the rules see it on the day the plan begins. `last`: the last sincere touch; `touches`: those of the month, done and
    planned, `planned`: one of them is still to come; `full`: how full the file is in per cent, None where nobody asks; `missing`: what weighs most of what it has not."""

    id: int
    name: str
    level: str
    type: str = ""
    owner_id: int | None = None
    district: str = ""
    last: str = ""
    touches: int = 0
    planned: bool = False
    first_stay: str = ""
    last_stay: str = ""
    stays: int = 0
    now: int = 0
    before: int = 0
    nights: int = 0
    nights_before: int = 0
    ends: str = ""
    dates: tuple[Date, ...] = ()
    healed: str = ""
    early: bool = False
    full: int | None = None
    missing: tuple[str, ...] = ()
    hold: str = ""
    mourning: bool = False
    stopped: bool = False
    severe: str = ""
    handler_id: int | None = None
    disputed: bool = False
    spent: int = 0


class Reason(NamedTuple):
    """One reason for a touch: its kind, its points and the facts its sentence is made of."""

    key: str
    points: int
    facts: Mapping[str, Any]


class Touch(NamedTuple):
    """A touch proposed for a day, with all reasons for it and what it may not be."""

    client: Client
    day: str
    kind: str
    reasons: tuple[Reason, ...]
    points: int
    person_id: int | None = None
    person: str = ""
    budget: int = 0
    limits: tuple[str, ...] = ()
    silence: int = 0  # the longest the standard allows, days


class Left(NamedTuple):
    """A client with a reason who is not proposed, and why not."""

    client: Client
    reasons: tuple[Reason, ...]
    points: int
    why: str
    silence: int = 0


class Month(NamedTuple):
    """A month's proposal, by day; and who was left out, the weightiest first."""

    touches: list[Touch]
    left: list[Left]


# why


def reasons(client: Client, begin: str, standard: Row) -> list[Reason]:
    """Everything that speaks for a touch in the month whose plan begins on a day, in the order it is said."""
    found = [each for look in _LOOKS if (each := look(client, begin, standard)) is not None]
    return found + _dates(client)


def _late(client: Client, begin: str, standard: Row) -> Reason | None:
    allowed = max(1, int(standard["silence"]))
    if client.planned:
        return None
    if not client.last:
        return Reason(NEVER, POINTS[NEVER], {"silence": allowed})
    late = days_between(client.last, begin) - allowed
    return Reason(LATE, late_points(late, allowed), {"last": client.last, "silence": allowed}) if late > 0 else None


def late_points(late: int, allowed: int) -> int:
    """30 for each allowed silence that somebody is late, half up, 60 at most."""
    return min(MOST_LATE, (2 * PER_GAP * late + allowed) // (2 * allowed))


def _quiet(client: Client, begin: str, _standard: Row) -> Reason | None:
    if client.stays < ENOUGH_STAYS or not client.last_stay:
        return None
    gap = max(1.0, days_between(client.first_stay, client.last_stay) / (client.stays - 1))
    quiet = days_between(client.last_stay, begin)
    return Reason(QUIET, POINTS[QUIET], {"last": client.last_stay, "gap": round(gap)}) if quiet > max(LEAST_QUIET, QUIET_GAPS * gap) else None


def _less(client: Client, _begin: str, _standard: Row) -> Reason | None:
    fewer = client.nights_before >= NIGHTS_TO_TELL and client.nights * 100 <= client.nights_before * (100 - LESS_SHARE)
    if not fewer and (client.before <= 0 or client.now * 100 > client.before * (100 - LESS_SHARE)):
        return None
    facts = {"fewer": fewer, "now": client.now, "before": client.before, "nights": client.nights, "nights_before": client.nights_before}
    return Reason(LESS, POINTS[LESS], facts)


def _ending(client: Client, begin: str, _standard: Row) -> Reason | None:
    if not client.ends or not 0 <= (left := days_between(begin, client.ends)) <= ENDS_WITHIN:
        return None
    return Reason(ENDING, POINTS[ENDING], {"day": client.ends, "days": left})


def _healed(client: Client, begin: str, _standard: Row) -> Reason | None:
    if not client.healed or not 0 <= days_between(client.healed, begin) <= HEALED_WITHIN:
        return None
    return Reason(HEALED, POINTS[HEALED], {"day": client.healed})


def _thanks(client: Client, _begin: str, _standard: Row) -> Reason | None:
    return Reason(THANKS, POINTS[THANKS], {"months": EARLY_MONTHS}) if client.early else None


def _gaps(client: Client, _begin: str, _standard: Row) -> Reason | None:
    if client.level not in ("A", "B") or client.full is None or client.full >= FULL_FILE:
        return None
    return Reason(GAPS, POINTS[GAPS], {"full": client.full, "missing": client.missing})


_LOOKS: tuple[Callable[[Client, str, Row], Reason | None], ...] = (_late, _quiet, _less, _ending, _healed, _thanks, _gaps)


def _dates(client: Client) -> list[Reason]:
    """The first date of each kind, points for one of them only; nothing festive is said to those who mourn."""
    if client.mourning:
        return []
    first: dict[str, Date] = {}
    for date in sorted(client.dates, key=lambda each: (not each.decides, each.day, each.person_id or 0)):
        first.setdefault(date.kind, date)
    return [
        Reason(DATE, 0 if at else POINTS[DATE], {"kind": date.kind, "day": date.day, "name": date.name, "person_id": date.person_id, "decides": date.decides, "agreed": date.agreed})
        for at, date in enumerate(first.values())
    ]  # fmt: skip


# why not


def blocked(client: Client, standard: Row) -> str:
    """What keeps a client out of the plan altogether; '' when nothing does. The handler of a severe complaint may go."""
    if client.hold:
        return HOLD
    if client.stopped:
        return STOPPED
    if client.severe and (client.handler_id is None or client.handler_id != client.owner_id):
        return SEVERE
    if client.planned:
        return PLANNED
    return FULL_MONTH if client.touches >= int(standard["month_most"]) else ""


def limits(client: Client, standard: Row) -> tuple[str, ...]:
    """What a touch of this client may not be, or who only may make it."""
    found = [
        (HANDLER, bool(client.severe)), (MOURNING, client.mourning), (NO_GIFT_STATE, forbidden(GIFT, client.type)), (NO_GIFT_DISPUTE, client.disputed),
        (NO_GIFT_CAP, 0 < int(standard["cap"]) <= client.spent),
    ]  # fmt: skip
    return tuple(key for key, holds in found if holds)


# what is done


def kind_of(client: Client, found: Sequence[Reason], standard: Row) -> str:
    """How a client is touched: what all the reasons ask for together."""
    keys = {reason.key for reason in found}
    if any(_kept(reason, standard) for reason in found):
        return BIRTHDAY_KIND
    if keys and keys <= FROM_DESK:
        return THANKS_KIND if THANKS in keys else DATA
    return VISIT if client.level in ("A", "B") or (client.level == "C" and keys & {ENDING, LESS}) else CALL


def _kept(reason: Reason, standard: Row) -> bool:
    """True for the birthday of somebody who decides, where the class keeps it: by a message only with their consent."""
    if reason.key != DATE or not reason.facts["decides"] or reason.facts["kind"] not in (BIRTHDAY, LUNAR):
        return False
    return standard["birthday"] != NONE and (standard["birthday"] != MESSAGE or bool(reason.facts["agreed"]))


def budget_of(client: Client, kind: str, held: Sequence[str], standard: Row) -> int:
    """What may be spent: on a birthday only, never a gift that is not allowed, never more than is left of the year."""
    if kind != BIRTHDAY_KIND or standard["birthday"] not in (FULL, CAKE) or any(key.startswith("no-gift") for key in held):
        return 0
    left = max(0, int(standard["cap"]) - client.spent) if standard["cap"] else 0
    return min(int(standard["birthday_budget"]), left)


# when


class Diary:
    """Where sellers have room: at most four visits on a day and 20 in a week; six calls and the like on a day.
    `taken`: (owner, day, district) of the visits there are already."""

    def __init__(self, days: Sequence[str], taken: Iterable[tuple[int | None, str, str]] = ()) -> None:
        self.days = list(days)
        self._weeks = {day: add_days(day, -(days_between("1900-01-01", day) % 7)) for day in self.days}
        self._load: dict[Any, int] = {}
        self._districts: dict[tuple[int | None, str], set[str]] = {}
        for owner, day, district in taken:
            self._take(owner, day, district)

    def _take(self, owner: int | None, day: str, district: str) -> None:
        week = self._weeks.get(day) or add_days(day, -(days_between("1900-01-01", day) % 7))
        for key in ((owner, day), (owner, "week", week)):
            self._load[key] = self._load.get(key, 0) + 1
        if district:
            self._districts.setdefault((owner, day), set()).add(district)

    def has_room(self, owner: int | None, day: str) -> bool:
        """True when a seller can go out once more on a day."""
        return self._load.get((owner, "week", self._weeks[day]), 0) < A_WEEK and self._load.get((owner, day), 0) < A_DAY

    def visit(self, owner: int | None, district: str, wanted: str = "") -> str:
        """The day of a visit: as wanted, else a day in that district anyway, else the emptiest day with room; '' without any."""
        open_days = [day for day in self.days if self.has_room(owner, day)]
        same = (day for day in open_days if district and district in self._districts.get((owner, day), ()))
        day = wanted if wanted in open_days else next(same, "") or min(open_days, key=lambda each: self._load.get((owner, each), 0), default="")
        if day:
            self._take(owner, day, district)
        return day

    def call(self, owner: int | None, wanted: str = "") -> str:
        """The day of something done from the desk: as wanted, else the day with the fewest of them."""
        loads = [(self._load.get((owner, "calls", each), 0), each) for each in self.days]
        least, day = min(((count, each) for count, each in loads if each == wanted and count < CALLS_A_DAY), default=min(loads, default=(CALLS_A_DAY, "")))
        if least >= CALLS_A_DAY:
            return ""
        self._load[(owner, "calls", day)] = least + 1
        return day


def working_days(begin: str, last: str) -> list[str]:
    """The working days from one day to another, both included."""
    return [day for n in range(days_between(begin, last) + 1) if is_working(day := add_days(begin, n))]


def kept_on(day: str, days: Sequence[str]) -> str:
    """The working day on which a date is kept: itself, else the last before it, else the first after it; '' without any."""
    before = [each for each in days if each <= day]
    return before[-1] if before else (days[0] if days else "")


def propose(
    clients: Iterable[Client], begin: str, last: str, standards: Mapping[str, Row], taken: Iterable[tuple[int | None, str, str]] = (),
    step: Callable[[int], None] | None = None,
) -> Month:
    """The plan of a month from `begin` (its first day, or the first one that is not over) to `last`."""
    days = working_days(begin, last)
    begin = days[0] if days else begin
    wanted: list[tuple[Client, list[Reason], int, Row]] = []
    for at, client in enumerate(clients):
        if step and at % 500 == 0:
            step(at)
        standard = standards.get(client.level)
        found = reasons(client, begin, standard) if standard else []
        points = sum(reason.points for reason in found)
        small = bool(found) and all(reason.key in FROM_DESK for reason in found)  # worth it for any points
        if standard and (small or points >= max(1, int(standard["worth"]))):
            wanted.append((client, found, points, standard))
    wanted.sort(key=lambda each: (-each[2], each[0].level, -each[0].now, each[0].id))
    diary, month = Diary(days, taken), Month([], [])
    for client, found, points, standard in wanted:
        _place(month, diary, client, found, points, standard)
    month.touches.sort(key=lambda each: (each.day, -each.points, each.client.id))
    return month


def _place(month: Month, diary: Diary, client: Client, found: list[Reason], points: int, standard: Row) -> None:
    why, silence = blocked(client, standard), int(standard["silence"])
    if not why:
        kind, dated = kind_of(client, found, standard), [reason for reason in found if reason.key == DATE]
        dated.sort(key=lambda reason: (not reason.facts["decides"], reason.facts["day"]))
        wanted = kept_on(dated[0].facts["day"], diary.days) if dated else ""
        day = diary.visit(client.owner_id, client.district, wanted) if kind == VISIT else diary.call(client.owner_id, wanted)
        if day:
            held = limits(client, standard)
            person = dated[0].facts if dated and dated[0].facts["person_id"] is not None else {}
            month.touches.append(
                Touch(
                    client, day, kind, tuple(found), points, person.get("person_id"), person.get("name") or "", budget_of(client, kind, held, standard), held,
                    silence,
                )
            )  # fmt: skip
            return
        why = NO_ROOM
    month.left.append(Left(client, tuple(found), points, why, silence))


def by_weight(touches: Iterable[Touch]) -> list[Touch]:
    """Touches as they are looked through: the weightiest first."""
    return sorted(touches, key=lambda one: (-one.points, one.day, one.client.id))


# what a person changes in the proposal


def typed_day(words: str, code: str) -> str:
    """The day of a month that somebody typed: 24, 12-24 or 2026-12-24; '' for what is no day of it."""
    parts = words.strip().replace("/", "-").replace(".", "-").split("-")
    if not all(part.isascii() and part.isdigit() for part in parts) or len(parts) > 3:
        return ""
    number = int(parts[-1])
    if (len(parts) > 1 and int(parts[-2]) != int(code[5:7])) or (len(parts) > 2 and parts[0] != code[:4]):
        return ""
    first, last = period(code)
    return add_days(first, number - 1) if 1 <= number <= int(last[8:]) else ""


def shifted(day: str, step: int, code: str) -> str:
    """The working day after (1) or before (-1) a day, within its month; the day itself where there is none."""
    first, last = period(code)
    at = add_days(day, step)
    while first <= at <= last:
        if is_working(at):
            return at
        at = add_days(at, step)
    return day
