"""What of guest files has to be followed up (of whoever did not refuse): days to keep, weddings held here, founding days of clients, round years of being one, first stays of VIPs
(30, 7 and 1 day before, with what to do and what it may cost by the client's class), and entries of the attention list to review."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from crm_desktop.duties.clients.queries_standing import policy
from crm_desktop.duties.clients.rules_standing import cost_cap
from crm_desktop.duties.consents.queries import refusing
from crm_desktop.duties.consents.rules import may_give
from crm_desktop.duties.guests import queries_days, rules
from crm_desktop.duties.guests.queries_days import Kept
from crm_desktop.record.anniversaries import keys_on
from crm_desktop.record.dates import add_days
from crm_desktop.record.duty import Cause
from crm_desktop.record.money import show_money
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text

ALERTS = ((30, 8), (7, 2), (1, 0))  # days before: from, to
ROUND = 300  # days: once a year each
REVIEW = 7  # days before a review or an end
WEDDING_YEARS = 10  # in which a wedding held here is thought of


def causes(reader: Any, day: str) -> list[Cause]:
    """Days to keep that come, and attention entries whose review or end comes."""
    nobody = refusing(reader, may_give, day)  # people who want nobody to think of their days
    return [*(cause for cause in _days(reader, day) if cause.person_id not in nobody), *_reviews(reader, day)]


def _days(reader: Any, day: str) -> Iterator[Cause]:
    judged = policy(reader, day)
    for first, last in ALERTS:
        for ahead in range(last, first + 1):
            on, urgency = add_days(day, ahead), 4 if ahead < 8 else 7
            for row in _kept(reader, on):
                yield _cause(f"key-date-{first}", "key_date", row, on, urgency, judged)
            for row in _weddings(reader, on):
                yield _cause(f"wedding-{first}", "booking", row, on, urgency, judged)
        yield from _by_themselves(reader, day, first, last, judged)


def _by_themselves(reader: Any, day: str, first: int, last: int, judged: Row) -> Iterator[Cause]:
    """Founding days, round years of being a client and first stays that come within one of the alerts."""
    days = queries_days.window(day, first, last)
    found = (
        ("founded", "account", queries_days.founded(reader, days)), ("partner", "account", queries_days.partners(reader, days)),
        ("first-stay", "person", queries_days.first_stays(reader, days)),
    )  # fmt: skip
    for key, record, rows in found:
        for row in rows:
            on = queries_days.again(row, days[0])
            yield _cause(f"{key}-{first}", record, row, on, 4 if first < 8 else 7, judged)


def _kept(reader: Any, day: str) -> list[Kept]:
    keys = keys_on(day)
    sql = (
        "select k.id, k.name, k.kind, k.what, k.budget, k.person_id, coalesce(k.account_id, p.account_id), coalesce(p.name, a.name, ''), coalesce(a.level, w.level, ''),"
        " coalesce(k.owner_id, p.owner_id, a.owner_id) from key_date as k left join person as p on p.id = k.person_id"
        " left join account as a on a.id = k.account_id left join account as w on w.id = p.account_id"
        f" where k.gone is null and k.day_key in ({', '.join('?' * len(keys))}) order by k.id"
    )
    return [Kept(*row) for row in reader.execute(sql, keys).fetchall()]


def _weddings(reader: Any, day: str) -> list[Kept]:
    """Weddings that were held here on this day of earlier years, where nobody wrote the day down for the guest."""
    years = tuple(f"{int(day[:4]) - ago}{day[4:]}" for ago in range(1, WEDDING_YEARS + 1))
    sql = (
        "select b.id, b.day, b.person_id, b.account_id, coalesce(p.name, nullif(b.name, ''), a.name, ''), coalesce(a.level, ''), coalesce(p.owner_id, b.owner_id)"
        " from booking as b left join person as p on p.id = b.person_id left join account as a on a.id = b.account_id"
        f" where b.gone is null and b.kind = 'wedding' and b.state in ('done', 'closed') and b.day in ({', '.join('?' * len(years))}) and not exists"
        " (select 1 from key_date as k where k.gone is null and k.person_id = b.person_id and k.kind = 'wedding') order by b.day, b.id"
    )
    return [
        Kept(row_id, Text("wedding {n} years ago in our house", n=int(day[:4]) - int(held[:4])), rules.WEDDING, "", 0, person, account, who, level, owner)
        for row_id, held, person, account, who, level, owner in reader.execute(sql, years).fetchall()
    ]  # fmt: skip


def _cause(key: str, record: str, row: Kept, day: str, urgency: int, judged: Row) -> Cause:
    words = Text("{who}: {name} on {day}", who=row.who, name=row.name, day=day)
    if what := row.what or rules.USUAL.get(row.kind):
        words = Text("{first}. {what}", first=words, what=what)
    cap = row.budget or cost_cap(row.level, judged)
    if cap:
        words = Text("{first} (at most {amount})", first=words, amount=show_money(cap))
    elif cap == 0:
        words = Text("{first} (a greeting only, nothing is spent)", first=words)
    return Cause(key, (record, row.id), words, day, owner_id=row.owner, account_id=row.account, person_id=row.person, urgency=urgency, quiet=ROUND)


def _reviews(reader: Any, day: str) -> Iterator[Cause]:
    sql = (
        "select t.id, t.name, t.person_id, t.account_id, coalesce(p.name, a.name, ''), t.decided_by, case when t.review_on >= ? then t.review_on else t.expires end"
        " from attention as t left join person as p on p.id = t.person_id left join account as a on a.id = t.account_id"
        " where t.gone is null and t.lifted_on = '' and (t.review_on between ? and ? or t.expires between ? and ?) order by t.id"
    )
    until = add_days(day, REVIEW)
    for row_id, facts, person, account, who, owner, due in reader.execute(sql, (day, day, until, day, until)).fetchall():
        words = Text("Review the attention entry of {who}: {facts}", who=who, facts=facts)
        yield Cause("attention-review", ("attention", row_id), words, due, owner_id=owner, account_id=account, person_id=person, urgency=3, quiet=30)
