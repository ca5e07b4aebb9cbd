"""Papers: the first page of a form, guest cards in one batch, a long table; on the sample hotel."""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from crm_desktop.documents import batch, library, making, plain, sheets, typeset
from crm_desktop.duties import DUTIES, RECORDS
from crm_desktop.record.paper import Ask
from crm_desktop.store.pages import ListQuery
from crm_desktop.store.store import Store
from tests.hotel import TODAY, at_its_hour, living_in, made

from .ground import Ground
from .measure import Row, middle, most, seconds

FIRST_PAGE_MS, CARDS, CARDS_A_SECOND, TABLE_ROWS, LONGEST_GAP_MS = 300, 500, 20, 10_000, 60
SCREEN_DPI = 96


def paper_rows(_ground: Ground, _factor: float) -> Iterator[Row]:
    """All of them; the size of the ground does not matter."""
    hotel = made()
    with (
        tempfile.TemporaryDirectory() as folder, living_in(Path(folder)), at_its_hour(),
        Store(hotel.copy(Path(folder) / "data" / "crm.db"), RECORDS) as store, closing(store.open_reader()) as reader,
    ):  # fmt: skip
        yield from _first_page(store, reader)
        yield from _cards(store, reader)
        yield from _long_table(reader, store)


def _first_page(store: Store, reader: Any) -> Iterator[Row]:
    """From wanting a one-page form to its first page as pixels: read, set, painted."""
    form = library.form(DUTIES, "F16")
    ids = [row[0] for row in reader.execute("select id from vip_stay where gone is null order by id limit 12").fetchall()]

    def show(row_id: int) -> None:
        with closing(sheets.Sheets(making.make(reader, store, form, Ask(row_id)).pdf)) as pages:
            pages.picture(0, SCREEN_DPI)

    show(ids[0])
    yield most("paper: first page of a one-page form, warm, ms", middle([1000 * seconds(lambda one=one: show(one)) for one in ids[1:]]), None, f"<= {FIRST_PAGE_MS} ms", FIRST_PAGE_MS)  # type: ignore[misc]


def _cards(store: Store, reader: Any) -> Iterator[Row]:
    form = library.form(DUTIES, "F01")
    ids = [row[0] for row in reader.execute("select id from person where gone is null order by id limit ?", (CARDS,)).fetchall()]
    took = seconds(lambda: batch.make(reader, store, [(form, Ask(row_id, TODAY)) for row_id in ids], _nothing))
    value = len(ids) / took
    yield Row(f"paper: {CARDS} guest cards in one batch, cards/s", value, None, f">= {CARDS_A_SECOND} a second", value >= CARDS_A_SECOND)


def _long_table(reader: Any, store: Store) -> Iterator[Row]:
    """Ten thousand rows of ageing; a thread that wants to wake every millisecond tells how long the window would have waited."""
    form = library.form(DUTIES, "F08")
    drawn = making.make(reader, store, form, Ask(0, TODAY))
    table = drawn.content.data["rows"]
    data = making.whole(reader, store, drawn, {**drawn.content.data, "rows": (table * (TABLE_ROWS // len(table) + 1))[:TABLE_ROWS]}, making.Stamp())
    answer: list[bytes] = []
    took, gap = _watched(lambda: answer.append(typeset.pdf(typeset.shipped("F08"), data)))
    with closing(sheets.Sheets(answer[0])) as pages:
        heads = sum("客户" in pages.text(at) for at in (0, pages.count // 2, pages.count - 2))
        yield Row(f"paper: ageing of {TABLE_ROWS:,} rows as PDF ({pages.count} pages), s", took, None, "heads on every page", heads == 3)
    yield most("paper: longest pause of another thread meanwhile, ms", 1000 * gap, None, f"<= {LONGEST_GAP_MS} ms", LONGEST_GAP_MS)
    listed = making.make(reader, store, plain.listing(ListQuery(next(record for record in RECORDS if record.key == "stay"))), Ask())
    yield Row("paper: a list of stays as PDF, MB", len(listed.pdf) / 1e6, None, "for information", None)


def _watched(work: Callable[[], object]) -> tuple[float, float]:
    """How long work takes in another thread, and the longest pause of this one meanwhile, in seconds."""
    thread = threading.Thread(target=work)
    begun = last = time.perf_counter()
    longest = 0.0
    thread.start()
    while thread.is_alive():
        time.sleep(0.001)
        now = time.perf_counter()
        longest, last = max(longest, now - last), now
    return time.perf_counter() - begun, longest


def _nothing(_done: int, _total: int) -> None:
    pass
