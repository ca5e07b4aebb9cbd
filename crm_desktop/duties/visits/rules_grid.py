"""Rules of the plan of visits: the order of a day's way, how many visits a class should have, and who is covered. Amounts in minor units."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from crm_desktop.record.dates import add_days, days_between
from crm_desktop.record.workdays import is_working

CLASSES = ("A", "B", "C", "D")
YEAR = 365  # days


class Visit(NamedTuple):
    """A visit as the plan shows it."""

    id: int
    version: int
    client: str
    level: str
    district: str
    kind: str
    state: str
    owner_id: int | None
    day: str
    time: str = ""
    account_id: int | None = None
    fresh: bool = False  # to a client that is none yet
    purpose: str = ""
    result: str = ""
    cost: int = 0  # minor units


def route(visits: Iterable[Visit]) -> list[Visit]:
    """The order of one day: what has a time keeps it; each other follows the last one in its district, new districts come last."""
    several = list(visits)
    out = sorted((one for one in several if one.time), key=lambda one: (one.time, one.id))
    for one in sorted((one for one in several if not one.time), key=lambda one: (not one.district, one.district, one.client, one.id)):
        near = [at for at, other in enumerate(out) if one.district and other.district == one.district]
        out.insert(near[-1] + 1 if near else len(out), one)
    return out


def cells(visits: Sequence[Visit]) -> dict[tuple[int | None, str], list[Visit]]:
    """The visits of each seller and day, in the order of the way."""
    found: dict[tuple[int | None, str], list[Visit]] = {}
    for one in visits:
        found.setdefault((one.owner_id, one.day), []).append(one)
    return {place: route(several) for place, several in found.items()}


def quota(clients: int, visits_a_year: int, days: int) -> int:
    """How many visits so many clients of a class should have in so many days, half up."""
    return (2 * clients * visits_a_year * days + YEAR) // (2 * YEAR)


class Client(NamedTuple):
    """What coverage asks of a client: class, last sincere touch ('' = never), money of twelve months."""

    level: str
    last: str
    money: int
    id: int = 0


class Covered(NamedTuple):
    """How many of the clients that should be seen were seen in time, and for how much of the money that holds."""

    clients: int
    all_clients: int
    money: int
    all_money: int


def coverage(clients: Iterable[Client], day: str, silences: Mapping[str, int]) -> dict[str, Covered]:
    """Coverage of each class and, under '', of all: seen within the longest silence of the class."""
    found = dict.fromkeys(("", *CLASSES), Covered(0, 0, 0, 0))
    for one in clients:
        if one.level not in silences:
            continue
        seen = is_covered(one, day, silences)
        for key in ("", one.level):
            had = found[key]
            found[key] = Covered(had.clients + seen, had.all_clients + 1, had.money + seen * one.money, had.all_money + one.money)
    return found


def is_covered(client: Client, day: str, silences: Mapping[str, int]) -> bool:
    """True for a client that was seen within the longest silence of its class."""
    return bool(client.last) and days_between(client.last, day) <= silences[client.level]


def missed(clients: Iterable[Client], day: str, silences: Mapping[str, int]) -> list[int]:
    """Who was not seen in time, most money first."""
    found = [one for one in clients if one.level in silences and not is_covered(one, day, silences)]
    return [one.id for one in sorted(found, key=lambda one: (-one.money, one.level, one.last, one.id))]


def share(part: int, whole: int) -> int | None:
    """Whole per cent, half up; None of nothing."""
    return (200 * part + whole) // (2 * whole) if whole > 0 else None


def next_place(day: str, step: int, first: str, last: str) -> str:
    """The working day after (1) or before (-1) a day within a plan; the day itself where there is none."""
    at = add_days(day, step)
    while first <= at <= last:
        if is_working(at):
            return at
        at = add_days(at, step)
    return day
