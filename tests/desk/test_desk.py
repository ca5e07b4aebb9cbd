"""What a person at the desk may save, and what is said when it cannot be."""

from __future__ import annotations

from typing import Any

import pytest

from crm_desktop.desk import people
from crm_desktop.desk.desk import EXPORTED, WHO_UNKNOWN, Conflict, Desk, Invalid
from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.duties.stays.records import HOTEL, STAY
from crm_desktop.record import phones
from crm_desktop.record.dates import business_date
from crm_desktop.record.record import Record
from crm_desktop.record.text import Refused
from crm_desktop.store.store import Store
from tests.samples import account, added, change, facts, hotel, remove, row, sound, stay


def test_a_new_row_has_every_default(desk: Desk) -> None:
    found = row(desk, STAY, added(desk, STAY, hotel_id=hotel(desk), arrival="2026-11-16", departure="2026-11-18"))
    assert (found["status"], found["adults"], found["currency"], found["children"], found["rate"], found["version"]) == ("Booked", 1, "CNY", None, 0, 1)


@pytest.mark.parametrize(
    ("record", "values", "fields"),
    [
        (ACCOUNT, {}, {"name"}), (ACCOUNT, {"name": "x", "kind": "family"}, {"kind"}), (ACCOUNT, {"name": "x", "email": "no"}, {"email"}),
        (ACCOUNT, {"name": "x", "phone": "call me"}, {"phone"}), (ACCOUNT, {"name": "x", "email": "a b@c.d", "phone": "x"}, {"email", "phone"}),
        (PERSON, {"name": "x", "account_id": 5}, {"account_id"}), (HOTEL, {"name": "x"}, {"code"}),
        (STAY, {}, {"arrival", "departure"}), (STAY, {"hotel_id": 5, "arrival": "2026-11-16", "departure": "2026-11-18"}, {"hotel_id"}),
        (STAY, {"hotel_id": 5, "arrival": "2026-11-18", "departure": "2026-11-16"}, {"hotel_id", "departure"}),
        (STAY, {"hotel_id": 5, "arrival": "2016-11-18", "departure": "2026-11-28"}, {"hotel_id", "departure"}),
        (STAY, {"hotel_id": 5, "arrival": "2026-11-16", "departure": "2026-11-18", "adults": -1}, {"hotel_id", "adults"}),
    ],
)  # fmt: skip
def test_what_cannot_be_saved_says_what_would_be_right(desk: Desk, record: Record, values: dict[str, Any], fields: set[str]) -> None:
    with pytest.raises(Invalid) as invalid:
        desk.save(record, None, 0, values)
    assert set(invalid.value.problems) == fields
    assert all(str(text) for text in invalid.value.problems.values())
    assert (facts(desk.store)[record.key], facts(desk.store)["hotel"]) == ([], [])  # nor is the first hotel made for it
    assert desk.store.writer.execute("select count(*) from change").fetchone() == (0,)


@pytest.mark.parametrize("phone", ["13800138000", "+86 138-0013-8000", "(021) 6888 0000", "（021）6888－0000", "021-68880000转801", "021-6888 0000 ext. 12", "13800138000、13900139000"])
def test_phones_as_people_write_them(desk: Desk, phone: str) -> None:
    kept = row(desk, ACCOUNT, account(desk, "Orient", phone=phone))["phone"]
    assert phones.keys(kept) == phones.keys(phone)  # the same numbers, in one way of writing
    assert phones.tidy(kept) == kept


def test_only_the_given_columns_change(desk: Desk) -> None:
    orient = account(desk, "Orient", city="Shanghai", remark="keep")
    desk.save(ACCOUNT, orient, 1, {"city": "Beijing"})
    found = row(desk, ACCOUNT, orient)
    assert (found["name"], found["city"], found["remark"]) == ("Orient", "Beijing", "keep")


def test_an_edit_is_checked_with_the_rest_of_the_row(desk: Desk) -> None:
    one = stay(desk, arrival="2026-11-16", departure="2026-11-18")
    with pytest.raises(Invalid) as invalid:
        change(desk, STAY, one, arrival="2026-11-19")
    assert set(invalid.value.problems) == {"departure"}


def test_a_code_is_one_of_its_kind(desk: Desk) -> None:
    orient = account(desk, "Orient", code="1")
    account(desk, "Orient Travel", kind="agency", code="1")
    for _ in range(2):
        account(desk, "Nameless")
    other = account(desk, "Other", code="2")
    with pytest.raises(Invalid, match="Orient already has this"):
        account(desk, "Second", code="1")
    with pytest.raises(Invalid, match="Orient already has this"):
        change(desk, ACCOUNT, other, code="1")
    change(desk, ACCOUNT, orient, code="1", city="Shanghai")
    remove(desk, ACCOUNT, orient)
    change(desk, ACCOUNT, other, code="1")


def test_a_reference_must_be_there_and_of_the_right_kind(desk: Desk) -> None:
    agency, company, gone = account(desk, "A", kind="agency"), account(desk, "C"), account(desk, "G")
    remove(desk, ACCOUNT, gone)
    one = stay(desk)
    for name, target, words in (("company_id", gone, "no longer there"), ("company_id", agency, "A is not kept as Company"), ("agency_id", company, "C is not kept as Agency")):
        with pytest.raises(Invalid, match=words):
            change(desk, STAY, one, **{name: target})
    change(desk, STAY, one, agency_id=agency, company_id=company)
    sound(desk.store)


@pytest.mark.parametrize("record", [ACCOUNT, HOTEL], ids=["account", "hotel"])
def test_what_is_used_is_not_removed(desk: Desk, record: Record) -> None:
    one = stay(desk, company_id=account(desk, "Orient"))
    target = row(desk, STAY, one)["company_id" if record is ACCOUNT else "hotel_id"]
    with pytest.raises(Refused, match="Stays still refer to this"):
        remove(desk, record, target)
    remove(desk, STAY, one)
    remove(desk, record, target)
    assert desk.get(record, target) is None


def test_a_conflict_is_told_before_anything_else(desk: Desk) -> None:
    orient = account(desk, "Orient")
    change(desk, ACCOUNT, orient, name="Theirs")
    with pytest.raises(Conflict) as conflict:
        desk.save(ACCOUNT, orient, 1, {"name": ""})
    assert conflict.value.theirs is not None
    assert conflict.value.theirs["name"] == "Theirs"


@pytest.mark.parametrize("values", [{"rate": "12"}, {"rate": None}, {"rate": 1.5}, {"remark": 5}, {"adults": "two"}, {"status": None}, {"hotel_id": "1"}])
def test_a_value_of_the_wrong_type_is_a_fault(desk: Desk, values: dict[str, Any]) -> None:
    one = stay(desk)
    before = row(desk, STAY, one)
    with pytest.raises(TypeError, match=rf"stay\.{next(iter(values))} is no "):
        change(desk, STAY, one, **values)
    assert row(desk, STAY, one) == before
    change(desk, STAY, one, repeat=True, children=None)
    assert row(desk, STAY, one)["repeat"] == 1
    sound(desk.store)


def test_a_change_names_its_rows(desk: Desk) -> None:
    done = desk.save(ACCOUNT, None, 0, {"name": "Orient"})
    assert (done.tables, done.count, [table for table, _ in done.rows], done.action) == ({"account"}, 1, ["account"], "Added")


def test_saving_nothing_is_no_change(desk: Desk) -> None:
    orient = account(desk, "Orient")
    assert desk.save(ACCOUNT, orient, 1, {}).count == 0
    assert desk.save(ACCOUNT, orient, 1, {"name": "Orient"}).count == 0
    assert row(desk, ACCOUNT, orient)["version"] == 1
    assert desk.store.writer.execute("select count(*) from change").fetchone() == (1,)


def test_nothing_to_undo_at_first(desk: Desk) -> None:
    with pytest.raises(Refused, match="nothing to undo"):
        desk.undo()
    with pytest.raises(Refused, match="nothing to redo"):
        desk.redo()
    with pytest.raises(Refused, match="nothing to undo here"):
        desk.undo(12345)


def test_a_new_action_forgets_what_was_undone(desk: Desk) -> None:
    account(desk, "First")
    desk.undo()
    account(desk, "Second")
    with pytest.raises(Refused, match="nothing to redo"):
        desk.redo()


def test_a_note_is_logged_and_is_nothing_to_undo(desk: Desk) -> None:
    account(desk, "Orient")
    done = desk.note(EXPORTED, "accounts: 1 -> a.csv", "asked by the owner")
    found = desk.store.writer.execute("select who, action, reason, source, rows from change where id = ?", (done.id,)).fetchone()
    assert found == ("Li Na", "Exported", "asked by the owner", "accounts: 1 -> a.csv", 0)
    desk.undo()
    assert facts(desk.store)["account"] == []
    desk.note(EXPORTED, "accounts: 0 -> a.csv")
    desk.redo()
    assert len(facts(desk.store)["account"]) == 1
    sound(desk.store)


def test_who_is_sitting_here(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    assert Desk(store).person == WHO_UNKNOWN
    assert Desk(store).today() == business_date()
    monkeypatch.setenv("LOGNAME", "lina")
    assert people.signed_in() == "lina"
    monkeypatch.setattr("getpass.getuser", lambda: {}["nobody"])
    assert people.signed_in() == "—"
