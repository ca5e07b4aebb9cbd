"""Rows that change things: a save, an import with its undo, and how long the write lock is held."""

from __future__ import annotations

import contextlib
import random
import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from crm_desktop.desk.desk import Desk
from crm_desktop.duties import RECORDS
from crm_desktop.duties.mappings import choose
from crm_desktop.duties.stays.records import HOTEL, STAY
from crm_desktop.exchange import importing
from crm_desktop.exchange.mapping import from_headings
from crm_desktop.exchange.text_file import read_table
from crm_desktop.store.store import Store

from . import data, raw
from .ground import BOOKINGS, Dataset, Ground
from .measure import RUNS, Row, alternate, each_ms, middle, percentile, seconds, unmeasured

SAVES = 200
LOCK_RUNS = 3
LOCK_BAR = 5.0  # seconds per 100,000 rows
NEW_CHUNK = 9_000  # number of the first file of stays that no dataset holds


def save_rows(ground: Ground, factor: float) -> Iterator[Row]:
    """One field of a random stay, saved with its log entry, durably."""
    with ground.scratch(ground.dataset(factor)) as place, place.open() as store:
        rows = store.writer.execute("select id, version, rate from stay where gone is null").fetchall()
        saver = _Saver(store, place, rows)
        ours, theirs = alternate(saver.ours, saver.raw)
        saver.close()
    for name, share in (("p50", 0.5), ("p95", 0.95)):
        value, base = middle([percentile(run, share) for run in ours]), middle([percentile(run, share) for run in theirs])
        bar = "p95 <= 5x raw, or <= 2 ms" if name == "p95" else "for information"
        yield Row(f"save with log {name}, ms", value, base, bar, value <= 5 * base or value <= 2 if name == "p95" else None)


class _Saver:
    """Saves another two hundred stays each time it is asked; both ways save the same ones."""

    def __init__(self, store: Store, place: Dataset, rows: list[tuple[int, int, int]]) -> None:
        self._desk, self._connection = Desk(store, "speed"), raw.connect(place.raw_path)
        chosen = random.Random(f"{data.SEED} saves").sample(rows, min(len(rows), SAVES * (RUNS + 1)))
        blocks = [chosen[at : at + SAVES] for at in range(0, len(chosen), SAVES)]
        self._ours, self._raw = iter(blocks), iter(blocks)

    def ours(self) -> list[float]:
        """Through the desk."""
        return each_ms(self._save, next(self._ours))

    def _save(self, row: tuple[int, int, int]) -> None:
        self._desk.save(STAY, row[0], row[1], {"rate": row[2] + 1000})

    def raw(self) -> list[float]:
        """A plain UPDATE."""
        return each_ms(self._update, next(self._raw))

    def _update(self, row: tuple[int, int, int]) -> None:
        self._connection.execute("update stay set rate = ? where id = ?", (row[2] + 1000, row[0]))

    def close(self) -> None:
        """Let go of the raw file."""
        self._connection.close()


class _Run:
    """Seconds and sizes of one import of the booking file and its undo."""

    def __init__(self) -> None:
        self.read = self.convert = self.write = self.undo = 0.0
        self.size = self.size_after = self.rows = 0

    @property
    def total(self) -> float:
        """From the file to the disk."""
        return self.read + self.convert + self.write


def _bytes_of(path: Path) -> int:
    return sum(path.with_name(path.name + rest).stat().st_size for rest in ("", "-wal") if path.with_name(path.name + rest).exists())


def _import_ours(ground: Ground, path: Path) -> _Run:
    run = _Run()
    with ground.scratch() as place:
        with Store(place.path, RECORDS, create=True) as store, contextlib.closing(store.open_reader()) as reader:
            begun = time.perf_counter()
            table = read_table(path)
            mapping = choose(STAY, table.headings)
            run.read = time.perf_counter() - begun
            begun = time.perf_counter()
            prepared = importing.prepare(reader, store.keys, store.by_key, table, mapping)
            run.convert = time.perf_counter() - begun
            run.write = seconds(lambda: importing.write(Desk(store, "speed"), prepared))
            run.rows = prepared.added
        run.size = _bytes_of(place.path)
        with Store(place.path, RECORDS) as store:
            desk = Desk(store, "speed")
            run.undo = seconds(desk.undo)
        run.size_after = _bytes_of(place.path)
    return run


def _import_raw(ground: Ground, path: Path) -> float:
    with ground.scratch() as place, contextlib.closing(raw.create(place.raw_path)) as connection:
        return seconds(lambda: raw.Bookings(connection).load(path))


def import_rows(ground: Ground, _factor: float, path: Path = BOOKINGS) -> Iterator[Row]:
    """The real file of bookings into an empty database, and out again."""
    if not path.exists():
        yield unmeasured("import of the booking file, rows/s", f"{path.name} is not here")
        return
    ours, theirs = alternate(lambda: _import_ours(ground, path), lambda: _import_raw(ground, path), warm=False)
    rows, spent = ours[0].rows, middle([run.total for run in ours])
    value, base = rows / spent, rows / middle(theirs)
    yield Row("import of the booking file, rows/s", value, base, ">= 0.35x raw", value >= 0.35 * base)
    for name in ("read", "convert", "write"):
        yield Row(f"import: {name}, s", middle([getattr(run, name) for run in ours]), None, "for information", None)
    undo = middle([run.undo for run in ours])
    yield Row("undo of the import, s (raw = the import)", undo, spent, "<= 1x the import", undo <= spent)
    after, before = middle([run.size_after for run in ours]) / 1e6, middle([run.size for run in ours]) / 1e6
    yield Row("file after the undo, MB (raw = before it)", after, before, "<= 1.5x", after <= 1.5 * before)
    locked = 100_000 * middle([run.write for run in ours]) / rows
    yield Row("write lock, booking file, s per 100,000 rows", locked, None, f"<= {LOCK_BAR:g} s", locked <= LOCK_BAR)


def lock_rows(ground: Ground, factor: float) -> Iterator[Row]:
    """An import into a full database: how long nobody else can save, and a save that meets it."""
    dataset = ground.dataset(factor)
    count = min(data.CHUNK, dataset.size.stays)
    with ground.scratch(dataset) as place, place.open() as store, contextlib.closing(raw.connect(place.raw_path)) as connection:
        season = [_held(store, place, connection, NEW_CHUNK + n, count, True) for n in range(LOCK_RUNS)]
        years = _held(store, place, connection, NEW_CHUNK + LOCK_RUNS, count, False)
        waited, held_beside = _save_beside(store, place, NEW_CHUNK + LOCK_RUNS + 1, count)
    scale = 100_000 / count
    value, base = scale * middle([one for one, _ in season]), scale * middle([other for _, other in season])
    name = "write lock, import into a full database, s per 100,000 rows"
    yield Row(f"{name} of one season", value, base, f"<= {LOCK_BAR:g} s", value <= LOCK_BAR)
    yield Row(f"{name} spread over eight years", scale * years[0], scale * years[1], "for information", None)
    yield Row("a save beside that import waits, s (raw = the lock)", waited, held_beside, "it succeeds", waited > 0)


def _prepared(store: Store, place: Dataset, chunk: int, count: int, season: bool) -> importing.Prepared:
    path = data.write_stays(place.path.parent, place.size, chunk, count, season=season)
    table = read_table(path)
    with contextlib.closing(store.open_reader()) as reader:
        return importing.prepare(reader, store.keys, store.by_key, table, from_headings(STAY, table.headings))


def _held(
    store: Store, place: Dataset, connection: sqlite3.Connection, chunk: int, count: int, season: bool
) -> tuple[float, float]:
    """Seconds ours and raw take to put the same rows in."""
    prepared = _prepared(store, place, chunk, count, season)
    ours = seconds(lambda: importing.write(Desk(store, "speed"), prepared))
    return ours, seconds(lambda: raw.insert_stays(connection, prepared.columns, prepared.inserts))


def _save_beside(store: Store, place: Dataset, chunk: int, count: int) -> tuple[float, float]:
    """Seconds a save waited for an import that runs beside it, and the import took."""
    prepared, held = _prepared(store, place, chunk, count, True), [0.0]
    begun = threading.Event()

    def write() -> None:
        begun.set()
        held[0] = seconds(lambda: importing.write(Desk(store, "speed"), prepared))

    with Store(place.path, RECORDS) as other:
        row_id, version, name = other.writer.execute("select id, version, name from hotel limit 1").fetchone()
        thread = threading.Thread(target=write)
        thread.start()
        begun.wait()
        while thread.is_alive() and not store.writer.conn.in_transaction:
            time.sleep(0.001)
        waited = seconds(lambda: Desk(other, "speed").save(HOTEL, row_id, version, {"name": f"{name} *"}))
        thread.join()
        saved = other.writer.execute("select name from hotel where id = ?", (row_id,)).fetchone()[0].endswith("*")
    return (waited if saved else -1.0), held[0]
