"""What a receipt may be for: whose money it is and which open bills it pays. Proposals only; `actions` writes."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.receivables import rules_matching
from crm_desktop.duties.receivables.queries import HOME
from crm_desktop.duties.receivables.rules_matching import Came, Item, Match
from crm_desktop.record.dates import days_before
from crm_desktop.record.money import amount_words, show_money
from crm_desktop.record.text import Text

MOST = 8  # clients offered


class OpenBill:
    """An open bill as a proposal shows it; `part` is what the receipt would pay of it."""

    def __init__(self, row_id: int, document_no: str, kind: str, due: str, balance: int, disputed: int) -> None:
        self.id, self.document_no, self.kind, self.due = row_id, document_no, kind, due
        self.balance, self.disputed, self.part = balance, disputed, 0


class Proposal:
    """Whose money (`account_id`, or `candidates` to choose from), which bills, and why. `applications` is what
    `actions.take_receipt` wants; `words` says it to a person."""

    def __init__(self, account_id: int | None, name: str, candidates: list[tuple[int, str]], bills: list[OpenBill], match: Match, payer: str = "") -> None:
        self.account_id, self.name, self.candidates, self.payer = account_id, name, candidates, payer
        self.bills, self.match = bills, match
        self.twice_on = ""  # the day the same amount came before
        for bill in bills:
            bill.part = match.parts.get(bill.id, 0)

    @property
    def applications(self) -> list[tuple[int, int]]:
        """(receivable id, amount) of each bill it pays."""
        return list(self.match.parts.items())

    @property
    def words(self) -> Text:
        """Why this is proposed."""
        if self.account_id is None:
            if self.candidates:
                return Text("Choose whose money this is")
            if not self.payer:
                return Text("No payer is named and nobody owes exactly this much; it is kept unapplied")
            return Text("Nobody here is known by this name; it is kept unapplied")
        count, match = len(self.match.parts), self.match
        if match.how == rules_matching.SHORT_PAY:
            return Text("Pays {name}: {count} bills, {amount} short", name=self.name, count=count, amount=show_money(match.short))
        if match.how in (rules_matching.EXACT, rules_matching.SET):
            return Text("Pays {name}: {count} bills exactly", name=self.name, count=count)
        if match.how == rules_matching.DOUBLE:
            return Text("{name} sent the same amount on {day}: probably paid twice; it is kept unapplied", name=self.name, day=self.twice_on)
        if match.how == rules_matching.OLDEST:
            words = Text("Pays {name}: the oldest {count} bills first", name=self.name, count=count)
            return Text("{words}; {rest} stays unapplied", words=words, rest=show_money(match.rest)) if match.rest else words
        return Text("{name} has no open bill for this; it is kept unapplied", name=self.name)


def propose(
    reader: Any, amount: int, day: str, *, payer: str = "", account_id: int | None = None, currency: str = HOME, besides: int = 0
) -> Proposal:  # fmt: skip
    """What a receipt of this amount (minor units) on this day may be for. Without a client and a payer, clients that have
    exactly this open are offered. `besides`: the receipt itself, where it is written down already."""
    found = [(account_id, _name(reader, account_id))] if account_id is not None else clients_of(reader, payer, currency)
    if not found and not payer.strip():
        found = _owing(reader, amount, currency)
    if len(found) > 1:
        exact = [one for one in found if _matched(reader, one[0], amount, payer, day, currency, besides)[1].how in (rules_matching.EXACT, rules_matching.SET)]
        found = exact if len(exact) == 1 else found
    if len(found) != 1:
        return Proposal(None, "", found, [], Match(rules_matching.NOTHING, {}, max(0, amount)), payer.strip())
    (client, name) = found[0]
    bills, match, earlier = _matched(reader, client, amount, payer, day, currency, besides)
    proposal = Proposal(client, name, found, bills, match)
    if match.how == rules_matching.DOUBLE:
        proposal.twice_on = max(came.day for came in earlier if came.amount == amount)
    return proposal


def open_bills(reader: Any, account_id: int, currency: str = HOME) -> list[OpenBill]:
    """A client's open bills in one currency, the oldest first."""
    sql = (
        "select id, document_no, kind, due, balance, disputed from receivable"
        " where gone is null and account_id = ? and currency = ? and balance <> 0 order by due, id"
    )
    return [OpenBill(*row) for row in reader.execute(sql, (account_id, currency))]


def _matched(reader: Any, account_id: int, amount: int, payer: str, day: str, currency: str, besides: int) -> tuple[list[OpenBill], Match, list[Came]]:
    bills = open_bills(reader, account_id, currency)
    items = [Item(bill.id, bill.due, bill.balance, bill.disputed) for bill in bills]
    earlier = _earlier(reader, account_id, payer, day, besides)
    return bills, rules_matching.match(amount, items, earlier, day, currency), earlier


def _earlier(reader: Any, account_id: int, payer: str, day: str, besides: int) -> list[Came]:
    """What the client, or this payer, sent in the last weeks."""
    since = days_before(day, rules_matching.TWICE_WITHIN)
    both = "gone is null and received_on >= ? and received_on <= ? and id <> ?"
    mine = f"select received_on, amount, currency from receipt where account_id = ? and {both}"
    named = f" union select received_on, amount, currency from receipt where payer = ? and account_id is null and {both}"
    values: list[Any] = [account_id, since, day, besides]
    rows = reader.execute(mine + (named if payer else ""), [*values, payer, since, day, besides] if payer else values)
    return [Came(*row) for row in rows]


def clients_of(reader: Any, payer: str, currency: str = HOME) -> list[tuple[int, str]]:
    """The clients a payer's name may mean, the likeliest only: whoever it paid for before, else by name among those who
    owe something, else among all."""
    if not payer.strip():
        return []
    before = reader.execute(
        "select distinct r.account_id, a.name from receipt as r join account as a on a.id = r.account_id"
        " where r.gone is null and a.gone is null and r.payer = ? order by a.name",
        (payer.strip(),),
    ).fetchall()
    if len(before) == 1:
        return [(row[0], row[1]) for row in before]
    columns = "select a.id, a.name, a.short_name, a.city from account as a where a.gone is null"
    owing = f"{columns} and a.id in (select account_id from receivable where gone is null and account_id is not null and balance <> 0 and currency = ?)"
    return _likely(reader.execute(owing, (currency,)), payer) or _likely(reader.execute(columns), payer)


def _likely(rows: Any, payer: str) -> list[tuple[int, str]]:
    scored = [(rules_matching.likeness(payer, name, short, city), row_id, name) for row_id, name, short, city in rows]
    best = max((score for score, _, _ in scored), default=0)
    return sorted(((row_id, name) for score, row_id, name in scored if score == best > 0), key=lambda one: one[1])[:MOST]


def _owing(reader: Any, amount: int, currency: str) -> list[tuple[int, str]]:
    """Clients one open bill of whom, or all together, are exactly this amount."""
    mine = "gone is null and account_id is not null and balance <> 0 and currency = ?"
    sql = (
        f"select id, name from account where gone is null and id in (select account_id from receivable where {mine} and balance = ?"
        f" union select account_id from receivable where {mine} group by account_id having sum(balance) = ?) order by name limit ?"
    )
    return [(row[0], row[1]) for row in reader.execute(sql, (currency, amount, currency, amount, MOST))]


def _name(reader: Any, account_id: int) -> str:
    found = reader.execute("select name from account where id = ?", (account_id,)).fetchone()
    return str(found[0]) if found else ""


def receipt_words(amount: int, currency: str, proposal: Proposal) -> Text:
    """A receipt and what it is for, in one line to confirm."""
    return Text("{amount}: {words}", amount=amount_words(amount, currency), words=proposal.words)


def bill_words(proposal: Proposal) -> str:
    """The bills a receipt would pay, a line each: number, what of it, what is open."""
    return "\n".join(f"{bill.document_no or bill.due}  {show_money(bill.part)} / {show_money(bill.balance)}" for bill in proposal.bills if bill.part)
