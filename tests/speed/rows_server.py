"""Rows of a department's server: moving in, finding, a page, a save, and eight seats on twenty rows, over TLS on this PC."""

from __future__ import annotations

import contextlib
import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator

from crm_desktop.desk.desk import Desk
from crm_desktop.duties import RECORDS
from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.duties.stays.records import STAY
from crm_desktop.server import moving
from crm_desktop.store import pages, search
from crm_desktop.store.pages import ListQuery
from crm_desktop.store.store import Store
from tests import postgres

from . import data, raw, rows, rows_find
from .ground import Ground
from .measure import ROOT, Row, each_ms, most, percentile, unmeasured

SETTINGS = ("shared_buffers=1GB", "max_wal_size=4GB")  # of a small server, as docs/server.md has it
PLACES = 60
SAVES = 200
SEATS, HOT_ROWS, HOT_SAVES = 8, 20, 25
LEAST_MOVED = 20_000  # rows a second

SEAT = """
import json, sys, time
from crm_desktop.desk.desk import Conflict, Desk
from crm_desktop.duties import RECORDS
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.store.store import Store
def save(row_id):
    while True:
        row = desk.get(ACCOUNT, row_id)
        begun = time.perf_counter()
        try:
            desk.save(ACCOUNT, row["id"], row["version"], {"remark": row["remark"] + "."})
            return (time.perf_counter() - begun) * 1000
        except Conflict:
            pass
with Store(sys.argv[1], RECORDS) as store:
    desk, ids = Desk(store, "speed"), json.loads(sys.argv[2])
    first = save(ids[0])
    print("at work", flush=True)
    sys.stdin.readline()
    times = [save(ids[n % len(ids)]) for n in range(int(sys.argv[3]))]
print(json.dumps([first, times]))
"""


def server_rows(ground: Ground, factor: float) -> Iterator[Row]:
    """Everything on a copy of the database of this size."""
    programs = postgres.binaries()
    if programs is None:
        yield unmeasured("server", "PostgreSQL is not installed here")
        return
    server = postgres.Server(programs, safe=True, settings=SETTINGS)
    try:
        with ground.scratch(ground.dataset(factor)) as place:
            address = server.fresh_database()
            begun = time.perf_counter()
            moved = moving.to_server(place.path, address, RECORDS).total
            rate = moved / (time.perf_counter() - begun)
            with contextlib.closing(raw.connect(place.raw_path)) as plain:
                words = [piece for _, piece in rows.pieces(plain)]
            with Store(address, RECORDS) as store:
                yield Row(f"server_move ({moved:,} rows with their log, tables made), rows/s", rate, None, f">= {LEAST_MOVED:,}", rate >= LEAST_MOVED)
                with contextlib.closing(store.open_reader()) as reader:
                    yield from _read(reader, words)
                    yield from rows_find.checks(reader, "server", "server_duplicate_check")
                yield from _save(store)
                yield from _together(store)
    finally:
        server.remove()


def _read(reader: object, words: list[str]) -> Iterator[Row]:
    once = each_ms(lambda word: search.find(reader, word, 20, (ACCOUNT, PERSON)), words)
    yield most("server_search one word p95, ms", percentile(once, 0.95), None, "<= 5 ms", 5)
    pairs = [f"{one} {other}" for one, other in zip(words[::2], words[1::2], strict=False)]
    yield most("server_search two words p95, ms", percentile(each_ms(lambda word: search.find(reader, word, 20, (ACCOUNT, PERSON)), pairs), 0.95), None, "<= 60 ms", 60)
    total = pages.count(reader, ListQuery(STAY))
    query, dice = ListQuery(STAY), random.Random(f"{data.SEED} places")
    found = [pages.fetch(reader, query, skip=dice.randrange(total), limit=1)[0] for _ in range(PLACES)]
    page = each_ms(lambda row: pages.fetch(reader, query, start=(row[1], row[0])), found)
    yield most("server_page p95, ms", percentile(page, 0.95), None, "<= 5 ms", 5)


def _save(store: Store) -> Iterator[Row]:
    desk = Desk(store, "speed")
    chosen = store.writer.execute("select id, version, rate from stay where gone is null order by booking_no limit ?", (SAVES,)).fetchall()
    took = each_ms(lambda row: desk.save(STAY, row[0], row[1], {"rate": row[2] + 1000}), chosen)
    yield most("server_save p95, ms", percentile(took, 0.95), None, "<= 10 ms", 10)


def _together(store: Store) -> Iterator[Row]:
    """Eight programs on the same twenty clients: what is typed is in them all, and how long one waits."""
    ids = [row[0] for row in store.writer.execute("select id from account where gone is null and remark = '' order by id limit ?", (HOT_ROWS,)).fetchall()]
    words = [sys.executable, "-c", SEAT, str(store.address), json.dumps(ids), str(HOT_SAVES)]
    seats = [subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) for _ in range(SEATS)]
    for seat in seats:  # all are signed in and have saved once before they begin
        assert seat.stdout
        assert seat.stdout.readline() == "at work\n"
    for seat in seats:
        assert seat.stdin
        seat.stdin.write("begin\n")
        seat.stdin.flush()
    told = [json.loads(seat.communicate()[0]) for seat in seats]
    took = [one for _, times in told for one in times]
    kept = sum(len(row[0]) for row_id in ids for row in store.writer.execute("select remark from account where id = ?", (row_id,)).fetchall())
    yield most("server_hot_save p95, ms", percentile(took, 0.95), None, "<= 50 ms", 50)
    yield Row("server_first_save of a seat that was just started, eight at once, slowest, ms", max(first for first, _ in told), None, "-", None)
    yield most("server_lost_edits", SEATS * (HOT_SAVES + 1) - kept, None, "0", 0)
