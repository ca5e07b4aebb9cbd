"""What the pages of papers ask: the versions of a template, and a row to try one on."""

from __future__ import annotations

from typing import Any

from crm_desktop.desk.paper_records import CURRENT, PAPER_RECORD
from crm_desktop.record.duty import Filter, TodayLine
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text
from crm_desktop.store.pages import ListQuery, count

VERSION = ("id", "version", "revision", "made_on", "made_by", "in_use", "source")


def versions(reader: Any, template: str) -> list[Row]:
    """The hotel's versions of a template, the newest first."""
    sql = f"select {', '.join(VERSION)} from paper_template where template = ? and gone is null order by revision desc, id desc"
    return [dict(zip(VERSION, row, strict=True)) for row in reader.execute(sql, (template,)).fetchall()]


def example(reader: Any, record: str) -> int:
    """The newest row of a record, to see a form with; 0 where there is none."""
    found = reader.execute(f"select max(id) from {record} where gone is null").fetchone()
    return int(found[0] or 0)


def today(reader: Any, day: str, hotel: int | None) -> list[TodayLine]:
    """Papers that hold and that somebody has still to sign."""
    missing: list[Filter] = [("state", "=", CURRENT), ("unsigned", ">", 0), ("issued_on", "<=", day)]
    missing += [] if hotel is None else [("hotel_id", "=", hotel)]
    number = count(reader, ListQuery(PAPER_RECORD, missing))
    return [TodayLine(Text("Papers not signed by all"), number, None, PAPER_RECORD.key, missing, group="tasks", tone="amber" if number else "")]
