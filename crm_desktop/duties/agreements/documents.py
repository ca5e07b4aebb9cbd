"""The paper of a rate agreement 客房协议价协议."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.agreements import queries
from crm_desktop.duties.agreements.records import AGREEMENT, AGREEMENT_RATE
from crm_desktop.record.money import show_money
from crm_desktop.record.paper import Ask, Content, PaperForm, Sign
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text
from crm_desktop.store.rows import get

PLAIN = ("name", "code", "since", "until", "blackout", "bookers", "signed_on", "signed_by")
NUMBERS = ("commission", "promised_nights", "keep_days", "credit_days")


def agreement(reader: Any, ask: Ask) -> Content | None:
    """Who gets which rates from when until when, under what terms; two seals."""
    row = get(reader, AGREEMENT, ask.row_id)
    if row is None:
        return None
    yes, no = Text("Yes"), Text("No")
    data: dict[str, Any] = {name: str(row[name] or "") for name in PLAIN} | {name: str(row[name] or "") for name in NUMBERS}
    data |= {name: str(row[name]).splitlines() for name in ("benefits", "conditions", "remark")}
    data |= {name: ask.say(yes if row[name] else no) for name in ("last_room", "credit", "sme_declared")}
    data |= {
        "client": str(row["account_id.name"] or ""), "owner": str(row["owner_id.name"] or ""), "breakfast": _choice(ask, row, "breakfast"), "currency": row["currency"],
        "rates": [_line(ask, rate) for rate in queries.rates(reader, ask.row_id)],
    }  # fmt: skip
    signs = [Sign(Text("For the hotel"), str(row["signer_id.name"] or "")), Sign(Text("For the client"), data["signed_by"])]
    return Content(data, f"{data['client']} {data['name']}".strip(), hotel_id=row["hotel_id"], signs=signs)


def _choice(ask: Ask, row: Row, name: str) -> str:
    return ask.say(AGREEMENT.by_name[name].choice_text(row[name])) if row[name] else ""


def _line(ask: Ask, rate: Row) -> list[str]:
    fields = AGREEMENT_RATE.by_name
    breakfast = ask.say(fields["breakfast"].choice_text(rate["breakfast"])) if rate["breakfast"] else ""
    return [str(rate["room_type_id"] or ""), ask.say(fields["season"].choice_text(rate["season"])), show_money(rate["rate"]), breakfast, rate["remark"]]


FORMS = (PaperForm("rate-agreement", Text("Room rate agreement"), "agreement", agreement, numbered=True),)
