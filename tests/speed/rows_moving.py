"""Moving one PC's database to a server, and back into a file."""

from __future__ import annotations

import time
from collections.abc import Iterator

from crm_desktop.duties import RECORDS
from crm_desktop.server import moving
from crm_desktop.store.store import Store
from tests import postgres

from .ground import Ground
from .measure import Row, unmeasured

LEAST = 20_000  # rows a second


def moving_rows(ground: Ground, factor: float) -> Iterator[Row]:
    """Rows a second with everything that belongs to it: copied, indexed, sealed, compared."""
    server = postgres.shared()
    if server is None:
        yield unmeasured("move to a server, rows/s", "PostgreSQL is not installed here")
        return
    address = server.fresh_database()
    try:
        Store(address, RECORDS, create=True).close()
        with ground.scratch(ground.dataset(factor)) as place:
            begun = time.perf_counter()
            rows = moving.to_server(place.path, address, RECORDS).total
            speed = rows / (time.perf_counter() - begun)
            yield Row(f"move to a server ({rows:,} rows), rows/s", speed, None, f">= {LEAST:,}", speed >= LEAST)
            begun = time.perf_counter()
            moving.fetch(address, place.path.with_name("back.db"), RECORDS)
            yield Row("fetch from a server into a file, rows/s", rows / (time.perf_counter() - begun), None, "for information", None)
    finally:
        server.drop(address)
