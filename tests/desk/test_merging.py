"""Two rows made one and taken apart: whatever happened in between, nothing is lost and nothing is in the wrong place."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_desktop.desk import merging
from crm_desktop.desk.desk import Conflict, Desk, Invalid
from crm_desktop.desk.records import MERGED
from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.duties.clients.records_roles import BOOKER, GUEST
from crm_desktop.duties.stays.records import STAY
from crm_desktop.record.record import Record
from crm_desktop.record.text import Refused, Text
from crm_desktop.store import alike, history
from crm_desktop.store.store import Store
from tests.samples import account, added, change, hotel, row, sound, stay

COLUMNS = ("name", "phone", "city")
FREE: dict[str, Any] = {"phone": "0575-00001000", "city": "绍兴"}


def _pair(desk: Desk, record: Record, row_id: int) -> tuple[int, int]:
    return row_id, int(row(desk, record, row_id)["version"] or 0)


def join(desk: Desk, kept: int, lost: int, values: dict[str, Any] | None = None, record: Record = ACCOUNT) -> int:
    """Merge; the id of the merge."""
    done = merging.merge(desk, record, _pair(desk, record, kept), _pair(desk, record, lost), values)
    return next(row_id for table, row_id in done.rows if table == MERGED.key)


class Model:
    """What must be there, as plain dictionaries; every action that is done keeps what was before it."""

    def __init__(self) -> None:
        self.values: dict[int, dict[str, Any]] = {}
        self.living: set[int] = set()
        self.rows: dict[tuple[str, int], int] = {}  # (record, id) -> client
        self.merges: dict[int, dict[str, Any]] = {}
        self.contacts: set[int] = set()  # people who stand for a client: a role at it is kept of them
        self.past: list[Any] = []
        self.future: list[Any] = []

    def state(self) -> Any:
        return copy.deepcopy((self.values, self.living, self.rows, self.merges))

    def done(self, before: Any) -> None:
        self.past.append(before)
        self.future.clear()

    def turn(self, back: list[Any], forth: list[Any]) -> None:
        forth.append(self.state())
        self.values, self.living, self.rows, self.merges = back.pop()

    def merge(self, merge_id: int, kept: int, lost: int, values: dict[str, Any]) -> None:
        was = self.values[kept]
        taken = {name: value for name, value in values.items() if was[name] != value}
        moved = [key for key, client in self.rows.items() if client == lost]
        self.merges[merge_id] = {"kept": kept, "lost": lost, "taken": taken, "was": {name: was[name] for name in taken}, "moved": moved}
        self.values[kept] = was | values
        self.living.remove(lost)
        self.rows |= dict.fromkeys(moved, kept)

    def is_outermost(self, merge_id: int) -> bool:
        return all(other["lost"] != self.merges[merge_id]["kept"] for other in self.merges.values())

    def unmerge(self, merge_id: int) -> None:
        done = self.merges.pop(merge_id)
        here = self.values[done["kept"]]
        self.values[done["kept"]] = here | {name: done["was"][name] for name, value in done["taken"].items() if here[name] == value}
        self.living.add(done["lost"])
        self.rows |= {key: done["lost"] for key in done["moved"] if self.rows.get(key) == done["kept"]}


class World:
    """The model and the desk beside each other; `do` takes numbers and makes of them what is possible."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.model = desk, Model()
        hotel(desk)
        for number in range(4):
            self.add_client(number)
        self.model.past.clear()

    def client(self, number: int) -> int:
        return sorted(self.model.living)[number % len(self.model.living)]

    def add_client(self, number: int) -> None:
        before, values = self.model.state(), {"name": f"Client {number}"} | FREE
        here = account(self.desk, **values)
        self.model.values[here] = values
        self.model.living.add(here)
        self.model.done(before)

    def edit(self, number: int, value: int) -> None:
        here, column = self.client(number), COLUMNS[value % 3]
        new = f"0575-{value:08}" if column == "phone" else f"New {value}"
        if self.model.values[here][column] != new:
            before = self.model.state()
            change(self.desk, ACCOUNT, here, **{column: new})
            self.model.values[here][column] = new
            self.model.done(before)

    def add_person(self, number: int, value: int) -> None:
        before, here = self.model.state(), self.client(number)
        made = added(self.desk, PERSON, name=f"Guest {value}", account_id=here, role=(GUEST, BOOKER)[value % 2])
        self.model.rows["person", made] = here
        self.model.contacts |= {made} if value % 2 else set()
        self.model.done(before)

    def add_stay(self, number: int, value: int) -> None:
        before, here = self.model.state(), self.client(number)
        made = stay(self.desk, company_id=here, departure=f"2026-11-{17 + value % 9}", rate=1000 * (value % 7))
        self.model.rows["stay", made] = here
        self.model.done(before)

    def _row(self, number: int) -> tuple[str, int] | None:
        rows = sorted(self.model.rows)
        return rows[number % len(rows)] if rows else None

    def move(self, number: int, value: int) -> None:
        found, there = self._row(value), self.client(number)
        if found and self.model.rows[found] != there:
            before = self.model.state()
            record, column = (PERSON, "account_id") if found[0] == "person" else (STAY, "company_id")
            change(self.desk, record, found[1], **{column: there})
            self.model.rows[found] = there
            self.model.done(before)

    def remove(self, number: int, value: int) -> None:
        if (found := self._row(value + number)) is not None:
            before, record = self.model.state(), PERSON if found[0] == "person" else STAY
            self.desk.remove(record, *_pair(self.desk, record, found[1]))
            del self.model.rows[found]
            self.model.done(before)

    def merge(self, number: int, value: int) -> None:
        kept, lost = self.client(number), self.client(number + 1 + value % 2)
        if kept != lost:
            before = self.model.state()
            values = {name: self.model.values[lost][name] for at, name in enumerate(COLUMNS) if value >> at & 1}
            self.model.merge(join(self.desk, kept, lost, values), kept, lost, values)
            self.model.done(before)

    def unmerge(self, number: int, value: int) -> None:
        merges = sorted(self.model.merges)
        if merges:
            chosen = merges[(number + value) % len(merges)]
            if not self.model.is_outermost(chosen):
                with pytest.raises(Refused):
                    merging.unmerge(self.desk, chosen)
                return
            before = self.model.state()
            merging.unmerge(self.desk, chosen)
            self.model.unmerge(chosen)
            self.model.done(before)

    def undo(self, _number: int, _value: int) -> None:
        if self.model.past:
            self.desk.undo()
            self.model.turn(self.model.past, self.model.future)

    def redo(self, _number: int, _value: int) -> None:
        if self.model.future:
            self.desk.redo()
            self.model.turn(self.model.future, self.model.past)

    def compare(self) -> None:
        db, model = self.desk.store.writer, self.model
        ids = f"({', '.join(map(str, model.values))})"
        living = {found[0]: dict(zip(COLUMNS, found[1:], strict=True)) for found in db.execute(f"select id, {', '.join(COLUMNS)} from account where id in {ids} and gone is null")}
        assert living == {here: model.values[here] for here in model.living}
        rows = {("person", a): b for a, b in db.execute(f"select id, account_id from person where account_id in {ids} and gone is null")}
        rows |= {("stay", a): b for a, b in db.execute(f"select id, company_id from stay where company_id in {ids} and gone is null")}
        assert rows == model.rows
        roles = dict(db.execute(f"select person_id, account_id from role where account_id in {ids} and kept = 1 and until = '' and gone is null").fetchall())
        assert roles == {row_id: client for (record, row_id), client in model.rows.items() if record == "person" and row_id in model.contacts}
        stays = {a: b for a, b in db.execute(f"select id, stays from account where id in {ids}") if b}
        counted: dict[int, int] = {}
        for (record, _), client in model.rows.items():
            if record == "stay":
                counted[client] = counted.get(client, 0) + 1
        assert stays == counted


DONE = ("edit", "edit", "add_person", "add_stay", "move", "remove", "merge", "merge", "unmerge", "unmerge", "undo", "undo", "redo")
ACTIONS = st.lists(st.tuples(st.sampled_from(DONE), st.integers(0, 5), st.integers(0, 15)), min_size=4, max_size=24)


@given(ACTIONS)
@settings(max_examples=40)
def test_whatever_is_done_nothing_is_lost(desk: Desk, actions: list[tuple[str, int, int]]) -> None:
    world = World(desk)
    for action, number, value in actions:
        getattr(world, action)(number, value)
        world.compare()
    while world.model.past:
        world.undo(0, 0)
    world.compare()


@pytest.mark.long
@given(ACTIONS)
@settings(max_examples=200)
def test_whatever_is_done_nothing_is_lost_at_length(desk: Desk, actions: list[tuple[str, int, int]]) -> None:
    world = World(desk)
    for action, number, value in actions:
        getattr(world, action)(number, value)
    world.compare()


def test_a_merge_is_one_entry_with_all_it_moved(desk: Desk, store: Store) -> None:
    kept, lost = account(desk, "Kept", phone="0575-00001000"), account(desk, "Lost", phone="0575-00002000")
    people = [added(desk, PERSON, name=f"Guest {n}", account_id=lost) for n in range(3)]
    here = stay(desk, company_id=lost, rate=10_000)
    counts = {count.record.key: count.rows for count in merging.merging.linked(store.writer, store.records, ACCOUNT, lost)}
    assert counts == {"person": 3, "stay": 1}
    merge_id = join(desk, kept, lost, {"phone": merging.joined("phone", "0575-00001000", "0575-00002000")})
    entry = history.entry(store.writer, store.by_key, desk.store.writer.execute("select max(id) from change").fetchone()[0])
    assert entry is not None
    assert (entry.action, entry.rows) == ("Merged", 7)
    assert row(desk, ACCOUNT, kept)["phone"] == "0575-00001000 / 0575-00002000"
    assert [row(desk, PERSON, each)["account_id"] for each in people] == [kept] * 3
    assert (row(desk, STAY, here)["company_id"], row(desk, ACCOUNT, kept)["stays"], row(desk, ACCOUNT, kept)["revenue"]) == (kept, 1, 20_000)
    assert merging.merging.into(store.writer, ACCOUNT, kept) == [(merge_id, "Lost")]
    sound(store)
    merging.unmerge(desk, merge_id)
    assert row(desk, ACCOUNT, lost)["phone"] == "0575-00002000"
    assert row(desk, ACCOUNT, lost)["revenue"] == 20_000
    assert row(desk, ACCOUNT, kept)["phone"] == "0575-00001000"
    assert merging.merging.into(store.writer, ACCOUNT, kept) == []
    sound(store)


def test_later_edits_stay_where_they_were_made(desk: Desk) -> None:
    kept, lost = account(desk, "Kept", city="杭州", phone="0575-00001000"), account(desk, "Lost", city="绍兴", phone="0575-00002000")
    old = added(desk, PERSON, name="Old", account_id=lost)
    merge_id = join(desk, kept, lost, {"city": "绍兴", "phone": "0575-00002000"})
    new = added(desk, PERSON, name="New", account_id=kept)
    change(desk, ACCOUNT, kept, phone="0575-00003000", remark="Called")
    change(desk, PERSON, old, position="Director")
    merging.unmerge(desk, merge_id)
    found = row(desk, ACCOUNT, kept)
    assert (found["city"], found["phone"], found["remark"]) == ("杭州", "0575-00003000", "Called")
    assert (row(desk, PERSON, old)["account_id"], row(desk, PERSON, old)["position"]) == (lost, "Director")
    assert row(desk, PERSON, new)["account_id"] == kept


def test_merges_of_merges_come_apart_from_the_outside(desk: Desk) -> None:
    one, two, three = (account(desk, name) for name in ("One", "Two", "Three"))
    guest = added(desk, PERSON, name="Guest", account_id=one)
    first, second = join(desk, two, one), join(desk, three, two)
    with pytest.raises(Refused) as refused:
        merging.unmerge(desk, first)
    assert refused.value.text == Text("The two were merged into {name} later; take that apart first.", name="Three")
    for merge_id, holder in ((second, two), (first, one)):
        merging.unmerge(desk, merge_id)
        assert row(desk, PERSON, guest)["account_id"] == holder
    with pytest.raises(Refused):
        merging.unmerge(desk, first)


def test_codes_that_are_taken(desk: Desk) -> None:
    kept, lost = account(desk, "Kept", code="C1"), account(desk, "Lost", code="C2")
    merge_id = join(desk, kept, lost, {"code": "C2"})
    assert row(desk, ACCOUNT, kept)["code"] == "C2"
    third = account(desk, "Third", code="C1")
    change(desk, ACCOUNT, kept, code="C9")
    fourth = account(desk, "Fourth", code="C2")
    with pytest.raises(Refused) as refused:
        merging.unmerge(desk, merge_id)
    assert "Fourth" in str(refused.value.text.args)
    desk.remove(ACCOUNT, *_pair(desk, ACCOUNT, fourth))
    merging.unmerge(desk, merge_id)
    assert [row(desk, ACCOUNT, each)["code"] for each in (kept, lost, third)] == ["C9", "C2", "C1"]


def test_what_is_refused_changes_nothing(desk: Desk, store: Store) -> None:
    firm, agency = account(desk, "Firm"), account(desk, "Agency", kind="agency")
    guest = added(desk, PERSON, name="Guest", account_id=agency)
    before = store.writer.execute("select count(*) from change").fetchone()
    one, other = _pair(desk, ACCOUNT, firm), _pair(desk, ACCOUNT, agency)
    for kept, lost, values in ((one, one, {}), (one, other, {}), (other, (firm, 7), {}), (one, (12345, 1), {})):
        with pytest.raises((Refused, Conflict)):
            merging.merge(desk, ACCOUNT, kept, lost, values)
    twin = account(desk, "Twin")
    with pytest.raises(Invalid):
        merging.merge(desk, ACCOUNT, one, _pair(desk, ACCOUNT, twin), {"name": ""})
    assert store.writer.execute("select count(*) from change").fetchone()[0] == before[0] + 1
    assert row(desk, PERSON, guest)["account_id"] == agency


def test_a_rule_of_the_house_may_forbid_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = account(desk, "One"), account(desk, "Other")

    def nobody(_desk: Desk, _record: Record, _kept: Any, _lost: Any) -> Text | None:
        return Text("No")

    monkeypatch.setattr(merging.Rule, "may", staticmethod(nobody))
    with pytest.raises(Refused):
        join(desk, one, other)
    assert row(desk, ACCOUNT, other)["name"] == "Other"


def test_people_are_merged_like_clients(desk: Desk) -> None:
    kept, lost = added(desk, PERSON, name="解采薇"), added(desk, PERSON, name="沈采薇", email="a@example.com")
    here = stay(desk, guest_id=lost)
    merge_id = join(desk, kept, lost, {"email": "a@example.com"}, PERSON)
    assert row(desk, STAY, here)["guest_id"] == kept
    desk.undo()
    assert row(desk, STAY, here)["guest_id"] == lost
    desk.redo()
    assert row(desk, PERSON, kept)["email"] == "a@example.com"
    merging.unmerge(desk, merge_id)
    assert (row(desk, PERSON, kept)["email"], row(desk, STAY, here)["guest_id"]) == ("", lost)


def test_not_the_same_is_remembered(desk: Desk, reader: Any) -> None:
    one, other = account(desk, "云楸医疗器械有限公司"), account(desk, "云楸医疗器械股份有限公司")

    def pairs() -> int:
        return len(alike.scan(reader, ACCOUNT, lambda _done, _total: None))

    values = {"name": "云楸医疗器械有限公司"}
    assert (pairs(), len(alike.check(reader, ACCOUNT, values, one))) == (1, 1)
    merging.not_the_same(desk, ACCOUNT, other, one)
    assert (pairs(), alike.check(reader, ACCOUNT, values, one)) == (0, [])
    desk.undo()
    assert pairs() == 1
