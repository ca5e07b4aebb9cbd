"""What the credit file is read from: the policy, how a client pays, what it brings, its agreement, papers and guarantees."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.clients.queries_standing import contribution
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.duties.credit import rules_file, rules_policy, rules_score
from crm_desktop.duties.credit.records import (
    CREDIT_AGREEMENT,
    CREDIT_APPLICATION,
    CREDIT_NEWS,
    CREDIT_OVERRIDE,
    CREDIT_PAPER,
    GUARANTEE,
    SIGNATORY,
)
from crm_desktop.duties.credit.records_policy import CREDIT_POLICY, CREDIT_SCALE
from crm_desktop.duties.credit.rules_policy import Limit
from crm_desktop.duties.credit.rules_score import Fact, Habit, Score
from crm_desktop.duties.receivables.queries import HOME, AccountMoney, account_money
from crm_desktop.duties.receivables.queries import promises as promises_of
from crm_desktop.duties.receivables.rules import reliability
from crm_desktop.record.dates import days_before, days_between
from crm_desktop.record.record import Record, Row
from crm_desktop.store.rows import get

YEAR, TWO_YEARS, QUARTER = 365, 730, 91  # days
LATE = 60  # days past due that count against a trade or town


def rows(reader: Any, record: Record, where: str = "", values: tuple[Any, ...] = (), order: str = "id") -> list[Row]:
    """The living rows of a record."""
    names = ("id", "version", *record.columns)
    more = f" and {where}" if where else ""
    found = reader.execute(f"select {', '.join(names)} from {record.key} where gone is null{more} order by {order}", values).fetchall()
    return [dict(zip(names, row, strict=True)) for row in found]


def policy(reader: Any, day: str) -> Row:
    """The credit policy that holds on a day, with the scales it writes down."""
    found = rules_policy.policy_on(rows(reader, CREDIT_POLICY), day)
    own = scales(reader, int(found["id"])) if "id" in found else []
    return found | {"scales": rules_score.Scales(each for each in own if each[0] != rules_score.PROVISION), "provisions": own} if own else found


def scales(reader: Any, policy_id: int) -> list[tuple[str, int, str, int]]:
    """What a policy writes down of the scales: factor, from, word, per cent."""
    sql = f"select factor, least, word, percent from {CREDIT_SCALE.key} where gone is null and policy_id = ? order by factor, least, word, id"
    return [(row[0], int(row[1]), row[2], int(row[3])) for row in reader.execute(sql, (policy_id,)).fetchall()]


class CreditFile:
    """All there is to say about one client's credit on a day."""

    def __init__(self, row: Row, day: str, money: AccountMoney, policy: Row) -> None:
        self.row, self.day, self.money, self.policy = row, day, money, policy
        self.facts: dict[str, Fact] = {}
        self.habit = Habit()
        self.agreement: Row | None = None
        self.application: Row | None = None
        self.papers: list[Row] = []
        self.news: list[Row] = []  # nobody has looked at yet, or of the last half year
        self.signatories: list[Row] = []
        self.guarantees: list[Row] = []
        self.override = ""  # the last day of one that is given
        self.month = 0  # what it brings in an average month
        self.quarter, self.season = 0, 0  # what the three months to come brought a year ago; per cent above the average

    @property
    def score(self) -> Score:
        """The scorecard."""
        return rules_score.score(self.facts, self.policy)

    @property
    def limit(self) -> Limit:
        """What the calculator would grant."""
        deposit = int(self.agreement["deposit"]) if self.agreement else 0
        return rules_policy.limit_of(self.policy, self.score.grade, self.month, collateral=deposit, season=self.season)

    @property
    def next_grade(self) -> tuple[int, str] | None:
        """How many bills paid in time lead to the next grade."""
        return rules_score.bills_to_next(self.facts, self.policy, self.habit)


def credit_file(reader: Any, account_id: int, day: str) -> CreditFile | None:
    """One client's credit file; None for a client that is not there."""
    row, money = get(reader, ACCOUNT, account_id), account_money(reader, account_id, day)
    if row is None or money is None:
        return None
    found = CreditFile(row, day, money, policy(reader, day))
    mine = (account_id,)
    agreements = rows(reader, CREDIT_AGREEMENT, "account_id = ? and state <> 'ended'", mine, "starts desc, id desc")
    applications = rows(reader, CREDIT_APPLICATION, "account_id = ?", mine, "day desc, id desc")
    found.agreement, found.application = next(iter(agreements), None), next(iter(applications), None)
    found.papers = rows(reader, CREDIT_PAPER, "account_id = ?", mine, "kind, expires desc")
    found.news = rows(reader, CREDIT_NEWS, "account_id = ? and day >= ?", (account_id, days_before(day, rules_file.NEWS_DAYS)), "day desc, id desc")
    found.guarantees = rows(reader, GUARANTEE, "account_id = ? and state = 'given'", mine, "due")
    found.signatories = signatories(reader, account_id, day)
    found.override = override_until(reader, account_id, day)
    _facts(reader, found)
    return found


def signatories(reader: Any, account_id: int, day: str) -> list[Row]:
    """Who may sign for a client on a day."""
    return rows(reader, SIGNATORY, "account_id = ? and starts <= ? and (ends = '' or ends >= ?)", (account_id, day, day), "name, id")


def override_until(reader: Any, account_id: int, day: str) -> str:
    """The last day of an override that was given and still runs; '' without one."""
    sql = f"select max(until) from {CREDIT_OVERRIDE.key} where gone is null and account_id = ? and state = 'given' and given_on <= ? and until >= ?"
    return str(reader.execute(sql, (account_id, day, day)).fetchone()[0] or "")


# facts of the scorecard


def habit(reader: Any, account_id: int, day: str) -> Habit:
    """How late the bills of two years were paid, or are: a bad debt until it was written off; what was taken back was no bill."""
    sql = (
        "select r.due, case when r.balance <> 0 then '' when r.written_off > r.taken_back then r.written_on else coalesce(max(a.day), r.due) end from receivable as r"
        " left join application as a on a.receivable_id = r.id and a.gone is null"
        " where r.gone is null and r.account_id = ? and r.due <> '' and (r.due >= ? or r.balance > 0) and r.due <= ? and r.amount > r.taken_back"
        " and (r.balance = 0 or r.balance > r.disputed) group by r.id, r.due, r.balance, r.written_off, r.taken_back, r.written_on"
    )
    found = reader.execute(sql, (account_id, days_before(day, TWO_YEARS), day)).fetchall()
    return Habit([rules_score.days_late(due, paid, day) for due, paid in found])


def production(reader: Any, row: Row, after: str, until: str) -> int:
    """What a client brought after a day and until another one: rooms, meals and rent, or what was billed where that is more."""
    sql = "select coalesce(sum(amount - taken_back), 0) from receivable where gone is null and account_id = ? and currency = ? and bill_date > ? and bill_date <= ?"
    billed = int(reader.execute(sql, (row["id"], HOME, after, until)).fetchone()[0])
    return max(billed, contribution(reader, [row], after, until).total)


def _facts(reader: Any, found: CreditFile) -> None:
    row, day, account_id = found.row, found.day, int(found.row["id"])
    now, before = (production(reader, row, days_before(day, far), days_before(day, near)) for far, near in ((YEAR, 0), (2 * YEAR, YEAR)))
    found.habit, found.month = habit(reader, account_id, day), now // 12
    found.quarter = production(reader, row, days_before(day, YEAR), days_before(day, YEAR - QUARTER))
    found.season = rules_policy.season_of(found.quarter, now, int(found.policy["season"]))
    kept = reliability(promises_of(reader, account_id), day)
    quarrels = found.money.disputed * 100 // now if now else None
    since = row["partner_since"] or row["agreement_from"]
    agreement = found.agreement
    bills, mine = [("account_id", "=", account_id), ("bill_date", ">", days_before(day, YEAR))], [("account_id", "=", account_id)]
    found.facts = {
        rules_score.LATE: Fact(found.habit.average, ("receivable", [("account_id", "=", account_id), ("due", ">=", days_before(day, TWO_YEARS)), ("due", "<=", day)])),
        rules_score.BROKEN: Fact(100 - kept if kept is not None else (0 if found.habit.days else None), ("promise", mine)),
        rules_score.DISPUTED: Fact(quarrels, ("receivable", [("account_id", "=", account_id), ("disputed", "<>", 0)])),
        rules_score.YEARS: Fact(days_between(since, day) / YEAR if since and since <= day else None, ("field", "partner_since")),
        rules_score.MONTH: Fact(found.month, ("receivable", bills)),
        rules_score.GROWTH: Fact(100 * (now - before) // before if before else None, ("receivable", [("account_id", "=", account_id), ("bill_date", ">", days_before(day, TWO_YEARS))])),
        rules_score.SIZE: Fact(row["size"] or None, ("field", "size")),
        rules_score.OWNER: Fact(row["type"] if row["type"] in rules_score.WEAK else row["ownership"] or row["type"] or None, ("field", "ownership")),
        rules_score.CAPITAL: Fact(_capital(found), ("credit_application", mine)),
        rules_score.DEPOSIT: Fact(_deposit(agreement), ("credit_agreement", mine)),
        rules_score.GUARANTEE: Fact(1 if agreement and agreement["guarantor"] else 0, ("credit_agreement", mine)),
        rules_score.TRADE: Fact(_late_share(reader, "industry", row["industry"], day), ("account", [("industry", "=", row["industry"])])),
        rules_score.REGION: Fact(_late_share(reader, "city", row["city"], day), ("account", [("city", "=", row["city"])])),
    }  # fmt: skip


def _capital(found: CreditFile) -> int | None:
    """The registered capital of the newest application, in ten thousand."""
    capital = int(found.application["capital"]) if found.application else 0
    return capital // 10_000_00 if capital else None


def _deposit(agreement: Row | None) -> int:
    """The deposit in per cent of the limit."""
    return int(agreement["deposit"]) * 100 // int(agreement["credit_limit"]) if agreement and agreement["credit_limit"] else 0


def _late_share(reader: Any, column: str, value: str, day: str) -> int | None:
    """How many per cent of what clients of a trade or town owe are more than sixty days late; None where nobody owes."""
    if not value:
        return None
    sql = (
        "select coalesce(sum(case when r.due < ? then r.balance else 0 end), 0), coalesce(sum(r.balance), 0) from receivable as r"
        f" join account as a on a.id = r.account_id where r.gone is null and r.balance > 0 and a.gone is null and a.{column} = ?"
    )
    late, whole = reader.execute(sql, (days_before(day, LATE), value)).fetchone()
    return int(late) * 100 // int(whole) if whole else None


# what the calendar and the lists ask


def managed(reader: Any) -> list[Row]:
    """The agreements by which a client's credit goes: of each client the one that began last and is signed."""
    found: dict[int, Row] = {}
    for row in rows(reader, CREDIT_AGREEMENT, "state <> 'unsigned'", (), "starts, id"):
        found[row["account_id"]] = row
    return list(found.values())


def guarantor_total(reader: Any, staff_id: int) -> int:
    """What a colleague stands for."""
    return rules_file.guaranteed(rows(reader, GUARANTEE, "staff_id = ? and state = 'given'", (staff_id,)))


def reason_of(reader: Any, record: Record, row_id: int, state: str) -> str:
    """Why a row last came to a state, as it was written with the step."""
    sql = "select reason from step where record = ? and gone is null and row = ? and after = ? order by at desc, id desc limit 1"
    found = reader.execute(sql, (record.key, row_id, state)).fetchone()
    return str(found[0]) if found else ""


def tax_no(reader: Any, hotel_id: int | None) -> str:
    """The hotel's own tax number."""
    found = reader.execute("select tax_no from hotel where id = ?", (hotel_id,)).fetchone()
    return str(found[0]) if found else ""
