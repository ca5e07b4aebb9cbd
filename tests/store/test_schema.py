"""Tables are what the records declare, from whatever database a person has."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.desk.desk import Desk
from crm_desktop.duties import RECORDS
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.record.kinds import NEVER_NULL, TEXTUAL, Kind
from crm_desktop.record.record import Field, Index, Record, Rollup, Row, Section
from crm_desktop.record.text import Refused, Text
from crm_desktop.store import backup, catch_up, check, restoring, schema, search
from crm_desktop.store.store import Store
from tests.hotel import living_in
from tests.kept import Kept
from tests.samples import REPOSITORY, account, added, change, remove, row, sound


def plain_record(*more: Field, indexes: tuple[Index, ...] = (), key: str = "note") -> Record:
    """A record as somebody will declare one later."""
    return Record(
        key, Text("Note"), Text("Notes"),
        Section(Text("Note"), Field("name", Text("Name"), required=True, searched=True), Field("code", Text("Code"), Kind.CODE), *more),
        listed=("name",), sorted_by="name", sortable=("name",), indexes=indexes,
    )  # fmt: skip


def columns(db: Any, table: str) -> dict[str, tuple[Any, ...]]:
    """name -> (type, not null, default, in key)."""
    return {r[1]: (r[2], r[3], r[4], r[5]) for r in db.execute(f"pragma table_info({table})")}


def references(db: Any, table: str) -> set[tuple[str, str, str]]:
    return {(r[3], r[2], r[4]) for r in db.execute(f"pragma foreign_key_list({table})")}


@pytest.fixture(scope="module")
def tables(empty: Kept, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A connection to an empty database, one for all who only look at its tables."""
    folder = tmp_path_factory.mktemp("tables")
    with living_in(folder), Store(empty.copy(folder / "tables.db"), RECORDS) as store:
        reader = store.open_reader()
    yield reader
    reader.close()


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.key)
def test_a_table_has_the_declared_columns(tables: Any, record: Record) -> None:
    found = columns(tables, record.key)
    assert set(found) == {"id", "version", "gone", *record.columns}
    assert found["id"][3] == 1
    for field in record.fields:
        kind, never_null, default, _ = found[field.name]
        assert kind == ("TEXT" if field.kind in TEXTUAL else "INTEGER")
        counted = field.required and field.kind == Kind.INT
        assert bool(never_null) == (field.kind in NEVER_NULL or not field.stored or counted)
        if never_null:
            assert default.strip("'\"") == ("" if field.kind in TEXTUAL else "0")
    strict = tables.execute("select strict from pragma_table_list where name = ?", (record.key,)).fetchone()
    assert strict == (1,)


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.key)
def test_a_table_has_the_declared_references_and_indexes(tables: Any, record: Record) -> None:
    assert references(tables, record.key) == {(f.name, f.ref, "id") for f in record.references()}
    made = {r[0] for r in tables.execute("select name from sqlite_master where type = 'index' and tbl_name = ? and sql is not null", (record.key,))}
    assert made == {schema.index_name(record, index) for index in schema.indexes(record)}
    for index in schema.indexes(record):
        name = schema.index_name(record, index)
        columns = (None, *index.columns[1:]) if index.apart else index.columns  # the first is no plain column there
        assert tuple(r[2] for r in tables.execute(f"pragma index_info({name})")) == (*columns, *(() if index.unique else ("gone",)))
        unique, partial = next((r[2], r[4]) for r in tables.execute(f"pragma index_list({record.key})") if r[1] == name)
        assert (bool(unique), partial) == (index.unique, 1)


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.key)
def test_every_sortable_column_is_never_null_and_indexed(record: Record) -> None:
    never_null = schema.defaults(record)
    for name in record.sortable:
        column = schema.sort_column(record, name)
        assert column in never_null
        assert any(index.columns[:2] == (column, "id") for index in schema.indexes(record))


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.key)
def test_every_field_has_a_class_of_data(record: Record) -> None:
    assert {field.data for field in record.fields} <= {"public", "internal", "personal", "sensitive"}


def test_migrations_run_once(database: Path) -> None:
    for _ in range(2):
        with Store(database, RECORDS, create=True) as store:
            found = store.writer.execute("select name from _sqlite_migrations where migration_set = ? order by id", (schema.SET,)).fetchall()
    assert [r[0] for r in found] == ["log", schema.shape(RECORDS)]


START = """
import sys
from pathlib import Path
from crm_desktop.desk.desk import Desk
from crm_desktop.duties import RECORDS
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.store.store import Store
sys.stdin.readline()
with Store(Path(sys.argv[1]), RECORDS, create=True) as store:
    Desk(store, sys.argv[2]).save(ACCOUNT, None, 0, {"name": sys.argv[2]})
print("saved")
"""


@pytest.mark.parametrize("attempt", range(3))
def test_programs_that_begin_a_database_at_once_share_it(database: Path, attempt: int) -> None:
    """A double double-click: one key, one schema, nobody is sent away."""
    started = [
        subprocess.Popen(
            [sys.executable, "-c", START, str(database), f"P{n}"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True, cwd=REPOSITORY,
        )
        for n in range(3)
    ]  # fmt: skip
    for process in started:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in started:
        out, err = process.communicate(timeout=60)
        assert (process.returncode, out, err) == (0, "saved\n", "")
    with Store(database, RECORDS) as store:
        assert sorted(r[0] for r in store.writer.execute("select name from account")) == ["P0", "P1", "P2"]
        sound(store)
    assert attempt >= 0


FIELDS = (
    Field("remark", Text("Remark"), Kind.LONG), Field("amount", Text("Amount"), Kind.MONEY), Field("pieces", Text("Pieces"), Kind.INT),
    Field("day", Text("Day"), Kind.DATE), Field("done", Text("Done"), Kind.BOOL), Field("account_id", Text("Client"), Kind.REF, ref="account"),
)  # fmt: skip


def test_a_field_added_to_the_declaration_is_added_to_the_table(database: Path, tmp_path: Path) -> None:
    with Store(database, (*RECORDS, plain_record()), create=True) as store:
        old = plain_record()
        here = added(Desk(store), old, name="First")
    newer = plain_record(*FIELDS, indexes=(Index("day", "id"), Index("code", unique=True)))
    with Store(database, (*RECORDS, newer)) as store, Store(tmp_path / "new.db", (*RECORDS, newer), create=True) as fresh:
        desk = Desk(store)
        assert columns(store.writer, "note").keys() == columns(fresh.writer, "note").keys()
        for name, shape in columns(fresh.writer, "note").items():
            assert columns(store.writer, "note")[name] == shape
        assert references(store.writer, "note") == references(fresh.writer, "note")
        indexes = "select name, sql from sqlite_master where type = 'index' and tbl_name = 'note' order by 1"
        assert store.writer.execute(indexes).fetchall() == fresh.writer.execute(indexes).fetchall()
        found = row(desk, newer, here)
        assert (found["remark"], found["amount"], found["pieces"], found["day"], found["done"], found["account_id"]) == ("", 0, None, "", 0, None)
        change(desk, newer, here, amount=5, account_id=account(desk))
        sound(store)


def test_what_was_done_before_a_new_declaration_can_be_undone(database: Path) -> None:
    with Store(database, (*RECORDS, plain_record()), create=True) as store:
        desk, old = Desk(store), plain_record()
        first, second, third = (added(desk, old, name=name) for name in ("First", "Second", "Third"))
        edited = change(desk, old, second, name="Second!")
        removed = remove(desk, old, third)
        made = store.writer.execute("select change_id from change_row where row_id = ?", (first,)).fetchone()[0]
    newer = plain_record(*FIELDS)
    with Store(database, (*RECORDS, newer)) as store:
        desk = Desk(store)
        for change_id in (made, edited.id, removed.id):
            desk.undo(change_id)
            sound(store)
        assert desk.get(newer, first) is None
        assert row(desk, newer, second)["name"] == "Second"
        assert row(desk, newer, third)["name"] == "Third"
        for _ in range(3):
            desk.redo()
            sound(store)
        assert row(desk, newer, first)["name"] == "First"


def test_rows_that_were_there_catch_up_with_a_new_declaration(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A field becomes searched, sums and a settled column come anew, the rules of search words change."""
    more = [
        Field("remark", Text("Remark"), Kind.LONG), Field("client_id", Text("Client"), Kind.REF, ref="account"), Field("pieces", Text("Pieces"), Kind.INT),
    ]  # fmt: skip
    poor = plain_record(*more)
    with Store(database, (*RECORDS, poor), create=True) as store:
        desk = Desk(store)
        client = account(desk, "Orient")
        ids = [added(desk, poor, name=f"N{n}", remark="王小明", client_id=client, pieces=n, code="x") for n in range(4)]
        remove(desk, poor, ids[3])
    rich = plain_record(Field("remark", Text("Remark"), Kind.LONG, searched=True), *more[1:], Field("letters", Text("Letters"), Kind.INT, default=0, settled=True))
    rich.settle, rich.settle_on = letters, ("remark",)
    rich.rollups = (Rollup(("client_id",), {"pieces_sum": ("pieces",), "notes": ()}, {}, "code", "x"),)
    summed = (Field("pieces_sum", Text("Pieces"), Kind.INT, default=0, derived=True), Field("notes", Text("Notes"), Kind.INT, default=0, derived=True))
    client_too = Record(
        ACCOUNT.key, ACCOUNT.title, ACCOUNT.many, *ACCOUNT.sections, extra=(*(f for f in ACCOUNT.fields if not any(f in s.fields for s in ACCOUNT.sections)), *summed), listed=ACCOUNT.listed,
        sorted_by=ACCOUNT.sorted_by, sortable=ACCOUNT.sortable, indexes=ACCOUNT.indexes,
    )  # fmt: skip
    records = (client_too, *(each for each in RECORDS if each.key != client_too.key), rich)
    with Store(database, records) as store, closing(store.open_reader()) as reader:
        assert sorted(hit.id for hit in search.find(reader, "xiaoming", 9, (rich,))) == ids[:3]
        assert store.writer.execute("select pieces_sum, notes from account").fetchall() == [(3, 3)]
        assert {r[0] for r in store.writer.execute("select letters from note")} == {3}
        sound(store)
    monkeypatch.setattr(schema, "RULES", 99)
    monkeypatch.setattr("crm_desktop.record.record.terms", lambda *_: "changed")
    with Store(database, records) as store, closing(store.open_reader()) as reader:
        assert len(search.find(reader, "changed", 9, (rich,))) == 3
        assert search.find(reader, "xiaoming", 9, (rich,)) == []


def letters(given: Row) -> Row:
    """The settled column of the record above."""
    return {"letters": len(str(given["remark"]))}


def test_a_record_that_is_searched_from_now_on(database: Path) -> None:
    def record(searched: bool) -> Record:
        return Record("note", Text("Note"), Text("Notes"), Section(Text("Note"), Field("name", Text("Name"), searched=searched), Field("code", Text("Code"), Kind.CODE)), sortable=("name",), sorted_by="name")  # fmt: skip

    with Store(database, (*RECORDS, record(False)), create=True) as store:
        here, gone = (added(Desk(store), record(False), name=name) for name in ("王小明", "王小红"))
        remove(Desk(store), record(False), gone)
    with Store(database, (*RECORDS, record(True))) as store, closing(store.open_reader()) as reader:
        assert [hit.id for hit in search.find(reader, "wang", 9, (record(True),))] == [here]
        sound(store)
        change(Desk(store), record(True), here, name="Orient")
        assert search.find(reader, "wang", 9, (record(True),)) == []
        sound(store)


def test_words_are_worked_out_anew_only_where_their_making_changed(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    working = catch_up._words

    def noted(db: Any, record: Record) -> None:
        asked.append(record.key)
        working(db, record)

    monkeypatch.setattr(catch_up, "_words", noted)
    plain = plain_record()
    searched = {each.key for each in (*RECORDS, plain) if each.searched}

    def opened(*records: Record) -> set[str]:
        asked.clear()
        Store(database, records, create=True).close()
        return set(asked)

    assert opened(*RECORDS, plain) == searched, "nothing is known yet"
    longer = plain_record(Field("pieces", Text("Pieces"), Kind.INT))
    assert opened(*RECORDS, longer) == set()
    found = plain_record(Field("pieces", Text("Pieces"), Kind.INT), Field("remark", Text("Remark"), searched=True))
    assert opened(*RECORDS, found) == {plain.key}
    monkeypatch.setattr(schema, "RULES", 99)
    assert opened(*RECORDS, found) == searched
    settling = plain_record(Field("pieces", Text("Pieces"), Kind.INT), Field("remark", Text("Remark"), searched=True), Field("letters", Text("Letters"), Kind.INT, default=0, settled=True))  # fmt: skip
    settling.settle, settling.settle_on = letters, ("remark",)
    assert opened(*RECORDS, settling) == {plain.key}, "found by what is worked out"
    with Store(database, (*RECORDS, settling)) as store:  # a program that knows nothing of all this came between
        store.writer.execute("insert into _sqlite_migrations (migration_set, name, applied_at) values ('crm', 'declared elsewhere', '')")
    assert opened(*RECORDS, settling) == searched


def test_an_older_database_is_backed_up_before_it_is_brought_to_date(database: Path) -> None:
    older, newer = (*RECORDS, plain_record()), (*RECORDS, plain_record(*FIELDS), plain_record(key="later"))
    with Store(database, older, create=True) as store:
        added(Desk(store), plain_record(), name="First")
    assert backup.listed(database) == []  # a new database had nothing to lose
    watched: list[str] = []

    def slowly(work: Callable[[], None]) -> None:
        watched.append("began")
        work()

    for _ in range(2):  # once, not at every start
        with Store(database, newer, slowly=slowly) as store:
            assert "later" in store.writer.table_names()
            sound(store)
        made = backup.listed(database)
        assert (len(made), watched) == (1, ["began"])
    restoring.restore(database, made[0].path)
    with Store(database, older) as store:
        assert store.writer.execute("select name from note").fetchall() == [("First",)]
        assert "later" not in store.writer.table_names()


def test_without_room_for_the_backup_an_older_database_stays_as_it_is(database: Path) -> None:
    with Store(database, (*RECORDS, plain_record()), create=True) as store:
        added(Desk(store), plain_record(), name="First")
    backup.folder(database).write_text("in its place")
    for _ in range(2):
        with pytest.raises(Refused, match="could not be written"):
            Store(database, (*RECORDS, plain_record(*FIELDS)))
    backup.folder(database).unlink()
    with Store(database, (*RECORDS, plain_record())) as store:
        assert store.writer.execute("select name from note").fetchall() == [("First",)]


def test_a_newer_database_is_refused_and_left_alone(database: Path) -> None:
    with Store(database, (*RECORDS, plain_record()), create=True) as store:
        added(Desk(store), plain_record(), name="First")
    with Store(database, (*RECORDS, plain_record(*FIELDS))) as store:
        added(Desk(store), plain_record(*FIELDS), name="Second")
    for older in ((*RECORDS, plain_record()), RECORDS):
        with pytest.raises(Refused, match="newer version"):
            Store(database, older)
    with Store(database, (*RECORDS, plain_record(*FIELDS))) as store:
        assert store.writer.execute("select count(*) from note").fetchone() == (2,)
        sound(store)


def test_an_index_that_went_away_again_keeps_no_one_out(database: Path) -> None:
    for indexes in ((), (Index("code", unique=True),), ()):
        with Store(database, (*RECORDS, plain_record(indexes=indexes)), create=True) as store:
            assert check.pages(store.writer) == []


def test_an_index_that_is_declared_otherwise_is_made_anew(database: Path) -> None:
    narrow, wide = plain_record(indexes=(Index("code"),)), plain_record(indexes=(Index("code", unique=True),))
    for record, partial in ((narrow, "<> ''"), (wide, "unique")):
        with Store(database, (*RECORDS, record), create=True) as store:
            sql = store.writer.execute("select sql from sqlite_master where name = 'note_code'").fetchone()[0]
            assert partial in sql.lower()
            assert sql.lower() == schema.index_sql(record, record.indexes[0]).replace(" if not exists", "")


def test_going_back_to_an_earlier_declaration_is_current_again(database: Path) -> None:
    """Otherwise every start would take the write lock."""
    narrow, wide = (*RECORDS, plain_record()), (*RECORDS, plain_record(indexes=(Index("code"),)))
    for records in (narrow, wide, narrow, wide):
        with Store(database, records, create=True) as store:
            assert schema.is_current(store.writer, records)
        with Store(database, records) as again:
            assert again._writer is None


def test_a_code_that_must_become_unique_but_is_not_changes_nothing(database: Path) -> None:
    with Store(database, (*RECORDS, plain_record()), create=True) as store:
        for name in ("First", "Second"):
            added(Desk(store), plain_record(), name=name, code="1")
        before = store.writer.execute("select count(*) from sqlite_master").fetchone()
    with pytest.raises(Refused):
        Store(database, (*RECORDS, plain_record(*FIELDS, indexes=(Index("code", unique=True),))))
    with Store(database, (*RECORDS, plain_record())) as store:
        assert store.writer.execute("select count(*) from sqlite_master").fetchone() == before
        assert "amount" not in columns(store.writer, "note")


@pytest.mark.embedded
def test_the_database_of_an_empty_reader_is_like_a_real_one(store: Store) -> None:
    from crm_desktop.store.engine import empty_reader

    with closing(empty_reader(RECORDS)) as reader:
        names = "select type, name from sqlite_master where name not like 'sqlite_%' order by 1, 2"
        assert reader.execute(names).fetchall() == store.writer.execute(names).fetchall()
        assert columns(reader, ACCOUNT.key) == columns(store.writer, ACCOUNT.key)
