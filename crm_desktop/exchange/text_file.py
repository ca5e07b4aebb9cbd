"""Reading a table of text from whatever a hotel has: the encoding, the delimiter, the rows; or a plain refusal."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator
from pathlib import Path

from crm_desktop.record.text import Refused, Text

MOST_COLUMNS = 200
DELIMITERS = ",;\t|"
FIELD_LIMIT = 1_000_000
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip


_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")  # a copy of the whole text would be four times as large


class Table:
    """A text file taken apart: its headings and, once, its rows with their line numbers."""

    def __init__(self, path: Path, words: str, encoding: str, delimiter: str) -> None:
        self.path, self.encoding, self.delimiter = path, encoding, delimiter
        self._words = words
        self.headings = self._head()
        self.lines = max(1, words.count("\n"))

    def _reader(self) -> Iterator[list[str]]:
        csv.field_size_limit(FIELD_LIMIT)
        return csv.reader((found.group() for found in _LINE.finditer(self._words)), delimiter=self.delimiter, strict=True)

    def _head(self) -> list[str]:
        head = next(self._safe(self._reader()), (0, []))[1]
        if len(head) > MOST_COLUMNS:
            raise Refused(
                Text("{file} has {count} columns; no table here has more than {most}.", file=self.path.name, count=len(head), most=MOST_COLUMNS)
            )
        if not any(cell.strip() for cell in head):
            raise Refused(Text("{file} does not begin with a row of headings.", file=self.path.name))
        return [cell.strip() for cell in head]

    def forget(self) -> None:
        """Let go of the text, when all of it has been read."""
        self._words = ""

    def _safe(self, reader: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
        """Rows with the line they begin on; a broken quote becomes a sentence."""
        begun = 1
        while True:
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                raise Refused(_broken(error, self.path.name, begun)) from error
            if row:
                yield begun, row
            begun = reader.line_num + 1  # type: ignore[attr-defined]

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Every row after the headings as (line, cells); lines without any value are skipped."""
        rows = self._safe(self._reader())
        next(rows, None)
        return ((line, row) for line, row in rows if row[0].strip() or any(map(str.strip, row)))


def _broken(error: csv.Error, file: str, line: int) -> Text:
    """What the reader of tables stumbled over, in words."""
    reason = str(error)
    if "field larger" in reason:
        return Text("In {file} a cell near line {line} is longer than {most} characters.", file=file, line=line, most=f"{FIELD_LIMIT:,}")
    if "expected after" in reason:
        return Text("In {file} a quotation mark stands inside a cell near line {line}; write it twice there.", file=file, line=line)
    return Text("In {file} a quotation mark that opens near line {line} is never closed properly.", file=file, line=line)


def read_table(path: Path) -> Table:
    """Open a text table. Raises Refused with what is wrong and where."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise Refused(Text("{file} cannot be read: {reason}.", file=path, reason=error.strerror or error)) from error
    if not raw.strip():
        raise Refused(Text("{file} is empty.", file=path.name))
    words, encoding = _decode(raw, path)
    return Table(path, words, encoding, _delimiter(words))


def _decode(raw: bytes, path: Path) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _strictly(raw, encoding, path), encoding
    if b"\0" in raw[:65536] or b"\0" in raw:
        raise Refused(Text("{file} is not a text file. Save it from Excel as 'CSV UTF-8' and try again.", file=path.name))
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise _not_text(path)


def _strictly(raw: bytes, encoding: str, path: Path) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise _not_text(path) from error


def _not_text(path: Path) -> Refused:
    return Refused(Text("{file} is not text in UTF-8, UTF-16 or GB18030. Save it from Excel as 'CSV UTF-8' and try again.", file=path.name))


def _delimiter(words: str) -> str:
    """The delimiter that divides the first line into most parts."""
    head = words[:100_000].lstrip("\r\n").split("\n", 1)[0]
    outside = "".join(head.split('"')[::2])
    return max(DELIMITERS, key=outside.count)
