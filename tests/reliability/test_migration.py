"""An update never bricks the data: killed anywhere, it is brought to the new version at the next start."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from crm_desktop.desk.desk import Desk
from crm_desktop.duties import RECORDS
from crm_desktop.store import backup, schema
from crm_desktop.store.store import Store
from tests.reliability.killing import Program, how_long, many, needs_kill
from tests.reliability.test_kill import Anew, moments
from tests.reliability.work import names, older
from tests.samples import account, sound

CLIENTS = {f"Client {n}" for n in range(30)}


@needs_kill
@many(6, 5, 100)
def test_a_migration_killed_anywhere_is_done_at_the_next_start(tmp_path: Path, tries: int, part: int) -> None:
    path = tmp_path / "older.db"
    with Store(path, older(), create=True) as store:
        for name in sorted(CLIENTS):
            account(Desk(store), name)
        head = store.keys.head_file.read_bytes()
    content = path.read_bytes()

    def put_back() -> None:
        for rest in ("-wal", "-shm"):
            path.with_name(path.name + rest).unlink(missing_ok=True)
        path.write_bytes(content)
        store.keys.head_file.write_bytes(head)
        shutil.rmtree(backup.folder(path), ignore_errors=True)  # of the last kill: hundreds would be gone through at every backup

    took = how_long("migration", path, 2)
    undone = 0
    for seed, after in moments(7 + part, tries, took):
        put_back()
        program = Program("migration", path, seed)
        program.wait()
        said = program.kill(after)
        undone += len(said) < 2
        with Store(path, RECORDS) as now:
            assert names(now) == CLIENTS
            with_reader = now.open_reader()
            assert schema.is_current(with_reader, RECORDS)
            with_reader.close()
            sound(now)
            account(Desk(now), "Next")
        assert backup.listed(path), "of it as it was, before it was touched"
    assert undone
    assert backup.examine(backup.listed(path)[0].path, RECORDS) == []


def test_a_newer_file_stays_as_it_is(anew: Anew, store: Store) -> None:
    from crm_desktop.record.text import Refused

    with pytest.raises(Refused, match="newer version"):
        Store(anew(), older())
    with Store(store.path, RECORDS) as again:
        sound(again)
