"""Lines of a record: the rows of another one that are typed in its form and saved with it, as the lines of its paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from crm_desktop.record.field import Field, Row
from crm_desktop.record.kinds import Kind
from crm_desktop.record.text import Text

if TYPE_CHECKING:
    from crm_desktop.record.record import Record


class Lines(Field):
    """The rows of `record` whose column `by` points here; `columns` are those typed, in their order. `after` is the section
    of the form (from 0) they stand below."""

    def __init__(self, record: Record, by: str, columns: Sequence[str], *, title: Text | None = None, after: int = -1) -> None:
        super().__init__(f"{record.key}.lines", title or record.many, Kind.LONG)
        self.record, self.by, self.columns, self.after = record, by, tuple(columns), after
        self.fields = tuple(record.by_name[name] for name in columns)

    def part(self, row: Row) -> Row:
        """What is typed of a line, with its id."""
        return {"id": row["id"]} | {name: row[name] for name in self.columns}

    def is_blank(self, row: Row) -> bool:
        """True for a line nobody has typed into."""
        return all(row.get(field.name, field.default) == field.default for field in self.fields)

    def problem(self, row: Row) -> Text | None:
        """What is wrong with a line, apart from whose it is."""
        found = self.record.problems(self.record.blank() | row | {self.by: 1})
        return next(iter(found.values()), None)


class Rows(list[Row]):
    """Lines as they are typed now; `before` as they were read."""

    def __init__(self, rows: Iterable[Row], before: Iterable[Row]) -> None:
        super().__init__(rows)
        self.before = list(before)
