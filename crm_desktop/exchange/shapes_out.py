"""Lists as JSON, people as vCards, appointments as iCalendar: what other programs take in without a table."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any

from crm_desktop.exchange import typed_columns
from crm_desktop.exchange.progress import Progress, Quiet
from crm_desktop.exchange.typed_columns import Typed, Value
from crm_desktop.exchange.xlsx_out import BLOCK, rows_of
from crm_desktop.record.dates import now
from crm_desktop.record.kinds import Kind, plain
from crm_desktop.record.text import Refused, Text, say
from crm_desktop.store.folders import writing
from crm_desktop.store.pages import ListQuery

Row = dict[str, Value]
NO_SHAPE = Text("{records} cannot be written as {kind}.")
LINE = 75  # bytes: longer lines are folded
PRODUCT = "-//crm-desktop//EN"


def write_json(reader: Any, query: ListQuery, path: Path, *, only: Sequence[str] | None = None, words: bool = False, by_id: bool = False, progress: Progress | None = None) -> int:
    """The list as one JSON array of objects; amounts as decimal text, days as ISO text."""
    columns = typed_columns.of(query.record, only, words=words)
    names = [column.title for column in columns]

    def lines(rows: Iterator[list[Value]]) -> Iterator[str]:
        begin = "[\n"
        for row in rows:
            values = {name: _json(column.kind, value) for name, column, value in zip(names, columns, row, strict=True)}
            yield begin + json.dumps(values, ensure_ascii=False)
            begin = ",\n"
        yield "\n]\n" if begin == ",\n" else "[]\n"

    return _written(reader, query, columns, path, by_id, progress, lines)


def _json(kind: Kind, value: Value) -> Value:
    return plain(Kind.MONEY, value) if kind == Kind.MONEY and value is not None else value


def write_cards(reader: Any, query: ListQuery, path: Path, *, by_id: bool = False, progress: Progress | None = None) -> int:
    """The people of a list as vCards 3.0, which phones and mail programs take."""
    return _shaped(reader, query, path, "vcf", card, ("", ""), by_id, progress)


def write_calendar(reader: Any, query: ListQuery, path: Path, *, by_id: bool = False, progress: Progress | None = None) -> int:
    """What a list has a day for, as an iCalendar, which says how often those who subscribe to the file may look again."""
    head = ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH", "REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H")
    ends = ("\r\n".join(head) + "\r\n" + folded(f"X-WR-CALNAME:{escaped(say(query.record.many))}"), "END:VCALENDAR\r\n")
    return _shaped(reader, query, path, "ics", event, ends, by_id, progress)


def _shaped(
    reader: Any, query: ListQuery, path: Path, kind: str, shape: Callable[[Row], str], ends: tuple[str, str], by_id: bool, progress: Progress | None
) -> int:  # fmt: skip
    parts = query.record.shapes.get(kind)
    if not parts:
        raise Refused(Text(NO_SHAPE.source, records=query.record.many, kind="vCard" if kind == "vcf" else "iCalendar"))
    by_part = {column.name: column for column in typed_columns.of(query.record, list(dict.fromkeys(parts.values())), words=True)}
    columns = list(by_part.values())
    at = {column.name: place for place, column in enumerate(columns)}

    def lines(rows: Iterator[list[Value]]) -> Iterator[str]:
        yield ends[0]
        for row in rows:
            yield shape({"id": row[0], **{part: row[at[name]] for part, name in parts.items()}})
        yield ends[1]

    return _written(reader, query, columns, path, by_id, progress, lines)


def _written(
    reader: Any, query: ListQuery, columns: Sequence[Typed], path: Path, by_id: bool, progress: Progress | None, lines: Callable[[Iterator[list[Value]]], Iterator[str]]
) -> int:  # fmt: skip
    cursor, told, count = rows_of(reader, query, columns, by_id), progress or Quiet(), 0

    def rows() -> Iterator[list[Value]]:
        nonlocal count
        while block := cursor.fetchmany(BLOCK):
            for row in block:
                count += 1
                yield [column.read(value) for column, value in zip(columns, row, strict=True)]
            told.step(count, 0)

    def write(file: IO[bytes]) -> None:
        for line in lines(rows()):
            file.write(line.encode())

    writing(path, write)
    return count


# cards and appointments


def escaped(value: Value) -> str:
    """A text as one value of a line."""
    text = str(value or "").replace("\\", "\\\\").replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\n", "\\n").replace(";", "\\;").replace(",", "\\,")


def folded(line: str) -> str:
    """A line in pieces that no program finds too long; no letter is cut apart."""
    out, size = [], 0
    for letter in line:
        width = len(letter.encode())
        if size + width > LINE:
            out.append("\r\n ")
            size = 1
        out.append(letter)
        size += width
    return "".join(out) + "\r\n"


def _lines(parts: Sequence[tuple[str, str]]) -> str:
    return "".join(folded(f"{name}:{value}") for name, value in parts if value)


def card(row: Row) -> str:
    """One person as a vCard 3.0."""
    name, company, department = escaped(row.get("name")), escaped(row.get("company")), escaped(row.get("department"))
    body = (
        ("VERSION", "3.0"), ("UID", str(row["id"])), ("FN", name), ("N", f"{name};;;;"),
        ("ORG", f"{company};{department}" if department else company), ("TITLE", escaped(row.get("position"))),
        ("TEL;TYPE=CELL", escaped(row.get("phone"))), ("EMAIL", escaped(row.get("email"))), ("BDAY", str(row.get("birthday") or "")),
        ("ADR", f";;{escaped(row['address'])};;;;" if row.get("address") else ""), ("NICKNAME", escaped(row.get("called"))),
    )  # fmt: skip
    return f"BEGIN:VCARD\r\n{_lines(body)}END:VCARD\r\n"


def event(row: Row) -> str:
    """One appointment: at its time for an hour, or the whole day."""
    day, time = str(row.get("day") or ""), str(row.get("time") or "")
    if not day:
        return ""
    what = ": ".join(filter(None, (str(row.get("who") or ""), str(row.get("summary") or ""))))
    body = (
        ("UID", f"{row['id']}@crm-desktop"), ("DTSTAMP", now()[:19].replace("-", "").replace(":", "") + "Z"), *_when(day, time),
        ("SUMMARY", escaped(what)), ("LOCATION", escaped(row.get("place"))), ("DESCRIPTION", escaped(row.get("note"))),
    )  # fmt: skip
    return f"BEGIN:VEVENT\r\n{_lines(body)}END:VEVENT\r\n"


def _when(day: str, time: str) -> Sequence[tuple[str, str]]:
    if not time:
        after = dt.date.fromisoformat(day) + dt.timedelta(1)
        return (("DTSTART;VALUE=DATE", day.replace("-", "")), ("DTEND;VALUE=DATE", after.isoformat().replace("-", "")))
    begin = dt.datetime.fromisoformat(f"{day}T{time}")
    return tuple((name, f"{moment:%Y%m%dT%H%M%S}") for name, moment in (("DTSTART", begin), ("DTEND", begin + dt.timedelta(hours=1))))
