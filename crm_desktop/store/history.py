"""What was done: the newest actions, and one row's past."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from crm_desktop.record import codes
from crm_desktop.record.kinds import Kind, Value, shown
from crm_desktop.record.record import Field, Record
from crm_desktop.record.rights import MASK, OPEN, Rights
from crm_desktop.record.text import Text
from crm_desktop.store import catalog
from crm_desktop.store.database import all_rows
from crm_desktop.store.log import BY_ITSELF, FOR
from crm_desktop.store.log import newest_id as newest_id
from crm_desktop.store.rows import read
from crm_desktop.store.schema import LIVING
from crm_desktop.store.undo import stacks
from crm_desktop.store.veils import is_veiled


def since(reader: Any, change_id: int, own: Collection[int] = ()) -> tuple[int, set[str]]:
    """The newest change there is, and the tables touched after `change_id` by changes that are not `own`."""
    newest = newest_id(reader)
    if newest <= change_id:
        return change_id, set()
    others = [row[0] for row in reader.execute("select id from change where id > ?", (change_id,)) if row[0] not in own]
    tables: set[str] = set()
    for one in others:
        tables.update(row[0] for row in reader.execute("select distinct tbl from change_row where change_id = ?", (one,)))
    return newest, tables


def authors(reader: Any, record: Record, row_id: int, state: str) -> list[tuple[str, str]]:
    """Who added a row and who took it to a state, each with the action it was."""
    added = "select c.who, c.action from change_row as r join change as c on c.id = r.change_id where r.row_id = ? and r.tbl = ? and r.before is null"
    moved = f"select who, '' from step where row = ? and record = ? and after = ? and {LIVING}"
    return [*reader.execute(added, (row_id, record.key)).fetchall(), *reader.execute(moved, (row_id, record.key, state)).fetchall()]


def is_by(reader: Any, change_id: int, person: str) -> bool:
    """True for an action somebody did, also in another's place."""
    found = reader.execute("select who from change where id = ?", (change_id,)).fetchone()
    return found is not None and str(found[0]).partition(FOR)[0] == person


def tables_of(reader: Any, change_id: int) -> list[str]:
    """The tables an action wrote to."""
    return [row[0] for row in reader.execute("select distinct tbl from change_row where change_id = ?", (change_id,)).fetchall()]


def action_of(reader: Any, change_id: int) -> str:
    """What an action was, by its English words; '' when there is none of this id."""
    found = reader.execute("select action from change where id = ?", (change_id,)).fetchone()
    return str(found[0]) if found else ""


class Entry:
    """One action: when, who, what it was, on which row (the last it touched), how many rows, whether it can be undone."""

    def __init__(self, row: Sequence[Any], name: str, undoable: bool) -> None:
        self.id, self.at, self.who, self.action, self.source, self.rows, self.table = row[:7]
        self.row_id: int | None = row[7]
        self.name, self.undoable = name, undoable

    @property
    def about(self) -> Text | str:
        """What it was about: the file it came from, the code list it opened, or its one row."""
        if not self.source or self.source.isdecimal() or self.source == BY_ITSELF:
            return self.name if self.rows == 1 else ""
        return next((one.title for one in codes.lists() if one.name == self.source), self.source)


ENTRIES = (
    "select c.id, c.at, c.who, c.action, c.source, c.rows, r.tbl, r.row_id from change as c"
    " left join change_row as r on r.change_id = c.id and r.position = (select max(position) from change_row where change_id = c.id)"
)


def newest(reader: Any, records: Mapping[str, Record], limit: int = 300, actions: Sequence[str] = ()) -> list[Entry]:
    """The newest actions of all seats, newest first; `actions`: only those, by their English words."""
    only = f" and c.action in ({', '.join('?' * len(actions))})" if actions else ""
    found = reader.execute(f"{ENTRIES} where c.who <> ''{only} order by c.id desc limit ?", (*actions, limit)).fetchall()
    seats = [row[0] for row in reader.execute("select distinct seat from change")]
    standing = {one for seat in seats for one in stacks(reader, seat).undo}
    return [_entry(reader, records, row, row[0] in standing) for row in found]


def counted(reader: Any, actions: Sequence[str], since: str) -> list[tuple[str, int]]:
    """Who did these actions how often since an instant, the most often first; of what the reader may see of the log."""
    marks = ", ".join("?" * len(actions))
    sql = f"select who, count(*) from change where at >= ? and action in ({marks}) and who <> '' group by who order by 2 desc, 1"
    return [(str(who), int(count)) for who, count in reader.execute(sql, (since, *actions)).fetchall()]


def removed(reader: Any, records: Mapping[str, Record], action: str) -> list[Entry]:
    """The newest removals; each can be undone while its row is still away by it."""
    found = newest(reader, records, actions=(action,))
    for one in found:
        one.undoable = one.table in records and _is_gone(reader, one)
    return found


def _is_gone(reader: Any, one: Entry) -> bool:
    return reader.execute(f"select 1 from {one.table} where id = ? and gone = ?", (one.row_id, one.id)).fetchone() is not None


def reason_of(reader: Any, change_id: int) -> str:
    """Why an action was done; '' where nobody said."""
    found = reader.execute("select reason from change where id = ?", (change_id,)).fetchone()
    return str(found[0]) if found else ""


def headed(reader: Any, records: Mapping[str, Record], one: Entry) -> str:
    """The name of what an action's row is headed by, for rows without a name of their own."""
    record = records.get(one.table or "")
    row = read(reader, record, one.row_id) if record and record.titled and one.row_id else None
    return _referred(reader, record.by_name[record.titled], row[record.titled]) if record and row else ""


def entry(reader: Any, records: Mapping[str, Record], change_id: int) -> Entry | None:
    """One action by its id."""
    found = reader.execute(f"{ENTRIES} where c.id = ?", (change_id,)).fetchone()
    return _entry(reader, records, found, False) if found else None


def _entry(reader: Any, records: Mapping[str, Record], row: Sequence[Any], undoable: bool) -> Entry:
    record = records.get(row[6] or "")
    return Entry(row, name_of(reader, record, row[7]) if record else "", undoable)


def name_of(reader: Any, record: Record, row_id: int) -> str:
    """What people know a row by: its name, else its first column and whom it is for."""
    row = read(reader, record, row_id)
    if row is None:
        return ""
    if row.get(record.name):
        return str(row[record.name])
    names = [_referred(reader, field, row[field.name]) for field in record.references() if field.name in record.listed]
    return " ".join([str(row[record.listed[0]]), *(name for name in names[:2] if name)])


def _referred(reader: Any, field: Field, row_id: Value) -> str:
    found = reader.execute(f"select {field.ref_name} from {field.ref} where id = ?", (row_id,)).fetchone() if row_id else None
    return str(found[0]) if found else ""


class Detail:
    """One value that an action changed: of which row, which field, what it was and what it became, as people read them."""

    def __init__(self, name: str, field: Field, before: Text | str, after: Text | str) -> None:
        self.name, self.field, self.before, self.after = name, field, before, after


ROWS = "select tbl, row_id, before from change_row where change_id = ? and before is not null order by position limit ?"
# a seat is given the former values of the rows and columns it sees
SEEN_ROWS = (
    "select t.tbl, t.row_id, p.before from rights.touched(array[?::bigint]) as t cross join lateral rights.past(t.tbl, t.row_id) as p"
    " where p.id = t.change_id and p.position = t.position and p.before is not null order by t.position limit ?"
)
LATER_OF = "select before from change_row where row_id = ? and tbl = ? and change_id > ? and before is not null order by change_id"
LATER_SEEN = "select p.before from rights.past(?, ?) as p where p.id > ? and p.before is not null order by p.id"


HIDDEN = "select not rights.whole() and c.who <> rights.me() from change as c where c.id = ?"


def _of_others(reader: Any, change_id: int) -> bool:
    """True for an action of somebody else, read by a seat from which some values are hidden."""
    found = reader.execute(HIDDEN, (change_id,)).fetchone() if catalog.guarded(reader) else None
    return found is not None and bool(found[0])


def details(reader: Any, records: Mapping[str, Record], change_id: int, rights: Rights = OPEN, limit: int = 100) -> list[Detail]:
    """The values an action changed, of its first rows; what is sensitive is masked as everywhere, and so is a guest's file while
    the guest is confidential: who it was before is for those who were told."""
    found = all_rows(reader, SEEN_ROWS if _of_others(reader, change_id) else ROWS, (change_id, limit))
    return [one for table, row_id, before in found if table in records for one in _of_row(reader, records[table], row_id, json.loads(before), change_id, rights)]


def _of_row(reader: Any, record: Record, row_id: int, old: Mapping[str, Value], change_id: int, rights: Rights) -> Iterator[Detail]:
    veiled, name = is_veiled(reader, record, row_id), name_of(reader, record, row_id)
    for field in (record.by_name[each] for each in old if each in record.by_name and not record.by_name[each].hidden):
        after = _next_value(reader, record, row_id, change_id, field.name)
        masked = veiled or field.name in rights.masked(record)
        both = [MASK if masked and value else readable(reader, field, value) for value in (old[field.name], after)]
        yield Detail(name, field, both[0], both[1])


def _next_value(reader: Any, record: Record, row_id: int, change_id: int, name: str) -> Value:
    """A value as an action left it: what the next change of it found there, else what it is now."""
    if _of_others(reader, change_id):
        later = all_rows(reader, LATER_SEEN, (record.key, row_id, change_id))
    else:
        later = all_rows(reader, LATER_OF, (row_id, record.key, change_id))
    for (before,) in later:
        if name in (values := json.loads(before)):
            return values[name]
    row = read(reader, record, row_id)
    return row[name] if row else None


def readable(reader: Any, field: Field, value: Value) -> Text | str:
    """A value as people read it: names instead of ids, words instead of codes, money and dates as on the screen."""
    if field.kind == Kind.REF:
        return _referred(reader, field, value)
    return field.choice_text(value) if field.choices and value else shown(field.kind, value)


def touched_since(reader: Any, record: Record, change_id: int, names: Sequence[str]) -> list[tuple[Any, ...]]:
    """These columns of every living row that was touched after a change."""
    found = reader.execute(
        f"select distinct {', '.join(f't.{name}' for name in names)} from change_row as r join {record.key} as t on t.id = r.row_id"
        f" where r.change_id > ? and r.tbl = ? and t.{LIVING}",
        (change_id, record.key),
    )
    return list(found.fetchall())


def last_imports(reader: Any, record: Record, most: int = 60) -> list[tuple[int, str]]:
    """The newest changes that brought rows of a record from files, with the files' names."""
    found = reader.execute(
        "select c.id, c.source from change as c where c.action = 'Imported' and exists"
        " (select 1 from change_row as r where r.change_id = c.id and r.tbl = ?) order by c.id desc limit ?",
        (record.key, most),
    )
    return [(row[0], row[1]) for row in found.fetchall()]


def brought_by(reader: Any, record: Record, change_id: int, names: Sequence[str]) -> list[tuple[Any, ...]]:
    """These columns of every living row that a change brought or changed."""
    found = reader.execute(
        f"select {', '.join(f't.{name}' for name in names)} from change_row as r join {record.key} as t on t.id = r.row_id"
        f" where r.change_id = ? and r.tbl = ? and t.{LIVING} order by t.id",
        (change_id, record.key),
    )
    return list(found.fetchall())
