"""What other screens show of credit: lines of *Today*, points of a client's sheet, the cashier's list."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.credit import rules_file
from crm_desktop.duties.credit.queries import rows
from crm_desktop.duties.credit.records import CREDIT_AGREEMENT, CREDIT_APPLICATION, CREDIT_PAPER, GUARANTEE
from crm_desktop.duties.receivables.queries import accounts_money
from crm_desktop.record.duty import Filter, NowPoint, TodayLine
from crm_desktop.record.money import amount_words, show_money
from crm_desktop.record.record import Record
from crm_desktop.record.terms import sort_key
from crm_desktop.record.text import Text
from crm_desktop.store import pages
from crm_desktop.store.pages import ListQuery

WAITING: list[Filter] = [("state", "in", rules_file.WAITS)]


def today(reader: Any, day: str, _hotel: int | None) -> list[TodayLine]:
    """Applications under way, guarantees due; nothing where there is nothing."""
    late: list[Filter] = [("state", "=", rules_file.GIVEN), ("due", "<=", day)]
    lines = [
        _line(reader, Text("Credit applications under way"), CREDIT_APPLICATION, WAITING, "amber", short=Text("Applications")),
        _line(reader, Text("Guarantees of colleagues due"), GUARANTEE, late, "red", column="amount", short=Text("Guarantees due")),
    ]
    return [line for line in lines if line.count]


def _line(reader: Any, label: Text, record: Record, filters: list[Filter], tone: str, *, short: Text, column: str = "") -> TodayLine:
    where, values = pages.where(reader, ListQuery(record, filters))
    total = f", coalesce(sum(t.{column}), 0)" if column else ", 0"
    count, amount = reader.execute(f"select count(*){total} from {record.key} as t where {where}", values).fetchone()
    return TodayLine(label, count, None, record.key, filters, group="money", tone=tone, amount=show_money(amount) if column and count else "", short=short)


def now(reader: Any, record: str, row_id: int, day: str) -> list[NowPoint]:
    """What matters about a client's credit today."""
    if record != "account":
        return []
    points = []
    for row in rows(reader, GUARANTEE, "account_id = ? and state = 'given'", (row_id,), "due"):
        words = Text("{amount} guaranteed by a colleague until {day}", amount=amount_words(row["amount"], row["currency"]), day=row["due"])
        points.append(NowPoint(words, "red" if row["due"] < day else "amber", ("guarantee", row["id"])))
    expired = rows(reader, CREDIT_PAPER, "account_id = ? and expires <> '' and expires < ?", (row_id, day), "expires")
    if expired and rows(reader, CREDIT_AGREEMENT, "account_id = ? and state = 'active'", (row_id,)):
        points.append(NowPoint(Text("a credit paper expired on {day}", day=expired[-1]["expires"]), "amber", ("credit_paper", [("account_id", "=", row_id)])))
    return points


class Debtor:
    """A line of the cashiers' list: who may sign for how much, and what is left of the limit."""

    def __init__(self, name: str, number: str, limit: int, room: int | None, light: str, ends: str, credit: str, note: str = "") -> None:
        self.name, self.number, self.limit, self.room, self.light, self.ends, self.credit, self.note = name, number, limit, room, light, ends, credit, note
        self.signers: list[str] = []


def debtors(reader: Any, day: str) -> list[Debtor]:
    """Everybody with an agreement that is not over, by name; those who are stopped too: a cashier must know them most of all."""
    agreements = rows(reader, CREDIT_AGREEMENT, "state in ('active', 'suspended') and starts <= ? and (ends = '' or ends >= ?)", (day, day), "starts, id")
    by_account = {row["account_id"]: row for row in agreements}
    money = accounts_money(reader, list(by_account), day)
    found: dict[int, Debtor] = {}
    for account_id, row in by_account.items():
        if account_id in money:
            known = money[account_id]
            found[account_id] = Debtor(known.name, row["number"], known.limit or 0, known.headroom, known.light, row["ends"], known.credit, str(row["remark"] or ""))
    sql = "select account_id, name, post from signatory where gone is null and starts <= ? and (ends = '' or ends >= ?) order by name, id"
    for account_id, name, post in reader.execute(sql, (day, day)).fetchall():
        if account_id in found:
            found[account_id].signers.append(f"{name} {post}".strip())
    return sorted(found.values(), key=lambda each: (each.credit != "stopped", sort_key(each.name)))
