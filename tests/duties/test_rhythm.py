"""The rhythm in which a client is seen: its gap, its evenness, and who is neglected by it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.desk.desk import Desk
from crm_desktop.duties.care.records_standard import CARE_HOLD
from crm_desktop.duties.visits import queries_rhythm as queries
from crm_desktop.duties.visits import rules_rhythm as rules
from crm_desktop.duties.visits.records import VISIT
from crm_desktop.record import dates
from crm_desktop.record.dates import add_days, days_before
from tests.samples import account, added

TODAY = "2026-11-18"


@pytest.fixture(autouse=True)
def _now() -> None:
    dates.set_clock(dt.datetime(2026, 11, 18, 13, 20))


@given(st.integers(1, 60), st.integers(4, 30), st.integers(0, 400))
def test_neglect_is_more_than_twice_the_own_gap(gap: int, count: int, silent: int) -> None:
    first = days_before(TODAY, gap * (count - 1) + silent)
    last = add_days(first, gap * (count - 1))
    assert rules.gap(count, first, last) == gap
    assert rules.neglected(count, first, last, TODAY) == (silent > max(14, 2 * gap))
    assert rules.evenness([add_days(first, gap * n) for n in range(count)]) == 100


@given(st.lists(st.integers(0, 500), min_size=0, max_size=40))
def test_evenness_is_between_nothing_and_a_hundred(offsets: list[int]) -> None:
    days = [add_days("2025-01-01", at) for at in offsets]
    found = rules.evenness(days)
    assert (found is None) == (len(set(days)) < rules.ENOUGH)
    assert found is None or 0 <= found <= 100


def test_who_is_neglected_and_who_is_silent_before_the_renewal(desk: Desk, reader: Any) -> None:
    clients = {name: account(desk, name, code=name, level="A", agreement_to=ends) for name, ends in (("澄籁", ""), ("及时", ""), ("勿扰", ""), ("到期", "2026-12-20"), ("少", ""))}
    for name, ago in (("澄籁", (95, 80, 65, 50)), ("及时", (60, 45, 30, 15)), ("勿扰", (95, 80, 65, 50)), ("少", (95, 50))):
        for days in ago:
            added(desk, VISIT, account_id=clients[name], day=days_before(TODAY, days))
    added(desk, CARE_HOLD, account_id=clients["勿扰"], kind="asked", since="2026-11-01")
    found = {line.label.source: line.filters for line in queries.today(reader, TODAY)}
    assert found == {"Neglected by their own rhythm": [("id", "in", [clients["澄籁"]])], "Silent before the renewal": [("id", "in", [clients["到期"]])]}
    figure = queries.figures(reader, clients["澄籁"], TODAY)[0]
    assert (figure.value, figure.tone, figure.opens[0]) == ("15", "red", ("account_id", "=", clients["澄籁"]))
    assert queries.figures(reader, clients["少"], TODAY) == []
