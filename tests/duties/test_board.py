"""What *Today* asks of the store: only of indexes, whatever duties there are."""

from __future__ import annotations

from typing import Any

import pytest

from crm_desktop.desk.desk import Desk
from crm_desktop.duties import DUTIES
from crm_desktop.duties.clients.records import PERSON
from crm_desktop.duties.stays.records import BOOKED, IN_HOUSE
from crm_desktop.duties.today import queries
from crm_desktop.duties.today.board import GROUPS
from crm_desktop.store import pages
from tests import samples

DAY = "2026-11-18"
SMALL = ("account", "gift_item", "hotel", "room", "room_type", "staff", "stakeholder")  # of which there are few enough to be walked


class Noting:
    """A reader that notes what it is asked."""

    def __init__(self, reader: Any) -> None:
        self.reader = reader
        self.asked: dict[str, Any] = {}

    def execute(self, sql: str, values: Any = ()) -> Any:
        self.asked[sql] = values
        return self.reader.execute(sql, values)


@pytest.mark.embedded
def test_no_figure_walks_a_table(desk: Desk) -> None:
    noting = Noting(desk.store.writer)
    queries.board(noting, DUTIES, DAY, None)
    queries.board(noting, DUTIES, DAY, samples.hotel(desk))
    assert len(noting.asked) > 5
    for sql, values in noting.asked.items():
        plan = [row[3] for row in desk.store.writer.execute(f"explain query plan {sql}", values).fetchall()]
        walked = [step for step in plan if step.startswith("SCAN") and "CONSTANT ROW" not in step and "limit 1" not in sql and "exists (" not in sql]
        assert not [step for step in walked if "COVERING INDEX" not in step and step.split()[1] not in SMALL], (sql, plan)
        assert not [step for step in walked if step.split()[1] in ("s", "stay", "person")], (sql, plan)


def test_every_figure_opens_as_many_rows_as_it_counts(desk: Desk) -> None:
    guest = samples.added(desk, PERSON, name="Huo", birthday="1970-11-18")
    samples.stay(desk, "2026-11-17", "2026-11-20", guest_id=guest, status=IN_HOUSE)
    samples.stay(desk, DAY, "2026-11-20", status=BOOKED)
    for hotel in (None, samples.hotel(desk)):
        board = queries.board(desk.store.writer, DUTIES, DAY, hotel)
        assert {line.group for line in board.lines} <= set(GROUPS)
        for line in board.lines:
            query = pages.ListQuery(desk.store.by_key[line.record], line.filters)
            assert pages.count(desk.store.writer, query) == line.count, line.label


def test_what_is_usual_is_the_mean_of_four_weeks(desk: Desk) -> None:
    for day in ("2026-11-11", "2026-11-04", "2026-11-04"):
        samples.stay(desk, day, "2026-11-12")
    usual = queries.usual(desk.store.writer, DUTIES, DAY, None)
    arrivals = next(mean for key, mean in usual.items() if "'Arrivals'" in key)
    assert arrivals == 0.75
