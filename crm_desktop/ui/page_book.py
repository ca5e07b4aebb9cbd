"""What a list remembers of its rows: some pages, and the first row of every page ever seen, to walk from."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import OrderedDict
from collections.abc import Iterator
from typing import NamedTuple

from crm_desktop.record.kinds import Value

PAGE = 100  # rows
KEEP = 60  # pages
Cells = tuple[Value, ...]  # (id, sort value, *cells)
Key = tuple[Value, int]  # (sort value, id): the place of a row in the list's order


class Ask(NamedTuple):
    """A run of rows to fetch, and the known row from which the store walks there."""

    row: int
    start: Key | None
    inclusive: bool
    backwards: bool
    skip: int
    limit: int


class PageBook:
    """Pages seen last and anchors of all pages seen, so that reading costs the way to the nearest anchor."""

    def __init__(self, count: int = 0) -> None:
        self.count = count
        self._pages: OrderedDict[int, list[Cells]] = OrderedDict()
        self._anchors: dict[int, Key] = {}
        self._known: list[int] = []  # pages with an anchor, ascending

    def __contains__(self, page: int) -> bool:
        return page in self._pages

    def __len__(self) -> int:
        return len(self._pages)

    def row(self, number: int) -> Cells | None:
        """The row at a place of the list, when it is here."""
        page, at = divmod(number, PAGE)
        rows = self._pages.get(page)
        return rows[at] if rows is not None and at < len(rows) else None

    def resident(self) -> Iterator[tuple[int, Cells]]:
        """Every row that is here, with its place."""
        for page, rows in self._pages.items():
            yield from enumerate(rows, page * PAGE)

    def keep(self, first_row: int, rows: list[Cells]) -> None:
        """Remember a run of rows that begins a page; the pages looked at longest ago are forgotten."""
        for at in range(0, len(rows), PAGE):
            self._keep_page((first_row + at) // PAGE, rows[at : at + PAGE])
        while len(self._pages) > KEEP:
            self._pages.popitem(last=False)

    def _keep_page(self, page: int, rows: list[Cells]) -> None:
        self._pages[page] = rows
        self._pages.move_to_end(page)
        if page not in self._anchors:
            insort(self._known, page)
        self._anchors[page] = (rows[0][1], rows[0][0])

    def touch(self, pages: range) -> None:
        """These pages are looked at now: they are forgotten last."""
        for page in pages:
            if page in self._pages:
                self._pages.move_to_end(page)

    def ask(self, first: int, stop: int) -> Ask:
        """How to fetch the rows first..stop-1: onwards from the anchor before them or back from the one behind."""
        stop = min(stop, self.count)
        before = bisect_right(self._known, first // PAGE) - 1
        behind = bisect_left(self._known, -(-stop // PAGE))
        onwards = first - (self._known[before] * PAGE if before >= 0 else 0)
        back = (self._known[behind] * PAGE if behind < len(self._known) else self.count) - stop
        if onwards <= back:
            return Ask(first, self._key(before), True, False, onwards, stop - first)
        return Ask(first, self._key(behind), False, True, back, stop - first)

    def _key(self, at: int) -> Key | None:
        return self._anchors[self._known[at]] if 0 <= at < len(self._known) else None
