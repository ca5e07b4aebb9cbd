"""The ledger: what is open today and on a past day, in total and by client, and a receipt applied; 200,000 invoices at size 1.

The raw way joins invoices, the receipts up to the day, and accounts, in one statement."""

from __future__ import annotations

import csv
import datetime as dt
import random
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

from crm_desktop.desk.desk import Desk
from crm_desktop.duties import RECORDS, mappings
from crm_desktop.duties.credit import queries_collection, queries_forecast
from crm_desktop.duties.receivables import actions, queries
from crm_desktop.duties.receivables.records import RECEIVABLE
from crm_desktop.exchange import importing
from crm_desktop.exchange.text_file import read_table
from crm_desktop.record.dates import business_date, days_before
from crm_desktop.store.store import Store

from . import raw
from .ground import Ground
from .measure import Row, middle, most, seconds

INVOICES, CLIENTS, OPEN_SHARE = 200_000, 3_000, 0.07
RUNS = 7
HEADINGS = ("customerID", "invoiceNumber", "InvoiceDate", "DueDate", "InvoiceAmount", "Disputed", "SettledDate")
Invoice = tuple[str, str, str, str, int, str]  # client, number, date, due, amount, settled


def ledger_rows(_ground: Ground, factor: float) -> Iterator[Row]:
    """All of them, in databases of their own."""
    invoices = _invoices(max(200, int(INVOICES * factor)))
    with tempfile.TemporaryDirectory() as folder:
        plain = _raw(Path(folder) / "raw.sqlite", invoices)
        with Store(Path(folder) / "crm.db", RECORDS, create=True) as store, closing(plain), closing(store.open_reader()) as reader:
            desk = Desk(store, "高澄")
            took = seconds(partial(_fill, desk, reader, Path(folder), invoices))
            yield Row(f"ledger: {len(invoices):,} invoices with their receipts imported, s", took, None, "for information", None)
            yield from _ageing(reader, plain)
            yield from _applying(desk)
            yield _calls(reader)
            yield _forecast(reader)


def _invoices(count: int) -> list[Invoice]:
    dice, today = random.Random("ledger"), dt.date.fromisoformat(business_date())
    found: list[Invoice] = []
    for number in range(count):
        billed = today - dt.timedelta(dice.randrange(1, 1_000))
        due = billed + dt.timedelta(30)
        paid = due + dt.timedelta(dice.randrange(-20, 60))
        settled = paid.isoformat() if paid <= today and dice.random() > OPEN_SHARE else ""
        found.append((f"C{dice.randrange(CLIENTS):05d}", f"N{number:07d}", billed.isoformat(), due.isoformat(), dice.randrange(100, 5_000_000), settled))
    return found


def _fill(desk: Desk, reader: Any, folder: Path, invoices: list[Invoice]) -> None:
    path = folder / "invoices.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(HEADINGS)
        out.writerows((client, number, day, due, f"{amount // 100}.{amount % 100:02d}", "No", paid) for client, number, day, due, amount, paid in invoices)
    table = read_table(path)
    ready = importing.prepare(reader, desk.store.keys, desk.store.by_key, table, mappings.choose(RECEIVABLE, table.headings))
    importing.write(desk, ready)


def _raw(path: Path, invoices: list[Invoice]) -> sqlite3.Connection:
    db = raw.connect(path)
    db.execute("begin")
    db.execute("create table account (id integer primary key, code text)")
    db.execute("create table invoice (id integer primary key, account_id integer, bill_date text, due text, amount integer)")
    db.execute("create table receipt (id integer primary key, invoice_id integer, day text, amount integer)")
    codes = {code: at for at, code in enumerate(sorted({invoice[0] for invoice in invoices}), 1)}
    db.executemany("insert into account values (?, ?)", ((at, code) for code, at in codes.items()))
    db.executemany("insert into invoice values (?, ?, ?, ?, ?)", ((at, codes[one[0]], *one[2:5]) for at, one in enumerate(invoices, 1)))
    db.executemany("insert into receipt (invoice_id, day, amount) values (?, ?, ?)", ((at, one[5], one[4]) for at, one in enumerate(invoices, 1) if one[5]))
    for sql in ("invoice (account_id)", "invoice (bill_date)", "receipt (invoice_id)", "receipt (day)"):
        table, column = sql.rstrip(")").split(" (")
        db.execute(f"create index {table}_{column} on {sql}")
    db.execute("commit")
    db.execute("analyze")
    return db


def _raw_ageing(db: sqlite3.Connection, day: str, key: str) -> int:
    owes = "i.amount - coalesce(p.paid, 0)"
    cuts = ["0000", *(days_before(day, days) for days in (90, 60, 30, 0)), "9999"]
    buckets = ", ".join(f"sum(case when i.due >= '{low}' and i.due < '{high}' then {owes} else 0 end)" for low, high in pairwise(cuts))
    sql = (
        f"select {key}, {buckets}, count(*) from invoice as i join account as a on a.id = i.account_id"
        " left join (select invoice_id, sum(amount) as paid from receipt where day <= ? group by invoice_id) as p on p.invoice_id = i.id"
        f" where i.bill_date <= ? and {owes} <> 0 group by 1"
    )
    found = db.execute(sql, (day, day)).fetchall()
    return sum(sum(row[1:6]) for row in found)


def _ageing(reader: Any, db: sqlite3.Connection) -> Iterator[Row]:
    today = business_date()
    for words, day, bar in (("today", today, 0.25), ("45 days ago", days_before(today, 45), 1.0), ("400 days ago", days_before(today, 400), 1.0)):
        for by in ("", "by client"):
            key = "a.code" if by else "''"
            ours = (lambda day=day: queries.ageing_by(reader, "account_id", day)) if by else (lambda day=day: queries.ageing(reader, day))  # type: ignore[misc]
            owed = sum(aged.owes for aged in queries.ageing(reader, day))
            same = owed == _raw_ageing(db, day, key)
            mine, theirs = middle([seconds(ours) for _ in range(RUNS)]), middle([seconds(lambda day=day, key=key: _raw_ageing(db, day, key)) for _ in range(RUNS)])  # type: ignore[misc]
            yield Row(f"ledger: ageing {words} {by or 'in total'}, ms", 1000 * mine, 1000 * theirs, f"<= {bar}x raw, the same sum", same and mine <= bar * theirs)


def _calls(reader: Any) -> Row:
    """The call sheet of the day; what the rates are worked out from is known after the first."""
    took = [1000 * seconds(partial(queries_collection.calls, reader, business_date())) for _ in range(RUNS)]
    return most("ledger: the call sheet, ms", middle(took), None, "< 200 ms", 200)


def _forecast(reader: Any) -> Row:
    """When every open bill is expected: learned anew, as after a receipt."""

    def learn() -> None:
        queries_forecast._LEARNED.clear()
        queries_forecast.learned(reader, business_date())

    return Row("ledger: the forecast learned anew, ms", 1000 * middle([seconds(learn) for _ in range(3)]), None, "for information", None)


def _applying(desk: Desk) -> Iterator[Row]:
    """A receipt of a client applied to its oldest bills."""
    found = desk.store.writer.execute("select id, account_id, balance from receivable where gone is null and balance > 2000 order by due limit 60").fetchall()

    def take(row: Any) -> None:
        actions.take_receipt(desk, {"amount": 1_000, "account_id": row[1]}, [(row[0], 1_000)])

    took = [1000 * seconds(partial(take, row)) for row in found]
    yield most("ledger: a receipt taken and applied, ms", middle(took), None, "< 10 ms", 10)
