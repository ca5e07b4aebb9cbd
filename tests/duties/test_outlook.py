"""The ninety days to come against each day counted by itself; what went to another month, and by whom."""

from __future__ import annotations

from crm_desktop.desk.desk import Desk
from crm_desktop.duties.bookings.records import BOOKING
from crm_desktop.duties.house.records import ROOM_TYPE
from crm_desktop.duties.stays import queries as stays
from crm_desktop.duties.stays.records import BOOKED, CANCELLED, IN_HOUSE, STAY
from crm_desktop.duties.today import queries_changed
from crm_desktop.duties.today.queries_outlook import outlook
from crm_desktop.record import dates
from crm_desktop.record.dates import add_days
from crm_desktop.record.text import say
from tests.duties import lobby
from tests.duties.lobby import DAY
from tests.samples import added, change, hotel, stay


def test_each_day_ahead_is_what_that_day_has_in_house(desk: Desk) -> None:
    dates.set_clock(lobby.NOW)
    added(desk, ROOM_TYPE, code="SK", name="大床", hotel_id=hotel(desk), count=10)
    for first, last, status in ((-3, 2, IN_HOUSE), (0, 1, BOOKED), (0, 0, BOOKED), (5, 9, BOOKED), (6, 7, CANCELLED), (80, 120, BOOKED), (-40, 100, IN_HOUSE)):
        stay(desk, add_days(DAY, first), add_days(DAY, last), status=status)
    added(desk, BOOKING, hotel_id=hotel(desk), kind="wedding", day=add_days(DAY, 5), people=420, place="澜庭 A+B", state="definite", name="陈郑")
    added(desk, BOOKING, hotel_id=hotel(desk), kind="meeting", day=add_days(DAY, 5), people=60, place="观澜", state="tentative", name="轻纺")
    added(desk, BOOKING, hotel_id=hotel(desk), kind="group", day=add_days(DAY, 6), people=60, state="definite", name="团")
    found = outlook(desk.store.writer, DAY, 91, None)
    assert len(found) == 91
    for one in found:
        where, values = stays.in_house(desk.store.writer, one.day)
        assert one.rooms == desk.store.writer.execute(f"select count(*) from stay as s where {where}", values).fetchone()[0], one.day
    fifth = found[5]
    assert (fifth.functions, fifth.kinds["wedding"], fifth.people, fifth.places, fifth.share) == (2, 1, 480, 2, 20)
    assert found[6].groups == 1
    assert sum(one.rooms for one in outlook(desk.store.writer, DAY, 91, hotel(desk, "Resort"))) == 0


def test_money_that_went_to_another_month_is_told_with_who_moved_it(desk: Desk) -> None:
    moved, stayed = (stay(desk, "2026-11-28", "2026-11-30", status=BOOKED, rate=50_000) for _ in range(2))
    banquet = added(desk, BOOKING, hotel_id=hotel(desk), kind="banquet", day="2026-11-30", price=300_000, basis="whole", state="definite", name="年会")
    since = queries_changed.newest(desk.store.writer)
    change(desk, STAY, stayed, arrival="2026-11-27")
    change(desk, STAY, moved, arrival="2026-12-01", departure="2026-12-03")
    change(desk, STAY, moved, rate=60_000)
    change(desk, BOOKING, banquet, day="2026-12-05")
    lines = {(line.record, say(line.label)): line for line in queries_changed.lines(desk.store.writer, desk.store.by_key, since, None)}
    line = lines["stay", "Moved to another month"]
    assert (line.count, line.amount) == (1, "2026-11 → 2026-12 1,200.00")
    assert lines["booking", "Moved to another month"].amount == "2026-11 → 2026-12 3,000.00"
    assert lines["stay", "Room bookings changed"].amount == f"{desk.person} 2"
    change(desk, STAY, moved, arrival="2026-11-28", departure="2026-11-30")
    assert ("stay", "Moved to another month") not in {(line.record, say(line.label)) for line in queries_changed.lines(desk.store.writer, desk.store.by_key, since, None)}
