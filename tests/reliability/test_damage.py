"""Damage is seen before it is believed: whatever is flipped, cut off or lost, no wrong value is ever shown."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import closing, nullcontext
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.desk.desk import Desk
from crm_desktop.duties import RECORDS
from crm_desktop.exchange import csv_out
from crm_desktop.record.text import Refused
from crm_desktop.store import check, database, erasing, history, past, row_reads
from crm_desktop.store import pages as pages_of
from crm_desktop.store.pages import ListQuery
from crm_desktop.store.raw_pages import RawPages
from crm_desktop.store.store import Store
from tests.samples import ACCOUNT, account, change, facts, remove, stay

SALT = 16  # bytes at the beginning that hold nothing: the salt is kept with the key


@pytest.fixture
def worked(store: Store, desk: Desk) -> tuple[Path, Any]:
    """A closed database with clients and stays in it, and what it holds."""
    for n in range(40):
        stay(desk, company_id=account(desk, f"Client {n}", remark="x" * 2000))
    held = facts(store)
    store.close()
    return store.path, held


def noticed(path: Path, held: Any) -> bool:
    """True when opening, reading or checking tells of it. What is shown without a word must be what was saved."""
    try:
        with Store(path, RECORDS) as store:
            shown = facts(store)
            with closing(store.open_reader()) as reader:
                problems = check.everything(reader, store.keys, store.records)
    except (Refused, database.Error):
        return True
    assert problems or shown == held
    return bool(problems)


@pytest.mark.parametrize("flips", [40, pytest.param(2000, marks=pytest.mark.long)])
def test_every_flipped_bit_is_noticed(worked: tuple[Path, Any], flips: int) -> None:
    path, held = worked
    content, chance = path.read_bytes(), random.Random(11)
    assert not noticed(path, held)
    content = path.read_bytes()
    for n in range(flips):
        at = (chance.randrange(16, len(content)) if n % 4 else chance.randrange(16, 4096)) if n else 7
        path.write_bytes(content[:at] + bytes([content[at] ^ 1 << chance.randrange(8)]) + content[at + 1 :])
        assert noticed(path, held) or at < SALT, f"byte {at}"
        for rest in ("-wal", "-shm"):
            path.with_name(path.name + rest).unlink(missing_ok=True)
    path.write_bytes(content)
    assert not noticed(path, held)


def lose_the_ends(store: Store, letter: bytes) -> None:
    """Spoil each page that holds the end of a long text of this letter."""
    with closing(RawPages(store.path, store.keys)) as pages:
        ends = [n for n in range(2, pages.count + 1) if (page := pages.page(n)) and page[:100] == bytes(4) + letter * 96]
    assert ends
    content = bytearray(store.path.read_bytes())
    for end in ends:
        content[(end - 1) * 4096 + 2000] ^= 1
    store.path.write_bytes(content)


def test_the_end_of_a_long_text_is_not_believed_either(store: Store, desk: Desk, tmp_path: Path) -> None:
    """The engine gives zeros for the last page of a text without a word; neither is it shown nor saved with the row."""
    long, short = account(desk, "Long", remark="x" * 9000), account(desk, "Short", remark="a\0b")
    store.writer.execute("pragma wal_checkpoint(truncate)")
    store.close()
    lose_the_ends(store, b"x")
    with Store(store.path, RECORDS) as again:

        def read(row_id: int) -> Any:
            with closing(again.open_reader()) as reader:  # one that met such a page reads no other
                return row_reads.get(reader, ACCOUNT, row_id)

        def listed(reader: Any, filters: Any) -> Any:
            return pages_of.fetch(reader, ListQuery(ACCOUNT, filters, columns=("name", "remark")))

        def written(reader: Any, filters: Any) -> Any:
            return csv_out.export(reader, ListQuery(ACCOUNT, filters), tmp_path / "out.csv")

        with closing(again.open_reader()) as reader:
            shown = reader.execute("select remark from account where id = ?", (long,)).fetchone()[0]
            assert shown == "x" * shown.count("x") + "\0" * shown.count("\0"), "if it is an error now, this test is not needed"
        assert read(short)["remark"] == "a\0b", "zeros that somebody wrote are no alarm"
        with pytest.raises(database.Error, match="malformed"):
            read(long)
        for look in (listed, written):  # a list of them, and a file of it; of the short one alone there is nothing to say
            with closing(again.open_reader()) as reader, pytest.raises((database.Error, Refused)) as told:
                look(reader, ())
            assert database.is_damage(told.value)
            with closing(again.open_reader()) as reader:
                assert look(reader, [("id", "=", short)]), "nothing is wrong with the other"
        with pytest.raises(Refused) as refused:
            Desk(again).save(ACCOUNT, long, 1, {"name": "Longer"})
        assert database.is_damage(refused.value)
        assert read(short)["name"] == "Short"


def test_a_former_value_whose_end_is_lost_is_told_as_damage(store: Store, desk: Desk) -> None:
    """The log keeps what a text was, as JSON: without its end that is no JSON, and no fault of the program either."""
    long = account(desk, "Long", remark="x" * 9000)
    done = change(desk, ACCOUNT, long, remark="y" * 9000)
    store.writer.execute("pragma wal_checkpoint(truncate)")
    store.close()
    lose_the_ends(store, b"x")
    looks: list[Callable[[Any], Any]] = [
        lambda reader: past.noted(reader, ACCOUNT, long), lambda reader: history.details(reader, {"account": ACCOUNT}, done.id),
        lambda reader: past.before(reader, ACCOUNT, [long], done.id - 1), lambda reader: erasing.plan(reader, RECORDS, ACCOUNT, long),
    ]  # fmt: skip
    with Store(store.path, RECORDS) as again:
        for look in looks:
            with closing(again.open_reader()) as reader, pytest.raises(database.Error) as told:
                look(reader)
            assert database.is_damage(told.value)
        with pytest.raises(Refused) as refused:
            Desk(again).undo()
        assert database.is_damage(refused.value)
    with Store(store.path, RECORDS) as third:
        assert third.writer.execute("select substr(remark, 1, 1), version from account where id = ?", (long,)).fetchone() == ("y", 2)


def test_removed_rows_and_papers_do_not_show_zeros_either(store: Store, desk: Desk) -> None:
    """What is read of a row whether it lives or not: for a person's copy, a paper, a history."""
    long, short = account(desk, "Long", remark="x" * 9000), account(desk, "Short", remark="a\0b")
    remove(desk, ACCOUNT, long)
    store.writer.execute("pragma wal_checkpoint(truncate)")
    store.close()
    lose_the_ends(store, b"x")
    looks: list[Callable[[Any], Any]] = [lambda db: row_reads.read(db, ACCOUNT, long), lambda db: row_reads.read_many(db, ACCOUNT, [short, long])]
    with Store(store.path, RECORDS) as again:
        for look in looks:
            with closing(again.open_reader()) as reader, pytest.raises(database.Error, match="malformed"):
                look(reader)
    for look in looks:  # by the writer, with a transaction and without
        for inside in (False, True):
            with Store(store.path, RECORDS) as again:
                assert (row_reads.read(again.writer, ACCOUNT, short) or {})["remark"] == "a\0b"
                with pytest.raises(database.Error, match="malformed"), again.writer.atomic() if inside else nullcontext():
                    look(again.writer)


@pytest.mark.parametrize("cut", [1, 500, 4096, 5000, 40_000, 200_000])
def test_a_file_that_was_cut_is_noticed(worked: tuple[Path, Any], cut: int) -> None:
    path, held = worked
    content = path.read_bytes()
    path.write_bytes(content[:-cut])
    assert noticed(path, held)


def test_pages_of_an_older_copy_among_newer_ones_are_noticed(worked: tuple[Path, Any]) -> None:
    """As after a copy made by a tool that did not ask the database: each page is sound in itself."""
    path, _ = worked
    older = path.read_bytes()
    with Store(path, RECORDS) as store:
        for row_id, version in store.writer.execute("select id, version from account").fetchall():
            Desk(store).save(next(r for r in RECORDS if r.key == "account"), row_id, version, {"remark": "y" * 1500})
        held = facts(store)
    newer = path.read_bytes()
    changed = [at for at in range(4096, min(len(older), len(newer)), 4096) if older[at : at + 4096] != newer[at : at + 4096]]
    for at in random.Random(3).sample(changed, 12):
        path.write_bytes(newer[:at] + older[at : at + 4096] + newer[at + 4096 :])
        assert noticed(path, held), at
        for rest in ("-wal", "-shm"):
            path.with_name(path.name + rest).unlink(missing_ok=True)


def test_saves_lost_with_the_wal_are_noticed(store: Store, desk: Desk, tmp_path: Path) -> None:
    account(desk, "First")
    store.writer.execute("pragma wal_checkpoint(truncate)")
    account(desk, "Only in the -wal")
    before = store.path.read_bytes()
    store.close()
    store.path.write_bytes(before)
    with Store(store.path, RECORDS) as again, closing(again.open_reader()) as reader:
        assert [str(problem) for problem in check.head(reader, again.keys)] == [
            "The newest entries of the log are missing: the database is older than what was last saved here"
        ]


def test_a_torn_page_that_is_whole_in_the_wal_is_no_damage(store: Store, desk: Desk) -> None:
    """What a power cut in the middle of a checkpoint leaves: nothing is lost, and nobody is alarmed."""
    account(desk, "First", remark="x" * 9000)
    with closing(store.open_reader()) as reader:
        content = bytearray(store.path.read_bytes())
        assert check.pages(reader) == []
        content[5000:5600] = bytes(600)
        descriptor = store.path.open("r+b")
        with descriptor:
            descriptor.write(content)
        assert check.pages(reader) == []
        assert store.path.with_name(store.path.name + "-wal").stat().st_size
