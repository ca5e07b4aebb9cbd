"""What is kept with its days: roles of contacts, former owners, classes and parents."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from crm_desktop.desk.desk import Desk
from crm_desktop.desk.records import STAFF
from crm_desktop.duties.clients import queries_account as queries
from crm_desktop.duties.clients.records_roles import ROLE
from crm_desktop.record import dates
from crm_desktop.record.dated import first_day, held, last_day
from crm_desktop.record.dates import add_days
from tests.samples import ACCOUNT, PERSON, account, added, change, counts, facts, remove, row, sound

START = "2026-11-18"


def at(day: str) -> None:
    dates.set_clock(dt.datetime.fromisoformat(f"{day}T13:20"))


def roles(desk: Desk, person: int) -> list[tuple[Any, ...]]:
    sql = "select account_id, role, position, since, until from role where person_id = ? and gone is null order by since, id"
    return list(desk.store.writer.execute(sql, (person,)).fetchall())


def past(desk: Desk, client: int, what: str, column: str) -> list[tuple[Any, ...]]:
    sql = f"select {column}, since, until, reason from account_past where account_id = ? and what = ? and gone is null order by until"
    return list(desk.store.writer.execute(sql, (client, what)).fetchall())


def test_a_contact_has_a_role_from_the_day_they_are_written_down(desk: Desk) -> None:
    at(START)
    orient, pine = account(desk, "Orient"), account(desk, "Pine")
    who = added(desk, PERSON, name="Qi Man", account_id=orient, role="booker", position="Clerk")
    assert roles(desk, who) == [(orient, "booker", "Clerk", START, "")]
    at("2026-11-20")
    change(desk, PERSON, who, position="Head clerk", phone="13812345678")  # no other role, only other words
    assert roles(desk, who) == [(orient, "booker", "Head clerk", START, "")]
    change(desk, PERSON, who, account_id=pine)
    assert roles(desk, who) == [(orient, "booker", "Head clerk", START, "2026-11-19"), (pine, "booker", "Head clerk", "2026-11-20", "")]
    change(desk, PERSON, who, account_id=orient)  # put right on the same day
    assert [each[0] for each in roles(desk, who)] == [orient, orient]
    desk.undo()
    desk.undo()
    assert roles(desk, who) == [(orient, "booker", "Head clerk", START, "")]
    desk.redo()
    assert [each[0] for each in roles(desk, who)] == [orient, pine]
    sound(desk.store)


def test_a_guest_has_no_role_and_a_contact_may_go(desk: Desk) -> None:
    at(START)
    orient = account(desk, "Orient")
    guest = added(desk, PERSON, name="Guest", account_id=orient)
    assert roles(desk, guest) == []
    change(desk, PERSON, guest, role="finance")
    assert len(roles(desk, guest)) == 1
    change(desk, PERSON, guest, role="guest")  # the same day: as if it had never been
    assert roles(desk, guest) == []
    change(desk, PERSON, guest, role="finance")
    remove(desk, PERSON, guest)
    assert counts(desk.store) == {"account": 1}
    desk.undo()
    assert len(roles(desk, guest)) == 1
    sound(desk.store)


def test_a_role_written_by_hand_is_left_alone(desk: Desk) -> None:
    at(START)
    orient = account(desk, "Orient")
    who = added(desk, PERSON, name="Qi Man", account_id=orient, role="booker")
    added(desk, ROLE, person_id=who, account_id=orient, role="signatory", influence=4)
    at("2026-12-01")
    change(desk, PERSON, who, account_id=None, role="guest")
    assert [(each[1], each[4]) for each in roles(desk, who)] == [("signatory", ""), ("booker", "2026-11-30")]


def test_former_owners_are_known_by_their_days(desk: Desk) -> None:
    at(START)
    zhou, tang, he = (added(desk, STAFF, name=name) for name in ("Zhou", "Tang", "He"))
    client = account(desk, "Orient", owner_id=zhou)
    at("2026-12-01")
    change(desk, ACCOUNT, client, owner_id=tang, level="A")
    at("2026-12-11")
    change(desk, ACCOUNT, client, owner_id=he, level="B")
    change(desk, ACCOUNT, client, owner_id=None)
    assert past(desk, client, "owner", "owner_id") == [(zhou, "", "2026-11-30", ""), (tang, "2026-12-01", "2026-12-10", "")]
    assert past(desk, client, "class", "code") == [("", "", "2026-11-30", ""), ("A", "2026-12-01", "2026-12-10", "")]
    found = [queries.owner_on(desk.store.writer, client, day) for day in (START, "2026-11-30", "2026-12-01", "2026-12-10", "2026-12-11", "2027-01-01")]
    assert found == [zhou, zhou, tang, tang, None, None]
    sound(desk.store)


def test_many_roles_at_once(desk: Desk) -> None:
    """Rows of an older database, put in without their roles: all are written down at once, and it is whole."""
    from crm_desktop.duties.clients import actions

    at(START)
    orient = account(desk, "Orient")
    with desk.writing(actions.ROLES_KEPT) as writing:
        dated, PERSON.dated = PERSON.dated, ()
        try:
            for n in range(40):
                writing.add(PERSON, {"name": f"P{n}", "account_id": orient if n else None, "role": "booker" if n % 2 else "guest"})
        finally:
            PERSON.dated = dated
    assert counts(desk.store) == {"account": 1, "person": 40}
    done = actions.keep_roles(desk)
    assert done.quiet
    assert counts(desk.store)["role"] == 20
    assert {each[3] for each in facts(desk.store)["role"]} != {None}
    assert not queries.without_role(desk.store.writer)
    sound(desk.store)


@given(st.dates(), st.lists(st.integers(0, 400), max_size=6, unique=True))
def test_what_held_on_a_day(day: dt.date, lengths: list[int]) -> None:
    """Against a list of days written out one by one."""
    ends = sorted(add_days("2026-01-01", length) for length in lengths)
    past_rows = [(end, f"before {end}") for end in ends]
    wanted = next((value for end, value in past_rows if day.isoformat() <= end), "now")
    assert held("now", past_rows[::-1], day.isoformat()) == wanted
    assert first_day(last_day("2026-03-01")) == "2026-03-01"
    assert first_day("") == ""


class Owners(RuleBasedStateMachine):
    """Owners change, days pass, actions are undone: who owned it on each day is as a plain diary says."""

    store: Any = None

    @initialize()
    def begin(self) -> None:
        self.day, self.diary = START, dict[str, int | None]()
        at(self.day)
        self.desk = Desk(type(self).store, "Li Na")
        self.staff = [added(self.desk, STAFF, name=f"S{n}") for n in range(3)]
        self.client = account(self.desk, "Orient", owner_id=self.staff[0])
        self.owner: int | None = self.staff[0]

    @rule(days=st.integers(1, 40))
    def later(self, days: int) -> None:
        for n in range(days):
            self.diary[add_days(self.day, n)] = self.owner
        self.day = add_days(self.day, days)
        at(self.day)

    @rule(who=st.one_of(st.none(), st.integers(0, 2)), back=st.booleans())
    def hand(self, who: int | None, back: bool) -> None:
        owner = None if who is None else self.staff[who]
        version = row(self.desk, ACCOUNT, self.client)["version"]
        done = self.desk.save(ACCOUNT, self.client, version, {"owner_id": owner})
        if back and done.count:
            self.desk.undo()
        else:
            self.owner = owner

    @invariant()
    def as_the_diary_says(self) -> None:
        db = self.desk.store.writer
        assert {day: queries.owner_on(db, self.client, day) for day in self.diary} == self.diary
        assert queries.owner_on(db, self.client, self.day) == self.owner


def test_owners_by_day(store: Any) -> None:
    from hypothesis import settings
    from hypothesis.stateful import run_state_machine_as_test

    Owners.store = store
    run_state_machine_as_test(Owners, settings=settings(max_examples=12, stateful_step_count=12, deadline=None))
    sound(store)


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_nobody_stands_above_itself(desk: Desk, depth: int) -> None:
    from crm_desktop.desk.desk import Invalid

    chain = [account(desk, "C0")]
    for n in range(depth):
        chain.append(account(desk, f"C{n + 1}", parent_id=chain[-1]))
    with pytest.raises(Invalid, match="above itself"):
        change(desk, ACCOUNT, chain[0], parent_id=chain[-1])
    assert row(desk, ACCOUNT, chain[0])["parent_id"] is None
    with pytest.raises(Invalid, match="above itself"):
        change(desk, ACCOUNT, chain[-1], parent_id=chain[-1])
