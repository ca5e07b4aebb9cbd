"""Who answers for whom: every case of being away, and that somebody always ends up with the work or nobody is there."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.desk.deputies import answers_for, covered_by, has_left

DAY = "2026-11-18"


def one(number: int, **given: Any) -> dict[str, Any]:
    return {"id": number, "manager_id": None, "deputy_id": None, "deputy_from": "", "deputy_to": "", "left_on": ""} | given


def away(number: int, deputy: int, first: str = "2026-11-16", last: str = "2026-11-20") -> dict[str, Any]:
    return one(number, deputy_id=deputy, deputy_from=first, deputy_to=last)


CASES = (
    ("present", [one(1)], 1),
    ("away, the deputy is here", [away(1, 2), one(2)], 2),
    ("first day", [away(1, 2, DAY, "2026-11-30"), one(2)], 2),
    ("last day", [away(1, 2, "2026-11-01", DAY), one(2)], 2),
    ("not yet away", [away(1, 2, "2026-11-19"), one(2)], 1),
    ("back again", [away(1, 2, "2026-11-10", "2026-11-17"), one(2)], 1),
    ("since then, no end", [away(1, 2, "2026-11-10", ""), one(2)], 2),
    ("until then, no beginning", [away(1, 2, "", "2026-11-18"), one(2)], 2),
    ("a deputy without days is not away", [away(1, 2, "", ""), one(2)], 1),
    ("the deputy is away too", [away(1, 2), away(2, 3), one(3)], 3),
    ("a circle: the own work stays", [away(1, 2), away(2, 1)], 1),
    ("a longer circle", [away(1, 2), away(2, 3), away(3, 2)], 1),
    ("a deputy who was removed: the own work stays", [away(1, 9)], 1),
    ("left, the manager has it", [one(1, left_on="2026-11-17", manager_id=2), one(2)], 2),
    ("the last day is worked", [one(1, left_on=DAY, manager_id=2), one(2)], 1),
    ("left, a deputy goes before the manager", [one(1, left_on="2026-11-17", manager_id=2, deputy_id=3), one(2), one(3)], 3),
    ("left, and nobody after", [one(1, left_on="2026-11-17")], None),
    ("all have left", [one(1, left_on="2026-11-17", manager_id=2), one(2, left_on="2026-11-01", manager_id=1)], None),
    ("nobody of this name", [one(2)], None),
)


@pytest.mark.parametrize(("staff", "who"), [(c[1], c[2]) for c in CASES], ids=[c[0] for c in CASES])
def test_who_answers(staff: list[dict[str, Any]], who: int | None) -> None:
    assert answers_for(staff, 1, DAY) == who


def test_a_deputy_covers_own_and_others() -> None:
    staff = [away(1, 2), one(2), one(3), away(4, 1)]
    assert covered_by(staff, 2, DAY) == {1, 2, 4}
    assert covered_by(staff, 1, DAY) == set()


_DAYS = st.sampled_from(["", "2026-11-17", DAY, "2026-11-19"])
_WHO = st.one_of(st.none(), st.integers(1, 5))


@given(st.lists(st.tuples(_WHO, _WHO, _DAYS, _DAYS, _DAYS), min_size=1, max_size=5))
def test_the_work_is_done_by_somebody_who_has_not_left(rows: list[tuple[Any, ...]]) -> None:
    names = ("manager_id", "deputy_id", "deputy_from", "deputy_to", "left_on")
    staff = [one(number, **dict(zip(names, row, strict=True))) for number, row in enumerate(rows, 1)]
    for person in staff:
        who = answers_for(staff, person["id"], DAY)
        if not has_left(person, DAY):
            assert who is not None
        if who is not None:
            assert not has_left(staff[who - 1], DAY)
            assert person["id"] in covered_by(staff, who, DAY)
