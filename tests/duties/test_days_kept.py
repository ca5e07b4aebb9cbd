"""Days that come round by themselves: founding days of clients and first stays of regular guests, as follow-ups, on Today and on sheets."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from crm_desktop.desk.desk import Desk
from crm_desktop.desk.records import STAFF
from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.duties.guests import causes, queries, queries_days
from crm_desktop.duties.guests.records import KEY_DATE
from crm_desktop.record import dates
from crm_desktop.record.dates import add_days
from crm_desktop.record.text import say, use
from crm_desktop.store import pages
from crm_desktop.store.pages import ListQuery
from tests.samples import account, added, row, stay

DAY = "2026-11-18"
RECORD = {each.key: each for each in (KEY_DATE, ACCOUNT, PERSON)}


@pytest.fixture(autouse=True)
def _clock() -> None:
    dates.set_clock(dt.datetime(2026, 11, 18, 13, 20))


def test_founding_days_are_told_a_month_a_week_and_a_day_before(desk: Desk, reader: Any) -> None:
    firm = account(desk, "甲公司", level="A", founded="2001-12-18", owner_id=added(desk, STAFF, name="许棠"))
    account(desk, "丁公司", level="D", founded="2025-11-19")
    account(desk, "今年成立", founded="2026-11-19")
    account(desk, "已流失", founded="2001-11-19", state="lost")
    account(desk, "别的日子", founded="2001-12-19")
    leap = account(desk, "闰日公司", founded="2004-02-29")
    use("en")

    def told(day: str) -> list[tuple[str, str, str]]:
        return sorted((each.key, each.due, say(each.what)) for each in causes.causes(reader, day) if each.key.startswith("founded"))

    basket = "Send a basket of flowers with the director's card"
    assert told(DAY) == [
        ("founded-1", "2026-11-19", f"丁公司: a year since their founding on 2026-11-19. {basket} (a greeting only, nothing is spent)"),
        ("founded-30", "2026-12-18", f"甲公司: 25 years since their founding on 2026-12-18. {basket} (at most 500.00)"),
    ]
    assert [each[:2] for each in told("2026-12-11")] == [("founded-30", "2026-12-19"), ("founded-7", "2026-12-18")]
    assert [each[:2] for each in told("2026-12-18")] == [("founded-1", "2026-12-18"), ("founded-1", "2026-12-19")]
    assert [each[:2] for each in told("2027-02-27")] == [("founded-1", "2027-02-28")], "kept on the 28th in ordinary years"
    assert [each[:2] for each in told("2028-02-27")] == [("founded-7", "2028-02-29")]
    (alert,) = (each for each in causes.causes(reader, DAY) if each.key == "founded-30")
    assert (alert.about, alert.account_id, alert.owner_id) == (("account", firm), firm, row(desk, ACCOUNT, firm)["owner_id"])
    added(desk, KEY_DATE, account_id=firm, kind="founding", name="司庆", day="2001-12-18")
    assert [each.key for each in causes.causes(reader, DAY) if each.account_id == firm] == ["key-date-30"], "written down by hand: told once"
    assert row(desk, ACCOUNT, leap)["founded"] == "2004-02-29"


def test_round_years_as_a_client_are_thanked_for(desk: Desk, reader: Any) -> None:
    """The first year and every fifth; the sheet says any year within a week."""
    firm = account(desk, "甲公司", level="A", partner_since="2016-11-25", owner_id=added(desk, STAFF, name="许棠"))
    account(desk, "一年", level="D", partner_since="2025-11-19")
    two = account(desk, "两年", partner_since="2024-11-19")
    account(desk, "今年起", partner_since="2026-11-19")
    account(desk, "已流失", partner_since="2016-11-19", state="lost")
    use("en")
    letter = "Thank them by a letter of the general manager"

    def told() -> list[tuple[str, str, str]]:
        return sorted((each.key, each.due, say(each.what)) for each in causes.causes(reader, DAY) if each.key.startswith("partner"))

    assert told() == [
        ("partner-1", "2026-11-19", f"一年: a client for a year on 2026-11-19. {letter} (a greeting only, nothing is spent)"),
        ("partner-7", "2026-11-25", f"甲公司: a client for 10 years on 2026-11-25. {letter} (at most 500.00)"),
    ]
    (alert,) = (each for each in causes.causes(reader, DAY) if each.key == "partner-7")
    assert (alert.about, alert.owner_id) == (("account", firm), row(desk, ACCOUNT, firm)["owner_id"])
    assert [(say(point.words), point.tone) for point in queries.now(reader, "account", two, DAY)] == [("a client for 2 years on 2026-11-19", "amber")]
    added(desk, KEY_DATE, account_id=firm, kind="partner", name="合作纪念日", day="2016-11-25")
    assert [key for key, _, _ in told()] == ["partner-1"], "written down by hand: told once"
    assert [say(point.words) for point in queries.now(reader, "account", firm, DAY)] == ["合作纪念日 on 2026-11-25"]


def test_the_first_stay_of_a_regular_guest_is_thought_of(desk: Desk, reader: Any) -> None:
    wanted = {"霍明翊": ("V2", 5), "林一": ("V5", 10)}
    others = {"少来": ("V2", 4), "散客": ("", 10)}
    ids = {}
    for name, (vip, stays_) in (wanted | others).items():
        ids[name] = added(desk, PERSON, name=name, vip=vip)
        for number in range(stays_):
            arrival = "2022-11-25" if number == 0 else f"2026-0{number}-03" if number < 10 else "2026-10-03"
            stay(desk, arrival, add_days(arrival, 1), guest_id=ids[name], room_no="801")
    stay(desk, "2022-10-25", "2022-10-26", guest_id=ids["林一"], room_no="801", status="Canceled")
    use("en")
    assert not [each for each in causes.causes(reader, DAY) if each.key.startswith("first-stay")], "the bookings kept here begin with theirs"
    stay(desk, "2022-09-20", "2022-09-21", room_no="802")

    def told(day: str) -> dict[str, tuple[str, str]]:
        return {say(each.what).split(":")[0]: (each.key, each.due) for each in causes.causes(reader, day) if each.key.startswith("first-stay")}

    assert told(DAY) == dict.fromkeys(wanted, ("first-stay-7", "2026-11-25"))
    assert told("2026-10-26") == dict.fromkeys(wanted, ("first-stay-30", "2026-11-25"))
    assert told("2026-11-25") == dict.fromkeys(wanted, ("first-stay-1", "2026-11-25"))
    assert told("2026-11-26") == {}
    assert told("2029-11-25") == {}, "who has not come for two years is no regular"
    assert "4 years since their first stay on 2026-11-25. Write a line of thanks" in "".join(say(each.what) for each in causes.causes(reader, DAY))
    added(desk, KEY_DATE, person_id=ids["林一"], kind="first-stay", name="首次入住", day="2022-11-25")
    assert "林一" not in told(DAY)


def test_today_counts_the_days_of_the_day_and_opens_them(desk: Desk, reader: Any) -> None:
    firm = account(desk, "甲公司", founded="2001-11-18")
    account(desk, "乙公司", founded="2001-11-19")
    added(desk, KEY_DATE, account_id=firm, kind="other", name="开工日", lunar_day="10-10")
    lines = queries_days.today(reader, DAY, None)
    assert [(line.record, line.count) for line in lines] == [("key_date", 1), ("account", 1)]
    assert [pages.fetch(reader, ListQuery(RECORD[line.record], line.filters, columns=("name",)))[0][2] for line in lines] == ["开工日", "甲公司"]


@pytest.mark.parametrize(("day", "said"), [
    ("2026-11-10", []), ("2026-11-11", [("25 years since their founding on 2026-11-18", "blue")]), ("2026-11-16", [("25 years since their founding on 2026-11-18", "amber")]),
    ("2026-11-18", [("25 years since their founding on 2026-11-18", "amber")]), ("2026-11-19", []),
])  # fmt: skip
def test_a_clients_sheet_tells_of_its_founding_day_within_a_week(desk: Desk, reader: Any, day: str, said: list[tuple[str, str]]) -> None:
    firm = account(desk, "甲公司", founded="2001-11-18")
    use("en")
    assert [(say(point.words), point.tone) for point in queries.now(reader, "account", firm, day)] == said
    assert queries.now(reader, "account", account(desk, "新公司", founded="2026-11-18"), day) == []


def test_a_sheet_tells_of_the_days_that_were_written_down(desk: Desk, reader: Any) -> None:
    firm, guest = account(desk, "甲公司", founded="2001-11-20"), added(desk, PERSON, name="霍明翊")
    made = added(desk, KEY_DATE, person_id=guest, kind="wedding", name="结婚纪念日", day="2015-11-20")
    added(desk, KEY_DATE, person_id=guest, kind="other", name="到任日", day="2015-11-26")
    moon = added(desk, KEY_DATE, account_id=firm, kind="founding", name="司庆", lunar_day="10-12")
    use("en")

    def told(record: str, row_id: int) -> list[tuple[str, str, Any]]:
        return [(say(point.words), point.tone, point.opens) for point in queries.now(reader, record, row_id, DAY)]

    assert told("person", guest) == [("结婚纪念日 on 2026-11-20", "amber", ("key_date", made))]
    assert told("account", firm) == [("司庆 on 2026-11-20", "amber", ("key_date", moon))], "written down by hand: told once"
    assert told("booking", guest) == []
