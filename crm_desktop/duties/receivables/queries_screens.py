"""What receivables give to the screens all duties share: lines of *Today*, figures of a sheet, facts beside a found client."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm_desktop.duties.receivables import rules
from crm_desktop.duties.receivables.queries import HOME, AccountMoney, account_money, accounts_money, reliability
from crm_desktop.duties.receivables.records import PROMISE, RECEIPT, RECEIVABLE
from crm_desktop.duties.receivables.words import days_words, hit_words, money_sentence
from crm_desktop.record.dates import add_days, business_date, days_before
from crm_desktop.record.duty import Filter, NowPoint, TodayLine
from crm_desktop.record.money import amount_words, show_money
from crm_desktop.record.record import Figure, Record
from crm_desktop.record.text import Text
from crm_desktop.store import pages
from crm_desktop.store.pages import ListQuery

WEEK = 7  # days
IS_OPEN: Filter = ("balance", "<>", 0)


def amounts(sums: dict[str, int]) -> str:
    """Amounts of several currencies beside each other; the house's own comes first and without its name."""
    order = sorted(sums, key=lambda unit: (unit != HOME, unit))
    return " · ".join(show_money(sums[unit]) if unit == HOME else f"{unit} {show_money(sums[unit])}" for unit in order if sums[unit])


def brief(sums: dict[str, int]) -> str:
    """An amount for little room: the house's currency, and which others there are besides."""
    others = sorted(unit for unit, units in sums.items() if units and unit != HOME)
    return f"{show_money(sums[HOME])} + {', '.join(others)}" if sums.get(HOME) and others else amounts(sums)


def today(reader: Any, day: str, hotel: int | None) -> list[TodayLine]:
    """What is open, overdue, long overdue, due within a week; receipts not applied; promises for today
    and those missed within a week, judged or not: later ones are follow-ups."""
    here: list[Filter] = [("hotel_id", "=", hotel)] if hotel is not None else []
    billed: list[Filter] = [IS_OPEN, *([("bill_date", "<=", day)] if day < business_date() else []), *here]
    missed = rules.last_missed(day)
    said: Filter = ("state", "=", rules.OPEN)
    late: Filter = ("due", "<", days_before(day, rules.LONG))
    just_missed: list[Filter] = [("state", "in", (rules.OPEN, rules.PART, rules.BROKEN)), ("due", "<=", missed), ("due", ">", days_before(missed, WEEK))]
    return [
        _line(reader, Text("Open bills"), RECEIVABLE, "balance", billed, "money"),
        _line(reader, Text("Overdue"), RECEIVABLE, "balance", [*billed, ("due", "<", day)], "money", "amber"),
        _line(reader, Text("Over 60 days"), RECEIVABLE, "balance", [*billed, late], "money", "red"),
        _line(reader, Text("Due within a week"), RECEIVABLE, "balance", [*billed, ("due", ">=", day), ("due", "<=", add_days(day, WEEK))], "money", short=Text("Due in a week")),
        _line(reader, Text("Receipts to apply"), RECEIPT, "unapplied", [("unapplied", "<>", 0), *here], "money", "amber"),
        _line(reader, Text("Promised for today"), PROMISE, "amount", [said, ("due", ">", missed), ("due", "<=", day)], "promises"),
        _line(reader, Text("Promised and missed"), PROMISE, "amount", just_missed, "promises", "red"),
    ]


def _line(reader: Any, label: Text, record: Record, column: str, filters: list[Filter], group: str, tone: str = "", short: Text | None = None) -> TodayLine:
    """A figure over the rows its filters open: how many, and their sum by currency."""
    where, values = pages.where(reader, ListQuery(record, filters))
    sql = f"select t.currency, sum(t.{column}), count(*) from {record.key} as t where {where} group by t.currency"
    found = reader.execute(sql, values).fetchall()
    count = sum(row[2] for row in found)
    sums = {row[0]: row[1] for row in found}
    return TodayLine(label, count, None, record.key, filters, group=group, tone=tone if count else "", amount=brief(sums), short=short)


def figures(reader: Any, record: str, row_id: int, day: str) -> list[Figure]:
    """What a client owes, how much of it overdue, its headroom and how it keeps promises."""
    money = account_money(reader, row_id, day) if record == "account" else None
    if money is None:
        return []
    mine: list[Filter] = [("account_id", "=", row_id), IS_OPEN]
    found = [
        Figure(Text("Owes"), amounts({a.currency: a.owes for a in money.owed}) or "–", opens=mine if money.owed else None, record="receivable"),
        _overdue(money, [*mine, ("due", "<", day)]),
    ]
    if money.headroom is not None:
        tone = money.light if money.light in ("red", "amber") else ""
        found.append(Figure(Text("Headroom"), show_money(money.headroom), tone=tone, opens=[("id", "=", row_id)], record="credit-file"))
    if (kept := reliability(reader, row_id, day)) is not None:
        found.append(Figure(Text("Promises kept"), f"{kept}%", tone="red" if kept < 50 else ""))
    return found


def _overdue(money: AccountMoney, opens: list[Filter]) -> Figure:
    late = {aged.currency: aged.overdue for aged in money.owed if aged.late}
    note = days_words(money.oldest_days) if late else ""
    tone = rules.late_tone(money.oldest_days) if late else ""
    return Figure(Text("Overdue"), amounts(late) or "–", tone=tone, opens=opens if late else None, note=note, record="receivable")


def now(reader: Any, record: str, row_id: int, day: str) -> list[NowPoint]:
    """What matters about a client's money today: overdue, disputed, credit, the next promise, money not applied."""
    money = account_money(reader, row_id, day) if record == "account" else None
    if money is None:
        return []
    mine: list[Filter] = [("account_id", "=", row_id), IS_OPEN]
    points: list[NowPoint] = []
    for aged in money.owed:
        unit: Filter = ("currency", "=", aged.currency)
        if aged.late:
            said = Text("overdue {amount}, {days}", amount=amount_words(aged.overdue, aged.currency), days=days_words(aged.oldest))
            points.append(NowPoint(said, "red", ("receivable", [*mine, unit, ("due", "<", day)])))
        else:
            points.append(NowPoint(Text("owes {amount}", amount=amount_words(aged.owes, aged.currency)), "", ("receivable", [*mine, unit])))
        if aged.disputed:
            said = Text("{amount} disputed", amount=amount_words(aged.disputed, aged.currency))
            points.append(NowPoint(said, "amber", ("receivable", [*mine, unit, ("disputed", "<>", 0)])))
    return points + _credit_points(money, row_id)


def _credit_points(money: AccountMoney, row_id: int) -> list[NowPoint]:
    points: list[NowPoint] = []
    if money.credit == "stopped":
        points.append(NowPoint(Text("Credit stopped"), "red"))
    if money.headroom is not None and money.headroom < 0:
        points.append(NowPoint(Text("{amount} over the credit limit", amount=show_money(-money.headroom)), "red"))
    if money.promise:
        amount = amount_words(money.promise.amount, money.promise.currency) if money.promise.amount else ""
        said = Text("{amount} promised for {day}", amount=amount, day=money.promise.due) if amount else Text("promised for {day}", day=money.promise.due)
        points.append(NowPoint(said, "blue", ("promise", [("account_id", "=", row_id), ("state", "=", rules.OPEN)])))
    for unit, units in sorted(money.unapplied_by.items()):
        said = Text("{amount} received is not applied yet", amount=amount_words(units, unit))
        points.append(NowPoint(said, "amber", ("receipt", [("account_id", "=", row_id), ("unapplied", "<>", 0)])))
    return points


def hit_facts(reader: Any, record: str, ids: Sequence[int]) -> dict[int, Text]:
    """What the search says beside found clients: owes, overdue, oldest days, headroom."""
    if record != "account" or not ids:
        return {}
    known = accounts_money(reader, ids, business_date())
    return {row_id: words for row_id, money in known.items() if (words := hit_words(money)) is not None}


OF_ACCOUNT = {"account": "id", "person": "account_id", "receivable": "account_id", "promise": "account_id", "receipt": "account_id"}


def sentence(reader: Any, record: str, row_id: int, day: str) -> Text | None:
    """What the client behind a row owes, for a chat; None where there is no client."""
    if record not in OF_ACCOUNT:
        return None
    found = reader.execute(f"select {OF_ACCOUNT[record]} from {record} where id = ? and gone is null", (row_id,)).fetchone()
    money = account_money(reader, found[0], day) if found and found[0] else None
    return money_sentence(money) if money else None
