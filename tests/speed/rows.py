"""Rows that only read: search, lists, reports, export, and how they grow with ten times the rows."""

from __future__ import annotations

import datetime as dt
import random
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.duties.stays import queries
from crm_desktop.duties.stays.records import STAY
from crm_desktop.exchange import csv_out
from crm_desktop.record.duty import Filter
from crm_desktop.record.terms import SHORT, sort_key
from crm_desktop.store import pages, search
from crm_desktop.store.pages import ListQuery

from . import data, raw
from .ground import Dataset, Ground
from .measure import Row, alternate, child, each_ms, middle, most, percentile, rss_mb, seconds, unmeasured

PIECES = 300
DATES = 60
PRODUCTION_RUNS = 3
WORKBOOK_GROWTH_MB = 200
EXPORT_GROWTH_MB = 64


class Pair:
    """Both databases of a size, open for reading."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self.store = dataset.open()
        self.reader = self.store.open_reader()
        self.raw = raw.connect(dataset.raw_path)

    def close(self) -> None:
        """Let go of both."""
        self.reader.close()
        self.store.close()
        self.raw.close()

    def __enter__(self) -> Pair:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


Piece = tuple[str, str]  # (raw column it is a piece of, what is typed)


def pieces(connection: sqlite3.Connection) -> list[Piece]:
    """Pieces of names, pinyin and initials that people would type; half of them of one or two characters. So few Latin letters begin a word."""
    dice = random.Random(f"{data.SEED} pieces")
    names = [row[0] for row in connection.execute("select name from person union all select name from account")]
    found: list[Piece] = []
    while len(found) < PIECES:
        column, parts = dice.choice(_readings(dice.choice(dice.choice(names).split())))
        if parts:
            start = dice.randrange(len(parts))
            piece = "".join(parts[start:])[: dice.choice((1, 2, 2, 3, 4, 6))].lower()
            begins = column != "name" or not piece.isascii() or len(piece) > SHORT
            found.append((column, piece if begins else "".join(parts)[: len(piece)].lower()))
    return found


def _readings(word: str) -> list[tuple[str, list[str]]]:
    """A word in the ways it is typed: raw column -> the parts a piece may begin at."""
    syllables = sort_key(word).split()
    if word.isascii() or len(syllables) != len(word):  # a Latin word is typed as it stands
        return [("name", list(word))]
    return [("name", list(word)), ("pinyin", syllables), ("initials", [syllable[0] for syllable in syllables])]


def _ours_find(pair: Pair, piece: Piece) -> list[Any]:
    return list(search.find(pair.reader, piece[1], 12, (ACCOUNT, PERSON)))


def _raw_find(pair: Pair, piece: Piece) -> list[Any]:
    return raw.search(pair.raw, *piece)


def search_rows(ground: Ground, factor: float) -> Iterator[Row]:
    """Search at this size, and at 100,000 clients when that is another size."""
    for at in dict.fromkeys((factor, min(factor, 1.0))):
        with Pair(ground.dataset(at)) as pair:
            yield from _search(pair, f"{pair.dataset.size.clients:,} clients")


def _search(pair: Pair, where: str) -> Iterator[Row]:
    asked = pieces(pair.raw)
    ours, theirs = alternate(
        lambda: each_ms(partial(_ours_find, pair), asked), lambda: each_ms(partial(_raw_find, pair), asked)
    )
    for name, share in (("p50", 0.5), ("p95", 0.95)):
        value, base = middle([percentile(run, share) for run in ours]), middle([percentile(run, share) for run in theirs])
        bar = "p95 <= 0.1x raw LIKE and <= 2 ms" if name == "p95" else "for information"
        met = value <= 2 and value <= 0.1 * base if name == "p95" else None
        yield Row(f"search {where} {name}, ms", value, base, bar, met)
    short = [piece for piece in asked if len(piece[1]) <= 2]
    missed = sum(not _ours_find(pair, piece) for piece in short)
    yield Row(f"search {where}: pieces of 1-2 characters that find nothing, of {len(short)}", missed, 0, "0", missed == 0)


Step = tuple[str, Callable[[], object], Callable[[], object]]


def _ours_page(pair: Pair, sort: str = "", descending: bool = False, filters: Sequence[Filter] = (), backwards: bool = False) -> object:
    query = ListQuery(STAY, filters, sort, descending)
    return pages.fetch(pair.reader, query, backwards=backwards, limit=100)


def _first_visit(pair: Pair) -> object:
    _ours_page(pair)
    return pages.count(pair.reader, ListQuery(STAY))


def _raw_first_visit(pair: Pair) -> object:
    raw.list_page(pair.raw, "arrival", "desc")
    return pair.raw.execute("select count(*) from stay").fetchone()


def _one(pair: Pair, sql: str) -> Any:
    return pair.raw.execute(sql).fetchone()[0]


def list_steps(pair: Pair) -> list[Step]:
    """What a person does with the list of all stays: (name, ours, raw)."""
    steps: list[Step] = [
        ("first page and count", partial(_first_visit, pair), partial(_raw_first_visit, pair)),
        ("first page again", partial(_ours_page, pair), partial(raw.list_page, pair.raw, "arrival", "desc")),
        ("jump to the end", partial(_ours_page, pair, backwards=True), partial(raw.list_page, pair.raw, "arrival", "asc")),
    ]
    for sort in STAY.sortable:
        for down in (False, True):
            way = "desc" if down else "asc"
            steps.append((f"re-sort {sort} {way}", partial(_ours_page, pair, sort, down), partial(raw.list_page, pair.raw, sort, way)))
    for name, sql, value, filters in list_filters(pair):
        steps.append((f"filter {name}", partial(_ours_page, pair, filters=filters), partial(raw.list_page, pair.raw, "arrival", "desc", sql, (value,))))
    return steps


def list_filters(pair: Pair) -> list[tuple[str, str, Any, list[Filter]]]:
    """Filters people use, common and rare: (name, raw condition, raw value, ours)."""
    agency = _one(pair, "select agency_id from stay where agency_id is not null group by 1 order by count(*) limit 1")
    return [
        ("status common", "status = ?", "Check-Out", [("status", "=", "Check-Out")]),
        ("status rare", "status = ?", "No-Show", [("status", "=", "No-Show")]),
        ("status absent", "status = ?", "In-House", [("status", "=", "In-House")]),
        ("segment rare", "segment = ?", "Aviation", [("segment", "=", "Aviation")]),
        ("one day", "arrival = ?", "2023-05-17", [("arrival", "=", "2023-05-17")]),
        ("small agency", "agency_id = ?", agency, [("agency_id", "=", agency)]),
        ("words of a guest", "guest_id in (select id from person where pinyin like ?)", "%wangwei%", [("*", "find", "wangwei")]),
        ("words of an agency", "agency_id in (select id from account where name like ?)", "%Travel%", [("*", "find", "travel")]),
    ]  # fmt: skip


def _times(steps: Sequence[Step], which: int) -> dict[str, float]:
    return {step[0]: 1000 * seconds(step[which]) for step in steps}  # type: ignore[arg-type]


def list_rows(ground: Ground, factor: float) -> Iterator[Row]:
    """The list straight from the store: what must be there before anything is painted."""
    with Pair(ground.dataset(factor)) as pair:
        steps = list_steps(pair)
        ours, theirs = alternate(lambda: _times(steps, 1), lambda: _times(steps, 2))
        for name, _, _ in steps:
            limit = 150 if name == "first page and count" else 50
            value, base = middle([run[name] for run in ours]), middle([run[name] for run in theirs])
            yield most(f"list (store): {name}, ms", value, base, f"<= {limit} ms", limit)
        yield from _counts(pair)
    yield _list_memory(pair.dataset)


def _counts(pair: Pair) -> Iterator[Row]:
    """How long until the scroll bar is right; and a drag of it to the middle. No bar of their own."""
    filters = list_filters(pair)
    ours = [each_ms(lambda f: pages.count(pair.reader, ListQuery(STAY, f[3])), filters) for _ in range(3)]
    worst = max(zip(map(middle, zip(*ours, strict=True)), (f[0] for f in filters), strict=True))
    yield Row(f"list (store): slowest count of a filtered list ({worst[1]}), ms", worst[0], None, "for information", None)
    half = pair.dataset.size.stays // 2
    times = [1000 * seconds(lambda: pages.fetch(pair.reader, ListQuery(STAY), skip=half)) for _ in range(3)]
    yield Row("list (store): drag to the middle, ms", middle(times), None, "for information", None)


def _list_memory(dataset: Dataset) -> Row:
    name, limit = "list (store): memory growth over 300 pages, MB", 150
    if rss_mb() is None:
        return unmeasured(name, "this system does not tell a process's memory")
    return most(name, child("list-memory", str(dataset.path))["growth"], None, f"< {limit} MB", limit)


def _dates() -> list[str]:
    dice = random.Random(f"{data.SEED} dates")
    return [(data.FIRST_DAY + dt.timedelta(dice.randrange(data.DAYS))).isoformat() for _ in range(DATES)]


def report_rows(ground: Ground, factor: float) -> Iterator[Row]:
    """In house on any date, and production by agency."""
    with Pair(ground.dataset(factor)) as pair:
        longest, days = queries.longest_stay(pair.reader), _dates()
        ours, theirs = alternate(
            lambda: max(each_ms(lambda day: queries.daily(pair.reader, "in-house", day), days)),
            lambda: max(each_ms(lambda day: raw.in_house(pair.raw, day, longest), days)),
        )
        yield most(f"in house, slowest of {DATES} dates, ms", middle(ours), middle(theirs), "<= 20 ms", 20)
        ours, theirs = alternate(
            lambda: 1000 * seconds(lambda: queries.production(pair.reader, "agency")),
            lambda: 1000 * seconds(lambda: raw.production(pair.raw)),
        )
        value, base = middle(ours), middle(theirs)
        yield Row("production by agency, ms", value, base, "<= 2x raw SQL", value <= 2 * base)
        yield from _more_reports(pair)


def _more_reports(pair: Pair) -> Iterator[Row]:
    """What a person waits for beside them; no bar of their own."""
    largest = _one(pair, "select agency_id from stay where agency_id is not null group by 1 order by count(*) desc limit 1")
    last = data.FIRST_DAY + dt.timedelta(data.DAYS)
    works = {
        "production by agency in one year": lambda: queries.production(pair.reader, "agency", "2023-01-01", "2023-12-31"),
        "production by segment": lambda: queries.production(pair.reader, "segment"),
        "figures of the largest agency's sheet": lambda: queries.figures(pair.reader, "account", largest, last.isoformat()),
    }
    for name, work in works.items():
        yield Row(f"{name}, ms", middle([1000 * seconds(work) for _ in range(3)]), None, "for information", None)


def export_rows(ground: Ground, factor: float) -> Iterator[Row]:
    """Every stay with what it refers to, as CSV."""
    dataset = ground.dataset(factor)
    with Pair(dataset) as pair, ground.scratch() as place:
        folder = place.path.parent
        ours, theirs = alternate(
            lambda: seconds(lambda: csv_out.export(pair.reader, ListQuery(STAY), folder / "ours.csv", by_id=True)),
            lambda: seconds(lambda: raw.export(pair.raw, folder / "raw.csv")),
            warm=False,
        )
    value, base = dataset.size.stays / middle(ours), dataset.size.stays / middle(theirs)
    yield Row("export of all stays joined, rows/s", value, base, ">= 0.75x raw", value >= 0.75 * base)
    name = "export: peak memory growth, MB"
    if rss_mb() is None:
        yield unmeasured(name, "this system does not tell a process's memory")
    else:
        growth = child("export-memory", str(dataset.path))["growth"]
        yield most(name, growth, None, f"<= {EXPORT_GROWTH_MB} MB at any size", EXPORT_GROWTH_MB)
        book = child("workbook-memory", str(dataset.path))
        yield most(f"workbook of {book['rows']:,} people: peak memory growth, MB", book["growth"], None, f"<= {WORKBOOK_GROWTH_MB} MB", WORKBOOK_GROWTH_MB)
        yield Row("workbook of all people, rows/s", book["rows"] / book["seconds"], None, "for information", None)


def ten_times_rows(ground: Ground, factor: float) -> Iterator[Row]:
    """This size against a tenth of it (in the column `raw`)."""
    with Pair(ground.dataset(factor)) as large, Pair(ground.dataset(factor / 10)) as small:
        asked, less = pieces(large.raw), pieces(small.raw)
        ours, theirs = alternate(
            lambda: each_ms(partial(_ours_find, large), asked), lambda: each_ms(partial(_ours_find, small), less)
        )
        for name, share in (("p50", 0.5), ("p95", 0.95)):
            value, base = middle([percentile(run, share) for run in ours]), middle([percentile(run, share) for run in theirs])
            yield _no_slower(f"ten times the rows: search {name}, ms", value, base)
        yield from _ten_times_list(large, small)


def _ten_times_list(large: Pair, small: Pair) -> Iterator[Row]:
    big, little = _full_pages(list_steps(large)), _full_pages(list_steps(small))
    ours, theirs = alternate(lambda: _times(big, 1), lambda: _times(little, 1))
    for name, _, _ in big:
        value, base = middle([run[name] for run in ours]), middle([run[name] for run in theirs])
        yield _no_slower(f"ten times the rows: list {name}, ms", value, base)


def _full_pages(steps: Sequence[Step]) -> list[Step]:
    """The steps that fill a page at any size: what finds ten times more in ten times the rows is no comparison."""
    return [step for step in steps if "again" in step[0] or "end" in step[0] or "sort" in step[0] or "status common" in step[0]]


def _no_slower(name: str, value: float, base: float) -> Row:
    return Row(name, value, base, "<= 1.5x a tenth of the rows", value <= 1.5 * base)


def export_to(reader: Any, path: Path) -> int:
    """The whole export, for the part that watches memory."""
    return csv_out.export(reader, ListQuery(STAY), path, by_id=True)
