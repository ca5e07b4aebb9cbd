"""Undo and redo of whole changes: against a model that knows nothing of tables, and case by case."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from crm_desktop.desk.desk import EXPORTED, Desk, Invalid
from crm_desktop.duties import RECORDS
from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.duties.stays.records import HOTEL, STAY
from crm_desktop.record import dates
from crm_desktop.record.dates import add_days, days_between
from crm_desktop.record.ids import encode
from crm_desktop.record.record import Record
from crm_desktop.record.text import Refused
from crm_desktop.store import pages, rollups, search, undo
from crm_desktop.store.rows import read
from crm_desktop.store.store import Store
from tests.kept import Kept
from tests.samples import account, added, change, csv_file, facts, hotel, imported, remove, row, sound, stay

World = dict[str, dict[int, dict[str, Any]]]
PICK = st.integers(0, 5)
NAMES = st.sampled_from(["Orient", "王小明", "Agent 9", "Grand 大酒店"])
CODES = st.sampled_from(["", "1", "2"])
DAYS = st.sampled_from(["2026-11-14", "2026-11-16", "2026-11-20"])
STATUSES = st.sampled_from(["Check-Out", "Canceled", "Booked"])


class Model:
    """What a person believes: rows by id, and what Ctrl+Z and Ctrl+Y bring."""

    def __init__(self) -> None:
        self.world: World = {"account": {}, "stay": {}}
        self.undo: list[World] = []
        self.redo: list[World] = []

    def act(self) -> None:
        """Something is about to be done."""
        self.undo.append(copy.deepcopy(self.world))
        self.redo.clear()

    def sums(self, account_id: int) -> tuple[int, int, int, str]:
        """Stays, nights, revenue and last stay of an account."""
        mine = [s for s in self.world["stay"].values() if s["status"] == "Check-Out"]
        mine = [s for s in mine for by in ("agency_id", "company_id") if s[by] == account_id]
        nights = [days_between(s["arrival"], s["departure"]) for s in mine]
        revenue = sum(n * s["rate"] for n, s in zip(nights, mine, strict=True))
        return len(mine), sum(nights), revenue, max((s["arrival"] for s in mine), default="")


class Machine(RuleBasedStateMachine):
    """Adds, edits, removes, undoes and redoes; after each step the database is what the model is."""

    desk: Desk
    hotel_id: int

    @initialize()
    def begin(self) -> None:
        self.model = Model()

    def pick(self, key: str, at: int) -> int | None:
        ids = sorted(self.model.world[key])
        return ids[at % len(ids)] if ids else None

    def of_kind(self, kind: str, at: int) -> int | None:
        ids = [i for i in sorted(self.model.world["account"]) if self.model.world["account"][i]["kind"] == kind]
        return ids[at] if at < len(ids) else None

    def save(self, record: Record, row_id: int | None, values: dict[str, Any]) -> None:
        world = self.model.world[record.key]
        old = world.get(row_id, {}) if row_id else {}
        code = (old | values).get("code", "")
        clash = any(r["code"] == code and r["kind"] == (old | values)["kind"] and i != row_id for i, r in world.items()) if code else False
        version = row(self.desk, record, row_id)["version"] if row_id else 0
        if clash:
            with pytest.raises(Invalid):
                self.desk.save(record, row_id, version, values)
            return
        if row_id and all(old[name] == value for name, value in values.items()):
            assert self.desk.save(record, row_id, version, values).count == 0
            return
        self.model.act()
        done = self.desk.save(record, row_id, version, values)
        (_, saved), = done.rows
        world[saved] = old | values

    @rule(name=NAMES, code=CODES, kind=st.sampled_from(["company", "agency"]))
    def add_account(self, name: str, code: str, kind: str) -> None:
        self.save(ACCOUNT, None, {"name": name, "code": code, "kind": kind})

    @rule(arrival=DAYS, nights=st.integers(0, 3), rate=st.integers(-100, 5000), status=STATUSES, agency=PICK, company=PICK)
    def add_stay(self, arrival: str, nights: int, rate: int, status: str, agency: int, company: int) -> None:
        values = {
            "arrival": arrival, "departure": add_days(arrival, nights), "rate": rate, "status": status, "hotel_id": self.hotel_id,
            "agency_id": self.of_kind("agency", agency), "company_id": self.of_kind("company", company),
        }  # fmt: skip
        self.save(STAY, None, values)

    @rule(at=PICK, values=st.one_of(st.fixed_dictionaries({"name": NAMES}), st.fixed_dictionaries({"code": CODES, "name": NAMES})))
    def edit_account(self, at: int, values: dict[str, Any]) -> None:
        if row_id := self.pick("account", at):
            self.save(ACCOUNT, row_id, values)

    @rule(at=PICK, arrival=DAYS, nights=st.integers(0, 3), rate=st.integers(-100, 5000))
    def move_stay(self, at: int, arrival: str, nights: int, rate: int) -> None:
        if row_id := self.pick("stay", at):
            self.save(STAY, row_id, {"arrival": arrival, "departure": add_days(arrival, nights), "rate": rate})

    @rule(at=PICK, status=STATUSES, agency=PICK, company=PICK)
    def give_stay(self, at: int, status: str, agency: int, company: int) -> None:
        if row_id := self.pick("stay", at):
            values = {"status": status, "agency_id": self.of_kind("agency", agency), "company_id": self.of_kind("company", company)}
            self.save(STAY, row_id, values)

    @rule(at=PICK)
    def remove_stay(self, at: int) -> None:
        if row_id := self.pick("stay", at):
            self.model.act()
            remove(self.desk, STAY, row_id)
            del self.model.world["stay"][row_id]

    @rule(at=PICK)
    def remove_account(self, at: int) -> None:
        if row_id := self.pick("account", at):
            if any(row_id in (s["agency_id"], s["company_id"]) for s in self.model.world["stay"].values()):
                with pytest.raises(Refused, match="still refer to this"):
                    remove(self.desk, ACCOUNT, row_id)
                return
            self.model.act()
            remove(self.desk, ACCOUNT, row_id)
            del self.model.world["account"][row_id]

    @precondition(lambda self: self.model.undo)
    @rule()
    def undo(self) -> None:
        self.desk.undo()
        self.model.redo.append(self.model.world)
        self.model.world = self.model.undo.pop()

    @precondition(lambda self: self.model.redo)
    @rule()
    def redo(self) -> None:
        self.desk.redo()
        self.model.undo.append(self.model.world)
        self.model.world = self.model.redo.pop()

    @precondition(lambda self: not self.model.redo)
    @rule()
    def redo_nothing(self) -> None:
        with pytest.raises(Refused, match="nothing to redo"):
            self.desk.redo()

    @invariant()
    def agree(self) -> None:
        db, world = self.desk.store.writer, self.model.world
        found = db.execute("select id, name, code, kind, stays, nights, revenue, last_stay from account where gone is null").fetchall()
        assert {r[0]: r[1:] for r in found} == {
            i: (a["name"], a["code"], a["kind"], *self.model.sums(i)) for i, a in world["account"].items()
        }  # fmt: skip
        stays = db.execute("select id, arrival, departure, rate, status, agency_id, company_id, nights from stay where gone is null")
        assert {r[0]: r[1:] for r in stays.fetchall()} == {
            i: (s["arrival"], s["departure"], s["rate"], s["status"], s["agency_id"], s["company_id"], days_between(s["arrival"], s["departure"]))
            for i, s in world["stay"].items()
        }  # fmt: skip

    def teardown(self) -> None:
        if hasattr(self, "model"):
            sound(self.desk.store)
            while self.model.undo:
                self.undo()
            self.agree()
            assert not self.model.world["account"]


def run_machine(tmp_path: Any, empty: Kept, examples: int, steps: int) -> None:
    """Every example begins with a database of its own."""
    number = iter(range(1_000_000))

    class Own(Machine):
        def __init__(self) -> None:
            super().__init__()
            self.store = Store(empty.copy(tmp_path / f"{next(number)}.db"), RECORDS)
            self.desk = Desk(self.store, "Li Na")
            self.hotel_id = hotel(self.desk)

        def teardown(self) -> None:
            super().teardown()
            self.store.close()

    run_state_machine_as_test(Own, settings=settings(max_examples=examples, stateful_step_count=steps))


def test_any_sequence_agrees_with_the_model(tmp_path: Any, empty: Kept) -> None:
    run_machine(tmp_path, empty, 20, 25)


@pytest.mark.long
def test_any_long_sequence_agrees_with_the_model(tmp_path: Any, empty: Kept) -> None:
    run_machine(tmp_path, empty, 120, 40)


def test_only_what_changed_is_logged(desk: Desk) -> None:
    orient = account(desk, "Orient", city="Shanghai")
    done = change(desk, ACCOUNT, orient, name="Orient Ltd", city="Shanghai")
    (before,) = desk.store.writer.execute("select before from change_row where change_id = ?", (done.id,)).fetchone()
    assert before == '{"name":"Orient"}'
    assert change(desk, ACCOUNT, orient, name="Orient Ltd").count == 0
    assert desk.store.writer.execute("select count(*) from change").fetchone() == (2,)


def test_a_new_row_has_nothing_before(desk: Desk) -> None:
    account(desk, "Orient")
    assert desk.store.writer.execute("select position, tbl, version, before from change_row").fetchall() == [(0, "account", 1, None)]


def test_derived_sums_are_not_logged(desk: Desk) -> None:
    orient = account(desk, "Orient")
    stay(desk, company_id=orient)
    assert {r[0] for r in desk.store.writer.execute("select tbl from change_row")} == {"account", "hotel", "stay"}
    assert row(desk, ACCOUNT, orient)["version"] == 1


def test_undo_is_refused_when_later_changes_stand(desk: Desk) -> None:
    orient = account(desk, "Orient")
    first = change(desk, ACCOUNT, orient, city="Shanghai")
    second = change(desk, ACCOUNT, orient, city="Beijing")
    before = facts(desk.store)
    with pytest.raises(Refused, match="changed later"):
        desk.undo(first.id)
    assert facts(desk.store) == before
    desk.undo(second.id)
    desk.undo(first.id)
    assert row(desk, ACCOUNT, orient)["city"] == ""


def test_an_undone_change_is_not_undone_twice(desk: Desk) -> None:
    orient = account(desk, "Orient")
    first = change(desk, ACCOUNT, orient, city="Shanghai")
    desk.undo(first.id)
    with pytest.raises(Refused, match="undone already"):
        desk.undo(first.id)


def test_an_older_change_alone_can_be_undone(desk: Desk) -> None:
    orient, other = account(desk, "Orient"), account(desk, "Other")
    first = change(desk, ACCOUNT, orient, city="Shanghai")
    change(desk, ACCOUNT, other, city="Beijing")
    desk.undo(first.id)
    assert (row(desk, ACCOUNT, orient)["city"], row(desk, ACCOUNT, other)["city"]) == ("", "Beijing")
    desk.redo()
    assert row(desk, ACCOUNT, orient)["city"] == "Shanghai"


def test_undoing_an_undo_does_it_again_and_can_be_undone(desk: Desk) -> None:
    orient = account(desk, "Orient")
    change(desk, ACCOUNT, orient, city="Shanghai")
    undone = desk.undo()
    desk.undo(undone.id)
    assert row(desk, ACCOUNT, orient)["city"] == "Shanghai"
    with pytest.raises(Refused, match="nothing to redo"):
        desk.redo()
    desk.undo()
    assert row(desk, ACCOUNT, orient)["city"] == ""
    sound(desk.store)


def test_nothing_to_undo_in_an_export(desk: Desk) -> None:
    done = desk.note(EXPORTED, "stays: 3")
    with pytest.raises(Refused, match="nothing to undo"):
        desk.undo()
    with pytest.raises(Refused, match="nothing to undo here"):
        desk.undo(done.id)


def test_undo_by_its_own_seat_only(desk: Desk, store: Store) -> None:
    orient = account(desk, "Orient")
    store.seat = "2"
    with pytest.raises(Refused, match="nothing to undo"):
        desk.undo()
    change(desk, ACCOUNT, orient, city="Beijing")
    store.seat = "1"
    with pytest.raises(Refused, match="changed later"):
        desk.undo()
    assert undo.stacks(store.writer, "2").undo != undo.stacks(store.writer, "1").undo


def test_a_row_does_not_come_back_to_one_that_is_gone(desk: Desk) -> None:
    orient = account(desk, "Orient")
    guest = added(desk, PERSON, name="Zhang San", account_id=orient)
    removed = remove(desk, PERSON, guest)
    remove(desk, ACCOUNT, orient)
    with pytest.raises(Refused, match="removed later"):
        desk.undo(removed.id)
    assert desk.get(PERSON, guest) is None
    desk.undo()
    desk.undo(removed.id)
    assert row(desk, PERSON, guest)["account_id"] == orient
    sound(desk.store)


def test_an_edit_is_not_taken_back_to_one_that_is_gone(desk: Desk) -> None:
    orient, other = account(desk, "Orient"), account(desk, "Other")
    guest = added(desk, PERSON, name="Zhang San", account_id=orient)
    moved = change(desk, PERSON, guest, account_id=other)
    remove(desk, ACCOUNT, orient)
    with pytest.raises(Refused, match="removed later"):
        desk.undo(moved.id)
    assert row(desk, PERSON, guest)["account_id"] == other


def test_a_client_stays_what_others_refer_to_it_as(desk: Desk) -> None:
    orient = account(desk, "Orient", kind="company")
    became = change(desk, ACCOUNT, orient, kind="agency")
    one = stay(desk, agency_id=orient)
    with pytest.raises(Refused, match="refer to these rows"):
        desk.undo(became.id)
    removed = remove(desk, STAY, one)
    desk.undo(became.id)
    with pytest.raises(Refused, match="removed later"):
        desk.undo(removed.id)
    assert row(desk, ACCOUNT, orient)["kind"] == "company"
    sound(desk.store)


def test_a_code_taken_meanwhile_is_said_plainly(desk: Desk) -> None:
    first = account(desk, "First", code="1")
    removed = remove(desk, ACCOUNT, first)
    account(desk, "Second", code="1")
    with pytest.raises(Refused, match="already has this number"):
        desk.undo(removed.id)
    assert [r[2] for r in facts(desk.store)["account"]] != []
    assert desk.get(ACCOUNT, first) is None
    sound(desk.store)


def test_undo_puts_back_whole_what_an_import_brought_back_and_changed(desk: Desk, tmp_path: Any) -> None:
    orient = account(desk, "Orient", code="1", city="Shanghai")
    remove(desk, ACCOUNT, orient)
    imported(desk, csv_file(tmp_path / "a.csv", ("id", "code", "name", "city"), (encode(orient), "1", "Occident", "Lhasa")), ACCOUNT)
    desk.undo()
    there = read(desk.store.writer, ACCOUNT, orient)
    assert there is not None
    assert (there["name"], there["city"], there["gone"] is None) == ("Orient", "Shanghai", False)
    desk.undo()
    assert row(desk, ACCOUNT, orient)["name"] == "Orient"
    sound(desk.store)


def test_the_order_of_changes_does_not_hang_on_the_clock(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    orient = account(desk, "Orient")
    first = change(desk, ACCOUNT, orient, city="Shanghai")
    monkeypatch.setattr("crm_desktop.record.ids.time.time", lambda: 1_600_000_000.0)
    monkeypatch.setattr("crm_desktop.record.ids._last", 0)
    second = change(desk, ACCOUNT, orient, city="Beijing")
    assert second.id > first.id
    with pytest.raises(Refused, match="changed later"):
        desk.undo(first.id)
    desk.undo()
    assert row(desk, ACCOUNT, orient)["city"] == "Shanghai"
    sound(desk.store)


def test_many_undos_in_a_row(desk: Desk) -> None:
    before = [facts(desk.store)]
    orient = account(desk, "Orient", kind="agency")
    before.append(facts(desk.store))
    for n in range(30):
        change(desk, ACCOUNT, orient, city=f"City {n}")
        before.append(facts(desk.store))
    after = before.pop()
    for earlier in reversed(before):
        desk.undo()
        assert facts(desk.store) == earlier
    for _ in before:
        desk.redo()
    assert facts(desk.store) == after
    sound(desk.store)


@pytest.mark.embedded
def test_sums_are_worked_out_once_for_each_row_that_holds_them(desk: Desk, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many rows come back: a hotel has hundreds of thousands of stays."""
    rows = [("City Hotel", "2026-11-16", "2026-11-18", str(n)) for n in range(1500)]
    imported(desk, csv_file(tmp_path / "s.csv", ("hotel", "arrival", "departure", "rate"), *rows), STAY)
    desk.undo()
    asked: list[int] = []
    whole = rollups.recompute

    def counted(db: Any, target: Any, ids: Any = None) -> None:
        asked.append(len(ids))
        whole(db, target, ids)

    monkeypatch.setattr(rollups, "recompute", counted)
    desk.redo()
    assert max(asked) == 1
    sound(desk.store)


def test_who_when_and_what(desk: Desk) -> None:
    dates.set_clock(None)
    done = account(desk, "Orient")
    found = desk.store.writer.execute("select seat, seq, who, action, reason, source, rows, at from change").fetchall()
    assert found[0][:7] == ("1", 1, "Li Na", "Added", "", "", 1)
    assert found[0][7] <= dates.now()
    undone = desk.undo()
    assert desk.store.writer.execute("select action, source from change where id = ?", (undone.id,)).fetchone()[0] == "Undone"
    assert desk.get(ACCOUNT, done) is None


def test_a_tombstone_is_in_no_list_search_or_code(desk: Desk, reader: Any) -> None:
    gone = account(desk, "Orient", code="1")
    remove(desk, ACCOUNT, gone)
    query = pages.ListQuery(ACCOUNT)
    assert pages.count(reader, query) == 0
    assert pages.fetch(reader, query) == []
    assert search.find(reader, "Orient", 5, (ACCOUNT,)) == []
    assert pages.options(reader, STAY.by_name["company_id"]) == []
    second = account(desk, "Orient Two", code="1")
    assert second != gone
    assert desk.get(HOTEL, gone) is None
