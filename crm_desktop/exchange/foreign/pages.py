"""Tables of web pages, which many programs save under the name .xls."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from crm_desktop.exchange.foreign.child import Part
from crm_desktop.exchange.foreign.lines import MOST_BYTES, decoded
from crm_desktop.record.text import Refused, Text

NONE = Text("The file is a web page without a table.")
_CHARSET = re.compile(rb"charset=[\"']?([\w-]+)", re.IGNORECASE)


class _Tables(HTMLParser):
    """Every table of a page that has rows, inner ones by themselves."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self._open: list[list[list[str]]] = []
        self._cell: list[str] | None = None
        self._span = 1

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._end()
            self._open.append([])
            self.tables.append(self._open[-1])
        elif tag == "tr" and self._open:
            self._end()
            self._open[-1].append([])
        elif tag in ("td", "th") and self._open and self._open[-1]:
            self._end()
            span = dict(attributes).get("colspan") or "1"
            self._cell, self._span = [], min(int(span), 200) if span.isdecimal() else 1
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table"):
            self._end()
        if tag == "table" and self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def _end(self) -> None:
        if self._cell is not None and self._open and self._open[-1]:
            words = "\n".join(" ".join(line.split()) for line in "".join(self._cell).split("\n"))
            self._open[-1][-1] += [words.strip(), *[""] * (self._span - 1)]
        self._cell = None


def read(path: Path) -> Iterator[Part]:
    """Each table as a sheet. Raises Refused."""
    raw = path.read_bytes()[:MOST_BYTES]
    found, said = _Tables(), _CHARSET.search(raw[:4096])
    try:
        words = raw.decode(said[1].decode() if said else "utf-8-sig")
    except (UnicodeDecodeError, LookupError):
        words = decoded(raw)
    found.feed(words)
    found.close()
    tables = [table for table in found.tables if any(any(row) for row in table)]
    if not tables:
        raise Refused(NONE)
    for number, table in enumerate(tables, 1):
        yield ("sheet", f"table {number}" if len(tables) > 1 else path.stem, 1)
        yield ("rows", table)
