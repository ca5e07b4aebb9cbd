"""Papers that come from a declaration alone: a record's sheet, any list, labels with names and addresses, pairs of words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from crm_desktop.record.duty import Duty, Related
from crm_desktop.record.kinds import NUMERIC, YES, Kind, Value, shown
from crm_desktop.record.money import show_money
from crm_desktop.record.paper import Ask, Content, PaperForm
from crm_desktop.record.record import Field, Record, Row
from crm_desktop.record.text import Text
from crm_desktop.store import pages, rows

RELATED_ROWS, BLOCK, MOST_ROWS = 200, 2_000, 20_000  # of one list: a paper, not a database
LYING_FROM = 7  # columns
LABEL_COLUMNS = ("name", "address", "phone", "account_id", "position")


def words(ask: Ask, field: Field, value: Value) -> str:
    """A value as a paper shows it; of a reference, the name the store gave."""
    if field.kind == Kind.CHOICE:
        return ask.say(field.choice_text(value or ""))
    if field.kind == Kind.REF:
        return str(value or "")
    if field.kind == Kind.BOOL:
        return ask.say(YES) if value else ""
    return shown(field.kind, value)


def _boxed(ask: Ask, field: Field, value: Value) -> str:
    """A value in a box of a form: where no amount was entered, the box is empty; what is so is ticked."""
    if field.kind in (Kind.MONEY, Kind.BOOL) and not value:
        return ""
    return "√" if field.kind == Kind.BOOL else words(ask, field, value)


def told(ask: Ask, record: Record, row: Row) -> dict[str, Any]:
    """Every value of a row as a paper shows it, by column: text, of long ones their lines, of a reference its name."""
    out: dict[str, Any] = {}
    for name, field in record.by_name.items():
        said = _boxed(ask, field, row.get(f"{name}.name") if field.kind == Kind.REF else row.get(name))
        out[name] = said.splitlines() if field.kind == Kind.LONG else said
    return out


def lines_of(reader: Any, ask: Ask, query: pages.ListQuery) -> list[list[str]]:
    """The rows of a list that stands in a paper of its own form, each with its number in front."""
    fields = [query.record.by_name[name] for name in query.columns]
    found = pages.fetch(reader, query, limit=RELATED_ROWS)
    return [[str(at), *(_boxed(ask, field, cell) for field, cell in zip(fields, row[2:], strict=True))] for at, row in enumerate(found, 1)]


# a record's own sheet


def sheet(record: Record, duties: Sequence[Duty] = ()) -> PaperForm:
    """The paper every record has: its fields in the order of its form; with the duties also every list that refers to it."""
    return PaperForm(f"sheet {record.key}", record.title, record.key, partial(_sheet, record, tuple(duties)), template="sheet")


def _sheet(record: Record, duties: tuple[Duty, ...], reader: Any, ask: Ask) -> Content | None:
    row = rows.get(reader, record, ask.row_id)
    if row is None:
        return None
    known = {each.key: each for duty in duties for each in duty.records}
    related = [each for duty in duties for each in duty.related.get(record.key, ())]
    lists = [found for each in related if each.record in known and (found := _related(reader, ask, known[each.record], each))["rows"]]
    name = str(row.get(record.name) or row.get(f"{record.titled}.name") or "")
    data = {"name": name, "sections": [part for section in record.sections if (part := _section(ask, row, section.title, section.fields))["pairs"]], "lists": lists}
    return Content(data, name, hotel_id=row.get("hotel_id"))


def _section(ask: Ask, row: Row, title: Text, fields: Sequence[Field]) -> dict[str, Any]:
    pairs = []
    for field in fields:
        value = row.get(f"{field.name}.name") if field.kind == Kind.REF else row.get(field.name)
        if not field.hidden and (told := words(ask, field, value)):
            pairs.append([ask.say(field.label), told, "wide" if field.wide or field.kind == Kind.LONG else ""])
    return {"title": ask.say(title), "pairs": pairs}


def _related(reader: Any, ask: Ask, record: Record, related: Related) -> dict[str, Any]:
    query = pages.ListQuery(record, [("|".join(related.by), "=", ask.row_id)], columns=related.columns)
    found = pages.fetch(reader, query, limit=RELATED_ROWS)
    fields = [record.by_name[name] for name in query.columns]
    table = [[words(ask, field, cell) for field, cell in zip(fields, row[2:], strict=True)] for row in found]
    return {"title": ask.say(related.title), "columns": _columns(ask, fields), "rows": table, "count": f"{pages.count(reader, query):,}"}


def _columns(ask: Ask, fields: Sequence[Field]) -> list[dict[str, Any]]:
    return [{"words": ask.say(field.label), "right": field.kind in NUMERIC, "width": max(field.width or 120, 60)} for field in fields]


# any list


def listing(query: pages.ListQuery) -> PaperForm:
    """A list as it is seen: filtered, sorted, its columns."""
    return PaperForm(f"list {query.record.key}", query.record.many, "", partial(_listing, query), template="list", turned=len(query.columns) >= LYING_FROM)


def _listing(query: pages.ListQuery, reader: Any, ask: Ask) -> Content:
    fields = [query.record.by_name[name] for name in query.columns]
    table = [[words(ask, field, cell) for field, cell in zip(fields, row[2:], strict=True)] for row in _all(reader, query, ask.given.get("step"))]
    count = pages.count(reader, query)
    data = {"columns": _columns(ask, fields), "rows": table, "count": f"{count:,}", "shown": f"{len(table):,}", "whole": count <= len(table), "sums": _sums(reader, query, ask)}
    return Content(data, f"{count:,}")


def _all(reader: Any, query: pages.ListQuery, step: Callable[[int, int], None] | None) -> Iterator[tuple[Value, ...]]:
    """The rows of a list, a block at a time."""
    start, count = None, 0
    while count < MOST_ROWS:
        found = pages.fetch(reader, query, start=start, inclusive=False, limit=BLOCK)
        yield from found
        count += len(found)
        if len(found) < BLOCK:
            return
        start = (found[-1][1], found[-1][0])
        if step:
            step(count, MOST_ROWS)


def _sums(reader: Any, query: pages.ListQuery, ask: Ask) -> list[str]:
    """The sums of its amounts, each currency on its own line."""
    if not any(query.record.by_name[name].kind == Kind.MONEY for name in query.columns):
        return []
    total: dict[str, dict[str, int]] = {}
    ids = [int(row[0]) for row in _all(reader, pages.ListQuery(query.record, query.filters, query.sort, query.descending, columns=()), None)]
    pages.add_up(total, pages.sums(reader, query, ids))
    return [
        "　".join([unit, *(f"{ask.say(query.record.by_name[name].label)} {show_money(amount)}" for name, amount in amounts.items())]).strip()
        for unit, amounts in total.items()
    ]  # fmt: skip


# labels


def labels(query: pages.ListQuery) -> PaperForm:
    """A sheet of labels for envelopes and gifts, one for each row of a list: three across, eight down."""
    columns = tuple(name for name in LABEL_COLUMNS if name in query.record.by_name)
    wanted = pages.ListQuery(query.record, query.filters, query.sort, query.descending, columns=columns)
    return PaperForm(f"labels {query.record.key}", Text("Labels"), "", partial(_labels, wanted), template="labels")


def has_labels(record: Record) -> bool:
    """Whether letters and gifts go to such rows."""
    return "address" in record.by_name and record.by_name[record.name].kind == Kind.TEXT


def _labels(query: pages.ListQuery, reader: Any, _ask: Ask) -> Content:
    found = [dict(zip(query.columns, row[2:], strict=True)) for row in _all(reader, query, None)]
    table = [{name: str(row.get(name) or "") for name in LABEL_COLUMNS} for row in found]
    return Content({"labels": table}, f"{len(table):,}")


def pairs(title: Text, lines: Sequence[tuple[str, str]], size: str = "A5") -> PaperForm:
    """Two columns under a title: what a page puts together itself."""
    return PaperForm("pairs", title, "", partial(_pairs, [list(line) for line in lines]), template="pairs", size=size)


def _pairs(lines: list[list[str]], _reader: Any, _ask: Ask) -> Content:
    return Content({"lines": lines}, "")
