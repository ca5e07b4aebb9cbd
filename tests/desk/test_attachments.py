"""Files by a row: added, removed, undone; in the backup and back; missing and damaged ones are told."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.desk import attachments
from crm_desktop.desk.desk import Desk
from crm_desktop.desk.records import ATTACHMENT
from crm_desktop.duties import RECORDS
from crm_desktop.record.text import Refused
from crm_desktop.store import attached, backup, check, database, files, plain, restoring
from crm_desktop.store.store import Store
from tests.samples import account, hotel, row, sound


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    file = tmp_path / "报价.txt"
    file.write_bytes("会议报价 12,800".encode())
    return file


def of(desk: Desk, row_id: int, record: str = "account") -> list[dict[str, Any]]:
    return attachments.of(desk.store.writer, record, row_id)


def problems(store: Store) -> list[str]:
    with closing(store.open_reader()) as reader:
        return [str(one) for one in check.everything(reader, store.keys, store.records)]


def content(desk: Desk, one: dict[str, Any]) -> bytes:
    return b"".join(attachments.content(desk.store, one["sha256"]))


def test_a_file_is_added_removed_and_brought_back(desk: Desk, paper: Path) -> None:
    who = account(desk)
    change = attachments.add(desk, "account", who, paper)
    assert (change.count, change.tables) == (1, {"attachment"})
    (one,) = of(desk, who)
    assert (one["name"], one["mime"], one["size"], one["added_by"]) == ("报价.txt", "text/plain", paper.stat().st_size, "Li Na")
    assert content(desk, one) == paper.read_bytes()
    if isinstance(desk.store.address, Path):
        assert paper.read_bytes() not in b"".join(path.read_bytes() for path in files.folder(desk.store.path).iterdir())
    attachments.remove(desk, one["id"], one["version"])
    assert of(desk, who) == []
    desk.undo()
    assert content(desk, of(desk, who)[0]) == paper.read_bytes()
    sound(desk.store)


def test_one_file_by_two_rows_is_kept_once(desk: Desk, paper: Path) -> None:
    one, two = account(desk), account(desk, "Grand Travel")
    attachments.add(desk, "account", one, paper)
    attachments.add_content(desk, "account", two, "copy.txt", paper.read_bytes())
    if isinstance(desk.store.address, Path):
        assert len(list(files.folder(desk.store.path).iterdir())) == 1
    else:
        assert desk.store.writer.execute("select count(*) from file_part").fetchone() == (1,)
    first = of(desk, one)[0]
    attachments.remove(desk, first["id"], first["version"])
    assert content(desk, of(desk, two)[0]) == paper.read_bytes()


def test_what_cannot_be_added_changes_nothing(desk: Desk, tmp_path: Path, paper: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    who = account(desk)
    with pytest.raises(Refused, match="folder"):
        attachments.add(desk, "account", who, tmp_path)
    with pytest.raises(Refused, match="cannot be read"):
        attachments.add(desk, "account", who, tmp_path / "gone.txt")
    with pytest.raises(Refused, match="removed meanwhile"):
        attachments.add(desk, "account", 12345, paper)
    monkeypatch.setattr(files, "LARGEST", 3)
    with pytest.raises(Refused, match="200 MB"):
        attachments.add(desk, "account", who, paper)
    assert of(desk, who) == []
    sound(desk.store)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("a.pdf", "a.pdf"), ("C:\\Users\\x\\报价.xlsx", "报价.xlsx"), ("../../etc/passwd", "passwd"), ('a<b>:"c|?*.txt', "a_b___c___.txt"),
        ("", "file"), ("...", "file"), ("x" * 300 + ".pdf", "x" * 196 + ".pdf"), ("line\nbreak.txt", "line_break.txt"), (" .. ", "file"),
        ("年会合同" * 60 + ".pdf", "年会合同" * 16 + "年.pdf"), ("报价" * 99, "报价" * 33),
    ],
)  # fmt: skip
def test_names_are_safe(given: str, kept: str) -> None:
    assert attachments.named(given) == kept


def test_a_program_is_not_opened() -> None:
    assert [attachments.may_open(name) for name in ("a.pdf", "a.EXE", "a.pdf.lnk", "a", "菜单.docx")] == [True, False, False, True, True]


@pytest.mark.embedded
def test_a_copy_outside_is_whole_or_not_there(desk: Desk, paper: Path, tmp_path: Path) -> None:
    who = account(desk)
    attachments.add(desk, "account", who, paper)
    digest = of(desk, who)[0]["sha256"]
    attachments.copy_out(desk.store, digest, tmp_path / "out.txt")
    assert (tmp_path / "out.txt").read_bytes() == paper.read_bytes()
    kept = files.folder(desk.store.path) / digest
    kept.write_bytes(kept.read_bytes()[:-1])
    with pytest.raises(Refused, match="damaged"):
        attachments.copy_out(desk.store, digest, tmp_path / "other.txt")
    assert not (tmp_path / "other.txt").exists()
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".part"] == []


@pytest.mark.embedded
def test_missing_and_damaged_files_are_told(desk: Desk, paper: Path) -> None:
    who = account(desk)
    attachments.add(desk, "account", who, paper)
    kept = files.folder(desk.store.path) / of(desk, who)[0]["sha256"]
    whole = kept.read_bytes()
    kept.write_bytes(whole[:-3] + b"xyz")
    assert problems(desk.store) == ["The attached file 报价.txt is damaged"]
    kept.unlink()
    assert problems(desk.store) == ["The attached file 报价.txt is missing"]
    kept.write_bytes(whole)
    assert problems(desk.store) == []


@pytest.mark.embedded
def test_a_backup_has_the_files_and_a_restore_brings_them_back(desk: Desk, paper: Path) -> None:
    who, store = account(desk), desk.store
    attachments.add(desk, "account", who, paper)
    with closing(store.open_reader()) as reader:
        made = backup.make(store, reader)
    assert made.facts["files"] == 1
    assert backup.examine(made.path, RECORDS) == []
    pooled = files.of_backup(made.path) / of(desk, who)[0]["sha256"]
    path = store.path
    store.close()
    shutil.rmtree(files.folder(path))
    restoring.restore(path, made.path)
    with Store(path, RECORDS) as again:
        assert content(Desk(again), of(Desk(again), who)[0]) == paper.read_bytes()
        sound(again)
    pooled.unlink()
    assert [str(one) for one in backup.examine(made.path, RECORDS)] == ["The attached file 报价.txt is missing"]


@pytest.mark.embedded
def test_a_backup_elsewhere_takes_its_files_with_it(desk: Desk, paper: Path, tmp_path: Path) -> None:
    attachments.add(desk, "account", account(desk), paper)
    with closing(desk.store.open_reader()) as reader:
        made = backup.make(desk.store, reader, tmp_path / "usb.backup")
    assert len(list((tmp_path / "usb.backup.files").iterdir())) == 1
    assert backup.examine(made.path, RECORDS) == []


@pytest.mark.embedded
def test_a_plain_copy_lists_them(desk: Desk, paper: Path, tmp_path: Path) -> None:
    attachments.add(desk, "account", account(desk), paper)
    assert plain.copy(desk.store, tmp_path / "p.sqlite")["attachment"] == 1


def test_an_older_backup_without_the_table_has_no_files() -> None:
    with closing(database.in_memory()) as older:
        assert attached.digests(older) == []


def test_the_logo_is_the_hotels_picture(desk: Desk) -> None:
    house = hotel(desk)
    assert attachments.logo(desk.store.writer, house) is None
    attachments.add_content(desk, "hotel", house, "logo.png", b"1")
    attachments.add_content(desk, "hotel", house, "garden.jpg", b"2")
    attachments.add_content(desk, "hotel", house, "logo.txt", b"3")
    found = attachments.logo(desk.store.writer, house)
    assert found is not None
    assert found["name"] == "logo.png"
    assert row(desk, ATTACHMENT, found["id"])["about_record"] == "hotel"
