"""The papers of a credit file: 信用审批表 F05, 授信决定函 F05B, 挂账协议 F06, 授信客户名单 F07, 临时挂账担保单 F35, 担保扣款单 F35B."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.duties.credit import (
    documents_account,
    documents_collection,
    documents_pack,
    queries,
    queries_law,
    queries_screens,
    rules_file,
    rules_law,
    rules_policy,
    words_file,
)
from crm_desktop.duties.credit.records import (
    CREDIT_AGREEMENT,
    CREDIT_APPLICATION,
    GUARANTEE,
    SIGNATORY,
    TRADE_REFERENCE,
)
from crm_desktop.record import amount_words
from crm_desktop.record.dates import local_time
from crm_desktop.record.money import show_money
from crm_desktop.record.paper import DAY, Ask, Content, PaperForm, Sign
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text
from crm_desktop.store import attached, papers
from crm_desktop.store.rows import get

APPLICATION_SIGNS = (Text("Applied by"), Text("Sales manager"), Text("Financial controller"), Text("General manager"))
SEALS = (Text("For the hotel (seal)"), Text("For the client (seal)"))
STOPPED = "stopped"
SMALL = {
    True: (
        "甲方声明：签订本协议时为中小企业，适用《保障中小企业款项支付条例》。",
        "The hotel declares that it is a small or medium firm when this is signed; the payment regulation for such firms applies.",
    ),
    False: ("双方规模见营业执照及声明。", "The size of either side is as declared."),
}


NOT_AGREED = {  # what stands behind the late fee of an agreement
    rules_law.AGREED: ("", ""), rules_law.REGULATION: ("（未约定，按法定）", " (none agreed: the rate of the regulation)"), rules_law.CLAIMED: ("（未另行约定）", " (nothing else agreed)"),
}  # fmt: skip


def _lines(words: Any) -> list[str]:
    return [line.strip() for line in str(words or "").splitlines() if line.strip()]


def _amount(units: int | None) -> str:
    return show_money(units) if units else ""


def in_words(name: str, units: int, currency: str) -> dict[str, str]:
    """An amount in figures and words, for a paper's amount box."""
    return {name: show_money(units), f"{name}_zh": amount_words.chinese(units, currency), f"{name}_en": amount_words.english(units, currency)}


# F05


def application(reader: Any, ask: Ask) -> Content | None:
    """F05: what is asked for, the papers, the scorecard of today, the opinions."""
    row = get(reader, CREDIT_APPLICATION, ask.row_id)
    account = get(reader, ACCOUNT, row["account_id"]) if row else None
    found = queries.credit_file(reader, row["account_id"], ask.day) if row else None
    if row is None or account is None or found is None:
        return None
    data = _asked(row, ask) | _judged(found, row, ask)
    data["hotels"] = "；".join([*(_reference(ask, one) for one in queries.rows(reader, TRADE_REFERENCE, "application_id = ?", (row["id"],), "name, id")), *([row["hotels_say"]] if row["hotels_say"] else [])])
    since = account["partner_since"]
    data |= {
        "client": account["name"], "credit_code": account["credit_code"], "kind": ask.say(ACCOUNT.by_name["type"].choice_text(account["type"])),
        "years": since, "signatories": row["signatories"] or "、".join(f"{one['name']} {one['post']}".strip() for one in found.signatories),
        "papers": [[ask.say(words_file.paper_words(p["kind"])), p["number"], p["seen_on"], p["expires"], p["remark"]] for p in found.papers],
    }  # fmt: skip
    signs = [Sign(APPLICATION_SIGNS[0], str(row["owner_id.name"] or "")), *(Sign(role) for role in APPLICATION_SIGNS[1:])]
    return Content(data, str(account["name"]), hotel_id=row["hotel_id"], signs=signs)


def _reference(ask: Ask, one: Row) -> str:
    """What another hotel says, in a line."""
    pays = ask.say(TRADE_REFERENCE.by_name["pays"].choice_text(one["pays"]))
    return " ".join(part for part in (one["name"], one["contact"], _amount(one["limit_there"]), pays, one["asked_on"], one["remark"]) if part)


def _asked(row: Row, ask: Ask) -> dict[str, Any]:
    days = "" if row["days_asked"] is None else str(row["days_asked"])
    granted = "" if row["days_granted"] is None else str(row["days_granted"])
    return {
        "owner": str(row["owner_id.name"] or ""), "day": row["day"], "reason": _lines(row["reason"]), "capital": _amount(row["capital"]), "limit_asked": _amount(row["limit_asked"]),
        "days_asked": days, "spend": _amount(row["spend"]), "services": row["services"], "bank": row["bank_reference"], "hotels": row["hotels_say"],
        "manager": _lines(row["manager_words"]), "finance": _lines(row["finance_words"]),
        "director": _lines(row["director_words"]), "controller": _lines(row["controller_words"]), "limit_granted": _amount(row["limit_granted"]), "days_granted": granted,
        "decision": _lines(row["decision"]), "decided_on": row["decided_on"], "state": ask.say(words_file.STATE_WORDS[row["state"]][0]),
    }  # fmt: skip


def _judged(found: queries.CreditFile, row: Row, ask: Ask) -> dict[str, Any]:
    """The scorecard: the points the application was decided by where it has some, and what today's are read from."""
    score = found.score
    parts = []
    for part in rules_policy.PARTS:
        because = "；".join(ask.say(words_file.fact_words(point)) for point in score.points if point.part == part)
        parts.append([ask.say(words_file.PARTS[part]), f"{score.of(part):g}", str(found.policy[f"weight_{part}"]), because])
    grade = str(row["grade"] or score.grade)
    return {
        "score": parts, "total": str(row["score"] if row["score"] is not None else f"{score.total:g}"), "grade": grade, "policy_limit": show_money(found.limit.limit),
        "deposit": _amount(rules_policy.deposit_asked(found.policy, grade, int(row["limit_granted"] or row["limit_asked"] or 0))),
    }  # fmt: skip


# F05B


def decision(reader: Any, ask: Ask) -> Content | None:
    """F05B: the letter that tells a client what was decided: credit with its limit and terms, or none, with the reason."""
    row = get(reader, CREDIT_APPLICATION, ask.row_id)
    account = get(reader, ACCOUNT, row["account_id"]) if row else None
    if row is None or account is None:
        return None
    given = row["state"] == rules_file.APPROVED
    deposit = rules_policy.deposit_asked(queries.policy(reader, row["decided_on"] or ask.day), str(row["grade"] or rules_policy.GRADES[-1]), int(row["limit_granted"] or 0)) if given else 0
    data = {
        "client": account["invoice_title"] or account["name"], "number": row["number"], "applied_on": row["day"], "day": row["decided_on"] or ask.day, "given": "1" if given else "",
        "body": [each for words in words_file.decision(row["state"], row["day"], queries.reason_of(reader, CREDIT_APPLICATION, row["id"], rules_file.REFUSED)) for each in ask.paragraphs(words)], "days": str(row["days_granted"] or 0) if given else "",
        "services": row["services"] if given else "", "deposit": _amount(deposit), "owner": str(row["owner_id.name"] or ""),
        "phone": str(papers.hotel_head(reader, row["hotel_id"]).get("phone") or ""),
    }  # fmt: skip
    data |= in_words("limit", int(row["limit_granted"] or 0), row["currency"]) if given else {"limit": "", "limit_zh": "", "limit_en": ""}
    return Content(data, str(account["name"]), hotel_id=row["hotel_id"], signs=[Sign(Text("Financial controller")), Sign(Text("General manager"))])


# F06


def agreement(reader: Any, ask: Ask) -> Content | None:
    """F06: the agreement with its terms, and the specimen signatures of those who may sign."""
    row = get(reader, CREDIT_AGREEMENT, ask.row_id)
    account = get(reader, ACCOUNT, row["account_id"]) if row else None
    if row is None or account is None:
        return None
    hotel = papers.hotel_head(reader, row["hotel_id"])
    policy = queries.policy(reader, row["signed_on"] or ask.day)
    small = bool(row["small_firm"])
    fee = rules_law.fee(row["late_rate"] or 0, queries_law.term(reader, account, row["signed_on"] or ask.day), int(policy["late_rate"] or 0))
    note, note_en = NOT_AGREED[fee.by]
    data = {
        "hotel": str(hotel.get("company") or hotel.get("name") or ""), "hotel_tax": queries.tax_no(reader, row["hotel_id"]), "client": account["invoice_title"] or account["name"],
        "credit_code": account["credit_code"], "address": account["address"], "phone": account["phone"], "number": row["number"],
        "period": f"{row['starts']} – {row['ends']}", "services": row["services"] or "–", "settles": str(row["settles_on"] or "25"), "days": str(row["days"] or 0),
        "deposit": _amount(row["deposit"]) or ask.say(Text("none")), "guarantor": row["guarantor"] or ask.say(Text("none")), "late": rules_law.rate_words(fee.rate),
        "late_note": note, "late_note_en": note_en, "level": rules_law.fee_level(row["late_rate"] or 0, policy),
        "small_zh": SMALL[small][0], "small_en": SMALL[small][1], "copies": str(row["copies"] or 4), "remark": _lines(row["remark"]), "signers": _signers(reader, ask, row),
    }  # fmt: skip
    data |= in_words("limit", int(row["credit_limit"] or 0), row["currency"])
    return Content(data, str(account["name"]), hotel_id=row["hotel_id"], signs=[Sign(role) for role in SEALS])


def _signers(reader: Any, ask: Ask, row: Row) -> list[dict[str, str]]:
    found = queries.rows(reader, SIGNATORY, "agreement_id = ?", (row["id"],), "name, id")
    return [
        {"name": one["name"], "post": one["post"], "most": _amount(one["most"]), "period": f"{one['starts']} – {one['ends']}", "specimen": specimen(reader, ask, one["id"])}
        for one in found
    ]  # fmt: skip


def specimen(reader: Any, ask: Ask, signatory: int) -> str:
    """The picture of a signature that lies by a signatory, as a drawing; '' without one."""
    from crm_desktop.documents.making import drawing

    store = ask.given.get("store")
    images = [each for each in attached.of(reader, "signatory", signatory) if str(each["mime"]).startswith("image/")]
    return drawing(store, images[0]) if images and store is not None else ""


# F07 and F35


def debtors(reader: Any, ask: Ask) -> Content:
    """F07: who may sign for how much today; those who are stopped stand first, in red."""
    rows = []
    for at, one in enumerate(queries_screens.debtors(reader, ask.day), 1):
        stopped = one.credit == STOPPED
        state = Text("Stopped") if stopped else words_file.LIGHTS[one.light]
        room = "" if one.room is None else show_money(one.room)
        rows.append({"stopped": stopped, "cells": [str(at), one.name, one.number, show_money(one.limit), room, ask.say(state), "、".join(one.signers), one.ends, _lines(one.note)]})
    return Content({"moment": f"{ask.day} {local_time():%H:%M}", "rows": rows}, ask.day, hotel_id=ask.hotel_id, signs=[Sign(Text("Made by"), ask.person), Sign(Text("Credit supervisor")), Sign(Text("Handed to"))])


def guarantee(reader: Any, ask: Ask) -> Content | None:
    """F35: a colleague stands for a client's bill."""
    row = get(reader, GUARANTEE, ask.row_id)
    if row is None:
        return None
    staff = get(reader, _staff(), row["staff_id"]) or {}
    cap = int(queries.policy(reader, row["given_on"])["guarantee_cap"])
    data = {
        "client": str(row["account_id.name"] or ""), "bill": row["bill"], "guarantor": str(row["staff_id.name"] or ""), "post": f"{staff.get('department', '')} {staff.get('post', '')}".strip(),
        "given_on": row["given_on"], "due": row["due"], "reason": _lines(row["reason"]), "total": show_money(queries.guarantor_total(reader, row["staff_id"])), "cap": show_money(cap),
    }  # fmt: skip
    data |= in_words("amount", int(row["amount"]), row["currency"])
    return Content(data, str(row["account_id.name"] or ""), hotel_id=ask.hotel_id, signs=[Sign(Text("Guarantor"), data["guarantor"]), Sign(Text("Head of the department")), Sign(Text("Approved by"), row["witness"])])


def deduction(reader: Any, ask: Ask) -> Content | None:
    """F35B: what a guarantor pays because the client did not; nothing is deducted without the signature."""
    row = get(reader, GUARANTEE, ask.row_id)
    made = guarantee(reader, ask)
    if row is None or made is None:
        return None
    data = made.data | {"why": queries.reason_of(reader, GUARANTEE, row["id"], rules_file.DEDUCTED)}
    return Content(data, made.name, hotel_id=made.hotel_id, signs=[Sign(Text("Guarantor agrees"), data["guarantor"]), Sign(Text("Financial controller")), Sign(Text("General manager"))])


def _staff() -> Any:
    from crm_desktop.desk.records import STAFF

    return STAFF


FORMS = (
    PaperForm("F05", Text("Credit application"), "credit_application", application, numbered=True, signs=APPLICATION_SIGNS),
    PaperForm("F05B", Text("Decision on credit"), "credit_application", decision, numbered=True),
    PaperForm("F06", Text("Credit agreement"), "credit_agreement", agreement, numbered=True),
    PaperForm("F07", Text("Clients with credit, for cashiers"), DAY, debtors, turned=True, numbered=True, routing=(Text("Front office"), Text("Restaurants"), Text("Finance department"))),
    PaperForm("F35", Text("Temporary guarantee"), "guarantee", guarantee, size="A5", turned=True, numbered=True, routing=(Text("Finance department"), Text("Stub"))),
    PaperForm("F35B", Text("Deduction for a guarantee"), "guarantee", deduction, size="A5", turned=True, numbered=True, routing=(Text("Finance department"), Text("Stub"))),
    *documents_collection.FORMS, *documents_account.FORMS, *documents_pack.FORMS,
)
