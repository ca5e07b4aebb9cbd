"""The plain copy: an ordinary SQLite file that any tool opens."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from crm_desktop.desk.desk import Desk
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.record.text import Refused
from crm_desktop.store import plain
from tests.exchange.test_csv_out import small_disk
from tests.samples import account, change, remove, sound, stay

pytestmark = pytest.mark.embedded


@pytest.fixture
def filled(desk: Desk) -> Desk:
    """A database with an account, a stay and something removed."""
    orient = account(desk, "东方公司", code="007", remark="two\nlines")
    stay(desk, company_id=orient, rate=12_345)
    remove(desk, ACCOUNT, account(desk, "Gone"))
    return desk


def test_any_sqlite_opens_and_changes_it(filled: Desk, tmp_path: Path) -> None:
    counts = plain.copy(filled.store, tmp_path / "copy.sqlite")
    assert {key: n for key, n in counts.items() if n} == {"account": 1, "hotel": 1, "stay": 1, "change": 5, "change_row": 5}
    with closing(sqlite3.connect(tmp_path / "copy.sqlite")) as db:
        assert db.execute("pragma integrity_check").fetchone() == ("ok",)
        assert db.execute("select count(*) from sqlite_master where type in ('trigger', 'view')").fetchone() == (0,)
        assert not [r[0] for r in db.execute("select name from sqlite_master") if "fts" in r[0]]
        assert db.execute("select code, name, revenue, remark from account").fetchall() == [("007", "东方公司", 24_690, "two\nlines")]
        assert db.execute("select a.name, s.nights from stay as s join account as a on a.id = s.company_id").fetchall() == [("东方公司", 2)]
        db.execute("update account set name = 'x'")
        db.commit()
        columns = {r[1] for r in db.execute("pragma table_info(account)")}
        assert columns == {"id", "version", *ACCOUNT.by_name}
    sound(filled.store)
    assert filled.store.writer.execute("select count(*) from account where name = 'x'").fetchone() == (0,)


def test_nothing_secret_is_in_it(filled: Desk, tmp_path: Path) -> None:
    filled.store.set_setting("key", "very secret setting")
    plain.copy(filled.store, tmp_path / "copy.sqlite")
    content = (tmp_path / "copy.sqlite").read_bytes()
    assert "东方公司".encode() in content
    assert b"very secret setting" not in content
    assert filled.store.keys.secret.encode() not in content
    if os.name != "nt":
        assert (tmp_path / "copy.sqlite").stat().st_mode & 0o777 == 0o600


def test_it_is_of_one_moment_while_others_save(filled: Desk, tmp_path: Path) -> None:
    orient = filled.store.writer.execute("select id from account").fetchone()[0]
    for n in range(3):
        change(filled, ACCOUNT, orient, city=str(n))
        counts = plain.copy(filled.store, tmp_path / f"{n}.sqlite")
        assert counts["change"] == 6 + n


@pytest.mark.parametrize("place", ["there.sqlite", "missing/copy.sqlite", "there.sqlite/copy.sqlite"])
def test_nothing_is_written_over(filled: Desk, tmp_path: Path, place: str) -> None:
    (tmp_path / "there.sqlite").write_text("mine")
    before = sorted(p.name for p in tmp_path.iterdir())
    with pytest.raises(Refused, match=r"is there already|could not be written"):
        plain.copy(filled.store, tmp_path / place)
    assert (tmp_path / "there.sqlite").read_text() == "mine"
    assert sorted(p.name for p in tmp_path.iterdir()) == before


@pytest.mark.skipif(os.name == "nt", reason="a small disk is made by mount")
def test_a_full_disk_leaves_nothing(filled: Desk, tmp_path: Path) -> None:
    for n in range(30):
        account(filled, f"Client {n}", remark="x" * 5000)
    with small_disk(tmp_path / "disk", 64):
        with pytest.raises(Refused, match=r"full|could not be read or written"):
            plain.copy(filled.store, tmp_path / "disk" / "copy.sqlite")
        assert list((tmp_path / "disk").iterdir()) == []
    sound(filled.store)


def test_other_tools_read_it(filled: Desk, tmp_path: Path) -> None:
    """The README shows it with sqlite-utils."""
    import sqlite_utils

    plain.copy(filled.store, tmp_path / "copy.sqlite")
    with closing(sqlite_utils.Database(tmp_path / "copy.sqlite").conn) as conn:
        found = list(sqlite_utils.Database(conn).query("select name from account"))
    assert found == [{"name": "东方公司"}]
