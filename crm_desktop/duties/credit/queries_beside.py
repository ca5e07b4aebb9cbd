"""What credit says beside a bill or a booking while it is written: who may sign, by when the regulation wants it paid, whether the client's
credit has room for it. Amounts in minor units."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.duties.credit import queries, queries_law, rules_law, rules_room, words_beside
from crm_desktop.duties.credit.queries_forecast import expected_of
from crm_desktop.duties.credit.records import CREDIT_OVERRIDE
from crm_desktop.duties.receivables.queries import account_money
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text
from crm_desktop.store import attached
from crm_desktop.store.rows import read

PROOFS = 3  # shown


class Said(NamedTuple):
    """A sentence with the chip before it ('' = none) and its tone."""

    chip: Text | str
    tone: str
    words: Text


class Beside(NamedTuple):
    """What stands below the steps: sentences, and specimen signatures as (name and post, SHA-256 of the picture)."""

    said: list[Said]
    specimens: list[tuple[str, str]]
    proofs: Sequence[Row] = ()  # the files of the signed bill, those of its settlement too


def allowed_over(reader: Any, account_id: int, day: str) -> int | None:
    """By how much an override that runs lets a client go over its limit: the largest amount, None for any, 0 without one."""
    found = queries.rows(reader, CREDIT_OVERRIDE, "account_id = ? and state = 'given' and given_on <= ? and until >= ?", (account_id, day, day))
    if any(not row["amount"] for row in found):
        return None
    return max((int(row["amount"]) for row in found), default=0)


def of_booking(reader: Any, row: Row, day: str) -> Beside:
    """The client's headroom, beside a booking that goes on account."""
    money = account_money(reader, row["account_id"], day) if row.get("account_id") and rules_room.on_account(str(row.get("pays") or "")) else None
    if money is None or (money.headroom is None and not row.get("pays")):
        return Beside([], [])
    return Beside([Said(words_beside.LIGHTS[money.light], money.light, words_beside.room(money))], [])


def of_bill(reader: Any, row: Row, day: str) -> Beside:
    """The regulation's last day, when it is expected, and the specimens of those who may sign, beside a bill."""
    account = read(reader, ACCOUNT, row["account_id"]) if row.get("account_id") else None
    if account is None:
        return Beside([], [])
    said = [each for each in (_law(reader, account, row), _expected(reader, row, day)) if each is not None]
    signers = queries.signatories(reader, account["id"], row.get("bill_date") or day)
    found = [(f"{one['name']} {one['post']}".strip(), _picture(reader, one["id"])) for one in signers]
    if found:
        said.append(Said("", "", words_beside.signers([name for name, _ in found])))
    return Beside(said, [(name, digest) for name, digest in found if digest], _proofs(reader, row.get("id")))


def _proofs(reader: Any, bill_id: int | None) -> list[Row]:
    """The files by a bill and by the settlement it was made of: one click to what was signed (ARC-01)."""
    if not bill_id:
        return []
    made_of = reader.execute("select id from settlement where gone is null and receivable_id = ? order by id desc limit 1", (bill_id,)).fetchone()
    return [*attached.of(reader, "receivable", bill_id), *(attached.of(reader, "settlement", made_of[0]) if made_of else [])][:PROOFS]


def _law(reader: Any, account: Row, row: Row) -> Said | None:
    """By when the regulation wants the bill paid, and whether its own due date is later than terms may be."""
    delivered = next((row[name] for name in ("checked_out_on", "event_on", "bill_date") if row.get(name)), "")
    term = queries_law.term(reader, account, delivered) if delivered else None
    if term is None:
        return None
    last, bound = rules_law.legal_due(term, delivered), rules_law.legal_due(term, delivered, rules_law.YEAR)
    return Said(*words_beside.law(term.payer, delivered, last, bound, str(row.get("due") or "")))


def of_agreement(reader: Any, row: Row, day: str) -> Beside:
    """Beside an agreement with a payer the regulation is about: whether the days to pay are more than it lets the client have, and whether the
    hotel has declared what it is."""
    account, days = read(reader, ACCOUNT, row["account_id"]) if row.get("account_id") else None, int(row.get("days") or 0)
    since = str(row.get("signed_on") or row.get("starts") or day)
    term = queries_law.term(reader, account, since) if account is not None else None
    if term is None:
        return Beside([], [])
    said = [Said(*words_beside.terms(term.payer, days, term.most))] if days > term.most else []
    return Beside(said if row.get("small_firm") else [*said, Said(*words_beside.undeclared(term.payer))], [])


def _expected(reader: Any, row: Row, day: str) -> Said | None:
    found = expected_of(reader, int(row["id"]), day) if row.get("id") else None
    return Said("", "", words_beside.expected(found)) if found is not None else None


def _picture(reader: Any, signatory: int) -> str:
    """The newest picture that lies by a signatory."""
    return next((str(each["sha256"]) for each in attached.of(reader, "signatory", signatory) if str(each["mime"]).startswith("image/")), "")
