"""Rows pasted from a table: the clipboard taken apart, and compared with what is here just as a file would be."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from crm_desktop.exchange import chat, importing, likely
from crm_desktop.exchange.comparing import Prepared
from crm_desktop.exchange.differences import BLOCK, FIELDS, Line, Naming, changed
from crm_desktop.exchange.differences import CHANGED as CHANGED
from crm_desktop.exchange.differences import NEW as NEW
from crm_desktop.exchange.differences import REFUSED as REFUSED
from crm_desktop.exchange.likely import Likely
from crm_desktop.exchange.mapping import Mapping, from_headings, identities, recognise
from crm_desktop.exchange.progress import Quiet
from crm_desktop.exchange.text_file import FIELD_LIMIT, Table
from crm_desktop.record.ids import encode
from crm_desktop.record.record import Field, Record, Row
from crm_desktop.record.terms import sort_key
from crm_desktop.record.text import Refused, Text, say
from crm_desktop.store.keys import Keys
from crm_desktop.store.schema import LIVING

MOST = 5_000  # rows
TOO_MANY = Text("At most {limit} rows can be pasted at once. Save them as a file and import it.", limit=f"{MOST:,}")
NOTHING = Text("There is no table on the clipboard. Copy rows in Excel first.")
CLIPBOARD = Text("the clipboard")


class Pasted:
    """What pasting would do: the rows ready to be written, the preview, the columns nobody knows, and the new rows that may
    be here already with what is chosen for each (by id; nothing = added)."""

    def __init__(self, prepared: Prepared, lines: Sequence[Line], fields: Sequence[Field], unknown: Sequence[str], maybe: Sequence[Likely] = ()) -> None:
        self.prepared, self.lines, self.fields, self.unknown = prepared, list(lines), list(fields), list(unknown)
        self.maybe, self.choices = list(maybe), dict[int, str]()

    def odd(self) -> list[tuple[Field, list[str]]]:
        """Words that stand where a list has its own, and are not among them: they are kept as they stand."""
        by_name, meant = self.prepared.record.by_name, {column: take.field for take in self.prepared.mapping.takes for column in take.columns}
        found = []
        for column, said in self.prepared.choices.items():
            field = by_name[meant[column]]
            known = {code for code, _, _ in field.choices}
            if words := [cell for cell, code in said.items() if code not in known]:
                found.append((field, words))
        return found

    def decide(self, reader: Any) -> None:
        """Do with the rows that may be here what was chosen, before they are written."""
        likely.decide(reader, self.prepared, self.maybe, self.choices)


# the clipboard


class _Cells(HTMLParser):
    """The cells of the first table of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[str]] = []
        self._cell: list[str] | None = None
        self._span = 1

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self._end()
            self.rows.append([])
        elif tag in ("td", "th") and self.rows:
            self._end()
            span = dict(attributes).get("colspan") or "1"
            self._cell, self._span = [], min(int(span), 200) if span.isdecimal() else 1
        elif tag == "br" and self._cell is not None:
            self._cell.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table"):
            self._end()

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def _end(self) -> None:
        if self._cell is not None:
            self.rows[-1] += ["".join(self._cell), *[""] * (self._span - 1)]
            self._cell = None


def cells_for(record: Record, text: str, html: str = "") -> list[list[str]]:
    """The rows of a copied table, or of a list in a chat. Raises Refused when there is neither, or too much."""
    if "\t" not in text and not _of_html(html):
        if len(listed := chat.rows(record, text)) > MOST + 1:
            raise Refused(TOO_MANY)
        if listed:
            return listed
    return cells_of(text, html)


def cells_of(text: str, html: str = "") -> list[list[str]]:
    """The rows of a copied table, without empty ones, all equally long. Raises Refused when there is none, or too much."""
    rows = _of_text(text) if "\t" in text or not html else _of_html(html) or _of_text(text)
    rows = [[" ".join(cell.split()) for cell in row] for row in rows]
    rows = [row for row in rows if any(row)]
    if not rows:
        raise Refused(NOTHING)
    if len(rows) > MOST + 1:
        raise Refused(TOO_MANY)
    width = max(max(at for at, cell in enumerate(row, 1) if cell) for row in rows)
    return [[*row, *[""] * width][:width] for row in rows]


def _of_text(text: str) -> list[list[str]]:
    csv.field_size_limit(FIELD_LIMIT)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter="\t", strict=True))
    except csv.Error:  # quotation marks that are part of the words
        return [line.split("\t") for line in text.splitlines()]


def _of_html(html: str) -> list[list[str]]:
    found = _Cells()
    found.feed(html)
    found.close()
    return found.rows


# what the columns mean


def columns_of(record: Record, rows: Sequence[Sequence[str]], listed: Sequence[str]) -> tuple[list[str], bool]:
    """The field of each column ('' for none), and whether the first row is one of headings.

    It is when at least half of its cells name a field; else the columns are those the list shows, in their order."""
    first = [cell.strip() for cell in rows[0]]
    meant = recognise(record, first)
    if len(rows) > 1 and meant and 2 * len(meant) >= sum(map(bool, first)):
        return [meant.pop(cell, "") for cell in first], True
    stored = [name if record.by_name[name].stored else "" for name in listed]
    return [*stored, *[""] * len(first)][: len(first)], False


def _mapping(record: Record, names: Sequence[str], constants: Row) -> Mapping:
    chosen = {str(at): name for at, name in enumerate(names) if name}
    found = from_headings(record, [str(at) for at in range(len(names))], chosen)
    found.constants = {**constants, **found.constants}
    return found


def _known_by_name(reader: Any, record: Record, names: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """For each row the id of the one living row of this name, '' where there is none or several.

    A person whose phone is another one is somebody else."""
    personal = "phone" in record.by_name and record.by_name["phone"].data == "personal"  # two firms of one name are one, two people are not
    at, phone_at = names.index(record.name), names.index("phone") if personal and "phone" in names else -1
    there = _living(reader, record, sorted({sort_key(row[at]) for row in rows}), phone_at >= 0)
    out = []
    for row in rows:
        phone = _digits(row[phone_at]) if phone_at >= 0 else ""
        fit = [row_id for row_id, other in there.get(row[at], ()) if not phone or not other or phone == other]
        out.append(encode(fit[0]) if len(fit) == 1 else "")
    return out


def _living(reader: Any, record: Record, keys: Sequence[str], phones: bool) -> dict[str, list[tuple[int, str]]]:
    out: dict[str, list[tuple[int, str]]] = {}
    for start in range(0, len(keys), BLOCK):
        block = keys[start : start + BLOCK]
        phone = "phone" if phones else "''"
        sql = f"select {record.name}, id, {phone} from {record.key} where {LIVING} and sort in ({', '.join('?' * len(block))})"
        for name, row_id, number in reader.execute(sql, block).fetchall():
            out.setdefault(name, []).append((row_id, _digits(number)))
    return out


def _digits(words: str) -> str:
    return "".join(letter for letter in words if letter.isdecimal())


# comparing


def prepare(
    reader: Any, keys: Keys, by_key: dict[str, Record], record: Record, cells: Sequence[Sequence[str]], listed: Sequence[str], constants: Row, hashes: bool = False
) -> Pasted:
    """Compare pasted cells with what is here. `listed`: the columns the list shows; `constants`: what new rows begin with;
    `hashes`: as `importing.prepare` has it.

    Raises Refused when a needed column is missing, or nothing is known."""
    names, headed = columns_of(record, cells, listed)
    rows = [list(row) for row in cells[1 if headed else 0 :]]
    unknown = [cells[0][at] for at, name in enumerate(names) if not name and cells[0][at]] if headed else []
    mapping = _mapping(record, names, constants)
    if "id" not in names and record.name in names and record.searched and not _numbered(record, names):
        ids = _known_by_name(reader, record, names, rows)
        names, rows = [*names, "id"], [[*row, row_id] for row, row_id in zip(rows, ids, strict=True)]
        mapping = _mapping(record, names, constants)
    prepared = importing.prepare(reader, keys, by_key, _table(rows, len(names)), mapping, hashes=hashes)
    _keep_what_is_empty(prepared, {name for at, name in enumerate(names) if any(_is_zero(row[at]) for row in rows)})
    at = names.index(record.name) if record.name in names else next(at for at, name in enumerate(names) if name)
    fields = [record.by_name[name] for name in names if name and name != "id"]
    maybe = likely.find(reader, prepared, Quiet())
    return Pasted(prepared, _lines(reader, by_key, prepared, fields, at, maybe), fields, unknown, maybe)


def _is_zero(cell: str) -> bool:
    return (cell.strip("0., ") == "" and "0" in cell) or cell.lower() in ("no", "n", "否")


def _keep_what_is_empty(prepared: Prepared, zeros: set[str]) -> None:
    """An empty cell says nothing: what a row holds there stays. `zeros`: columns in which a nothing was written out."""
    kept = []
    for row_id, version, values in prepared.updates:
        news = {name: value for name, value in values.items() if value not in ("", None) and (value != 0 or name in zeros or name == "gone")}
        said = [name for name in news if name in prepared.record.by_name and prepared.record.by_name[name].stored]
        if said or "gone" in values:
            kept.append((row_id, version, news | ({"gone": None} if "gone" in values else {})))
        else:
            prepared.same += 1
    prepared.updates = kept


def _numbered(record: Record, names: Sequence[str]) -> bool:
    return any(columns[-1] in names for columns in identities(record))


def _table(rows: Sequence[Sequence[str]], width: int) -> Table:
    out = io.StringIO()
    csv.writer(out, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_ALL).writerows([[str(at) for at in range(width)], *rows])
    return Table(Path(say(CLIPBOARD)), out.getvalue(), "utf-8", "\t")


def _lines(reader: Any, by_key: dict[str, Record], prepared: Prepared, fields: Sequence[Field], at: int, likely_ones: Sequence[Likely]) -> list[Line]:
    record, naming = prepared.record, Naming(reader, by_key, prepared.made)
    out = [Line(REFUSED, bad.cells[at] or " ".join(filter(None, bad.cells)), bad.reason) for bad in prepared.bad]
    maybe = {each.id: each.found for each in likely_ones}
    for row in prepared.inserts:
        values = dict(zip(prepared.columns, row, strict=True))
        told = [naming.of(field, values[field.name]) for field in fields if field.name != record.name and values[field.name] not in ("", None, 0)]
        words: Text | str = " · ".join(say(each) for each in told[:FIELDS])
        found = maybe.get(values["id"])
        if found is not None:
            words = Text("May be {name} ({why})", name=found.title, why=found.reasons[0])
        out.append(Line(NEW, str(values.get(record.name) or ""), words, values["id"] if found else 0))
    return out + changed(reader, prepared, naming)
