"""The classes of all clients at once: the same money as each client's sheet tells, and each class taken over with its reason."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.desk.desk import Conflict, Desk
from crm_desktop.duties import RECORDS, record_of
from crm_desktop.duties.clients import actions, queries_classes, queries_standing
from crm_desktop.duties.clients import rules_standing as rules
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.record.text import Refused
from crm_desktop.store.store import Store
from tests.hotel import TODAY, Hotel
from tests.samples import account, added, change, remove, row, sound, stay
from tests.samples import hotel as city_hotel

RECEIVABLE = record_of("receivable")
DAY = "2026-11-18"


@pytest.fixture
def sample(hotel: Hotel, tmp_path: Path) -> Iterator[Any]:
    """A reader of the sample hotel."""
    with Store(hotel.copy(tmp_path / "sample" / "hotel.db"), RECORDS) as store, closing(store.open_reader()) as found:
        yield found


def test_all_at_once_is_what_each_sheet_tells(sample: Any) -> None:
    found, policy = queries_classes.classes(sample, TODAY)
    assert policy == queries_standing.policy(sample, TODAY)
    by_id = {each.id: each for each in found}
    assert len(by_id) == len(found) > 200
    for row_id in [each[0] for each in sample.execute("select id from account where gone is null order by id").fetchall()][::7]:
        told = queries_standing.standing(sample, row_id, TODAY)
        assert told is not None
        judged = by_id.get(row_id)
        if judged is None:
            assert (told.row["level"], told.now.total, told.before.total) == ("", 0, 0)
            continue
        assert (judged.now, judged.before) == (told.now, told.before)
        assert (judged.level, judged.right, judged.counted) == (told.row["level"], rules.class_of(told.counted, policy), told.counted)
        assert judged.late == told.owed[1]
    changes = [abs(each.now.total - each.before.total) for each in found]
    assert changes == sorted(changes, reverse=True)


def test_the_sample_hotel_judges_its_clients_by_its_own_measure(sample: Any) -> None:
    """Its thresholds fit its clients: with those a program comes with, half of all classes would fall."""
    found, policy = queries_classes.classes(sample, TODAY)
    assert policy["least_a"] < rules.DEFAULTS["least_a"]
    assert all(each.right == "A" or each.counted < each.now.total for each in found if each.level == "A"), "of class A falls only who shrank or owes for long"
    down = [each for each in found if each.level and each.right > each.level]
    assert 0 < len(down) < 30
    assert 0 < sum(each.changes for each in found) < 70


def test_rooms_meals_rent_and_who_brought_them(desk: Desk, reader: Any) -> None:
    firm, agency, quiet = account(desk, "Firm", level="A"), account(desk, "Agency", kind="agency"), account(desk, "Quiet")
    classless = account(desk, "Set by hand", level="C")
    stay(desk, "2026-10-01", "2026-10-03", company_id=firm, agency_id=agency, rate=10_000)
    stay(desk, "2025-10-01", "2025-10-02", company_id=firm, rate=7_000)
    stay(desk, "2026-10-01", "2026-10-03", company_id=firm, rate=10_000, status="Canceled")
    gone = stay(desk, "2026-10-01", "2026-10-03", company_id=firm, rate=10_000)
    remove(desk, record_of("stay"), gone)
    stay(desk, "2023-10-01", "2023-10-03", company_id=quiet, rate=10_000)
    for kind, day in (("meal", "2026-09-01"), ("banquet", "2026-09-02"), ("meeting", "2026-09-03"), ("meal", "2025-09-01")):
        added(desk, RECEIVABLE, account_id=firm, hotel_id=city_hotel(desk), kind=kind, amount=500, bill_date=day, due="2026-11-30")
    added(desk, RECEIVABLE, account_id=firm, hotel_id=city_hotel(desk), kind="room", amount=900, bill_date="2026-09-04", due="2026-09-30")
    found = {each.id: each for each in queries_classes.classes(reader, DAY)[0]}
    assert found.keys() == {firm, agency, classless}
    assert found[firm].now == rules.Contribution(20_000, 1_000, 500, 2)
    assert found[firm].before == rules.Contribution(7_000, 500, 0, 1)
    assert (found[firm].right, found[firm].changes, found[firm].late) == ("D", True, 900)
    assert (found[agency].now, found[agency].level) == (rules.Contribution(20_000, nights=2), "")
    assert (found[classless].now, found[classless].changes) == (rules.Contribution(), True)


def test_each_class_is_taken_over_with_its_own_reason(desk: Desk, store: Store) -> None:
    one, other = account(desk, "One", level="A"), account(desk, "Other", level="B")
    done = actions.take_classes(desk, [(one, 1, "C", "−38 room-nights"), (other, 1, "A", "+4,000.00")])
    assert [row(desk, ACCOUNT, each)["level"] for each in (one, other)] == ["C", "A"]
    sql = "select account_id, code, reason from account_past where what = 'class' and gone is null order by code"
    assert [tuple(each) for each in store.writer.execute(sql).fetchall()] == [(one, "A", "−38 room-nights"), (other, "B", "+4,000.00")]
    assert {table for table, _ in done.rows} == {"account", "account_past"}
    desk.undo()
    assert [row(desk, ACCOUNT, each)["level"] for each in (one, other)] == ["A", "B"]
    assert store.writer.execute(sql).fetchall() == []
    sound(store)


def test_all_of_them_or_none(desk: Desk) -> None:
    one, other = account(desk, "One", level="A"), account(desk, "Other", level="B")
    change(desk, ACCOUNT, other, remark="Called meanwhile")
    with pytest.raises(Conflict):
        actions.take_classes(desk, [(one, 1, "C", ""), (other, 1, "A", "")])
    with pytest.raises(Refused, match="At most"):
        actions.take_classes(desk, [(one, 1, "C", "")] * 2_001)
    assert [row(desk, ACCOUNT, each)["level"] for each in (one, other)] == ["A", "B"]
