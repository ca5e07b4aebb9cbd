"""What a duty of the sales department gives to the house, and the plain values duties hand each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from crm_desktop.record.record import Figure, Record
from crm_desktop.record.text import Text

Filter = tuple[str, str, Any]  # (column, operator, value); operators: see store/pages.py


class Related:
    """A list shown in another record's sheet: which record, the columns of it that point there, those it shows."""

    def __init__(self, title: Text, record: str, by: Sequence[str], columns: Sequence[str]) -> None:
        self.title, self.record, self.by, self.columns = title, record, tuple(by), tuple(columns)


class TodayLine:
    """A figure of *Today*: how many, against the day before, and the filters that open exactly those rows."""

    def __init__(self, label: Text, count: int, before: int, record: str, filters: Sequence[Filter]) -> None:
        self.label, self.count, self.before, self.record, self.filters = label, count, before, record, list(filters)


class Page:
    """A page of the window: key, words, icon, and `module:function` that builds it at first use.

    A page with a `record` shows that record's list, form and sheet, and needs no function of its own."""

    def __init__(
        self, key: str, title: Text, icon: str, build: str = "", words: Sequence[str] = (), *, record: Record | None = None
    ) -> None:
        self.key, self.title, self.icon, self.build, self.words = key, title, icon, build, tuple(words)
        self.record = record


class Duty:
    """One duty: its records and pages, and what it gives to the screens all duties share.

    `figures(read, record key, id, day)` are the figures of a sheet; `today(read, day, hotel id)` the lines of *Today*;
    `related` the lists shown in sheets, by record key; `mappings` names the module holding its file mappings."""

    def __init__(
        self,
        key: str,
        title: Text,
        *,
        records: Sequence[Record] = (),
        pages: Sequence[Page] = (),
        words: Sequence[str] = (),
        figures: Callable[[Any, str, int, str], list[Figure]] | None = None,
        today: Callable[[Any, str, int | None], list[TodayLine]] | None = None,
        related: dict[str, list[Related]] | None = None,
        mappings: str = "",
    ) -> None:
        self.key, self.title, self.records, self.pages = key, title, tuple(records), tuple(pages)
        self.words = tuple(words)
        self.figures, self.today = figures, today
        self.related = related or {}
        self.mappings = mappings
