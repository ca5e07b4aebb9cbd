"""What changed since somebody last looked, approvals that wait, birthdays of who is here, and what a big screen may show."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.desk.desk import Desk
from crm_desktop.desk.rights import sighted
from crm_desktop.duties import DUTIES, RECORDS
from crm_desktop.duties.clients.records import PERSON
from crm_desktop.duties.stays.records import BOOKED, CANCELLED, IN_HOUSE, STAY
from crm_desktop.duties.today import handover, queries, queries_changed, screen
from crm_desktop.duties.today.board import SINCE, Board
from crm_desktop.duties.today.briefing import Guest
from crm_desktop.duties.today.pages_groups import levelled, tallest
from crm_desktop.record import dates
from crm_desktop.record.duty import TodayLine
from crm_desktop.record.text import Text, say, use
from crm_desktop.store import pages
from crm_desktop.store.store import Store
from tests import samples
from tests.duties import lobby
from tests.duties.lobby import DAY
from tests.hotel import TODAY, Hotel, at_its_hour


def told(desk: Desk, since: int, hotel: int | None = None) -> dict[str, int]:
    lines = queries_changed.lines(desk.store.writer, desk.store.by_key, since, hotel)
    for line in lines:
        query = pages.ListQuery(desk.store.by_key[line.record], line.filters)
        assert pages.count(desk.store.writer, query) == line.count
        assert line.group == SINCE
    return {say(line.label): line.count for line in lines}


def test_new_cancelled_and_changed_rows_are_counted_once(desk: Desk) -> None:
    old, kept = (samples.stay(desk, DAY, "2026-11-20", status=BOOKED) for _ in range(2))
    since = queries_changed.newest(desk.store.writer)
    assert told(desk, since) == {}
    samples.change(desk, STAY, old, status=CANCELLED)
    samples.change(desk, STAY, kept, rate=1)
    samples.change(desk, STAY, kept, rate=2)
    fresh = samples.stay(desk, DAY, "2026-11-20", status=BOOKED)
    samples.change(desk, STAY, fresh, rate=3)
    again = samples.stay(desk, DAY, "2026-11-20", status=CANCELLED)
    gone = samples.stay(desk, DAY, "2026-11-20", status=BOOKED)
    samples.remove(desk, STAY, gone)
    assert told(desk, since) == {"New room bookings": 1, "Room bookings cancelled": 2, "Room bookings changed": 1}
    assert told(desk, since, samples.hotel(desk)) == told(desk, since)
    assert told(desk, since, samples.hotel(desk, "Resort")) == {}
    assert told(desk, queries_changed.newest(desk.store.writer)) == {}
    desk.undo()
    assert again


def test_what_waits_for_a_yes_is_told_today_only(desk: Desk) -> None:
    lobby.fill(desk)
    samples.change(desk, desk.store.by_key["person"], desk.store.writer.execute("select id from person").fetchone()[0], remark="x")
    lines = {say(line.label): line for line in queries.approvals(desk.store.writer, DAY, None)}
    applied = desk.store.writer.execute("select count(*) from vip_stay where stage = 'applied' and gone is null").fetchone()[0]
    assert {name: line.count for name, line in lines.items()} == ({"To be approved: VIP stays": applied} if applied else {})
    assert applied == 0
    lobby.reception(desk, desk.store.writer.execute("select id from person").fetchone()[0], "V5", "2026-12-01", "2026-12-02")
    (line,) = queries.approvals(desk.store.writer, DAY, None)
    assert (say(line.label), line.count, line.tone) == ("To be approved: VIP stays", 1, "amber")
    assert queries.approvals(desk.store.writer, "2026-11-17", None) == []


def test_everybody_is_told_what_they_may_decide_themselves(hotel: Hotel, tmp_path: Path) -> None:
    """In the sample: a write-off and money of the fund are for finance, a meal the director asked for is for the general manager."""
    with at_its_hour(), Store(hotel.copy(tmp_path / "hotel.db"), RECORDS) as store:
        told = {}
        for who in ("沈知渝", "顾砚秋", "高澄", "周一禾"):
            with closing(sighted(store, hotel.ids[who])) as reader:
                lines = queries.approvals(reader, TODAY, None)
                told[who] = {line.record: line.count for line in lines}
                assert all(pages.count(reader, pages.ListQuery(store.by_key[line.record], line.filters)) == line.count for line in lines)
        with closing(store.open_reader()) as reader:
            everything = {line.record: line.count for line in queries.approvals(reader, TODAY, None)}
    assert told["沈知渝"] == {"vip_stay": 3, "gift": 1}
    assert told["高澄"] == {"write_off": 1, "fund_line": 4}
    assert told["周一禾"] == {}
    assert told["顾砚秋"] == everything == {"vip_stay": 3, "write_off": 1, "fund_line": 4, "gift": 1, "hospitality": 1}


NAMES_A_DAY = ("today", "tomorrow", "今日", "今天", "今晚", "明日", "明天")


@pytest.mark.parametrize("spoken", ["en", "zh_CN"])
def test_the_figures_of_tomorrow_do_not_speak_of_today(hotel: Hotel, tmp_path: Path, spoken: str) -> None:
    """The board of another day and what the hand-over says of tomorrow; a figure keeps its place from day to day."""
    with at_its_hour(), Store(hotel.copy(tmp_path / "hotel.db"), RECORDS) as store, closing(store.open_reader()) as reader:
        boards = [queries.board(reader, DUTIES, day, None) for day in (TODAY, dates.add_days(TODAY, 1), dates.add_days(TODAY, -1))]
        told = handover.handover(reader, DUTIES, TODAY, None)
        use(spoken)
        now, *others = [[say(words) for line in board.lines for words in (line.label, line.brief, line.note or "")] for board in boards]
        assert any(day in words.lower() for words in now for day in NAMES_A_DAY)
        ahead = [say(risk.said(risk.line.label)) for risk in told.risks if not risk.tone]
        assert len(ahead) > 5
        assert [words for said in (*others, ahead) for words in said if any(day in words.lower() for day in NAMES_A_DAY)] == []
    same = [{line.same for line in board.lines} for board in boards]
    assert "Text('Bookings today')" in same[0] & same[1]


def test_birthdays_of_those_who_are_here(desk: Desk) -> None:
    dates.set_clock(lobby.NOW)
    here, away, lunar = (samples.added(desk, PERSON, name=name, **more) for name, more in (("甲", {"birthday": "1980-11-18"}), ("乙", {"birthday": "1981-11-18"}), ("丙", {"lunar_birthday": "10-10"})))
    samples.stay(desk, "2026-11-17", "2026-11-19", guest_id=here, status=IN_HOUSE)
    samples.stay(desk, "2026-11-18", "2026-11-19", guest_id=lunar, status=BOOKED)
    samples.stay(desk, "2026-11-10", "2026-11-12", guest_id=away)
    board = queries.board(desk.store.writer, DUTIES, DAY, None)
    found = {say(line.label): line for line in board.lines if line.group == "birthdays"}
    assert {name: line.count for name, line in found.items()} == {"Birthdays": 3, "Birthday in house": 2}
    assert found["Birthday in house"].filters == [("id", "in", tuple(sorted((here, lunar))))]


@given(st.lists(st.integers(20, 300), min_size=1, max_size=14), st.integers(1, 5))
def test_every_card_stands_in_one_column_in_reading_order(heights: list[int], count: int) -> None:
    columns = levelled(heights, count)
    assert sorted(at for column in columns for at in column) == list(range(len(heights)))
    assert all(column == sorted(column) for column in columns)
    assert len(columns) <= count
    lowest = max(max(heights), sum(heights) // count)
    assert tallest(heights, columns, 0) <= lowest + max(heights)


@pytest.mark.parametrize(("names", "wanted"), [(False, "霍**"), (True, "霍明翊")])
def test_a_big_screen_shows_no_money_no_rooms_and_names_only_where_wanted(names: bool, wanted: str) -> None:
    def line(group: str, label: str, count: int, **more: Any) -> TodayLine:
        return TodayLine(Text(label), count, None, "reception_task" if label == "Tasks" else "stay", [], group=group, **more)

    lines = [
        line("house", "Arrivals", 0), line("vip", "Arriving", 7), line("vip", "Nobody", 0), line("money", "Overdue", 88, amount="1,303,900.00"),
        line("service", "Complaints open", 3), line("guests", "Company 223: rooms", 96), line("bookings", "Bookings today", 5),
        line("vip", "Tasks", 51), line("vip", "Not prepared yet", 1, tone="amber"),
    ]  # fmt: skip
    guests = [Guest("vip", "霍明翊", "V2", "15:40", "1702"), *(Guest("birthdays", f"寿星{n}") for n in range(9))]
    shown = screen.shown(Board(DAY, lines, [], ("", "")), guests, names=names)
    assert [(say(label), count) for label, count in shown.figures] == [("Arrivals", 0), ("VIP: Arriving", 7), ("Bookings today", 5)]
    assert [len(panel.rows) for panel in shown.panels] == [1, 8, 1]
    assert shown.panels[0].rows == [("V2", wanted, "15:40")]
    assert "1702" not in repr([panel.rows for panel in shown.panels])
