"""What the forecast learns from, and what it says of a client's open bills."""

from __future__ import annotations

from typing import Any, NamedTuple

from crm_desktop.duties.credit.rules_forecast import Expected, Forecast, Judged, Settled, judge
from crm_desktop.duties.receivables.queries import HOME
from crm_desktop.record.dates import days_before

LEARNED, TRIED = 3 * 365, 90  # days: how far back it looks, and as of which day it is judged
MOST = 60_000  # of the newest bills: more take seconds to learn from and say hardly anything else
SHOWN, BLOCK = 6, 500


class Outlook(NamedTuple):
    """A client's open bills with what is expected of each (id, number, amount), and how well the forecast does here."""

    bills: list[tuple[int, str, int, Expected]]
    judged: Judged
    judged_on: str


class Known(NamedTuple):
    """What was learned, and how well it did where it could be judged."""

    forecast: Forecast
    judged: Judged


def _since(reader: Any, day: str) -> str:
    """From which day of issue it learns: three years back, or as far as the newest bills reach."""
    first = days_before(day, LEARNED)
    sql = "select bill_date from receivable where gone is null and bill_date >= ? order by bill_date desc limit 1 offset ?"
    found = reader.execute(sql, (first, MOST)).fetchone()
    return str(found[0]) if found else first


def settled(reader: Any, since: str) -> list[Settled]:
    """Bills paid whole, with the day of their last receipt."""
    sql = (
        "select r.account_id, r.bill_date, r.due, max(a.day) from receivable as r join application as a on a.receivable_id = r.id and a.gone is null"
        " where r.gone is null and r.balance = 0 and r.amount > 0 and r.written_off * 20 <= r.amount and r.due <> '' and r.bill_date >= ? group by r.id, r.account_id, r.bill_date, r.due"
    )
    return [Settled(*row) for row in reader.execute(sql, (since,)).fetchall()]


def learned(reader: Any, day: str) -> Forecast:
    """What is learned from the bills settled by a day; worked out anew when a bill or an application was added since."""
    return _known(reader, day).forecast


def _known(reader: Any, day: str) -> Known:
    key = (day, *(reader.execute(f"select max(id) from {table}").fetchone()[0] or 0 for table in ("receivable", "application")))
    known = _LEARNED.get(key)
    if known is None:
        bills = settled(reader, _since(reader, day))
        known = Known(Forecast(bills, day), judge(bills, days_before(day, TRIED)))
        _LEARNED.clear()  # another thread may do the same: each keeps what it found
        _LEARNED[key] = known
    return known


_LEARNED: dict[tuple[Any, ...], Known] = {}  # ids are of one database only


def expected_of(reader: Any, receivable_id: int, day: str) -> Expected | None:
    """When an open bill will be paid; None for one that is paid, or of which nothing can be said."""
    sql = "select account_id, bill_date, due from receivable where id = ? and gone is null and balance > 0 and bill_date <> '' and bill_date <= ?"
    found = reader.execute(sql, (receivable_id, day)).fetchone()
    return learned(reader, day).expect(*found) if found else None


def expected_of_clients(reader: Any, day: str, bills: dict[int, int]) -> dict[int, Expected]:
    """The same for a bill of each client (client -> bill)."""
    known, out, back = learned(reader, day), dict[int, Expected](), {bill: account for account, bill in bills.items()}
    ids = list(back)
    for at in range(0, len(ids), BLOCK):
        part = ids[at : at + BLOCK]
        sql = f"select id, account_id, bill_date, due from receivable where id in ({', '.join('?' * len(part))}) and bill_date <> ''"
        out |= {back[row[0]]: known.expect(*row[1:]) for row in reader.execute(sql, part).fetchall()}
    return out


def outlook(reader: Any, account_id: int, day: str) -> Outlook:
    """When a client's open bills will be paid."""
    known, judged = _known(reader, day)
    sql = (
        "select id, document_no, balance, bill_date, due from receivable where gone is null and account_id = ? and balance > 0 and currency = ? and bill_date <> ''"
        " and bill_date <= ? order by due, id limit ?"
    )
    found = reader.execute(sql, (account_id, HOME, day, SHOWN)).fetchall()
    return Outlook([(row[0], row[1], row[2], known.expect(account_id, row[3], row[4])) for row in found], judged, days_before(day, TRIED))
