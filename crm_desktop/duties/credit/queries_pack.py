"""The pack of the credit meeting (ARC-12): what is to be talked about, read from the ledger and the files on the day, and what was decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from crm_desktop.duties.credit import causes, queries_collection, rules_collection, words_collection, words_file
from crm_desktop.duties.credit.queries import rows
from crm_desktop.duties.credit.queries_collection import Debtor
from crm_desktop.duties.credit.records import CREDIT_APPLICATION, GUARANTEE
from crm_desktop.duties.credit.records_collection import ASKED, DISPUTE, WRITE_OFF
from crm_desktop.duties.credit.records_collection import OPEN as QUARREL_OPEN
from crm_desktop.duties.credit.rules_file import DRAFT, GIVEN, WAITS
from crm_desktop.duties.receivables import rules as money_rules
from crm_desktop.duties.receivables.queries import HOME, accounts_money
from crm_desktop.duties.receivables.rules_exposure import booking_value
from crm_desktop.record.dates import add_days, days_before, days_between
from crm_desktop.record.ids import row_words
from crm_desktop.record.money import plain_money, show_money
from crm_desktop.record.report import Report
from crm_desktop.record.text import Text, say

CAUSE = "credit-meeting"  # what a follow-up that a meeting decided on comes from
MONTH, QUARTER = 30, 90  # days looked back for promises, and for what earlier meetings decided
LONG = (90, 60)  # days past due that are talked about one by one
COLUMNS = ("chapter", "client", "what", "amount", "decision")
STOPPED, OPEN = "stopped", "open"


class Topic(NamedTuple):
    """One thing to talk about: whom it is about, in words, its amount (0 = none), its tone, and what it opens."""

    account_id: int
    name: str
    words: Text | str
    amount: int
    tone: str
    opens: tuple[str, int]


class Chapter(NamedTuple):
    """The topics of one kind."""

    key: str
    title: Text
    topics: list[Topic]


class Decision(NamedTuple):
    """What a meeting decided about a client: a follow-up with who and until when."""

    id: int
    account_id: int
    words: str
    who: str
    due: str
    done: bool


class Minutes(NamedTuple):
    """The minutes of the meeting of a day: who was there, who was not."""

    id: int | None = None
    version: int = 0
    present: str = ""
    absent: str = ""


class Pack(NamedTuple):
    """Everything for the meeting of a day."""

    day: str
    chapters: list[Chapter]
    decisions: list[Decision]
    minutes: Minutes = Minutes()

    def decided(self, account_id: int) -> list[Decision]:
        """What is decided about a client and not done yet."""
        return [each for each in self.decisions if each.account_id == account_id and not each.done]


def pack(reader: Any, day: str) -> Pack:
    """The pack of a day; chapters without a topic are left out."""
    clients = {row[0]: (row[1], row[2], row[3]) for row in reader.execute("select id, name, credit, credit_limit from account where gone is null").fetchall()}
    owing = queries_collection.debtors(reader, day)
    names = {key: str(row[0]) for key, row in clients.items()}
    found = [
        Chapter("stops", Text("Credit stopped, or to be stopped"), _stops(reader, day, clients, owing)),
        Chapter("limits", Text("Over the limit or near it"), _limits(reader, day, clients)),
        Chapter("promises", Text("Promises broken in a month"), _promises(reader, day, names)),
        Chapter("disputes", Text("Disputes over their clock"), _disputes(reader, day, names)),
        *(Chapter(f"over{days}", Text("Over {days} days", days=days), _long(owing, day, days)) for days in LONG),
        Chapter("write-offs", Text("Write-offs asked for"), _write_offs(reader, names)),
        Chapter("applications", Text("Credit applications"), _applications(reader, names)),
        Chapter("reviews", Text("Reviews, papers and agreements that end"), _reviews(reader, day, names)),
        Chapter("guarantees", Text("Guarantees of colleagues"), _guarantees(reader, day, names)),
        Chapter("events", Text("Functions of a month and how they are paid"), _events(reader, day, clients)),
    ]  # fmt: skip
    return Pack(day, [chapter for chapter in found if chapter.topics], _decisions(reader, day), minutes(reader, day))


def minutes(reader: Any, day: str) -> Minutes:
    """The minutes of the credit meeting of a day; empty ones before anybody wrote who was there."""
    sql = "select id, version, present, absent from minutes where gone is null and kind = 'credit' and day = ? order by id desc limit 1"
    found = reader.execute(sql, (day,)).fetchone()
    return Minutes(*found) if found else Minutes()


Clients = dict[int, tuple[Any, ...]]


def _sorted(topics: Iterable[Topic]) -> list[Topic]:
    return sorted(topics, key=lambda each: (-each.amount, each.name, each.opens))


def _stops(reader: Any, day: str, clients: Clients, owing: dict[int, Debtor]) -> list[Topic]:
    """Who is stopped, and whose ladder says that credit stops."""
    ladders, out = queries_collection.ladders(reader), []
    for account, (name, credit, _) in clients.items():
        debtor = owing.get(account)
        late, days = (debtor.overdue(day), debtor.oldest(day)) if debtor else (0, 0)
        if credit == STOPPED:
            out.append(Topic(account, name, Text("stopped; the oldest bill is {days} days late", days=days) if late else Text("stopped, nothing is overdue"), late, "red", ("account", account)))
        elif credit == OPEN and debtor and rules_collection.stop_reached(ladders[debtor.ladder], debtor.bills, day):
            out.append(Topic(account, name, Text("to be stopped by its ladder: {days} days late", days=days), late, "amber", ("account", account)))
    return _sorted(out)


def _limits(reader: Any, day: str, clients: Clients) -> list[Topic]:
    wanted = [account for account, (_, credit, limit) in clients.items() if limit and credit in (OPEN, STOPPED)]
    out = []
    for account, money in accounts_money(reader, wanted, day).items():
        room = money.headroom or 0
        if money.light == "amber" or room < 0:
            words = Text("headroom {room} of a limit of {limit}", room=show_money(room), limit=show_money(money.limit))
            out.append(Topic(account, money.name, words, money.exposure.total, "red" if room < 0 else "amber", ("account", account)))
    return _sorted(out)


def _promises(reader: Any, day: str, names: dict[int, str]) -> list[Topic]:
    sql = "select id, account_id, due, amount, received, said_by from promise where gone is null and due >= ? and due < ? and state <> 'withdrawn' and state <> 'kept' order by due, id"
    out = []
    for row_id, account, due, amount, received, said in reader.execute(sql, (days_before(day, MONTH), day)).fetchall():
        state = money_rules.promise_state(amount, received, due, day)
        if state in (money_rules.BROKEN, money_rules.PART) and account in names:
            words = Text("promised for {day} by {who}, {received} came", day=due, who=said or "–", received=show_money(received))
            out.append(Topic(account, names[account], words, amount, "red" if state == money_rules.BROKEN else "amber", ("promise", row_id)))
    return _sorted(out)


def _disputes(reader: Any, day: str, names: dict[int, str]) -> list[Topic]:
    found = rows(reader, DISPUTE, "state = ? and due <> '' and due < ?", (QUARREL_OPEN, day), "due, id")
    return _sorted(
        Topic(row["account_id"], names[row["account_id"]], Text("answer was due on {day}, {days} days ago: {facts}", day=row["due"], days=days_between(row["due"], day), facts=row["facts"] or "–"), row["amount"], "red", ("dispute", row["id"]))
        for row in found if row["account_id"] in names
    )  # fmt: skip


def _long(owing: dict[int, Debtor], day: str, days: int) -> list[Topic]:
    """Clients with something more than so many days late; those of the longer chapter are not told again."""
    most = 10_000 if days == max(LONG) else max(LONG)
    out = []
    for debtor in owing.values():
        mine = [bill for bill in debtor.bills if bill.collectable and days < days_between(bill.due, day)]
        if mine and debtor.oldest(day) <= most:
            clock = words_collection.clock_words(debtor)
            words = Text("the oldest {days} days late, last: {said}", days=debtor.oldest(day), said=debtor.said or "–")
            out.append(Topic(debtor.id, debtor.name, Text("{words}. {clock}", words=words, clock=clock) if clock else words, sum(bill.collectable for bill in mine), "red", ("account", debtor.id)))
    return _sorted(out)


def _write_offs(reader: Any, names: dict[int, str]) -> list[Topic]:
    return _sorted(Topic(row["account_id"], names[row["account_id"]], str(row["cause"]), row["amount"], "amber", ("write_off", row["id"])) for row in rows(reader, WRITE_OFF, "state = ?", (ASKED,)) if row["account_id"] in names)


def _applications(reader: Any, names: dict[int, str]) -> list[Topic]:
    found = rows(reader, CREDIT_APPLICATION, f"state in ({', '.join('?' * (1 + len(WAITS)))})", (DRAFT, *WAITS), "day, id")
    return _sorted(
        Topic(row["account_id"], names[row["account_id"]], Text("{state} since {day}: {reason}", state=words_file.STATE_WORDS[row["state"]][0], day=row["day"], reason=row["reason"] or "–"), row["limit_asked"], "blue", ("credit_application", row["id"]))
        for row in found if row["account_id"] in names
    )  # fmt: skip


def _reviews(reader: Any, day: str, names: dict[int, str]) -> list[Topic]:
    """The calendar of credit: what has to be looked at again within a month or should have been."""
    found = sorted(causes.calendar(reader, day), key=lambda cause: (cause.due, cause.about))
    return [Topic(cause.account_id, names[cause.account_id], cause.what, 0, "red" if cause.due < day else "amber", cause.about) for cause in found if cause.account_id in names]


def _guarantees(reader: Any, day: str, names: dict[int, str]) -> list[Topic]:
    staff = dict(reader.execute("select id, name from staff").fetchall())
    return _sorted(
        Topic(row["account_id"], names[row["account_id"]], Text("{who} guarantees until {day}", who=staff.get(row["staff_id"], ""), day=row["due"]), row["amount"], "red" if row["due"] < day else "amber", ("guarantee", row["id"]))
        for row in rows(reader, GUARANTEE, "state = ?", (GIVEN,)) if row["account_id"] in names
    )  # fmt: skip


PAID = {"account": Text("on account"), "self": Text("when it takes place"), "prepaid": Text("beforehand"), "": Text("as agreed")}


def _events(reader: Any, day: str, clients: Clients) -> list[Topic]:
    """Definite functions and groups of the next month; those on account of a client without credit are red."""
    sql = (
        "select id, account_id, day, kind, price, tables, pays, deposit, name, remark from booking where gone is null and state = 'definite' and account_id is not null"
        " and kind in ('meeting', 'banquet', 'wedding', 'group') and day >= ? and day <= ? order by day, id"
    )
    out = []
    for row_id, account, at, kind, price, tables, pays, deposit, name, remark in reader.execute(sql, (day, add_days(day, MONTH))).fetchall():
        if account in clients:
            what, how = remark or name or "", PAID.get(pays, pays)
            words = Text("{day} {what}: paid {how}, deposit {deposit}", day=at, what=what, how=how, deposit=show_money(deposit)) if deposit else Text("{day} {what}: paid {how}, no deposit", day=at, what=what, how=how)
            bad = pays in ("account", "") and clients[account][1] == STOPPED
            out.append(Topic(account, str(clients[account][0]), words, booking_value(kind, price, tables), "red" if bad else "", ("booking", row_id)))
    return sorted(out, key=lambda topic: topic.tone != "red")


def _decisions(reader: Any, day: str) -> list[Decision]:
    """What meetings of the last quarter decided, the open ones first."""
    sql = (
        "select f.id, f.account_id, f.name, coalesce(s.name, ''), f.due, case when f.state = 'open' then 0 else 1 end from follow_up as f left join staff as s on s.id = f.owner_id"
        " where f.gone is null and f.cause = ? and f.account_id is not null and f.state in ('open', 'done') and (f.state = 'open' or f.done_on >= ?) order by 6, f.due, f.id"
    )
    return [Decision(row_id, account, words, who, due, bool(done)) for row_id, account, words, who, due, done in reader.execute(sql, (CAUSE, days_before(day, QUARTER))).fetchall()]


def names_of(decisions: Sequence[Decision]) -> str:
    """Decisions in one cell."""
    return "；".join(f"{each.words}（{f'{each.who} {each.due[5:]}'.strip()}）" for each in decisions)


def about(topic: Topic) -> str:
    """What a decision is about, as a follow-up keeps it."""
    return row_words(*topic.opens)


def report(reader: Any, day: str) -> Report:
    """The pack on the command line."""
    found = pack(reader, day)
    out = []
    for chapter in found.chapters:
        for topic in chapter.topics:
            decided = names_of(found.decided(topic.account_id))
            out.append(dict(zip(COLUMNS, (say(chapter.title), topic.name, say(topic.words), plain_money(topic.amount) if topic.amount else "", decided), strict=True)))
    return Report(COLUMNS, out, {"day": day, "currency": HOME})
