"""F-26: what a client may still run up. Its credit limit less what is open, what guests in house have not been billed, and
definite bookings to come on account; deposits paid for those count in its favour. Amounts in minor units."""

from __future__ import annotations

from crm_desktop.record.dates import days_between

AHEAD = 90  # days: bookings further away are not counted
NEAR = 20  # per cent of the limit: less room than this is amber
BY_TABLE = ("wedding", "banquet")  # kinds of booking whose price is that of a table
AT_ONCE = "self"  # what a booking says that is paid when it takes place
GREEN, AMBER, RED, GREY = "green", "amber", "red", "grey"


class Exposure:
    """What a client runs up on a day: `open` bills (in the house's currency), and what is not billed yet.

    `unpriced` are definite bookings to come whose price nobody wrote down: they cannot be counted, and it is said."""

    __slots__ = ("coming", "coming_bookings", "coming_stays", "deposits", "open", "unbilled", "unbilled_stays", "unpriced")

    def __init__(self, open: int = 0) -> None:
        self.open, self.unbilled, self.coming, self.deposits = open, 0, 0, 0
        self.unbilled_stays: list[int] = []
        self.coming_stays: list[int] = []
        self.coming_bookings: list[int] = []
        self.unpriced: list[int] = []

    @property
    def total(self) -> int:
        """All of it, deposits taken off."""
        return self.open + self.unbilled + self.coming - self.deposits

    @property
    def is_more(self) -> bool:
        """True when it is not just the open bills."""
        return bool(self.unbilled or self.coming or self.deposits)

    def in_house(self, stay: int, amount: int) -> None:
        """A guest in house whose nights so far are not billed."""
        self.unbilled += amount
        self.unbilled_stays.append(stay)

    def booked_stay(self, stay: int, amount: int) -> None:
        """A room to come that the client pays on account."""
        self.coming += amount
        self.coming_stays.append(stay)

    def booked(self, booking: int, amount: int, deposit: int) -> None:
        """A definite booking to come, with what was paid for it already."""
        self.coming += amount
        self.deposits += deposit
        self.coming_bookings.append(booking)
        if not amount:
            self.unpriced.append(booking)


def nights_so_far(arrival: str, departure: str, day: str) -> int:
    """Nights of a stay that are over by a day; the first one counts from the day after arrival."""
    return max(0, min(days_between(arrival, day), days_between(arrival, departure)))


def booking_value(kind: str, price: int, tables: int | None) -> int:
    """What a booking comes to: feasts have a price for each table, everything else a whole one."""
    return price * tables if kind in BY_TABLE and tables else price


def room_left(limit: int | None, exposure: int, credit: str) -> int | None:
    """The headroom; None for a client without credit, and where the limit is not shown to whoever asks."""
    if limit is None:
        return None
    return limit - exposure if credit not in ("", "none") or limit else None


def light(limit: int | None, room: int | None, credit: str) -> str:
    """The traffic light of credit: red when it is stopped or used up, amber when a fifth or less of the limit is left."""
    if room is None:
        return GREY
    if credit == "stopped" or room < 0:
        return RED
    return AMBER if room * 100 <= (limit or 0) * NEAR else GREEN


def after(room: int | None, asked: int) -> int | None:
    """What would be left if so much more were put on account."""
    return None if room is None else room - asked

