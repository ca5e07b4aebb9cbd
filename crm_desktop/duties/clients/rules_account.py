"""Rules of an account's file: the credit code, its address and phones in order, and what keeps a file from being saved."""

from __future__ import annotations

import re

from crm_desktop.record import phones
from crm_desktop.record.districts import place_of
from crm_desktop.record.later import pattern
from crm_desktop.record.record import Problems, Row
from crm_desktop.record.text import Text

CODE_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100-2015: without I, O, S, V, Z
CODE_LENGTH = 18
_MAIL = pattern(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_SITE = pattern(r"(https?://)?[^\s/]+\.[^\s]+", re.IGNORECASE)
_PHONE = pattern(r"[+(（\d][\d\s()（）+/;；,，、.－—-]{2,60}((转|分机|ext\.?|x)\s*\d{1,8})?", re.IGNORECASE)


def check_letter(code: str) -> str:
    """The last letter that fits the 17 before it (GB 32100-2015); '' where they are no beginning of a code."""
    if len(code) != CODE_LENGTH - 1 or not set(code) <= set(CODE_LETTERS):
        return ""
    total = sum(CODE_LETTERS.index(letter) * pow(3, at, 31) for at, letter in enumerate(code))
    return CODE_LETTERS[-total % 31]


def right_credit_code(code: str) -> bool:
    """True for 18 characters whose last one is the check character of GB 32100-2015; small letters will do."""
    code = code.upper()
    return len(code) == CODE_LENGTH and check_letter(code[:-1]) == code[-1]


def settle(row: Row) -> Row:
    """Codes in capitals, phones in one way of writing, city and district from the address where they are not given."""
    out: Row = {
        "credit_code": "".join(str(row.get("credit_code") or "").upper().split()), "phone": phones.tidy(str(row.get("phone") or "")),
        "invoice_phone": phones.tidy(str(row.get("invoice_phone") or "")),
    }  # fmt: skip
    return out | _placed(row)


def settle_site(row: Row) -> Row:
    """The same of one of a client's places."""
    return {"phone": phones.tidy(str(row.get("phone") or ""))} | _placed(row)


def _placed(row: Row) -> Row:
    if not row.get("district") and row.get("address") and (place := place_of(str(row["address"]), str(row.get("city") or ""))):
        return {"district": place.district, "city": row.get("city") or place.city}
    return {}


SETTLE_ON = ("credit_code", "phone", "invoice_phone", "address", "city", "district")


def contact_problems(row: Row) -> Problems:
    """What is wrong with an e-mail address or a phone."""
    found: Problems = {}
    if row.get("email") and not _MAIL.fullmatch(row["email"]):
        found["email"] = Text("An e-mail address looks like name@company.com")
    if row.get("phone") and not _PHONE.fullmatch(row["phone"]):
        found["phone"] = Text("A phone number has digits, spaces, +, - and brackets only")
    return found


def problems(row: Row) -> Problems:
    """What is wrong with an account's file."""
    found = contact_problems(row)
    if row.get("credit_code") and not right_credit_code(row["credit_code"]):
        found["credit_code"] = Text("This is not a credit code: it has 18 letters and digits, the last one fits the others")
    if row.get("website") and not _SITE.fullmatch(row["website"]):
        found["website"] = Text("A website looks like www.hotel.com")
    if row.get("agreement_from") and row.get("agreement_to") and row["agreement_to"] < row["agreement_from"]:
        found["agreement_to"] = Text("The last day must be on or after {first}", first=row["agreement_from"])
    return found


CHECK_ON = ("email", "phone", "credit_code", "website", "agreement_from", "agreement_to")


def why_lost(row: Row) -> Text | None:
    """What is missing before a client is called lost."""
    return None if row.get("lost_reason") else Text("Choose first, under 'Lost because', why the client was lost.")
