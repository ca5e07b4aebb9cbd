"""A business card or a chat signature as it was pasted: what it says is shown, then person and client are written down."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crm_desktop.duties.clients.queries_account import by_phone
from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.duties.clients.records_roles import BOOKER
from crm_desktop.duties.clients.rules_card_text import CardText, read
from crm_desktop.record.guess import About, Doubt, Guess, Part
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text
from crm_desktop.store.about import Named, named, subject
from crm_desktop.store.rows import get

CARD_TAKEN = Text("Card taken over")
ASKED, NEW = 4, -1
OF_PERSON = {**{name: name for name in ("name", "latin_name", "position", "department", "phone", "email", "wechat")}, "remark": "also"}
OF_ACCOUNT = {
    "name_en": "company_en", "phone": "office", "address": "address", "website": "website", "credit_code": "credit_code", "bank": "bank", "bank_account": "bank_account",
}  # fmt: skip
ON_INVOICES = {"invoice_title": "company", "invoice_address": "address", "invoice_phone": "office"}  # what stands with a bank account is printed on invoices


class QuickCard:
    """The words of a card; the client it names, or the one on the screen; who has the number already is asked about."""

    title = Text("A business card or signature")
    hint = Text("Paste the text of a card or of a chat signature · 粘贴名片或微信签名")

    def understand(self, reader: Any, typed: str, picks: Mapping[str, Any], about: About) -> Guess:
        """What the words say, what of it is new, and what has to be asked."""
        card = read(typed)
        here = subject(reader, about)
        firms = named(reader, ACCOUNT, card.company)[:ASKED] if card.company else []
        same = by_phone(reader, card.phone) if card.phone else []
        account = _account(card, firms, picks, here.account_id if not card.company else None)
        person = picks.get("person", NEW if not same else None)
        doubts = _doubts(card, firms, same, picks)
        missing = None if card.name or card.company else Text("No name was found in it; write the name first, then the rest")
        values = {"card": card._asdict(), "account": account, "person": person}
        return Guess(_parts(card, here.account if not card.company else ""), doubts, missing, values)

    def act(self, desk: Any, guess: Guess) -> Any:
        """Client and person in one action: what is known is filled up, nothing that is there is overwritten."""
        card = CardText(**guess.values["card"])
        with desk.writing(CARD_TAKEN) as writing:
            account = guess.values["account"]
            if account == NEW:
                account = desk.save_in(writing, ACCOUNT, None, 0, {"name": card.company, "state": "potential"} | _of_account(card, {}))
            elif account is not None:
                _fill(desk, writing, ACCOUNT, account, _of_account(card, get(writing.db, ACCOUNT, account) or {}))
            person = guess.values["person"]
            values = {name: getattr(card, part) for name, part in OF_PERSON.items() if getattr(card, part)}
            if not card.name:
                pass  # a firm's card, or what it wants on its invoices
            elif person == NEW:
                desk.save_in(writing, PERSON, None, 0, values | {"account_id": account, "role": BOOKER if account else "guest"})
            else:
                row = get(writing.db, PERSON, person) or {}
                missing = {name: value for name, value in values.items() if not row.get(name)}
                _fill(desk, writing, PERSON, person, missing | ({"account_id": account} if account and not row.get("account_id") else {}))
        return writing.entry.change


def _fill(desk: Any, writing: Any, record: Any, row_id: int, values: Row) -> None:
    row = get(writing.db, record, row_id)
    if row is not None and values:
        desk.save_in(writing, record, row_id, row["version"], values)


def _of_account(card: CardText, row: Row) -> Row:
    parts = OF_ACCOUNT | (ON_INVOICES if card.bank_account else {})
    return {name: getattr(card, part) for name, part in parts.items() if getattr(card, part) and not row.get(name)}


def _account(card: CardText, firms: list[Named], picks: Mapping[str, Any], here: int | None) -> int | None:
    """The client's id, NEW for one to be made, None for none."""
    if not card.company:
        return here
    if "account" in picks:
        return int(picks["account"])
    return firms[0].id if len(firms) == 1 and firms[0].name == card.company else NEW


def _doubts(card: CardText, firms: list[Named], same: list[tuple[int, str, str]], picks: Mapping[str, Any]) -> list[Doubt]:
    out = []
    exact = len(firms) == 1 and firms[0].name == card.company
    if firms and not exact and "account" not in picks:
        choices: list[tuple[Text | str, Text | str, Any]] = [(firm.name, firm.note, firm.id) for firm in firms]
        out.append(Doubt("account", Text("Which client is it?"), [*choices, (Text("A new client: {name}", name=card.company), "", NEW)]))
    if same and "person" not in picks:
        people: list[tuple[Text | str, Text | str, Any]] = [(name, unit, row_id) for row_id, name, unit in same]
        out.append(Doubt("person", Text("Somebody has this number already"), [*people, (Text("A new person: {name}", name=card.name), "", NEW)]))
    return out


def _parts(card: CardText, here: str) -> list[Part]:
    labels = {
        "name": Text("The contact"), "latin_name": Text("Name in Latin letters"), "position": Text("Job title"), "department": Text("Department"), "company": Text("Client"), "company_en": Text("Name in English"),
        "phone": Text("Mobile"),
        "office": Text("Phone"), "email": Text("E-mail"), "wechat": Text("WeChat"), "address": Text("Address"), "website": Text("Website"),
        "credit_code": Text("Credit code"), "bank": Text("Bank"), "bank_account": Text("Bank account"), "also": Text("Kept as a remark"), "rest": Text("Not understood"),
    }  # fmt: skip
    values = card._asdict() | ({"company": here} if here else {})
    return [Part(label, values[key], "amber" if key == "rest" else "") for key, label in labels.items() if values[key]]
