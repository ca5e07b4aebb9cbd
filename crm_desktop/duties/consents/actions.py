"""What follows from a line of the consent ledger: its text named, a child's data kept or no longer, old ticks taken over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm_desktop.duties.consents import queries, rules
from crm_desktop.duties.consents.records import CONSENT
from crm_desktop.duties.guests.records import COMPANION
from crm_desktop.record.record import Row
from crm_desktop.record.rights import ADD, CHANGE
from crm_desktop.record.text import Text
from crm_desktop.store.log import BY_ITSELF
from crm_desktop.store.rows import Writing, read

TAKEN_OVER = Text("Consents taken over from the cards")


def answered(desk: Any, writing: Writing, row: Row) -> None:
    """Of a new line: the version of the text used that day, and a guardian's yes at the child."""
    if not desk.rights.can(CHANGE, CONSENT.area):
        return
    if row["text_id"] is None and (text := queries.text_on(writing.db, str(row["purpose"]), str(row["given_on"]))) is not None:
        with writing.kept():
            writing.update(CONSENT, row["id"], row["version"], {"text_id": text})
    _child(writing, row, row["answer"] == rules.YES)


def withdrawn(_desk: Any, writing: Writing, row: Row) -> None:
    """Of a line that was withdrawn: what was kept of a child needs a new yes."""
    _child(writing, row, False)


def _child(writing: Writing, row: Row, agreed: bool) -> None:
    child = read(writing.db, COMPANION, int(row["companion_id"])) if row["companion_id"] is not None else None
    if child is not None and child["gone"] is None and bool(child["consent"]) != agreed:
        kept = {} if agreed else {"birthday": "", "remark": ""}  # PIPL article 47: what was kept by that yes goes with it
        with writing.kept():
            writing.update(COMPANION, child["id"], child["version"], {"consent": int(agreed)} | kept)


def brought(desk: Any, writing: Writing, ids: Sequence[int]) -> None:
    """What a file ticked on cards becomes lines of the ledger."""
    for row in queries.cards(writing.db, ids):
        _write(desk, writing, row)


def take_over(desk: Any) -> int:
    """Lines for what was ticked on cards before there was a ledger; how many. Nothing is written where nothing is missing."""
    if not desk.rights.edits(CONSENT.area, ADD).everything or not (queries.cards(desk.store.writer, None) or queries.children(desk.store.writer)):
        return 0
    with desk.writing(TAKEN_OVER, source=BY_ITSELF) as writing:
        writing.in_turn()
        rows = [*queries.cards(writing.db, None), *queries.children(writing.db)]
        for row in rows:
            _write(desk, writing, row)
    return len(rows)


def _write(desk: Any, writing: Writing, row: Row) -> None:
    day = row.get("given_on") or desk.today()
    text = queries.text_on(writing.db, str(row["purpose"]), str(day))
    writing.add(CONSENT, {"state": rules.GIVEN, "text_id": text, **row, "given_on": day})
