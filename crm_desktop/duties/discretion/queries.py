"""What is asked about confidential guests: whether somebody is one, who knows, what they were told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm_desktop.duties.discretion.rules import HOLDS
from crm_desktop.record.duty import NowPoint
from crm_desktop.record.text import Text

FINDS = {
    "person": "select id, person_id from confidence where person_id = ? and state = ? and gone is null",
    "vip_stay": (
        "select c.id, c.person_id from vip_stay as v join confidence as c on c.person_id = v.guest_id where v.id = ? and c.state = ? and c.gone is null"
    ),
    "confidence": "select id, person_id from confidence where id = ? and state = ? and gone is null",
}


def about(reader: Any, record: str, row_id: int) -> tuple[int, int] | None:
    """The confidence and the person a row is about; None where nothing about it is confidential."""
    found = reader.execute(FINDS[record], (row_id, HOLDS)).fetchone() if record in FINDS else None
    return (int(found[0]), int(found[1])) if found else None


def watched(reader: Any, record: str, row_id: int) -> bool:
    """True for a row whose openings are written down."""
    return about(reader, record, row_id) is not None


def holding(db: Any, person: int, but: Any = 0) -> bool:
    """True for a guest who is confidential by another row than this one."""
    return db.execute("select 1 from confidence where person_id = ? and state = ? and gone is null and id <> ?", (person, HOLDS, but)).fetchone() is not None


def knowers(db: Any, confidence: Any) -> list[tuple[int, int, int]]:
    """Those who know, as far as they can be seen: row, its version, colleague."""
    sql = "select id, version, staff_id from knower where confidence_id = ? and gone is null order by id"
    return [(int(row[0]), int(row[1]), int(row[2])) for row in db.execute(sql, (confidence,)).fetchall()]


def truth(db: Any, confidence: int, people: Sequence[int] | None) -> str:
    """What one of these people was told (None: anybody); '' when none of them was."""
    sql, values = "select truth from knower where confidence_id = ? and gone is null and truth <> ''", [confidence]
    if people is not None:
        sql, values = f"{sql} and staff_id in ({', '.join('?' * len(people)) or '0'})", [confidence, *people]
    found = db.execute(f"{sql} order by id limit 1", values).fetchone()
    return str(found[0]) if found else ""


def now(reader: Any, record: str, row_id: int, _day: str) -> list[NowPoint]:
    """On a guest's file, a reception and a stay: that the name is an alias, and that this look was written down."""
    found = about(reader, record, row_id)
    if found is None or record == "confidence":
        return []
    return [NowPoint(Text("Confidential: the name is an alias; who looks here is written down"), "amber", ("confidence", found[0]))]
