"""The papers of what is owed and was paid beforehand: 应收账款账龄表 F08, 定金/预付款收据 F28, 退款单 F28B."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.receivables import queries_ageing, queries_papers, rules, rules_deposits
from crm_desktop.duties.receivables.queries import HOME
from crm_desktop.duties.receivables.records_deposits import DEPOSIT
from crm_desktop.duties.receivables.rules import Aged
from crm_desktop.record import amount_words
from crm_desktop.record.money import show_money
from crm_desktop.record.paper import DAY, Ask, Content, PaperForm, Sign
from crm_desktop.record.text import Text
from crm_desktop.store.rows import get

LIMITS = (0, 30, 60, 90, 120, 180, 365)  # days past due


def ageing(reader: Any, ask: Ask) -> Content:
    """F08: who owes how much of what age, what was promised and done, what is in dispute, how long it can be sued for; sums for each
    currency. The day, limits, base and grouping are those of the page it is printed from."""
    limits, base, by = tuple(ask.given.get("limits") or LIMITS), str(ask.given.get("base") or "due"), str(ask.given.get("by") or "account")
    lines = queries_ageing.lines(reader, ask.day, limits, base, by)
    mine = by == "account"
    clients = queries_papers.clients(reader, [key for line in lines for key in line.keys or () if key is not None]) if mine else {}
    promised, unapplied = (queries_papers.promised(reader), queries_papers.unapplied(reader)) if mine else ({}, {})
    done, left = (queries_papers.done(reader, ask.day), queries_papers.left(reader, ask.day)) if mine else ({}, {})
    rows = []
    for line in (line for line in lines if line.keys is not None):
        key = (line.keys[0] or 0) if mine and line.keys else 0
        unit = line.aged.currency
        _, seller, terms = clients.get(key, ("", "", ""))
        total, *ages = _amounts(line.aged)
        early, ages = ages[: len(rules.EARLY)], ages[len(rules.EARLY) :]
        rows.append([
            ask.say(line.name), [each for each in (seller, terms) if each], total if unit == HOME else [unit, total], [each or "–" for each in early] if any(early) else "", *ages,
            _shown(unapplied.get((key, unit), 0)), promised.get((key, unit), ""), _shown(line.aged.disputed), done.get(key, "") if unit == HOME else "", left.get(key, "") if unit == HOME else "",
        ])  # fmt: skip
    totals = [[line.aged.currency, *_amounts(line.aged), _shown(line.aged.disputed)] for line in lines if line.keys is None]
    words = {code: text for code, text, _ in (*queries_ageing.BASES, *queries_ageing.BY)}
    ages = [ask.say(rules.bucket_words(at, limits)) for at in range(len(limits) + 1)]
    data = {"day": ask.day, "base": ask.say(words[base]), "by": ask.say(words[by]), "early": [ask.say(each) for each in rules.EARLY_WORDS.values()], "ages": ages, "rows": rows, "totals": totals}
    return Content(data, ask.day, hotel_id=ask.hotel_id, signs=[Sign(Text("Made by"), ask.person), Sign(Text("Credit supervisor")), Sign(Text("Financial controller"))])


def _amounts(aged: Aged) -> list[str]:
    early = [_shown(aged.early.get(key, (0, 0))[0]) for key in rules.EARLY]
    return [show_money(aged.owes), *early, *map(_shown, aged.amounts)]


def _shown(amount: int) -> str:
    return show_money(amount) if amount else ""


def deposit(reader: Any, ask: Ask) -> Content | None:
    """F28: what was received, in figures and words, and what it is in law."""
    row = get(reader, DEPOSIT, ask.row_id)
    if row is None:
        return None
    words = rules_deposits.law_words(row)
    rest = row["amount"] - row["earnest"]
    split = row["kind"] == rules_deposits.EARNEST and rest > 0
    parts = [[ask.say(DEPOSIT.by_name["kind"].choice_text(code)), show_money(part)] for code, part in ((rules_deposits.EARNEST, row["earnest"]), (rules_deposits.PREPAYMENT, rest))] if split else []
    data = {
        "payer": row["payer"] or str(row["account_id.name"] or ""), "day": row["day"], "kind": ask.say(DEPOSIT.by_name["kind"].choice_text(row["kind"])),
        "method": ask.say(DEPOSIT.by_name["method"].choice_text(row["method"])), "client": str(row["account_id.name"] or ""), "booking": str(row["booking_id.name"] or ""),
        "contract_no": row["contract_no"], "contract": _shown(row["contract"]), "law": ask.say(words) if words else "", "remark": str(row["remark"] or ""), "parts": parts,
        "amount": show_money(row["amount"]), "amount_zh": amount_words.chinese(row["amount"], row["currency"]), "amount_en": amount_words.english(row["amount"], row["currency"]),
    }  # fmt: skip
    return Content(data, f"{row['code']} {data['payer']}".strip(), hotel_id=row["hotel_id"], signs=[Sign(Text("Cashier"), ask.person), Sign(Text("Finance seal")), Sign(Text("Payer"))])


def refund(reader: Any, ask: Ask) -> Content | None:
    """F28B: what of a deposit is given back, in figures and words, why, and what became of the rest."""
    row = get(reader, DEPOSIT, ask.row_id)
    if row is None:
        return None
    words, back = rules_deposits.law_words(row), row["refunded"]
    data = {
        "payer": row["payer"] or str(row["account_id.name"] or ""), "day": row["left_on"], "kind": ask.say(DEPOSIT.by_name["kind"].choice_text(row["kind"])), "code": row["code"],
        "client": str(row["account_id.name"] or ""), "booking": str(row["booking_id.name"] or ""), "received_on": row["day"], "method": ask.say(DEPOSIT.by_name["method"].choice_text(row["method"])),
        "law": ask.say(words) if words else "", "reason": row["left_because"], "rows": [[ask.say(DEPOSIT.by_name[name].label), _shown(row[name])] for name in ("amount", "applied", "forfeited", "refunded", "balance")],
        "amount": _shown(back), "amount_zh": amount_words.chinese(back, row["currency"]) if back else "", "amount_en": amount_words.english(back, row["currency"]) if back else "",
    }  # fmt: skip
    signs = [Sign(Text("Asked for by"), ask.person), Sign(Text("Financial controller")), Sign(Text("Paid out by")), Sign(Text("Money received (payer)"))]
    return Content(data, f"{row['code']} {data['payer']}".strip(), hotel_id=row["hotel_id"], signs=signs)


COPIES = (Text("Stub"), Text("Payer"), Text("Finance department"))  # 一式三联
FORMS = (
    PaperForm("F28", Text("Receipt of a deposit"), "deposit", deposit, size="241x140", numbered=True, routing=COPIES),
    PaperForm("F28B", Text("Refund of a deposit"), "deposit", refund, size="241x140", numbered=True, routing=COPIES),
    PaperForm("F08", Text("Ageing of receivables"), DAY, ageing, turned=True, numbered=True),
)
