"""Seats of every role at work through the program itself: what the server hides or forbids never gets in the way of what is
theirs to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from crm_desktop.desk import merging
from crm_desktop.desk.desk import Desk
from crm_desktop.duties import RECORDS
from crm_desktop.record.record import Field, Record
from crm_desktop.record.rights import OPEN, ROLE_CODES, Hat, Reach, Rights, may_approve
from crm_desktop.record.table_rules import server_rules
from crm_desktop.record.text import Refused
from crm_desktop.store import check, pages, schema, search, sight
from crm_desktop.store.pages import ListQuery
from crm_desktop.store.store import Store
from tests.postgres import Server
from tests.samples import change, csv_file, imported, row
from tests.server.department import BY_KEY, ELSEWHERE, HERE, OUTSIDER, PASSWORD, Department, put

ACCOUNT, PERSON, STAY, FOLLOW_UP = (BY_KEY[key] for key in ("account", "person", "stay", "follow_up"))
RULES = {(rule.role, rule.table): rule for rule in server_rules(RECORDS)}
COMPANY, GUEST = 5_001, 5_002


@pytest.fixture(scope="module")
def department(postgres: Server) -> Iterator[Department]:
    made = Department(postgres, "seats")
    yield made
    made.remove()


@pytest.fixture
def clients(department: Department) -> Iterator[None]:
    """A company and a guest of nobody in particular, with everything that is sensitive filled."""
    secret = {f.name: _secret(f) for r in (ACCOUNT, PERSON) for f in r.fields if f.sensitive}
    with department.owner() as connection:
        put(connection, ACCOUNT, {"id": COMPANY, "name": "云楸医疗", **ACCOUNT.found_by({"name": "云楸医疗"}), "kind": "company", **{k: v for k, v in secret.items() if k in ACCOUNT.by_name}})
        put(connection, PERSON, {"id": GUEST, "name": "俞闻笛", **{k: v for k, v in secret.items() if k in PERSON.by_name}})
        yield
        connection.execute("truncate account, account_term, person, person_term, stay, follow_up, change, change_row, setting cascade")


def _secret(field: Field) -> str | int:
    if schema.sql_type(field) is int:
        return 7
    known = {"email": "name@company.com", "id_until": "2030-01-01", "phone": "139 0000 0000"}
    return field.choices[0][0] if field.choices else known.get(field.name, "secret")


@contextmanager
def seat(department: Department, role: str) -> Iterator[Desk]:
    with Store(department.server.url(department.login(role), department.place.database, PASSWORD), RECORDS, seat=role) as store:
        yield Desk(store, role)


@pytest.fixture(params=ROLE_CODES)
def role(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_every_list_opens_for_every_role(department: Department, clients: None, role: str) -> None:
    with seat(department, role) as desk, closing(desk.store.open_reader()) as reader:
        for record in RECORDS:
            shown = pages.fetch(reader, ListQuery(record, columns=tuple(f.name for f in record.fields)))
            assert record.key != "account" or bool(shown) == (RULES[role, "account"].see != Reach.NONE)
        assert bool(search.find(reader, "云楸", 5, (ACCOUNT,))) == (RULES[role, "account"].see != Reach.NONE)


def test_what_a_role_may_not_read_is_not_there(department: Department, clients: None, role: str) -> None:
    with seat(department, role) as desk:
        for record, row_id in ((ACCOUNT, COMPANY), (PERSON, GUEST)):
            rule = RULES[role, record.key]
            if rule.see == Reach.NONE:
                assert desk.get(record, row_id) is None
                continue
            found = row(desk, record, row_id)
            hidden = {name for name in found if name in record.by_name and record.by_name[name].sensitive and found[name] in ("", None, 0)}
            assert hidden == set(rule.hidden)


def test_clients_are_changed_by_whoever_may_and_nothing_hidden_is_lost(department: Department, clients: None, role: str) -> None:
    with department.owner() as connection:
        whole = connection.execute(f"select {_sensitive()} from person where id = {GUEST}").fetchone()
    with seat(department, role) as desk:
        if RULES[role, "person"].see == Reach.NONE:
            return
        if not RULES[role, "person"].change:
            with pytest.raises(Refused):
                change(desk, PERSON, GUEST, remark="x")
            return
        change(desk, PERSON, GUEST, remark="likes the window", name="俞闻笛 女士")
        assert row(desk, PERSON, GUEST)["remark"] == "likes the window"
        with closing(desk.store.open_reader()) as reader:
            assert search.find(reader, "女士", 5, (PERSON,))
    with department.owner() as connection:
        assert connection.execute(f"select {_sensitive()} from person where id = {GUEST}").fetchone() == whole
        assert connection.execute("select who from change order by id desc limit 1").fetchone() == (role,)


def _sensitive() -> str:
    return ", ".join(field.name for field in PERSON.fields if field.sensitive)


def test_clients_are_added_by_whoever_may(department: Department, clients: None, role: str) -> None:
    with seat(department, role) as desk:
        for record in (ACCOUNT, PERSON):
            if RULES[role, record.key].add:
                made = desk.save(record, None, 0, {"name": "New"}).rows[0][1]
                assert row(desk, record, made)["name"] == "New"
            else:
                with pytest.raises(Refused):
                    desk.save(record, None, 0, {"name": "New"})


def test_a_stay_adds_up_in_a_company_its_writer_may_not_change(department: Department, clients: None) -> None:
    """The receptionist enters stays; companies are none of their business. The sums are right for everybody."""
    with seat(department, "receptionist") as desk:
        with pytest.raises(Refused):
            change(desk, ACCOUNT, COMPANY, name="x")
        given = {"hotel_id": HERE, "arrival": "2026-11-16", "departure": "2026-11-18", "status": "Check-Out", "rate": 50_000, "company_id": COMPANY}
        first = desk.save(STAY, None, 0, given).rows[0][1]
        desk.save(STAY, None, 0, given | {"departure": "2026-11-19", "arrival": "2026-11-17"})
        assert _sums(desk) == (2, 4, "2026-11-17")
        change(desk, STAY, first, company_id=None)
        assert _sums(desk)[0] == 1
        desk.undo()
        assert _sums(desk) == (2, 4, "2026-11-17")
    with Store(department.server.url(dbname=department.place.database), RECORDS) as store, closing(store.open_reader()) as reader:
        assert not [finding for finding in check.everything(reader, store.keys, store.records) if "sum" in finding.source.lower()]


def _sums(desk: Desk) -> tuple[int, int, str]:
    found = row(desk, ACCOUNT, COMPANY)
    return found["stays"], found["nights"], found["last_stay"]  # type: ignore[return-value]


def test_many_rows_are_brought_in_past_the_rules(department: Department, clients: None) -> None:
    """PostgreSQL copies nothing into a table with rules for rows; an import must not notice."""
    names = ("id", "name", "owner_id")
    with seat(department, "seller") as desk:
        mine, theirs = department.people["seller"], OUTSIDER
        with desk.store.writer.atomic():
            desk.store.writer.many(_insert(FOLLOW_UP, names), [(8_000 + n, f"Call {n}", mine if n % 2 else theirs) for n in range(100)])
        assert desk.store.writer.execute("select count(*) from follow_up where id >= 8000").fetchone()[0] == 50, "a seller sees the own ones"
        assert desk.store.writer.execute("select to_regclass('new_follow_up')").fetchone() == (None,)
    with seat(department, "receptionist") as desk, pytest.raises(Exception, match="row-level security"), desk.store.writer.atomic():
        desk.store.writer.many(_insert(STAY, ("id", "hotel_id")), [(9_000 + n, ELSEWHERE if n == 50 else HERE) for n in range(100)])
    with department.owner() as connection:
        assert connection.execute("select (select count(*) from follow_up where id >= 8000), (select count(*) from stay)").fetchone() == (100, 0)


def test_a_file_of_many_rows_is_imported_with_ones_own_log_in(department: Department, clients: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing an import does to be quick may need to own the tables."""
    monkeypatch.setattr(schema, "WORTH_REMAKING", 2)
    lines = [("id", "name", "type"), *(("", f"Firm {n}", "company") for n in range(60))]
    with seat(department, "dosm") as desk:
        told = imported(desk, csv_file(tmp_path / "firms.csv", *lines), ACCOUNT)
        assert (told["added"], told["refused"]) == (60, 0)
        with closing(desk.store.open_reader()) as reader:
            assert search.find(reader, "Firm 59", 5, (ACCOUNT,))
    with department.owner() as connection:
        there = {name for (name,) in connection.execute("select indexname from pg_indexes where tablename = 'account'")}
        assert {schema.index_name(ACCOUNT, index) for index in schema.indexes(ACCOUNT)} <= there


def _insert(record: Record, names: tuple[str, ...]) -> str:
    return f"insert into {record.key} ({', '.join(names)}) values ({', '.join('?' * len(names))})"


def test_what_the_server_refuses_is_a_sentence_and_the_seat_goes_on(department: Department, clients: None) -> None:
    with seat(department, "kitchen") as desk:
        with pytest.raises(Refused, match="Your log-in on the server may not do this"):
            change(desk, ACCOUNT, COMPANY, name="Kitchen's")
        assert row(desk, ACCOUNT, COMPANY)["name"] == "云楸医疗"
        mine = {"name": "Menu", "due": "2026-11-20", "owner_id": department.people["kitchen"]}
        assert row(desk, FOLLOW_UP, desk.save(FOLLOW_UP, None, 0, mine).rows[0][1])["name"] == "Menu"


def test_a_mask_is_shown_and_kept_over_a_lost_connection(department: Department, clients: None) -> None:
    with seat(department, "gm") as desk, closing(desk.store.open_reader()) as reader:
        reader.hide({"person": {"phone"}})
        sql = f"select phone, name from person where id = {GUEST}"
        assert reader.execute(sql).fetchone() == ("•••", "俞闻笛")
        with department.owner() as connection:
            connection.execute("select pg_terminate_backend(pid) from pg_stat_activity where usename = %s", (department.login("gm"),))
        assert reader.execute(sql).fetchone() == ("•••", "俞闻笛")
        reader.hide({})
        assert reader.execute(sql).fetchone() == ("139 0000 0000", "俞闻笛")


def test_what_is_shown_only_with_a_purpose_is_masked(department: Department, clients: None) -> None:
    """The server lets a seller read a credit limit; the program shows it after a purpose was given."""
    seller = Rights([Hat(department.people["seller"], "seller", "seller")])
    with seat(department, "seller") as desk, closing(desk.store.open_reader()) as reader:
        sql = f"select credit, credit_limit, name from account where id = {COMPANY}"
        shown = reader.execute(sql).fetchone()
        assert shown[1] == 7
        sight.narrow(reader, RECORDS, seller, False, "seller")
        assert reader.execute(sql).fetchone() == ("•••", None, "云楸医疗")
        sight.narrow(reader, RECORDS, OPEN, True, "")
        assert reader.execute(sql).fetchone() == shown


TWIN, CONTACT = 5_003, 5_004
OTHERS = {"credit": ("receivable", {"account_id": TWIN, "amount": 7}), "tasks": ("follow_up", {"account_id": TWIN, "owner_id": OUTSIDER})}


@pytest.fixture
def twins(department: Department, clients: None) -> Iterator[None]:
    """The company twice, a contact at the second one with the role that is kept of the card."""
    with department.owner() as connection:
        manager = department.people["sales_manager"]  # reached by everybody who merges
        put(connection, ACCOUNT, {"id": TWIN, "name": "云楸医疗器械", "kind": "company", "city": "绍兴", "owner_id": manager})
        connection.execute(f"update account set owner_id = {manager} where id = {COMPANY}")
        put(connection, PERSON, {"id": CONTACT, "name": "李青", "account_id": TWIN, "role": "booker"})
        put(connection, BY_KEY["role"], {"id": 5_005, "person_id": CONTACT, "account_id": TWIN, "role": "booker", "since": "2026-03-02", "kept": 1})
        yield
        connection.execute("truncate role, merged, different, receivable, account_past, follow_up_term cascade")


def _join(desk: Desk) -> int:
    kept, lost = ((row_id, int(row(desk, ACCOUNT, row_id)["version"] or 0)) for row_id in (COMPANY, TWIN))
    done = merging.merge(desk, ACCOUNT, kept, lost, {"city": "绍兴"})
    return next(row_id for table, row_id in done.rows if table == "merged")


def test_two_are_merged_by_whoever_may_and_taken_apart(department: Department, twins: None, role: str) -> None:
    rule = RULES[role, "account"]
    with department.owner() as connection:
        connection.execute(f"update account set owner_id = {department.people[role]}")
    with seat(department, role) as desk:
        if rule.see == Reach.NONE:
            assert desk.get(ACCOUNT, TWIN) is None
            return
        if not may_approve(role, "merge", None):
            with pytest.raises(Refused):
                _join(desk)
            assert row(desk, ACCOUNT, TWIN)["name"] == "云楸医疗器械"
            return
        assert rule.remove, "whoever may merge may take the other away"
        merge_id = _join(desk)
        sql = "select account_id, since, until from role where kept = 1 and gone is null"
        assert (row(desk, PERSON, CONTACT)["account_id"], row(desk, ACCOUNT, COMPANY)["city"]) == (COMPANY, "绍兴")
        assert desk.store.writer.execute(sql).fetchall() == [(COMPANY, "2026-03-02", "")]
        merging.unmerge(desk, merge_id)
        assert (row(desk, PERSON, CONTACT)["account_id"], row(desk, ACCOUNT, COMPANY)["city"]) == (TWIN, "")
        assert desk.store.writer.execute(sql).fetchall() == [(TWIN, "2026-03-02", "")]
        merging.not_the_same(desk, ACCOUNT, COMPANY, TWIN)


@pytest.mark.parametrize("area", OTHERS)
def test_nothing_is_left_behind_that_is_not_seen(department: Department, twins: None, role: str, area: str) -> None:
    """Of somebody else's follow-ups a manager sees nothing, nor of money who looks after clients: they do not merge these two."""
    if not may_approve(role, "merge", None):
        return
    record, values = OTHERS[area]
    with department.owner() as connection:
        put(connection, BY_KEY[record], {"id": 5_006, "name": "Call", **values} if record == "follow_up" else {"id": 5_006, **values})
    with seat(department, role) as desk:
        if RULES[role, record].see == Reach.ALL:
            _join(desk)
            assert row(desk, BY_KEY[record], 5_006)["account_id"] == COMPANY
        else:
            with pytest.raises(Refused, match="rows that you do not see"):
                _join(desk)
            assert row(desk, ACCOUNT, TWIN)["name"] == "云楸医疗器械"


def test_a_row_that_may_only_be_looked_at_keeps_two_apart(department: Department, twins: None) -> None:
    with department.owner() as connection:
        put(connection, ACCOUNT, {"id": 5_007, "name": "Branch", "kind": "company", "parent_id": TWIN, "owner_id": OUTSIDER})
    with seat(department, "sales_manager") as desk:
        with pytest.raises(Refused, match="not yours to change"):
            _join(desk)
        assert row(desk, PERSON, CONTACT)["account_id"] == TWIN


def test_a_merge_of_somebody_else_is_taken_apart_by_who_sees_the_log(department: Department, twins: None) -> None:
    with seat(department, "gm") as desk:
        merge_id = _join(desk)
    with seat(department, "care_rep") as desk, pytest.raises(Refused, match="a part of the log that you do not see"):
        merging.unmerge(desk, merge_id)
    with seat(department, "sales_manager") as desk:
        merging.unmerge(desk, merge_id)
        assert row(desk, PERSON, CONTACT)["account_id"] == TWIN
