"""Fakes for the frame: the store's pages over a list in memory, settings in a dictionary, two small duties."""

from __future__ import annotations

import random
import threading
from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_desktop.desk.settings import Settings
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.duties.stays.records import HOTEL, STATUSES, STAY
from crm_desktop.record.duty import Duty, Page
from crm_desktop.record.kinds import Kind, Value
from crm_desktop.record.record import Field, Record, Row, Section
from crm_desktop.record.text import Text
from crm_desktop.store.pages import ListQuery
from crm_desktop.ui.commands import Command
from crm_desktop.ui.edits import Edit
from crm_desktop.ui.page_book import Cells

SMALL = Record(
    "small", Text("Small"), Text("Smalls"),
    Section(
        Text("All"),
        Field("name", Text("Name"), searched=True),
        Field("kind", Text("Kind"), Kind.CHOICE, choices=(("a", Text("Booked"), "blue"), ("b", Text("Departed"), ""))),
        Field("amount", Text("Amount"), Kind.MONEY, width=100),
        Field("count", Text("Nights"), Kind.INT, width=80),
        Field("other_id", Text("Hotel"), Kind.REF, ref="hotel"),
        Field("note", Text("Remark")),
    ),
    listed=("name", "kind", "amount", "count"), sorted_by="-amount", sortable=("name", "amount"), filters=("kind",),
)  # fmt: skip


def small_rows(count: int, *, seed: int = 1, values: int = 7) -> list[Row]:
    """Rows with many equal values in the sorted columns."""
    dice = random.Random(seed)
    return [
        {
            "id": number * 3 + (1 << 60), "name": f"n{dice.randrange(values)}", "kind": dice.choice("ab"),
            "amount": dice.randrange(values) * 100, "count": number, "other_id": None, "note": f"<b>{number}</b>",
        }
        for number in dice.sample(range(count), count)
    ]  # fmt: skip


class FakePages:
    """`store.pages` over a list; counts what it was asked for."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = list(rows)
        self.fetched: list[int] = []  # rows asked for, with those skipped
        self.counts = 0
        self.gate: threading.Event | None = None

    def _kept(self, query: ListQuery) -> list[Row]:
        kept = [row for row in self.rows if all(_holds(row, one) for one in query.filters)]
        return sorted(kept, key=lambda row: (row[query.sort], row["id"]), reverse=query.descending)

    def in_order(self, query: ListQuery) -> list[Cells]:
        """Every row as the list should show it."""
        return [(row["id"], row[query.sort], *(row[name] for name in query.columns)) for row in self._kept(query)]

    def count(self, _reader: Any, query: ListQuery) -> int:
        self.counts += 1
        return len(self._kept(query))

    def fetch(
        self,
        _reader: Any,
        query: ListQuery,
        *,
        start: tuple[Value, int] | None,
        inclusive: bool,
        backwards: bool,
        skip: int,
        limit: int,
    ) -> list[Cells]:
        if self.gate:
            assert self.gate.wait(5)
        self.fetched.append(skip + limit)
        rows = self.in_order(query)
        down = query.descending
        if start is not None:
            far, near = (
                (lambda key: key < start, lambda key: key > start)
                if down
                else (lambda k: k > start, lambda k: k < start)
            )
            wanted = near if backwards else far
            rows = [c for c in rows if wanted((c[1], c[0])) or (inclusive and not backwards and (c[1], c[0]) == start)]
        if backwards:
            stop = len(rows) - skip
            return rows[max(0, stop - limit) : max(0, stop)]
        return rows[skip : skip + limit]

    def sums(self, _reader: Any, query: ListQuery, ids: Sequence[int]) -> dict[str, dict[str, int]]:
        money = [name for name in query.columns if query.record.by_name[name].kind == Kind.MONEY]
        return {"": {name: sum(row[name] for row in self.rows if row["id"] in set(ids)) for name in money}}

    def options(self, _reader: Any, _field: Field, _limit: int = 200) -> list[tuple[int, str]]:
        return [(1, "Lakeside"), (2, "City")]


def _holds(row: Row, wanted: tuple[str, str, Any]) -> bool:
    column, operator, value = wanted
    if operator == "find":
        return any(str(value).lower() in str(cell).lower() for cell in row.values())
    return bool(row[column] == value)


class IndexPages(FakePages):
    """Rows made when asked for, so that a list of a million costs nothing; sorted by amount, ascending."""

    def __init__(self, total: int) -> None:
        super().__init__([])
        self.total = total

    def count(self, _reader: Any, _query: ListQuery) -> int:
        return self.total

    def fetch(
        self,
        _reader: Any,
        query: ListQuery,
        *,
        start: tuple[Value, int] | None,
        inclusive: bool,
        backwards: bool,
        skip: int,
        limit: int,
    ) -> list[Cells]:
        self.fetched.append(skip + limit)
        if backwards:
            stop = (start[1] if start else self.total) - skip
            return [self._row(n, query) for n in range(max(0, stop - limit), stop)]
        first = (start[1] + (not inclusive) if start else 0) + skip
        return [self._row(n, query) for n in range(first, min(first + limit, self.total))]

    @staticmethod
    def _row(number: int, query: ListQuery) -> Cells:
        return (number, number, *(f"row {number}" if n in ("name", "kind") else number for n in query.columns))


class FakeSettings(Settings):
    """What this PC remembers, kept in memory."""

    def __init__(self, **values: Any) -> None:
        super().__init__()
        self._values = values

    def setdefault(self, name: str, value: Any) -> None:
        self._values.setdefault(name, value)

    def _write(self, name: str, value: object) -> None:
        """Nothing is written."""


class FakeChange:
    """What a desk's action did."""

    def __init__(self, action: str, tables: set[str], count: int = 1) -> None:
        self.id, self.action, self.tables, self.count = 1, action, tables, count
        self.undid = "Saved" if action in ("Undone", "Redone") else ""
        self.rows: list[tuple[str, int]] = []


class FakeDesk:
    """Undo and redo that note they were called."""

    def __init__(self) -> None:
        self.done: list[str] = []

    def undo(self) -> FakeChange:
        self.done.append("undo")
        return FakeChange("Undone", {"small"})

    def redo(self) -> FakeChange:
        self.done.append("redo")
        return FakeChange("Redone", {"small"})


class FakeHit:
    """A found row."""

    def __init__(self, record: str, row_id: int, title: str, note: str = "") -> None:
        self.record, self.id, self.title, self.note = record, row_id, title, note


def fake_find(_reader: Any, words: str, _limit: int, _records: Sequence[Record]) -> list[FakeHit]:
    """Three clients and a stay; nothing for `zzz`."""
    names = ("云栖湖酒店集团", "云南白药", "Cloud Ltd")
    hits = [FakeHit("account", (1 << 60) + n, name, "C00" + str(n)) for n, name in enumerate(names)]
    hits.append(FakeHit("person", 7, "周云", "财务主管"))
    return [] if words == "zzz" else [hit for hit in hits if words in hit.title]


class DummyPage(QWidget):
    """A page that notes what it was told to show."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.told: list[dict[str, Any]] = []
        self.edit = Edit(self)
        self.ran = 0
        QVBoxLayout(self).addWidget(self.edit)

    def show_args(self, **args: Any) -> None:
        self.told.append(args)

    def commands(self) -> list[Command]:
        return [Command(Text("New stay"), self._run)]

    def _run(self) -> None:
        self.ran += 1


def dummy(window: QWidget) -> QWidget:
    """Builds a page."""
    return DummyPage(window)


def broken(_window: QWidget) -> QWidget:
    """A page that cannot be built."""
    raise RuntimeError("this page is broken")


def dummy_duties() -> list[Duty]:
    """Three pages, a broken one, and the settings."""
    here = "tests.ui.frame_fixtures"
    return [
        Duty("today", Text("Today"), pages=(Page("today", Text("Today"), "sun", f"{here}:dummy", ("首页", "维护")),)),
        Duty(
            "clients", Text("Client history"), records=(ACCOUNT,),
            pages=(Page("accounts", Text("Client history"), "building-2", f"{here}:dummy", ("客户", "单位")),),
        ),
        Duty(
            "stays", Text("Stays"), records=(HOTEL, STAY),
            pages=(
                Page("stays", Text("Stays"), "bed", f"{here}:dummy", ("住店",)),
                Page("broken", Text("Hotels"), "hotel", f"{here}:broken"),
            ),
        ),
        Duty("settings", Text("Settings"), pages=(Page("settings", Text("Settings"), "settings", f"{here}:dummy"),)),
    ]  # fmt: skip


COMPANIES = (
    "上海秀欣科技有限公司", "成都涛明会展有限公司", "广州勇艳医药有限公司", "北京欣建传媒有限公司", "Schneider Electric (China) Co., Ltd.",
    "杭州超志电子有限公司", "深圳静文国际展览服务有限公司", "南京英志传媒有限公司",
)  # fmt: skip
AGENCIES = ("携程旅行", "飞猪", "中国国旅", "", "", "Booking.com")
GUESTS = ("周建敏", "李霞", "Anna Müller", "欧阳明", "王志强", "")


def stay_rows(count: int, seed: int = 3) -> list[Row]:
    """Stays as a hotel has them."""
    dice = random.Random(seed)
    rows = []
    for number in range(count):
        nights, day = dice.randrange(1, 6), dice.randrange(1, 28)
        rows.append({field.name: field.default for field in STAY.fields} | {
            "id": number + 1, "booking_no": f"R{number:06d}", "status": dice.choice(STATUSES)[0],
            "hotel_id": dice.choice(("云栖湖酒店", "云栖湖度假村")), "guest_id": dice.choice(GUESTS),
            "agency_id": dice.choice(AGENCIES), "company_id": dice.choice(COMPANIES), "nights": nights,
            "arrival": f"2026-11-{day:02d}", "departure": f"2026-12-{nights:02d}", "rate": dice.randrange(380, 2980) * 100,
            "room_no": str(dice.randrange(301, 2420)), "segment": dice.choice(("Corporate", "Groups", "Online TA", "Direct")),
        })  # fmt: skip
    return rows
