"""What the killed programs do: one thing after another, each told of as soon as the program says it is done.

Also a program of its own (`python -m tests.reliability.work WORD FILE TIMES`), to be watched by strace."""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from crm_desktop.desk import attachments, merging
from crm_desktop.desk.desk import Conflict, Desk
from crm_desktop.duties import RECORDS
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.duties.stays.records import STAY
from crm_desktop.exchange import importing
from crm_desktop.record.record import Record
from crm_desktop.record.text import Refused, Text
from crm_desktop.store import backup, restoring
from crm_desktop.store.store import Store
from tests.samples import account, csv_file, exported, facts, prepared, row, stay

Work = Callable[[Path, int], Iterator[Any]]
ROWS = 800  # of a file that is brought in
NEW = Text("Brought in")


def names(store: Any) -> set[str]:
    """The names of the clients there are."""
    return {found[0] for found in store.writer.execute("select name from account where gone is null")}


def saves(path: Path, seed: int) -> Iterator[Any]:
    """Clients with a long remark, every third with a file of its own."""
    chance = random.Random(seed)
    with Store(path, RECORDS) as store:
        desk, n = Desk(store, "saver"), 0
        while True:
            row_id = account(desk, f"Client {seed} {n}", remark="x" * chance.randrange(6000))
            yield ["account", row_id]
            if n % 3 == 0:
                attachments.add_content(desk, "account", row_id, "a.txt", chance.randbytes(chance.randrange(1, 9000)))
                yield ["attachment", row_id]
            n += 1


def bookings(folder: Path, seed: int) -> Path:
    """A file of stays."""
    rows = [("City Hotel", "2026-11-16", "2026-11-18", f"{seed}-{n}", f"Agency {n % 40}") for n in range(ROWS)]
    return csv_file(folder / f"stays-{seed}.csv", ("hotel", "arrival", "departure", "booking_no", "agency"), *rows)


def imports(path: Path, seed: int) -> Iterator[Any]:
    """A file brought in, taken back, brought in again by a redo."""
    with Store(path, RECORDS) as store:
        desk = Desk(store, "importer")
        ready = prepared(desk, bookings(path.parent, seed), STAY)
        yield ["ready"]
        importing.write(desk, ready)
        yield ["in"]
        desk.undo()
        yield ["out"]
        desk.redo()
        yield ["again"]


def merges(path: Path, seed: int) -> Iterator[Any]:
    """Two clients with stays become one and two again."""
    with Store(path, RECORDS) as store:
        desk = Desk(store, "merger")
        kept, lost = account(desk, f"Kept {seed}"), account(desk, f"Lost {seed}")
        for n in range(20):
            stay(desk, company_id=lost if n % 2 else kept)
        yield ["ready"]
        while True:
            versions = [(each, row(desk, ACCOUNT, each)["version"]) for each in (kept, lost)]
            done = merging.merge(desk, ACCOUNT, versions[0], versions[1])
            yield ["one", kept, lost]
            merging.unmerge(desk, next(row_id for table, row_id in done.rows if table == "merged"))
            yield ["two", kept, lost]


def backups(path: Path, seed: int) -> Iterator[Any]:
    """A client and a backup, again and again."""
    with Store(path, RECORDS) as store, closing(store.open_reader()) as reader:
        desk, n = Desk(store, "keeper"), 0
        yield ["ready"]
        while True:
            account(desk, f"Client {seed} {n}")
            yield ["backup", str(backup.make(store, reader).path)]
            n += 1


def restores(path: Path, _seed: int) -> Iterator[Any]:
    """The oldest backup is put in place."""
    oldest = backup.listed(path)[-1].path
    yield ["ready"]
    restoring.restore(path, oldest)
    yield ["restored"]


def exports(path: Path, _seed: int) -> Iterator[Any]:
    """All clients to one file, again and again."""
    with Store(path, RECORDS) as store:
        yield ["ready"]
        while True:
            yield ["export", len(exported(store, ACCOUNT, path.parent / "out.csv"))]


def edits(path: Path, count: int) -> Iterator[Any]:
    """So many counts up in one client's remark, as two seats do that look at the same form; whoever read an older one is told
    and does it again. In the end how often that was."""
    with Store(path, RECORDS) as store:
        desk, conflicts = Desk(store, "editor"), 0
        shared = store.writer.execute("select id from account where name = 'Shared'").fetchone()[0]
        yield ["ready"]
        for _ in range(count):
            while True:
                found = row(desk, ACCOUNT, shared)
                try:
                    desk.save(ACCOUNT, shared, found["version"], {"remark": str(int(found["remark"]) + 1)})
                    break
                except Conflict:
                    conflicts += 1
        yield ["done", conflicts]


def older(records: tuple[Record, ...] = tuple(RECORDS)) -> tuple[Record, ...]:
    """What an earlier version declared: some records fewer, none of which the others refer to."""
    used = {field.ref for record in records for field in record.references()}
    spare = [record.key for record in records if record.key not in used and record.key not in ("account", "attachment", "step", "code_item")]
    return tuple(record for record in records if record.key not in spare[-8:])


def migration(path: Path, _seed: int) -> Iterator[Any]:
    """Older data is brought to what is declared now."""
    yield ["ready"]
    Store(path, RECORDS).close()
    yield ["brought"]


def no_room(path: Path, seed: int) -> Iterator[Any]:
    """Each kind of writing with room for so many bytes more in any file; what was said of it, and the names there were
    before and after. After each there is room again, and the next save is made over the same connection."""
    import resource

    room, hard = seed, resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    with Store(path, RECORDS) as store, closing(store.open_reader()) as reader:
        desk = Desk(store, "writer")
        first = account(desk, "First", remark="x" * 3000)
        ready = prepared(desk, bookings(path.parent, seed), STAY)
        exported(store, ACCOUNT, path.parent / "out.csv")
        doings: dict[str, Callable[[], Any]] = {
            "save": lambda: account(desk, "Large", remark="x" * 200_000),
            "import": lambda: importing.write(desk, ready),
            "attachment": lambda: attachments.add_content(desk, "account", first, "a.bin", os.urandom(200_000)),
            "backup": lambda: backup.make(store, reader),
            "export": lambda: exported(store, ACCOUNT, path.parent / "out.csv"),
        }
        for word, do in doings.items():
            before, largest = facts(store), store.path.with_name(path.name + "-wal").stat().st_size
            resource.setrlimit(resource.RLIMIT_FSIZE, (room if word not in ("save", "import") else largest + room, hard))
            try:
                do()
                said = ""
            except Refused as error:
                said = str(error)
            resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
            same = facts(store) == before
            account(desk, f"After {word}")
            yield [word, said, same, sorted(each.name for each in path.parent.rglob("*.part*"))]


def trying(path: Path, _seed: int) -> Iterator[Any]:
    """Saves of which some fail: what was saved, and the sentences for those that were not. It never stops by itself."""
    with Store(path, RECORDS) as store:
        desk = Desk(store, "saver")
        store.writer.execute("pragma wal_autocheckpoint = 8")
        for n in range(12):
            try:
                yield ["account", account(desk, f"Client {n}", remark="x" * 900)]
            except Refused as error:
                yield ["refused", str(error)]


_ALL = (saves, imports, merges, backups, restores, exports, migration, edits, no_room, trying)
WORKS: dict[str, Work] = {work.__name__: work for work in _ALL}


def main(word: str, path: str, times: str) -> None:
    """Do so many things of one kind, saying of each that it is done; then end as if pulled out."""
    for _, said in zip(range(int(times)), WORKS[word](Path(path), 1), strict=False):
        os.write(1, f"DONE {said}\n".encode())
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
