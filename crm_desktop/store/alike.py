"""Rows that may be one: found by the keys they share in the search index, then compared; no table is read through."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import combinations, groupby
from operator import itemgetter
from typing import Any

from crm_desktop.record.alike import HINT, HINT_KEY, WARN, Alike, Evidence, key_terms
from crm_desktop.record.record import Record, Row
from crm_desktop.record.terms import KEY
from crm_desktop.store import catalog, search
from crm_desktop.store.index_check import vocabulary
from crm_desktop.store.schema import LIVING

EACH = 20  # rows looked at for one key
CROWD = 40  # a key that more rows share is a switchboard, not one client
BLOCK = 300
SHOWN = 5
MOST_PAIRS = 2_000
AFTER_KEY = chr(ord(KEY) + 1)
Told = Callable[[int, int], None]


class Pair:
    """Two rows that may be one."""

    __slots__ = ("one", "other", "reasons", "score")

    def __init__(self, one: Row, other: Row, found: Evidence) -> None:
        self.one, self.other, self.score, self.reasons = one, other, found.score, found.reasons


def check(reader: Any, record: Record, values: Row, row_id: int | None = None, *, least: int = HINT) -> list[Alike]:
    """The rows that what is typed here may be, the surest first."""
    if record.compare is None:
        return []
    ids: dict[int, None] = {}
    for term in key_terms(record.alike(values)):
        if least >= WARN and term.startswith(KEY + HINT_KEY):
            continue  # alone it never says that much, and many share it
        ids.update(dict.fromkeys(search.ending(reader, record, term, EACH)))
    left = [found for found in ids if found != row_id]
    if not left:
        return []
    apart = kept_apart(reader, record, row_id) if row_id is not None else set()
    rows = _read(reader, record, [found for found in left if found not in apart])
    here = values | {"id": row_id}
    scored = [(record.compare(here, row), row) for row in rows.values()]
    sure = sorted((pair for pair in scored if pair[0].score >= least), key=lambda pair: (-pair[0].score, -int(pair[1]["id"] or 0)))
    notes = search.notes(reader, record, [row["id"] for _, row in sure[:SHOWN]])
    return [Alike(row["id"], row[record.name], notes.get(row["id"], ""), found.score, found.reasons) for found, row in sure[:SHOWN]]


def kept_apart(reader: Any, record: Record, row_id: int) -> set[int]:
    """Rows of which somebody said that they are not this one."""
    sql = f"select {{}} from different where {{}} = ? and record = ? and {LIVING}"
    found: set[int] = set()
    for column, by in (("other", "one"), ("one", "other")):
        found |= {int(row[0]) for row in reader.execute(sql.format(column, by), (row_id, record.key)).fetchall()}
    return found


def scan(reader: Any, record: Record, told: Told, *, least: int = WARN) -> list[Pair]:
    """Every pair of living rows that may be one, the surest first; `told(done, total)` is called all the time and may raise."""
    assert record.compare is not None
    pairs = sorted(_sharing(reader, record, told) - _all_apart(reader, record))
    found: list[Pair] = []
    for at in range(0, len(pairs), BLOCK):
        told(at, len(pairs))
        block = pairs[at : at + BLOCK]
        rows = _read(reader, record, {row_id for pair in block for row_id in pair})
        for one, other in block:
            if one in rows and other in rows and (evidence := record.compare(rows[one], rows[other])).score >= least:
                found.append(Pair(rows[one], rows[other], evidence))
    found.sort(key=lambda pair: (-pair.score, pair.one["id"], pair.other["id"]))
    return found[:MOST_PAIRS]


def _sharing(reader: Any, record: Record, told: Told) -> set[tuple[int, int]]:
    """Pairs of ids that have a key in common; the index gives the keys in order, so that nothing is kept but pairs."""
    total = int(reader.execute(f"select count(*) from {record.key} where {LIVING}").fetchone()[0])
    pairs: set[tuple[int, int]] = set()
    for done, (term, group) in enumerate(groupby(_keys(reader, record), key=itemgetter(0))):
        if not done % BLOCK:
            told(0, total)
        ids = sorted(int(row[1]) for row in group)
        if 1 < len(ids) <= CROWD and not term.startswith(KEY + HINT_KEY):
            pairs.update(combinations(ids, 2))
    return pairs


def _keys(reader: Any, record: Record) -> Iterator[tuple[str, int]]:
    if catalog.is_server(reader):
        sql = f"select term, row_id from {record.key}_term where term >= ? and term < ? order by term, row_id"
        yield from reader.execute(sql, (KEY, AFTER_KEY)).fetchall()
        return
    with vocabulary(reader, record.key):
        yield from reader.execute("select term, doc from temp.words where term >= ? and term < ?", (KEY, AFTER_KEY))


def _all_apart(reader: Any, record: Record) -> set[tuple[int, int]]:
    found = reader.execute(f"select one, other from different where record = ? and {LIVING}", (record.key,)).fetchall()
    return {ordered(one, other) for one, other in found}


def _read(reader: Any, record: Record, ids: Iterable[int]) -> dict[int, Row]:
    """Living rows with name, number and the columns they are compared by."""
    columns = tuple(dict.fromkeys(("id", record.name, *filter(None, (record.code,)), *record.alike_on)))
    wanted, rows = list(ids), dict[int, Row]()
    for at in range(0, len(wanted), BLOCK):
        block = wanted[at : at + BLOCK]
        sql = f"select {', '.join(columns)} from {record.key} where id in ({', '.join('?' * len(block))}) and {LIVING}"
        rows |= {row[0]: dict(zip(columns, row, strict=True)) for row in reader.execute(sql, block).fetchall()}
    return rows


def ordered(one: int, other: int) -> tuple[int, int]:
    """A pair as `different` keeps it."""
    return min(one, other), max(one, other)


