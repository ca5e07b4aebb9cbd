"""The sample hotel, open for whoever makes papers of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.desk.desk import Desk
from crm_desktop.duties import RECORDS
from crm_desktop.record import dates
from crm_desktop.store.store import Store
from tests.hotel import NOW, Hotel, living_in


class Staying:
    """The sample hotel as a desk, a reader and ids by name."""

    def __init__(self, hotel: Hotel, store: Store, reader: Any) -> None:
        self.ids, self.store, self.reader = hotel.ids, store, reader
        self.desk = Desk(store, "沈知渝")

    def one(self, sql: str, *values: Any) -> Any:
        """The first cell a question finds."""
        return self.reader.execute(sql, values).fetchone()[0]


@pytest.fixture
def staying(hotel: Hotel, tmp_path: Path) -> Iterator[Staying]:
    """A copy of the sample hotel at its hour, as if no paper had been issued yet."""
    dates.set_clock(NOW)
    yield from _stay(hotel, tmp_path)


@pytest.fixture(scope="module")
def one_copy(hotel: Hotel, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Staying]:
    """One for all tests of a module, which only look."""
    folder = tmp_path_factory.mktemp("staying")
    with living_in(folder / "person"):
        yield from _stay(hotel, folder)


@pytest.fixture
def looking(one_copy: Staying) -> Iterator[Staying]:
    """The hotel for a test that only looks."""
    dates.set_clock(NOW)
    newest = "select max(id) from change"
    before = one_copy.one(newest)
    yield one_copy
    assert one_copy.one(newest) == before, "a test that writes has a copy of its own: `staying`"


def _stay(hotel: Hotel, folder: Path) -> Iterator[Staying]:
    with Store(hotel.copy(folder / "data" / "crm.db"), RECORDS) as store, closing(store.open_reader()) as reader:
        for table in ("paper_signature", "attachment", "paper"):
            store.writer.execute(f"delete from {table}")
        yield Staying(hotel, store, reader)
