"""Rules of a reception's plan: what is done for each level, when it is due, what moves with the arrival, who is wanted twice.

A task is due by its anchor: some minutes from the arrival (ARRIVAL) or the departure (DEPARTURE), at a time of a day
counted from the day of arrival (BEFORE) or of departure (LEAVING), so many working days after the departure (FILED), or
at a time of its own that nothing moves (CLOCK)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from crm_desktop.record import workdays
from crm_desktop.record.dates import add_days, days_between
from crm_desktop.record.record import Problems, Row
from crm_desktop.record.text import Text

ARRIVAL, DEPARTURE, BEFORE, LEAVING, FILED, CLOCK = "arrival", "departure", "before", "leaving", "filed", "clock"
NOTICE, CHECK, COMING, ROOM, STAY, MEAL, FAREWELL, AFTER = "notice", "check", "coming", "room", "stay", "meal", "farewell", "after"
OPEN, DONE, SKIPPED = "open", "done", "skipped"
PLANNED, BY_HAND = "plan", "hand"
LASTS = 15  # minutes a person is taken by a task that names no length
TIGHT = 45  # minutes a guest needs between arriving and whatever has a time of its own
LEVELS = ("V1", "V2", "V3", "V4", "V5")
DAILY_MOST = 31  # days of a stay that get daily tasks


class Standard:
    """A task of the standard reception: its code, phase and words, when it is due, whose it is, and the levels that have it.

    `days` counts from the day of the anchor, `at` is a time HH:MM there; for ARRIVAL and DEPARTURE `minutes` from their
    time; `daily`: on every day in house but that of arrival; `host`: it is done by whoever looks after
    the reception, else by whoever signs for the department. `should`: what it should be like. A hotel's own row may name who
    does it and who stands in (staff ids), the evidence it is done with, and words of its own."""

    def __init__(
        self, code: str, phase: str, title: Text | str, department: str, anchor: str, *,
        minutes: int = 0, days: int = 0, at: str = "", levels: str = "V1V2V3V4V5", daily: bool = False, lasts: int = LASTS, host: bool = False,
        should: Text | str = "", person: int | None = None, backup: int | None = None, evidence: str = "",
    ) -> None:  # fmt: skip
        self.code, self.phase, self.title, self.department, self.anchor = code, phase, title, department, anchor
        self.host, self.should, self.person, self.backup, self.evidence = host, should, person, backup, evidence
        self.minutes, self.days, self.at, self.daily, self.lasts = minutes, days, at, daily, lasts
        self.levels = tuple(level for level in LEVELS if level in levels)


HIGH, MOST, ALL = "V1V2V3", "V1V2V3V4", "V1V2V3V4V5"
STANDARDS = (
    Standard("signed", NOTICE, Text("Notice signed by all departments"), "SM", BEFORE, days=-3, at="17:00", host=True, should=Text("Every box signed for the newest revision")),
    Standard("blocked", CHECK, Text("Room blocked"), "FO", BEFORE, days=-1, at="12:00", should=Text("The very room, not only its type; quiet, no works beside it")),
    Standard("facts", CHECK, Text("Likes and nevers checked, kitchen and housekeeping cards signed"), "SM", BEFORE, days=-1, at="15:00", host=True, should=Text("Asked of whoever invited the guest, too; both cards signed")),
    Standard("amenities", CHECK, Text("Flowers, fruit and card ordered"), "HK", BEFORE, days=-1, at="16:00", should=Text("By the issue slip; not what there was last time")),
    Standard("ready", COMING, Text("Room ready"), "HK", ARRIVAL, minutes=-240, should=Text("Cleaned, aired, at the guest's temperature")),
    Standard("inspect-am", COMING, Text("Room inspected by the assistant manager"), "FO", ARRIVAL, minutes=-120, levels=MOST, lasts=20, should=Text("Every point of the list; a defect is reported at once")),
    Standard("inspect-dos", COMING, Text("Room inspected by the director, amenities in place"), "SM", ARRIVAL, minutes=-60, levels=HIGH, lasts=20, should=Text("Name and title on card and screen read letter by letter")),
    Standard("inspect-gm", COMING, Text("Room inspected by the general manager"), "GM", ARRIVAL, minutes=-45, levels="V1V2", lasts=20),
    Standard("driver", COMING, Text("Driver and sign at the station"), "FO", ARRIVAL, minutes=-45, levels=HIGH, lasts=60, should=Text("Sign as on the notice, water and towel in the car, train looked up")),
    Standard("lift", COMING, Text("Key ready, lift held"), "FO", ARRIVAL, minutes=-15, levels=MOST),
    Standard("greeters", COMING, Text("Greeters in the lobby"), "GM", ARRIVAL, minutes=-10, levels=HIGH, lasts=25, should=Text("At the door in order of rank, ten minutes before")),
    Standard("greeters-sales", COMING, Text("Sales manager in the lobby"), "SM", ARRIVAL, minutes=-10, levels="V4V5", lasts=20, host=True, should=Text("At the door ten minutes before")),
    Standard("greet", COMING, Text("Guest greeted"), "SM", ARRIVAL, host=True, should=Text("By name and title, as the guest likes to be called")),
    Standard("escort", ROOM, Text("Escorted to the room, signed in there"), "FO", ARRIVAL, minutes=5, levels=HIGH, lasts=20),
    Standard("tea", ROOM, Text("Tea and towel served"), "HK", ARRIVAL, minutes=15, levels=MOST),
    Standard("courtesy", ROOM, Text("Courtesy call"), "FO", ARRIVAL, minutes=60, should=Text("Is anything missing? Noted in the journal")),
    Standard("fruit", STAY, Text("Fruit renewed"), "HK", BEFORE, at="09:30", levels=HIGH, daily=True),
    Standard("turndown", STAY, Text("Turndown with its gift"), "HK", BEFORE, at="19:00", levels="V1V2", daily=True),
    Standard("turndown-first", STAY, Text("Turndown with its gift"), "HK", BEFORE, at="19:00", levels="V3V4"),
    Standard("bill", FAREWELL, Text("Bill checked before the departure"), "FO", LEAVING, days=-1, at="20:00", should=Text("Against what was promised as free; with the payer of the notice")),
    Standard("luggage", FAREWELL, Text("Luggage fetched"), "FO", DEPARTURE, minutes=-30, levels=MOST, should=Text("Counted with the guest, as on arrival")),
    Standard("see-off", FAREWELL, Text("Seen off in the lobby"), "SM", DEPARTURE, minutes=-10, levels=MOST, lasts=20, host=True, should=Text("By whoever greeted, until the car is out of sight")),
    Standard("letter", AFTER, Text("Thank-you letter sent"), "SM", DEPARTURE, minutes=24 * 60, levels=HIGH, host=True),
    Standard("filed", AFTER, Text("Summary written and filed"), "SM", FILED, days=2, at="18:00", host=True),
    Standard("call-back", AFTER, Text("Call-back by another person than the host"), "SM", LEAVING, days=3, at="15:00", levels=MOST),
    Standard("album", AFTER, Text("Photo album sent"), "SM", LEAVING, days=5, at="17:00", levels=HIGH, host=True, should=Text("Only with the guest's consent to pictures")),
    Standard("invite", AFTER, Text("Invited again, with an occasion"), "SM", LEAVING, days=30, at="10:00", levels=MOST, host=True, should=Text("With what the guest liked this time")),
)  # fmt: skip
BY_CODE = {one.code: one for one in STANDARDS}
SERVED = "meal"  # the meal of a kitchen card: it is planned by its card, at the card's own time
PERSONAL = ("inspect-dos", "inspect-gm", "greeters", "greeters-sales", "greet", "see-off")  # for the rest a department sends whom it has
Due = tuple[str, str]  # day, time; '' where the time it hangs on is not known


def moved(day: str, time: str, minutes: int) -> Due:
    """A day and time some minutes later, over midnight too."""
    at = dt.datetime.fromisoformat(f"{day}T{time}") + dt.timedelta(minutes=minutes)
    return at.date().isoformat(), f"{at:%H:%M}"


def due_of(task: Row, stay: Row) -> Due:
    """When a task is due for a reception; its own day and time when nothing moves it.

    Without a time of arrival or departure, what hangs on it is due on that day, at no time."""
    anchor = task["anchor"]
    if anchor in (ARRIVAL, DEPARTURE):
        day, time = stay[anchor], stay[f"{anchor}_time"] or ""
        return moved(day, time, task["minutes"]) if time else (add_days(day, task["minutes"] // (24 * 60) if task["minutes"] > 0 else 0), "")
    if anchor == BEFORE:
        return add_days(stay["arrival"], task["days"]), task["at"]
    if anchor == LEAVING:
        return add_days(stay["departure"], task["days"]), task["at"]
    if anchor == FILED:
        day = workdays.working_from(stay["departure"])
        for _ in range(task["days"]):
            day = workdays.next_working(day)
        return day, task["at"]
    return task["day"], task["time"]


def standards_of(own: Iterable[Row]) -> Sequence[Standard]:
    """The standards that hold: the hotel's own rows of a task; for a task without any, the one the program begins with."""
    rows = list(own)
    if not rows:
        return STANDARDS
    mine = {row["task"] for row in rows}
    return [*(one for one in STANDARDS if one.code not in mine), *(_own(row) for row in rows if not row["retired"])]


def _own(row: Row) -> Standard:
    known = BY_CODE.get(row["task"])
    return Standard(
        row["task"], row["phase"], row["name"] or (known.title if known else ""), row["department"], row["anchor"], minutes=row["minutes"], days=row["days"], at=row["at"],
        levels=row["levels"], daily=bool(row["daily"]), lasts=row["lasts"] or LASTS, host=bool(row["host"]), should=row["standard"], person=row["owner_id"], backup=row["backup_id"],
        evidence=row["evidence"],
    )  # fmt: skip


def row_of(one: Standard) -> Row:
    """A standard of the program as a row the hotel may change; its words stay the program's, in any language."""
    return {
        "task": one.code, "phase": one.phase, "levels": " ".join(one.levels), "department": one.department, "anchor": one.anchor, "minutes": one.minutes, "days": one.days,
        "at": one.at, "daily": int(one.daily), "lasts": one.lasts, "host": int(one.host),
    }  # fmt: skip


def check_standard(row: Row) -> Problems:
    """Levels by their codes; a time of the day where it hangs on a day."""
    named = str(row.get("levels") or "").replace(",", " ").split()
    if unknown := [code for code in named if code not in LEVELS]:
        return {"levels": Text("{code} is no level of the house; write them like: {levels}", code=unknown[0], levels=" ".join(LEVELS[:3]))}
    if row.get("anchor") in (BEFORE, LEAVING, FILED) and not row.get("at"):
        return {"at": Text("Write at what time of that day")}
    if row.get("backup_id") and row.get("backup_id") == row.get("owner_id"):
        return {"backup_id": Text("The back-up is somebody else")}
    return {}


def standard_tasks(stay: Row, standards: Sequence[Standard] = STANDARDS) -> list[Row]:
    """The tasks a reception of its level gets, in the order they are due: `code`, phase, anchor, day, time and so on."""
    return timed(wanted_tasks(stay, standards), stay)


def wanted_tasks(stay: Row, standards: Sequence[Standard] = STANDARDS) -> list[Row]:
    """The same without day and time: what tells whether a plan has them all."""
    return [row for position, one in enumerate(standards) if stay["level"] in one.levels for row in _rows(one, position, stay)]


def timed(rows: Iterable[Row], stay: Row) -> list[Row]:
    """Tasks with the day and time they are due for a reception, in that order."""
    rows = list(rows)
    for row in rows:
        row["day"], row["time"] = due_of(row, stay)
    return sorted(rows, key=lambda row: (row["day"], row["time"] or "99", row["position"]))


def _rows(one: Standard, position: int, stay: Row) -> Iterator[Row]:
    nights = min(days_between(stay["arrival"], stay["departure"]), DAILY_MOST)
    for days in range(1, nights) if one.daily else (one.days,):
        yield {
            "task": one.code, "phase": one.phase, "anchor": one.anchor, "minutes": one.minutes, "days": days, "at": one.at, "lasts": one.lasts,
            "department": one.department, "position": position, "host": one.host, "state": OPEN, "source": PLANNED,
            "name": one.title if isinstance(one.title, str) else "", "standard": one.should if isinstance(one.should, str) else "", "evidence": one.evidence,
            "owner_id": one.person, "backup_id": one.backup,
        }  # fmt: skip


def replanned(tasks: Iterable[Row], stay: Row) -> list[tuple[Row, Due]]:
    """The open tasks that are due at another time than they say, with that time."""
    found = ((task, due_of(task, stay)) for task in tasks if task["state"] == OPEN)
    return [(task, due) for task, due in found if due != (task["day"], task["time"])]


def tight(tasks: Iterable[Row], stay: Row) -> list[tuple[Row, int]]:
    """What has a time of its own and comes less than 45 minutes after the guest, or before: with the minutes between."""
    if not stay["arrival_time"]:
        return []
    came = _moment(stay["arrival"], stay["arrival_time"])
    spare = (
        (task, int((_moment(task["day"], task["time"]) - came).total_seconds()) // 60)
        for task in tasks
        if task["anchor"] == CLOCK and task["state"] == OPEN and task["day"] == stay["arrival"] and task["time"]
    )
    return [(task, minutes) for task, minutes in spare if minutes < TIGHT]


def _moment(day: str, time: str) -> dt.datetime:
    return dt.datetime.fromisoformat(f"{day}T{time}")


def span(day: str, time: str, lasts: int) -> tuple[dt.datetime, dt.datetime]:
    """From when to when a task takes its person."""
    begins = _moment(day, time)
    return begins, begins + dt.timedelta(minutes=lasts or LASTS)


class Busy:
    """A time a person is taken: by a task of a reception or by an entry of their diary."""

    __slots__ = ("begins", "ends", "name", "person", "source")

    def __init__(self, person: int, begins: dt.datetime, ends: dt.datetime, name: str, source: tuple[str, int]) -> None:
        self.person, self.begins, self.ends, self.name, self.source = person, begins, ends, name, source


def clashes(busy: Iterable[Busy]) -> list[tuple[Busy, Busy]]:
    """Every two times of one person that overlap, but two entries of one reception or of the diary alone."""
    found: list[tuple[Busy, Busy]] = []
    by_person: dict[int, list[Busy]] = {}
    for one in sorted(busy, key=lambda one: (one.begins, one.ends, one.source)):
        here = by_person.setdefault(one.person, [])
        here[:] = [other for other in here if other.ends > one.begins]
        found += [(other, one) for other in here if other.source != one.source]
        here.append(one)
    return found


def free(person: int | None, begins: dt.datetime, ends: dt.datetime, busy: Sequence[Busy]) -> bool:
    """True when a person has nothing between two moments."""
    return person is not None and not any(one.person == person and one.begins < ends and one.ends > begins for one in busy)


def check_task(row: Row) -> Problems:
    """A task with a time of its own has a day; a task has words or is a standard one."""
    if not row.get("name") and not row.get("task"):
        return {"name": Text("Say what is to be done")}
    return {}
