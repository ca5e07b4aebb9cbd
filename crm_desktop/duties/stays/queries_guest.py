"""What a guest's own stays tell beyond their sums: the last twelve months, how long, how valued, and when they come again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

from crm_desktop.duties.clients import figures as worked
from crm_desktop.duties.stays.records import STAYED
from crm_desktop.record.dates import days_before, days_between
from crm_desktop.record.duty import Filter
from crm_desktop.record.money import show_money
from crm_desktop.record.record import Figure
from crm_desktop.record.text import Text

COMPARED = 4_000  # guests a guest is compared with, at most
KEPT_DAYS = 4  # databases and days whose comparison is remembered
SOON = 300  # days: nearer dates are written without their year
_PAST = f"select s.arrival, s.nights, s.rate from stay as s where s.guest_id = ? and s.gone is null and s.status = '{STAYED}'"
_cuts: OrderedDict[tuple[int, str], tuple[tuple[int, ...], ...]] = OrderedDict()


def figures(reader: Any, person_id: int, day: str) -> list[Figure]:
    """The guest's last twelve months, recency-frequency-money among all guests, and next visit (GST-07).

    Nothing for whom nobody has seen yet. Each opens the stays it was worked out from."""
    past = reader.execute(f"{_PAST} and s.arrival <= ?", (person_id, day)).fetchall()
    if not past:
        return []
    since = days_before(day, worked.YEAR)
    kept: list[Filter] = [("guest_id", "=", person_id), ("status", "=", STAYED), ("arrival", "<=", day)]
    lately = [row for row in past if row[0] > since]
    spent = sum(row[1] * row[2] for row in lately)
    return [
        Figure(Text("12 months"), show_money(spent), opens=[*kept, ("arrival", ">", since)], note=Text("{n} stays", n=len(lately))),
        _valued(reader, past, day, kept),
        _expected(past, day, kept),
    ]


def _valued(reader: Any, past: Sequence[tuple[str, int, int]], day: str, kept: list[Filter]) -> Figure:
    recent, often, much = compared(reader, day)
    points = (
        worked.score_of_days(days_between(max(row[0] for row in past), day), recent), worked.score(len(past), often),
        worked.score(sum(row[1] * row[2] for row in past), much),
    )  # fmt: skip
    tone = "green" if min(points) >= 4 else ""
    return Figure(Text("R-F-M"), "-".join(map(str, points)), tone=tone, opens=kept, note=Text("recency, frequency, money: 5 is the best fifth"))


def _expected(past: Sequence[tuple[str, int, int]], day: str, kept: list[Filter]) -> Figure:
    window = worked.next_visit([row[0] for row in past], day)
    if window is None:
        return Figure(Text("Expected"), "–", opens=kept)
    words = {"first": window.first, "last": window.last, "likely": window.likely}
    if window.late:
        note = Text("most likely {likely}, 8 of 10 from {first} to {last}; later than their own rhythm", **words)
    elif window.own:
        note = Text("most likely {likely}, 8 of 10 from {first} to {last}", **words)
    else:
        note = Text("most likely {likely}, 8 of 10 from {first} to {last}; few stays yet, so mostly what is usual", **words)
    value = f"{_short(window.first, day)}–{_short(window.last, day)}"
    return Figure(Text("Expected"), value, tone="amber" if window.late else "", opens=kept, note=note)


def _short(date: str, day: str) -> str:
    return date[5:] if days_between(day, date) < SOON else date[:7]


def compared(reader: Any, day: str) -> tuple[tuple[int, ...], ...]:
    """What parts all guests who ever stayed into fifths, by days since, stays and revenue; of a sample where they are many.

    Worked out once a day for each database: it moves slowly, and reading a million guests takes a while."""
    begun = int(reader.execute("select min(id) from change").fetchone()[0] or 0)
    if (begun, day) not in _cuts:
        _cuts[begun, day] = _compare(reader, day)
        while len(_cuts) > KEPT_DAYS:
            _cuts.popitem(last=False)
    return _cuts[begun, day]


def _compare(reader: Any, day: str) -> tuple[tuple[int, ...], ...]:
    there = "from person where gone is null and stays > 0"
    count = int(reader.execute(f"select count(*) {there}").fetchone()[0])
    each = max(1, count // COMPARED)
    rows = reader.execute(f"select last_stay, stays, revenue {there} and id % ? = 0", (each,)).fetchall()
    since = [days_between(seen, day) for seen, _, _ in rows if seen]
    return worked.fifths(since), worked.fifths([row[1] for row in rows]), worked.fifths([row[2] for row in rows])
