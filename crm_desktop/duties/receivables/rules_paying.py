"""Choosing by hand what a receipt pays: amounts of open bills, none beyond what is open or what came. No store; minor units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from crm_desktop.record.money import show_money
from crm_desktop.record.text import Refused, Text


class Payable(Protocol):
    """An open bill, as far as paying it goes."""

    id: int
    document_no: str
    kind: str
    due: str
    balance: int
    disputed: int


class Choice:
    """What of a receipt goes to which bill. `touched`: a person changed what was proposed."""

    def __init__(self, money: int, bills: Sequence[Payable], parts: Mapping[int, int] | None = None) -> None:
        self.money, self.touched = money, False
        self.bills = [bill for bill in bills if bill.balance > 0]
        self._parts = {bill.id: min(part, bill.balance) for bill in self.bills if (part := (parts or {}).get(bill.id, 0)) > 0}

    def part(self, bill_id: int) -> int:
        """What is paid of a bill."""
        return self._parts.get(bill_id, 0)

    @property
    def left(self) -> int:
        """What stays on account."""
        return self.money - sum(self._parts.values())

    @property
    def parts(self) -> list[tuple[int, int]]:
        """(bill, amount) of each bill it pays, in their order."""
        return [(bill.id, self._parts[bill.id]) for bill in self.bills if self._parts.get(bill.id)]

    @property
    def short(self) -> int:
        """What stays open of the bills that are paid in part."""
        return sum(bill.balance - self._parts[bill.id] for bill in self.bills if 0 < self._parts.get(bill.id, 0) < bill.balance)

    def give(self, bill_id: int, amount: int) -> None:
        """Pay so much of a bill. Raises Refused for more than is open of it, or than is left of the receipt."""
        bill = next(bill for bill in self.bills if bill.id == bill_id)
        if amount < 0:
            raise Refused(Text("Bill {number}: write an amount above nothing, or leave it empty.", number=bill.document_no))
        if amount > bill.balance:
            raise Refused(Text("Only {amount} of bill {number} is open.", number=bill.document_no, amount=show_money(bill.balance)))
        if amount > (room := self.left + self.part(bill_id)):
            raise Refused(Text("Only {amount} of the receipt is left for bill {number}; pay less of another one first.", amount=show_money(room), number=bill.document_no))
        self.touched = True
        if amount:
            self._parts[bill_id] = amount
        else:
            self._parts.pop(bill_id, None)

    def turn(self, bill_id: int) -> None:
        """Pay a bill as far as the money goes; one that is paid something is paid nothing."""
        bill = next(bill for bill in self.bills if bill.id == bill_id)
        self.give(bill_id, 0 if self.part(bill_id) else min(bill.balance, self.left))

    def fill(self, parts: Mapping[int, int]) -> None:
        """Pay these amounts and nothing else."""
        self.touched = True
        self._parts = {row_id: amount for row_id, amount in parts.items() if amount}

    def oldest(self) -> dict[int, int]:
        """What paying the bills due first would give, what is disputed left out."""
        left, out = self.money, dict[int, int]()
        for bill in sorted(self.bills, key=lambda bill: (bill.due, bill.id)):
            if (part := min(left, bill.balance - min(max(0, bill.disputed), bill.balance))) > 0:
                out[bill.id] = part
                left -= part
        return out

    def follow(self, before: Choice) -> None:
        """Keep what a person chose before, as far as it can still be."""
        self._parts, self.touched = {}, before.touched
        for bill in self.bills:
            if (part := min(before.part(bill.id), bill.balance, self.left)) > 0:
                self._parts[bill.id] = part
