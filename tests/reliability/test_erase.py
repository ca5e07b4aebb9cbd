"""Somebody's right to be forgotten: nothing of them is left on the disk, what the house must keep stays, and an older backup
brings nothing back."""

from __future__ import annotations

import json
import os
import struct
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from crm_desktop.desk.desk import Desk
from crm_desktop.duties import RECORDS
from crm_desktop.duties.clients.records import PERSON
from crm_desktop.duties.preferences.records import PREFERENCE
from crm_desktop.duties.receivables.records import RECEIVABLE
from crm_desktop.record.record import Row
from crm_desktop.store import backup, erasing, restoring
from crm_desktop.store.draft_file import DraftFile
from crm_desktop.store.keys import Keys
from crm_desktop.store.salvage import salvage
from crm_desktop.store.store import Store
from tests.forgotten import FORMER, MAIL, NAME, PHONE, WORDS, erased, house
from tests.reliability.test_salvage import garble, leaves, tree
from tests.samples import account, added, facts, remove, row, sound

PAGE, RESERVED, SALT, FRAME = 4096, 80, 16, 24  # of SQLCipher 4; a frame of the -wal has a head of its own


def pages(path: Path, keys: Keys) -> Iterator[bytes]:
    """Every page of the file and of its -wal in clear, also those that nothing uses any more."""
    secret = bytes.fromhex(keys.secret[:64])
    raw = path.read_bytes()
    found = [raw[at : at + PAGE] for at in range(0, len(raw), PAGE)]
    wal = path.with_name(path.name + "-wal")
    if wal.exists() and len(log := wal.read_bytes()) > 32:
        assert struct.unpack(">I", log[8:12])[0] == PAGE
        found += [log[at + FRAME : at + FRAME + PAGE] for at in range(32, len(log) - PAGE, FRAME + PAGE)]
    for number, page in enumerate(found):
        begin = SALT if number == 0 else 0
        cipher = Cipher(algorithms.AES(secret), modes.CBC(page[PAGE - RESERVED : PAGE - RESERVED + 16])).decryptor()
        yield cipher.update(page[begin : PAGE - RESERVED]) + cipher.finalize()


def traces(path: Path, keys: Keys) -> list[str]:
    """Which of the words stand anywhere in a file."""
    content = b"".join(pages(path, keys)).lower()
    return [word for word in WORDS if word.lower().encode() in content]


@pytest.mark.parametrize("removed_before", [False, True])
def test_nothing_is_left_on_the_disk(desk: Desk, removed_before: bool) -> None:
    """Not in the tables, the search index, free pages, the -wal, the log, the files, nor in the next backup."""
    store = desk.store
    ids = house(desk)
    if removed_before:
        remove(desk, PREFERENCE, ids["taste"])
    assert set(traces(store.path, store.keys)) >= {NAME, FORMER, PHONE, MAIL, "花生过敏"}, "the test must be able to see them"
    assert len(list(store.path.with_name(store.path.name + ".files").iterdir())) == 1
    erased(desk, ids)
    assert traces(store.path, store.keys) == []
    assert list(store.path.with_name(store.path.name + ".files").iterdir()) == []
    sound(store)
    with closing(store.open_reader()) as reader:
        made = backup.make(store, reader)
    assert traces(made.path, store.keys) == []
    assert backup.examine(made.path, RECORDS) == []


def test_nothing_is_left_of_what_was_typed_and_not_saved(desk: Desk) -> None:
    """In this program's drafts, in those that another left behind, whoever typed them; what else was typed stays."""
    store, ids = desk.store, house(desk)
    other = DraftFile(store.path, store.keys, "SOMEBODYELSE1")
    said = {
        ("preference", ids["taste"]): {"name": "花生过敏，很严重"}, ("person", ids["guest"]): {"phone": PHONE},
        ("visit", ids["visit"]): {"words": f"{NAME}电话138 5751 2345，年会改期"}, ("person", ids["other"]): {"remark": "喜欢茶"},
    }  # fmt: skip
    for file in (store.drafts, other):
        file.write({json.dumps(list(key)): json.dumps(values, ensure_ascii=False) for key, values in said.items()})
    other._connection.close()
    os.close(other._lock)  # as a crash leaves it
    for file in (store.drafts, other):
        assert {NAME, PHONE, "花生过敏"} <= set(traces(file.path, store.keys)), "the test must be able to see them"
    erased(desk, ids)
    for file in (store.drafts, other):
        assert traces(file.path, store.keys) == []
    left = other._read(other.path)
    assert left is not None
    assert {tuple(json.loads(key)): json.loads(content) for key, content in left.items()} == {
        ("visit", ids["visit"]): {"words": "—电话—，年会改期"}, ("person", ids["other"]): {"remark": "喜欢茶"},
    }  # fmt: skip


def test_an_older_backup_brings_nobody_back(desk: Desk, tmp_path: Path) -> None:
    """Also when the small file beside the database is lost: the newer backups name who was erased."""
    store, ids = desk.store, house(desk)
    with closing(store.open_reader()) as reader:
        old = backup.make(store, reader)
        erased(desk, ids)
        backup.make(store, reader)
    store.close()
    store.path.with_name(store.path.name + ".erased").unlink()
    restoring.restore(store.path, old.path)
    assert NAME in traces(store.path, store.keys)
    with Store(store.path, RECORDS) as again:
        assert traces(again.path, again.keys) == []
        assert again.writer.execute("select count(*) from change where action = 'Personal data erased'").fetchone() == (1,)
        sound(again)
        assert Desk(again, "x").get(RECEIVABLE, ids["bill"]) is not None
    with Store(store.path, RECORDS) as third:  # once is enough
        assert third.writer.execute("select count(*) from change where action = 'Personal data erased'").fetchone() == (1,)


def test_a_backup_from_before_the_person_is_left_as_it_is(desk: Desk) -> None:
    store = desk.store
    account(desk, "柯桥丝织一")
    with closing(store.open_reader()) as reader:
        old = backup.make(store, reader)
    erased(desk, house(desk))
    store.close()
    restoring.restore(store.path, old.path)
    with Store(store.path, RECORDS) as again:
        sound(again)
        assert json.loads(again.setting("erased"))


@pytest.mark.parametrize("setting_lost", [False, True])
def test_what_a_backup_gives_for_a_lost_page_brings_nobody_back(desk: Desk, setting_lost: bool) -> None:
    """Every row of the guest, and every other that held a word of theirs, is taken from a backup made before."""
    store, ids = desk.store, house(desk)
    with closing(store.open_reader()) as reader:
        old = backup.make(store, reader)
    erased(desk, ids)
    store.writer.execute("vacuum")
    now = facts(store)
    counts = {key: int(store.writer.execute(f"select count(*) from {key}").fetchone()[0]) for key in now}
    store.close()
    assert NAME in traces(old.path, store.keys), "the test must be able to see them"
    garble(store.path, *(page for key, count in counts.items() if count for page in leaves(store.path, key)))
    if setting_lost:
        garble(store.path, *(number - 1 for number in tree(store.path, "setting")))
    saved = salvage(store.path, RECORDS)
    assert (saved.from_backup, saved.lost) == (sum(counts.values()), [])
    with Store(store.path, RECORDS) as again:
        assert traces(again.path, again.keys) == []
        sound(again)
        assert facts(again) == now
        assert Desk(again, "x").get(RECEIVABLE, ids["bill"]) is not None


def test_a_merge_leaves_nobody_behind(desk: Desk) -> None:
    from crm_desktop.desk import merging

    ids = house(desk)
    twin = added(desk, PERSON, name="欧阳 梓萱", phone="13700137000", remark="同一人")
    kept, lost = ((one, int(row(desk, PERSON, one)["version"] or 0)) for one in (ids["guest"], twin))
    merging.merge(desk, PERSON, kept, lost)
    erased(desk, ids)
    found: Row = dict(zip(("name", "phone"), desk.store.writer.execute("select name, phone from person where id = ?", (twin,)).fetchone(), strict=True))
    assert found == {"name": erasing.NAME, "phone": ""}
    assert traces(desk.store.path, desk.store.keys) == []
