"""The papers of collecting: 对账单 with 对账确认函 F31, 催款函 ①②③ F32 with 送达回执, 分期还款协议 F33, 付款承诺书 F33B, 坏账核销申请 F34."""

from __future__ import annotations

from functools import partial
from typing import Any

from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.duties.credit import queries_collection as queries
from crm_desktop.duties.credit import (
    queries_evidence,
    queries_law,
    queries_write_off,
    rules_collection,
    rules_law,
    words_collection,
    words_law,
)
from crm_desktop.duties.credit.queries import policy
from crm_desktop.duties.credit.queries_collection import Debtor
from crm_desktop.duties.credit.records_collection import COLLECTION_STEP, INSTALMENT_PLAN, WRITE_OFF
from crm_desktop.duties.credit.rules_collection import BODY, Owed
from crm_desktop.duties.receivables import queries_tax, rules_tax
from crm_desktop.duties.receivables.queries import HOME
from crm_desktop.duties.receivables.records import PROMISE, RECEIVABLE
from crm_desktop.duties.receivables.rules import LIMITS, bucket
from crm_desktop.record import amount_words
from crm_desktop.record.dates import add_days, days_between
from crm_desktop.record.money import show_money
from crm_desktop.record.paper import Ask, Content, PaperForm, Sign
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text
from crm_desktop.record.workdays import working_from
from crm_desktop.store import papers
from crm_desktop.store.rows import get

WITH_FEE = 3  # from this letter on the late fee is computed
DEADLINES = {1: 10, 2: 7, 3: 5, 4: 7}  # days a letter gives
OPENINGS = {
    1: Text("Thank you for staying and meeting with us. By our books the bills below are due and not yet paid; should they have been paid meanwhile, please take this letter as done."),
    2: Text("In spite of our letter and calls the bills below are still not paid. We ask you in all form to pay them by {day}."),
    3: Text("This is our last letter before we take other steps. The bills below are overdue, with the late fee computed to {today}."),
    4: Text("By order of the hotel we, its lawyers, write to you. The bills below were used and billed, and are overdue; late fees are computed to {today}."),
}  # fmt: skip
BODIES = {
    1: (Text("Please arrange payment by {day}. Should anything about a bill be unclear, tell us which one: the rest stays payable."), Text("A statement with a confirmation slip is enclosed; please have it sealed and returned.")),
    2: (Text("If the amount has not arrived by {day}, credit stops on that day: further stays and functions are paid at once, functions already agreed are settled beforehand."), Text("What you object to is looked into by itself; the undisputed part must be paid.")),
    3: (Text("Please pay debt and late fee by {day}, or agree on instalments with us by then. Otherwise the matter goes to our lawyer without further notice, with the costs on your side."),),
    4: (
        Text("By articles 509 and 579 of the Civil Code what was agreed is performed as agreed, and a debt of money is paid. Pay debt and late fee to the account below by {day}."),
        Text("Should you not have paid by then, we will sue without further notice and ask the court to secure your assets; costs of the court, of securing and of lawyers as agreed are on your side. By article 195 this letter interrupts limitation."),
    ),
}  # fmt: skip
STOPPED = Text("Credit has been stopped: until the amount has arrived, further stays and functions are paid at once, and functions already agreed are settled beforehand.")
MAY_STOP = Text("If the amount has not arrived by {day}, the hotel may stop credit; please tell us in writing by when it is paid.")
LAW = {
    rules_law.BODY: Text("By the regulation on payments to small and medium firms ({basis}) state bodies pay within {usual} days of delivery, at most {most}, and bear {rate} a day when they are late."),
    rules_law.LARGE: Text("By the regulation on payments to small and medium firms ({basis}) large enterprises pay within {usual} days of delivery, at most {most}, and bear {rate} a day when they are late."),
}  # fmt: skip
LAPSED = Text("The time of limitation of some items has run out: a signature counts only as a new acknowledgement.")
LINE_WORDS = {code: text for code, text, _ in rules_tax.LINES}
KINDS: dict[str, Text] = {code: text for code, text, _ in RECEIVABLE.by_name["kind"].choices}


def _debtor(reader: Any, ask: Ask) -> tuple[Row, Debtor] | None:
    account = get(reader, ACCOUNT, ask.row_id)
    found = queries.debtors(reader, ask.day, ask.row_id).get(ask.row_id)
    return (account, found) if account is not None and found is not None else None


def statement_head(reader: Any, ask: Ask, account: Row) -> dict[str, Any]:
    """What stands at the head of a paper to a client about its account, and where to pay."""
    hotel = papers.hotel_head(reader, ask.hotel_id)
    bank, number = queries.bank_of(reader, hotel.get("id"))
    return {
        "client": account["invoice_title"] or account["name"], "code": account["code"], "owner": str(account["owner_id.name"] or ""), "day": ask.day, "bank": bank, "bank_account": number,
        "company": str(hotel.get("company") or hotel.get("name") or ""), "phone": str(hotel.get("phone") or ""),
    }  # fmt: skip


def total_words(units: int) -> dict[str, str]:
    """A total in figures and words."""
    return {"total": show_money(units), "total_zh": amount_words.chinese(units, HOME), "total_en": amount_words.english(units, HOME)}


def lapsed(reader: Any, ask: Ask) -> str:
    """What a slip says where the time of limitation of some items has run out."""
    found = _debtor(reader, ask)
    return ask.say(LAPSED) if found is not None and found[1].clock is not None and found[1].clock.left < 0 else ""


def _late(bill: Owed, day: str) -> int:
    return max(0, days_between(bill.due, day)) if bill.due else 0


# F31


def statement(reader: Any, ask: Ask) -> Content | None:
    """F31: every open item, its age, and the slip that comes back."""
    found = _debtor(reader, ask)
    if found is None:
        return None
    account, debtor = found
    facts = queries.bill_facts(reader, [bill.id for bill in debtor.bills])
    ages, rows = [0] * (len(LIMITS) + 1), []
    for bill in debtor.bills:
        number, kind, billed = facts[bill.id]
        late = _late(bill, ask.day)
        ages[bucket(late)] += bill.balance
        rows.append([billed, number, ask.say(KINDS.get(kind, kind)), bill.due, str(late or ""), show_money(bill.balance), show_money(bill.disputed) if bill.disputed else ""])
    total = sum(ages)
    lines = queries_tax.by_line(reader, ask.day, ((facts[bill.id][1], bill.balance) for bill in debtor.bills))
    tax = [[ask.say(LINE_WORDS[rate.line]), rate.goods, show_money(amount), rules_tax.percent(rate.rate), show_money(net), show_money(part)] for rate, amount, net, part in lines]
    data = statement_head(reader, ask, account) | total_words(total)
    data |= {"rows": rows, "tax": tax, "ages": [*(show_money(each) if each else "" for each in ages), show_money(total)], "lapsed": lapsed(reader, ask)}
    return Content(data, str(account["name"]), hotel_id=ask.hotel_id, signs=[Sign(Text("Made by"), ask.person), Sign(Text("Credit supervisor")), Sign(Text("Finance seal"))])


# F32


def letter(number: int, reader: Any, ask: Ask) -> Content | None:
    """F32: what is overdue and nobody quarrels about; the third letter and the lawyer's with the computed late fee."""
    found = _debtor(reader, ask)
    if found is None:
        return None
    account, debtor = found
    late = [bill for bill in debtor.bills if bill.collectable and bill.due and bill.due < ask.day]
    fee = queries_law.fee(reader, ask.row_id, ask.day)
    with_fee = number >= WITH_FEE
    rows, total = _letter_rows(reader, ask, late, fee.rate if with_fee else 0)
    until = working_from(add_days(ask.day, DEADLINES[number]))
    body = [each for words in _body(number, debtor) for each in ask.paragraphs(Text(words.source, day=until))]
    if law := _law(reader, ask, account, debtor):
        body += ask.paragraphs(law)
    opening = ask.paragraphs(Text(OPENINGS[number].source, day=until, today=ask.day))
    data = statement_head(reader, ask, account) | total_words(total) | {"opening": opening, "body": body, "rows": rows, "with_fee": "1" if with_fee else "", "until": until}
    data["fee"] = ask.say(Text("Late fee ({by}): {rate} a day from the day after the due date to {day}", by=words_law.FEES[fee.by], rate=rules_law.rate_words(fee.rate), day=ask.day)) if with_fee else ""
    return Content(data, str(account["name"]), hotel_id=ask.hotel_id, signs=[*([] if number > LAST else [Sign(Text("Made by"), ask.person)]), *map(Sign, SIGNERS[number])])


def _body(number: int, debtor: Debtor) -> tuple[Text, ...]:
    """What a letter asks for. The stop that the second one announces is not announced once it has come, nor to those who are never stopped by a
    ladder."""
    if number != 2 or (debtor.credit != "stopped" and debtor.ladder != BODY):
        return BODIES[number]
    return (STOPPED if debtor.credit == "stopped" else MAY_STOP, *BODIES[number][1:])


def _law(reader: Any, ask: Ask, account: Row, debtor: Debtor) -> Text | None:
    """What the regulation says to a payer of its kind, as it is in force on the day; None where it says nothing or is switched off."""
    owned = debtor.ladder == BODY and account["size"] == ""  # a state-owned firm whose size nobody wrote down is a large one
    term = queries_law.term(reader, account | {"size": "large"} if owned else account, ask.day)
    if term is None:
        return None
    return Text(LAW[term.payer].source, basis=term.basis, usual=term.usual, most=term.most, rate=rules_law.rate_words(term.rate))


SIGNERS = {1: (Text("Director of sales"),), 2: (Text("Finance seal"),), 3: (Text("General manager"),), 4: (Text("Law firm (seal)"), Text("Lawyer"))}
LAST = 3  # the hotel's own letters; the fourth is the lawyer's


def _letter_rows(reader: Any, ask: Ask, bills: list[Owed], rate: int) -> tuple[list[list[str]], int]:
    """The items of a letter, with their late fee where a rate is given; and what they come to."""
    facts = queries.bill_facts(reader, [bill.id for bill in bills])
    rows, total = [], 0
    for bill in bills:
        fee = rules_law.late_fee(bill.collectable, rate, bill.due, ask.day) if rate else 0
        kind = facts[bill.id][1]
        rows.append([facts[bill.id][0], ask.say(KINDS.get(kind, kind)), bill.due, str(_late(bill, ask.day)), show_money(bill.collectable), *([show_money(fee)] if rate else [])])
        total += bill.collectable + fee
    return rows, total


# F31B


def evidence(reader: Any, ask: Ask) -> Content | None:
    """F31B: each open bill with its clock of limitation, and the chain of what interrupted it (ARC-14)."""
    found = _debtor(reader, ask)
    if found is None:
        return None
    account, debtor = found
    facts, links = queries.bill_facts(reader, [bill.id for bill in debtor.bills]), queries_evidence.chain(reader, ask.row_id)
    clocks = queries.clocks(reader, debtor, ask.day)
    rows = [
        [facts[bill.id][0], bill.due, show_money(bill.balance), ask.say(words_collection.EVIDENCE[clocks[bill.id].by]), clocks[bill.id].since, clocks[bill.id].runs_out, str(clocks[bill.id].left)]
        for bill in debtor.bills
    ]  # fmt: skip
    chain = [[day, ask.say(words_collection.EVIDENCE[kind]), what, ask.say(COLLECTION_STEP.by_name["way"].choice_text(way)), proof] for day, kind, what, way, proof in links]
    data = statement_head(reader, ask, account) | total_words(sum(bill.balance for bill in debtor.bills)) | {"rows": rows, "chain": chain}
    return Content(data, str(account["name"]), hotel_id=ask.hotel_id, signs=[Sign(Text("Made by"), ask.person), Sign(Text("Credit supervisor")), Sign(Text("Financial controller"))])


# F33


def plan(reader: Any, ask: Ask) -> Content | None:
    """F33: the instalments, what is paid of each, and what follows when one is late."""
    row = get(reader, INSTALMENT_PLAN, ask.row_id)
    if row is None:
        return None
    parts, left = rules_collection.schedule(row["total"], row["count"], row["first_due"]), row["paid"] + row["received"]
    rows = []
    for at, (due, amount) in enumerate(parts, 1):
        came = min(amount, left)
        left -= came
        state = Text("Paid") if came == amount else Text("Overdue") if working_from(due) < ask.day else Text("To come")
        rows.append([str(at), due, show_money(amount), show_money(came) if came else "", ask.say(state)])
    hotel = papers.hotel_head(reader, ask.hotel_id)
    data = total_words(row["total"]) | {
        "company": str(hotel.get("company") or hotel.get("name") or ""), "client": str(row["account_id.name"] or ""), "agreed_on": row["agreed_on"], "guarantee": row["guarantee"],
        "rows": rows, "remark": str(row["remark"] or ""),
    }  # fmt: skip
    return Content(data, str(row["account_id.name"] or ""), hotel_id=ask.hotel_id, signs=[Sign(Text("For the hotel (seal)")), Sign(Text("For the client (seal)")), Sign(Text("Guarantor"))])


def promise(reader: Any, ask: Ask) -> Content | None:
    """F33B: the letter in which a debtor promises a sum by a day; sealed it acknowledges the debt."""
    row = get(reader, PROMISE, ask.row_id)
    found = queries.debtors(reader, ask.day, row["account_id"]).get(row["account_id"]) if row else None
    if row is None:
        return None
    hotel = papers.hotel_head(reader, ask.hotel_id)
    owes = sum(bill.balance for bill in found.bills) if found and row["currency"] == HOME else 0
    amount = int(row["amount"] or owes)
    data = {
        "company": str(hotel.get("company") or hotel.get("name") or ""), "client": str(row["account_id.name"] or ""), "day": row["made_on"], "due": row["due"],
        "person": str(row["person_id.name"] or ""), "owner": str(row["owner_id.name"] or ""), "owes": show_money(owes) if owes else "",
        "received": show_money(row["received"]) if row["received"] else "", "state": ask.say(PROMISE.by_name["state"].choice_text(row["state"])), "remark": str(row["remark"] or "").splitlines(),
        "amount": show_money(amount), "amount_zh": amount_words.chinese(amount, row["currency"]), "amount_en": amount_words.english(amount, row["currency"]),
    }  # fmt: skip
    signs = [Sign(Text("Promising unit (seal)")), Sign(Text("Promised by"), data["person"]), Sign(Text("Received by"), data["owner"])]
    return Content(data, f"{data['client']} {row['due']}", hotel_id=ask.hotel_id, signs=signs)


# F34


def _bills_words(facts: dict[int, tuple[str, str, str]], bills: list[tuple[int, int]]) -> str:
    """The bill; of several each with what is written off of it."""
    if len(bills) == 1:
        return facts[bills[0][0]][0]
    return "；".join(f"{facts[bill][0]} {show_money(amount)}" for bill, amount in bills)


def write_off(reader: Any, ask: Ask) -> Content | None:
    """F34: what cannot be collected, why, and everything that was done."""
    row = get(reader, WRITE_OFF, ask.row_id)
    if row is None:
        return None
    debtor = queries.debtors(reader, ask.day, row["account_id"])[row["account_id"]]
    bills = queries_write_off.bills(reader, row)
    facts, dues = queries.bill_facts(reader, [bill for bill, _ in bills]), queries_write_off.dues(reader, [bill for bill, _ in bills])
    parts = [(dues.get(bill, ""), amount) for bill, amount in bills] or [("", row["amount"])]
    due = min((each for each, _ in parts if each), default="")
    table = rules_collection.provisions(policy(reader, ask.day).get("provisions", ()))
    provided = sum(rules_collection.provision(each_due, amount, ask.day, table) for each_due, amount in parts)
    clock = words_collection.clock_words(debtor)
    steps = [[each["day"], each["name"], each["reason"], each["delivered_on"], each["proof"]] for each in queries.steps_done(reader, row["account_id"])]
    data = {
        "client": str(row["account_id.name"] or ""), "bill": _bills_words(facts, bills), "asked_on": row["asked_on"], "owner": str(row["owner_id.name"] or ""),
        "days": str(max(0, days_between(due, ask.day))) if due else "", "provision": show_money(provided), "provided": show_money(row["provided"]),
        "clock": ask.say(clock) if clock else "", "cause": str(row["cause"]), "steps": steps[::-1], "history": str(row["history"] or ""), "evidence": str(row["evidence"] or ""),
        "amount": show_money(row["amount"]), "amount_zh": amount_words.chinese(row["amount"], row["currency"]), "amount_en": amount_words.english(row["amount"], row["currency"]),
    }  # fmt: skip
    return Content(data, data["client"], hotel_id=ask.hotel_id, signs=[Sign(Text("Asked for by"), data["owner"]), Sign(Text("Financial controller")), Sign(Text("General manager"))])


FORMS = (
    PaperForm("F31", Text("Statement with confirmation slip"), "account", statement, numbered=True, apart=True),
    PaperForm("F32-1", Text("Letter of demand 1"), "account", partial(letter, 1), template="F32", numbered=True, apart=True),
    PaperForm("F32-2", Text("Letter of demand 2"), "account", partial(letter, 2), template="F32", numbered=True, apart=True),
    PaperForm("F32-3", Text("Letter of demand 3"), "account", partial(letter, 3), template="F32", numbered=True, apart=True),
    PaperForm("F32-4", Text("Lawyer's letter"), "account", partial(letter, 4), template="F32", numbered=True, apart=True),
    PaperForm("F31B", Text("Evidence against limitation"), "account", evidence, numbered=True),
    PaperForm("F33", Text("Instalment plan"), "instalment_plan", plan, numbered=True),
    PaperForm("F33B", Text("Letter promising payment"), "promise", promise, numbered=True),
    PaperForm("F34", Text("Application for a write-off"), "write_off", write_off, numbered=True),
)
