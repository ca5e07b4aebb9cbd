"""The dates of a file: how its columns are to be read, decided by all their values, or asked."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Any

from crm_desktop.exchange.mapping import Mapping
from crm_desktop.exchange.progress import Progress, Quiet
from crm_desktop.record.dates import business_date
from crm_desktop.record.day_styles import NAMES, STYLES, is_plain, possible, readings
from crm_desktop.record.kinds import Kind
from crm_desktop.record.text import Refused, Text

LOOKED_AT = 200  # rows: where all their dates are plain, the others are not looked through beforehand
MOST_VALUES = 50_000
TOLD_EVERY = 1_000  # rows


class AskedDays(Refused):
    """The dates of a column can be read in several ways: `styles`. Whoever knows the file must say."""

    travels = True  # from process to process as what it is

    def __init__(self, column: str, value: str, styles: Sequence[str]) -> None:
        self.column, self.styles = column, list(styles)
        ways = Text("{first} or {second}", first=NAMES[self.styles[0]], second=NAMES[self.styles[1]])
        super().__init__(
            Text("The dates of column {column}, such as {value}, can be read {ways}. Say which; nothing was guessed.", column=column, value=value, ways=ways)
        )

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.column, str(self.text.args["value"]), self.styles)


def style_of(table: Any, mapping: Mapping, said: str = "", progress: Progress | None = None) -> dict[str, str]:
    """The style of each column of dates that is not written plainly: column -> style. Raises AskedDays."""
    if mapping.own_days:
        return {}
    columns = [take.columns[0] for take in mapping.takes if len(take.columns) == 1 and (take.day or _is_date(mapping, take.field))]
    place = {column: table.headings.index(column) for column in columns}
    first = _values(table, place, LOOKED_AT)
    unsure = [column for column in columns if not all(is_plain(value) for value in first[column]) or not any(first[column])]  # nothing yet says nothing
    if not unsure:
        return {}
    values = _values(table, {column: place[column] for column in unsure}, None, progress)
    today = business_date()
    left = {column: possible(values[column], today) for column in unsure}
    shared = set.intersection(*(left[column] for column in unsure if left[column])) if any(left.values()) else set()
    return {column: _one(column, shared or left[column], said, values[column], today) for column in unsure if left[column]}


def _is_date(mapping: Mapping, name: str) -> bool:
    field = mapping.record.by_name.get(name)
    return field is not None and field.kind == Kind.DATE


def _values(table: Any, place: dict[str, int], rows: int | None, progress: Progress | None = None) -> dict[str, list[str]]:
    """The different values of these columns, as far as they are looked at."""
    out: dict[str, dict[str, None]] = {column: {} for column in place}
    told = progress or Quiet()
    for number, (_, cells) in enumerate(islice(table.rows(), rows)):
        if not number % TOLD_EVERY:
            told.step(number, 0)
        for column, at in place.items():
            if at < len(cells) and len(out[column]) < MOST_VALUES:
                out[column][cells[at].strip()] = None
    return {column: list(values) for column, values in out.items()}


def _one(column: str, left: set[str], said: str, values: Sequence[str], today: str) -> str:
    if said in left or len(left) == 1:
        return said if said in left else next(iter(left))
    ordered = [style for style in STYLES if style in left]
    example = next((value for value in values if len(set(readings(value, today).values())) > 1), values[0])
    raise AskedDays(column, example, ordered)


def plainly(cell: str, style: str, today: str) -> str:
    """A cell as ISO text where it is a date in this style; else as it stands."""
    return readings(cell, today).get(style, cell)
