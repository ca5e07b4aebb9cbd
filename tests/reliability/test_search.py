"""What is searched is found, and only that: after everything that was written, taken back, brought in and joined."""

from __future__ import annotations

import random
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.desk import merging
from crm_desktop.desk.desk import Desk
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.record.text import Text
from crm_desktop.store import search
from tests.samples import account, change, csv_file, imported, remove, row, sound

LETTERS = "东方海天华丽金银大中新世纪陈军王明沈阳安康"
ANY = LETTERS + "Aaz09 \"'*()^:{}[]-+%_\\/;,.&|~!?#@<>=\t\n\x00\u200b\u3000ｶé—“”αß𠮷"
HOSTILE = ['O"Neil', "AND", "NOT", "C++", "138-0000", "*", "a AND (b", "NEAR(a, b)", "^x", "name:x", "'; drop table account; --", "%", "_", '"', "\\", "{", "\x00"]


def name(chance: random.Random) -> str:
    return "".join(chance.choice(LETTERS) for _ in range(chance.randrange(2, 6)))


@pytest.mark.parametrize("steps", [60, pytest.param(1500, marks=pytest.mark.long)])
def test_after_anything_the_index_says_what_the_rows_say(desk: Desk, tmp_path: Path, steps: int) -> None:
    """Two-letter names too, which an index of three letters never finds."""
    chance, db = random.Random(9), desk.store.writer
    account(desk, name(chance))
    for n in range(steps):
        ids = [found[0] for found in db.execute("select id from account where gone is null").fetchall()]
        one, other = chance.choice(ids), chance.choice(ids)
        what = chance.randrange(7)
        if what == 0 and len(ids) > 3:
            remove(desk, ACCOUNT, one)
        elif what == 1:
            desk.undo()
        elif what == 2:
            change(desk, ACCOUNT, one, name=name(chance))
        elif what == 3 and one != other:
            merging.merge(desk, ACCOUNT, (one, int(row(desk, ACCOUNT, one)["version"] or 0)), (other, int(row(desk, ACCOUNT, other)["version"] or 0)))
        elif what == 4:
            imported(desk, csv_file(tmp_path / f"{n}.csv", ("name",), (name(chance),), (name(chance),)), ACCOUNT)
        else:
            account(desk, name(chance))
        if not db.execute("select count(*) from account where gone is null").fetchone()[0]:
            account(desk, name(chance))
    names = dict(db.execute("select id, name from account where gone is null").fetchall())
    with closing(desk.store.open_reader()) as reader:
        for whole in names.values():
            at = chance.randrange(len(whole))
            piece = whole[at : at + chance.randrange(1, 4)]
            found = {hit[0] for hit in reader.execute(search.matching("account"), (search.match_words(piece),)).fetchall()}
            assert found & names.keys() == {each for each, words in names.items() if piece in words}, piece
        for words in HOSTILE:
            search.find(reader, words, 5, (ACCOUNT,))
    sound(desk.store)


@pytest.mark.parametrize("queries", [600, pytest.param(100_000, marks=pytest.mark.long)])
def test_any_words_may_be_searched(desk: Desk, reader: Any, queries: int) -> None:
    """Nothing typed into the box is an error; a piece of a name finds just the rows that have it."""
    chance = random.Random(11)
    with desk.writing(Text("Filled")) as writing:
        for _ in range(300):
            writing.add(ACCOUNT, {"name": name(chance)})
    names = dict(reader.execute("select id, name from account").fetchall())
    whole = list(names.values())
    sql = search.matching("account")
    for n in range(queries):
        if n % 3:
            one = chance.choice(whole)
            at = chance.randrange(len(one))
            piece = one[at : at + chance.randrange(1, 5)]
            found = {hit[0] for hit in reader.execute(sql, (search.match_words(piece),)).fetchall()}
            assert found == {row_id for row_id, words in names.items() if piece in words}, piece
        else:
            words = "".join(chance.choice(ANY) for _ in range(chance.randrange(1, 14))) if n % 2 else f"{chance.choice(HOSTILE)} {chance.choice(whole)}"
            search.find(reader, words, 5, (ACCOUNT,))
