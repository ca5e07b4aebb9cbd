"""Stays: nights, the booking file's conversions, what the reports count, and the figures of a sheet."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_desktop.desk.desk import Desk
from crm_desktop.duties import DUTIES
from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.duties.stays import mappings, queries
from crm_desktop.duties.stays.overview import overview
from crm_desktop.duties.stays.records import STAY, settle, weekend_nights
from crm_desktop.exchange.mapping import NONE
from crm_desktop.record.dates import add_days, set_clock
from crm_desktop.record.house import make_hotel
from crm_desktop.record.text import Refused, say
from crm_desktop.store import pages
from crm_desktop.store.pages import ListQuery
from tests.samples import account, added, change, hotel, remove, row, stay
from tests.store.test_pages import Listening

DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2040, 1, 1))
TODAY = "2026-11-18"


@pytest.fixture(autouse=True)
def clock() -> Any:
    """It is the morning of Wednesday, 18 November 2026."""
    set_clock(dt.datetime(2026, 11, 18, 9))
    yield
    set_clock(None)


# nights


@given(DAYS, st.integers(0, 400))
def test_weekend_nights_begin_on_saturdays_and_sundays(arrival: dt.date, nights: int) -> None:
    counted = sum((arrival + dt.timedelta(n)).weekday() >= 5 for n in range(nights))
    assert weekend_nights(arrival.isoformat(), add_days(arrival.isoformat(), nights)) == counted


@pytest.mark.parametrize(
    ("given_row", "settled"),
    [
        ({"arrival": "", "departure": ""}, {"nights": 0}), ({"arrival": "2026-11-16", "departure": ""}, {"nights": 0}),
        ({"arrival": "2026-11-16", "departure": "2026-11-18"}, {"nights": 2}), ({"arrival": "2026-11-16", "departure": "2026-11-16"}, {"nights": 0}),
        ({"arrival": "2026-11-14", "departure": "2026-11-18", "weekend_nights": 2, "week_nights": 2}, {"nights": 4}),
        ({"arrival": "2026-11-14", "departure": "2026-11-18", "weekend_nights": 1, "week_nights": 3}, {"nights": 4}),
        ({"arrival": "2026-11-14", "departure": "2026-11-19", "weekend_nights": 2, "week_nights": 2}, {"nights": 5, "weekend_nights": 2, "week_nights": 3}),
        ({"arrival": "2026-11-14", "departure": "2026-11-19", "weekend_nights": None, "week_nights": 2}, {"nights": 5}),
    ],
)  # fmt: skip
def test_what_follows_from_the_dates(given_row: dict[str, Any], settled: dict[str, Any]) -> None:
    assert settle(given_row) == settled


@given(DAYS, st.integers(0, 60), st.one_of(st.none(), st.integers(0, 9)), st.one_of(st.none(), st.integers(0, 9)))
def test_settling_twice_changes_nothing(arrival: dt.date, nights: int, weekend: int | None, week: int | None) -> None:
    row = {"arrival": arrival.isoformat(), "departure": add_days(arrival.isoformat(), nights), "weekend_nights": weekend, "week_nights": week}
    once = row | settle(row)
    assert once | settle(once) == once


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({}, set()), ({"departure": "2026-11-15"}, {"departure"}), ({"departure": "2036-11-25"}, {"departure"}), ({"adults": -1, "babies": -2}, {"adults", "babies"}),
        ({"adults": None, "children": None}, set()), ({"departure": "2026-11-16"}, set()), ({"lead_time": -1}, {"lead_time"}), ({"rate": 10**15}, {"rate"}),
        ({"rate": -638}, set()),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_stay(changes: dict[str, Any], wrong: set[str]) -> None:
    row = STAY.blank() | {"hotel_id": 1, "arrival": "2026-11-16", "departure": "2026-11-18"} | changes
    assert set(STAY.problems(row)) == wrong


def test_a_hotel_a_file_names() -> None:
    assert make_hotel("C", "City") == {"code": "C", "name": "City"}
    assert make_hotel("", "City") == {"code": "City", "name": "City"}
    assert make_hotel("C", "") == {"code": "C", "name": "C"}


# the booking file

CONVERSIONS: list[tuple[Any, Any, Any]] = [
    (mappings.text, " NULL ", ""), (mappings.text, "NA", ""), (mappings.text, " PRT", "PRT"), (mappings.text, "0009", "0009"), (mappings.whole, "NA", None), (mappings.whole, "12", 12),
    (mappings.whole, " 0 ", 0), (mappings.counted, "3", 3), (mappings.flag, "1", 1), (mappings.flag, " 0 ", 0), (mappings.rate, "-6.38", -638), (mappings.rate, "0", 0),
    (mappings.rate, "75.5", 7550), (mappings.day, "2016-10-15", "2016-10-15"), (mappings.arrival, ("2016", "October", "15"), "2016-10-15"), (mappings.arrival, ("2016", "February", "29"), "2016-02-29"),
    (mappings.departure, ("2016", "December", "31", "0", "1"), "2017-01-01"), (mappings.departure, ("2016", "December", "31", "0", "0"), "2016-12-31"),
    (mappings.status, ("Check-Out", "0"), "Check-Out"), (mappings.status, ("Canceled", "1"), "Canceled"), (mappings.status, ("No-Show", " 1 "), "No-Show"),
    (mappings.code, "9", ("9", "")), (mappings.code, "NULL", NONE), (mappings.code, "       NULL", NONE), (mappings.hotel, "City Hotel", ("City Hotel", "City Hotel")),
]  # fmt: skip
REFUSED: list[tuple[Any, Any]] = [
    (mappings.given, "NULL"), (mappings.given, ""), (mappings.whole, "-1"), (mappings.whole, "1.5"), (mappings.whole, "1234567"), (mappings.whole, "１"), (mappings.counted, "NA"), (mappings.flag, "2"), (mappings.flag, ""),
    (mappings.rate, ""), (mappings.rate, "NA"), (mappings.rate, "1.234"), (mappings.day, ""), (mappings.day, "15.10.2016"), (mappings.arrival, ("2016", "Oktober", "15")), (mappings.arrival, ("2016", "February", "30")),
    (mappings.arrival, ("x", "May", "1")), (mappings.arrival, ("9" * 5000, "May", "1")), (mappings.arrival, ("2016", "May", "")), (mappings.departure, ("9999", "December", "31", "0", "1")), (mappings.departure, ("2016", "May", "1", "9999", "1")),
    (mappings.status, ("Check-Out", "1")), (mappings.status, ("Canceled", "0")), (mappings.status, ("Gone", "1")), (mappings.status, ("", "0")), (mappings.hotel, "NULL"),
]  # fmt: skip


@pytest.mark.parametrize(("convert", "cell", "value"), CONVERSIONS)
def test_cells_of_the_booking_file(convert: Any, cell: Any, value: Any) -> None:
    assert convert(cell) == value


@pytest.mark.parametrize(("convert", "cell"), REFUSED)
def test_cells_that_make_a_bad_row(convert: Any, cell: Any) -> None:
    with pytest.raises(Refused):
        convert(cell)


# what the reports count


@pytest.fixture
def house(desk: Desk) -> dict[str, int]:
    """Stays around today, each for one reason."""
    return {
        "left today": stay(desk, "2026-11-16", "2026-11-18"),
        "staying": stay(desk, "2026-11-17", "2026-11-20", status="In-House"),
        "left by mistake not": stay(desk, "2026-10-01", "2026-11-19", status="In-House"),
        "booked for today": stay(desk, "2026-11-18", "2026-11-19", status="Booked"),
        "booked yesterday, never entered": stay(desk, "2026-11-17", "2026-11-19", status="Booked"),
        "cancelled": stay(desk, "2026-11-17", "2026-11-20", status="Canceled"),
        "no-show": stay(desk, "2026-11-18", "2026-11-20", status="No-Show"),
        "day use today": stay(desk, "2026-11-18", "2026-11-18", status="In-House"),
        "next week": stay(desk, "2026-11-25", "2026-11-27", status="Booked"),
        "gone": stay(desk, "2026-11-17", "2026-11-20", status="In-House"),
    }


IN_HOUSE = [
    ("2026-11-18", {"staying", "left by mistake not", "booked for today", "booked yesterday, never entered"}),
    ("2026-11-17", {"left today", "staying", "left by mistake not"}), ("2026-11-16", {"left today", "left by mistake not"}),
    ("2026-11-19", {"staying"}), ("2026-11-26", {"next week"}), ("2026-09-30", set()), ("2026-10-01", {"left by mistake not"}), ("2030-01-01", set()),
]  # fmt: skip
ARRIVALS = [("2026-11-18", {"booked for today", "day use today"}), ("2026-11-17", {"staying", "booked yesterday, never entered"}), ("2026-11-20", set())]
DEPARTURES = [("2026-11-18", {"left today"}), ("2026-11-19", {"left by mistake not", "booked for today", "booked yesterday, never entered"}), ("2026-11-20", {"staying"})]
CASES = [(which, day, names) for which, cases in (("in-house", IN_HOUSE), ("arrivals", ARRIVALS), ("departures", DEPARTURES)) for day, names in cases]


@pytest.mark.parametrize(("which", "day", "names"), CASES)
def test_who_is_there_who_comes_who_leaves(desk: Desk, reader: Any, house: dict[str, int], which: str, day: str, names: set[str]) -> None:
    remove(desk, STAY, house["gone"])
    by_id = {row_id: name for name, row_id in house.items()}
    where, values = queries.DAILY[which](reader, day)
    found = {by_id[r[0]] for r in reader.execute(f"select s.id from stay as s where {where}", values)}
    assert found == names
    assert queries.daily(reader, which, day).totals["bookings"] == len(names)


@pytest.mark.parametrize("day", ["2026-11-16", "2026-11-17", "2026-11-18", "2026-11-19", "2026-11-25"])
def test_the_filters_of_today_open_exactly_what_it_counts(desk: Desk, reader: Any, house: dict[str, int], day: str) -> None:
    remove(desk, STAY, house["gone"])
    other = added(desk, desk.store.by_key["hotel"], name="Resort", code="R")
    change(desk, STAY, house["staying"], hotel_id=other)
    for which in (None, hotel(desk), other):
        lines, before = ([line for line in queries.today(reader, on, which) if line.group == "house"] for on in (day, add_days(day, -1)))
        assert [say(line.label) for line in lines] == ["Arrivals", "In house", "Departures"]
        for line, earlier in zip(lines, before, strict=True):
            assert pages.count(reader, ListQuery(STAY, line.filters)) == line.count
            assert line.before == earlier.count


def test_children_that_nobody_counted_are_none(desk: Desk, reader: Any) -> None:
    stay(desk, adults=None, children=None, babies=2, country="", segment="")
    found = queries.daily(reader, "in-house", "2026-11-17")
    assert {name: found.rows[0][name] for name in ("adults", "children", "babies", "country", "segment", "agency")} == {
        "adults": None, "children": None, "babies": 2, "country": None, "segment": None, "agency": None,
    }  # fmt: skip
    assert (found.totals["adults"], found.totals["children_babies"]) == (0, 2)


# the figures of a sheet


def shown(reader: Any, record: str, row_id: int) -> dict[str, str]:
    return {say(figure.label): figure.value for figure in queries.figures(reader, record, row_id, TODAY)}


@pytest.mark.parametrize("kind", ["agency", "company"])
def test_the_figures_of_a_client(desk: Desk, reader: Any, kind: str) -> None:
    client = account(desk, "Orient", kind=kind)
    column = f"{kind}_id"
    for arrival, nights, rate, status, lead in (("2026-01-05", 2, 10_000, "Check-Out", 10), ("2026-03-01", 1, 10_001, "Check-Out", 11), ("2026-04-01", 3, 5, "Canceled", None), ("2026-04-02", 3, 5, "No-Show", 0), ("2026-12-01", 1, 7, "Booked", 5)):
        stay(desk, arrival, add_days(arrival, nights), rate=rate, status=status, lead_time=lead, **{column: client})
    stay(desk, "2026-02-01", "2026-02-03")
    assert shown(reader, "account", client) == {
        "Times stayed": "2", "Nights": "3", "Room revenue": "300.01", "Average rate": "100.00", "Booked ahead": "7", "Cancelled or no-show": "2", "Last seen": "2026-03-01",
        "Next arrival": "2026-12-01",
    }  # fmt: skip
    notes = {say(f.label): f.note for f in queries.figures(reader, "account", client, TODAY)}
    assert notes["Cancelled or no-show"] == "40%"
    for figure in queries.figures(reader, "account", client, TODAY):
        if figure.opens and say(figure.label) in ("Times stayed", "Cancelled or no-show"):
            assert pages.count(reader, ListQuery(STAY, figure.opens)) == int(figure.value)
    kept = row(desk, ACCOUNT, client)
    assert (kept["stays"], kept["nights"], kept["revenue"], kept["last_stay"]) == (2, 3, 30_001, "2026-03-01")


def test_the_figures_of_somebody_new(desk: Desk, reader: Any) -> None:
    for record, row_id in (("account", account(desk, "New")), ("person", added(desk, PERSON, name="New"))):
        assert shown(reader, record, row_id) == {
            "Times stayed": "0", "Nights": "0", "Room revenue": "0.00", "Average rate": "–", "Booked ahead": "–", "Cancelled or no-show": "0", "Last seen": "–", "Next arrival": "–",
        }  # fmt: skip


def test_the_figures_of_a_guest(desk: Desk, reader: Any) -> None:
    guest = added(desk, PERSON, name="Zhang San")
    stay(desk, guest_id=guest)
    assert (shown(reader, "person", guest)["Times stayed"], shown(reader, "person", guest)["Last seen"]) == ("1", "2026-11-16")


# overview against plain counting

BOOKINGS = st.lists(
    st.fixed_dictionaries(
        {
            "arrival": st.sampled_from(["2026-01-31", "2026-02-01", "2026-02-28"]), "nights": st.integers(0, 4), "rate": st.sampled_from([0, -5, 100, 12_345]),
            "status": st.sampled_from(["Check-Out", "Canceled", "No-Show"]), "adults": st.sampled_from([0, 2, 12]), "children": st.sampled_from([None, 0, 3]),
            "customer_type": st.sampled_from(["Group", "Transient"]), "repeat": st.sampled_from([0, 1]), "segment": st.sampled_from(["Direct", "Groups"]),
            "country": st.sampled_from(["", "CHN", "CN", "PRT"]), "agency_id": st.integers(0, 2), "company_id": st.integers(0, 1),
        }
    ),
    max_size=12,
)  # fmt: skip


@settings(max_examples=25)
@given(BOOKINGS)
def test_the_overview_counts_as_anybody_would(desk: Desk, reader: Any, bookings: list[dict[str, Any]]) -> None:
    db = desk.store.writer
    with db.atomic():
        for table in ("stay", "account"):
            db.execute(f"update {table} set gone = 1")
        db.execute("update hotel set stays = 0, nights = 0, revenue = 0")
    agencies = [None, *(account(desk, f"A{n}", kind="agency", code=f"{n}") for n in range(2))]
    companies = [None, account(desk, "C")]
    for b in bookings:
        values = {name: value for name, value in b.items() if name != "nights"}
        values |= {"agency_id": agencies[b["agency_id"]], "company_id": companies[b["company_id"]], "departure": add_days(b["arrival"], b["nights"])}
        stay(desk, **values)
    (found,) = overview(reader).rows
    stayed = [b for b in bookings if b["status"] == "Check-Out"]
    assert found["rows"] == len(bookings)
    assert (found["stayed_bookings"], found["stayed_room_nights"]) == (len(stayed), sum(b["nights"] for b in stayed))
    assert round(float(found["room_revenue_total"]) * 100) == sum(b["nights"] * b["rate"] for b in stayed)
    assert found["missing"] == {
        "agent": sum(b["agency_id"] == 0 for b in bookings), "company": sum(b["company_id"] == 0 for b in bookings),
        "country": sum(b["country"] == "" for b in bookings), "children": sum(b["children"] is None for b in bookings),
    }  # fmt: skip
    assert found["distinct_agents"] == len({b["agency_id"] for b in bookings} - {0})
    assert found["repeat_guest_stayed"] == sum(b["repeat"] for b in stayed)
    assert found["groups_bookings_with_10_or_more_adults"] == sum(b["customer_type"] == "Group" and b["adults"] >= 10 for b in bookings)
    assert found["zero_night_stayed"] == sum(b["nights"] == 0 for b in stayed)
    assert found["bookings_without_any_guest"] == sum(b["adults"] + (b["children"] or 0) == 0 for b in bookings)
    assert found["longest_stay_nights"] == max((b["nights"] for b in bookings), default=None)
    by_agency = queries.production(reader, "agency")
    assert {r["key"]: r["bookings"] for r in by_agency.rows} == {
        str(n - 1): count for n in (1, 2) if (count := sum(b["agency_id"] == n for b in stayed))
    }  # fmt: skip
    for by in ("agency", "company", "hotel"):
        assert queries.production(reader, by).plain() == queries.production(reader, by, "0001-01-01", "9999-12-31").plain()


# what they cost


def plans(reader: Any, ask: Any) -> list[str]:
    listening = Listening(reader)
    ask(listening)
    return [step for steps in listening.plans() for step in steps]


COSTS = {
    "in house": lambda reader: queries.daily(reader, "in-house", "2016-10-15"), "arrivals": lambda reader: queries.daily(reader, "arrivals", "2016-10-15"),
    "departures": lambda reader: queries.daily(reader, "departures", "2016-10-15"), "today": lambda reader: queries.today(reader, "2016-10-15", None),
    "today of a hotel": lambda reader: queries.today(reader, "2016-10-15", 5), "figures of a guest": lambda reader: queries.figures(reader, "person", 5, TODAY),
    "figures of a client": lambda reader: queries.figures(reader, "account", 5, TODAY), "longest stay": queries.longest_stay,
}  # fmt: skip


@pytest.mark.embedded
@pytest.mark.parametrize("name", COSTS)
def test_no_figure_walks_all_stays(reader: Any, name: str) -> None:
    steps = plans(reader, COSTS[name])
    assert [step for step in steps if step.startswith("SCAN s") and "stay_nights_id" not in step] == []
    assert any("USING INDEX stay_" in step or "USING COVERING INDEX stay_" in step for step in steps), steps


@pytest.mark.embedded
def test_production_over_all_time_reads_no_stay(reader: Any) -> None:
    for by in ("agency", "company", "hotel"):
        assert not [step for step in plans(reader, lambda listening, by=by: queries.production(listening, by)) if step.split(" ")[1] in ("s", "stay")]


def test_every_duty_is_whole() -> None:
    keys = [duty.key for duty in DUTIES]
    assert len(keys) == len(set(keys))
    assert all(say(duty.title) and say(page.title) for duty in DUTIES for page in duty.pages)
    pages_of_all = [page.key for duty in DUTIES for page in duty.pages]
    assert len(pages_of_all) == len(set(pages_of_all))
