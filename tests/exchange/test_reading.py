"""Every kind of file a hotel has, read as tables: the right cells, or a sentence; checked against independent answers."""

from __future__ import annotations

import csv
import io
import json
import quopri
import re
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crm_desktop import cli
from crm_desktop.exchange import reading
from crm_desktop.exchange.foreign import asked, child
from crm_desktop.exchange.progress import Progress, Quiet
from crm_desktop.exchange.reading import Read, peeked, read
from crm_desktop.exchange.sheets import Sheet, heading_row, words
from crm_desktop.record.text import Refused, Text, say
from tests.samples import REPOSITORY, SHARED, read_json

ANSWERS = SHARED / "expected" / "interop.json"
KNOWN: dict[str, Any] = json.loads(ANSWERS.read_text("utf-8")) if ANSWERS.exists() else {}
OTA: dict[str, Any] = json.loads((SHARED / "expected" / "geo_cal_names_ota.json").read_text("utf-8")).get("ota", {}) if KNOWN else {}
shared = pytest.mark.skipif(not KNOWN, reason=f"the files of other programs are not at {SHARED}")
FOLDERS = ("csv_torture", "xlsx_torture", "vcard", "ical", "ota_xml", "gbk_csv", "complaints_zh", "reviews_zh", "ar")


def here(kind: str, path: Path, progress: Progress) -> Iterator[list[Any]]:
    """The reader without its process: what it says goes through JSON just the same."""
    for part in child.parts(kind, path):
        heard = json.loads(json.dumps(part, default=str))
        if heard[0] == "refused":
            raise Refused(Text(heard[1], **heard[2]))
        if heard[0] != "done":
            yield heard


@pytest.fixture
def nearby(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asked, "parts", here)


def shape(file: Read) -> list[list[Any]]:
    """Name, rows, columns and filled cells of each sheet, as the answers have them."""
    return [
        [t.name, len(t.cells), max(map(len, t.cells), default=0), sum(cell != "" for row in t.cells for cell in row)]
        for t in file.tables if isinstance(t, Sheet)
    ]  # fmt: skip


@shared
@pytest.mark.usefixtures("nearby")
@pytest.mark.parametrize("name", KNOWN.get("workbooks", {}))
def test_workbooks(name: str) -> None:
    assert shape(read(SHARED / name)) == KNOWN["workbooks"][name]["calamine"]["ok"]


@shared
@pytest.mark.parametrize("name", KNOWN.get("csv_with_golden", {}))
def test_text_tables_with_their_rows(name: str) -> None:
    table = read(SHARED / name).table()
    found = [dict(zip(table.headings, cells, strict=True)) for _, cells in table.rows()]
    golden = json.loads((SHARED / KNOWN["csv_with_golden"][name]["golden"]).read_text("utf-8"))
    if isinstance(golden, dict):  # the answer of another file
        assert found[0]["Cities"] == golden["Cities"]
        return
    if found != golden and not any(golden[-1].values()):  # a line of commas is no row
        golden = golden[:-1]
    assert [{k: v.replace("\r\n", "\n") for k, v in row.items()} for row in found] == [{k: v.replace("\r\n", "\n") for k, v in row.items()} for row in golden]


@shared
@pytest.mark.parametrize("name", KNOWN.get("csv_by_encoding", {}))
def test_text_tables_by_encoding(name: str) -> None:
    expected, path = KNOWN["csv_by_encoding"][name], SHARED / name
    if path.name == "null_byte.csv":
        with pytest.raises(Refused, match="not a text file"):
            read(path)
        return
    table = read(path).table()
    delimiter = "," if expected["encoding"] == "utf-16" else expected["delimiter"]  # the answers took these for tabs
    independent = list(csv.reader(io.StringIO(path.read_bytes().decode(expected["encoding"]), newline=""), delimiter=delimiter))
    assert table.headings == [cell.strip() for cell in independent[0]]
    assert [cells for _, cells in table.rows()] == independent[1:]
    assert len(independent) == expected["records_incl_header"]


CARDS = [name for name in KNOWN.get("vcf_ics", {}) if name.endswith(".vcf")]
CALENDARS = [name for name in KNOWN.get("vcf_ics", {}) if name.endswith(".ics")]


@shared
@pytest.mark.usefixtures("nearby")
@pytest.mark.parametrize("name", CARDS)
def test_cards(name: str) -> None:
    expected, table = KNOWN["vcf_ics"][name], read(SHARED / name).table()
    rows = [dict(zip(table.headings, cells, strict=True)) for _, cells in table.rows()]
    assert len(rows) == expected["begin"]["VCARD"]
    names = [row["name"] for row in rows]
    for written in expected["fn"]:
        plain = quopri.decodestring(written.encode()).decode() if re.search("=[0-9A-F]{2}", written) else written
        plain = plain.replace("\\", "").strip()
        assert any(name.startswith(plain) for name in names)  # the answers have the first line of long ones
    assert sum(bool(row["phone"]) for row in rows) <= expected["tel_lines"]
    assert bool(expected["email_lines"]) == any(row["email"] for row in rows)


@shared
@pytest.mark.usefixtures("nearby")
@pytest.mark.parametrize("name", CALENDARS)
def test_calendars(name: str) -> None:
    """As many appointments as the answers have; where there is a difference, the file is refused, or more was saved of it."""
    expected = KNOWN["vcf_ics"][name]
    count, whole = expected["begin"].get("VEVENT", 0), expected["balanced"]
    try:
        found = peeked(read(SHARED / name))["sheets"][0]["rows"]
    except Refused:
        assert not whole or not count
    else:
        assert found == count
        assert "err" in expected["icalendar"] or found >= expected["icalendar"]["events"]


@shared
@pytest.mark.usefixtures("nearby")
@pytest.mark.parametrize("name", OTA)
def test_reservation_messages(name: str) -> None:
    expected = OTA[name]["reservations"]
    if "error" in name:
        with pytest.raises(Refused, match="Invalid hotel code"):
            read(SHARED / name)
        return
    table = read(SHARED / name).table("reservations")
    rows = [dict(zip(table.headings, cells, strict=True)) for _, cells in table.rows()]
    assert len(rows) == len(expected)
    for row, right in zip(rows, expected, strict=True):
        assert [row["booking no"]] == right["unique_id"]
        assert row["ota status"] == right["status"]
        assert row["guest"] == " ".join(right["given"] + right["surname"])
        assert [row["email"]] == (right["email"] or [""])
        assert row["agency"] == "".join(right["company"])
        assert (row["phone"] in right["phone"]) if right["phone"] else row["phone"] == ""
        for span in right["timespans"]:
            assert "Start" not in span or (row["arrival"], row["departure"]) == (span["Start"], span["End"])
        for total in right["total"]:
            assert (row["total"], row["currency"]) == (total["AmountAfterTax"], total["CurrencyCode"])


@shared
@pytest.mark.usefixtures("nearby")
def test_every_other_file_is_read_or_refused_quickly() -> None:
    """No file of any folder breaks a reader; none takes long."""
    begun, answers = time.process_time(), 0
    for folder in FOLDERS:
        for path in sorted(path for path in (SHARED / folder).rglob("*") if path.is_file()):
            told = ""
            try:
                sheets = peeked(read(path))["sheets"]
            except Refused as error:
                sheets, told = [], say(error.text)
            assert sheets or told
            answers += 1
    assert answers > 400
    assert time.process_time() - begun < 60


MEASURED = """
import json, resource, sys, time
from pathlib import Path
from crm_desktop.exchange.reading import peeked, read
from crm_desktop.record.text import Refused
slowest, kinds = 0.0, 0
for path in sorted(path for folder in sys.argv[2:] for path in (Path(sys.argv[1]) / folder).rglob("*") if path.is_file()):
    begun = time.process_time() + resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    try:
        peeked(read(path))
    except Refused:
        pass
    slowest = max(slowest, time.process_time() + resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - begun)
    kinds += 1
print(json.dumps([kinds, slowest, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024]))
"""


@shared
@pytest.mark.long
def test_no_file_takes_long_or_much_memory() -> None:
    """All of them by the readers as they are, each in its process: the largest of these stays below 300 MiB, none takes 5 s."""
    done = subprocess.run([sys.executable, "-c", MEASURED, str(SHARED), *FOLDERS], capture_output=True, text=True, cwd=REPOSITORY, timeout=900, check=True)
    files, slowest, most = json.loads(done.stdout)
    assert files > 400
    assert slowest < 5, "seconds of the processor"
    assert 5 < most < 300, "MiB"


# the process of its own


def workbook(path: Path, sheet: str, extra: dict[str, str] | None = None) -> Path:
    """The smallest XLSX there is."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>')
        out.writestr("_rels/.rels", '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="w" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>')
        out.writestr("xl/workbook.xml", '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="一" sheetId="1" r:id="a"/></sheets></workbook>')
        out.writestr("xl/_rels/workbook.xml.rels", '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>')
        out.writestr("xl/worksheets/sheet1.xml", f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{sheet}</sheetData></worksheet>')
        for name, content in (extra or {}).items():
            out.writestr(name, content)
    return path


def inline(*cells: str) -> str:
    return "<row>" + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in cells) + "</row>"


def test_a_workbook_is_read_by_a_process_of_its_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = workbook(tmp_path / "预抵.xlsx", inline("预订号", "姓名") + inline("0012", "王小明"))
    assert cli.run(["peek", str(path), "--format", "json"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert read_json(out) == {
        "kind": "xlsx", "encoding": None, "delimiter": None,
        "sheets": [{"name": "一", "header": ["预订号", "姓名"], "rows": 1, "sample": [["0012", "王小明"]]}],
    }  # fmt: skip


def test_peeking_at_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "在店.csv"
    path.write_bytes("房号;姓名\n0801;王小明\n".encode("gb18030"))
    assert cli.run(["peek", str(path), "--format", "json"]) == 0
    assert read_json(capsys.readouterr().out) == {
        "kind": "csv", "encoding": "gb18030", "delimiter": ";",
        "sheets": [{"name": "在店", "header": ["房号", "姓名"], "rows": 1, "sample": [["0801", "王小明"]]}],
    }  # fmt: skip
    assert cli.run(["peek", str(tmp_path / "none.csv")]) == 1
    assert "cannot be read" in capsys.readouterr().err


@pytest.mark.usefixtures("nearby")
def test_a_workbook_that_only_unpacks_is_refused(tmp_path: Path) -> None:
    bomb = workbook(tmp_path / "bomb.xlsx", inline("a"), {"xl/media/zeros.bin": "0" * 80_000_000})
    assert bomb.stat().st_size < 200_000
    with pytest.raises(Refused, match="unpacks to more"):
        read(bomb)


def test_a_sheet_too_large_for_memory_is_refused(tmp_path: Path) -> None:
    """A cell at the far corner asks a reader for a table of all cells before it."""
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    with pytest.raises(Refused, match=r"more memory|reaches too far|cannot be read"):
        read(workbook(tmp_path / "far.xlsx", far))


def test_no_entities_and_no_other_archives(tmp_path: Path) -> None:
    laughs = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha">]><OTA_ResRetrieveRS>&b;</OTA_ResRetrieveRS>'
    (tmp_path / "a.xml").write_text(laughs, "utf-8")
    with pytest.raises(Refused, match="entities"):
        read(tmp_path / "a.xml")
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as out:
        out.writestr("note.txt", "hello")
    with pytest.raises(Refused, match="packed folder"):
        read(tmp_path / "b.zip")
    (tmp_path / "c.pdf").write_bytes(b"%PDF-1.7")
    with pytest.raises(Refused, match="PDF"):
        read(tmp_path / "c.pdf")


class Stop(Exception):
    pass


class Stopping:
    def step(self, done: int, total: int) -> None:
        raise Stop


def test_reading_can_be_stopped_and_ends_when_silent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = workbook(tmp_path / "a.xlsx", inline("a"))
    with pytest.raises(Stop):
        read(path, Stopping())
    monkeypatch.setattr(asked, "SILENT", 0.3)
    monkeypatch.setattr(asked, "_command", lambda kind, path: [__import__("sys").executable, "-c", "import time; time.sleep(60)"])
    begun = time.monotonic()
    with pytest.raises(Refused, match="took too long"):
        list(asked.parts("workbook", path, Quiet()))
    assert time.monotonic() - begun < 30


@pytest.mark.usefixtures("nearby")
@pytest.mark.parametrize("count", [10, 40, 400])
def test_a_card_cannot_hold_the_reader(tmp_path: Path, count: int) -> None:
    """Quotes and commas that other readers never come back from."""
    (tmp_path / "a.vcf").write_bytes(b'BEGIN:VCARD\nz;z==z[;z=z' + b"," * count + b'",[;z=z;z=z:\nFN:A\nEND:VCARD\n')
    assert [row[0] for _, row in read(tmp_path / "a.vcf").table().rows()] == ["A"]


# where the headings stand


@pytest.mark.parametrize(
    ("rows", "at"),
    [
        ([["a", "b"], ["1", "2"]], 0),
        ([["酒店预抵报表", "", ""], ["打印日期", "2026-11-18", ""], ["预订号", "姓名", "抵店"], ["1", "王", "2026-11-18"]], 2),
        ([["2015", "2016"], ["1", "2"]], 0),
        ([["at", "", "top", "x", "y"], ["Name", "Age", "C", "D", "E"], ["A", "69", "c", "d", "e"]], 1),
        ([["a", "", "c"], ["x", "1", "y"]], 0),
        ([], 0),
        ([["", ""]], 0),
    ],
)
def test_where_the_headings_stand(rows: list[list[str]], at: int) -> None:
    assert heading_row(rows) == at


def test_headings_that_are_known_win() -> None:
    rows = [["Hotel", "Report", "of", "today"], ["预订号", "姓名", "", ""], ["1", "x", "", ""]]
    assert heading_row(rows, lambda row: sum(cell in ("预订号", "姓名") for cell in row)) == 1


@pytest.mark.parametrize(("cell", "text"), [(1, "1"), (0.1 + 0.2, "0.3"), (True, "TRUE"), (1e-7, "0.0000001"), (1e20, "100000000000000000000"), (12.5, "12.5"), ("007", "007")])
def test_cells_as_text(cell: Any, text: str) -> None:
    assert words(cell) == text


def test_titles_and_headings_said_again_are_no_rows(tmp_path: Path) -> None:
    cells: list[list[Any]] = [["预抵报表"], ["预订号", "姓名", "抵店"], ["1", "王", "2026-11-18"], ["预抵报表"], ["预订号", "姓名", "抵店"], ["2", "李", "2026-11-19", ""], []]
    assert list(Sheet(tmp_path / "a.xlsx", "x", cells).rows()) == [(3, ["1", "王", "2026-11-18"]), (6, ["2", "李", "2026-11-19"])]
    text = tmp_path / "a.csv"
    text.write_text("预抵报表\n预订号,姓名,抵店\n1,王,2026-11-18\n预订号,姓名,抵店\n2,李,2026-11-19\n", "utf-8")
    table = read(text).table()
    assert (table.headings, list(table.rows())) == (["预订号", "姓名", "抵店"], [(3, ["1", "王", "2026-11-18"]), (5, ["2", "李", "2026-11-19"])])


def test_what_other_programs_call_xls(tmp_path: Path) -> None:
    (tmp_path / "a.xls").write_bytes("<html><meta charset=gb2312><table><tr><td colspan=2>在店<tr><th>房号<th>姓名<tr><td>0801<td>王</table>".encode("gb18030"))
    found = read(tmp_path / "a.xls")
    assert (found.kind, found.table().headings, [row for _, row in found.table().rows()]) == ("html", ["房号", "姓名"], [["0801", "王"]])
    (tmp_path / "b.xls").write_text(
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
        ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="S"><Table><Row><Cell><Data ss:Type="String">房号</Data></Cell>'
        '<Cell ss:Index="3"><Data ss:Type="String">抵店</Data></Cell></Row><Row ss:Index="4"><Cell><Data ss:Type="String">0801</Data></Cell>'
        '<Cell ss:Index="3"><Data ss:Type="DateTime">2026-11-18T00:00:00.000</Data></Cell></Row></Table></Worksheet></Workbook>',
        "utf-8",
    )
    table = read(tmp_path / "b.xls").table()
    assert (table.headings, list(table.rows())) == (["房号", "", "抵店"], [(4, ["0801", "", "2026-11-18"])])


def test_the_sheet_with_most_rows_is_taken(tmp_path: Path) -> None:
    sheets = [Sheet(tmp_path, "a", []), Sheet(tmp_path, "b", [["x"], ["1"]]), Sheet(tmp_path, "c", [["y"], ["1"], ["2"]])]
    file = reading.Read(tmp_path / "a.xlsx", "xlsx", sheets)
    assert (file.table().name, file.table("b").name) == ("c", "b")
    with pytest.raises(Refused, match="has no sheet 'd'; there are: a, b, c"):
        file.table("d")
    with pytest.raises(Refused, match="all its sheets are empty"):
        reading.Read(tmp_path / "a.xlsx", "xlsx", sheets[:1]).table()
