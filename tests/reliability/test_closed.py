"""Without the key nothing can be read, wherever it lies, and nobody else of this PC may open the files; another password
writes no page anew."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from crm_desktop.desk import attachments
from crm_desktop.desk.desk import Desk
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.store import backup, keys, second_place, wraps
from crm_desktop.store.store import Store
from crm_desktop.ui.masked import MaskedValue
from tests.samples import account

ANNA = 11
pytestmark = pytest.mark.usefixtures("cheap_passwords")
WORDS = ("Orient Express", "欧阳秘密", "the menu of the wedding", "would pay at once")
PLAIN = (*(word.encode(kind) for word in WORDS for kind in ("utf-8", "utf-16-le")), b"SQLite format 3", b"create table")


@pytest.fixture
def filled(store: Store, desk: Desk) -> list[Path]:
    """Every file there is of a database in use: its -wal, an attached file, a draft, a backup here and at a second place."""
    attachments.add_content(desk, "account", account(desk, WORDS[0], remark=WORDS[1]), "a.txt", WORDS[2].encode())
    store.drafts.write({"account": WORDS[3]})
    with closing(store.open_reader()) as reader:
        backup.make(store, reader)
    account(desk, f"{WORDS[0]} 2")  # in the -wal
    (second := store.path.with_name("usb")).mkdir()
    second_place.bring(store.path, second)
    return [path for path in store.path.parent.rglob("*") if path.is_file()]


def test_nothing_can_be_read_in_any_file(store: Store, filled: list[Path]) -> None:
    names = [path.name for path in filled]
    assert {"sqlite.db", "sqlite.db-wal", "sqlite.db-shm"} <= set(names)
    assert sum(name.endswith(".backup") for name in names) == 2
    assert sum(len(name) == 64 for name in names) >= 3, "the attached file here, with the backup, and at the second place"
    assert store.path.with_name("sqlite.db-wal").stat().st_size > 0
    for path in filled:
        content = path.read_bytes() if path not in (store.path, *store.path.parent.glob("sqlite.db-*")) else b""
        assert not [word for word in PLAIN if word in content], path
        if os.name != "nt":
            assert path.stat().st_mode & 0o077 == 0, path


def test_nothing_can_be_read_in_the_database_and_its_log(store: Store, filled: list[Path]) -> None:
    """As a thief copies them: by another process's eyes, the live files are never opened here."""
    wal = store.path.with_name("sqlite.db-wal")
    code = "import sys; [sys.stdout.buffer.write(open(name, 'rb').read()) for name in sys.argv[1:]]"
    content = subprocess.run([sys.executable, "-S", "-c", code, str(store.path), str(wal)], capture_output=True, check=True).stdout
    assert len(content) > 100_000
    assert not [word for word in PLAIN if word in content]


def test_another_password_writes_no_page(store: Store, filled: list[Path]) -> None:
    store.close()
    made = keys.read_keys(store.path)
    wraps.begin(made, ANNA, "anna", "anna's password", wraps.new_recovery())
    copies = [store.path, *backup.folder(store.path).glob("*.backup")]

    def digests() -> list[str]:
        return [hashlib.sha256(path.read_bytes()).hexdigest() for path in copies]

    before = digests()
    wraps.put(made, ANNA, "anna", "a newer password")
    assert digests() == before
    keys._unlocked.clear()
    opened, _ = wraps.open_with(store.path, "anna", "a newer password")
    assert opened.secret == made.secret
    keys.unlock(opened)
    with Store(store.path, store.records) as again, closing(again.open_reader()) as read:
        assert read.execute("select count(*) from account").fetchone() == (2,)


def test_a_sensitive_value_that_is_shown_cannot_be_copied(qtbot: Any) -> None:
    box = MaskedValue(ACCOUNT.fields[0], (page := QWidget()))
    qtbot.addWidget(page)
    selecting = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    assert not box.words.textInteractionFlags() & selecting
