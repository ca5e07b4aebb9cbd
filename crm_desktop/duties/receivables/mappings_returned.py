"""What a ledger takes back of what earlier files brought."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.receivables import queries_ledger, rules, rules_ledger
from crm_desktop.duties.receivables.queries_ledger import Applied, Got, Owed
from crm_desktop.duties.receivables.records_ledger import LEDGER_LINE
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text


class Returned:
    """What a file takes back of what earlier files brought: bills that are owed no longer, receipts that never came."""

    def __init__(self, reader: Any, prepared: Any) -> None:
        self._reader, self._out = reader, prepared
        self.cancelled: list[tuple[int, int, Row]] = []  # bills, and what is written off of them
        self.opened: set[int] = set()  # bills of which a receipt that is taken back paid something
        self.before: dict[int, int] = {}  # promises that lose money, and what each had
        self._taken: list[int] = []  # receipts

    def bill(self, row: Row, known: list[Owed]) -> bool:
        """Take an open bill back on which nothing was paid; False where it is not plain which."""
        found = rules_ledger.reversed_by(str(row["document_no"]), -row["debit"], [(bill.number, bill.balance if not bill.paid and not bill.disputed else 0) for bill in known])
        if found is None:
            return False
        bill = known.pop(found)
        self.cancelled.append((bill.id, bill.version, {"written_off": bill.written_off + bill.balance, "written_on": row["day"], "taken_back": bill.taken_back + bill.balance}))
        row["receivable_id"] = bill.id
        return True

    def receipt(self, row: Row, known: list[Owed], promised: list[Row]) -> bool:
        """Take a receipt back: what it paid is open again, what it kept is kept no longer; False where it is not plain which."""
        here = [one for one in queries_ledger.money_here(self._reader, row["account_id"], row["currency"], -row["credit"]) if one.id not in self._taken]
        found = rules_ledger.reversed_by(str(row["document_no"]), -row["credit"], [(one.number, one.amount) for one in here])
        if found is None:
            return False
        came = here[found]
        self._taken.append(came.id)
        for part in queries_ledger.applied(self._reader, came.id):
            self._open(known, part)
            self._out.removed.setdefault("application", []).append((part.id, part.version))
        self._out.removed.setdefault("receipt", []).append((came.id, came.version))
        if came.line is not None:
            self._out.others.setdefault(LEDGER_LINE.key, []).append((came.line, came.line_version, {"receipt_id": None}))
        self._unkeep(row, came, promised)
        return True

    def _open(self, known: list[Owed], part: Applied) -> None:
        """The bill is open by as much more, for the money that comes in this file too."""
        at = next((at for at, bill in enumerate(known) if bill.id == part.bill.id), None)
        bill = part.bill if at is None else known.pop(at)
        known.append(bill._replace(balance=bill.balance + part.amount, paid=bill.paid - part.amount))
        self.opened.add(bill.id)

    def _unkeep(self, row: Row, came: Got, promised: list[Row]) -> None:
        others = [(day, amount, unit) for other, day, amount, unit in queries_ledger.other_money(self._reader, row["account_id"]) if other not in self._taken]
        lost = rules.uncredited(promised, came.day, came.amount, row["currency"], others)
        for promise in (one for one in promised if one["id"] in lost):
            self.before.setdefault(promise["id"], promise["received"])
            promise["received"] -= lost[promise["id"]]

    def promised(self, promise: Row) -> Row:
        """What becomes of a promise: one that money had kept and no longer does is open again, and judged when the day begins."""
        again = promise["id"] in self.before and promise["state"] in (rules.KEPT, rules.PART)
        return {"received": promise["received"]} | ({"state": rules.OPEN} if again and promise["received"] < (promise["amount"] or 1) else {})

    def told(self) -> list[Text]:
        """What a person should know of it."""
        count = len(self._taken)
        return [Text("{count} receipts that were here are taken back: what they paid is open again", count=f"{count:,}")] if count else []
