"""What a hotel settles of its rights itself: cases, and what must hold whatever it settles."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.desk.records_rights import APPROVAL_LEVEL, WHATS
from crm_desktop.duties import RECORDS
from crm_desktop.record import rights
from crm_desktop.record.own_rights import ANY, LESS, MORE, NO, UP_TO, of_rows, settled
from crm_desktop.record.rights import (
    APPROVALS,
    AREAS,
    DOSM,
    EXPORT,
    KITCHEN,
    LOG,
    ROLE_CODES,
    SELLER,
    SENSITIVE,
    VERBS,
    Hat,
    Rights,
    approval_problem,
    may_approve,
)
from crm_desktop.record.text import Text

whats = st.sampled_from([code for code, _, _ in WHATS])
pairs = st.lists(st.tuples(whats, st.sampled_from([MORE, LESS])), unique_by=lambda pair: pair[0], max_size=5)
rows = st.lists(st.tuples(st.sampled_from(sorted(APPROVALS)), st.sampled_from(ROLE_CODES), st.sampled_from([NO, UP_TO, ANY]), st.integers(1, 10**8)), max_size=6)


def mine(role: str, *own: tuple[str, str]) -> Rights:
    return Rights([Hat(7, "me", role)], own=of_rows(own))


@given(st.sampled_from(ROLE_CODES), st.sampled_from(ROLE_CODES), pairs)
def test_a_colleague_has_the_role_and_what_was_given_without_what_was_taken(role: str, absent: str, own: list[tuple[str, str]]) -> None:
    """Also while standing in for somebody; areas and rows are those of the role."""
    hats = [Hat(7, "me", role), Hat(8, "other", absent)]
    plain, settled_ = Rights(hats), Rights(hats, own=of_rows(own))
    more, less = ({what for what, way in own if way == wanted} for wanted in (MORE, LESS))
    for power in rights.POWER_WORDS:
        assert settled_.has(power) == (power not in less and (power in more or plain.has(power)))
    assert settled_.plain() == (plain.plain() | (more & SENSITIVE.keys())) - less
    assert settled_.reveals() == (plain.reveals() | (more & SENSITIVE.keys())) - less
    for area in AREAS:
        assert (settled_.sees(area) <= plain.sees(area))
        assert (plain.sees(area) <= settled_.sees(area))
        assert all(settled_.can(verb, area) == plain.can(verb, area) for verb in VERBS if verb != EXPORT)
        assert EXPORT not in less or not settled_.can(EXPORT, area)
        assert EXPORT in {*less, *more} or settled_.can(EXPORT, area) == plain.can(EXPORT, area)


@given(pairs)
def test_who_has_no_part_in_the_house_has_nothing_that_was_given(own: list[tuple[str, str]]) -> None:
    nobody = Rights((), own=of_rows(own))
    assert not any(nobody.has(power) for power in rights.POWER_WORDS)
    assert not nobody.plain()
    assert not any(nobody.can(EXPORT, area) for area in AREAS)


def test_exports_of_who_was_given_them_have_a_bound() -> None:
    cook = mine(KITCHEN, (EXPORT, MORE))
    assert cook.can(EXPORT, "clients")
    assert not cook.can(EXPORT, "credit")
    assert (cook.export(200), cook.export(2_000), cook.export(2_001)) == (rights.FREE, rights.REASON, rights.SECOND)
    assert not mine(DOSM, (EXPORT, LESS)).can(EXPORT, "clients")
    assert mine(SELLER, (LOG, MORE)).has(LOG)


@given(rows, st.sampled_from(sorted(APPROVALS)), st.sampled_from(ROLE_CODES), st.integers(0, 10**8))
def test_levels_of_the_hotel_take_the_place_of_those_of_the_program(own: list[Any], kind: str, role: str, amount: int) -> None:
    levels, said = settled(APPROVALS, own), [row for row in own if row[:2] == (kind, role)]
    able = may_approve(role, kind, amount, levels)
    if not said:
        assert able == may_approve(role, kind, amount)
    elif said[-1][2] == UP_TO:
        assert able == (amount <= said[-1][3])
    else:
        assert able == (said[-1][2] == ANY)
    assert approval_problem(Rights([Hat(7, "me", role)], own=of_rows((), lambda: own)), kind, amount, (), "me") is None or not able


def test_a_refusal_names_the_lowest_level_of_the_hotel() -> None:
    director = Rights([Hat(7, "me", DOSM)], own=of_rows((), lambda: [("gift", DOSM, NO, 0), ("gift", SELLER, UP_TO, 900_00)]))
    assert approval_problem(director, "gift", 900_00, ["x"], "me") == Text("This is above your level: {role} approves it.", role=rights.role_words(SELLER))


@pytest.mark.parametrize(
    ("kind", "way", "most", "wrong"),
    [("gift", UP_TO, 1, ""), ("gift", UP_TO, 0, "most"), ("gift", ANY, 5, "most"), ("gift", NO, 0, ""), ("merge", UP_TO, 5, "way"), ("merge", ANY, 0, "")],
)
def test_a_level_says_one_thing(kind: str, way: str, most: int, wrong: str) -> None:
    found = APPROVAL_LEVEL.check({"kind": kind, "way": way, "most": most})
    assert list(found) == ([wrong] if wrong else [])


def test_rights_are_written_by_who_gives_them_only() -> None:
    for key in ("post_role", "person_right", "approval_level"):
        record = next(one for one in RECORDS if one.key == key)
        assert all(field.guarded for field in record.fields)
        assert record.area == "people"
