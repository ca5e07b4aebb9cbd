"""A ledger of debits and credits as a file: its rows become ledger lines, and of these bills, receipts and what these pay.

A balance that does not follow refuses the whole file; a row that cannot be is left out with its reason."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

from crm_desktop.duties.receivables import queries_ledger, rules, rules_ledger
from crm_desktop.duties.receivables.mappings_amounts import ONE_AMOUNT, Amounts, balance, line_side
from crm_desktop.duties.receivables.mappings_names import Names
from crm_desktop.duties.receivables.mappings_returned import Returned
from crm_desktop.duties.receivables.records_ledger import LEDGER_LINE, NUMBERS
from crm_desktop.duties.receivables.rules_ledger import Debt, Line, Money, Purse
from crm_desktop.exchange.convert import TOTAL, BadRow, is_total
from crm_desktop.exchange.formulas import unguarded
from crm_desktop.exchange.mapping import NONE, Mapping, Reference, Take, known_words, recognise, text_of
from crm_desktop.record.dates import add_days
from crm_desktop.record.ids import new_id
from crm_desktop.record.kinds import PARSE, Kind
from crm_desktop.record.money import HOME, is_currency, parse_currency, show_money
from crm_desktop.record.record import Record, Row
from crm_desktop.record.text import Refused, Text
from crm_desktop.store.keys import Keys
from crm_desktop.store.log import row_digest

TITLE = Text("Ledger of debits and credits")
MATCHED = ("account_id", "day", "document_no", "text", "outlet", "debit", "credit", "balance", "currency", "due")
Key = tuple[int, str]  # a client and a currency
Places = dict[tuple[str, str, str, int, int], list[tuple[int, list[str]]]]  # client, currency, document, debit and credit -> line number and cells


def numbered(cells: tuple[str, ...]) -> Reference:
    """The client by its number alone; by its name where it has none."""
    code: str = PARSE[Kind.CODE](unguarded(cells[0]))
    return (code, "") if code else (("", text_of(cells[1])) if len(cells) > 1 and text_of(cells[1]) else NONE)


def by_number(cell: str) -> Reference:
    """The same of a file without names."""
    return numbered((cell,))


def by_name(cell: str) -> Reference:
    """The client by its name: the file has no numbers."""
    name = text_of(cell)
    return ("", name) if name else NONE


def details(cell: str) -> str:
    """The words of a line. Raises Refused for one that only adds up others."""
    if rules_ledger.is_total(cell):
        raise Refused(TOTAL)
    return text_of(cell)


def meant(record: Record, headings: Sequence[str]) -> dict[str, str] | None:
    """What the headings of a ledger mean that has one column of amounts, and beside it the side each stands on; None for every other file."""
    found = recognise(record, headings) if record is LEDGER_LINE and "id" not in headings else {}
    side = line_side(headings)
    amount = next((title for title in headings if title.strip().casefold() in ONE_AMOUNT), "")
    if not found or not side or not amount or {"debit", "credit"} & set(found.values()):
        return None
    return {title: name for title, name in found.items() if title not in (side, amount)} | {amount: "debit", side: "credit"}


def dressed(mapping: Mapping, headings: Sequence[str]) -> Mapping:
    """The mapping of a ledger by its headings, which reads the file as a whole; an export of ledger lines is none."""
    if mapping.record is not LEDGER_LINE or "id" in headings:
        return mapping
    columns = {take.field: take.columns for take in mapping.takes}
    columns["account_id"] = _account(columns["account_id"], headings)
    amounts = Amounts(columns, headings)
    own = {"account_id", "debit", "credit", "balance", "text", "opening"}
    takes = [take for take in mapping.takes if take.field not in own]
    takes += [_client(columns["account_id"]), Take("debit", amounts.columns, amounts.debit), Take("credit", amounts.columns, amounts.credit)]
    if amounts.balances:
        takes.append(Take("balance", amounts.balances, balance if len(amounts.balances) > 1 else lambda cell: balance((cell,))))
    if "text" in columns:
        takes += [Take("text", columns["text"], details), Take("opening", columns["text"], lambda cell: int(rules_ledger.is_opening(cell)))]
    given = {take.field for take in takes}
    return Mapping(
        mapping.key, TITLE, LEDGER_LINE, takes, matching=[name for name in MATCHED if name in given],
        whole=lambda reader, table, own: Ledger(reader, table, own, amounts),
    )  # fmt: skip


def _account(columns: tuple[str, ...], headings: Sequence[str]) -> tuple[str, ...]:
    """The columns of the client: its number and its name, as far as the file has them. A column `account` beside one of names holds numbers."""
    words = known_words(LEDGER_LINE)
    others = [title for title in headings if title not in columns and (field := words.get(title.strip().casefold())) is not None and field.name == "account_id"]
    if len(columns) == 1 and columns[0].strip().casefold() == "account" and others:
        return columns[0], others[0]
    if len(columns) == 1 and columns[0].strip().casefold() not in NUMBERS and (codes := [title for title in others if title.strip().casefold() in (*NUMBERS, "account")]):
        return codes[0], columns[0]
    return columns


def _client(columns: tuple[str, ...]) -> Take:
    if len(columns) > 1:
        return Take("account_id", columns, numbered)
    return Take("account_id", columns, by_number if columns[0].strip().casefold() in NUMBERS else by_name)


class Ledger:
    """One file: its balances were checked when this is made; `finish` adds what its new lines bring."""

    def __init__(self, reader: Any, table: Any, mapping: Mapping, amounts: Amounts) -> None:
        self._place = {title: at for at, title in enumerate(table.headings)}
        self._amounts, self._takes = amounts, {take.field: take for take in mapping.takes}
        self._constant = str(mapping.constants.get("currency") or HOME)
        self._names = Names()
        self._places: Places = {}
        lines = [line for number, cells in table.rows() if (line := self._line(number, cells)) is not None]
        self._upwards, broken = rules_ledger.order_of(lines, queries_ledger.with_lines(reader))
        if broken is not None:
            raise Refused(broken.words)
        self.mapping = copy.copy(mapping)
        self.mapping.makes = {"account_id": self._names.make}

    def _line(self, number: int, cells: list[str]) -> Line | None:
        """A row as the balance sees it; None for one that is none."""
        if len(cells) != len(self._place) or is_total(cells) or any(rules_ledger.is_total(cells[self._place[title]]) for title in self._amounts.texts):
            return None
        account, unit = self._whose(cells), self._currency(cells)
        unread = Line(number, account, unit, None, None, None, False)
        if not account or not is_currency(unit):
            return unread
        try:
            debit, credit, open_now, opening = self._amounts.read([cells[self._place[title]] for title in self._amounts.columns])
        except Refused:
            return unread
        if opening or debit < 0 or credit < 0:
            self._places.setdefault((account, unit, self._number(cells), debit, credit), []).append((number, cells))
        return Line(number, account, unit, debit, credit, open_now, opening)

    def _whose(self, cells: list[str]) -> str:
        columns = self._takes["account_id"].columns
        found: Reference = self._takes["account_id"].convert(cells[self._place[columns[0]]] if len(columns) == 1 else tuple(cells[self._place[title]] for title in columns))
        if len(columns) > 1:
            self._names.met(found[0], text_of(cells[self._place[columns[1]]]))
        return found[0] or found[1]

    def _currency(self, cells: list[str]) -> str:
        take = self._takes.get("currency")
        return (parse_currency(cells[self._place[take.columns[0]]]) if take else "") or self._constant

    def _number(self, cells: list[str]) -> str:
        take = self._takes.get("document_no")
        return PARSE[Kind.CODE](unguarded(cells[self._place[take.columns[0]]])) if take else ""

    def finish(self, reader: Any, keys: Keys, prepared: Any) -> None:
        """Bills and receipts of the new lines, and which receipt pays which bill."""
        Coming(reader, keys, prepared, self._places, self._upwards).bring()
        prepared.told += self._names.told(reader, prepared.made.get("account", {}))
        if self._amounts.one:
            amount, side = self._amounts.columns[:2]
            prepared.told.insert(0, Text("'{amount}' is a debit or a credit, as '{side}' says", amount=amount, side=side))


class Coming:
    """What the new lines of a file bring."""

    def __init__(self, reader: Any, keys: Keys, prepared: Any, places: Places, upwards: bool) -> None:
        self.reader, self.keys, self.out, self._places = reader, keys, prepared, places
        self.rows: list[Row] = [dict(zip(prepared.columns, row, strict=True)) for row in prepared.inserts]
        self.order = sorted(range(len(self.rows)), key=lambda at: (self.rows[at]["day"], -at if upwards else at))
        ids = sorted({row["account_id"] for row in self.rows if row["account_id"] is not None} - prepared.made.get("account", {}).keys())
        self.here = queries_ledger.here(reader, ids)
        self.dropped: set[int] = set()
        self.purses: dict[Key, Purse] = {}
        self.bills: dict[int, Row] = {}
        self.receipts: dict[int, Row] = {}
        self.debts: dict[int, Debt] = {}
        self.backs: set[int] = set()  # rows that take another one back
        self.taken: dict[tuple[int, str], str] = {}  # rows (and column) that are taken back: on what day
        self.back = Returned(reader, prepared)

    def bring(self) -> None:
        """Go through the lines in the order of their days."""
        self._reverse()
        for at in self.order:
            row = self.rows[at]
            if at in self.backs or at in self.dropped:
                continue
            if row["opening"] and not self._opens(row):
                self.dropped.add(at)
                continue
            if row["debit"]:
                row["receivable_id"] = self._bill(row, self.taken.get((at, "debit"), ""))
            if row["credit"] and (at, "credit") not in self.taken:
                row["receipt_id"] = self._receipt(row)
        for purse in self.purses.values():
            purse.settle()
        self._apply()
        self._promises()
        self._write()
        self._tell()

    def _reverse(self) -> None:
        """Lines below nothing take back the line of the same amount: what is taken back is owed no longer, or never paid anything."""
        for column in ("debit", "credit"):
            moves: dict[Key, list[int]] = {}
            for at in (at for at in self.order if self.rows[at][column] and not self.rows[at]["opening"]):
                moves.setdefault((self.rows[at]["account_id"], self.rows[at]["currency"]), []).append(at)
            for places in moves.values():
                paired, lost = rules_ledger.reversals([(str(self.rows[at]["document_no"]), self.rows[at][column]) for at in places])
                for back, entry in paired.items():
                    self.backs.add(places[back])
                    self.taken[places[entry], column] = self.rows[places[back]]["day"]
                for back, several in lost.items():
                    self._take_back(places[back], column, several)

    def _take_back(self, at: int, column: str, several: bool) -> None:
        """A reversal of which the file has no single line: of an open bill or a receipt that is here, or it is left out."""
        row = self.rows[at]
        known = self.here.open[row["account_id"], row["currency"]]
        if not several and (self.back.bill(row, known) if column == "debit" else self.back.receipt(row, known, self.here.promises.get(row["account_id"], []))):
            self.backs.add(at)
            return
        self.dropped.add(at)
        line, cells = self._where(row)
        self.out.bad.append(BadRow(line, cells, rules_ledger.LOST[column, several]))

    def _where(self, row: Row) -> tuple[int, list[str]]:
        """The line of the file a row was read from, and its cells."""
        found = self._places.get((self._named(row["account_id"]), row["currency"], row["document_no"], row["debit"], row["credit"]), [])
        return found.pop(0) if found else (0, [])

    def _opens(self, row: Row) -> bool:
        """Whether an opening balance is an item: not where the lines before it are here already, nor a second time in the file."""
        key = (row["account_id"], row["currency"])
        line, cells = self._where(row)
        amount = row["debit"] - row["credit"]
        if key not in self.here.sums:
            self.here.sums[key] = amount
            self.here.opened.add(key)
            return True
        if key not in self.here.opened and self.here.sums[key] == amount:
            self.out.same += 1
            return False
        words = Text("The client has an opening balance already; a second one would count twice")
        if key not in self.here.opened:
            words = Text("The file opens with {there}, the lines of this client that are here end with {here}: lines between them are missing", there=show_money(amount), here=show_money(self.here.sums[key]))
        self.out.bad.append(BadRow(line, cells, words))
        return False

    def _named(self, account_id: int) -> str:
        made = self.out.made.get("account", {}).get(account_id)
        if made is not None:
            return str(made["code"] or made["name"])
        return self.here.names.get(account_id, "")

    def _purse(self, row: Row) -> Purse:
        key = (row["account_id"], row["currency"])
        if key not in self.purses:
            debts = [Debt(bill.id, bill.due, bill.day, bill.undisputed) for bill in self.here.open.get(key, [])]
            self.debts |= {debt.id: debt for debt in debts}
            self.purses[key] = Purse(debts)
        return self.purses[key]

    def _bill(self, row: Row, taken_on: str) -> int:
        """The bill of a debit; one that is here by its number, day and amount is that one. One that was taken back (`taken_on`) is open till then."""
        purse = self._purse(row)
        known = self.here.bills.get((row["account_id"], row["currency"], str(row["document_no"]).lstrip("0"), row["day"], row["debit"]))
        if row["document_no"] and known and not taken_on:
            return known.pop(0)
        row_id, days = new_id(), self.here.days.get(row["account_id"], 0)
        due = row["due"] or (row["day"] if row["opening"] else add_days(row["day"], days))
        self.bills[row_id] = {
            "account_id": row["account_id"], "document_no": row["document_no"], "bill_date": row["day"], "due": due, "amount": row["debit"], "currency": row["currency"],
            "hotel_id": row["hotel_id"], "owner_id": self.here.owners.get(row["account_id"]), "kind": rules_ledger.kind_of(row["outlet"], row["text"]),
            "remark": " · ".join(filter(None, (row["text"], row["outlet"]))), "paid": 0,
        }  # fmt: skip
        if taken_on:
            self.bills[row_id] |= {"written_off": row["debit"], "written_on": taken_on, "taken_back": row["debit"]}
            return row_id
        debt = self.debts[row_id] = Debt(row_id, due, row["day"], row["debit"])
        purse.owes(debt)
        return row_id

    def _receipt(self, row: Row) -> int:
        purse = self._purse(row)
        if known := self.here.receipts.get((row["account_id"], row["currency"], row["day"], row["credit"])):
            return known.pop(0)
        row_id = new_id()
        self.receipts[row_id] = {
            "received_on": row["day"], "account_id": row["account_id"], "amount": row["credit"], "applied": 0, "currency": row["currency"], "hotel_id": row["hotel_id"],
            "payer": "", "remark": " · ".join(filter(None, (row["text"], row["document_no"]))), "owner_id": self.here.owners.get(row["account_id"]),
        }  # fmt: skip
        purse.receives(Money(row_id, row["day"], row["credit"]))
        return row_id

    def _apply(self) -> None:
        """What receipts pay: in rows of its own, and in what is paid of each bill."""
        applications = self.out.beside.setdefault("application", {})
        for (_, unit), purse in self.purses.items():
            for money in purse.money:
                self.receipts[money.id]["applied"] = sum(money.parts.values())
                for bill_id, amount in money.parts.items():
                    applications[new_id()] = {"receipt_id": money.id, "receivable_id": bill_id, "day": money.day, "amount": amount, "currency": unit}
        for debt in (debt for debt in self.debts.values() if debt.id in self.bills):
            self.bills[debt.id]["paid"] = debt.paid
        changed: list[tuple[int, int, Row]] = []
        for bill in (bill for bills in self.here.open.values() for bill in bills):
            came = self.debts[bill.id].paid if bill.id in self.debts else 0
            if came or bill.id in self.back.opened:
                changed.append((bill.id, bill.version, {"paid": bill.paid + came}))
        self.out.others["receivable"] = changed + self.back.cancelled

    def _promises(self) -> None:
        """Money that came keeps what was promised."""
        changed: list[tuple[int, int, Row]] = []
        for account, known in self.here.promises.items():
            before = {promise["id"]: self.back.before.get(promise["id"], promise["received"]) for promise in known}
            for receipt in sorted((one for one in self.receipts.values() if one["account_id"] == account), key=lambda one: one["received_on"]):
                came = rules.credited(known, receipt["received_on"], receipt["amount"], receipt["currency"])
                for promise in known:
                    promise["received"] += came.get(promise["id"], 0)
            changed += [(one["id"], one["version"], self.back.promised(one)) for one in known if one["received"] != before[one["id"]]]
        self.out.others["promise"] = changed

    def _write(self) -> None:
        out, kept = self.out, [at for at in range(len(self.rows)) if at not in self.dropped]
        out.inserts = [tuple(self.rows[at][name] for name in out.columns) for at in kept]
        out.digests = [row_digest(self.keys, LEDGER_LINE, self.rows[at]) for at in kept]
        out.keys = [self.rows[at]["source_key"] for at in kept]
        out.ahead |= {"receivable": self.bills, "receipt": self.receipts}
        out.bad.sort(key=lambda bad: bad.line)
        unused = out.made.get("account", {}).keys() - {self.rows[at]["account_id"] for at in kept}
        for row_id in unused:
            del out.made["account"][row_id]

    def _tell(self) -> None:
        """The sums of each currency, which a person holds beside those of the file."""
        self.out.told += self.back.told()
        units_of = sorted({row["currency"] for row in self.rows}, key=lambda unit: (unit != HOME, unit))
        for unit in units_of:
            mine = [row for at, row in enumerate(self.rows) if row["currency"] == unit and at not in self.dropped]
            left = sum(money.left for (_, other), purse in self.purses.items() if other == unit for money in purse.money)
            still = sum(debt.left for row_id, debt in self.debts.items() if row_id in self.bills and self.bills[row_id]["currency"] == unit)
            self.out.told.append(
                Text(
                    "{currency}: {debits} in debits, {credits} in credits; {open} of the new bills stays open, {left} of the receipts is on account",
                    currency=unit, debits=show_money(sum(row["debit"] for row in mine)), credits=show_money(sum(row["credit"] for row in mine)),
                    open=show_money(still), left=show_money(left),
                )
            )  # fmt: skip


