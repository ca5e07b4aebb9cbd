"""Any file a hotel has, as tables: what kind it is by what stands in it, its sheets, or a plain refusal.

Text tables are read here; everything else in another process: see exchange/foreign."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from crm_desktop.exchange.foreign import asked
from crm_desktop.exchange.foreign.lines import decoded
from crm_desktop.exchange.progress import Progress, Quiet
from crm_desktop.exchange.sheets import Sheet
from crm_desktop.exchange.text_file import Table, read_table
from crm_desktop.record.os_words import why
from crm_desktop.record.text import Refused, Text

SAMPLE = 5  # rows
LOOKED_AT = 4096  # bytes
_OLE, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
_NOT_TABLES = (
    (b"%PDF", "PDF"), (b"\x89PNG", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"GIF8", "GIF"), (b"Rar!", "RAR"), (b"7z\xbc\xaf", "7-Zip"), (b"\x1f\x8b", "gzip"),
    (b"SQLite format 3", "SQLite"), (b"{\\rtf", "RTF"),
)  # fmt: skip
NO_TABLE = Text("{file} is a {kind} file, no table. Save what you need as XLSX or CSV and try again.")
NO_SHEET = Text("{file} has no sheet '{sheet}'; there are: {sheets}.")
NOTHING = Text("{file} has no table in it: all its sheets are empty.")
TableLike = Table | Sheet


class Read:
    """A file that was read: its kind, and a table for each sheet. `encoding` and `delimiter` are '' unless it is text."""

    def __init__(self, path: Path, kind: str, tables: Sequence[TableLike]) -> None:
        self.path, self.kind, self.tables = path, kind, list(tables)

    def table(self, sheet: str = "") -> TableLike:
        """The table of this name; for '' the one with most rows. Raises Refused."""
        given = [table for table in self.tables if not isinstance(table, Sheet) or table.cells]
        if not given:
            raise Refused(Text(NOTHING.source, file=self.path.name))
        if not sheet:
            return max(given, key=lambda table: table.lines)
        found = next((table for table in self.tables if table.name == sheet), None)
        if found is None:
            raise Refused(Text(NO_SHEET.source, file=self.path.name, sheet=sheet, sheets=", ".join(table.name for table in self.tables)))
        return found


def read(path: Path, progress: Progress | None = None) -> Read:
    """Read a file. Raises Refused with what is wrong with it; whatever `progress` raises ends it."""
    try:
        with path.open("rb") as file:
            head = file.read(LOOKED_AT)
    except OSError as error:
        raise Refused(Text("{file} cannot be read: {reason}.", file=path, reason=why(error))) from error
    kind = kind_of(head, path)
    if kind == "csv":
        return Read(path, kind, [read_table(path)])
    return Read(path, _told_kind(kind, head, path), _sheets(kind, path, progress or Quiet()))


def kind_of(head: bytes, path: Path) -> str:
    """`csv` for any text table, else the reader that takes a file beginning so. Raises Refused for what is no table."""
    if head.startswith((_ZIP, _OLE)) or head[:4] in (b"\t\x08\x10\x00", b"\t\x08\x08\x00", b"\t\x04\x06\x00", b"\t\x00\x04\x00"):
        return "workbook"
    for mark, name in _NOT_TABLES:
        if head.startswith(mark):
            raise Refused(Text(NO_TABLE.source, file=path.name, kind=name))
    words = decoded(head).lstrip("\ufeff \t\r\n").lower()
    if words.startswith("begin:vcard"):
        return "vcard"
    if words.startswith(("begin:vcalendar", "begin:vevent", "begin:vtodo", "begin:vtimezone")) or path.suffix.lower() in (".ics", ".ical", ".ifb"):
        return "icalendar"
    if path.suffix.lower() in (".vcf", ".vcard") and words:
        return "vcard"
    if words.startswith(("<!doctype html", "<html", "<table", "<head", "<meta", "<style")) or (words.startswith("<") and "<html" in words):
        return "html"
    if words.startswith("<"):
        return "xml" if "<workbook" in words or "urn:schemas-microsoft-com:office:spreadsheet" in words else "ota"
    return "csv"


def _told_kind(kind: str, head: bytes, path: Path) -> str:
    """The kind as people name it."""
    if kind != "workbook":
        return kind
    if not head.startswith(_ZIP):
        return "et" if path.suffix.lower() == ".et" else "xls"
    if b"opendocument" in head[:200]:
        return "ods"
    suffix = path.suffix.lower().removeprefix(".")
    return suffix if suffix in ("xlsb", "xlsm", "ods", "et") else "xlsx"


def _sheets(kind: str, path: Path, progress: Progress) -> list[Sheet]:
    found: list[tuple[str, int, list[list[Any]]]] = []
    for part in asked.parts(kind, path, progress):
        if part[0] == "sheet":
            found.append((part[1], part[2], []))
        else:
            found[-1][2].extend(part[1])
    return [Sheet(path, name, cells, first) for name, first, cells in found]


def peeked(file: Read) -> dict[str, Any]:
    """What a reader understood of a file, as JSON: kind, encoding, delimiter, sheets with headings, rows and a few of them."""
    first = file.tables[0] if file.tables else None
    return {
        "kind": file.kind, "encoding": (first.encoding if first else "") or None, "delimiter": (first.delimiter if first else "") or None,
        "sheets": [_peeked(table) for table in file.tables],
    }  # fmt: skip


def _peeked(table: TableLike) -> dict[str, Any]:
    rows = [cells for _, cells in table.rows()]
    header = table.header if isinstance(table, Sheet) else table.headings
    return {"name": table.name, "header": header, "rows": len(rows), "sample": rows[:SAMPLE]}
