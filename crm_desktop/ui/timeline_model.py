"""The lines of a timeline: entries under the months they belong to, read a page at a time as one scrolls."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal, Slot

from crm_desktop.record.duty import TimelineEntry
from crm_desktop.record.text import Text, say
from crm_desktop.store import timeline
from crm_desktop.store.timeline import PAGE, Look
from crm_desktop.ui import jobs

AnyIndex = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
COMING = 3  # entries still to come that are shown at first
MOST = 600  # entries read again when something changed
LINE = Qt.ItemDataRole.UserRole
TO_COME = Text("Coming up")


class Heading:
    """The line above the entries of a month, or above those still to come."""

    def __init__(self, words: Text) -> None:
        self.words = words


class More:
    """The heading of the entries to come where there are more of them; it shows those further in the future."""

    words = Text("Coming up: the next ones. Show all")


Line = TimelineEntry | Heading | More


class Pages:
    """What was read: entries to come and past, whether there is more of either, and the kinds there are."""

    def __init__(self, coming: list[TimelineEntry], past: list[TimelineEntry], later: bool, earlier: bool, kinds: list[str]) -> None:
        self.coming, self.past, self.later, self.earlier, self.kinds = coming, past, later, earlier, kinds


def read(look: Look, only: str, day: str, coming: int, past: int, reader: Any, job: jobs.Job) -> Pages:
    """The entries around a day: one more of each is asked for, to know whether there is more."""
    some, now = (look.only(only) if only else look), timeline.end_of(day)
    above, below = timeline.after(reader, some, now, coming + 1), timeline.before(reader, some, now, past + 1)
    return Pages(above[-coming:], below[:past], len(above) > coming, len(below) > past, timeline.kinds(reader, look))


def _earlier(look: Look, only: str, entry: TimelineEntry, reader: Any, job: jobs.Job) -> list[TimelineEntry]:
    return timeline.before(reader, look.only(only) if only else look, entry.place, PAGE + 1)


def month(day: str) -> Text:
    """A month's heading."""
    return Text("{year}-{month}", year=day[:4], month=day[5:7])


def lines_of(coming: Sequence[TimelineEntry], past: Sequence[TimelineEntry], later: bool) -> list[Line]:
    """Entries with their headings between them."""
    out: list[Line] = []
    if coming:
        out += [More() if later else Heading(TO_COME), *coming]
    now = ""
    for entry in past:
        if entry.day[:7] != now:
            now = entry.day[:7]
            out.append(Heading(month(entry.day)))
        out.append(entry)
    return out


class TimelineModel(QAbstractListModel):
    """`shown` tells the kinds there are whenever the entries are read anew."""

    shown = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._look: Look | None = None
        self._only, self._day = "", ""
        self._pages = Pages([], [], False, False, [])
        self._lines: list[Line] = []
        self._reading = False

    # reading

    @property
    def only(self) -> str:
        """The record it is narrowed to; '' for all."""
        return self._only

    def open(self, look: Look | None, only: str, day: str) -> None:
        """Show the timeline of another row, or of another kind of entry."""
        self._look, self._only, self._day = look, only, day
        self._read(COMING, PAGE)

    @Slot()
    def refresh(self) -> None:
        """Read again what is shown, because something changed."""
        self._read(max(COMING, min(len(self._pages.coming), MOST)), max(PAGE, min(len(self._pages.past), MOST)))

    def show_later(self) -> None:
        """Show more of what is still to come."""
        self._read(min(len(self._pages.coming) + PAGE, MOST), max(PAGE, len(self._pages.past)))

    def _read(self, coming: int, past: int) -> None:
        if self._look is not None:
            self._reading = True
            work = partial(read, self._look, self._only, self._day, coming, past)
            jobs.read(self, work, self._on_read, slot="timeline")

    @Slot(object)
    def _on_read(self, pages: Pages) -> None:
        self._reading = False
        self.beginResetModel()
        self._pages = pages
        self._lines = lines_of(pages.coming, pages.past, pages.later)
        self.endResetModel()
        self.shown.emit(pages.kinds)

    def canFetchMore(self, parent: AnyIndex) -> bool:
        return not self._reading and self._pages.earlier and not parent.isValid()

    def fetchMore(self, parent: AnyIndex) -> None:
        if self._look is not None and not self._reading:
            self._reading = True
            work = partial(_earlier, self._look, self._only, self._pages.past[-1])
            jobs.read(self, work, self._on_earlier, slot="timeline")

    @Slot(object)
    def _on_earlier(self, found: list[TimelineEntry]) -> None:
        self._reading = False
        self._pages.earlier = len(found) > PAGE
        self._pages.past += found[:PAGE]
        lines = lines_of(self._pages.coming, self._pages.past, self._pages.later)
        self.beginInsertRows(NOWHERE, len(self._lines), len(lines) - 1)
        self._lines = lines
        self.endInsertRows()

    # what a view asks

    def line(self, row: int) -> Line:
        """The line at a row."""
        return self._lines[row]

    def row_of(self, record: str, row_id: int) -> int:
        """Where an entry stands, or -1."""
        for at, line in enumerate(self._lines):
            if isinstance(line, TimelineEntry) and (line.record, line.row_id) == (record, row_id):
                return at
        return -1

    def rowCount(self, parent: AnyIndex = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self._lines[index.row()]
        if role == LINE:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{line.day} {line.time} {say(line.words)}" if isinstance(line, TimelineEntry) else say(line.words)
        return None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        heading = isinstance(self._lines[index.row()], Heading)
        return Qt.ItemFlag.NoItemFlags if heading else Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
