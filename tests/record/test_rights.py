"""Who may do what: tables of cases, and what must hold whatever the tables say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.duties import RECORDS, record_of
from crm_desktop.record import rights
from crm_desktop.record.kinds import Kind
from crm_desktop.record.record import Field
from crm_desktop.record.rights import (
    ADD,
    ADMIN,
    APPROVALS,
    AREAS,
    AUDITOR,
    BANQUET,
    CARE,
    CHANGE,
    COMPLAINTS,
    CREDIT,
    DOSM,
    EXPORT,
    GM,
    IMPORT,
    KITCHEN,
    MANAGER,
    OPEN,
    RECEPTION,
    REMOVE,
    ROLE_CODES,
    SELLER,
    STEP,
    VERBS,
    Hat,
    Reach,
    Rights,
    approval_problem,
)
from crm_desktop.record.table_rules import server_rules
from crm_desktop.record.text import Text, say

ME, BOSS, OTHER, HOTEL = 7, 1, 9, 100
roles = st.sampled_from(ROLE_CODES)
areas = st.sampled_from([*AREAS, rights.ABOUT])
people = st.integers(1, 20)
hats = st.builds(Hat, people, people.map(str), roles, st.frozensets(people, max_size=4), st.none() | st.integers(100, 103))


def one(role: str, **more: object) -> Rights:
    return Rights([Hat(ME, "me", role, **more)])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("role", "area", "see", "edit", "verbs"),
    [
        (GM, "credit", Reach.ALL, Reach.ALL, set(VERBS)),
        (DOSM, "people", Reach.ALL, Reach.ALL, set(VERBS)),
        (MANAGER, "clients", Reach.ALL, Reach.TEAM, set(VERBS)),
        (SELLER, "clients", Reach.OWN, Reach.OWN, {ADD, CHANGE, STEP, EXPORT}),
        (SELLER, "vip", Reach.ALL, Reach.OWN, {ADD, CHANGE, STEP}),
        (SELLER, "people", Reach.ALL, Reach.NONE, set()),
        (BANQUET, "events", Reach.ALL, Reach.ALL, set(VERBS) - {IMPORT}),
        (BANQUET, "care", Reach.NONE, Reach.NONE, set()),
        (COMPLAINTS, "complaints", Reach.ALL, Reach.ALL, set(VERBS)),
        (COMPLAINTS, "credit", Reach.NONE, Reach.NONE, set()),
        (CARE, "care", Reach.ALL, Reach.ALL, set(VERBS)),
        (RECEPTION, "events", Reach.ALL, Reach.ALL, {ADD, CHANGE, STEP}),
        (RECEPTION, "credit", Reach.NONE, Reach.NONE, set()),
        (CREDIT, "credit", Reach.ALL, Reach.ALL, set(VERBS)),
        (CREDIT, "vip", Reach.NONE, Reach.NONE, set()),
        (KITCHEN, "tastes", Reach.ALL, Reach.NONE, set()),
        (KITCHEN, "credit", Reach.NONE, Reach.NONE, set()),
        (AUDITOR, "credit", Reach.ALL, Reach.NONE, {EXPORT}),
        (ADMIN, "people", Reach.ALL, Reach.ALL, {ADD, CHANGE, REMOVE, IMPORT, EXPORT}),
        (ADMIN, "clients", Reach.NONE, Reach.NONE, set()),
        ("nobody knows it", "clients", Reach.NONE, Reach.NONE, set()),
    ],
)  # fmt: skip
def test_what_a_role_has(role: str, area: str, see: Reach, edit: Reach, verbs: set[str]) -> None:
    found = rights.grant(role, area)
    assert (found.see, found.edit, set(found.verbs)) == (see, edit, verbs)


@pytest.mark.parametrize(
    ("role", "log", "gives_rights", "copies"),
    [(GM, True, True, True), (DOSM, True, True, True), (AUDITOR, True, False, False), (ADMIN, False, True, False), (SELLER, False, False, False)],
)
def test_powers(role: str, log: bool, gives_rights: bool, copies: bool) -> None:
    mine = one(role)
    assert (mine.has(rights.LOG), mine.has(rights.RIGHTS), mine.has(rights.COPY)) == (log, gives_rights, copies)


@pytest.mark.parametrize(
    ("role", "table", "masked"),
    [
        (DOSM, "account", set()),
        (SELLER, "account", {"credit", "credit_limit", "credit_days"}),
        (CREDIT, "account", set()),
        (KITCHEN, "person", {"phone", "email", "wechat", "address", "id_type", "id_number", "id_until", "visa_type", "visa_number", "visa_until", "card_type", "card_number"}),
        (KITCHEN, "vip_stay", {"contact"}),
        (KITCHEN, "preference", set()),
        (AUDITOR, "preference", {"name", "allergen"}),
        (CREDIT, "booking", {"never"}),
    ],
)
def test_sensitive_columns(role: str, table: str, masked: set[str]) -> None:
    assert one(role).masked(record_of(table)) == masked


def test_every_column_of_the_sensitive_class_says_in_which_way() -> None:
    for record in RECORDS:
        for field in record.fields:
            assert (field.data != "sensitive") or field.sensitive in rights.SENSITIVE, f"{record.key}.{field.name}"
            assert not field.sensitive or field.sensitive in rights.SENSITIVE


def test_every_record_is_in_an_area_and_points_to_what_there_is() -> None:
    for record in RECORDS:
        assert record.area in AREAS or record.area == rights.ABOUT, record.key
        assert all(record.by_name[name].ref == "staff" for name in record.owners), record.key
        assert all(record.by_name[name].ref in {other.key for other in RECORDS} for name in record.follows), record.key
        for move in record.machine.moves if record.machine else ():
            assert not move.approves or move.approves in APPROVALS
            assert not move.amount or record.by_name[move.amount].kind == Kind.MONEY


@pytest.mark.parametrize(
    ("role", "rows", "needs"),
    [
        (SELLER, 200, rights.FREE), (SELLER, 201, rights.REASON), (SELLER, 2_001, rights.SECOND), (GM, 10_000, rights.FREE),
        (GM, 10_000_000, rights.REASON), (KITCHEN, 1, rights.SECOND),
    ],
)  # fmt: skip
def test_what_an_export_needs(role: str, rows: int, needs: str) -> None:
    assert one(role).export(rows) == needs
    assert OPEN.export(rows) == rights.FREE


@pytest.mark.parametrize(
    ("kind", "yuan", "first"),
    [
        ("credit", 50_000, DOSM), ("credit", 50_001, CREDIT), ("credit", 200_001, GM), ("write_off", 5_000, CREDIT), ("write_off", 5_001, GM),
        ("refund", 999, MANAGER), ("refund", 20_001, GM), ("care", 360_000, GM), ("gift", 500, MANAGER), ("vip", 1_800, MANAGER), ("merge", None, MANAGER),
    ],
)  # fmt: skip
def test_the_lowest_level_that_approves(kind: str, yuan: int | None, first: str) -> None:
    amount = None if yuan is None else yuan * 100
    assert rights.approvers(kind, amount)[0] == first
    assert rights.may_approve(first, kind, amount)


def test_a_sale_approved_above_ones_level_names_who_does() -> None:
    assert approval_problem(one(DOSM), "credit", 60_000_00, ["x"], "me") == Text(
        "This is above your level: {role} approves it.", role=Text("Credit and finance")
    )
    assert approval_problem(one(DOSM), "credit", 50_000_00, ["x"], "me") is None


def test_nobody_approves_their_own_not_even_through_a_deputy() -> None:
    assert approval_problem(one(GM), "credit", 1, ["me"], "me") is not None
    deputy = Rights([Hat(ME, "me", SELLER), Hat(BOSS, "boss", GM)])
    assert approval_problem(deputy, "credit", 1, ["somebody"], "me") is None
    assert approval_problem(deputy, "credit", 1, ["boss"], "me") is not None
    assert approval_problem(deputy, "credit", 1, ["me"], "me") is not None


@given(hats, st.sampled_from(sorted(APPROVALS)), st.integers(0, 10**9), st.lists(people.map(str)))
def test_four_eyes_always(hat: Hat, kind: str, amount: int, others: list[str]) -> None:
    mine = Rights([hat])
    assert approval_problem(mine, kind, amount, [*others, hat.name], hat.name) is not None
    if approval_problem(mine, kind, amount, others, hat.name) is None:
        assert hat.name not in others
        assert rights.may_approve(hat.role, kind, amount)


@given(st.sampled_from(sorted(APPROVALS)), roles, st.integers(0, 10**9), st.integers(0, 10**9))
def test_whoever_approves_more_approves_less(kind: str, role: str, one_amount: int, other: int) -> None:
    low, high = sorted((one_amount, other))
    assert not rights.may_approve(role, kind, high) or rights.may_approve(role, kind, low)
    assert GM in rights.approvers(kind, high)


@given(hats, hats, areas, st.sampled_from(VERBS))
def test_a_deputy_has_the_union_and_nothing_else(own: Hat, other: Hat, area: str, verb: str) -> None:
    both, alone, absent = Rights([own, other]), Rights([own]), Rights([other])
    for part in (alone, absent):
        assert part.sees(area) <= both.sees(area)
        assert part.edits(area, verb) <= both.edits(area, verb)
        assert part.plain() <= both.plain()
        assert part.reveals() <= both.reveals()
    assert both.can(verb, area) == (alone.can(verb, area) or absent.can(verb, area))
    seen = alone.sees(area) | absent.sees(area)
    assert both.sees(area) <= seen
    for power in rights.POWER_WORDS:
        assert both.has(power) == (alone.has(power) or absent.has(power))


@given(hats, areas, st.sampled_from(VERBS))
def test_nobody_works_on_what_they_do_not_see(hat: Hat, area: str, verb: str) -> None:
    mine = Rights([hat])
    assert mine.edits(area, verb) <= mine.sees(area)
    assert mine.can(verb, area) or mine.edits(area, verb).nothing


@given(roles, st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_larger_export_never_needs_less(role: str, first: int, second: int) -> None:
    order = (rights.FREE, rights.REASON, rights.SECOND)
    low, high = sorted((first, second))
    assert order.index(one(role).export(low)) <= order.index(one(role).export(high))


def test_own_hotel_is_every_hotel_for_who_belongs_to_none() -> None:
    assert one(SELLER).sees("stays").everything
    here = one(SELLER, hotel_id=HOTEL).sees("stays")
    assert not here.everything
    assert here.hotels == {HOTEL}
    assert one(MANAGER, team={OTHER}).edits("clients", CHANGE).owners == {ME, OTHER}


def test_open_rights_do_everything() -> None:
    assert all(OPEN.can(verb, area) and OPEN.edits(area, verb).everything for verb in VERBS for area in AREAS)
    assert all(OPEN.has(power) for power in rights.POWER_WORDS)
    assert not any(OPEN.masked(record) for record in RECORDS)
    assert approval_problem(OPEN, "credit", 10**12, ["me"], "me") is None


def test_what_a_server_is_told() -> None:
    rules = {(rule.role, rule.table): rule for rule in server_rules(RECORDS)}
    assert len(rules) == len(ROLE_CODES) * len(RECORDS)
    seller = rules[SELLER, "receivable"]
    assert (seller.see, seller.edit, seller.owners, seller.follows) == (Reach.OWN, Reach.OWN, ("owner_id",), (("account_id", "account"),))
    assert (seller.add, seller.change, seller.remove) == (True, True, False)
    assert rules[SELLER, "account"].hidden == ()  # shown after a purpose was given
    assert rules[KITCHEN, "account"].hidden == ("credit", "credit_days", "credit_limit")
    assert rules[DOSM, "staff"].guarded == ()
    assert rules[SELLER, "staff"].guarded == ("hotel_id", "login", "role")
    assert rules[AUDITOR, "stay"].change is False
    assert rules[RECEPTION, "attachment"].about == ("about_record", "about_row")


@pytest.mark.parametrize(("kind", "value", "shown"), [(Kind.TEXT, "peanut", "•••"), (Kind.TEXT, "", ""), (Kind.MONEY, 5, None), (Kind.INT, 3, None)])
def test_a_mask_says_that_there_is_something_not_what(kind: Kind, value: object, shown: object) -> None:
    assert rights.masked_value(Field("x", Text("x"), kind, sensitive="money"), value) == shown


@pytest.mark.parametrize(
    ("record", "able"),
    [
        ("vip_level", {"gm", "dosm", "admin"}), ("client_policy", {"gm", "dosm", "admin"}), ("paper_template", {"gm", "dosm", "admin"}),
        ("care_standard", {"gm", "dosm", "admin"}), ("vip_amenity", {"gm", "dosm", "admin"}), ("territory", {"gm", "dosm", "admin"}),
        ("credit_policy", {"gm", "dosm", "credit"}), ("ladder_step", {"gm", "dosm", "credit"}), ("tax_rate", {"gm", "dosm", "credit"}),
    ],
)  # fmt: skip
def test_what_all_go_by_is_seen_by_all_and_changed_by_few(record: str, able: set[str]) -> None:
    """Who approves a VIP level, what credit is judged by: else whoever needs an approval would first change who gives it."""
    found = {rule.role: rule for rule in server_rules([one for one in RECORDS if one.key == record])}
    assert {role for role, rule in found.items() if rule.add or rule.change} == able
    assert all(rule.see == Reach.ALL for rule in found.values())


EVERYBODYS = {"day_note", "duty_turn", "amenity_issue", "room_check", "guest_card", "file_mapping", "export_plan", "paper", "paper_signature"}  # the day's work


def test_what_belongs_to_nobody_is_changed_by_everybody_only_where_it_is_the_days_work() -> None:
    """A new table that all go by belongs in an area of few: own rows of a seller are also those that are nobody's."""
    loose = {one.key for one in RECORDS if not (one.owners or one.follows or one.area == rights.ABOUT) and rights.grant(SELLER, one.area).verbs & {ADD, CHANGE}}
    assert loose == EVERYBODYS


@pytest.mark.parametrize(("role", "able"), [(SELLER, False), (BANQUET, False), (COMPLAINTS, False), (KITCHEN, False), (MANAGER, True), (CARE, True), (CREDIT, True), (DOSM, True)])
def test_the_gift_store_is_kept_by_few(role: str, able: bool) -> None:
    assert one(role).can(CHANGE, "store") == able


def test_a_refusal_says_who_may() -> None:
    said = say(rights.refusal(CHANGE, record_of("territory")))
    assert said == "Your role may not change Territories here. These may: General manager, Director of sales, Administrator of the system."
