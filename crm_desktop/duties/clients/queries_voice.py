"""What clients said of us: complaints and praise of the register, complaints that visits noted, answers to call-backs, lost inquiries."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from crm_desktop.duties.clients.rules_standing import Signal
from crm_desktop.record.dates import days_between

OPEN_STATES = ("new", "accepted", "on-scene", "putting-right", "escalated", "claim", "answered")  # of a complaint that is not settled
OPEN = f"({', '.join(repr(state) for state in OPEN_STATES)})"
HURTS = "kind not in ('praise', 'suggestion', 'help') and state <> 'withdrawn'"
SEVERE = ("S1", "S2")
SAME = 14  # days: what a visit noted and the register took down within these is one complaint
LATEST = 12
GRADES = {"very-satisfied": "pleased", "dissatisfied": "displeased"}


class Voice(NamedTuple):
    """Open complaints of the register, severe and other, those opened again among them, and what visits noted that stands in no register (visit, day)."""

    severe: int = 0
    other: int = 0
    again: int = 0
    noted: Sequence[tuple[int, str]] = ()


def voice(reader: Any, account_id: int, since: str, day: str) -> Voice:
    """What of a client's complaints weighs on a day; visits since a day."""
    sql = f"select severity, reopened from complaint where account_id = ? and gone is null and {HURTS} and state in {OPEN} and received_on <= ?"
    found = reader.execute(sql, (account_id, day)).fetchall()
    severe = sum(severity in SEVERE for severity, _ in found)
    return Voice(severe, len(found) - severe, sum(bool(again) for _, again in found), _noted(reader, account_id, since, day))


def open_of(reader: Any, accounts: Sequence[int]) -> int:
    """How many complaints of some clients are open."""
    marks = ", ".join("?" * len(accounts))
    sql = f"select count(*) from complaint where account_id in ({marks}) and gone is null and {HURTS} and state in {OPEN}"
    return int(reader.execute(sql, tuple(accounts)).fetchone()[0])


def _noted(reader: Any, account_id: int, since: str, day: str) -> list[tuple[int, str]]:
    sql = "select id, day from visit where account_id = ? and gone is null and result = 'complaint' and day >= ? and day <= ? order by day desc"
    visits = reader.execute(sql, (account_id, since, day)).fetchall()
    taken = [str(on) for (on,) in reader.execute(f"select received_on from complaint where account_id = ? and gone is null and {HURTS}", (account_id,)).fetchall()] if visits else []
    return [(int(row_id), str(on)) for row_id, on in visits if all(abs(days_between(on, other)) > SAME for other in taken)]


def signals(reader: Any, account_id: int, since: str, day: str) -> list[Signal]:
    """Complaints and praise, how call-backs went, inquiries that went elsewhere: each opens its row."""
    span = (account_id, since, day)
    sql = f"select id, received_on, kind from complaint where account_id = ? and gone is null and received_on >= ? and received_on <= ? and (kind = 'praise' or ({HURTS})) order by received_on desc limit {LATEST}"
    out = [Signal("praise" if kind == "praise" else "complaint", on, ("complaint", int(row_id))) for row_id, on, kind in reader.execute(sql, span).fetchall()]
    out += [Signal("complaint", on, ("visit", row_id)) for row_id, on in _noted(reader, *span)[:LATEST]]
    sql = f"select id, asked_on, grade from feedback where account_id = ? and gone is null and asked_on >= ? and asked_on <= ? and grade in ('very-satisfied', 'dissatisfied') order by asked_on desc limit {LATEST}"
    out += [Signal(GRADES[grade], on, ("feedback", int(row_id))) for row_id, on, grade in reader.execute(sql, span).fetchall()]
    sql = f"select id, day from booking where account_id = ? and gone is null and state = 'lost' and day >= ? and day <= ? order by day desc limit {LATEST}"
    return out + [Signal("lost-bid", on, ("booking", int(row_id))) for row_id, on in reader.execute(sql, span).fetchall()]
