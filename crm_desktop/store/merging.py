"""Two rows made one, and taken apart again at any later time.

The row that goes stays in its table with every value it had; whatever referred to it refers to the one that is kept. The
log knows what each row was before, so that taking apart puts back exactly what the merge moved and nobody changed since."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from typing import Any

from crm_desktop.record.dated import KEPT
from crm_desktop.record.ids import row_words
from crm_desktop.record.kinds import Kind, Value
from crm_desktop.record.record import Record, Row
from crm_desktop.record.text import Refused, Text
from crm_desktop.store import catalog, dated, dated_merging
from crm_desktop.store.database import all_rows
from crm_desktop.store.log import dump
from crm_desktop.store.rows import BLOCK, Writing, holder, read, read_many
from crm_desktop.store.schema import LIVING

MERGED = "merged"
OWN = (MERGED, "different")  # what is said of two rows stays with those two
REFERS = "rights.refers"  # a server's own count of the rows that refer to one
ABOUT = "about"  # the column of those that name any row in words


class Link:
    """A column through which rows refer to a record's: by id, by the record's key and an id, or in words."""

    def __init__(self, record: Record, column: str, kind: str = "") -> None:
        self.record, self.column, self.kind = record, column, kind

    def value(self, target: Record, row_id: int) -> Value:
        """What the column holds for a row."""
        return row_words(target.key, row_id) if self.kind == ABOUT else row_id

    def where(self, target: Record) -> tuple[str, list[Value]]:
        """What else a row that refers to this record has."""
        return (f" and {self.kind} = ?", [target.key]) if self.kind not in ("", ABOUT) else ("", [])


class Count:
    """How many rows of a record refer to one, for whoever is asked before a merge."""

    def __init__(self, record: Record, rows: int) -> None:
        self.record, self.rows = record, rows


def links(records: Iterable[Record], target: Record) -> Iterator[Link]:
    """Every column through which rows refer to rows of this record."""
    for record in records:
        if record.key in OWN:
            continue
        for field in record.references():
            if field.ref == target.key:
                yield Link(record, field.name)
        if record.about:
            yield Link(record, record.about[1], record.about[0])
        elif ABOUT in record.by_name and record.by_name[ABOUT].kind == Kind.CODE:
            yield Link(record, ABOUT, ABOUT)


def _referring(db: Any, link: Link, target: Record, row_id: int) -> list[int]:
    more, values = link.where(target)
    sql = f"select id from {link.record.key} where {link.column} = ?{more} and {LIVING} order by id"
    return [int(row[0]) for row in db.execute(sql, [link.value(target, row_id), *values]).fetchall()]


def linked(db: Any, records: Sequence[Record], target: Record, row_id: int) -> list[Count]:
    """What a merge would move: how many rows of each record refer to this row."""
    found: dict[str, set[int]] = {}
    for link in links(records, target):
        found.setdefault(link.record.key, set()).update(_referring(db, link, target, row_id))
    by_key = {record.key: record for record in records}
    return [Count(by_key[key], len(ids)) for key, ids in found.items() if ids]


def into(db: Any, target: Record, kept: int) -> list[tuple[int, str]]:
    """The merges that made this row what it is, the newest first: (merge, name of the other)."""
    sql = (
        f"select m.id, t.{target.name} from {MERGED} as m join {target.key} as t on t.id = m.lost"
        f" where m.kept = ? and m.record = ? and m.{LIVING} order by m.id desc"
    )
    return [(int(row[0]), str(row[1])) for row in db.execute(sql, (kept, target.key)).fetchall()]


def merge(writing: Writing, records: Sequence[Record], target: Record, kept: Row, lost: Row, values: Row, unseen: Row) -> None:
    """Make `lost` a part of `kept`: its rows refer to the one that is kept, which takes the chosen values, and those of
    `unseen` that whoever merges does not see. Raises Refused when a row would stand twice where only one may."""
    _check_all_seen(writing.db, records, target, lost)
    own = {f.name: None for f in target.references() if f.ref == target.key and kept[f.name] == lost["id"]}
    given = values | {name: None for name in own if values.get(name) in (None, lost["id"])}
    begun = dated_merging.pass_on(writing, target, kept, lost, given | unseen)
    writing.remove(target, int(lost["id"] or 0), int(lost["version"] or 0))
    now = writing.update(target, int(kept["id"] or 0), int(kept["version"] or 0), given)
    with writing.kept():
        now = writing.update(target, int(now["id"] or 0), int(now["version"] or 0), unseen)
        dated_merging.since(writing, target, now, begun)
    for record in {link.record.key: link.record for link in links(records, target)}.values():
        with writing.kept() if _by_program(records, record) else nullcontext():
            _move(writing, record, [link for link in links(records, target) if link.record is record], target, kept, lost)
    taken = {name: now[name] for name in target.values if now[name] != kept[name]}
    writing.add(
        _record(records, MERGED),
        {"record": target.key, "kept": kept["id"], "lost": lost["id"], "entry": writing.entry.change.id, "taken": dump(taken)},
    )


def _check_all_seen(db: Any, records: Sequence[Record], target: Record, lost: Row) -> None:
    """On a server a log-in may not see all that refers to a row; what it does not see it would leave behind."""
    if not catalog.is_server(db) or db.execute(f"select to_regproc('{REFERS}')").fetchone()[0] is None:
        return
    row_id = int(lost["id"] or 0)
    seen = sum(len(_referring(db, link, target, row_id)) for link in links(records, target))
    there = db.execute(f"select {REFERS}(?, ?, ?)", (target.key, row_id, row_words(target.key, row_id))).fetchone()[0]
    if there > seen:
        raise Refused(Text("{name} has rows that you do not see. Ask whoever sees all of them to merge the two.", name=lost[target.name]))


def _by_program(records: Sequence[Record], record: Record) -> bool:
    """True for rows that the program writes beside what people do."""
    return not record.by_hand or any(each.into == record.key for other in records for each in other.dated)


def _record(records: Sequence[Record], key: str) -> Record:
    return next(record for record in records if record.key == key)


def _move(writing: Writing, record: Record, by: Sequence[Link], target: Record, kept: Row, lost: Row) -> None:
    """Let rows of one record refer to the row that is kept; one that names both is about nobody else and goes."""
    ids = sorted({row_id for link in by for row_id in _referring(writing.db, link, target, int(lost["id"] or 0))} - {kept["id"]})
    for at in range(0, len(ids), BLOCK):
        rows = read_many(writing.db, record, ids[at : at + BLOCK])
        moved: dict[int, Row] = {}
        for row_id in ids[at : at + BLOCK]:
            row, given = rows[row_id], _pointed(rows[row_id], by, target, kept, lost)
            if _is_pair(record, target, row | given) and not _is_pair(record, target, row):
                with writing.kept():
                    writing.remove(record, row_id, int(row["version"] or 0))
            else:
                _check_alone(writing.db, record, row | given, given)
                moved[row_id] = given
        writing.rewrite_many(record, moved)  # nobody changed firm: what is kept with its days stays as it is


def _pointed(row: Row, by: Sequence[Link], target: Record, kept: Row, lost: Row) -> Row:
    old, new = int(lost["id"] or 0), int(kept["id"] or 0)
    return {
        link.column: link.value(target, new)
        for link in by
        if row[link.column] == link.value(target, old) and (link.kind in ("", ABOUT) or row[link.kind] == target.key)
    }


def _is_pair(record: Record, target: Record, row: Row) -> bool:
    """True for a row that relates a row of the target to itself."""
    ids = [row[field.name] for field in record.references() if field.ref == target.key and row[field.name] is not None]
    ids += [row["id"]] if record is target else []
    return len(ids) > len(set(ids))


def _check_alone(db: Any, record: Record, row: Row, given: Row) -> None:
    for index in record.indexes:
        if index.unique and set(index.columns) & given.keys() and row.get(index.columns[-1]) not in ("", None) and holder(db, record, index, row):
            raise Refused(Text("Both have one of the same among {records}; remove one of the two first.", records=record.many))


# taking apart


def rows_of(writing: Writing, records: Sequence[Record], merged_id: int) -> tuple[Record, Row, Row] | None:
    """The two rows of a merge, the one that was kept first."""
    entry = read(writing.db, _record(records, MERGED), merged_id)
    if entry is None:
        return None
    target = _record(records, str(entry["record"]))
    kept, lost = (read(writing.db, target, int(entry[name] or 0)) for name in ("kept", "lost"))
    return (target, kept, lost) if kept and lost else None


def unmerge(writing: Writing, records: Sequence[Record], merged_id: int) -> None:
    """Bring back the row that was merged into another. What was added or changed since stays with the row that was kept.
    Raises Refused."""
    db, record = writing.db, _record(records, MERGED)
    entry = read(db, record, merged_id)
    if entry is None or entry["gone"] is not None:
        raise Refused(Text("These two were taken apart already."))
    target = _record(records, str(entry["record"]))
    kept, lost = int(entry["kept"] or 0), int(entry["lost"] or 0)
    _check_outermost(db, target, kept)
    _check_free(db, target, kept, lost, json.loads(str(entry["taken"])))
    done = int(entry["entry"] or 0)
    befores = _befores(db, done)
    if (target.key, lost) not in befores:  # a server shows each log-in its own entries of the log
        raise Refused(Text("What the merge moved stands in a part of the log that you do not see. Ask whoever merged the two, or who may undo what others did."))
    _give_back(writing, target, kept, json.loads(str(entry["taken"])), befores.pop((target.key, kept), {}), done)
    befores.pop((target.key, lost))
    writing.rewrite(target, lost, {"gone": None})
    for other in records:
        rows = {row_id: before for (key, row_id), before in befores.items() if key == other.key and key != MERGED}
        with writing.kept() if _by_program(records, other) else nullcontext():
            _return(writing, other, rows, target, kept, lost)
    for other in records:
        dated_merging.align(writing, other, [row_id for key, row_id in befores if key == other.key])
    writing.remove(record, merged_id, int(entry["version"] or 0))


def _check_outermost(db: Any, target: Record, kept: int) -> None:
    """A row that was itself merged into another has nothing to give back before it is there again."""
    sql = f"select t.{target.name} from {MERGED} as m join {target.key} as t on t.id = m.kept where m.lost = ? and m.record = ? and m.{LIVING}"
    later = db.execute(sql, (kept, target.key)).fetchone()
    if later is not None:
        raise Refused(Text("The two were merged into {name} later; take that apart first.", name=later[0]))


def _check_free(db: Any, target: Record, kept: int, lost: int, taken: Row) -> None:
    """A code of the row that comes back may belong to another by now."""
    row, there = read(db, target, lost) or {}, read(db, target, kept) or {}
    for index in target.indexes:
        values = [row.get(name) for name in index.columns]
        gives = all(taken.get(name, value) == value == there.get(name) for name, value in zip(index.columns, values, strict=True)) and index.columns[-1] in taken
        if index.unique and row.get(index.columns[-1]) not in ("", None) and not gives and (name := holder(db, target, index, row)):
            raise Refused(Text("{name} has the code of the row that would come back; change it there first.", name=name))


def _befores(db: Any, change_id: int) -> dict[tuple[str, int], Row]:
    """What each row was before the merge: the changed columns only."""
    sql = "select tbl, row_id, before from change_row where change_id = ? and before is not null order by position desc"
    found: dict[tuple[str, int], Row] = {}
    for table, row_id, before in all_rows(db, sql, (change_id,)):  # of a row changed twice its first state counts
        found[str(table), int(row_id)] = found.get((str(table), int(row_id)), {}) | json.loads(before)
    return found


def _give_back(writing: Writing, target: Record, kept: int, taken: Row, before: Row, done: int) -> None:
    """The row that was kept loses what it took from the other, unless somebody changed it since."""
    row = read(writing.db, target, kept)
    if row is None or row["gone"] is not None:
        return
    back = {name: before[name] for name, value in taken.items() if name in before and row[name] == value}
    if not back:
        return
    with writing.kept():  # also what whoever takes them apart does not see
        writing.rewrite(target, kept, back, int(row["version"] or 0))
    now = read(writing.db, target, kept) or row
    left = [each for each in target.dated if each.key(row) == each.key(now) or not dated_merging.as_before(writing, each, kept, done)]
    dated.moved(writing, target, row, now, left)


def _return(writing: Writing, record: Record, befores: dict[int, Row], target: Record, kept: int, lost: int) -> None:
    """Rows the merge moved refer to the row that came back, where they still refer to the other."""
    words = {lost: kept, row_words(target.key, lost): row_words(target.key, kept)}
    ids = list(befores)
    for at in range(0, len(ids), BLOCK):
        rows = read_many(writing.db, record, ids[at : at + BLOCK])
        changed: dict[int, Row] = {}
        for row_id, row in rows.items():
            before = befores[row_id]
            if row["gone"] is not None and before.get("gone", 0) is None:
                changed[row_id] = {"gone": None}  # a pair of the two that are two again
            elif row["gone"] is None:
                back = {name: value for name, value in before.items() if value in words and row.get(name) == words[value]}
                changed |= {row_id: back | {name: before[name] for name in (KEPT,) if name in before}} if back else {}
        writing.rewrite_many(record, changed)
