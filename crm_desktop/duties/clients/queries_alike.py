"""What the pages about duplicates read: the pairs, what two rows differ in, what a merge would move, and past merges."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from crm_desktop.desk.merging import joined
from crm_desktop.duties.clients.records_account import ACCOUNT
from crm_desktop.duties.clients.rules_alike import related
from crm_desktop.record.alike import key_terms
from crm_desktop.record.ids import decode
from crm_desktop.record.kinds import Value
from crm_desktop.record.record import Field, Record, Row
from crm_desktop.record.text import Text
from crm_desktop.store import alike, merging, search
from crm_desktop.store.alike import Pair
from crm_desktop.store.rows import get

KEPT, OTHER, BOTH = "kept", "other", "both"
MOST_MERGES = 200
WISH = "merge"  # the cause of the follow-up that asks for one
COLUMN = {"account": "account_id", "person": "person_id"}  # of a follow-up


class Difference:
    """A field in which two rows differ, and what is in both where that can stand in it."""

    def __init__(self, field: Field, kept: Row, both: Value | None) -> None:
        self.field, self.both = field, both
        self.chosen = BOTH if both is not None else KEPT if kept[field.name] not in ("", None) else OTHER

    def choices(self) -> tuple[str, ...]:
        """The sides that may be chosen."""
        return (KEPT, OTHER) if self.both is None else (KEPT, OTHER, BOTH)


class Merge:
    """Two rows side by side; `kept` stays. The one that more refers to is proposed, else the older."""

    def __init__(self, record: Record, kept: Row, other: Row, counts: dict[int, list[merging.Count]]) -> None:
        self.record, self.kept, self.other, self.counts = record, kept, other, counts
        self.differences = [_difference(record, field, kept, other) for field in _given(record) if kept[field.name] != other[field.name]]

    def swapped(self) -> Merge:
        """The other way round."""
        return Merge(self.record, self.other, self.kept, self.counts)

    def moving(self) -> list[merging.Count]:
        """What refers to the row that goes."""
        return self.counts[int(self.other["id"] or 0)]

    def values(self) -> Row:
        """What the row that stays takes over."""
        sides = {OTHER: self.other}
        out: Row = {}
        for each in self.differences:
            if each.chosen == BOTH:
                out[each.field.name] = each.both
            elif each.chosen in sides:
                out[each.field.name] = sides[each.chosen][each.field.name]
        return out


def _given(record: Record) -> list[Field]:
    """The fields people give and see, in the order of the form."""
    return [field for section in record.sections for field in section.fields if field.stored and not field.work and not field.hidden]


def _difference(record: Record, field: Field, kept: Row, other: Row) -> Difference:
    both = joined(field.name, kept[field.name], other[field.name])
    if both is not None and field.name in record.problems(kept | {field.name: both}):
        both = None
    return Difference(field, kept, both)


def side_by_side(reader: Any, records: Sequence[Record], record: Record, one: int, other: int) -> Merge | None:
    """Two rows to be merged; None when one of them is gone."""
    rows = [row for row in (get(reader, record, one), get(reader, record, other)) if row is not None]
    if len(rows) < 2:
        return None
    counts = {int(row["id"] or 0): merging.linked(reader, records, record, int(row["id"] or 0)) for row in rows}
    rows.sort(key=lambda row: (-sum(count.rows for count in counts[int(row["id"] or 0)]), int(row["id"] or 0)))
    return Merge(record, rows[0], rows[1], counts)


class Wish:
    """A merge somebody asked for: the follow-up, the two rows, who asks and why."""

    def __init__(self, row_id: int, version: int, record: Record, one: int, other: int, words: str) -> None:
        self.id, self.version, self.record, self.one, self.other, self.words = row_id, version, record, one, other, words


def wishes(reader: Any, records: Sequence[Record]) -> list[Wish]:
    """The merges asked for and not settled yet, the oldest first."""
    sql = "select id, version, about, said, remark from follow_up where gone is null and state = 'open' and cause = ? order by id"
    by_key, out = {record.key: record for record in records}, list[Wish]()
    for row_id, version, about, said, words in reader.execute(sql, (WISH,)).fetchall():
        (key, _, one), (_, _, other) = str(about).partition(":"), str(said).partition(":")
        if key in by_key and other:
            out.append(Wish(int(row_id), int(version), by_key[key], decode(one), decode(other), str(words)))
    return out


def _wished(reader: Any, records: Sequence[Record]) -> list[tuple[Record, Pair]]:
    """The pairs somebody asked to be merged and that still are two."""
    found = []
    for wish in wishes(reader, records):
        one, other = get(reader, wish.record, wish.one), get(reader, wish.record, wish.other)
        if one is not None and other is not None and wish.record.compare is not None:
            evidence = wish.record.compare(one, other)
            evidence.reasons = [Text("asked for by {words}", words=wish.words)]
            found.append((wish.record, Pair(one, other, evidence)))
    return found


def pairs(reader: Any, records: Sequence[Record], told: Callable[[int, int], None]) -> list[tuple[Record, Pair]]:
    """The pairs somebody asked to be merged; then every pair of all records that are compared, the surest first of each."""
    wished = _wished(reader, records)
    known = {frozenset((pair.one["id"], pair.other["id"])) for _, pair in wished}
    scanned = [(record, pair) for record in records if record.compare for pair in alike.scan(reader, record, told)]
    return [*wished, *((record, pair) for record, pair in scanned if frozenset((pair.one["id"], pair.other["id"])) not in known)]


def same_code(reader: Any, row: Row) -> str:
    """The name of another living client with the credit code of this one, which is no office of the same house and of which
    nobody said that it is another; '' where there is none."""
    (term,) = key_terms([f"c{row['credit_code']}"]) or [""]
    if not term:
        return ""
    apart = alike.kept_apart(reader, ACCOUNT, int(row["id"]))
    for found in search.ending(reader, ACCOUNT, term, alike.EACH):
        other = get(reader, ACCOUNT, found) if found != row["id"] and found not in apart else None
        if other is not None and other["credit_code"] == row["credit_code"] and related(row, other) is None and not _of_one_house(row, other):
            return str(other["name"])
    return ""


def _of_one_house(one: Row, other: Row) -> bool:
    return one["parent_id"] is not None and one["parent_id"] == other["parent_id"]


class Past:
    """A merge that stands: when, who, what went into what."""

    def __init__(self, merge_id: int, record: Record, at: str, who: str, lost: str, kept: str) -> None:
        self.id, self.record, self.at, self.who, self.lost, self.kept = merge_id, record, at, who, lost, kept


def merges(reader: Any, records: Sequence[Record]) -> list[Past]:
    """The newest merges that stand."""
    found: list[Past] = []
    for record in records:
        if record.compare:
            sql = (
                f"select m.id, c.at, c.who, l.{record.name}, k.{record.name} from merged as m join change as c on c.id = m.entry"
                f" join {record.key} as l on l.id = m.lost join {record.key} as k on k.id = m.kept"
                f" where m.record = ? and m.gone is null order by m.id desc limit {MOST_MERGES}"
            )
            found += [Past(row[0], record, *row[1:]) for row in reader.execute(sql, (record.key,)).fetchall()]
    return sorted(found, key=lambda past: -past.id)
