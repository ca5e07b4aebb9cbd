"""Several steps in one action; what a check asks of rows referred to; what the program does by itself."""

from __future__ import annotations

import pytest

from crm_desktop.desk.desk import Conflict, Desk, Invalid
from crm_desktop.duties.follow_ups.records import DONE, FOLLOW_UP, OPEN
from crm_desktop.record.kinds import Kind
from crm_desktop.record.record import Field, Record, Row, Section
from crm_desktop.record.text import Refused, Text
from crm_desktop.store import history, undo
from crm_desktop.store.log import BY_ITSELF
from tests.samples import ACCOUNT, account, added, counts, row

DONE_TOGETHER = Text("Done")


def task(desk: Desk, **values: object) -> int:
    return added(desk, FOLLOW_UP, **({"name": "催发票", "due": "2026-11-25"} | values))


def test_steps_and_rows_are_one_action(desk: Desk) -> None:
    first = task(desk)
    with desk.writing(DONE_TOGETHER) as writing:
        desk.move_in(writing, FOLLOW_UP, first, 1, "done")
        second = desk.save_in(writing, FOLLOW_UP, None, 0, {"name": "再问一次", "due": "2026-12-01"})
    assert [row(desk, FOLLOW_UP, one)["state"] for one in (first, second)] == [DONE, OPEN]
    desk.undo()
    assert row(desk, FOLLOW_UP, first)["state"] == OPEN
    assert counts(desk.store) == {"follow_up": 1}


def both(desk: Desk, first: int, version: int, due: str) -> None:
    """A new task and an old one done, in one action."""
    with desk.writing(DONE_TOGETHER) as writing:
        desk.save_in(writing, FOLLOW_UP, None, 0, {"name": "x", "due": "2026-12-01"})
        desk.move_in(writing, FOLLOW_UP, first, version, "done")
        desk.save_in(writing, FOLLOW_UP, None, 0, {"name": "y", "due": due})


def test_what_fails_in_the_middle_changes_nothing(desk: Desk) -> None:
    first = task(desk)
    with pytest.raises(Invalid):
        both(desk, first, 1, "")
    with pytest.raises(Conflict):
        both(desk, first, 7, "2026-12-02")
    assert counts(desk.store) == {"follow_up": 1}
    assert row(desk, FOLLOW_UP, first)["state"] == OPEN


def test_a_check_sees_the_rows_referred_to(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Row] = []

    def check(row: Row) -> dict[str, Text]:
        seen.append(row)
        return {"account_id": Text("Not for {type}", type=row["account_id.type"])} if row["account_id.type"] == "government" else {}

    on = ("account_id.type", "person_id.account_id.type")
    monkeypatch.setattr(FOLLOW_UP, "check", check)
    monkeypatch.setattr(FOLLOW_UP, "check_on", on)
    task(desk)
    assert seen[-1] == dict.fromkeys(on)
    office, firm = account(desk, "市府办", type="government", code="G1"), account(desk, "禾渚软件", type="enterprise", code="H1")
    boss = added(desk, desk.store.by_key["person"], name="张主任", account_id=office)
    made = task(desk, account_id=firm, person_id=boss)
    assert seen[-1] == {"account_id.type": "enterprise", "person_id.account_id.type": "government"}
    with pytest.raises(Invalid, match="Not for government"):
        desk.save(FOLLOW_UP, made, 1, {"account_id": office})
    assert row(desk, FOLLOW_UP, made)["account_id"] == firm


def test_what_the_program_did_by_itself_is_nobodys_to_undo(desk: Desk) -> None:
    first = task(desk)
    with desk.writing(DONE_TOGETHER, source=BY_ITSELF) as writing:
        desk.save_in(writing, FOLLOW_UP, None, 0, {"name": "生日", "due": "2026-12-01"})
    newest = history.newest(desk.store.writer, desk.store.by_key)[0]
    assert (newest.undoable, newest.about) == (False, "生日")
    desk.undo()
    assert desk.get(FOLLOW_UP, first) is None
    with desk.writing(DONE_TOGETHER, source=BY_ITSELF) as writing:
        desk.save_in(writing, FOLLOW_UP, None, 0, {"name": "回访", "due": "2026-12-01"})
    desk.redo()  # still there to be done again
    assert row(desk, FOLLOW_UP, first)["name"] == "催发票"
    assert undo.stacks(desk.store.writer, desk.store.seat).redo == []


def test_a_record_without_such_a_check_is_saved_as_ever(desk: Desk) -> None:
    assert row(desk, ACCOUNT, account(desk, type="government"))["type"] == "government"
    plain = Record("x", Text("Small"), Text("Smalls"), Section(Text("All"), Field("name", Text("Name"), Kind.TEXT)))
    assert plain.problems({"name": "y"}) == {}
    with pytest.raises(Refused):
        desk.undo(12345)
