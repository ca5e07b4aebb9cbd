"""Leaving the house: who may write which rows to a file, with what reason, and with whom beside them."""

from __future__ import annotations

from crm_desktop.record.dates import local_time
from crm_desktop.record.record import Record
from crm_desktop.record.rights import AREAS, EXPORT, FREE, SECOND, Rights, refusal
from crm_desktop.record.text import Refused, Text


class Asked(Refused):
    """An export that needs a reason, or (`second`) a second person, before it is written."""

    def __init__(self, rows: int, second: bool) -> None:
        many = f"{rows:,}"
        super().__init__(
            Text("{rows} rows leave the house: this needs a reason and a second person.", rows=many)
            if second
            else Text("{rows} rows leave the house: say what for.", rows=many)
        )
        self.rows, self.second = rows, second


def permit(rights: Rights, record: Record, rows: int, reason: str = "", stood_by: str = "") -> None:
    """Raise Refused unless so many rows may be exported; `stood_by` is the second person, who gave their password."""
    if not rights.can(EXPORT, record.area):
        raise Refused(refusal(EXPORT, record))
    _asked(rights, rows, reason, stood_by)


def permit_copy(rights: Rights, rows: int, reason: str = "", stood_by: str = "") -> None:
    """Raise Refused unless everything somebody sees, so many rows, may leave the house in one file."""
    if not any(rights.can(EXPORT, area) for area in AREAS):
        raise Refused(Text("Your role takes nothing out of the house. Ask your manager or whoever gives the roles."))
    _asked(rights, rows, reason, stood_by)


def _asked(rights: Rights, rows: int, reason: str, stood_by: str) -> None:
    needs = rights.export(rows)
    if needs != FREE and not reason.strip():
        raise Asked(rows, needs == SECOND)
    if needs == SECOND and not stood_by:
        raise Asked(rows, True)


def mark(person: str, reason: str, stood_by: str = "") -> str:
    """What stands at the head and foot of every printed page of a list that leaves the house: who, when, what for."""
    why = told(reason, stood_by)
    return " · ".join(part for part in (person.strip(), f"{local_time():%Y-%m-%d %H:%M}", why) if part)


def told(reason: str, stood_by: str) -> str:
    """What the log keeps as the reason."""
    return f"{reason.strip()} ({stood_by})" if stood_by else reason.strip()
