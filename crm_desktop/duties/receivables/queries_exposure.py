"""What clients run up beyond their open bills: guests in house, rooms and functions to come on account, deposits paid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from crm_desktop.duties.receivables import queries_deposits
from crm_desktop.duties.receivables import rules_exposure as rules
from crm_desktop.duties.receivables.rules_exposure import Exposure
from crm_desktop.record.dates import add_days, days_before

IN_HOUSE, BOOKED, PREPAID = "In-House", "Booked", "Non Refund"
LONGEST = 400  # days: an older arrival is no guest in house any more
STAY_COLUMNS = "id, arrival, departure, rate, nights, status, deposit"


def add_commitments(reader: Any, found: Mapping[int, Exposure], currency: str, day: str) -> None:
    """Add to the exposures of clients, by id, what is not billed yet. Only amounts in the house's currency count."""
    ids = list(found)
    if not ids:
        return
    for account, *stay in _stays(reader, ids, currency, day):
        _add_stay(found[account], stay, day)
    of_booking, loose = queries_deposits.held(reader, ids, currency)
    for account, amount in loose.items():
        found[account].deposits += amount
    marks = ", ".join("?" * len(ids))
    sql = (
        f"select account_id, id, kind, price, tables, deposit from booking where gone is null and account_id in ({marks}) and state = 'definite'"
        " and day >= ? and day <= ? and currency = ? and pays <> ? and pays <> 'prepaid' order by day, id"
    )
    for account, row_id, kind, price, tables, deposit in reader.execute(sql, (*ids, day, add_days(day, rules.AHEAD), currency, rules.AT_ONCE)):
        found[account].booked(row_id, rules.booking_value(kind, price, tables), max(deposit, of_booking.get(row_id, 0)))


def _stays(reader: Any, ids: Sequence[int], currency: str, day: str) -> list[tuple[Any, ...]]:
    """Guests in house and to come: those of a company, and those of an agency that no company pays for."""
    marks = ", ".join("?" * len(ids))
    when = f"arrival >= ? and arrival <= ? and status in ('{IN_HOUSE}', '{BOOKED}') and gone is null and currency = ?"
    values = (*ids, days_before(day, LONGEST), add_days(day, rules.AHEAD), currency)
    return [
        row
        for column, more in (("company_id", ""), ("agency_id", " and company_id is null"))
        for row in reader.execute(f"select {column}, {STAY_COLUMNS} from stay where {column} in ({marks}) and {when}{more} order by arrival, id", values).fetchall()
    ]


def _add_stay(exposure: Exposure, stay: Sequence[Any], day: str) -> None:
    row_id, arrival, departure, rate, nights, status, deposit = stay
    if status == IN_HOUSE:
        if amount := rate * rules.nights_so_far(arrival, departure, day):
            exposure.in_house(row_id, amount)
    elif arrival >= day and deposit != PREPAID:
        exposure.booked_stay(row_id, rate * nights)
