"""Two programs on one database and one row: nobody's edit is lost, and nobody is told that something is locked."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_desktop.desk.desk import Desk
from crm_desktop.duties import RECORDS
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.store.store import Store
from tests.reliability.killing import Program, needs_kill
from tests.samples import account, row, sound

pytestmark = needs_kill


@pytest.mark.parametrize("edits", [60, pytest.param(10_000, marks=pytest.mark.long)])
def test_edits_of_one_row_from_two_programs_are_all_there(address: Path, edits: int) -> None:
    with Store(address, RECORDS) as store:
        shared = account(Desk(store), "Shared", remark="0")
    programs = [Program("edits", address, edits) for _ in range(2)]
    for program in programs:
        program.wait()
    said = [program.end()[-1] for program in programs]
    assert [what for what, *_ in said] == ["done", "done"], "a conflict is told as one, nothing else is"
    with Store(address, RECORDS) as store:
        found = row(Desk(store), ACCOUNT, shared)
        assert (found["remark"], found["version"]) == (str(2 * edits), 2 * edits + 1)
        assert store.writer.execute("select count(*) from change where action = 'Changed'").fetchone() == (2 * edits,)
        sound(store)
    print(f"{2 * edits} edits, {sum(one[1] for one in said)} conflicts told")
