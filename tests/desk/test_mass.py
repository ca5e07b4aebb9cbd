"""One value for many rows: one action, one undo, all or none until it was seen which cannot."""

from __future__ import annotations

import pytest

from crm_desktop.desk import mass
from crm_desktop.desk.desk import Desk
from crm_desktop.duties import RECORDS
from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.duties.preferences.records import SLIP
from crm_desktop.record.text import Refused
from tests.samples import account, added, facts, row, sound


def test_one_action_for_all_of_them(desk: Desk) -> None:
    ids = [account(desk, f"单位{n}", level="C" if n else "A") for n in range(5)]
    before = facts(desk.store)["account"]
    change = mass.change(desk, ACCOUNT, ids, {"level": "A"})
    assert sum(table == "account" for table, _ in change.rows) == 4  # one has it already and is not touched
    assert {row(desk, ACCOUNT, each)["level"] for each in ids} == {"A"}
    assert [row(desk, ACCOUNT, each)["version"] for each in ids] == [1, 2, 2, 2, 2]
    desk.undo()
    assert [values[:-2] for values in facts(desk.store)["account"]] == [values[:-2] for values in before]
    sound(desk.store)


def test_rows_that_cannot_are_named_and_nothing_is_changed(desk: Desk) -> None:
    ids = [added(desk, PERSON, name=f"客人{n}", birthday="") for n in range(3)]
    other = added(desk, PERSON, name="已故")
    desk.remove(PERSON, other, 1)
    with pytest.raises(mass.Refusals) as caught:
        mass.change(desk, PERSON, [*ids, other], {"vip": "V5"})
    assert [(name, str(why)) for _, name, why in caught.value.rows] == [("已故", "It was removed meanwhile")]
    assert caught.value.others == 3
    assert {row(desk, PERSON, each)["vip"] for each in ids} == {""}
    mass.change(desk, PERSON, [*ids, other], {"vip": "V5"}, without={other})
    assert {row(desk, PERSON, each)["vip"] for each in ids} == {"V5"}
    with pytest.raises(Refused, match="already"):
        mass.change(desk, PERSON, ids, {"vip": "V5"})


def test_the_rules_of_the_record_hold(desk: Desk) -> None:
    ids = [added(desk, PERSON, name=f"客人{n}") for n in range(2)]
    with pytest.raises(mass.Refusals, match="2 of the rows"):
        mass.change(desk, PERSON, ids, {"birthday": "2999-01-01"})
    with pytest.raises(Refused, match="At most"):
        mass.change(desk, PERSON, list(range(mass.MOST + 1)), {"vip": "V5"})


def test_what_names_one_row_is_not_offered() -> None:
    names = {record.key: {field.name for field in mass.fields(record)} for record in RECORDS}
    assert not {"name", "code", "stays", "revenue", "id_number", "birth_day"} & names["person"]
    assert {"vip", "owner_id", "account_id", "remark"} <= names["person"]
    assert SLIP.machine
    assert "state" not in names["preference_slip"]
