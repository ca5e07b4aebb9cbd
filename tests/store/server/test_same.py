"""Both engines give the same answers: words are found alike, lists stand in the same order, statements are said alike."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.desk.desk import Desk
from crm_desktop.duties import RECORDS
from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.record.text import Text
from crm_desktop.store import pages, search
from crm_desktop.store.pages import ListQuery
from crm_desktop.store.server import term_sql
from crm_desktop.store.server.words import table_ddl, translated
from crm_desktop.store.store import Store
from tests.store.test_search import names


@pytest.fixture
def both(server_database: str, tmp_path: Path) -> Iterator[tuple[Desk, Desk]]:
    """The same clients on both engines, under the same ids."""
    with Store(tmp_path / "file.db", RECORDS, create=True) as file, Store(server_database, RECORDS) as server:
        desks = Desk(file, "Li Na"), Desk(server, "Li Na")
        chance = random.Random(11)
        people = [(10**17 + n, name, chance.choice(["", f"138{chance.randrange(10**8):08d}"])) for n, name in enumerate(names(chance, 260))]
        for desk in desks:
            with desk.writing(Text("Filled")) as writing:
                for row_id, name, phone in people:
                    writing.add(PERSON, {"name": name, "phone": phone}, row_id)
                    writing.add(ACCOUNT, {"name": f"{name} 公司", "kind": "company"}, row_id)
                for row_id, _, _ in people[::9]:
                    writing.remove(PERSON, row_id, 1)
        yield desks


def test_any_words_find_the_same_rows_in_the_same_order(both: tuple[Desk, Desk]) -> None:
    chance = random.Random()
    seed = chance.randrange(10**9)
    chance.seed(seed)
    with closing(both[0].store.open_reader()) as file, closing(both[1].store.open_reader()) as server:
        words = set[str]()
        for (terms,) in file.execute("select terms from person").fetchall():
            words.update(terms.split())
        pool = sorted(words)
        for _ in range(300):
            typed = " ".join(chance.choice(pool)[: chance.randint(1, 4)] for _ in range(chance.choice((1, 1, 1, 2, 3))))
            asked = [[(hit.record, hit.id, hit.title) for hit in search.find(reader, typed, 7, (PERSON, ACCOUNT))] for reader in (file, server)]
            assert asked[0] == asked[1], (typed, seed)
            digits = f"{chance.randrange(10**4):04d}"
            assert search.ending(file, PERSON, digits, 5) == search.ending(server, PERSON, digits, 5), (digits, seed)


LOWERED = {
    term_sql.FEWEST: "2", term_sql.FEW: "3", term_sql.FEW + 1: "4", 2 * term_sql.FEW: "6", term_sql.TERMS: "2", term_sql.SOME: "5", term_sql.MANY: "12", term_sql.MANY + 1: "13",
    term_sql.NEWER: "6", term_sql.NEWEST: "40",
}  # fmt: skip


def _search(change: Callable[[str], str], desk: Desk, said: Text) -> None:
    with desk.writing(said) as writing:
        for sql in (*term_sql.functions(), *(sql for record in RECORDS if record.searched for sql in term_sql.of_table(record) if "function" in sql)):
            writing.db.execute(change(sql))


def test_common_words_find_the_newest_rows(both: tuple[Desk, Desk]) -> None:
    """Words that mean more rows than are gathered are looked for along the newest rows."""
    _search(lambda sql: re.sub(r"\b\d{3,5}\b", lambda found: LOWERED.get(int(found[0]), found[0]), sql), both[1], Text("Lowered"))
    try:
        test_any_words_find_the_same_rows_in_the_same_order(both)
    finally:
        _search(str, both[1], Text("As before"))


@pytest.mark.parametrize("sort", ["name", "code", "nights"])
def test_lists_stand_in_the_same_order(both: tuple[Desk, Desk], sort: str) -> None:
    with closing(both[0].store.open_reader()) as file, closing(both[1].store.open_reader()) as server:
        for down in (False, True):
            query = ListQuery(ACCOUNT, sort=sort, descending=down)
            assert pages.fetch(file, query, limit=500) == pages.fetch(server, query, limit=500)


SAID: list[tuple[str, str]] = [
    ("select a from b where c = ? and d in (?, ?)", "select a from b where c = $1 and d in ($2, $3)"),
    ("select '?', \"?\", a from b where c like '%?'", "select '?', \"?\", a from b where c like '%?'"),
    ("select count(*) from (select 1 from a limit ?)", "select count(*) from (select 1 from a limit $1) as some1"),
    ("select x from (select x from a) where y = 1", "select x from (select x from a) as some1 where y = 1"),
    ("select x from (select x from a) as b", "select x from (select x from a) as b"),
    ("select x from (select x from a) b where 1 = 1", "select x from (select x from a) b where 1 = 1"),
    ("select x from a where y in (select z from b) and +a.c = ? and d + e > 0", "select x from a where y in (select z from b) and a.c = $1 and d + e > 0"),
    ("select x from a where (b, c) > (?, ?) order by b", "select x from a where (b, c) > ($1, $2) order by b"),
    ("select instr(a, ','), json_array(b), char(30) from c", "select strpos(a, ','), json_build_array(b), chr(30) from c"),
    ("select rowid from x_fts where x_fts match ?", "select rowid from crm_found('x', $1::text)"),
    ("select rowid from x_fts where x_fts match ? order by rowid desc limit ?", "select rowid from crm_newest('x', $1::text, $2::bigint)"),
    ("select instrument, \"char\" from a", "select instrument, \"char\" from a"),
]  # fmt: skip


@pytest.mark.parametrize(("here", "there"), SAID)
def test_a_statement_in_the_words_of_the_server(here: str, there: str) -> None:
    assert translated(here) == there


def test_a_table_in_the_words_of_the_server() -> None:
    made = table_ddl('CREATE TABLE "a" (\n   "id" INTEGER PRIMARY KEY,\n   "text" TEXT NOT NULL DEFAULT \'\',\n   "b" INTEGER REFERENCES "c"("id")\n) STRICT')
    assert " ".join(made.split()) == '''CREATE TABLE "a" ( "id" bigint primary key, "text" text collate "C" NOT NULL DEFAULT '', "b" bigint )'''


def test_bytes_numbers_and_nothing_come_back_as_they_are(both: tuple[Desk, Desk]) -> None:
    values: list[Any] = [-(2**63), 2**63 - 1, 0, "", "a\u00e9\U00020bb7'\"\\", None]
    for desk in both:
        for value in values:
            kind = "text" if isinstance(value, str) else "bigint"
            assert desk.store.writer.execute(f"select cast(? as {kind})", (value,)).fetchone() == (value,)
        assert desk.store.writer.execute("select 1 = 1, 1 = 2, sum(a) from (select 3 as a union all select 4) as b").fetchone() == (1, 0, 7)
