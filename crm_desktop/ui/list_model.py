"""A table model over millions of rows: constant memory, keyset pages, nothing but painting on the UI thread."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import partial
from typing import Any, NamedTuple, Protocol

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelection,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from crm_desktop.record.kinds import NUMERIC, Kind, Value, shown
from crm_desktop.record.record import Field, Record
from crm_desktop.record.text import Text, say
from crm_desktop.store import pages
from crm_desktop.store.pages import ListQuery
from crm_desktop.ui import jobs, presence
from crm_desktop.ui.page_book import PAGE, Ask, Cells, PageBook

AnyIndex = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
ID_RUN = 2000  # rows asked for at once when only their ids are wanted


class PageSource(Protocol):
    """What the list needs of `store.pages`."""

    def count(self, reader: Any, query: ListQuery, /) -> int: ...
    def fetch(
        self,
        reader: Any,
        query: ListQuery,
        /,
        *,
        start: tuple[Value, int] | None,
        inclusive: bool,
        backwards: bool,
        skip: int,
        limit: int,
    ) -> list[Cells]: ...
    def sums(self, reader: Any, query: ListQuery, ids: Sequence[int], /) -> dict[str, dict[str, int]]: ...
    def options(self, reader: Any, field: Field, /) -> list[tuple[int, str]]: ...


class First(NamedTuple):
    """Answer of a newly opened list: its first rows."""

    query: ListQuery
    rows: list[Cells]


class Again(NamedTuple):
    """Answer of a re-read: how many rows there are now, and those that are looked at."""

    query: ListQuery
    book: PageBook


class Run(NamedTuple):
    """Answer of a page request; `token` names the book it was asked for."""

    token: int
    ask: Ask
    rows: list[Cells]


def run_ask(source: PageSource, reader: Any, query: ListQuery, ask: Ask) -> list[Cells]:
    """The rows of an Ask."""
    _, start, inclusive, backwards, skip, limit = ask
    return source.fetch(reader, query, start=start, inclusive=inclusive, backwards=backwards, skip=skip, limit=limit)


def _read_first(source: PageSource, query: ListQuery, reader: Any, _job: jobs.Job) -> First:
    return First(query, run_ask(source, reader, query, Ask(0, None, True, False, 0, PAGE)))


def _read_again(source: PageSource, query: ListQuery, seen: range, reader: Any, _job: jobs.Job) -> Again:
    book = PageBook(source.count(reader, query))
    last_page = max(0, book.count - 1) // PAGE
    first = min(seen.start, last_page) * PAGE
    stop = min((min(seen.stop - 1, last_page) + 1) * PAGE, book.count)
    if stop > first:
        book.keep(first, run_ask(source, reader, query, book.ask(first, stop)))
    return Again(query, book)


def _read_run(source: PageSource, query: ListQuery, token: int, ask: Ask, reader: Any, _job: jobs.Job) -> Run:
    return Run(token, ask, run_ask(source, reader, query, ask))


def _read_count(source: PageSource, query: ListQuery, token: int, reader: Any, _job: jobs.Job) -> tuple[int, int]:
    return token, source.count(reader, query)


def first_query(record: Record, filters: Iterable[Any] = ()) -> ListQuery:
    """A record's list as it opens: its own order and columns."""
    return ListQuery(
        record, tuple(filters), record.sorted_by.lstrip("-"), record.sorted_by.startswith("-"), record.listed
    )


class LazyModel(QAbstractTableModel):
    """Rows of a record in one order. Cells are formatted when asked for; rows not yet here are None and drawn empty.

    Nothing is fetched by data(), flags() or a selection: the view says with `look` which rows are on the screen."""

    opened = Signal()  # the first rows of a newly opened list are here
    counted = Signal(int)  # all rows are counted
    refreshed = Signal()  # the rows on the screen were read again
    broken = Signal()  # reading failed; the hub was told why

    def __init__(self, record: Record, parent: QObject | None = None, *, source: PageSource | None = None) -> None:
        super().__init__(parent)
        self.record = record
        self.fields = _columns_of(record)
        self.tables = {record.key} | {field.ref for field in record.references()}
        self.source = source or pages
        self._rows = 0
        self._book, self._token = PageBook(), 0
        self._query = self._wanted = first_query(record)
        self._places: dict[str, int] = {}
        self._seen = range(1)  # pages on the screen
        self._asked: range | None = None  # pages being fetched
        self._opening, self._broken = True, False
        self._ever = False  # opened at all

    # what is shown

    @property
    def query(self) -> ListQuery:
        """The list asked for last (it may still be on its way)."""
        return self._wanted

    def rowCount(self, parent: AnyIndex = NOWHERE) -> int:
        """Rows known so far: the first page at first, all of them when counted."""
        return 0 if parent.isValid() else self._rows

    def columnCount(self, parent: AnyIndex = NOWHERE) -> int:
        """Every column the list can show."""
        return 0 if parent.isValid() else len(self.fields)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """The same for every row: asking for them fetches nothing."""
        return FLAGS if index.isValid() else Qt.ItemFlag.NoItemFlags

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The cell in words; its raw value as UserRole."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.words(index.row(), index.column())
        if role == Qt.ItemDataRole.UserRole:
            return self.value(index.row(), index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if self.fields[index.column()].kind in NUMERIC else LEFT
        if role == Qt.ItemDataRole.AccessibleTextRole:
            who = presence.editors((self.record.key, self.row_id(index.row()) or 0))
            also = f", {say(Text(presence.TOO.source, who=who))}" if who else ""
            return f"{say(self.fields[index.column()].label)}: {self.words(index.row(), index.column())}{also}"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Column labels in the language in use."""
        if orientation == Qt.Orientation.Vertical or not 0 <= section < len(self.fields):
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return say(self.fields[section].label)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if self.fields[section].kind in NUMERIC else LEFT
        return None

    def here(self, row: int) -> bool:
        """True when the row can be shown without waiting."""
        return self._book.row(row) is not None

    def value(self, row: int, column: int) -> Value:
        """The raw value of a cell; None when it is not here."""
        cells, place = self._book.row(row), self._places.get(self.fields[column].name)
        return None if cells is None or place is None else cells[place]

    def words(self, row: int, column: int) -> str:
        """A cell as people read it; nothing when it is not here."""
        return words_of(self.fields[column], self.value(row, column))

    def row_id(self, row: int) -> int | None:
        """The id of the record in a row, when it is here."""
        cells = self._book.row(row)
        return None if cells is None else int(cells[0])

    def row_of(self, record_id: int) -> int:
        """Where a record stands among the rows that are here; -1 when it is not."""
        return next((row for row, cells in self._book.resident() if cells[0] == record_id), -1)

    def asks_of(self, selection: QItemSelection) -> list[Ask]:
        """How a job can fetch every selected row, in runs."""
        return [
            self._book.ask(at, min(at + ID_RUN, span.stop))
            for span in spans(selection)
            for at in range(span.start, span.stop, ID_RUN)
        ]

    # opening and reading

    def open(self, query: ListQuery, *, keep: bool = False) -> None:
        """Show another list. With `keep` the place stays and only the rows on the screen are read again."""
        self._wanted, self._broken, self._ever = query, False, True
        self._opening = self._opening or not keep
        if self._opening:
            jobs.read(
                self, partial(_read_first, self.source, query), self._on_first, slot="open", failed=self._on_failed
            )
        else:
            work = partial(_read_again, self.source, query, self._seen)
            jobs.read(self, work, self._on_again, slot="open", failed=self._on_failed)

    def refresh(self) -> None:
        """Read the rows on the screen again."""
        self.open(self._wanted, keep=True)

    def begin_with(self, order: str) -> None:
        """The order the list opens in."""
        now = self._wanted
        self._wanted = ListQuery(self.record, now.filters, order, False, now.columns)

    def show_columns(self, columns: Sequence[str]) -> None:
        """Fetch other columns of the same rows; before the list is opened it is only noted."""
        now = self._wanted
        query = ListQuery(self.record, now.filters, now.sort, now.descending, tuple(columns))
        if self._ever:
            self.open(query, keep=True)
        else:
            self._wanted = query

    def changed(self, tables: Collection[str]) -> None:
        """A change was saved: read again when it touched a table this list shows."""
        if not self.tables.isdisjoint(tables):
            self.refresh()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Another order, by a sortable column; Qt asks for column -1 to mean none."""
        if not 0 <= column < len(self.fields) or self.fields[column].name not in self.record.sortable:
            return
        name, now = self.fields[column].name, self._wanted
        self.open(ListQuery(self.record, now.filters, name, order == Qt.SortOrder.DescendingOrder, now.columns))

    def look(self, first: int, last: int) -> None:
        """These rows are on the screen: they are fetched first, then a page on either side."""
        if self._rows:
            self._seen = range(max(0, first) // PAGE, min(last, self._rows - 1) // PAGE + 1)
            self._book.touch(self._seen)
            self._fetch_next()

    def _fetch_next(self) -> None:
        run = self._next_run()
        if run is None or self._broken or run == self._asked:
            return
        if self._asked and self._overlaps(self._asked):
            return  # what flies is still wanted: let it land
        self._asked = run
        ask = self._book.ask(run.start * PAGE, run.stop * PAGE)
        work = partial(_read_run, self.source, self._query, self._token, ask)
        jobs.read(self, work, self._on_run, slot="pages", failed=self._on_failed)

    def _overlaps(self, run: range) -> bool:
        return run.start < self._seen.stop and self._seen.start < run.stop

    def _next_run(self) -> range | None:
        missing = [page for page in self._seen if page not in self._book]
        if missing:
            return range(missing[0], missing[-1] + 1)
        pages = range(-(-self._rows // PAGE))
        near = (self._seen.stop, self._seen.start - 1)
        return next((range(page, page + 1) for page in near if page in pages and page not in self._book), None)

    # answers

    def _on_first(self, answer: First) -> None:
        self.beginResetModel()
        self._take(PageBook(len(answer.rows)), answer.query)
        if answer.rows:
            self._book.keep(0, answer.rows)
        self._rows, self._seen, self._opening = len(answer.rows), range(1), False
        self.endResetModel()
        self.opened.emit()
        if len(answer.rows) < PAGE:
            self.counted.emit(self._rows)
        else:
            work = partial(_read_count, self.source, answer.query, self._token)
            jobs.read(self, work, self._on_count, slot="count", failed=self._on_failed)

    def _on_count(self, answer: tuple[int, int]) -> None:
        token, count = answer
        if token == self._token:
            self._book.count = max(count, self._rows)
            self._resize(self._book.count)
            self.counted.emit(self._rows)

    def _on_again(self, answer: Again) -> None:
        self._resize(answer.book.count)
        self._take(answer.book, answer.query)
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(self._rows - 1, len(self.fields) - 1))
        self.counted.emit(self._rows)
        self.refreshed.emit()

    def _on_run(self, answer: Run) -> None:
        if answer.token != self._token:
            return
        self._asked = None
        if len(answer.rows) != answer.ask.limit:  # rows came or went since they were counted
            self.refresh()
            return
        self._book.keep(answer.ask.row, answer.rows)
        last = answer.ask.row + len(answer.rows) - 1
        self.dataChanged.emit(self.index(answer.ask.row, 0), self.index(last, len(self.fields) - 1))
        self._fetch_next()

    def _on_failed(self, error: BaseException | None) -> None:
        if error is None or isinstance(error, jobs.Cancelled):
            return
        self._asked, self._broken, self._opening = None, True, False  # else every repaint would ask again
        self.broken.emit()
        jobs.hub().failed.emit(error)

    def _take(self, book: PageBook, query: ListQuery) -> None:
        self._book, self._query = book, query
        self._token += 1
        self._asked = None
        self._places = {name: at for at, name in enumerate(query.columns, 2)}

    def _resize(self, count: int) -> None:
        if count > self._rows:
            self.beginInsertRows(NOWHERE, self._rows, count - 1)
            self._rows = count
            self.endInsertRows()
        elif count < self._rows:
            self.beginRemoveRows(NOWHERE, count, self._rows - 1)
            self._rows = count
            self.endRemoveRows()


def _columns_of(record: Record) -> tuple[Field, ...]:
    """Every column a list of the record can show: the listed ones first."""
    listed = [record.by_name[name] for name in record.listed]
    rest = (f for f in (*record.fields, *record.worked) if f.name not in record.listed and not f.hidden and f.kind != Kind.LONG)
    return (*listed, *rest)


def words_of(field: Field, value: Value) -> str:
    """A value as a list shows it."""
    if field.kind == Kind.CHOICE:
        return say(field.choice_text(value or ""))
    if field.kind == Kind.REF:
        return str(value or "")  # the store gives the name
    return shown(field.kind, value)


def spans(selection: QItemSelection) -> list[range]:
    """The selected rows as runs, without overlaps, ascending; as cheap for a million rows as for one."""
    found: list[range] = []
    parts = (selection.at(at) for at in range(selection.size()))
    for top, bottom in sorted((part.top(), part.bottom()) for part in parts):
        if found and top <= found[-1].stop:
            found[-1] = range(found[-1].start, max(found[-1].stop, bottom + 1))
        else:
            found.append(range(top, bottom + 1))
    return found
