"""Birthdays by either calendar, found by an index; how people are addressed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.desk.desk import Desk
from crm_desktop.duties.clients import queries, rules
from crm_desktop.duties.clients.records import PERSON
from crm_desktop.record import dates
from crm_desktop.record.dates import add_days
from crm_desktop.record.text import Text, say, use
from crm_desktop.store import catch_up, pages
from crm_desktop.store.pages import ListQuery
from tests.samples import added, change, row, sound

YU = "L闰10-12"  # born 1984-12-04, in a leap tenth month


@pytest.mark.parametrize(
    ("birthday", "by_moon", "key"),
    [
        ("1984-12-04", "", "12-04"), ("1984-12-04", "闰10-12", YU), ("", "1-5", "L01-05"), ("2000-02-29", "", "02-29"),
        ("", "", ""), ("", "13-1", ""),
    ],
)  # fmt: skip
def test_the_key_of_a_birthday(birthday: str, by_moon: str, key: str) -> None:
    assert rules.birthday_key(birthday, by_moon) == key


@pytest.mark.parametrize(
    ("key", "day", "found"),
    [
        (YU, "2026-11-18", "2026-11-20"), (YU, "2025-01-02", "2025-12-01"), (YU, "2026-11-21", "2027-11-09"),
        ("12-04", "2026-12-04", "2026-12-04"), ("12-04", "2026-12-05", "2027-12-04"),
        ("02-29", "2026-02-01", "2026-02-28"), ("02-29", "2028-02-01", "2028-02-29"),
        ("L12-30", "2025-01-29", "2026-02-16"), ("L12-30", "2024-02-01", "2024-02-09"), ("L01-01", "2026-01-01", "2026-02-17"),
        ("L闰06-01", "2025-06-25", "2025-07-25"), ("L06-01", "2025-06-01", "2025-06-25"), ("L闰06-01", "2026-01-01", "2026-07-14"),
        ("", "2026-01-01", ""), ("L01-01", "2150-01-01", ""),
    ],
)  # fmt: skip
def test_the_next_birthday(key: str, day: str, found: str) -> None:
    assert rules.next_birthday(key, day) == found


KEYS = st.one_of(
    st.dates(dt.date(2000, 1, 1), dt.date(2000, 12, 31)).map(lambda d: d.isoformat()[5:]),
    st.builds(lambda leap, m, d: f"L{leap}{m:02d}-{d:02d}", st.sampled_from(["", "闰"]), st.integers(1, 12), st.integers(1, 30)),
)
DAYS = st.dates(dt.date(1950, 1, 1), dt.date(2095, 1, 1)).map(dt.date.isoformat)


@given(KEYS, DAYS)
def test_the_index_finds_a_person_on_their_day_and_on_no_other(key: str, day: str) -> None:
    """From any day to the next birthday: the keys of that day have it, those of the days before do not."""
    coming = rules.next_birthday(key, day)
    assert day <= coming <= add_days(day, 385)
    each = day
    while each < coming:
        assert key not in rules.keys_on(each)
        each = add_days(each, 1)
    assert key in rules.keys_on(coming)


def test_a_person_is_found_and_moves_with_the_date(desk: Desk, reader: Any) -> None:
    dates.set_clock(dt.datetime(2026, 11, 18, 13, 20))
    yu = added(desk, PERSON, name="俞闻笛", birthday="1984-12-04", lunar_birthday="闰10-12")
    added(desk, PERSON, name="李明", birthday="1990-11-18")
    added(desk, PERSON, name="无人知晓")
    moon = added(desk, PERSON, name="王月", lunar_birthday="10-11")
    lines = queries.today(reader, "2026-11-18", None)
    assert [(line.count, line.group, line.record) for line in lines] == [(1, "birthdays", "person")] * 3
    found = [[r[2] for r in pages.fetch(reader, ListQuery(PERSON, line.filters, columns=("name", "next_birthday")))] for line in lines]
    assert found == [["李明"], ["王月"], ["俞闻笛"]]
    change(desk, PERSON, moon, lunar_birthday="", birthday="1990-11-19")
    assert row(desk, PERSON, moon)["birth_day"] == "11-19"
    assert row(desk, PERSON, yu)["next_birthday"] == "2026-11-20"
    sound(desk.store)


def test_a_sheet_tells_of_a_birthday_within_a_week(desk: Desk, reader: Any) -> None:
    yu = added(desk, PERSON, name="俞闻笛", birthday="1984-12-04", lunar_birthday="闰10-12")

    def said(day: str, record: str = "person") -> list[tuple[str, str]]:
        return [(say(point.words), point.tone) for point in queries.now(reader, record, yu, day)]

    assert said("2026-11-12") == []
    assert said("2026-11-13") == [("Birthday on 2026-11-20 (lunar calendar)", "blue")]
    assert said("2026-11-19") == [("Birthday tomorrow (lunar calendar)", "amber")]
    assert said("2026-11-20") == [("Birthday today (lunar calendar)", "amber")]
    assert said("2026-11-20", "account") == []


@pytest.mark.embedded
def test_birthdays_are_read_from_an_index(reader: Any) -> None:
    asked: list[tuple[str, Any]] = []

    class Noting:
        def execute(self, sql: str, values: Any) -> Any:
            asked.append((sql, values))
            return reader.execute(sql, values)

    queries.today(Noting(), "2026-11-18", None)
    plans = [reader.execute(f"explain query plan {sql}", values).fetchall()[0][3] for sql, values in asked]
    assert len(plans) == 3
    assert all("SEARCH person USING COVERING INDEX person_birth_day" in plan for plan in plans)


def test_people_of_an_older_database_get_their_day(desk: Desk) -> None:
    db = desk.store.writer
    ids = [added(desk, PERSON, name=f"P{n}", birthday=f"1990-01-{n:02d}") for n in range(1, 10)]
    db.execute("update person set birth_day = ''")
    catch_up.catch_up(db, desk.store.records, {("person", "birth_day")})
    assert [row(desk, PERSON, each)["birth_day"] for each in ids] == [f"01-{n:02d}" for n in range(1, 10)]


@pytest.mark.parametrize(
    ("name", "surname"),
    [
        ("霍明翊", "霍"), ("欧阳朝朝", "欧阳"), ("欧阳", "欧"), ("司徒曜", "司徒"), ("阿依努尔·买合木提", "阿依努尔"), ("小林 遥", "小林"),
        ("O'Brien-Şahin", "O'Brien-Şahin"), ("Anna  Miller", "Miller"), ("龑䶮", "龑"), ("", ""),
    ],
)  # fmt: skip
def test_surnames(name: str, surname: str) -> None:
    assert rules.surname(name) == surname


def test_how_somebody_is_addressed() -> None:
    use("zh_CN")
    assert rules.address({"name": "霍明翊", "called": "霍博士", "title": "mr"}) == "霍博士"
    words = rules.address({"name": "司徒曜", "called": "", "title": "", "sex": "male"})
    assert isinstance(words, Text)
    assert say(words) == "司徒先生"
    assert say(rules.address({"name": "单翊飞", "title": "prof"})) == "单教授"
    use("en")
    assert say(rules.address({"name": "Anna Miller", "title": "dr"})) == "Dr Miller"
    assert rules.address({"name": "林一"}) == "林一"
