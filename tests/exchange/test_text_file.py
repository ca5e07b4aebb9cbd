"""Reading tables from whatever a hotel has: a table, or a sentence that says what is wrong."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.exchange.text_file import Table, read_table
from crm_desktop.record.text import Refused
from tests.samples import SHARED, csv_bytes

ROWS = [["name", "城市"], ["王小明", "上海"], ['a "b", c', "two\nlines"]]


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def all_rows(table: Table) -> list[list[str]]:
    return [table.headings, *(cells for _, cells in table.rows())]


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk"])
def test_encodings_and_line_ends(tmp_path: Path, encoding: str, end: str) -> None:
    table = read_table(written(tmp_path / "t.csv", csv_bytes(ROWS, encoding, end)))
    assert all_rows(table) == ROWS


@pytest.mark.parametrize("order", ["utf-16-le", "utf-16-be"])
def test_both_orders_of_utf_16(tmp_path: Path, order: str) -> None:
    assert all_rows(read_table(written(tmp_path / "t.csv", "\ufeffa,b\n1,二\n".encode(order)))) == [["a", "b"], ["1", "二"]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters(tmp_path: Path, delimiter: str) -> None:
    words = delimiter.join(("name", '"a,b;c|d"', "z")) + "\n" + delimiter.join("123") + "\n"
    table = read_table(written(tmp_path / "t.csv", words.encode()))
    assert (table.delimiter, table.headings, [cells for _, cells in table.rows()]) == (delimiter, ["name", "a,b;c|d", "z"], [["1", "2", "3"]])


def test_lines_are_those_of_the_file(tmp_path: Path) -> None:
    table = read_table(written(tmp_path / "t.csv", b'\n\na,b\n1,"two\nlines"\n\n3,4\n'))
    assert list(table.rows()) == [(4, ["1", "two\nlines"]), (7, ["3", "4"])]
    assert list(table.rows()) == [(4, ["1", "two\nlines"]), (7, ["3", "4"])]


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>" * 100)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(b"", "t.csv is empty", id="empty"),
        pytest.param(b" \r\n\n ", "t.csv is empty", id="only blanks"),
        pytest.param(b"\xef\xbb\xbf", "does not begin with a row of headings", id="only a mark"),
        pytest.param(b"\xff\xfe", "does not begin with a row of headings", id="only a UTF-16 mark"),
        pytest.param(b",,,\n1,2,3,4\n", "does not begin with a row of headings", id="empty headings"),
        pytest.param(bytes(range(256)) * 20, "is not a text file", id="binary"),
        pytest.param(zipped(), "is not ", id="workbook"),
        pytest.param(b"a,b\n1,2\n" * 9000 + b"\0,3\n", "is not a text file", id="NUL far in"),
        pytest.param(b"\xef\xbb\xbfa,b\n1,\xff\n", "is not text in UTF-8", id="broken after a mark"),
        pytest.param(b"\xff\xfea,b\n\x00", "is not text in UTF-8", id="half a UTF-16 character"),
        pytest.param(b"a,b\n1,\xff\xff\xff\n", "is not text in UTF-8", id="no encoding at all"),
        pytest.param((",".join(f"c{n}" for n in range(1000)) + "\n").encode(), "1000 columns", id="1,000 columns"),
        pytest.param(b'"a,b\n1,2\n', "opens near line 1 is never closed", id="unclosed in the headings"),
    ],
)
def test_what_is_no_table(tmp_path: Path, content: bytes, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        read_table(written(tmp_path / "t.csv", content))
    assert reason in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("content", "line"),
    [(b'a,b\n1,2\n3,"4\n5,6\n', 3), (b'a,b\n1,"2"x\n', 2), (b'a,b\n1,2\n\n\n3,"4', 5)],
)
def test_a_quote_out_of_place_names_its_line(tmp_path: Path, content: bytes, line: int) -> None:
    table = read_table(written(tmp_path / "t.csv", content))
    with pytest.raises(Refused, match="quotation mark") as refused:
        list(table.rows())
    assert re.search(rf"line {line}\b", str(refused.value))


def test_a_cell_without_end_is_refused(tmp_path: Path) -> None:
    table = read_table(written(tmp_path / "t.csv", b"a,b\n1," + b"x" * 1_000_001 + b"\n"))
    with pytest.raises(Refused, match="is longer than"):
        list(table.rows())


@pytest.mark.parametrize("make", [lambda path: None, lambda path: path.mkdir()], ids=["nothing there", "a folder"])
def test_what_cannot_be_read(tmp_path: Path, make: object) -> None:
    assert callable(make)
    make(tmp_path / "t.csv")
    with pytest.raises(Refused, match="cannot be read"):
        read_table(tmp_path / "t.csv")


def torture() -> list[Path]:
    folders = (SHARED / "csv_torture", SHARED / "gbk_csv")
    return sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())


@pytest.mark.skipif(not torture(), reason=f"the difficult files are not at {SHARED}")
def test_every_difficult_file_is_a_table_or_a_sentence() -> None:
    read: list[tuple[Path, Table, list[tuple[int, list[str]]]]] = []
    refused: list[tuple[Path, str]] = []
    for path in torture():
        try:
            table = read_table(path)
            read.append((path, table, list(table.rows())))
        except Refused as error:
            refused.append((path, str(error)))
    assert [path for path, table, rows in read if not table.headings or not all(line > 0 and cells for line, cells in rows)] == []
    assert [path for path, words in refused if path.name not in words or "\n" in words] == []
    assert len(read) > 80
    assert len(refused) > 5


NAMES = {
    "gbk_csv/quarter.csv": 1, "csv_torture/csvkit/test_utf16_little.csv": 3, "csv_torture/csvkit/test_utf8_bom.csv": 3,
    "csv_torture/csvkit/mac_newlines.csv": 3,
}  # fmt: skip


@pytest.mark.skipif(not torture(), reason=f"the difficult files are not at {SHARED}")
@pytest.mark.parametrize("name", NAMES)
def test_known_files_are_read_whole(name: str) -> None:
    table = read_table(SHARED / name)
    widths = {len(cells) for _, cells in table.rows()}
    assert widths == {len(table.headings)}
    assert len(table.headings) >= NAMES[name]
    assert not any("\ufffd" in cell or "\ufeff" in cell for cells in all_rows(table) for cell in cells)


@given(st.binary(max_size=400))
def test_any_bytes_are_a_table_or_a_sentence(tmp_path: Path, content: bytes) -> None:
    words, rows = "", []
    try:
        rows = list(read_table(written(tmp_path / "t.csv", content)).rows())
    except Refused as error:
        words = str(error)
    assert all(cells for _, cells in rows)
    assert "\n" not in words


CELL = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff"), max_size=8)


@given(
    st.integers(2, 5).flatmap(lambda width: st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=1, max_size=8)),
    st.sampled_from(["utf-8-sig", "utf-16", "gb18030"]), st.sampled_from(["\r\n", "\n", "\r"]),
)  # fmt: skip
def test_what_is_written_is_read(tmp_path: Path, rows: list[list[str]], encoding: str, end: str) -> None:
    head = [f"列{n}" for n in range(len(rows[0]))]
    table = read_table(written(tmp_path / "t.csv", csv_bytes([head, *rows], encoding, end)))
    assert all_rows(table) == [head, *(row for row in rows if any(cell.strip() for cell in row))]
