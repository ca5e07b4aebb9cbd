"""Papers are numbered and kept on both engines."""

from __future__ import annotations

from typing import Any

import pytest

from crm_desktop.desk.desk import Desk
from crm_desktop.documents import issuing, library
from crm_desktop.duties import DUTIES
from crm_desktop.duties.today.records import HANDOVER
from crm_desktop.record.paper import Ask
from crm_desktop.record.text import Refused
from tests.samples import added, hotel


def test_numbers_follow_each_other_and_papers_are_told_apart(desk: Desk, reader: Any) -> None:
    house = hotel(desk)
    form = library.form(DUTIES, "F48")
    rows = [added(desk, HANDOVER, day="2026-11-18", note=f"第 {at} 班") for at in range(3)]
    found = [issuing.issue(desk, form, Ask(row, hotel_id=house)) for row in rows]
    year = desk.today()[:4]
    assert [each.stamp.number for each in found] == [f"F48-{year}-{at:04d}" for at in (1, 2, 3)]
    with pytest.raises(Refused, match="says the same"):
        issuing.issue(desk, form, Ask(rows[0], hotel_id=house))
    assert issuing.told(reader, found[1].stamp.code)[1] == "green"
