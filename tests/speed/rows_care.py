"""The month's plan proposed for many clients at once: each with stays of two years, visits, bills and people; 100,000 at size 1."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from crm_desktop.desk.desk import Desk
from crm_desktop.desk.records import STAFF
from crm_desktop.duties import RECORDS
from crm_desktop.duties.care import queries_proposal
from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.duties.stays.records import HOTEL, STAY
from crm_desktop.duties.visits.records import VISIT
from crm_desktop.record.dates import business_date, days_before
from crm_desktop.record.record import Record
from crm_desktop.record.record import Row as Values
from crm_desktop.store.store import Store

from .ground import Ground
from .measure import RUNS, Row, child, middle, most, seconds, unmeasured
from .rows_window import window_reason

FEW, MANY = 5_000, 100_000
GRID_MS = 50
STAYS, VISITS = 6, 2  # of a client
SELLERS = 40


def care_rows(_ground: Ground, factor: float) -> Iterator[Row]:
    """A few clients, and many."""
    for count, limit, runs in ((FEW, 2.0, 3), (MANY, 40.0, 1)):
        clients = max(60, round(count * factor))
        with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "crm.db", RECORDS, create=True) as store:
            fill(store, clients)
            with closing(store.open_reader()) as reader:
                work = partial(queries_proposal.proposal, reader, _next_month(), step=_nobody_waits)
                took = middle([seconds(work) for _ in range(runs)])
                yield most(f"care: a month proposed for {clients:,} clients, s", took, None, f"<= {limit:.0f} s", limit)
    yield from _grid_rows()


def _grid_rows() -> Iterator[Row]:
    """The plan of visits of two hundred sellers for a month, scrolled."""
    name = "care: plan of visits, 200 sellers x 31 days, scrolled, longest gap, ms"
    if reason := window_reason("crm_desktop.ui.lists"):
        yield unmeasured(name, reason)
        return
    runs = [child("visit-grid") for _ in range(RUNS)]
    yield most(name, middle([run["gap"] for run in runs]), None, f"<= {GRID_MS} ms", GRID_MS)
    for each in ("cpu", "steps", "shown"):
        yield Row(f"care: plan of visits, {each}", middle([run[each] for run in runs]), None, "for information", None)


def _nobody_waits(_done: int, _total: int) -> None:
    """A progress nobody looks at."""


def _next_month() -> str:
    year, month = int(business_date()[:4]), int(business_date()[5:7])
    return f"{year + month // 12:04d}-{month % 12 + 1:02d}"


def fill(store: Any, clients: int) -> None:
    """Clients of all classes with what speaks for and against a touch, the same every time."""
    dice, desk, today = random.Random("care"), Desk(store, "高澄"), business_date()
    hotel = desk.save(HOTEL, None, 0, {"code": "H", "name": "H"}).rows[0][1]
    sellers = [desk.save(STAFF, None, 0, {"name": f"S{n}"}).rows[0][1] for n in range(SELLERS)]
    first = desk.save(ACCOUNT, None, 0, {"name": "c", "code": "c", "kind": "company"}).rows[0][1]
    pattern: dict[str, Values] = {
        ACCOUNT.key: {"name": "c0", "code": "0", "kind": "company"}, PERSON.key: {"name": "p", "account_id": first, "role": "decision-maker", "birthday": "1980-01-01"},
        STAY.key: {"hotel_id": hotel, "company_id": first, "arrival": today, "departure": today, "rate": 40_000, "status": "Check-Out"},
        VISIT.key: {"account_id": first, "day": today},
    }  # fmt: skip
    rows: dict[str, list[Values]] = {key: [] for key in pattern}
    for n in range(clients):
        key = 10_000_000 + n
        level = dice.choices("ABCD", (6, 17, 37, 40))[0]
        ends = days_before(today, dice.randint(-400, 60))
        rows[ACCOUNT.key].append({"id": key, "name": f"client {n}", "code": f"K{n}", "level": level, "owner_id": dice.choice(sellers), "district": f"d{n % 12}", "agreement_to": ends})
        rows[PERSON.key].append({"id": 20_000_000 + n, "account_id": key, "name": f"boss {n}", "birth_day": f"{dice.randint(1, 12):02d}-{dice.randint(1, 28):02d}"})
        for at in range(STAYS):
            arrival = days_before(today, dice.randint(0, 720))
            rows[STAY.key].append({"id": 30_000_000 + n * STAYS + at, "company_id": key, "arrival": arrival, "departure": arrival, "nights": dice.randint(1, 4)})
        rows[VISIT.key] += [{"id": 40_000_000 + n * VISITS + at, "account_id": key, "day": days_before(today, dice.randint(1, 300))} for at in range(VISITS)]
    for record in (ACCOUNT, PERSON, STAY, VISIT):
        _clone(desk, store, record, pattern[record.key], rows[record.key])


def _clone(desk: Desk, store: Any, record: Record, values: Values, rows: list[Values]) -> None:
    """Rows like one that was saved, written as the import of a file would be too slow to measure with."""
    saved = desk.save(record, None, 0, values).rows[0][1]
    found = store.writer.execute(f"select * from {record.key} where id = ?", (saved,))
    names = [column[0] for column in found.description]
    base = dict(zip(names, found.fetchone(), strict=True))
    sql = f"insert into {record.key} ({', '.join(names)}) values ({', '.join('?' * len(names))})"
    store.writer.execute("begin")
    for row in rows:
        store.writer.execute(sql, [row.get(name, base[name]) for name in names])
    store.writer.execute("commit")
