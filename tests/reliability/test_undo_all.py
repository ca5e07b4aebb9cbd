"""Nothing escapes Ctrl+Z: any mixture of saves, removals, files, merges and merges taken apart is undone step by step to where
it began, and done again to where it ended; what is refused on the way changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

from hypothesis import seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from crm_desktop.desk import merging
from crm_desktop.desk.desk import Desk
from crm_desktop.duties import RECORDS
from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.duties.stays.records import STAY
from crm_desktop.record.record import Record
from crm_desktop.record.text import Refused
from crm_desktop.store import keys
from crm_desktop.store.store import Store
from tests.kept import Kept
from tests.reliability.killing import many
from tests.samples import account, added, change, csv_file, facts, hotel, imported, remove, row, sound, stay

PICK = st.integers(0, 7)
NAMES = st.sampled_from(["Orient", "东方旅行社", "Sunrise", "Lotus"])
ROWS = st.lists(st.tuples(NAMES, st.sampled_from(["A1", "A2", "A3", ""]), st.sampled_from(["绍兴", "杭州", ""])), min_size=1, max_size=5)
World = dict[str, list[tuple[Any, ...]]]


class Everything(RuleBasedStateMachine):
    """What a seller does; `past` and `ahead` are the worlds before and after, as Ctrl+Z and Ctrl+Y bring them back."""

    store: Store
    desk: Desk
    folder: Path

    def begin(self) -> None:
        """A house with its hotel."""
        hotel(self.desk)
        self.now, self.past, self.ahead = facts(self.store), list[World](), list[World]()
        self._files = count()

    def do(self, work: Callable[[], Any]) -> None:
        """One action, or a refusal that changes nothing."""
        entries = self._entries()
        try:
            work()
        except Refused:
            assert facts(self.store) == self.now
            return
        found = facts(self.store)
        assert self._entries() <= entries + 1, "one action is one entry"
        if self._entries() > entries:
            self.past.append(self.now)
            self.ahead.clear()
        self.now = found

    def _entries(self) -> int:
        return int(self.store.writer.execute("select count(*) from change where rows > 0").fetchone()[0])

    def pick(self, record: Record, at: int) -> int:
        """Some living row; 0 where there is none."""
        ids = [found[0] for found in self.now[record.key]]
        return int(ids[at % len(ids)]) if ids else 0

    @rule(name=NAMES)
    def add(self, name: str) -> None:
        self.do(lambda: account(self.desk, name))

    @rule(name=NAMES, at=PICK)
    def add_person(self, name: str, at: int) -> None:
        self.do(lambda: added(self.desk, PERSON, name=name, account_id=self.pick(ACCOUNT, at) or None, phone="13800138000"))

    @rule(at=PICK, nights=st.sampled_from(["2026-11-17", "2026-11-20"]))
    def add_stay(self, at: int, nights: str) -> None:
        self.do(lambda: stay(self.desk, departure=nights, company_id=self.pick(ACCOUNT, at) or None, guest_id=self.pick(PERSON, at) or None))

    @rule(at=PICK, name=NAMES, city=st.sampled_from(["绍兴", "杭州", ""]))
    def edit(self, at: int, name: str, city: str) -> None:
        if row_id := self.pick(ACCOUNT, at):
            self.do(lambda: change(self.desk, ACCOUNT, row_id, name=name, city=city))

    @rule(at=PICK, to=PICK)
    def move_person(self, at: int, to: int) -> None:
        """Another employer: what was kept with its days moves too."""
        if (row_id := self.pick(PERSON, at)) and (firm := self.pick(ACCOUNT, to)):
            self.do(lambda: change(self.desk, PERSON, row_id, account_id=firm))

    @rule(at=PICK, record=st.sampled_from([ACCOUNT, PERSON, STAY]))
    def take_away(self, at: int, record: Record) -> None:
        if row_id := self.pick(record, at):
            self.do(lambda: remove(self.desk, record, row_id))

    @rule(rows=ROWS)
    def bring_in(self, rows: list[tuple[str, str, str]]) -> None:
        path = csv_file(self.folder / f"{next(self._files)}.csv", ("name", "code", "city"), *rows)
        self.do(lambda: imported(self.desk, path, ACCOUNT))

    @rule(one=PICK, other=PICK, record=st.sampled_from([ACCOUNT, PERSON]))
    def merge(self, one: int, other: int, record: Record) -> None:
        kept, lost = self.pick(record, one), self.pick(record, other)
        if kept and lost:
            versions = [(each, int(row(self.desk, record, each)["version"] or 0)) for each in (kept, lost)]
            self.do(lambda: merging.merge(self.desk, record, versions[0], versions[1]))

    @precondition(lambda self: self.now["merged"])
    @rule(at=PICK)
    def take_apart(self, at: int) -> None:
        merges = [found[0] for found in self.now["merged"]]
        self.do(lambda: merging.unmerge(self.desk, merges[at % len(merges)]))

    @precondition(lambda self: self.past)
    @rule()
    def undo(self) -> None:
        self.desk.undo()
        self.ahead.append(self.now)
        self.now = self.past.pop()
        assert facts(self.store) == self.now

    @precondition(lambda self: self.ahead)
    @rule()
    def redo(self) -> None:
        self.desk.redo()
        self.past.append(self.now)
        self.now = self.ahead.pop()
        assert facts(self.store) == self.now

    def teardown(self) -> None:
        while self.past:
            self.undo()
        while self.ahead:
            self.redo()
        sound(self.store)
        self.store.close()


def run(folder: Path, empty: Kept, examples: int, steps: int, part: int) -> None:
    """Every example begins with a house of its own; the examples of a part are always the same."""
    number = count()

    class Own(Everything):
        def __init__(self) -> None:
            super().__init__()
            self.folder = folder / str(next(number))
            self.folder.mkdir()
            path = empty.copy(self.folder / "crm.db")
            keys.read_keys(path).head_file.unlink(missing_ok=True)  # of the house before
            self.store = Store(path, RECORDS)
            self.desk = Desk(self.store, "Li Na")
            self.begin()

    run_state_machine_as_test(seed(part)(Own) if part else Own, settings=settings(max_examples=examples, stateful_step_count=steps))


@many(5, 8, 10)
def test_everything_is_undone_and_done_again(tmp_path: Path, empty: Kept, tries: int, part: int) -> None:
    run(tmp_path, empty, tries, 40 if part else 14, part)
