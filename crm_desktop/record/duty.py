"""What a duty of the sales department gives to the house, and the plain values duties hand each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from crm_desktop.record.record import Figure, Record
from crm_desktop.record.report import Reporting
from crm_desktop.record.text import Text

Filter = tuple[str, str, Any]  # (column, operator, value); operators: see store/pages.py


class Related:
    """A list shown in another record's sheet: which record, the columns of it that point there, those it shows."""

    def __init__(self, title: Text, record: str, by: Sequence[str], columns: Sequence[str]) -> None:
        self.title, self.record, self.by, self.columns = title, record, tuple(by), tuple(columns)


class Part:
    """A part of a record's sheet that is no list: `build`, a `module:function` called with the window and the parent, gives
    a widget with `load(row id)`, `focus_first()` and the signal `opened(record key or "field", what)`."""

    def __init__(self, key: str, title: Text, record: str, build: str) -> None:
        self.key, self.title, self.record, self.build = key, title, record, build


class Entries:
    """Rows of a record that belong into the timeline of others: `by` names, for each of those, the columns that point to
    it, or by whose row they do (`complaint_id.account_id`); `at` is the date column; `says(row)` its line, from a row that has `columns`, `field.name` of references, and in
    `about` the record whose timeline it is; `chip` the choice column shown as its chip; `when` narrows the rows by (column, value);
    `dropped` are the chip's values of what was to come and will not."""

    def __init__(
        self,
        record: str,
        icon: str,
        at: str,
        by: dict[str, Sequence[str]],
        columns: Sequence[str],
        says: Callable[[dict[str, Any]], Text | str],
        *,
        time: str = "",
        chip: str = "",
        when: tuple[str, str] | None = None,
        dropped: Sequence[str] = (),
    ) -> None:
        self.record, self.icon, self.at, self.by = record, icon, at, by
        self.dropped = tuple(dropped)
        self.columns, self.says, self.time, self.chip, self.when = tuple(columns), says, time, chip, when


class Due:
    """Rows of a record that want somebody on a day: the columns of the day, the time ('' = none) and whose they are;
    `when` narrows them by (column, value), None where the day is only there while it waits; `says(row)` is the notice, from a row that has `columns` (and `field.name` of
    references)."""

    def __init__(
        self, record: str, icon: str, day: str, owner: str, when: tuple[str, str] | None, columns: Sequence[str], says: Callable[[dict[str, Any]], Text | str],
        *, time: str = "",
    ) -> None:  # fmt: skip
        self.record, self.icon, self.day, self.owner, self.when = record, icon, day, owner, when
        self.columns, self.says, self.time = tuple(columns), says, time


class TimelineEntry:
    """One line of a timeline: its day (and time), what it says, its chip (words, tone), and the row it opens."""

    def __init__(
        self, day: str, time: str, record: str, row_id: int, words: Text | str, icon: str, chip: tuple[Text | str, str] | None = None
    ) -> None:
        self.day, self.time, self.record, self.row_id = day, time, record, row_id
        self.words, self.icon, self.chip = words, icon, chip

    @property
    def place(self) -> tuple[str, str, int]:
        """Where it stands in a timeline: later days, times and rows come first."""
        return self.day, self.time, self.row_id


class NowPoint:
    """One thing that matters about a client today: its words, their tone ("red", "amber", "green", "blue", "" = grey), and
    what it opens: (record key, row id), (record key, filters), or None. The sheet shows red ones first."""

    def __init__(self, words: Text, tone: str = "", opens: tuple[str, int] | tuple[str, Sequence[Filter]] | None = None) -> None:
        self.words, self.tone, self.opens = words, tone, opens


class Cause:
    """Why somebody should do something, found in the data: `key` says what kind of cause, `about` it (record key, row id)
    whom or what; `what` is the follow-up's words, `due` its day. The smaller `urgency`, the earlier it is kept when a day
    has too many. `quiet`: days without a new follow-up after one about the same was done. `instead`: kinds of cause about the same that this
    one stands for: nobody is told twice to do one thing."""

    def __init__(
        self,
        key: str,
        about: tuple[str, int],
        what: Text | str,
        due: str,
        *,
        owner_id: int | None = None,
        account_id: int | None = None,
        person_id: int | None = None,
        urgency: int = 5,
        quiet: int = 7,
    ) -> None:
        self.key, self.about, self.what, self.due = key, about, what, due
        self.owner_id, self.account_id, self.person_id = owner_id, account_id, person_id
        self.urgency, self.quiet, self.count = urgency, quiet, 1
        self.instead: tuple[str, ...] = ()


class TodayLine:
    """A figure of *Today*: how many, against the day before (None where that says nothing), the filters that open exactly
    those rows, the box of the page it stands in, its tone when it needs somebody, a sum ready to read, the order (`Record.orders`) of its
    rows, what else is said beside it, and its label where the title of its box says the rest. `same` tells the figure from others, on
    whatever day and in whatever words."""

    def __init__(
        self,
        label: Text,
        count: int,
        before: int | None,
        record: str,
        filters: Sequence[Filter],
        *,
        group: str = "",
        tone: str = "",
        amount: Text | str = "",
        order: str = "",
        note: Text | None = None,
        short: Text | None = None,
    ) -> None:
        self.note, self.short, self.same = note, short, repr(label)
        self.label, self.count, self.before, self.record, self.filters = label, count, before, record, list(filters)
        self.group, self.tone, self.amount, self.order = group, tone, amount, order

    @property
    def brief(self) -> Text:
        """What it is called in its box."""
        return self.short or self.label


class Page:
    """A page of the window: key, words, icon, and `module:function` that builds it at first use.

    A page with a `record` opens that record's rows: with its list, form and sheet, or as its own function has it. One that
    is not on the `rail` is reached by the palette and from other pages."""

    def __init__(
        self, key: str, title: Text, icon: str, build: str = "", words: Sequence[str] = (), *, record: Record | None = None, rail: bool = True
    ) -> None:
        self.rail = rail
        self.key, self.title, self.icon, self.build, self.words = key, title, icon, build, tuple(words)
        self.record = record


class Action:
    """Something one key does from anywhere: its words, its key as it comes, and `run`, a `module:function` called with the
    window, or the `page` it goes to, or `quick`, the `module:class` of a line that is typed (ui/quick.py). `short` is what its button in the bar of keys says ('' = it has its button elsewhere)."""

    def __init__(
        self,
        key: str,
        title: Text,
        keys: str,
        run: str = "",
        *,
        quick: str = "",
        page: str = "",
        icon: str = "",
        short: Text | None = None,
        words: Sequence[str] = (),
    ) -> None:
        self.key, self.title, self.keys, self.run, self.quick, self.page = key, title, keys, run, quick, page
        self.icon, self.short, self.words = icon, short, tuple(words)


class Duty:
    """One duty: its records and pages, and what it gives to the screens all duties share.

    `figures(read, record key, id, day)` are the figures of a sheet, `now` (the same arguments) what matters about the row
    today, `card` its facts on a call card; `hit_facts(read, record key, ids)` a fact shown beside found rows, by id;
    `today(read, day, hotel id)` the lines of *Today*;
    `related` the lists shown in sheets, by record key; `entries` what it gives to timelines, `dues` what its people are told of when it is due;
    `causes(read, day)` what should be followed up; `begin` names a function `module:function` called with the window once
    it is open; `actions` what has a key of its own; `sentence(read, record key, id, day)` what is worth copying about a
    row as one sentence; `mappings` names the module holding its file mappings, `documents` the one with its papers (FORMS);
    `parts` what it adds to sheets, `reports` what the command line prints; `watched(read, record key, id)` says whether each
    opening of a sheet is told to `opened`, a `module:function` called with the desk, the record's key and the row's id."""

    def __init__(
        self,
        key: str,
        title: Text,
        *,
        records: Sequence[Record] = (),
        pages: Sequence[Page] = (),
        words: Sequence[str] = (),
        figures: Callable[[Any, str, int, str], list[Figure]] | None = None,
        now: Callable[[Any, str, int, str], list[NowPoint]] | None = None,
        card: Callable[[Any, str, int, str], list[Figure]] | None = None,
        hit_facts: Callable[[Any, str, Sequence[int]], dict[int, Text]] | None = None,
        today: Callable[[Any, str, int | None], list[TodayLine]] | None = None,
        related: dict[str, list[Related]] | None = None,
        entries: Sequence[Entries] = (),
        dues: Sequence[Due] = (),
        causes: Callable[[Any, str], list[Cause]] | None = None,
        begin: str = "",
        actions: Sequence[Action] = (),
        sentence: Callable[[Any, str, int, str], Text | None] | None = None,
        mappings: str = "",
        documents: str = "",
        parts: Sequence[Part] = (),
        reports: Sequence[Reporting] = (),
        watched: Callable[[Any, str, int], bool] | None = None,
        opened: str = "",
    ) -> None:
        self.watched, self.opened = watched, opened
        self.sentence, self.documents, self.parts = sentence, documents, tuple(parts)
        self.reports = tuple(reports)
        self.key, self.title, self.records, self.pages = key, title, tuple(records), tuple(pages)
        self.words = tuple(words)
        self.figures, self.today = figures, today
        self.now, self.card, self.hit_facts = now, card, hit_facts
        self.related = related or {}
        self.entries, self.actions = tuple(entries), tuple(actions)
        self.causes, self.begin = causes, begin
        self.dues = tuple(dues)
        self.mappings = mappings
