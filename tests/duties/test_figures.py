"""Rhythm, next visit and value of guests: tables of cases, properties, and the rows behind each figure."""

from __future__ import annotations

import datetime as dt
import math
from statistics import NormalDist
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.desk.desk import Desk
from crm_desktop.duties.clients import figures
from crm_desktop.duties.clients.records import PERSON
from crm_desktop.duties.stays import queries, queries_guest
from crm_desktop.duties.stays.records import STAY
from crm_desktop.record.dates import add_days, days_between
from crm_desktop.record.text import say
from crm_desktop.store import pages
from crm_desktop.store.pages import ListQuery
from tests.samples import added, stay

DAY = "2026-11-18"
DAYS = st.lists(st.dates(dt.date(2015, 1, 1), dt.date(2026, 11, 18)).map(dt.date.isoformat), max_size=12)


@pytest.mark.parametrize(
    ("days", "found"),
    [([], []), (["2026-11-01"], []), (["2026-11-08", "2026-11-01", "2026-11-08"], [7]), (["2026-01-01", "2026-02-01", "2026-03-01"], [31, 28])],
)  # fmt: skip
def test_gaps_between_visits(days: list[str], found: list[int]) -> None:
    assert figures.gaps(days) == found


def test_a_clockwork_guest_is_expected_when_the_clock_says() -> None:
    window = figures.next_visit([add_days("2026-01-07", 30 * n) for n in range(10)], "2026-10-10")
    assert window is not None
    assert (window.own, window.late) == (True, False)
    assert abs(days_between("2026-11-03", window.likely)) <= 2
    assert "2026-10-20" < window.first < window.likely < window.last < "2026-11-20"


def test_who_came_once_is_expected_as_usual_and_says_so() -> None:
    window = figures.next_visit([DAY], DAY, usual=90)
    assert window is not None
    assert (window.likely, window.own, window.late) == (add_days(DAY, 90), False, False)
    assert days_between(window.first, window.last) > 100  # little is known, so the interval is wide


def test_a_guest_who_stays_away_is_late() -> None:
    days = [add_days("2026-01-01", 14 * n) for n in range(8)]
    window = figures.next_visit(days, DAY)
    assert window is not None
    assert window.late
    assert window.first >= DAY
    assert figures.silence(days, days[-1]) == 0
    assert figures.next_visit([], DAY) is None
    assert figures.next_visit(["2026-12-01"], DAY) is None  # only booked


@given(DAYS, st.integers(0, 900))
def test_the_window_is_in_order_and_never_over(days: list[str], later: int) -> None:
    today = add_days(DAY, later)
    window = figures.next_visit(days, today)
    assert (window is None) == (not days)
    if window:
        assert today <= window.first <= window.likely <= window.last
        assert 0 <= figures.silence(days, today) <= figures.silence(days, add_days(today, 1)) <= 1


@given(DAYS.filter(bool), st.integers(1, 300))
def test_waiting_never_brings_a_visit_nearer(days: list[str], more: int) -> None:
    now, then = figures.next_visit(days, DAY), figures.next_visit(days, add_days(DAY, more))
    assert now
    assert then
    assert now.first <= then.first
    assert now.likely <= then.likely


@given(st.lists(st.integers(1, 500), max_size=3), st.integers(7, 300))
def test_few_gaps_are_drawn_towards_what_is_usual(found: list[int], usual: int) -> None:
    mean, spread = figures.rhythm(found, usual)
    lowest, highest = min([*found, usual]), max([*found, usual])
    assert math.log(lowest) - 1e-9 <= mean <= math.log(highest) + 1e-9
    assert spread >= figures.LEAST_SPREAD


def test_the_interval_holds_what_it_promises() -> None:
    """Of log-normal gaps with this very rhythm, eight of ten end within the window."""
    days = [add_days("2020-01-01", at) for at in (0, 20, 65, 95, 135, 235, 260, 320, 365)]
    mean, spread = figures.rhythm(figures.gaps(days))
    window = figures.next_visit(days, days[-1])
    assert window
    normal = NormalDist(mean, spread)
    low, high = (normal.cdf(math.log(days_between(days[-1], day))) for day in (window.first, window.last))
    assert high - low == pytest.approx(0.8, abs=0.04)  # whole days


@given(st.lists(st.integers(0, 10_000), max_size=60))
def test_fifths_part_others_evenly(values: list[int]) -> None:
    cuts = figures.fifths(values)
    assert len(cuts) == (4 if values else 0)
    points = [figures.score(value, cuts) for value in sorted(values)]
    assert points == sorted(points)
    assert all(1 <= point <= 5 for point in points)
    if values:
        assert figures.score(max(values), cuts) == 5
        assert figures.score_of_days(min(values), cuts) == 5
    distinct = list(range(len(values) * 5))
    own = figures.fifths(distinct)
    assert all([figures.score(value, own) for value in distinct].count(part) == len(values) for part in range(1, 6)) or not values


@pytest.mark.parametrize(("now", "before", "found"), [(110, 100, 10), (0, 80, -100), (5, 0, None), (1, 3, -67)])
def test_growth(now: int, before: int, found: int | None) -> None:
    assert figures.growth(now, before) == found


@pytest.mark.parametrize(("value", "found"), [(-80, 0), (-60, 0), (-25, 40), (-12.5, 57.5), (0, 75), (5, 87.5), (10, 100), (99, 100)])
def test_a_broken_line(value: float, found: float) -> None:
    assert figures.between([(-60, 0), (-25, 40), (0, 75), (10, 100)], value) == pytest.approx(found)


def test_how_complete_a_file_is() -> None:
    assert figures.completeness([(5, True), (10, False), (15, True)]) == 67
    assert figures.completeness([]) == 0


def test_the_figures_of_a_guest_open_their_rows(desk: Desk, reader: Any) -> None:
    guest = added(desk, PERSON, name="俞闻笛")
    others = [added(desk, PERSON, name=f"客人{n}") for n in range(5)]
    for arrival, nights, rate in (("2025-06-01", 2, 40_000), ("2026-01-10", 1, 50_000), ("2026-05-12", 3, 50_000), ("2026-09-01", 1, 60_000)):
        stay(desk, arrival, add_days(arrival, nights), rate=rate, guest_id=guest)
    for other in others:
        stay(desk, "2024-01-01", "2024-01-02", rate=10_000, guest_id=other)
    stay(desk, "2026-10-01", "2026-10-02", guest_id=guest, status="Canceled")
    queries_guest._cuts.clear()
    found = {say(figure.label): figure for figure in queries.figures(reader, "person", guest, DAY)}
    year, stays, valued, again = (found[name] for name in ("12 months", "Nights", "R-F-M", "Expected"))
    assert (year.value, stays.value, say(stays.note), valued.value) == ("2,600.00", "7", "1.8 a stay", "5-5-5")
    assert again.value.count("–") == 1
    counts = [pages.count(reader, ListQuery(STAY, figure.opens)) for figure in (year, stays, valued, again)]
    assert counts == [3, 4, 4, 4]
    assert say(year.note) == "3 stays"
    assert queries_guest.figures(reader, added(desk, PERSON, name="新客"), DAY) == []


def test_guests_are_compared_once_a_day(desk: Desk, reader: Any) -> None:
    guest = added(desk, PERSON, name="甲")
    stay(desk, "2026-11-01", "2026-11-02", guest_id=guest)
    queries_guest._cuts.clear()
    first = queries_guest.compared(reader, DAY)
    stay(desk, "2026-11-03", "2026-11-04", guest_id=guest)
    assert queries_guest.compared(reader, DAY) is first
    assert queries_guest.compared(reader, "2026-11-19") != first
