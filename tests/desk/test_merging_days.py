"""What is kept with its days, when two rows are made one and come apart: who stood for whom since when is as it was."""

from __future__ import annotations

from typing import Any

import pytest

from crm_desktop.desk import merging
from crm_desktop.desk.desk import Desk
from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.duties.clients.records_roles import BOOKER, DECIDER, ROLE
from crm_desktop.store.store import Store
from tests.desk.test_merging import join
from tests.samples import account, added, change, facts, remove, row, sound
from tests.store.test_dated import at

FIRST, SECOND, THIRD = "2026-03-02", "2026-11-17", "2026-11-24"


def kept_facts(store: Store) -> dict[str, Any]:
    """Everything that is told of clients and people; what a merge notes of itself left out."""
    return {key: rows for key, rows in facts(store).items() if key != "merged"}


def roles(store: Store, person: int) -> list[tuple[Any, ...]]:
    """(client, since, until, kept of the card) of one person, the oldest first."""
    sql = "select account_id, since, until, kept from role where person_id = ? and gone is null order by since, until desc, kept"
    return [tuple(found) for found in store.writer.execute(sql, (person,)).fetchall()]


def test_nobody_changed_firm_when_two_firms_are_one(desk: Desk, store: Store) -> None:
    at(FIRST)
    kept, lost = account(desk, "Kept"), account(desk, "Lost")
    who = added(desk, PERSON, name="李青", account_id=lost, role=BOOKER)
    before = kept_facts(store)
    at(SECOND)
    merge_id = join(desk, kept, lost)
    assert roles(store, who) == [(kept, FIRST, "", 1)]
    at(THIRD)
    merging.unmerge(desk, merge_id)
    assert roles(store, who) == [(lost, FIRST, "", 1)]
    assert kept_facts(store) == before
    sound(store)


@pytest.mark.parametrize("later", [SECOND, THIRD])
def test_the_employer_of_the_other_is_taken_with_its_days(desk: Desk, store: Store, later: str) -> None:
    at(FIRST)
    old, new = account(desk, "Old firm"), account(desk, "New firm")
    kept = added(desk, PERSON, name="解采薇", account_id=old, role=BOOKER)
    at("2026-06-01")
    lost = added(desk, PERSON, name="沈采薇", account_id=new, role=DECIDER)
    before = kept_facts(store)
    at(SECOND)
    merge_id = join(desk, kept, lost, {"account_id": new, "role": DECIDER}, PERSON)
    assert roles(store, kept) == [(old, FIRST, "2026-11-16", 1), (new, "2026-06-01", "", 1)]
    assert roles(store, lost) == []
    at(later)
    merging.unmerge(desk, merge_id)
    assert kept_facts(store) == before
    sound(store)


def test_what_the_other_did_elsewhere_is_told_of_the_one_who_stays(desk: Desk, store: Store) -> None:
    at(FIRST)
    one, two, three = (account(desk, name) for name in ("One", "Two", "Three"))
    kept = added(desk, PERSON, name="解采薇", account_id=one, role=BOOKER)
    lost = added(desk, PERSON, name="沈采薇", account_id=two, role=BOOKER)
    at("2026-06-01")
    change(desk, PERSON, lost, account_id=three)
    by_hand = added(desk, ROLE, person_id=lost, account_id=one, role=DECIDER, since=FIRST)
    before = kept_facts(store)
    at(SECOND)
    merge_id = join(desk, kept, lost, record=PERSON)
    assert roles(store, kept) == [(two, FIRST, "2026-05-31", 1), (one, FIRST, "", 0), (one, FIRST, "", 1), (three, "2026-06-01", "", 0)]
    assert row(desk, ROLE, by_hand)["person_id"] == kept
    merging.unmerge(desk, merge_id)
    assert kept_facts(store) == before
    sound(store)


def test_the_same_role_of_both_stands_once(desk: Desk, store: Store) -> None:
    at(FIRST)
    firm = account(desk, "Firm")
    kept = added(desk, PERSON, name="解采薇", account_id=firm, role=BOOKER)
    lost = added(desk, PERSON, name="沈采薇", account_id=firm, role=BOOKER)
    before = kept_facts(store)
    at(SECOND)
    merge_id = join(desk, kept, lost, record=PERSON)
    assert roles(store, kept) == [(firm, FIRST, "", 1)]
    merging.unmerge(desk, merge_id)
    assert kept_facts(store) == before


def test_who_changed_firm_since_stays_there_and_who_came_back_is_told_rightly(desk: Desk, store: Store) -> None:
    at(FIRST)
    kept, lost, third = account(desk, "Kept"), account(desk, "Lost"), account(desk, "Third")
    left, back = (added(desk, PERSON, name=name, account_id=lost, role=BOOKER) for name in ("李青", "王明"))
    merge_id = join(desk, kept, lost)
    at(SECOND)
    for each in (left, back):
        change(desk, PERSON, each, account_id=third)
    at(THIRD)
    change(desk, PERSON, back, account_id=kept)
    merging.unmerge(desk, merge_id)
    assert roles(store, left) == [(lost, FIRST, "2026-11-16", 1), (third, SECOND, "", 1)]
    assert roles(store, back) == [(lost, FIRST, "2026-11-16", 1), (third, SECOND, "2026-11-23", 1), (lost, THIRD, "", 1)]
    assert row(desk, PERSON, back)["account_id"] == lost
    sound(store)


def test_a_client_comes_back_with_its_former_values(desk: Desk, store: Store) -> None:
    at(FIRST)
    kept, lost = account(desk, "Kept", level="B"), account(desk, "Lost", level="A")
    at("2026-06-01")
    change(desk, ACCOUNT, lost, level="C")
    before = kept_facts(store)
    at(SECOND)
    merge_id = join(desk, kept, lost, {"level": "C"})
    assert [(found["account_id"], found["code"], found["until"]) for found in _past(store)] == [(kept, "B", "2026-11-16")]
    at(THIRD)
    merging.unmerge(desk, merge_id)
    assert kept_facts(store) == before
    sound(store)


def test_what_was_changed_since_is_told_with_its_days(desk: Desk, store: Store) -> None:
    at(FIRST)
    kept, lost = account(desk, "Kept", level="B"), account(desk, "Lost", level="A")
    at("2026-06-01")
    merge_id = join(desk, kept, lost, {"level": "A"})
    at(SECOND)
    change(desk, ACCOUNT, kept, level="D")
    merging.unmerge(desk, merge_id)
    assert row(desk, ACCOUNT, kept)["level"] == "D"
    assert [(found["account_id"], found["code"], found["until"]) for found in _past(store)] == [(kept, "B", "2026-05-31"), (kept, "A", "2026-11-16")]
    sound(store)


def test_a_person_who_is_gone_takes_nothing_along(desk: Desk, store: Store) -> None:
    at(FIRST)
    kept, lost = account(desk, "Kept"), account(desk, "Lost")
    who = added(desk, PERSON, name="李青", account_id=lost, role=BOOKER)
    merge_id = join(desk, kept, lost)
    remove(desk, PERSON, who)
    merging.unmerge(desk, merge_id)
    assert roles(store, who) == []
    sound(store)


def _past(store: Store) -> list[dict[str, Any]]:
    names = ("account_id", "code", "since", "until")
    found = store.writer.execute(f"select {', '.join(names)} from account_past where gone is null and what = 'class' order by until").fetchall()
    return [dict(zip(names, each, strict=True)) for each in found]
