"""What others refer to a row as, it stays."""

from __future__ import annotations

import pytest

from crm_desktop.desk.desk import Desk
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.duties.stays.records import HOTEL, STAY
from crm_desktop.record.text import Refused


def test_an_agency_with_stays_cannot_become_a_company(desk: Desk) -> None:
    hotel = desk.save(HOTEL, None, 0, {"name": "H", "code": "H"}).rows[0][1]
    agency = desk.save(ACCOUNT, None, 0, {"name": "棠溪旅行社", "kind": "agency"}).rows[0][1]
    desk.save(ACCOUNT, agency, 1, {"kind": "company"})
    desk.save(ACCOUNT, agency, 2, {"kind": "agency"})
    stay = {"hotel_id": hotel, "agency_id": agency, "arrival": "2026-11-18", "departure": "2026-11-19"}
    stay_id = desk.save(STAY, None, 0, stay).rows[0][1]
    with pytest.raises(Refused):
        desk.save(ACCOUNT, agency, 3, {"kind": "company"})
    desk.remove(STAY, stay_id, 1)
    desk.save(ACCOUNT, agency, 3, {"kind": "company"})
