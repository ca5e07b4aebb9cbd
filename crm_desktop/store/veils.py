"""Whose former values nobody reads in the log: a guest who is kept confidential would be known by them."""

from __future__ import annotations

from typing import Any

from crm_desktop.record.record import Record
from crm_desktop.store import catalog

VEILS = {"person": "select 1 from confidence where person_id = {row} and state = 'holds' and gone is null"}  # whose name is an alias


def is_veiled(reader: Any, record: Record, row_id: int) -> bool:
    """True for a guest who is kept confidential: their former values would say who it is."""
    sql = VEILS.get(record.key, "").format(row="?")
    return bool(sql) and catalog.columns(reader, "confidence") != set() and reader.execute(sql, (row_id,)).fetchone() is not None


HOLDS = "c.state = 'holds' and c.gone is null"
ABOUT = {  # what is about such a guest, by record
    "person": f"select 1 from confidence as c where c.person_id = ? and {HOLDS}",
    "vip_stay": f"select 1 from confidence as c join vip_stay as v on v.guest_id = c.person_id where v.id = ? and {HOLDS}",
    "guest_card": f"select 1 from confidence as c join guest_card as g on g.guest_id = c.person_id where g.id = ? and {HOLDS}",
    "stay": f"select 1 from confidence as c join stay as s on s.guest_id = c.person_id where s.id = ? and {HOLDS}",
    "confidence": f"select 1 from confidence as c where c.id = ? and {HOLDS}",
}


def is_confidential(reader: Any, record: str, row_id: int) -> bool:
    """True for a row about a guest who is kept confidential: its papers say who printed them across the page."""
    tables = catalog.tables(reader) if record in ABOUT and row_id else ()
    return "confidence" in tables and record in tables and reader.execute(ABOUT[record], (row_id,)).fetchone() is not None
