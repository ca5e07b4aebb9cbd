"""A paper as a letter that is not sent yet: any mail program opens it as a draft, the paper attached."""

from __future__ import annotations

import re
from collections.abc import Sequence
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

from crm_desktop.record.record import Record
from crm_desktop.store.rows import get

KIND = ".eml"
_SEVERAL = re.compile(r"[\s/;,；，、]+")
_ADDRESS = re.compile(r"[!-9;-?A-~]+@[!-9;-?A-~]+", re.ASCII)
WHOM = ("person_id", "guest_id", "account_id")  # whose address a row without one of its own has, in this order


def addressee(reader: Any, records: Sequence[Record], about: str, row_id: int) -> str:
    """The first address of whom a paper is about: the row's own, else that of its guest or contact, else of its client; ''."""
    by_key = {record.key: record for record in records}
    record = by_key.get(about)
    row = get(reader, record, row_id) if record and row_id else None
    if record is None or row is None:
        return ""
    if found := _first(str(row.get("email") or "")):
        return found
    targets = [(by_key[record.by_name[name].ref], row[name]) for name in WHOM if name in record.by_name and row.get(name)]
    theirs = (get(reader, target, other) for target, other in targets)
    return next((found for each in theirs if each and (found := _first(str(each.get("email") or "")))), "")


def _first(words: str) -> str:
    """The first of several addresses that a mail program understands; '' where there is none."""
    return next((part for part in _SEVERAL.split(words) if _ADDRESS.fullmatch(part) and _fits(part)), "")


def _fits(address: str) -> bool:
    try:
        return bool(Address(addr_spec=address).domain)
    except ValueError:
        return False


def draft(subject: str, words: str, name: str, pdf: bytes, to: str = "") -> bytes:
    """The draft as RFC 5322 text. `name` is what the attached PDF is called, without its ending; `to` an address, or ''."""
    made = EmailMessage(policy=SMTP)
    made["X-Unsent"] = "1"  # what tells a mail program that it is to be finished and sent, not read
    made["Subject"] = " ".join(subject.split())
    if address := _first(to):
        made["To"] = Address(addr_spec=address)
    made.set_content(words, cte="base64")
    made.add_attachment(pdf, maintype="application", subtype="pdf", filename=f"{name}.pdf")
    return made.as_bytes()
