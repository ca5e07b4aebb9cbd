"""Papers about a client's account as a whole: the statement with its balance carried forward F31C, the notice to the cash points F07B."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.duties.credit import queries, queries_statement, queries_stop
from crm_desktop.duties.credit.documents_collection import KINDS, lapsed, statement_head, total_words
from crm_desktop.duties.credit.queries_statement import BACK, BILL, MONEY, PAID
from crm_desktop.duties.credit.records import CREDIT_AGREEMENT
from crm_desktop.record.dates import days_before
from crm_desktop.record.money import show_money
from crm_desktop.record.paper import Ask, Content, PaperForm, Sign
from crm_desktop.record.text import Text
from crm_desktop.store.rows import get

WORDS = {BILL: Text("Bill"), MONEY: Text("Receipt"), BACK: Text("Taken back or written off"), PAID: Text("Paid")}
STOPPED = "stopped"


def first_day(day: str) -> str:
    """The statement begins with the month before."""
    return f"{days_before(f'{day[:7]}-01', 1)[:7]}-01"


def statement(reader: Any, ask: Ask) -> Content | None:
    """F31C: what was carried forward, every bill and receipt since, the balance after each, and the slip that comes back."""
    account = get(reader, ACCOUNT, ask.row_id)
    if account is None:
        return None
    first = first_day(ask.day)
    found = queries_statement.account(reader, ask.row_id, first, ask.day)
    rows = [
        [each.day, each.number, _about(ask, each), *_sides(each.amount), show_money(each.balance)] for each in found.moves
    ]  # fmt: skip
    debits, credits = (sum(abs(each.amount) for each in found.moves if (each.amount > 0) is above) for above in (True, False))
    data = statement_head(reader, ask, account) | total_words(max(0, found.closing)) | {
        "lapsed": lapsed(reader, ask), "first": first, "brought": show_money(found.brought), "rows": rows, "debits": show_money(debits), "credits": show_money(credits), "closing": show_money(found.closing),
    }  # fmt: skip
    return Content(data, str(account["name"]), hotel_id=ask.hotel_id, signs=[Sign(Text("Made by"), ask.person), Sign(Text("Credit supervisor")), Sign(Text("Finance seal"))])


def _about(ask: Ask, each: queries_statement.Moved) -> str:
    about = each.about if each.what == MONEY else ask.say(KINDS.get(each.about, each.about))
    return f"{ask.say(WORDS[each.what])} {about}".strip()


def _sides(amount: int) -> tuple[str, str]:
    return (show_money(amount), "") if amount > 0 else ("", show_money(-amount))


def notice(reader: Any, ask: Ask) -> Content | None:
    """F07B: what the cash points have to know of one client today: stopped or open again, why, who may sign, and what is allowed all the same."""
    account = get(reader, ACCOUNT, ask.row_id)
    if account is None:
        return None
    stop = queries_stop.stopped(reader, ask.row_id)
    agreements = queries.rows(reader, CREDIT_AGREEMENT, "account_id = ? and state in ('active', 'suspended')", (ask.row_id,), "starts desc, id desc")
    signers = queries.signatories(reader, ask.row_id, ask.day)
    data = {
        "client": account["name"], "code": account["code"], "day": ask.day, "stopped": "1" if account["credit"] == STOPPED else "", "number": str(agreements[0]["number"]) if agreements else "",
        "since": stop.day if stop else "", "who": stop.who if stop else "", "reason": stop.reason if stop else "", "limit": show_money(account["credit_limit"] or 0) if agreements else "",
        "override": queries.override_until(reader, ask.row_id, ask.day), "signers": "、".join(f"{one['name']} {one['post']}".strip() for one in signers),
        "open": "1" if account["credit"] == "open" else "",
    }  # fmt: skip
    return Content(data, str(account["name"]), hotel_id=ask.hotel_id, signs=[Sign(Text("Credit supervisor"), ask.person), Sign(Text("Financial controller")), Sign(Text("Taken note of"))])


POINTS = (Text("Front office"), Text("Restaurants"), Text("Banquets"), Text("Finance department"))
FORMS = (
    PaperForm("F31C", Text("Statement with the balance carried forward"), "account", statement, numbered=True, apart=True),
    PaperForm("F07B", Text("Notice to the cash points"), "account", notice, size="A5", turned=True, numbered=True, routing=POINTS, apart=True),
)
