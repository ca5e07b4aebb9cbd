"""Rules of clients that fall silent: who is offered to the pool, who has gone quiet, and in which quarter the lost are asked why."""

from __future__ import annotations

from typing import NamedTuple

from crm_desktop.duties.clients.records_account import ACTIVE, DORMANT, POTENTIAL
from crm_desktop.duties.clients.rules_standing import ASLEEP, FEW, LEAST_LOST, LOST, Silence
from crm_desktop.record.dates import days_between
from crm_desktop.record.record import Problems, Row
from crm_desktop.record.text import Text

SLEEP, POOL = "sleep", "pool"  # what is proposed
ASKED_BACK = 365  # days after a loss in which a client is asked once a quarter


class Quiet(NamedTuple):
    """A client as it stands: its status, whether anybody looks after it, its own rhythm, the last contact (or the day
    before it was given to whoever has it, or today where a visit is planned), and whether something is still to come of it (a booking)."""

    state: str
    owned: bool
    silence: Silence
    contact: str
    coming: bool


def proposals(found: Quiet, day: str, pool_days: int) -> tuple[str, ...]:
    """What is proposed for a client; nothing is done by itself.

    Gone quiet: an active one whose silence is more than its own rhythm bears. The pool: one that somebody has, that did not
    produce by its own rhythm and whom nobody met for so many days either. Whoever is still to come is left alone."""
    if found.coming or found.state not in (ACTIVE, DORMANT, POTENTIAL):
        return ()
    never = found.silence.state == FEW and found.silence.days == 0
    still = found.silence.state in (ASLEEP, LOST) or never or (found.silence.state == FEW and found.silence.days > LEAST_LOST)
    out = [SLEEP] if found.state == ACTIVE and found.silence.state in (ASLEEP, LOST) else []
    unmet = days_between(found.contact, day) > pool_days if found.contact else not never  # of whom nothing is known nothing is said
    if found.owned and still and unmet and (found.silence.days > pool_days or never):
        out.append(POOL)
    return tuple(out)


def quarter_of(day: str) -> str:
    """The first day of the quarter a day lies in."""
    month = (int(day[5:7]) - 1) // 3 * 3 + 1
    return f"{day[:4]}-{month:02d}-01"


def interview_problems(row: Row) -> Problems:
    """A next step has its day."""
    if row.get("next") and not row.get("next_on"):
        return {"next_on": Text("Enter the day of the next step")}
    return {}
