"""What is done about the market: the day's look at the hotel's pages begins."""

from __future__ import annotations

from crm_desktop.desk.desk import Desk
from crm_desktop.duties.market import queries
from crm_desktop.duties.market.records import CHECK
from crm_desktop.record.text import Refused, Text
from crm_desktop.store.log import Change

BEGUN = Text("Shop page checks begun")


def begin_checks(desk: Desk) -> Change:
    """A check of today for each platform the hotel looks at and nobody has begun yet. Raises Refused when there is none left."""
    day, db = desk.today(), desk.store.writer
    missing = [each for each in queries.platforms(db, day) if each not in queries.looked_at(db, day)]
    if not missing:
        raise Refused(Text("Every platform has its check of today already; nothing was added."))
    with desk.writing(BEGUN) as writing:
        for each in missing:
            desk.save_in(writing, CHECK, None, 0, {"day": day, "platform": each})
    change: Change = writing.entry.change
    return change
