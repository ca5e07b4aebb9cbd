"""What matters about a client today, as every duty says it."""

from __future__ import annotations

from typing import Any

from crm_desktop.desk.desk import Desk
from crm_desktop.duties.clients.records import PERSON
from crm_desktop.duties.stays import queries
from crm_desktop.duties.stays.records import BOOKED, CANCELLED, IN_HOUSE, STAY
from crm_desktop.store import pages
from tests import samples

DAY = "2026-11-18"


def said(reader: Any, record: str, row_id: int) -> list[tuple[str, str]]:
    return [(str(point.words), point.tone) for point in queries.now(reader, record, row_id, DAY)]


def test_a_client_s_rooms_in_house_and_next_arrival(desk: Desk) -> None:
    client, agency = samples.account(desk), samples.account(desk, "Tour", kind="agency")
    assert said(desk.store.writer, "account", client) == []
    samples.stay(desk, "2026-11-16", DAY, company_id=client)  # left today
    samples.stay(desk, "2026-11-16", "2026-11-20", company_id=client, status=IN_HOUSE, room_no="1702")
    samples.stay(desk, "2026-11-19", "2026-11-20", company_id=client, status=CANCELLED)
    samples.stay(desk, "2026-11-22", "2026-11-23", company_id=client, agency_id=agency, status=BOOKED)
    assert said(desk.store.writer, "account", client) == [("In house, room 1702, until 2026-11-20", "green"), ("Next arrival 2026-11-22", "blue")]
    assert said(desk.store.writer, "account", agency) == [("Next arrival 2026-11-22", "blue")]
    samples.stay(desk, "2026-11-17", "2026-11-21", company_id=client, status=IN_HOUSE)
    assert said(desk.store.writer, "account", client)[0] == ("2 rooms in house", "green")


def test_a_guest_who_arrives_today(desk: Desk) -> None:
    guest = samples.added(desk, PERSON, name="Huo Mingyi")
    samples.stay(desk, DAY, "2026-11-20", guest_id=guest, status=BOOKED)
    assert ("Arrives today", "blue") in said(desk.store.writer, "person", guest)


def test_each_point_opens_the_rows_it_counts(desk: Desk) -> None:
    client = samples.account(desk)
    for at in range(3):
        samples.stay(desk, "2026-11-17", f"2026-11-2{at}", company_id=client, status=IN_HOUSE)
    samples.stay(desk, "2026-12-01", "2026-12-02", company_id=client, status=BOOKED)
    for point, count in zip(queries.now(desk.store.writer, "account", client, DAY), (3, 1), strict=True):
        assert point.opens is not None
        assert not isinstance(point.opens[1], int)
        assert point.opens[0] == "stay"
        assert pages.count(desk.store.writer, pages.ListQuery(STAY, point.opens[1])) == count
