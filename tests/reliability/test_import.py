"""A file from elsewhere cannot hurt: it is read in a process that can be ended, with little memory and no database; whatever
comes of that is rows or a sentence, and the program goes on."""

from __future__ import annotations

import os
import random
import sys
import zipfile
from pathlib import Path

import pytest

from crm_desktop.exchange.foreign import asked
from crm_desktop.exchange.progress import Quiet
from crm_desktop.exchange.reading import read
from crm_desktop.record.text import Refused

CARD = b"BEGIN:VCARD\nVERSION:3.0\nFN:\xe7\x8e\x8b\xe6\x98\x8e\nTEL:13800138000\nEND:VCARD\n"
HANGS = b"BEGIN:VCARD\nz;z==z[;z=z" + b"," * 400 + b'",[;z=z;z=z:\nFN:A\nEND:VCARD\n'  # minutes in other readers


def children() -> list[str]:
    """Processes this one started that still live."""
    found = Path(f"/proc/self/task/{os.getpid()}/children")
    return found.read_text().split() if found.exists() else []


def bomb(path: Path) -> Path:
    """A workbook of a few hundred kilobytes that unpacks to very much."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", "<Types/>")
        book.writestr("xl/workbook.xml", "<workbook/>")
        book.writestr("xl/worksheets/sheet1.xml", "0" * 80_000_000)
    return path


def outcome(path: Path) -> str:
    """`rows`, or the sentence."""
    try:
        return "rows" if read(path).tables is not None else ""
    except Refused as error:
        return str(error)


def test_hostile_files_end_as_rows_or_a_sentence(tmp_path: Path) -> None:
    before = children()
    (tmp_path / "hangs.vcf").write_bytes(HANGS)
    (tmp_path / "junk.xls").write_bytes(random.Random(1).randbytes(3000))
    assert outcome(tmp_path / "hangs.vcf") == "rows"
    assert "unpacks to more" in outcome(bomb(tmp_path / "bomb.xlsx"))
    assert "is not a text file" in outcome(tmp_path / "junk.xls")
    assert children() == before, "no process is left behind"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the bound on memory is Linux's")
@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("from crm_desktop.exchange.foreign import child; child.bound_memory(); bytearray(1 << 36)", "more memory|cannot be read|stopped"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "cannot be read|stopped"),
        ("import time; time.sleep(60)", "took too long"),
    ],
    ids=["too-much-memory", "killed", "silent"],
)  # fmt: skip
def test_a_reader_that_dies_or_hangs_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, said: str) -> None:
    before = children()
    monkeypatch.setattr(asked, "SILENT", 2.0)
    monkeypatch.setattr(asked, "_command", lambda kind, path: [sys.executable, "-c", code])
    with pytest.raises(Refused, match=said):
        list(asked.parts("workbook", tmp_path / "a.xlsx", Quiet()))
    assert children() == before


@pytest.mark.parametrize("tries", [4, pytest.param(400, marks=pytest.mark.long)])
def test_a_file_with_any_bytes_changed_is_rows_or_a_sentence(tmp_path: Path, tries: int) -> None:
    chance = random.Random(6)
    for n in range(tries):
        content = bytearray(CARD * 3)
        for _ in range(chance.randrange(1, 12)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        path = tmp_path / f"{n}.vcf"
        path.write_bytes(content)
        assert outcome(path)
