"""What a seat may call of the database's functions, which run as its owner, and what finding tells whom."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Any

import psycopg
import pytest

from crm_desktop.desk.desk import Desk
from crm_desktop.duties import RECORDS
from crm_desktop.record.rights import ROLE_CODES, SECRET
from crm_desktop.record.text import Refused
from crm_desktop.server import calls
from crm_desktop.store import history, schema, search
from crm_desktop.store.store import Store
from tests.postgres import Server
from tests.samples import change, row
from tests.server.department import BY_KEY, HERE, OUTSIDER, PASSWORD, Department, put, refused

ACCOUNT, PERSON, PREFERENCE, STAY, VIP = (BY_KEY[key] for key in ("account", "person", "preference", "stay", "vip_stay"))
GUEST, TASTE, THEIRS, RECEPTION = 6_001, 6_002, 6_003, 6_004
PHONE = "13800138000"
TYPES = {int: "bigint", str: "text", bytes: "bytea", float: "double precision"}
EVERYTHING_SEEN = ("gm", "dosm")
OURS = "from pg_proc as p join pg_namespace as n on n.oid = p.pronamespace where n.nspname in ('public', 'rights')"


@pytest.fixture(scope="module")
def department(postgres: Server) -> Iterator[Department]:
    made = Department(postgres, "calls")
    with made.owner() as owner:
        put(owner, PERSON, {"id": GUEST, "name": "俞闻笛", "phone": PHONE, **PERSON.found_by({"name": "俞闻笛", "phone": PHONE})})
        put(owner, PREFERENCE, {"id": TASTE, "name": "花生过敏", "person_id": GUEST, **PREFERENCE.found_by({"name": "花生过敏"})})
        put(owner, ACCOUNT, {"id": THEIRS, "name": "云楸医疗", "owner_id": OUTSIDER, **ACCOUNT.found_by({"name": "云楸医疗"})})
        put(owner, VIP, {"id": RECEPTION, "hotel_id": HERE, "stage": "applied"})
    yield made
    made.remove()


def test_every_function_of_the_owner_says_where_it_looks(department: Department) -> None:
    """A table of one's own, which is temporary, is looked at last."""
    with department.owner() as owner:
        found = owner.execute(f"select p.proconfig {OURS} and p.prosecdef").fetchall()
    assert len(found) > 100
    assert all("search_path=public, pg_temp" in (settings or ()) for (settings,) in found)


def test_a_seat_calls_what_it_is_given_and_no_function_of_a_trigger(department: Department) -> None:
    given = {words.split("(")[0].removeprefix("rights.") for words in (*calls.OF_ALL, *calls.FIND, "refers()")}
    given |= {f"crm_wrong_{record.key}" for record in RECORDS} | {f"crm_wrong_terms_{record.key}" for record in RECORDS if record.searched}
    for role in ROLE_CODES:
        with department.seat(role) as seat:
            found = seat.execute(f"select p.proname, p.prorettype = 'trigger'::regtype {OURS} and has_function_privilege(p.oid, 'execute')").fetchall()
        assert not any(trigger for _, trigger in found)
        names = {name for name, _ in found}
        assert names == given - (set() if role in EVERYTHING_SEEN else {"crm_found", "crm_newest"}), role


def _own_table(record: Any) -> str:
    columns = ", ".join(f'"{name}" {TYPES[kind]}' for name, kind in schema.column_types(record).items())
    return f"create temporary table mine ({columns}); grant all on mine to public"


@pytest.mark.parametrize(("record", "function"), [(VIP, "crm_log_vip_stay"), (STAY, "crm_sums_stay"), (ACCOUNT, "crm_terms_account"), (VIP, "rights.approval_vip_stay")])
def test_what_a_trigger_writes_is_not_written_from_a_table_of_ones_own(department: Department, role: str, record: Any, function: str) -> None:
    """Neither the log, nor sums, nor the words of search."""
    with department.seat(role) as seat:
        seat.execute(_own_table(record))
        assert refused(seat, f"create trigger mine after insert on mine referencing new table as new_rows for each statement execute function {function}()")


def test_nothing_of_ones_own_runs_as_the_owner(department: Department, role: str) -> None:
    """A view that calls a function, under the name of a table that is searched."""
    with department.seat(role) as seat:
        for sql in (
            "create table pg_temp.mine_term (term text, row_id bigint)", "insert into pg_temp.mine_term values ('a', 1), ('b', 1)",
            "create table pg_temp.ran (as_whom text)", "grant all on pg_temp.mine_term, pg_temp.ran to public",
            "create function pg_temp.run() returns text language plpgsql as $f$ begin insert into pg_temp.ran values (current_user); return 'a b'; end $f$",
            "create view pg_temp.mine as select 1::bigint as id, pg_temp.run() as terms, null::bigint as gone", "grant all on pg_temp.mine to public",
        ):  # fmt: skip
            seat.execute(sql)
        for asked in ("crm_found('mine', %s)", "crm_newest('mine', %s, 5)", "rights.found('mine', %s)", "rights.newest('mine', %s, 5)"):
            _fails_or_finds_nothing(seat, f"select * from {asked}", ['"a"* "b"*'])
        assert seat.execute("select as_whom from pg_temp.ran").fetchall() == []


def _fails_or_finds_nothing(seat: Any, sql: str, values: Sequence[Any]) -> None:
    try:
        with seat.transaction():
            assert seat.execute(sql, values).fetchall() == []
    except (psycopg.errors.InsufficientPrivilege, psycopg.errors.UndefinedTable):
        pass


@pytest.mark.parametrize(
    ("role", "record", "words", "found"),
    [
        ("gm", PERSON, PHONE[:5], {GUEST}), ("kitchen", PERSON, PHONE[:5], set()), ("kitchen", PERSON, "闻笛", {GUEST}), ("kitchen", PERSON, "yuwen", {GUEST}),
        ("auditor", PREFERENCE, "花生", set()), ("kitchen", PREFERENCE, "花生", {TASTE}), ("seller", ACCOUNT, "云楸", set()), ("banquet_seller", ACCOUNT, "云楸", {THEIRS}),
    ],
)  # fmt: skip
def test_finding_tells_of_seen_rows_by_seen_words(department: Department, role: str, record: Any, words: str, found: set[int]) -> None:
    """Through the program, and with the function it asks."""
    match = search.match_words(words)
    with department.seat(role) as seat:
        kept = "crm_" if role in EVERYTHING_SEEN else "rights."
        for asked in (f"{kept}found(%s, %s)", f"{kept}newest(%s, %s, 5)"):
            assert {one for (one,) in seat.execute(f"select * from {asked}", (record.key, match)).fetchall()} == found
    with Store(department.server.url(department.login(role), department.place.database, PASSWORD), RECORDS) as store, closing(store.open_reader()) as reader:
        assert {hit.id for hit in search.find(reader, words, 5, (record,))} == found


def test_own_clients_are_found_behind_many_newer_ones_of_colleagues(department: Department) -> None:
    with department.owner() as owner, owner.transaction():
        for at in range(40 * search.POOL + 5):  # so many are asked for before all of them are
            who = department.people["seller"] if at == 0 else OUTSIDER
            put(owner, ACCOUNT, {"id": 7_000 + at, "name": f"{at} 第百号", "owner_id": who, **ACCOUNT.found_by({"name": f"{at} 第百号"})})
    with Store(department.server.url(department.login("seller"), "calls", PASSWORD), RECORDS) as store, closing(store.open_reader()) as reader:
        assert [hit.id for hit in search.find(reader, "第百号", 5, (ACCOUNT,))] == [7_000]


def test_no_id_is_taken_that_leaves_none_for_the_others(department: Department) -> None:
    with department.seat("kitchen") as seat:
        (taken,) = seat.execute("select crm_open(%s, 's', 'x', 'x', '', '', 1)", (2**63 - 1,)).fetchone()
        with pytest.raises(psycopg.DatabaseError, match="moved on"), seat.transaction():
            seat.execute("select crm_open_ahead(%s, 's', 'x', 'x', '', '', 0, '{}', '{}')", (2**63 - 1,))
        (now,) = seat.execute("select crm_head()").fetchone()
    assert now < taken < 2**62


def test_words_stay_where_somebody_who_sees_less_changes_a_row(department: Department) -> None:
    with department.owner() as owner:
        put(owner, BY_KEY["person_right"], {"id": 8_001, "staff_id": department.people["care_rep"], "what": "contact", "way": "less", "reason": "x"})
    with Store(department.server.url(department.login("care_rep"), "calls", PASSWORD), RECORDS) as store:
        desk = Desk(store, "care_rep")
        assert not row(desk, PERSON, GUEST)["phone"]
        change(desk, PERSON, GUEST, remark="x")
    with department.owner() as owner:
        assert owner.execute("select remark, strpos(terms, %s) > 0 from person where id = %s", (PHONE, GUEST)).fetchone() == ("x", True)


CONFIDENCE, KNOWER = BY_KEY["confidence"], next(record for record in RECORDS if record.area == SECRET)
SHUT, TOLD = 9_001, 9_002


@pytest.fixture(scope="module")
def log(department: Department) -> Iterator[None]:
    """Somebody changed what was preferred, a company, and who a confidential guest is."""
    with department.owner() as owner:
        put(owner, CONFIDENCE, {"id": SHUT, "person_id": GUEST, "state": "holds"})
        owner.execute("insert into change values (%s, 's', 901, '', 'somebody else', 'Changed', '', '', 4, '') on conflict do nothing", (TOLD,))
        rows = [("preference", TASTE, {"name": "海鲜过敏"}), ("account", THEIRS, {"name": "云楸"}), (KNOWER.key, SHUT, {"truth": "张三"}), ("person", GUEST, {"name": "张三"})]
        for at, (table, row_id, before) in enumerate(rows):
            owner.execute("insert into change_row values (%s, %s, %s, %s, 1, %s, '')", (TOLD, at, table, row_id, json.dumps(before)))
    yield
    with department.owner() as owner:
        owner.execute("delete from confidence")
        owner.execute("delete from change_row where change_id = %s", (TOLD,))


@pytest.mark.parametrize(("who", "read"), [("gm", {"preference", "account"}), ("sales_manager", {"preference", "account"}), ("auditor", set()), ("seller", set())])
def test_the_log_tells_no_former_value_that_is_hidden(department: Department, log: None, who: str, read: set[str]) -> None:
    """Nor who a confidential guest is; that something was changed is known to whoever reads the log."""
    with department.seat(who) as seat:
        assert {table for (table,) in seat.execute("select tbl from change_row where change_id = %s", (TOLD,)).fetchall()} == read


@pytest.mark.parametrize(("who", "shown"), [("gm", {"海鲜过敏", "云楸"}), ("auditor", {"云楸"})])
def test_details_show_what_may_be_seen(department: Department, log: None, who: str, shown: set[str]) -> None:
    with Store(department.server.url(department.login(who), "calls", PASSWORD), RECORDS) as store, closing(store.open_reader()) as reader:
        assert {str(one.before) for one in history.details(reader, store.by_key, TOLD)} == shown


def test_nothing_is_undone_by_halves(department: Department, log: None) -> None:
    with Store(department.server.url(department.login("gm"), "calls", PASSWORD), RECORDS) as store:
        desk = Desk(store, "gm")
        with pytest.raises(Refused, match="hidden from you"):
            desk.undo(TOLD)
