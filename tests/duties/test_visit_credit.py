"""What a visit is worth: business goes to the last visit that opened the door to it, once, and to nobody else."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.desk.desk import Desk
from crm_desktop.desk.records import STAFF
from crm_desktop.duties.bookings.records import BOOKING
from crm_desktop.duties.visits import queries_credit as queries
from crm_desktop.duties.visits import rules_credit as rules
from crm_desktop.duties.visits.records import VISIT
from crm_desktop.duties.visits.rules_credit import Lead, Won
from crm_desktop.record import dates
from crm_desktop.store.pages import ListQuery, count
from tests.samples import account, added, hotel, row, stay

TODAY = "2026-11-18"


@pytest.fixture(autouse=True)
def _now() -> None:
    dates.set_clock(dt.datetime(2026, 11, 18, 13, 20))


@pytest.mark.parametrize(
    ("booking", "amount"),
    [
        ({"price": 3_988_00, "basis": "table", "tables": 40, "sure_tables": 42}, 42 * 3_988_00), ({"price": 120_00, "basis": "person", "people": 30, "guaranteed": 0}, 3_600_00),
        ({"price": 5_000_00, "basis": "whole", "tables": 3}, 5_000_00), ({"price": 2_000_00, "basis": "", "tables": 3, "sure_tables": 0}, 6_000_00), ({"price": 0, "basis": "night"}, 0),
    ],
)  # fmt: skip
def test_what_a_booking_is_worth(booking: dict[str, Any], amount: int) -> None:
    assert rules.worth({"tables": 0, "sure_tables": 0, "people": 0, "guaranteed": 0} | booking) == amount


LEADS = st.lists(st.builds(Lead, st.integers(1, 10**6), st.none(), st.integers(1, 3), st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31)).map(str)), max_size=8, unique_by=lambda one: one.visit_id)
WON = st.lists(st.builds(Won, st.tuples(st.just("booking"), st.integers(1, 99)), st.integers(1, 3), st.dates(dt.date(2026, 1, 1), dt.date(2027, 3, 1)).map(str), st.integers(0, 10**6)), max_size=8)


@given(LEADS, WON)
def test_every_piece_counts_once_for_the_last_lead_before_it(leads: list[Lead], won: list[Won]) -> None:
    found = rules.credited(leads, won)
    assert sum(map(len, found.values())) <= len(won)
    by_id = {lead.visit_id: lead for lead in leads}
    for visit, several in found.items():
        for each in several:
            lead = by_id[visit]
            assert lead.account_id == each.account_id
            assert 0 <= dates.days_between(lead.day, each.day) <= rules.TURNS
            assert not [other for other in leads if other.account_id == each.account_id and lead.day < other.day <= each.day]
    assert found == rules.credited(leads[::-1], won)


def test_a_lead_that_turns_is_credited_to_its_visit(desk: Desk, reader: Any) -> None:
    house = hotel(desk)
    zhou, tang = (added(desk, STAFF, name=name) for name in ("周一禾", "唐屿"))
    firm, regular = account(desk, "澄籁", code="1"), account(desk, "禾渚", code="2")
    first = added(desk, VISIT, account_id=firm, day="2026-09-01", result="inquiry", owner_id=tang)
    lead = added(desk, VISIT, account_id=firm, day="2026-11-02", result="demand", owner_id=zhou)
    added(desk, VISIT, account_id=firm, day="2026-11-10", result="kept-up", words="无", owner_id=tang)
    came = added(desk, VISIT, account_id=regular, day="2026-11-03", result="demand", owner_id=zhou)
    booking = added(desk, BOOKING, kind="banquet", day="2026-12-20", account_id=firm, price=2_000_00, basis="table", tables=10, name="年会", state="inquiry", hotel_id=house)
    assert queries.of_visit(reader, lead, TODAY) == []
    desk.move(BOOKING, booking, row(desk, BOOKING, booking)["version"], "confirm")
    for arrival in ("2026-10-20", "2026-11-08"):
        stay(desk, arrival, dates.add_days(arrival, 1), company_id=regular)  # comes anyway
    new = stay(desk, "2026-11-12", "2026-11-14", company_id=firm, rate=500_00)
    found = queries.of_visit(reader, lead, TODAY)
    assert sorted((each.row, each.amount) for each in found) == [(("booking", booking), 20_000_00), (("stay", new), 1_000_00)]
    assert queries.of_visit(reader, first, TODAY) == queries.of_visit(reader, came, TODAY) == []
    assert [(visit, each.row[0]) for visit, each in queries.of_owner(reader, zhou, "2026-11-01", "2026-11-30")] == [(lead, "stay"), (lead, "booking")]
    assert queries.of_owner(reader, tang, "2026-11-01", "2026-11-30") == queries.of_owner(reader, zhou, "2026-10-01", "2026-10-31") == []
    (figure,) = queries.figures(reader, lead, TODAY)
    assert (figure.value, count(reader, ListQuery(BOOKING, figure.opens))) == ("21,000.00", 1)
    assert queries.figures(reader, first, TODAY)[0].value == "0.00"
