"""People on the server: whom a log-in stands for, in whose place it acts, and what ends with a role or with leaving."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from crm_desktop.duties import RECORDS
from crm_desktop.record.text import Refused
from crm_desktop.server import policies, setting_up
from tests.postgres import Server
from tests.server.department import BY_KEY, ELSEWHERE, HERE, OUTSIDER, PASSWORD, Department, put, refused, tables

YESTERDAY, TODAY, TOMORROW, LONG_AGO = "2000-01-01", "", "2999-01-01", "1999-01-01"
MINE, THEIRS = 5_001, 5_002  # accounts of the seller, of somebody else


@pytest.fixture(scope="module")
def department(postgres: Server) -> Iterator[Department]:
    made = Department(postgres, "people")
    with made.owner() as connection:
        put(connection, BY_KEY["account"], {"id": MINE, "name": "Mine", "owner_id": made.people["seller"]})
        put(connection, BY_KEY["account"], {"id": THEIRS, "name": "Theirs", "owner_id": OUTSIDER})
    yield made
    made.remove()


@pytest.fixture
def staff(department: Department) -> Iterator[Any]:
    """Changes a colleague's row; afterwards all are as they were."""
    with department.owner() as connection:

        def change(whose: str, /, **values: Any) -> None:
            sets = ", ".join(f"{name} = %s" for name in values)
            connection.execute(f"update staff set {sets} where id = %s", (*values.values(), department.people[whose]))

        yield change
        for role in department.people:
            change(role, role=role, hotel_id=HERE, deputy_id=None, deputy_from="", deputy_to="", left_on="", manager_id=None)


def seen(department: Department, role: str) -> set[int]:
    with department.seat(role) as seat:
        return {row[0] for row in seat.execute("select id from account").fetchall()}


@pytest.mark.parametrize(
    ("first", "last", "stands_in"),
    [(YESTERDAY, TOMORROW, True), (YESTERDAY, "", True), ("", TOMORROW, True), (TOMORROW, "", False), (LONG_AGO, YESTERDAY, False), ("", "", False)],
)
def test_a_deputy_acts_on_the_days_named(department: Department, staff: Any, first: str, last: str, stands_in: bool) -> None:
    """A seller stands in for the director, who sees everything."""
    staff("dosm", deputy_id=department.people["seller"], deputy_from=first, deputy_to=last)
    assert seen(department, "seller") == ({MINE, THEIRS} if stands_in else {MINE})


def test_a_deputy_of_a_deputy_acts_while_both_are_away(department: Department, staff: Any) -> None:
    staff("dosm", deputy_id=department.people["banquet_seller"], deputy_from=YESTERDAY)
    staff("banquet_seller", deputy_id=department.people["seller"], deputy_from=YESTERDAY)
    assert seen(department, "seller") == {MINE, THEIRS}


def test_who_is_away_still_has_the_own_part(department: Department, staff: Any) -> None:
    staff("seller", deputy_id=department.people["banquet_seller"], deputy_from=YESTERDAY)
    staff("dosm", deputy_id=department.people["seller"], deputy_from=YESTERDAY)
    assert seen(department, "seller") == {MINE}, "what came to them goes on to their own deputy"


def test_who_left_sees_nothing_any_more(department: Department, staff: Any) -> None:
    staff("seller", left_on=YESTERDAY)
    with department.seat("seller") as seat:
        assert refused(seat, "select id from account")


def test_the_manager_takes_over_the_work_of_who_left_but_not_the_role(department: Department, staff: Any) -> None:
    staff("dosm", left_on=YESTERDAY, manager_id=department.people["seller"])
    with department.owner() as connection:
        put(connection, BY_KEY["account"], {"id": 5_003, "name": "Left behind", "owner_id": department.people["dosm"]})
        try:
            assert seen(department, "seller") == {MINE, 5_003}
        finally:
            connection.execute("delete from account where id = 5003")


def test_work_is_given_to_a_colleague(department: Department) -> None:
    with department.seat("seller") as seat:
        seat.execute("insert into follow_up (id, name, owner_id) values (7001, 'Call back', %s)", (OUTSIDER,))


def test_another_role_holds_at_once(department: Department, staff: Any) -> None:
    with department.seat("kitchen") as seat:
        assert refused(seat, "update account set remark = 'x'")
        seat.rollback()
        staff("kitchen", role="gm")
        assert not refused(seat, "update account set remark = 'x'")
        seat.rollback()
        staff("kitchen", role="kitchen")
        assert refused(seat, "update account set remark = 'x'")


def test_nobody_gives_themselves_a_role(department: Department) -> None:
    with department.seat("seller") as seat:
        assert refused(seat, "update staff set role = 'gm' where login = %s", (department.login("seller"),))
    with department.seat("admin") as seat:
        assert not refused(seat, "update staff set role = 'gm' where login = %s", (department.login("seller"),))


def test_a_person_of_the_group_sees_every_hotel(department: Department, staff: Any) -> None:
    with department.owner() as connection:
        put(connection, BY_KEY["stay"], {"id": 6_001, "hotel_id": ELSEWHERE})
    with department.seat("receptionist") as seat:
        assert not seat.execute("select id from stay").fetchall()
        seat.rollback()
        staff("receptionist", hotel_id=None)
        assert seat.execute("select id from stay").fetchall() == [(6_001,)]


def test_setting_up_again_changes_nothing(department: Department) -> None:
    def everything() -> list[Any]:
        with department.owner() as connection:
            grants = connection.execute("select relname, relacl::text, relrowsecurity from pg_class where relnamespace = 'public'::regnamespace order by 1").fetchall()
            return [grants, connection.execute("select * from pg_policies order by 1, 2, 3").fetchall(), connection.execute("select * from staff order by id").fetchall()]

    before = everything()
    setting_up.init(department.place, RECORDS, tables)
    assert everything() == before


@pytest.mark.parametrize("login", ["", "Li Na", "李娜", "owner", "pg_monitor", "people_gm", "a'b", "-x", "x" * 40])
def test_awkward_log_ins_are_refused(department: Department, login: str) -> None:
    with pytest.raises(Refused):
        setting_up.add_user(department.place, login, PASSWORD, staff_id=OUTSIDER, person="Outsider")


def test_one_person_has_one_log_in(department: Department) -> None:
    with pytest.raises(Refused, match=r"has the log-in 'people\.gm' already"):
        setting_up.add_user(department.place, "another", PASSWORD, staff_id=department.people["gm"], person="gm")
    with department.owner() as connection:
        assert not connection.execute("select 1 from pg_roles where rolname = 'another'").fetchone()


def test_a_password_is_never_sent(department: Department) -> None:
    """The server's own log of statements shows the verifier only."""
    with department.owner() as connection:
        connection.execute("alter system set log_statement = 'ddl'")
        connection.execute("select pg_reload_conf()")
        setting_up.add_user(department.place, department.login("gm"), PASSWORD, staff_id=department.people["gm"], person="gm")
        connection.execute("alter system reset log_statement")
        connection.execute("select pg_reload_conf()")
    written = (department.server.folder / "log").read_text("utf-8")
    assert PASSWORD not in written
    assert not is_shut(department, "gm")


def is_shut(department: Department, role: str) -> bool:
    try:
        with department.seat(role):
            return False
    except psycopg.OperationalError:
        return True


def test_a_log_in_that_is_taken_away_lets_nobody_in(department: Department) -> None:
    setting_up.take_away(department.place, department.login("auditor"))
    assert is_shut(department, "auditor")
    with pytest.raises(Refused, match="There is no log-in 'owner'"):
        setting_up.take_away(department.place, "owner")
    setting_up.add_user(department.place, department.login("auditor"), PASSWORD, staff_id=department.people["auditor"], person="auditor")
    assert not is_shut(department, "auditor")


def test_passwords_are_long_and_different() -> None:
    made = {setting_up.make_password() for _ in range(200)}
    assert len(made) == 200
    assert all(len(one) == 19 and set(one) <= {*setting_up.LETTERS, "-"} for one in made)


def test_groups_are_named_after_their_database() -> None:
    assert policies.group("crm", "gm") == "crm_gm"
