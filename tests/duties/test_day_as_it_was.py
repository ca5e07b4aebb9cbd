"""A past day as it was, by the states of its end; who is on duty and who is out; what a closing day leaves open."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.desk.desk import Desk
from crm_desktop.desk.records import STAFF
from crm_desktop.duties import DUTIES
from crm_desktop.duties.bookings.records import BOOKING
from crm_desktop.duties.follow_ups.records import FOLLOW_UP
from crm_desktop.duties.today import handover, queries, queries_then
from crm_desktop.duties.today.records import TURN
from crm_desktop.record import dates
from crm_desktop.record.duty import TodayLine
from crm_desktop.record.text import say
from crm_desktop.store import pages
from tests.samples import added, hotel, row

MONDAY, TUESDAY, WEDNESDAY = "2026-11-16", "2026-11-17", "2026-11-18"


def at(day: str) -> None:
    dates.set_clock(dt.datetime.fromisoformat(f"{day}T13:20"))


def figure(desk: Desk, day: str, label: str) -> TodayLine | None:
    return next((line for line in queries.board(desk.store.writer, DUTIES, day, None).lines if say(line.label) == label), None)


def counted(desk: Desk, day: str, label: str) -> int:
    line = figure(desk, day, label)
    if line is None:
        return 0
    assert pages.count(desk.store.writer, pages.ListQuery(desk.store.by_key[line.record], line.filters)) == line.count  # opens its rows
    return line.count


def test_a_past_day_counts_what_was_open_then(desk: Desk) -> None:
    at(MONDAY)
    ids = [added(desk, FOLLOW_UP, name=f"事{n}", due=MONDAY) for n in range(3)]
    at(TUESDAY)
    desk.move(FOLLOW_UP, ids[0], row(desk, FOLLOW_UP, ids[0])["version"], "done")
    at(WEDNESDAY)
    desk.move(FOLLOW_UP, ids[1], row(desk, FOLLOW_UP, ids[1])["version"], "done")
    assert counted(desk, WEDNESDAY, "Follow-ups overdue") == 1
    assert counted(desk, TUESDAY, "Follow-ups overdue") == 2  # one was done in the course of that day
    assert counted(desk, MONDAY, "Follow-ups due") == 3
    desk.undo()
    assert counted(desk, WEDNESDAY, "Follow-ups overdue") == 2


@given(wanted=st.sets(st.sampled_from("abcd"), min_size=1), state=st.sampled_from("abcd"))
def test_a_state_fits_what_a_filter_asks(wanted: set[str], state: str) -> None:
    kept = tuple(wanted)
    assert queries_then.fits([("s", "in", kept)], "s", state) == (state in wanted)
    assert queries_then.fits([("s", "not in", kept), ("day", "=", "x")], "s", state) == (state not in wanted)
    assert queries_then.fits([("s", "=", kept[0])], "s", state) != queries_then.fits([("s", "<>", kept[0])], "s", state)


def test_who_is_on_duty_and_who_is_out(desk: Desk) -> None:
    at(WEDNESDAY)
    people = [added(desk, STAFF, name=name, code=f"T{n}") for n, name in enumerate(("邵远", "周一禾", "秦苏"))]
    for who, kind, more in zip(people, ("mod", "out", "away"), ({}, {"name": "澄籁精密", "begins": "14:00", "ends": "16:00"}, {}), strict=True):
        added(desk, TURN, day=WEDNESDAY, kind=kind, owner_id=who, **more)
    on, out = (figure(desk, WEDNESDAY, label) for label in ("On duty", "Out or on leave"))
    assert on is not None
    assert out is not None
    assert (on.count, on.amount, out.count, out.amount) == (1, "邵远", 2, "周一禾 · 秦苏")
    assert figure(desk, TUESDAY, "On duty") is None


def test_a_function_that_took_place_is_left_open_until_it_is_closed(desk: Desk) -> None:
    at(TUESDAY)
    done = added(desk, BOOKING, hotel_id=hotel(desk), kind="banquet", day=MONDAY, place="听泉", name="卢家", state="definite")
    assert counted(desk, TUESDAY, "Over and not closed") == 1
    found = handover.handover(desk.store.writer, DUTIES, TUESDAY, None)
    assert [(entry.record, entry.row_id) for entry in found.items] == [("booking", done)]
    desk.move(BOOKING, done, row(desk, BOOKING, done)["version"], "done")
    assert counted(desk, TUESDAY, "Over and not closed") == 0
    at(WEDNESDAY)
    assert counted(desk, TUESDAY, "Over and not closed") == 0
    assert counted(desk, MONDAY, "Bookings of the day") == 1
