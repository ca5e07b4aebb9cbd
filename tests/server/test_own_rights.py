"""What a hotel settled itself, as the server holds it against raw SQL: levels of its own, more or less for one colleague."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from crm_desktop.desk.records_rights import COUNTED, WHATS
from crm_desktop.record.own_rights import ANY, LESS, MORE, NO, UP_TO, Own, settled
from crm_desktop.record.rights import (
    APPROVALS,
    EXPORT,
    LOG,
    ROLE_CODES,
    SENSITIVE,
    SETTINGS,
    UNDO,
    Hat,
    Rights,
    may_approve,
)
from tests.postgres import Server
from tests.server.department import BY_KEY, Department, put, refused

GUEST, RIGHT, LEVEL = 8_001, 8_101, 8_201
OF_KIND = {kind: next(f.name for f in BY_KEY["person"].fields if f.sensitive == kind) for kind in SENSITIVE if any(f.sensitive == kind for f in BY_KEY["person"].fields)}
SOME = ("seller", "kitchen", "dosm", "auditor")


@pytest.fixture(scope="module")
def department(postgres: Server) -> Iterator[Department]:
    made = Department(postgres, "settled")
    with made.owner() as connection:
        put(connection, BY_KEY["person"], {"id": GUEST, "name": "Guest"})
        connection.execute("insert into change values (1, 's', 1, '', 'somebody else', 'a', '', '', 1, '')")
        connection.execute("insert into setting values ('night_audit_hour', '4') on conflict do nothing")
    yield made
    made.remove()


@pytest.fixture
def given(department: Department) -> Iterator[Any]:
    """Gives or takes a right; afterwards everybody has what the role has."""
    with department.owner() as connection:

        def put_right(role: str, what: str, way: str) -> None:
            connection.execute("delete from person_right")
            put(connection, BY_KEY["person_right"], {"id": RIGHT, "staff_id": department.people[role], "what": what, "way": way, "reason": "x"})

        yield put_right
        connection.execute("delete from person_right")
        connection.execute("delete from approval_level")
        connection.execute("select rights.join_groups()")


def _mine(role: str, what: str, way: str) -> Rights:
    return Rights([Hat(1, role, role)], own=Own([what] if way == MORE else [], [what] if way == LESS else []))


@pytest.mark.parametrize("way", [MORE, LESS])
@pytest.mark.parametrize("role", SOME)
def test_a_sensitive_value_is_read_and_written_as_given_to_one_colleague(department: Department, given: Any, role: str, way: str) -> None:
    """The same as the program says, column by column; the others of the role are as before."""
    for kind, column in OF_KIND.items():
        given(role, kind, way)
        shown = kind in _mine(role, kind, way).reveals()
        with department.seat(role) as seat:
            assert refused(seat, f"select {column} from person") != shown, (kind, way)
            new = f"insert into person (id, name, {column}) values (9999, 'x', %s)"
            if not refused(seat, "insert into person (id, name) values (9999, 'x')"):
                assert refused(seat, new, ("x",)) != shown, (kind, way)
            assert not refused(seat, "select name from person")
    given("gm", "id", MORE)
    with department.seat(role) as seat:
        assert refused(seat, f"select {OF_KIND['id']} from person") == ("id" not in Rights([Hat(1, role, role)]).reveals())


@pytest.mark.parametrize("way", [MORE, LESS])
@pytest.mark.parametrize("role", SOME)
def test_the_log_and_the_settings_go_by_what_was_given(department: Department, given: Any, role: str, way: str) -> None:
    given(role, LOG, way)
    mine = _mine(role, LOG, way)
    with department.seat(role) as seat:
        assert bool(seat.execute("select 1 from change where id = 1").fetchone()) == (mine.has(LOG) or mine.has(UNDO))
    given(role, SETTINGS, way)
    with department.seat(role) as seat:
        assert seat.execute("update setting set value = '5' where key = 'night_audit_hour'").rowcount == int(_mine(role, SETTINGS, way).has(SETTINGS))


def test_who_left_has_nothing_that_was_given(department: Department, given: Any) -> None:
    given("seller", LOG, MORE)
    with department.owner() as connection:
        connection.execute("update staff set left_on = '2000-01-01' where id = %s", (department.people["seller"],))
        try:
            with department.seat("seller") as seat:
                assert refused(seat, "select name from person") or not seat.execute("select 1 from change where id = 1").fetchone()
        finally:
            connection.execute("update staff set left_on = '' where id = %s", (department.people["seller"],))


@pytest.mark.parametrize("role", ROLE_CODES)
def test_only_who_gives_roles_writes_them(department: Department, given: Any, role: str) -> None:
    given("kitchen", EXPORT, LESS)
    able = Rights([Hat(1, role, role)]).has("rights")
    with department.seat(role) as seat:
        for table, values in (("person_right", "staff_id, what, way"), ("approval_level", "kind, role, way"), ("post_role", "post, role, remark")):
            new = f"insert into {table} (id, {values}) values (9998, {department.people['gm'] if table == 'person_right' else chr(39) + 'x' + chr(39)}, 'x', 'more')"
            assert refused(seat, new) != able, table
        assert refused(seat, f"update person_right set way = 'more' where id = {RIGHT}") != able
        assert refused(seat, f"update person_right set gone = 1 where id = {RIGHT}") != able


@pytest.mark.parametrize("kind", sorted(APPROVALS))
def test_approvals_go_by_the_levels_of_the_hotel(department: Department, given: Any, kind: str) -> None:
    """Every role, at the old and at the new bounds, worked out a second time."""
    role, amount = ("seller", 3_000_00) if kind in COUNTED else ("seller", 0)
    rows = [(kind, role, UP_TO if amount else ANY, amount), (kind, "dosm", NO, 0)]
    levels = settled(APPROVALS, rows)
    bounds = sorted({0, amount, amount + 1, *(most + more for most in APPROVALS[kind].values() if most is not None for more in (0, 1))})
    with department.owner() as connection:
        for at, (_, who, way, most) in enumerate(rows):
            put(connection, BY_KEY["approval_level"], {"id": LEVEL + at, "kind": kind, "role": who, "way": way, "most": most})
    for who in ("seller", "dosm", "sales_manager", "credit", "gm", "kitchen"):
        with department.seat(who) as seat:
            for bound in bounds:
                said = seat.execute("select rights.approves(%s, %s, '{}', null)", (kind, bound)).fetchone()
                assert said == (may_approve(who, kind, bound, levels),), (who, bound)


def test_whats_are_rights_that_somebody_can_have() -> None:
    """Nobody gives himself the giving of rights by a row of this list."""
    codes = {code for code, _, _ in WHATS}
    assert codes == {EXPORT, LOG, SETTINGS, "restore", "copy", UNDO, "privacy", *SENSITIVE}
