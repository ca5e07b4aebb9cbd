"""What was promised last, by them and by us, for the call card."""

from __future__ import annotations

from typing import Any

from crm_desktop.record.record import Figure
from crm_desktop.record.text import Text

COLUMNS = (("their_promise", Text("They promised")), ("our_promise", Text("We promised")))
BY = {"account": "account_id", "person": "person_id"}
LOOKED_BACK = 200  # contacts; what was promised before that is no news


def promises(reader: Any, record: str, row_id: int, day: str) -> list[Figure]:
    """The last promise of each side in contacts up to a day, with the day it was given."""
    if record not in BY:
        return []
    out = []
    recent = f"select id, day, time from visit where {BY[record]} = ? and day <= ? and gone is null order by day desc limit {LOOKED_BACK}"
    for column, label in COLUMNS:
        found = reader.execute(
            f"select v.{column}, v.day, v.id from ({recent}) as r join visit as v on v.id = r.id"
            f" where v.{column} <> '' order by r.day desc, r.time desc, r.id desc limit 1",
            (row_id, day),
        ).fetchone()
        if found:
            out.append(Figure(label, str(found[0]), note=str(found[1]), opens=int(found[2]), record="visit"))
    return out
