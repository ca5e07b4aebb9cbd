"""Erasing a person for good: their row and all that is only about them is emptied, what must stay (bills, stays, bookings)
no longer points to them, and what they are known by is taken out of it.

What is taken out of the log of changes: store/scrub.py. Nothing of it can be undone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from crm_desktop.record.field import empty
from crm_desktop.record.kinds import Kind
from crm_desktop.record.record import Field, Record, Row
from crm_desktop.record.rights import CONTACT
from crm_desktop.record.text import Text
from crm_desktop.store import merging, rollups
from crm_desktop.store.database import all_rows
from crm_desktop.store.log import row_digest
from crm_desktop.store.rows import BLOCK, Writing, read, read_many

ERASED = Text("Personal data erased")
MOBILE_DIGITS = 11
NAME = "—"  # stands for a name that is no longer known
OWN_WORDS = (Kind.TEXT, Kind.LONG)
PERSONAL = ("personal", "sensitive")
NO_FIRMS = ("hotel", "staff", "department")
KEPT_AREAS = ("credit",)  # what the law wants kept: such rows are never emptied, only unlinked
SHORTEST, SHORTEST_LATIN = 2, 3  # letters of a name that is looked for in texts
STRONG = re.compile(r"\S+@\S+\.\S+|\+?\d(?:[ -]?\d){9,}|(?=\S*[A-Za-z])(?=\S*\d)\S{6,}")  # e-mail, mobile, WeChat: nobody else's
MOBILE = re.compile(r"(?:\+?86)?1[3-9]\d{9}|\+\d{10,}")


class Plan:
    """What erasing one row means: `whole` rows are emptied, `loose` ones lose the columns that point to those, and what
    `words` say; so do the rows `near`, which belong to the same firm. `strong` words are nobody else's and go wherever they
    stand, in the rows `mentioned`. `others`: how many rows of each record have the name and stay, as it may be another's."""

    def __init__(self, record: Record, row_id: int) -> None:
        self.record, self.row_id = record, row_id
        self.whole: dict[str, set[int]] = {}
        self.loose: dict[str, dict[int, set[str]]] = {}
        self.near: dict[str, set[int]] = {}
        self.mentioned: dict[str, set[int]] = {}
        self.words: list[str] = []
        self.strong: list[str] = []
        self.others: dict[str, int] = {}

    def is_whole(self, key: str, row_id: int) -> bool:
        """True for a row that is emptied."""
        return row_id in self.whole.get(key, ())


def is_person(record: Record) -> bool:
    """True for records of people: their name is personal data."""
    return record.name in record.by_name and record.by_name[record.name].data in PERSONAL and record.compare is not None


def plan(db: Any, records: Sequence[Record], record: Record, row_id: int) -> Plan:
    """Find all that belongs to a person, living or removed."""
    found, waiting = Plan(record, row_id), [(record, row_id)]
    while waiting:
        one, at = waiting.pop()
        if not found.is_whole(one.key, at):
            found.whole.setdefault(one.key, set()).add(at)
            waiting += _belonging(db, records, one, at, found)
    for key, ids in found.whole.items():
        for row in ids & set(found.loose.get(key, ())):
            del found.loose[key][row]
    _known_by(db, found)
    _mentions(db, records, found)
    return found


def _belonging(db: Any, records: Sequence[Record], record: Record, row_id: int, found: Plan) -> Iterator[tuple[Record, int]]:
    """The rows that are about this one only; those that point to it besides are noted as loose."""
    by_key = {each.key: each for each in records}
    for link in merging.links(records, record):
        more, values = link.where(record)
        sql = f"select id from {link.record.key} where {link.column} = ?{more}"
        ids = [int(row[0]) for row in db.execute(sql, [link.value(record, row_id), *values]).fetchall()]
        if link.kind not in ("", merging.ABOUT) or (link.record.by_name[link.column].required and link.record.area not in KEPT_AREAS):
            yield from ((link.record, each) for each in ids)
        else:
            for each in ids:
                found.loose.setdefault(link.record.key, {}).setdefault(each, set()).add(link.column)
    if merging.MERGED in by_key:
        for merge, lost in db.execute(f"select id, lost from {merging.MERGED} where record = ? and kept = ?", (record.key, row_id)).fetchall():
            yield by_key[merging.MERGED], int(merge)
            yield record, int(lost)


# what a person is known by


def _known_by(db: Any, found: Plan) -> None:
    """The person's names, numbers and addresses, those of today and the former ones in the log."""
    import json

    record, values = found.record, set[str]()
    names = [f.name for f in record.fields if f.stored and f.kind in OWN_WORDS and f.data in PERSONAL and (f.searched or f.sensitive == CONTACT)]
    for row_id in found.whole[record.key]:
        rows: list[Row] = [read(db, record, row_id) or {}]
        log = all_rows(db, "select before from change_row where row_id = ? and tbl = ? and before is not null", (row_id, record.key))
        rows += [json.loads(row[0]) for row in log]
        values |= {str(row[name]) for row in rows for name in names if row.get(name)}
    parts = {part.strip() for value in values for part in (value, *re.split(r" / |[、;；\n]", value))}
    found.words = sorted((part for part in parts if _is_telling(part)), key=len, reverse=True)
    found.strong = [written for word in found.words if _is_strong(word) for written in _ways(word)]


def _is_strong(word: str) -> bool:
    """True for an e-mail, a mobile number, a WeChat name."""
    return STRONG.fullmatch(word) is not None and ("@" in word or not _is_number(word) or MOBILE.fullmatch(re.sub(r"[ -]", "", word)) is not None)


def _ways(word: str) -> list[str]:
    """A number in the ways people write it; any other word as it is."""
    digits = re.sub(r"[ -]", "", word)
    if not _is_number(word) or len(digits) != MOBILE_DIGITS:
        return [word]
    groups = digits[:3], digits[3:7], digits[7:]
    return list(dict.fromkeys((word, digits, " ".join(groups), "-".join(groups))))


def _is_telling(part: str) -> bool:
    return part != NAME and len(part) >= (SHORTEST_LATIN if part.isascii() else SHORTEST)


def _is_number(word: str) -> bool:
    return not any(letter.isalpha() for letter in word)


def pattern(words: Iterable[str]) -> re.Pattern[str] | None:
    """What finds these words in a text: in any case, digits also with blanks or hyphens between them."""
    parts = [r"[ -]?".join(re.escape(letter) for letter in re.sub(r"[ -]", "", word)) if _is_number(word) else re.escape(word) for word in words]
    return re.compile("|".join(parts), re.IGNORECASE) if parts else None


def without(text: str, words: re.Pattern[str] | None) -> str:
    """A text in which a dash stands for them."""
    return words.sub(NAME, text) if words else text


def text_columns(record: Record) -> list[str]:
    """The columns in which people write, or files bring, words."""
    return [field.name for field in record.fields if field.kind in (*OWN_WORDS, Kind.CODE) and not field.derived and not field.settled]


def _mentions(db: Any, records: Sequence[Record], found: Plan) -> None:
    """Rows elsewhere that hold what is nobody else's; and how many hold the name."""
    names = [str(row[found.record.name]) for row_id in [found.row_id] if (row := read(db, found.record, row_id))]
    firms = _firms(db, records, found)
    for record in records:
        known = found.whole.get(record.key, set()) | set(found.loose.get(record.key, ()))
        named = _with_words(db, record, [name for name in names if _is_telling(name)]) - known
        near = _of_same_firm(db, record, named, firms)
        hits = _with_words(db, record, found.strong) - known - near
        for into, ids in ((found.near, near), (found.mentioned, hits)):
            if ids:
                into[record.key] = ids
        if left := len(named - near - hits):
            found.others[record.key] = left


def _firms(db: Any, records: Sequence[Record], found: Plan) -> dict[str, set[int]]:
    """What the emptied rows belonged to, besides whose work and which house it was: the person's firms."""
    out: dict[str, set[int]] = {}
    for record in records:
        fields = [f for f in record.references() if f.name not in record.owners and f.ref not in NO_FIRMS]
        ids = sorted(found.whole.get(record.key, ()))
        for start in range(0, len(ids), BLOCK):
            for row in read_many(db, record, ids[start : start + BLOCK]).values():
                for field in fields:
                    if row[field.name] and not found.is_whole(field.ref, int(row[field.name] or 0)):
                        out.setdefault(field.ref, set()).add(int(row[field.name] or 0))
    return out


def _of_same_firm(db: Any, record: Record, ids: set[int], firms: dict[str, set[int]]) -> set[int]:
    """Those of these rows that are of the same firm: the same full name there is the same person."""
    out = ids & firms.get(record.key, set())
    fields = [field for field in record.references() if field.ref in firms]
    wanted = sorted(ids) if fields else []
    for start in range(0, len(wanted), BLOCK):
        rows = read_many(db, record, wanted[start : start + BLOCK])
        out |= {row_id for row_id, row in rows.items() if any(row[field.name] in firms[field.ref] for field in fields)}
    return out


def _with_words(db: Any, record: Record, words: Sequence[str]) -> set[int]:
    columns = text_columns(record)
    if not words or not columns:
        return set()
    any_of = " or ".join(f"instr({column}, ?) > 0" for _ in words for column in columns)
    return {int(row[0]) for row in db.execute(f"select id from {record.key} where {any_of}", [word for word in words for _ in columns]).fetchall()}


# writing it


def blank(field: Field, record: Record) -> Any:
    """What stands in the place of an erased value."""
    if field.name == record.name and field.kind == Kind.TEXT:
        return NAME
    return empty(field.kind) if field.default is None or field.data in PERSONAL else field.default


def emptied(record: Record, old: Row, gone: int) -> Row:
    """A row without all anybody gave; only what it belongs to by its nature stays, as ids."""
    new = dict(old)
    for field in record.fields:
        stays = field.derived or field.settled or field.kind == Kind.KEY or field.name in record.about or (field.kind == Kind.REF and field.required)
        if not stays:
            new[field.name] = blank(field, record)
    return new | record.settled(new) | {"gone": gone if old["gone"] is None else old["gone"]}


def loosened(record: Record, old: Row, columns: Iterable[str], words: re.Pattern[str] | None) -> Row:
    """A row that no longer points to the person, without personal data and without their names in its texts."""
    new = old | {name: None if record.by_name[name].kind == Kind.REF else "" for name in columns if not record.by_name[name].required}
    for field in record.fields:
        if field.derived or field.settled or field.kind == Kind.REF:
            continue
        if field.data in PERSONAL:
            new[field.name] = blank(field, record) if old[field.name] else old[field.name]
        elif field.kind in OWN_WORDS:
            new[field.name] = without(str(old[field.name] or ""), words)
    return new | record.settled(new)


def mended(record: Record, old: Row, words: re.Pattern[str] | None) -> Row:
    """A row elsewhere without these words."""
    new = old | {name: without(str(old[name] or ""), words) for name in text_columns(record)}
    return new | record.settled(new)


def write(writing: Writing, records: Sequence[Record], found: Plan) -> None:
    """Write every row of a plan; the log gets no value of before."""
    every, strong = pattern(found.words), pattern(found.strong)
    for record in records:
        for old in _rows(writing, record, found.mentioned.get(record.key, ())):
            _put(writing, record, old, mended(record, old, strong))
        for old in _rows(writing, record, found.near.get(record.key, ())):
            _put(writing, record, old, mended(record, old, every))
        loose = found.loose.get(record.key, {})
        for old in _rows(writing, record, loose):
            _put(writing, record, old, loosened(record, old, loose[int(old["id"] or 0)], every))
    for record in reversed(records):
        for old in _rows(writing, record, found.whole.get(record.key, ())):
            _put(writing, record, old, emptied(record, old, writing.entry.change.id))


def _rows(writing: Writing, record: Record, ids: Iterable[int]) -> Iterator[Row]:
    wanted = sorted(ids)
    for start in range(0, len(wanted), BLOCK):
        yield from read_many(writing.db, record, wanted[start : start + BLOCK]).values()


def _put(writing: Writing, record: Record, old: Row, new: Row) -> None:
    changed = [name for name in ("gone", *record.columns) if new[name] != old[name]]
    if not changed:
        return
    new["version"] = int(old["version"] or 0) + 1
    sets = ", ".join(f"{name} = ?" for name in changed)
    writing.db.execute(f"update {record.key} set {sets}, version = version + 1 where id = ?", (*(new[name] for name in changed), old["id"]))
    before = '{"gone":null}' if "gone" in changed else "{}"
    writing.entry.rows(record.key, [(int(old["id"] or 0), int(new["version"] or 0), before, row_digest(writing.keys, record, new))])
    rollups.moved(writing.db, record, [(old, new)])
