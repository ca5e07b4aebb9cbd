"""Whether a booking may go on account: the client's credit, its headroom, and what an override lets pass. Amounts in minor units."""

from __future__ import annotations

ON_ACCOUNT, AT_ONCE, BEFOREHAND = "account", "self", "prepaid"
STOPPED, NONE, OPEN = "stopped", "none", "open"
FINE, NO_CREDIT, IS_STOPPED, OVER = "", "none", "stopped", "over"


def on_account(pays: str) -> bool:
    """True for what is not paid at once or beforehand; empty is as agreed with the client."""
    return pays not in (AT_ONCE, BEFOREHAND)


def verdict(pays: str, credit: str, room: int | None, allowed: int | None = 0) -> str:
    """What stands against a booking on account (FINE = nothing). `room`: the headroom with the booking in it, None without a limit;
    `allowed`: by how much an override that runs lets the client go over, None = by any amount. A client without credit
    pays at once, unless the booking says 'on account' itself; any override lets a stopped one pass."""
    if not on_account(pays):
        return FINE
    if credit == STOPPED:
        return IS_STOPPED if allowed == 0 else FINE
    if credit in ("", NONE) and room is None:
        return NO_CREDIT if pays == ON_ACCOUNT and allowed == 0 else FINE
    if room is None or room >= 0 or allowed is None or -room <= allowed:
        return FINE
    return OVER


def stop_reasons(oldest: int, room: int | None, broken: int) -> list[tuple[str, int]]:
    """What speaks for a stop of credit (ARC-10), as (what, how much): a bill sixty days late or more, over the limit, two promises or more
    broken."""
    found = [("late", oldest)] if oldest >= LATE else []
    found += [("over", -room)] if room is not None and room < 0 else []
    return found + ([("broken", broken)] if broken >= BROKEN else [])


LATE, BROKEN = 60, 2  # days past due; promises
