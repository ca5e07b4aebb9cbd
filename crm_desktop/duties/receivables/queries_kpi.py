"""The figures of collection on a day, each with its formula in words and the rows behind it."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from typing import Any

from crm_desktop.duties.receivables import queries, rules, rules_kpi
from crm_desktop.duties.receivables.rules import Aged
from crm_desktop.record.dates import days_before
from crm_desktop.record.duty import Filter
from crm_desktop.record.money import plain_money, show_money
from crm_desktop.record.record import Figure
from crm_desktop.record.report import Report
from crm_desktop.record.text import Text

MONTHS = 36  # looked back at most
YEAR = 365  # days of promises
BILLED = (  # without what had been taken back by the day that is asked about
    "select coalesce(sum(amount - case when written_on <= ? then taken_back else 0 end), 0) from receivable"
    " where gone is null and currency = ? and bill_date > ? and bill_date <= ?"
)
DUE = "select coalesce(sum(amount - taken_back), 0) from receivable where gone is null and currency = ? and due > ? and due <= ?"
CAME = "select coalesce(sum(amount), 0) from receipt where gone is null and currency = ? and received_on > ? and received_on <= ?"
APPLIED = (
    "select coalesce(sum(p.amount), 0) from application as p join receivable as r on r.id = p.receivable_id"
    " where p.gone is null and p.currency = ? and p.day > ? and p.day <= ? and r.owner_id = ?"
)
COSTS = {"call": "cost_call", "check": "cost_call", "talk": "cost_call", "letter": "cost_letter", "visit": "cost_visit", "legal": "cost_legal"}  # way of a step -> column of the policy
REPORTED = ("seller", "currency", "open", "dso", "count_back", "best_dso", "days_delinquent", "cei", "recovery", "over_60", "promises_kept", "cost_to_collect")


class Whose:
    """Of whom figures are told, as of a day: everybody, or one seller's bills (`owner`)."""

    def __init__(self, reader: Any, currency: str, day: str, owner: int | None = None) -> None:
        self.reader, self.currency, self.day, self.owner = reader, currency, day, owner
        self.filters: list[Filter] = [("currency", "=", currency), *([("owner_id", "=", owner)] if owner is not None else [])]

    def sum(self, sql: str, first: str, last: str) -> int:
        """What such a question adds up to, after one day and until another."""
        mine = (" and owner_id = ?", (self.owner,)) if self.owner is not None else ("", ())
        return _one(self.reader, sql + mine[0], *((self.day,) if sql == BILLED else ()), self.currency, first, last, *mine[1])

    def came(self, first: str, last: str) -> int:
        """What was received; of a seller what paid their bills."""
        return self.sum(CAME, first, last) if self.owner is None else _one(self.reader, APPLIED, self.currency, first, last, self.owner)

    def aged(self, day: str) -> Aged:
        """What was open on a day."""
        found = queries.ageing(self.reader, day) if self.owner is None else queries.ageing_by(self.reader, "owner_id", day).get(self.owner, [])
        return next((aged for aged in found if aged.currency == self.currency), Aged(self.currency))


def _one(reader: Any, sql: str, *values: Any) -> int:
    return int(reader.execute(sql, values).fetchone()[0])


def _months(whose: Whose, day: str) -> list[tuple[int, int]]:
    """Sales and days of the months back from a day, the newest first; the month of the day only up to it."""
    found: list[tuple[int, int]] = []
    last = day
    for _ in range(MONTHS):
        before = days_before(f"{last[:7]}-01", 1)
        length = int(last[8:]) if last == day else calendar.monthrange(int(last[:4]), int(last[5:7]))[1]
        found.append((whose.sum(BILLED, before, last), length))
        last = before
    return found


def figures(reader: Any, day: str, currency: str = queries.HOME, owner: int | None = None) -> list[Figure]:
    """DSO simple and count-back, best possible, days delinquent, CEI, recovery, the share over sixty days, promises kept, cost to collect; of
    everybody or of one seller."""
    whose = Whose(reader, currency, day, owner)
    now = whose.aged(day)
    since, begun = days_before(day, rules_kpi.DAYS), days_before(f"{day[:7]}-01", 1)
    before = whose.aged(begun)
    sales, in_month = whose.sum(BILLED, since, day), whose.sum(BILLED, begun, day)
    received, falling, spent = whose.came(begun, day), whose.sum(DUE, begun, day), _spent(whose, begun, day)
    current = now.owes - now.overdue
    simple, best = rules_kpi.dso(now.owes, sales), rules_kpi.best_dso(current, sales)
    unit = whose.filters
    billed: list[Filter] = [*unit, ("bill_date", ">", since), ("bill_date", "<=", day)]
    of_month: list[Filter] = [*unit, ("bill_date", ">", begun), ("bill_date", "<=", day)]
    late: list[Filter] = [*unit, ("balance", "<>", 0), ("due", "<", day)]
    kept, promised = _promises(whose, day)
    words = {name: show_money(units) for name, units in (("owes", now.owes), ("sales", sales), ("current", current), ("begun", before.owes), ("month", in_month), ("came", received), ("late", before.overdue), ("falling", falling), ("long", now.long), ("kept", kept), ("promised", promised), ("spent", spent))}
    return [
        _days(Text("DSO"), simple, Text("Open {owes} / sales of 90 days {sales} x 90 (F-16)", **words), billed),
        _days(Text("DSO, count-back"), rules_kpi.count_back(now.owes, _months(whose, day)), Text("Months of sales peeled off {owes} until nothing is left (F-16)", **words), billed),
        _days(Text("Best possible DSO"), best, Text("Not due {current} / sales of 90 days {sales} x 90 (F-17)", **words), billed),
        _days(Text("Days delinquent"), rules_kpi.delinquent(simple, best), Text("DSO less the best possible (F-17)"), late),
        _share(Text("CEI"), rules_kpi.effectiveness(before.owes, in_month, now.owes, current), Text("(Open at the start {begun} + sales of the month {month} - open {owes}) / (start + sales - not due {current}) (F-18)", **words), of_month),
        _share(Text("Recovery rate"), rules_kpi.recovery(received, before.overdue, falling), Text("Received in the month {came} / (overdue at its start {late} + fallen due {falling}) (F-19)", **words), [whose.filters[0], ("received_on", ">", begun), ("received_on", "<=", day)], "receipt"),
        _share(Text("Over 60 days"), now.long_share, Text("Over 60 days past due {long} / open {owes} (F-20); the aim is 10 %", **words), [*unit, ("balance", "<>", 0), ("due", "<", days_before(day, rules.LONG))], tone="red" if (now.long_share or 0) > rules.TARGET else ""),
        _share(Text("Promises kept"), rules.share(kept, promised), Text("Came in time {kept} / promised for the days of a year that are over {promised} (F-21)", **words), [*unit, ("due", ">", days_before(day, YEAR)), ("due", "<=", day)], "promise"),
        _share(Text("Cost to collect"), rules.share(spent, received) if spent else None, Text("Steps of the month at the policy's cost {spent} / received {came}", **words), [("day", ">", begun), ("day", "<=", day), *unit[1:]], "collection_step"),
    ]  # fmt: skip


def _spent(whose: Whose, begun: str, day: str) -> int:
    """What collecting cost: the steps that were done, each at the cost the policy gives its way."""
    if whose.currency != queries.HOME:
        return 0
    from crm_desktop.duties.credit.queries import policy

    mine = (" and owner_id = ?", (whose.owner,)) if whose.owner is not None else ("", ())
    sql = f"select channel, count(*) from collection_step where gone is null and outcome = 'done' and day > ? and day <= ?{mine[0]} group by channel"
    held = policy(whose.reader, day)
    return sum(int(held[COSTS[channel]] or 0) * count for channel, count in whose.reader.execute(sql, (begun, day, *mine[1])).fetchall() if channel in COSTS)


def report(reader: Any, day: str, by: str = "all") -> Report:
    """The same figures as a report: a row for each currency, or for each seller and currency."""
    names = dict(reader.execute("select id, name from staff").fetchall())
    owners = [key for key in queries.ageing_by(reader, "owner_id", day) if key is not None] if by == "seller" else [None]
    rows = []
    for currency in [aged.currency for aged in queries.ageing(reader, day)]:
        for owner in owners:
            found = [figure.value for figure in figures(reader, day, currency, owner)]
            owed = Whose(reader, currency, day, owner).aged(day).owes
            if owner is None or owed:
                rows.append(dict(zip(REPORTED, (names.get(owner or 0, ""), currency, plain_money(owed), *found), strict=True)))
    return Report(REPORTED, rows, {"as_of": day})


def _promises(whose: Whose, day: str) -> tuple[int, int]:
    """What came in time of what was promised within a year, and that."""
    mine = (" and owner_id = ?", (whose.owner,)) if whose.owner is not None else ("", ())
    sql = f"select state, amount, received, due from promise where gone is null and currency = ? and due > ? and made_on <= ?{mine[0]}"
    found = whose.reader.execute(sql, (whose.currency, days_before(day, YEAR), day, *mine[1])).fetchall()
    return rules.kept_of([dict(zip(("state", "amount", "received", "due"), row, strict=True)) for row in found], day)


def _days(label: Text, tenths: int | None, formula: Text, opens: Sequence[Filter]) -> Figure:
    return Figure(label, f"{tenths / 10:.1f}" if tenths is not None else "–", opens=list(opens), note=formula, record="receivable")


def _share(label: Text, tenths: int | None, formula: Text, opens: Sequence[Filter], record: str = "receivable", tone: str = "") -> Figure:
    return Figure(label, rules.percent(tenths) if tenths is not None else "–", tone, opens=list(opens), note=formula, record=record)
