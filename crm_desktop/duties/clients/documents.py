"""The papers of guests and clients: 客史档案卡 F01, 客户档案表 F02, 关系改善单 F49, and the letters F50."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from crm_desktop.desk import attachments
from crm_desktop.duties.clients import queries_papers as queries
from crm_desktop.duties.clients import rules
from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.duties.clients.records_standing import IMPROVEMENT
from crm_desktop.record import codes, lunar
from crm_desktop.record.countries import country
from crm_desktop.record.kinds import Kind, Value, shown
from crm_desktop.record.money import show_money
from crm_desktop.record.paper import Ask, Content, PaperForm, Sign
from crm_desktop.record.record import Record, Row
from crm_desktop.record.terms import FIRST_CHARACTER, sort_key
from crm_desktop.record.text import Text, say_in
from crm_desktop.store.rows import get

GROUPS = {"room": ("room", "bed", "climate", "noise", "smoking"), "food": ("food", "cooking", "fruit", "health", "religion"), "drink": ("drink",)}
STATUSES = {
    "Booked": Text("Booked"), "In-House": Text("In house"), "Check-Out": Text("Departed"), "Canceled": Text("Cancelled"), "No-Show": Text("No-show"),
}  # fmt: skip


def _choice(ask: Ask, record: Record, row: Row, name: str) -> str:
    return ask.say(record.by_name[name].choice_text(row[name])) if row.get(name) else ""


def _word(ask: Ask, name: str, code: str) -> str:
    """A code of another duty's list in words."""
    known = next((one for one in codes.lists() if one.name == name), None)
    return next((ask.say(words) for value, words, _ in codes.choices(name, known.starter) if value == code), code) if known else code


def _together(*parts: Value) -> str:
    return "　".join(str(part) for part in parts if part)


def _with(name: str, what: str) -> str:
    return f"{name}（{what}）" if what else name


def guest_card(reader: Any, ask: Ask) -> Content | None:
    """F01: who the guest is, how often here, what they like and must never meet."""
    row = get(reader, PERSON, ask.row_id)
    if row is None:
        return None
    known = queries.preferences_of(reader, ask.row_id, ask.day)
    unit = get(reader, ACCOUNT, row["account_id"]) if row["account_id"] else None
    data = {
        "photo": photo(reader, ask, ask.row_id), "name": row["name"], "latin": row["latin_name"], "called": ask.say(rules.address(row)), "code": row["code"],
        "sex": _choice(ask, PERSON, row, "sex"), "nationality": ask.say(country(str(row["nationality"] or ""))), "birthday": row["birthday"], "lunar": row["lunar_birthday"],
        "unit": str(row["account_id.name"] or ""), "position": " ".join(filter(None, (row["department"], row["position"]))), "level": row["vip"],
        "phone": row["phone"], "email": row["email"], "wechat": row["wechat"], "address": row["address"], "language": row["language"],
        "stays": [[*cells, ask.say(STATUSES.get(status, status))] for *cells, status in queries.stays_of(reader, ask.row_id)], "count": f"{row['stays']:,}", "nights": f"{row['nights']:,}", "revenue": show_money(row["revenue"]),
        "id": [words for which in ("id", "visa") if (words := _paper(ask, row, which))],
        "companions": [_with(name, _word(ask, "companion_relation", relation)) for name, relation in queries.companions_of(reader, ask.row_id)],
        "voice": queries.complaints_of(reader, ask.row_id), "last": row["last_stay"], "credit": _choice(ask, ACCOUNT, unit, "credit") if unit else "", "remark": str(row["remark"]).splitlines(),
        **{group: [name for polarity, kind, name in known if kind in kinds and polarity not in (queries.NEVER, queries.DISLIKE)] for group, kinds in GROUPS.items()},
        "other": [name for polarity, kind, name in known if polarity not in (queries.NEVER, queries.DISLIKE) and not any(kind in kinds for kinds in GROUPS.values())],
        "dislikes": [name for polarity, _, name in known if polarity == queries.DISLIKE], "never": [name for polarity, _, name in known if polarity == queries.NEVER],
    }  # fmt: skip
    return Content(data, str(row["name"]), signs=[Sign(Text("Filled in by"), ask.person), Sign(Text("Reviewed by"))])


def _paper(ask: Ask, row: Row, which: str) -> str:
    """A paper of a guest, its number masked, and until when it holds."""
    if row[f"{which}_type"] in ("", "none"):
        return ""
    parts = (_choice(ask, PERSON, row, f"{which}_type"), shown(Kind.SEAL, row[f"{which}_number"]), row[f"{which}_until"])
    return " ".join(str(part) for part in parts if part)


def photo(reader: Any, ask: Ask, person: int) -> str:
    """The newest picture that lies by a guest, as a drawing; '' where the reader of the files is not known."""
    store = ask.given.get("store")
    found = next((row for row in attachments.of(reader, PERSON.key, person) if str(row["mime"]) in ("image/png", "image/jpeg")), None)
    if store is None or found is None:
        return ""
    from crm_desktop.documents.making import drawing

    return drawing(store, found)


def account_sheet(reader: Any, ask: Ask) -> Content | None:
    """F02: who the client is, its people, its business by year, its credit, the last contacts."""
    row = get(reader, ACCOUNT, ask.row_id)
    if row is None:
        return None
    people = queries.people_of(reader, ask.row_id)
    data = {
        "name": row["name"], "short": row["short_name"], "code": row["code"], "kind": _choice(ask, ACCOUNT, row, "kind"), "type": _choice(ask, ACCOUNT, row, "type"),
        "credit_code": row["credit_code"], "industry": _together(_choice(ask, ACCOUNT, row, "industry"), _choice(ask, ACCOUNT, row, "size")), "phone": row["phone"], "email": row["email"],
        "address": " ".join(filter(None, (row["city"], row["district"], row["address"]))), "level": _choice(ask, ACCOUNT, row, "level"),
        "state": _choice(ask, ACCOUNT, row, "state"), "relation": _choice(ask, ACCOUNT, row, "relation"), "owner": str(row["owner_id.name"] or ""),
        "source": row["source"], "credit": _choice(ask, ACCOUNT, row, "credit"), "limit": show_money(row["credit_limit"]) if row["credit_limit"] else "",
        "terms": str(row["credit_days"] or ""), "owes": queries.owed(reader, ask.row_id, ask.day), "production": queries.production(reader, ask.row_id),
        "people": [[name, ask.say(PERSON.by_name["role"].choice_text(role)) if role else "", position, phone] for name, role, position, phone in people],
        "invoice": [_together(row["invoice_title"], _choice(ask, ACCOUNT, row, "invoice_kind")), _together(row["invoice_address"], row["invoice_phone"])],
        "bank": row["bank"], "bank_account": row["bank_account"], "agreement": row["agreement_no"], "agreed": show_money(row["agreed_rate"]) if row["agreed_rate"] else "",
        "valid": f"{row['agreement_from']} – {row['agreement_to']}" if row["agreement_to"] else "", "promised": str(row["promised_nights"] or ""),
        "competitors": row["competitors"], "could": str(row["could_nights"] or ""), "sites": queries.sites_of(reader, ask.row_id),
        "founded": row["founded"], "since": row["partner_since"], "days": queries.days_of(reader, ask.row_id),
        "contacts": queries.contacts_of(reader, ask.row_id), "remark": str(row["remark"]).splitlines(), "last": row["last_stay"],
    }  # fmt: skip
    return Content(data, str(row["name"]), signs=[Sign(Text("Filled in by"), data["owner"]), Sign(Text("Reviewed by"))])


def improvement(reader: Any, ask: Ask) -> Content | None:
    """F49: what happened, what we did wrong and put right, then the client's side; measures and what came of them."""
    row = get(reader, IMPROVEMENT, ask.row_id)
    if row is None:
        return None
    client, owner = str(row["account_id.name"] or ""), str(row["owner_id.name"] or "")
    long = {"facts": "facts", "own": "own_causes", "corrected": "corrected", "theirs": "client_side", "analysis": "analysis", "measures": "measures", "result": "result"}
    data = {
        "client": client, "owner": owner, "day": row["day"], "due": row["due"], "closed": row["closed_on"],
        **{name: str(row[field]).splitlines() for name, field in long.items()},
        **{name: _choice(ask, IMPROVEMENT, row, name) for name in ("before", "state", "cause", "after")},
    }  # fmt: skip
    return Content(data, f"{client} {row['day']}".strip(), signs=[Sign(Text("Responsible"), owner), Sign(Text("Sales manager")), Sign(Text("Sales director"))])


# letters

LETTERS = {
    "welcome": Text("Letter of welcome"), "thanks": Text("Letter of thanks"), "apology": Text("Letter of apology"),
    "birthday": Text("Birthday card"), "invitation": Text("Invitation"),
}  # fmt: skip


def letter(kind: str, reader: Any, ask: Ask) -> Content | None:
    """F50: the words of the letter stand in its template; here is whom it goes to, and a birthday by its own calendar."""
    row = get(reader, PERSON, ask.row_id)
    if row is None:
        return None
    key = str(row["birth_day"])
    coming = rules.next_birthday(key, ask.day)
    data = {
        "kind": kind, "name": row["name"], "zh": say_in(rules.address(row), "zh_CN") or row["name"], "en": _english(row), "unit": str(row["account_id.name"] or ""), "day": ask.day,
        "birthday": coming, "lunar": lunar.chinese(coming) if coming and rules.is_lunar(key) else "", "room": str(ask.given.get("room", "")),
    }  # fmt: skip
    return Content(data, str(row["name"]), signs=[])


def _surname_last(name: str, latin: str) -> str:
    """A Chinese or Japanese name in Latin letters begins with the surname, unless its last word is how the surname is read."""
    words, read = latin.split(), sort_key(name).split()
    if name.isascii() or len(words) < 2 or not read or (words[-1].lower().startswith(read[0]) and not words[0].lower().startswith(read[0])):
        return latin
    return " ".join((*words[1:], words[0])) if name[0] >= FIRST_CHARACTER else latin


def _english(row: Row) -> str:
    """How an English letter begins: by title and surname in Latin letters where they are known."""
    latin = _surname_last(str(row["name"]), str(row["latin_name"] or row["name"]))
    return say_in(rules.address({**row, "called": "", "name": latin}), "en") or latin


def _letter(kind: str) -> Callable[[Any, Ask], Content | None]:
    return partial(letter, kind)


FORMS = (
    PaperForm("F01", Text("Guest history card"), "person", guest_card, numbered=True),
    PaperForm("F02", Text("Client file sheet"), "account", account_sheet, numbered=True),
    PaperForm("F49", Text("Relationship improvement form"), "improvement", improvement, numbered=True),
    *(PaperForm(f"F50 {kind}", title, "person", _letter(kind), template="F50", size="A5" if kind == "birthday" else "A4", apart=True) for kind, title in LETTERS.items()),
)
