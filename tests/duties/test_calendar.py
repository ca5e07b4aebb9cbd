"""The calendar: what each day is by both calendars, the days of a view, what stands on them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.desk.desk import Desk
from crm_desktop.desk.records import STAFF
from crm_desktop.duties.care import queries_calendar as queries
from crm_desktop.duties.care import rules_calendar as rules
from crm_desktop.duties.care.records import CARE_ITEM, CARE_PLAN
from crm_desktop.duties.guests.records import KEY_DATE
from crm_desktop.duties.visits.records import VISIT
from crm_desktop.record import dates
from crm_desktop.record.dates import days_between
from crm_desktop.record.text import say
from tests.samples import account, added


@pytest.fixture(autouse=True)
def _now() -> None:
    dates.set_clock(dt.datetime(2026, 11, 18, 13, 20))


@pytest.mark.parametrize(("day", "moon", "festival", "mark", "working"), [
    ("2026-11-18", "初十", "", "", True), ("2026-11-09", "十月", "", "", True), ("2026-02-16", "廿九", "New Year's Eve by the moon", "off", False),
    ("2026-02-17", "正月", "Spring Festival", "off", False), ("2026-02-14", "廿七", "", "work", True), ("2026-09-25", "十五", "Mid-Autumn Festival", "off", False),
    ("2026-10-10", "初一", "", "work", True), ("2026-10-18", "初九", "Double Ninth", "", False), ("2026-12-22", "十四", "Winter Solstice", "", True),
    ("2027-10-01", "初二", "National Day", "", False), ("1850-01-02", "", "", "", True),
])  # fmt: skip
def test_what_a_day_is(day: str, moon: str, festival: str, mark: str, working: bool) -> None:
    found = rules.day_of(day)
    if moon != "初一":  # the first of a month says the month
        assert found.moon_zh == moon
    assert (say(found.festival or ""), found.mark, found.working) == (festival, mark, working)


@given(st.dates(dt.date(1950, 1, 1), dt.date(2090, 1, 1)).map(dt.date.isoformat), st.sampled_from([rules.MONTH, rules.WEEK, rules.AGENDA]))
def test_a_view_shows_its_day_and_moves_without_a_gap(day: str, view: str) -> None:
    first, last = rules.span(view, day)
    assert first <= day <= last
    if view != rules.AGENDA:
        assert (days_between(first, last) + 1) % 7 == 0
        assert dt.date.fromisoformat(first).weekday() == 0
    later = rules.span(view, rules.moved(view, day, 1))
    assert later[0] <= dates.add_days(last, 1) <= later[1]
    assert rules.span(view, rules.moved(view, rules.moved(view, day, 1), -1))[0] == first


def test_a_year_that_is_not_published_is_named() -> None:
    assert rules.unpublished("2026-12-28", "2027-01-31") == ["2027"]
    assert rules.unpublished("2026-11-01", "2026-12-31") == []


def test_what_stands_on_the_days(desk: Desk, reader: Any) -> None:
    mine, other = added(desk, STAFF, name="周一禾"), added(desk, STAFF, name="唐屿")
    client = account(desk, "澄籁精密制造", code="1", short_name="澄籁")
    added(desk, VISIT, account_id=client, day="2026-11-20", time="14:00", state="planned", owner_id=mine)
    added(desk, VISIT, account_id=client, day="2026-11-20", time="09:00", kind="call", owner_id=other)
    added(desk, VISIT, account_id=client, day="2026-11-20", state="cancelled", owner_id=mine)
    plan = added(desk, CARE_PLAN, name="十一月", code="2026-11")
    added(desk, CARE_ITEM, plan_id=plan, account_id=client, day="2026-11-21", kind="gift", owner_id=mine)
    added(desk, KEY_DATE, account_id=client, kind="founding", name="司庆", lunar_day="10-12")
    found = queries.entries(reader, "2026-11-16", "2026-11-22")
    assert [(one.day, one.time, one.who, say(one.what), one.tone) for one in found] == [
        ("2026-11-20", "09:00", "澄籁", "Phone call", "green"), ("2026-11-20", "14:00", "澄籁", "Visit", "blue"), ("2026-11-20", "", "澄籁", "司庆", "purple"),
        ("2026-11-21", "", "澄籁", "Gift", "amber"),
    ]  # fmt: skip
    assert [one.record for one in queries.entries(reader, "2026-11-16", "2026-11-22", mine)] == ["visit", "care_item"]
