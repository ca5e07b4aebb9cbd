"""Reading a table of text from whatever a hotel has: the encoding, the delimiter, the rows; or a plain refusal."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain, islice
from pathlib import Path

from crm_desktop.exchange.encodings import decode
from crm_desktop.exchange.sheets import LOOKED_AT, Score, are_words, heading_row
from crm_desktop.record.os_words import why
from crm_desktop.record.text import Refused, Text

MOST_COLUMNS = 200
DELIMITERS = ",;\t|"
FIELD_LIMIT = 1_000_000
_SAID = re.compile(r"sep=([,;\t|])[ \t]*\r?\n", re.IGNORECASE)  # what Excel writes and reads before everything else


PART = 1_000_000  # characters of the text taken apart at a time: a copy of all of it would be four times as large


class Table:
    """A text file taken apart: its headings and, once, its rows with their line numbers."""

    def __init__(self, path: Path, words: str, encoding: str, delimiter: str) -> None:
        self.path, self.encoding, self.delimiter = path, encoding, delimiter
        self._words, self.name = words, path.stem
        self._above = self._titles()
        self.headings: list[str] = self._head()
        self.lines = max(1, words.count("\n"))

    def _reader(self) -> Iterator[list[str]]:
        csv.field_size_limit(FIELD_LIMIT)
        return csv.reader(chain.from_iterable(_parts(self._words)), delimiter=self.delimiter, strict=True)

    def look_for(self, known: Score) -> None:
        """Find the headings by what somebody knows: reports have their title above them."""
        self._above = heading_row(self.first_rows(), known)
        self.headings = self._head()

    def first_rows(self) -> list[list[str]]:
        """The first rows, as far as they can be read."""
        out: list[list[str]] = []
        with suppress(Refused):
            out.extend(cells for _, cells in islice(self._safe(self._reader()), LOOKED_AT))
        return out

    def _titles(self) -> int:
        """How many rows stand above the headings: the first is one of them unless it is much narrower than the others."""
        first = self.first_rows()
        widths = [sum(1 for cell in cells if cell.strip()) for cells in first]
        usual = sorted(widths)[len(widths) // 2] if widths else 0
        at = heading_row(first) if usual >= 3 and widths[0] < 0.6 * usual else 0
        return at if at and are_words(first[at]) else 0

    def _head(self) -> list[str]:
        head = next(islice(self._safe(self._reader()), self._above, None), (0, []))[1]
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
        """Every row after the headings as (line, cells); lines without any value, headings and titles said again are skipped."""
        rows = self._safe(self._reader())
        above = [row for _, row in islice(rows, self._above + 1)]
        if not self._above:
            head = above[0] if above else []
            return ((line, row) for line, row in rows if row != head and (row[0].strip() or any(map(str.strip, row))))
        again = set(map(_bare, above))
        return ((line, row) for line, row in rows if any(map(str.strip, row)) and _bare(row) not in again)


def _bare(row: list[str]) -> tuple[str, ...]:
    return tuple(filter(None, map(str.strip, row)))


def _parts(words: str) -> Iterator[Iterator[str]]:
    """The lines of a text, part by part; a part ends at the end of a line."""
    begun = 0
    while begun < len(words):
        end = words.find("\n", begun + PART) + 1 or len(words)
        yield io.StringIO(words[begun:end], newline="")
        begun = end


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
        raise Refused(Text("{file} cannot be read: {reason}.", file=path, reason=why(error))) from error
    if not raw.strip():
        raise Refused(Text("{file} is empty.", file=path.name))
    words, encoding = decode(raw, path)
    said = _SAID.match(words)
    return Table(path, "\n" + words[said.end() :], encoding, said[1]) if said else Table(path, words, encoding, _delimiter(words))


def _delimiter(words: str) -> str:
    """The delimiter that divides the first line into most parts; where the first is a title, the first lines together."""
    first = words[:100_000].lstrip("\r\n").splitlines()[:LOOKED_AT]
    counts = [Counter("".join(line.split('"')[::2])) for line in first[:1]]
    if not any(count[sign] for count in counts for sign in DELIMITERS):
        counts = [Counter("".join(line.split('"')[::2])) for line in first]
    return max(DELIMITERS, key=lambda sign: sum(count[sign] for count in counts))
