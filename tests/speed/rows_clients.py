"""Clients from a file, with what they are found by and whom each of them may be."""

from __future__ import annotations

import contextlib
import csv
import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from crm_desktop.desk.desk import Desk
from crm_desktop.duties import RECORDS
from crm_desktop.duties.clients.records import PERSON
from crm_desktop.exchange import importing, likely
from crm_desktop.exchange.mapping import from_headings
from crm_desktop.exchange.progress import Quiet
from crm_desktop.exchange.text_file import read_table
from crm_desktop.record.terms import sort_key
from crm_desktop.store.store import Store

from . import data, raw
from .ground import Dataset, Ground
from .measure import Row, alternate, middle, seconds

BAR = 0.04


class _Run:
    def __init__(self) -> None:
        self.convert = self.alike = self.write = 0.0
        self.found = 0


def _ours(ground: Ground, dataset: Dataset, path: Path) -> _Run:
    run = _Run()
    with ground.scratch(dataset) as place, Store(place.path, RECORDS) as store, contextlib.closing(store.open_reader()) as reader:
        made: list[importing.Prepared] = []
        maybe: list[likely.Likely] = []

        def convert() -> None:
            table = read_table(path)
            made.append(importing.prepare(reader, store.keys, store.by_key, table, from_headings(PERSON, table.headings)))

        run.convert = seconds(convert)
        run.alike = seconds(lambda: maybe.extend(likely.find(reader, made[0], Quiet())))
        run.write = seconds(lambda: importing.write(Desk(store, "speed"), made[0]))
        run.found = len(maybe)
    return run


def _raw(ground: Ground, dataset: Dataset, path: Path) -> float:
    with ground.scratch(dataset) as place, contextlib.closing(raw.connect(place.raw_path)) as connection:
        return seconds(lambda: _load(connection, path))


def _load(connection: sqlite3.Connection, path: Path) -> None:
    with path.open(newline="", encoding="utf-8") as file:
        rows = csv.reader(file)
        next(rows)
        connection.execute("begin")
        connection.executemany("insert into person (code, name, phone, email, vip, pinyin, initials) values (?, ?, ?, ?, ?, ?, ?)", map(_found_by, rows))
        connection.execute("commit")


def _found_by(row: list[str]) -> tuple[str, ...]:
    pinyin = sort_key(row[1])
    return (*row, pinyin.replace(" ", ""), "".join(part[0] for part in pinyin.split()))


def _phone(dice: random.Random) -> str:
    return f"1{dice.randint(3_000_000_000, 9_999_999_999)}"


def write_new_people(folder: Path, size: data.Size, count: int) -> Path:
    """People nobody has met; every fiftieth is one of `write_people` under another number."""
    here, dice = random.Random(f"{data.SEED} people"), random.Random(f"{data.SEED} new people")
    met = [(data.person_name(here), _phone(here), here.choice(("", "", "", "", "V1", "V2", "V3"))) for _ in range(min(size.people, count // 50))]
    rows = (
        (f"N{n:07d}", *(met[n // 50][:2] if n % 50 == 0 and n // 50 < len(met) else (data.person_name(dice), _phone(dice))), f"n{n}@example.com", "")
        for n in range(count)
    )
    path = folder / "new-people.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(("code", "name", "phone", "email", "vip"))
        out.writerows(rows)
    return path



def client_rows(ground: Ground, factor: float) -> Iterator[Row]:
    """As many people again as are here, each compared with those."""
    dataset = ground.dataset(factor)
    path = write_new_people(ground.base, dataset.size, dataset.size.clients)
    ours, theirs = alternate(lambda: _ours(ground, dataset, path), lambda: _raw(ground, dataset, path), runs=3, warm=False)
    count = dataset.size.clients
    value, base = count / middle([run.convert + run.alike + run.write for run in ours]), count / middle(theirs)
    yield Row(f"import of {count:,} clients, searched and compared, rows/s", value, base, f">= {BAR}x raw", value >= BAR * base)
    for name in ("convert", "alike", "write"):
        yield Row(f"import of clients: {name}, s", middle([getattr(run, name) for run in ours]), None, "for information", None)
    yield Row("import of clients: may be here already", ours[0].found, None, "for information", None)
