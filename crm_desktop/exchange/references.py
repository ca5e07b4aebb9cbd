"""The rows that a file's references mean: found by code, by name, by id; made where the record says a file may."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from crm_desktop.exchange.mapping import NONE, Reference
from crm_desktop.record.ids import LENGTH, decode, new_id
from crm_desktop.record.record import Field, Record, Row
from crm_desktop.record.text import Refused, Text
from crm_desktop.store.rows import code_of
from crm_desktop.store.schema import LIVING

Make = Callable[[str, str], Row]


class References:
    """Resolves one REF field. `made` are the rows that must be added first: id -> values."""

    def __init__(self, reader: Any, field: Field, record: Record, make: Make | None = None) -> None:
        self.field, self.record, self._maker = field, record, make or field.make
        self.made: dict[int, Row] = {}
        where, values = f"where {LIVING}", []
        if field.ref_where:
            where += f" and {field.ref_where[0]} = ?"
            values = [field.ref_where[1]]
        self._codes: dict[str, list[int]] = {}
        self._names: dict[str, list[int]] = {}
        self._rows: dict[int, Reference] = {}
        for row_id, code, name in reader.execute(f"select id, {code_of(field)}, {field.ref_name} from {record.key} {where}", values):
            self._enter(row_id, code, name)
        self._known: dict[Reference, int | None] = {NONE: None}

    def column(self, references: Sequence[Reference]) -> list[int | None]:
        """The id of each reference. Raises Refused for one that cannot be found or made."""
        for reference in [one for one in dict.fromkeys(references) if one not in self._known]:  # in order: the first name is kept
            self._known[reference] = self._find(reference)
        return [self._known[reference] for reference in references]

    def _find(self, reference: Reference) -> int:
        code, name = reference
        for search in (self._by_code, self._by_id, self._by_name):
            if (found := search(code, name)) is not None:
                return found
        if self._maker is None:
            raise Refused(
                Text("{label}: there is no {record} '{name}'; import those first", label=self.field.label, record=self.record.title, name=name or code)
            )
        return self._make(code, name)

    def _by_code(self, code: str, name: str) -> int | None:
        """The row of this code; a code that two kinds of row have is told apart by the name."""
        found = self._codes.get(code, [])
        if len(found) > 1:
            found = [row_id for row_id in found if self._rows[row_id][1] == name]
            if len(found) != 1:
                raise Refused(Text("{label}: several have the code '{code}'; give the name too, or the id", label=self.field.label, code=code))
        return found[0] if found else None

    def _by_id(self, code: str, _name: str) -> int | None:
        if len(code) != LENGTH:
            return None
        try:
            row_id = decode(code)
        except ValueError:
            return None
        return row_id if row_id in self._rows else None

    def _by_name(self, code: str, name: str) -> int | None:
        """The row of this name; when the file gives a code besides, never one that has another code."""
        found = self._names.get(name or code, [])
        if code and name and code != name:
            found = [row_id for row_id in found if not self._rows[row_id][0]]
        if len(found) > 1:
            raise Refused(Text("{label}: several are named '{name}'; give the code", label=self.field.label, name=name or code))
        return found[0] if found else None

    def _enter(self, row_id: int, code: str, name: str) -> None:
        self._rows[row_id] = (code, name)
        self._names.setdefault(name, []).append(row_id)
        if code:
            self._codes.setdefault(code, []).append(row_id)

    def _make(self, code: str, name: str) -> int:
        assert self._maker is not None
        row_id = new_id()
        values = self._maker(code, name)
        self.made[row_id] = values
        self._enter(row_id, str(values.get(self.field.ref_code) or ""), values[self.field.ref_name])
        return row_id


def for_record(
    reader: Any, record: Record, names: Sequence[str], by_key: Mapping[str, Record], makes: Mapping[str, Make] | None = None
) -> dict[str, References]:
    """A resolver for each REF field among `names`; `makes`: what this file may make besides."""
    return {
        field.name: References(reader, field, by_key[field.ref], (makes or {}).get(field.name))
        for field in record.references() if field.name in names
    }  # fmt: skip
