"""Text of every program, read with its own letters or refused: never as other letters."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.exchange.encodings import decode
from crm_desktop.exchange.text_file import read_table
from crm_desktop.record.text import Refused

CHINESE = "预订号,姓名,协议单位,抵店\r\n0012,王小明,华东电气股份有限公司,2026-11-23\r\n0013,李雷,云栖湖会展,2026-11-24\r\n"
TRADITIONAL = "訂單號碼,姓名,協議單位,抵店日期\r\n0012,王小明,臺灣電力股份有限公司,2026-11-23\r\n"
WESTERN = "no,guest,company\r\n0012,Jörg Müller,Café Zürich\r\n0013,Señora Núñez,Brasília Açúcar\r\n"


@pytest.mark.parametrize(
    ("words", "written", "found"),
    [
        (CHINESE, "utf-8", "utf-8"), (CHINESE, "utf-8-sig", "utf-8-sig"), (CHINESE, "gb18030", "gb18030"), (CHINESE, "gbk", "gb18030"),
        (CHINESE, "utf-16", "utf-16"), (CHINESE, "utf-16-le", "utf-16-le"), (CHINESE, "utf-16-be", "utf-16-be"), (TRADITIONAL, "gb18030", "gb18030"),
        (TRADITIONAL, "big5", "cp950"), (TRADITIONAL, "utf-8", "utf-8"), (WESTERN, "cp1252", "cp1252"), (WESTERN, "utf-8", "utf-8"), (WESTERN, "utf-16", "utf-16"),
    ],
)  # fmt: skip
def test_the_letters_are_the_same(words: str, written: str, found: str, tmp_path: Path) -> None:
    assert decode(words.encode(written), tmp_path / "a.csv") == (words, found)


@given(st.text(st.characters(codec="gb2312", exclude_characters="\0"), min_size=1))
def test_simplified_chinese_is_never_another_encoding(words: str) -> None:
    """Whatever is written, with one line of a hotel's file before it."""
    assert decode((CHINESE + words).encode("gb18030"), Path("a.csv"))[0] == CHINESE + words


@pytest.mark.parametrize("at", [20, -20])
def test_broken_utf_8_is_told_and_never_read_as_chinese(at: int, tmp_path: Path) -> None:
    raw = bytearray(CHINESE.encode("utf-8"))
    raw[raw.index("王".encode()) + 1 if at > 0 else at] = 0xFF
    with pytest.raises(Refused, match="is damaged: the letters at byte"):
        decode(bytes(raw), tmp_path / "a.csv")


@pytest.mark.parametrize("raw", [b"a,b\n1,\0\n", bytes(range(256)) * 9, b"\xff\xfe\x00"])
def test_what_is_no_text_is_refused(raw: bytes, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="is not"):
        decode(raw, tmp_path / "a.csv")


def test_the_delimiter_that_excel_writes_first(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("sep=;\r\n预订号;姓名\r\n0012;王,小明\r\n", "utf-8-sig")
    table = read_table(path)
    assert (table.delimiter, table.headings, list(table.rows())) == (";", ["预订号", "姓名"], [(3, ["0012", "王,小明"])])
