"""Clients of a list that are known by a number: whatever names a file uses for one, it is one client; two numbers of one name stay two."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

from crm_desktop.duties.clients.records import make_company
from crm_desktop.duties.receivables import queries_ledger, rules_ledger
from crm_desktop.duties.receivables.records import RECEIVABLE
from crm_desktop.duties.receivables.rules_matching import plain_name
from crm_desktop.exchange.formulas import unguarded
from crm_desktop.exchange.mapping import Mapping, text_of
from crm_desktop.record.kinds import PARSE, Kind
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text
from crm_desktop.store.keys import Keys


class Names:
    """The names a file uses for each number, and how often."""

    def __init__(self) -> None:
        self._spellings: dict[str, dict[str, int]] = {}

    def met(self, code: str, name: str) -> None:
        """A line with a number and a name."""
        if code and name:
            known = self._spellings.setdefault(code, {})
            known[name] = known.get(name, 0) + 1

    def make(self, code: str, name: str) -> Row:
        """A new client: the spelling of its name that the file uses most."""
        return make_company(code, rules_ledger.commonest(self._spellings.get(code, {})) or name)

    def told(self, reader: Any, made: dict[int, Row]) -> list[Text]:
        """What a person should know of the names: numbers with several, and new clients whose name another number has."""
        several = sum(len(names) > 1 for names in self._spellings.values())
        known = [*queries_ledger.names(reader), *((str(row["code"]), str(row["name"])) for row in made.values())]
        codes: dict[str, set[str]] = {}
        for code, name in known:
            codes.setdefault(plain_name(name), set()).add(code)
        twins = sum(len(codes[plain_name(str(row["name"]))]) > 1 for row in made.values())
        told = [Text("{count} client numbers are spelled in several ways: each is one client, with the name used most", count=f"{several:,}")] if several else []
        if twins:
            told.append(Text("{count} new clients have the name of another number: they stay apart until somebody merges them", count=f"{twins:,}"))
        return told


class Numbered:
    """A list of bills with numbers and names of clients: the names are counted before any client is made."""

    def __init__(self, _reader: Any, table: Any, mapping: Mapping) -> None:
        code, name = (table.headings.index(title) for title in account(mapping))
        self.names, width = Names(), len(table.headings)
        for _, cells in table.rows():
            if len(cells) == width:
                self.names.met(PARSE[Kind.CODE](unguarded(cells[code])), text_of(cells[name]))
        self.mapping = copy.copy(mapping)
        self.mapping.makes = {"account_id": self.names.make}

    def finish(self, reader: Any, _keys: Keys, prepared: Any) -> None:
        """Tell of the names."""
        prepared.told += self.names.told(reader, prepared.made.get("account", {}))


def account(mapping: Mapping) -> tuple[str, ...]:
    """The columns of the client."""
    return next((take.columns for take in mapping.takes if take.field == "account_id"), ())


def dressed(mapping: Mapping, _headings: Sequence[str]) -> Mapping:
    """A list of bills that gives number and name is read as a whole."""
    if mapping.record is not RECEIVABLE or mapping.whole is not None or len(account(mapping)) != 2:
        return mapping
    other = copy.copy(mapping)
    other.whole = Numbered
    return other
