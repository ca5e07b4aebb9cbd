"""What of the credit files has to be followed up: applications that stand still, papers and agreements that end, reviews, guarantees."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.credit import (
    queries,
    queries_collection,
    rules_collection,
    rules_escalation,
    rules_file,
    words_collection,
    words_file,
)
from crm_desktop.duties.credit.records import CREDIT_AGREEMENT, CREDIT_NEWS, CREDIT_PAPER, GUARANTEE
from crm_desktop.duties.credit.rules_calls import LEAST
from crm_desktop.record.dates import add_days, days_before
from crm_desktop.record.duty import Cause
from crm_desktop.record.money import HOME, amount_words
from crm_desktop.record.text import Text
from crm_desktop.record.workdays import next_working
from crm_desktop.store import seat

PROPOSED = 30  # reviews at most that say what the calculator would do: each reads a whole credit file
NAMES = "select id, name, owner_id from account where gone is null"


def causes(reader: Any, day: str) -> list[Cause]:
    """All of them, and the steps of collecting that wait."""
    clients = {row[0]: (row[1], row[2]) for row in reader.execute(NAMES).fetchall()} if _any(reader) else {}
    parts = (_stuck, _papers, _agreements, _reviews, _happened, _news, _guarantees)
    return [*(cause for part in parts for cause in part(reader, day, clients)), *_steps(reader, day)]


def calendar(reader: Any, day: str) -> list[Cause]:
    """What of credit has to be looked at again: papers and agreements that end, reviews."""
    clients = {row[0]: (row[1], row[2]) for row in reader.execute(NAMES).fetchall()}
    return [*_papers(reader, day, clients), *_agreements(reader, day, clients), *_reviews(reader, day, clients), *_news(reader, day, clients)]


def _any(reader: Any) -> bool:
    """Whether there is anything in a credit file at all."""
    tables = ("credit_application", "credit_paper", "credit_agreement", "guarantee", "credit_news")
    return any(reader.execute(f"select 1 from {table} where gone is null limit 1").fetchone() for table in tables)


def _stuck(reader: Any, day: str, clients: dict[int, tuple[str, int | None]]) -> list[Cause]:
    """Applications that have stood at one step for more than two working days."""
    sql = (
        "select a.id, a.account_id, a.state, coalesce(max(s.day), a.day), a.owner_id from credit_application as a"
        " left join step as s on s.record = 'credit_application' and s.row = a.id and s.gone is null"
        f" where a.gone is null and a.state in ({', '.join('?' * len(rules_file.WAITS))}) group by a.id, a.account_id, a.state, a.day, a.owner_id"
    )
    out = []
    for row_id, account, state, since, owner in reader.execute(sql, rules_file.WAITS).fetchall():
        due = since
        for _ in range(rules_file.STUCK):
            due = next_working(due)
        if due < day and account in clients:
            words = Text("Credit application of {client} stands still: {state}", client=clients[account][0], state=words_file.STATE_WORDS[state][0])
            out.append(Cause("credit-stuck", ("credit_application", row_id), words, due, owner_id=owner, account_id=account, urgency=3))
    return out


def _papers(reader: Any, day: str, clients: dict[int, tuple[str, int | None]]) -> list[Cause]:
    """Papers that are over or soon will be, of clients with an agreement that holds."""
    with_credit = {row["account_id"] for row in queries.rows(reader, CREDIT_AGREEMENT, "state in ('active', 'suspended')")}
    out = []
    for row in queries.rows(reader, CREDIT_PAPER, "expires <> '' and expires <= ?", (add_days(day, rules_file.SOON),), "expires, id"):
        if row["account_id"] in with_credit and row["account_id"] in clients:
            name, owner = clients[row["account_id"]]
            words = Text("{client}: {paper} is valid until {day} only", client=name, paper=words_file.paper_words(row["kind"]), day=row["expires"])
            out.append(Cause("credit-paper", ("credit_paper", row["id"]), words, row["expires"], owner_id=owner, account_id=row["account_id"], urgency=5, quiet=30))
    return out


def _agreements(reader: Any, day: str, clients: dict[int, tuple[str, int | None]]) -> list[Cause]:
    out = []
    for row in queries.rows(reader, CREDIT_AGREEMENT, "state in ('active', 'suspended') and ends <> '' and ends <= ?", (add_days(day, rules_file.SOON),), "ends, id"):
        if row["account_id"] in clients:
            name, owner = clients[row["account_id"]]
            words = Text("{client}: credit agreement ends on {day}", client=name, day=row["ends"])
            out.append(Cause("credit-agreement", ("credit_agreement", row["id"]), words, row["ends"], owner_id=owner, account_id=row["account_id"], urgency=4, quiet=30))
    return out


def _reviews(reader: Any, day: str, clients: dict[int, tuple[str, int | None]]) -> list[Cause]:
    """Decisions that are as old as the policy lets them be, of clients whose agreement holds."""
    months = int(queries.policy(reader, day)["review_months"])
    sql = (
        "select a.account_id, max(a.decided_on) from credit_application as a where a.gone is null and a.state = 'approved' and a.decided_on <> ''"
        " and exists (select 1 from credit_agreement as g where g.gone is null and g.account_id = a.account_id and g.state in ('active', 'suspended'))"
        " group by a.account_id"
    )
    out: list[Cause] = []
    for account, decided in reader.execute(sql).fetchall():
        due = rules_file.review_due(decided, months)
        if due <= add_days(day, rules_file.SOON) and account in clients:
            name, owner = clients[account]
            words = Text("{client}: credit is to be reviewed by {day}", client=name, day=due)
            if len(out) < PROPOSED and (found := queries.credit_file(reader, account, day)) is not None:
                words = Text("{words}; {proposal}", words=words, proposal=words_file.proposal(found))
            out.append(Cause("credit-review", ("account", account), words, due, owner_id=owner, account_id=account, urgency=5, quiet=30))
    return out


def _happened(reader: Any, day: str, clients: dict[int, tuple[str, int | None]]) -> list[Cause]:
    """Clients whose agreement holds and whose credit is to be looked at before the year is over: a bill has become sixty days late since the
    decision, or nothing was billed for so long that the limit lies idle (CRD-10)."""
    sql = (
        "select g.account_id, g.starts, min(case when r.balance > r.disputed and r.due <> '' then r.due end), max(r.bill_date) from credit_agreement as g"
        " left join receivable as r on r.account_id = g.account_id and r.gone is null where g.gone is null and g.state = 'active' group by g.account_id, g.starts"
    )
    out = []
    for account, starts, due, billed in reader.execute(sql).fetchall():
        found = rules_file.happened(str(starts or ""), str(due or ""), str(billed or ""), day)
        if found is not None and account in clients:
            what, since = found
            name, owner = clients[account]
            words = Text(HAPPENED[what].source, client=name, day=since)
            out.append(Cause(f"credit-{what}", ("account", account), words, day, owner_id=owner, account_id=account, urgency=3, quiet=30))
    return out


def _news(reader: Any, day: str, clients: dict[int, tuple[str, int | None]]) -> list[Cause]:
    """News about a client, a change of its owner above all, that nobody has looked at and no decision has followed (CRD-10)."""
    decided: dict[int, str] = dict(reader.execute("select account_id, max(decided_on) from credit_application where gone is null and decided_on <> '' group by account_id").fetchall())
    out = []
    for row in queries.rows(reader, CREDIT_NEWS, "looked_on = '' and day >= ?", (days_before(day, rules_file.NEWS_DAYS),), "day, id"):
        account = row["account_id"]
        if account in clients and rules_file.news_is_open(row["day"], row["looked_on"], str(decided.get(account, "")), day):
            kind = CREDIT_NEWS.by_name["kind"].choice_text(row["kind"])
            words = Text("{client}: {kind} ({what}); look at its credit again", client=clients[account][0], kind=kind, what=row["name"])
            out.append(Cause("credit-news", ("credit_news", row["id"]), words, row["day"], owner_id=row["owner_id"] or clients[account][1], account_id=account, urgency=3, quiet=30))
    return out


HAPPENED = {
    rules_file.LATE: Text("{client}: a bill of {day} is sixty days late; look at its credit again"),
    rules_file.SILENT: Text("{client}: nothing was put on account since {day}; take the limit back, or call"),
}  # fmt: skip


def _guarantees(reader: Any, day: str, clients: dict[int, tuple[str, int | None]]) -> list[Cause]:
    """Three days before a colleague's guarantee is due, and until it is settled."""
    out = []
    for row in queries.rows(reader, GUARANTEE, "state = 'given' and due <= ?", (add_days(day, 3),), "due, id"):
        if row["account_id"] in clients:
            words = Text("You guarantee {amount} for {client}, due {day}", amount=amount_words(row["amount"], row["currency"]), client=clients[row["account_id"]][0], day=row["due"])
            out.append(Cause("guarantee", ("guarantee", row["id"]), words, row["due"], owner_id=row["staff_id"], account_id=row["account_id"], urgency=1, quiet=3))
    return out


def _steps(reader: Any, day: str) -> list[Cause]:
    """The first step that waits of each client that owes, with whoever its ladder names; and once more with who is above them, when it has
    waited too long."""
    out = []
    ladders, staff = queries_collection.ladders(reader), seat.colleagues(reader)
    for debtor in queries_collection.debtors(reader, day).values():
        waits = debtor.waiting(ladders[debtor.ladder], day)
        if waits and sum(bill.collectable for bill in waits[0].bills) >= LEAST:
            first = waits[0]
            words = Text("{client}: {step}, {amount}", client=debtor.name, step=words_collection.step_words(first.step), amount=amount_words(first.amount, HOME))
            who = rules_escalation.answerable(staff, debtor.owner_id, rules_escalation.role_of(first.step.who), day)
            cause = Cause(f"collect-{first.step.key}", ("account", debtor.id), words, first.since, owner_id=who, account_id=debtor.id, urgency=2, quiet=5)
            cause.count, cause.instead = len(first.bills), ("old-debt",)
            out.append(cause)
            waited = rules_collection.working_days_between(first.since, day)
            if up := rules_escalation.escalated(staff, who, waited):
                words = Text("{client}: '{step}' has waited for {days} working days, {amount}", client=debtor.name, step=words_collection.step_words(first.step), days=waited, amount=amount_words(first.amount, HOME))
                out.append(Cause(f"collect-{first.step.key}-up{up[1]}", ("account", debtor.id), words, day, owner_id=up[0], account_id=debtor.id, urgency=3, quiet=10))
    return out
