"""Rows about a hundred thousand and a million clients alone: any word of one to nine letters, and who may be one."""

from __future__ import annotations

import contextlib
import random
import shutil
import sqlite3
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from crm_desktop.desk.desk import Desk
from crm_desktop.duties import RECORDS
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.record.ids import new_ids
from crm_desktop.record.terms import sort_key
from crm_desktop.record.text import Text
from crm_desktop.store import alike, search
from crm_desktop.store.log import row_digest
from crm_desktop.store.rows import all_columns
from crm_desktop.store.store import Store

from . import data
from .ground import BOOKINGS, Ground, sources_hash
from .measure import Row, each_ms, percentile, seconds

REAL = BOOKINGS.parents[1] / "names_zh" / "wainshine-company" / "Company-Shorter-Form（28W）.txt"
BLOCK, WORDS, RAW_WORDS, CHECKS = 20_000, 270, 20, 200
LETTERS = range(1, 10)


def names(count: int) -> Iterator[str]:
    """Names of clients: short names of real companies where they are here, and made-up ones."""
    dice = random.Random(f"{data.SEED} clients")
    real = REAL.read_text("utf-8-sig").split()[2:] if REAL.exists() else []
    for number in range(count):
        if real and dice.random() < 0.25:
            yield dice.choice(real) + dice.choice(("", "", *data.FORMS))
        else:
            yield data.account_name(dice, number)


def place(ground: Ground, count: int) -> Path:
    """A database of so many clients and nothing else, made once."""
    folder = ground.base / f"clients-{count}-{sources_hash()}"
    done = folder / "crm.db"
    if not (folder / "made").exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        with Store(done, RECORDS, create=True) as store:
            _fill(store, folder / "raw.sqlite", count)
        (folder / "made").touch()
    return done


def _fill(store: Store, raw: Path, count: int) -> None:
    dice, desk, columns = random.Random(f"{data.SEED} phones"), Desk(store, "speed"), all_columns(ACCOUNT)
    with contextlib.closing(sqlite3.connect(raw)) as connection, desk.writing(Text("Filled")) as writing:
        connection.execute("create table client (id integer primary key, name text, pinyin text, initials text)")
        source = names(count)
        for at in range(0, count, BLOCK):
            rows = [_row(dice, name, row_id) for name, row_id in zip(source, new_ids(min(BLOCK, count - at)), strict=False)]
            writing.add_many(ACCOUNT, columns, [tuple(row[c] for c in columns) for row in rows], [row_digest(store.keys, ACCOUNT, row) for row in rows])
            connection.executemany("insert into client values (?, ?, ?, ?)", [_raw(row) for row in rows])
        connection.commit()


def _row(dice: random.Random, name: str, row_id: int) -> dict[str, Any]:
    phone = f"1{dice.randint(3_000_000_000, 9_999_999_999)}"
    row: dict[str, Any] = {"id": row_id, "version": 1, "gone": None} | {f.name: f.default for f in ACCOUNT.fields}
    row |= {"name": name, "phone": phone, "city": dice.choice(data.CITIES), "code": ""}
    return row | ACCOUNT.settled(row)


def _raw(row: dict[str, Any]) -> tuple[Any, ...]:
    syllables = row["sort"].split()
    return row["id"], row["name"].lower(), "".join(syllables), "".join(s[0] for s in syllables)


def find_rows(ground: Ground, factor: float) -> Iterator[Row]:
    """Search of any word of one to nine letters and the check of one client, at 100,000 and (size 1) a million."""
    for count in dict.fromkeys((round(100_000 * min(1, factor * 10)), round(1_000_000 * factor))):
        path = place(ground, max(count, 100))
        with Store(path, RECORDS) as store, contextlib.closing(store.open_reader()) as reader:
            where = f"{max(count, 100):,} clients"
            yield from _words(reader, path.with_name("raw.sqlite"), where)
            yield from checks(reader, where)


def _asked(reader: Any) -> dict[int, list[str]]:
    """Words of each length as people type them: pieces of pinyin, of initials, of Latin words."""
    dice, out = random.Random(f"{data.SEED} words"), dict[int, list[str]]()
    some = [row[0] for row in reader.execute("select name from account where id % 97 = 0 limit 4000")] or ["Atlas"]
    for length in LETTERS:
        while len(out.setdefault(length, [])) < WORDS // len(LETTERS):
            syllables = sort_key(dice.choice(some)).split()
            at = dice.randrange(len(syllables) or 1)
            word = dice.choice(("".join(syllables[at:]), "".join(syllables[at:]), "".join(s[0] for s in syllables[at:])))[:length]
            out[length] += [word] if len(word) == length else []
    return out


def _words(reader: Any, raw: Path, where: str) -> Iterator[Row]:
    every: list[float] = []
    asked = _asked(reader)
    for length, words in asked.items():
        runs = [each_ms(lambda word: search.find(reader, word, 12, (ACCOUNT,)), words) for _ in range(3)]
        best = [min(times) for times in zip(*runs, strict=True)]
        every += best
        yield Row(f"search {where}: words of {length} letters p95, ms", percentile(best, 0.95), None, "for information", None)
    begun = [row[0][:length] for row in reader.execute("select name from account where id % 101 = 0 limit 200").fetchall() for length in (1, 2, 3)]
    runs = [each_ms(lambda word: search.find(reader, word, 12, (ACCOUNT,)), begun) for _ in range(3)]
    value = percentile([min(times) for times in zip(*runs, strict=True)], 0.95)
    yield Row(f"search {where}: one to three characters p95, ms", value, None, "for information", None)
    some = random.Random(f"{data.SEED} some").sample([word for words in asked.values() for word in words], RAW_WORDS)
    with contextlib.closing(sqlite3.connect(raw)) as connection:
        base = percentile(each_ms(partial(_like, connection), some), 0.95)
    value = percentile(every, 0.95)
    yield Row(f"search {where}: any word of 1-9 letters p95, ms", value, base, "<= 0.1x raw LIKE and <= 2 ms", value <= 2 and value <= 0.1 * base)


def _like(connection: sqlite3.Connection, word: str) -> object:
    sql = "select id from client where name like ? or pinyin like ? or initials like ? order by id desc limit 12"
    return connection.execute(sql, (f"%{word}%",) * 3).fetchall()


def checks(reader: Any, where: str, name: str = "duplicate_check") -> Iterator[Row]:
    """Who may be one: asked for one client while it is typed, and of all of them."""
    chosen = reader.execute(f"select id, {', '.join(ACCOUNT.alike_on)} from account where id % 89 = 0 limit ?", (CHECKS,)).fetchall()
    rows = [dict(zip(("id", *ACCOUNT.alike_on), row, strict=True)) for row in chosen] or [{"id": 0, "name": "Atlas"}]
    runs = [each_ms(lambda row: alike.check(reader, ACCOUNT, row, row["id"]), rows) for _ in range(3)]
    value = percentile([min(times) for times in zip(*runs, strict=True)], 0.95)
    yield Row(f"{name} {where}: one p95, ms", value, None, "<= 50 ms", value <= 50)
    found: list[alike.Pair] = []
    spent = seconds(lambda: found.extend(alike.scan(reader, ACCOUNT, _told)))
    yield Row(f"{name} {where}: all of them, s", spent, None, f"for information ({len(found):,} pairs)", None)


def _told(_done: int, _total: int) -> None:
    pass
