"""What raw SQL with a seat's own log-in gets and does not get: every role, every table, every verb, made from the matrix."""

from __future__ import annotations

import json

import psycopg
import pytest

from crm_desktop.duties import RECORDS
from crm_desktop.record.rights import (
    LOG,
    POWERS,
    ROLE_CODES,
    SETTINGS,
    UNDO,
    Reach,
)
from crm_desktop.server import policies
from crm_desktop.store import schema
from tests.server.department import BY_KEY, ELSEWHERE, HERE, refused
from tests.server.world import CHANGE, REMOVE, RULES, SEE, UNLINKED, World, expected, ids_of, shut

OWN_TABLES = {"change", "change_row", "setting", "_sqlite_migrations", "change_now", "log_key", "log_in", "file_part"}
WRITTEN = {"setting", "file_part"}
MOST = 24  # rows of a table tried as new ones
FORBIDDEN = (
    "create table mine (id bigint)", "drop table account", "alter table account disable row level security", "truncate account",
    "alter table account disable trigger all", "create schema mine", "create role somebody", "set session_replication_role = replica",
    "copy account to program 'true'", "create function public.mine() returns int language sql as 'select 1'", "select pg_read_file('PG_VERSION')",
    "create policy all_mine on account using (true)", "alter function rights.me() rename to you", "update rights.rule set see = 'ALL'", "update rights.level set most = null", "insert into rights.shown values ('seller', 'id')", "select rights.own('log')", "select rights.asked_by('account', 1, '')", "select rights.undone('account', 1)",
    "select role from rights.rule", "insert into log_in values ('x', 'y', 1)", "select rights.join_groups()",
    "select rolpassword from pg_authid", "delete from change_row", "comment on table account is ''", "lock table account in exclusive mode",
)  # fmt: skip


def test_rows_are_seen_as_the_matrix_says(world: World, role: str) -> None:
    with world.department.seat(role) as seat:
        for record in RECORDS:
            assert ids_of(seat, f"select id from {record.key}") == expected(world, role, record, SEE), record.key


def test_rows_are_changed_as_the_matrix_says(world: World, role: str) -> None:
    with world.department.seat(role) as seat:
        for record in RECORDS:
            sql = f"update {record.key} set version = version + 1 returning id"
            reached = expected(world, role, record, CHANGE)
            if not RULES[role, record.key].change or (reached and shut(role, record)):
                assert refused(seat, sql), record.key
                continue
            assert ids_of(seat, sql) == reached, record.key


def test_rows_are_removed_as_the_matrix_says_and_never_deleted(world: World, role: str) -> None:
    with world.department.seat(role) as seat:
        for record in RECORDS:
            assert refused(seat, f"delete from {record.key}"), record.key
            change, remove = (expected(world, role, record, verb) for verb in (CHANGE, REMOVE))
            remove = set() if shut(role, record) else remove
            for row_id in sorted(change)[:3]:
                assert refused(seat, f"update {record.key} set gone = 1 where id = {row_id}") == (row_id not in remove), record.key


def test_rows_are_added_as_the_matrix_says(world: World, role: str) -> None:
    with world.department.seat(role) as seat:
        for record in RECORDS:
            rows = list(world.rows[record.key].values())
            for number, row in enumerate(rows[:: max(1, len(rows) // MOST)]):
                new = {**schema.defaults(record), **row, "id": 10_000_000 + number}
                names = ", ".join(f'"{name}"' for name in new)
                sql = f"insert into {record.key} ({names}) values ({', '.join(['%s'] * len(new))})"
                assert refused(seat, sql, list(new.values())) != world.may_add(role, record, row), (record.key, row)


def test_no_row_is_moved_to_another_hotel(world: World, role: str) -> None:
    """By somebody who works for one hotel only."""
    with world.department.seat(role) as seat:
        for record in UNLINKED:
            rule = RULES[role, record.key]
            if rule.change and rule.edit == Reach.HOTEL and rule.hotel:
                reached = min(expected(world, role, record, CHANGE))
                assert refused(seat, f"update {record.key} set hotel_id = {ELSEWHERE} where id = {reached}"), record.key


def test_the_past_of_a_row_is_read_by_whoever_sees_it(world: World, role: str) -> None:
    """And without the former values of columns hidden from them; the log itself stays closed."""
    some = {record.key: sorted(rows)[:: max(1, len(rows) // 6)] for record in UNLINKED if (rows := world.rows[record.key])}
    with world.department.owner() as connection:
        connection.execute("truncate change, change_row")
        connection.execute("insert into change values (9, 's', 9, '', 'somebody else', 'a', '', '', 1, '') on conflict do nothing")
        for record in UNLINKED:
            before = json.dumps({"gone": None, **dict.fromkeys(record.values, "x")})
            sql = f"insert into change_row select 9, {RECORDS.index(record)} * 100 + row_number() over (), '{record.key}', id, 1, %s, '' from unnest(%s::bigint[]) as r(id)"
            connection.execute(sql, (before, some[record.key]))
    with world.department.seat(role) as seat:
        for record in UNLINKED:
            sql = f"select r.id, p.before from unnest(%s::bigint[]) as r(id) cross join lateral rights.past('{record.key}', r.id) as p"
            found = seat.execute(sql, (some[record.key],)).fetchall()
            assert {row[0] for row in found} == expected(world, role, record, SEE) & set(some[record.key]), record.key
            assert all(not set(RULES[role, record.key].hidden) & json.loads(row[1]).keys() for row in found)
        assert ids_of(seat, "select id from rights.since(8)") == {9}
        assert {row[0] for row in seat.execute("select tbl from rights.touched(array[9])")} == {record.key for record in UNLINKED}


def test_hidden_columns_are_not_read(world: World, role: str) -> None:
    with world.department.seat(role) as seat:
        for record in RECORDS:
            hidden = (*RULES[role, record.key].hidden, *RULES[role, record.key].unread)
            shown = [f'"{name}"' for name in schema.column_types(record) if name not in hidden]
            assert not refused(seat, f"select {', '.join(shown)} from {record.key}"), record.key
            assert not hidden or refused(seat, f"select count(*) from {record.key} where {hidden[0]} is not null")
            assert all(refused(seat, f"select {name} from {record.key}") for name in hidden), record.key


def test_guarded_and_kept_columns_are_not_written(world: World, role: str) -> None:
    with world.department.seat(role) as seat:
        for record in RECORDS:
            rule = RULES[role, record.key]
            kept = {"id", *rule.guarded, *(field.name for field in record.fields if field.derived)}
            assert all(refused(seat, f'update {record.key} set "{name}" = default') for name in kept), record.key
            for name in kept - {"id"} if rule.add else ():
                kind = schema.sql_type(record.by_name[name])
                new = {**schema.defaults(record), "id": 20_000_000, name: "x" if kind is str else HERE}
                sql = f"insert into {record.key} ({', '.join(new)}) values ({', '.join(['%s'] * len(new))})"
                assert refused(seat, sql, list(new.values())), (record.key, name)


def test_every_table_has_a_rule(world: World) -> None:
    with world.department.owner() as connection:
        found = {name for (name,) in connection.execute("select tablename from pg_tables where schemaname not in ('pg_catalog', 'information_schema')")}
    rest = {name for name in found - {r.key for r in RECORDS} if not name.endswith("_term")}
    assert rest == OWN_TABLES | {"rule", "power", "guarded", "level", "shown"}
    assert set(world.columns) == OWN_TABLES | {f"{record.key}_term" for record in RECORDS if record.searched}


def test_the_log_and_the_settings_are_kept(world: World, role: str) -> None:
    powers = POWERS.get(role, frozenset())
    with world.department.owner() as connection:
        connection.execute("insert into setting values ('night_audit_hour', '5') on conflict do nothing")
        connection.execute("delete from change")
        for number, who in enumerate((role, "somebody else")):
            connection.execute("insert into change values (%s, 's', %s, '', %s, 'a', '', '', 1, '')", (number + 1, number, who))
    with world.department.seat(role) as seat:
        assert ids_of(seat, "select id from change") == ({1, 2} if powers & {LOG, UNDO} else {1})
        assert ids_of(seat, "select value from setting where key = 'night_audit_hour'") == {"5"}
        for name, column in world.columns.items():
            assert refused(seat, f"delete from {name}"), name
            assert refused(seat, f"select 1 from {name}") == (name in policies.NEVER_READ or name.endswith("_term")), name
            assert name in WRITTEN or (refused(seat, f"insert into {name} default values") and refused(seat, f"update {name} set {column} = null")), name
        assert refused(seat, "insert into setting values ('a', 'b')") != (SETTINGS in powers)
        with seat.transaction(force_rollback=True):
            assert seat.execute("update setting set value = '4' where key = 'night_audit_hour'").rowcount == (1 if SETTINGS in powers else 0)


def test_files_go_with_the_rows_they_lie_by(world: World, role: str) -> None:
    by_mine, by_other = ("a" * 64, "b" * 64)
    with world.department.owner() as connection:
        connection.execute("delete from file_part")
        connection.execute("update attachment set sha256 = ''")
        seen = expected(world, role, BY_KEY["attachment"], SEE)
        others = set(world.rows["attachment"]) - seen
        for name, ids in ((by_mine, seen), (by_other, others)):
            connection.execute("update attachment set sha256 = %s where id = any(%s)", (name, sorted(ids)[:1]))
            connection.execute("insert into file_part values (%s, 0, 'x')", (name,))
    with world.department.seat(role) as seat:
        with seat.transaction(force_rollback=True):
            assert seat.execute("select sha256 from file_part").fetchall() == ([(by_mine,)] if seen else [])
        assert refused(seat, "update file_part set content = 'y'")
        assert not refused(seat, "insert into file_part values ('c', 0, 'x') on conflict do nothing")


def test_nothing_else_is_done(world: World, role: str) -> None:
    with world.department.seat(role) as seat:
        for sql in FORBIDDEN:
            assert refused(seat, sql), sql
        for name in ("owner", *(one for one in ROLE_CODES if one != role)):
            assert refused(seat, f"set role {policies.group('matrix', name)}"), name
        seat.rollback()
        seat.autocommit = True
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            seat.execute("alter system set ssl = off")
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(world.department.server.url(world.department.login(role), "matrix", "wrong"))
