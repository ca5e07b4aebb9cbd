"""What a file would change, row by row, in words: before it is taken, a person sees old and new side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from crm_desktop.exchange.comparing import Prepared
from crm_desktop.record.kinds import Kind, shown
from crm_desktop.record.record import Field, Record, Row
from crm_desktop.record.text import Text, say
from crm_desktop.store.history import brought_by, last_imports
from crm_desktop.store.rows import read_many

NEW, CHANGED, REFUSED, GONE = "new", "changed", "refused", "gone"
BLOCK, FIELDS = 500, 6


class Line:
    """One pasted row in the preview: NEW, CHANGED or REFUSED, whose it is, and what comes or why not; `id` where it is here already."""

    def __init__(self, state: str, name: str, words: Text | str, row_id: int = 0) -> None:
        self.state, self.name, self.words, self.id = state, name, words, row_id


def changed(reader: Any, prepared: Prepared, naming: Naming, most: int | None = None) -> list[Line]:
    """The rows that are here and would become others, as far as they are wanted: old and new side by side."""
    record, out = prepared.record, []
    for start in range(0, len(prepared.updates[:most]), BLOCK):
        block = prepared.updates[:most][start : start + BLOCK]
        olds = read_many(reader, record, [row_id for row_id, _, _ in block])
        for row_id, _, values in block:
            old = olds[row_id]
            parts = [
                f"{say(record.by_name[name].label)}: {say(naming.of(record.by_name[name], old[name]))} → {say(naming.of(record.by_name[name], value))}"
                for name, value in values.items()
                if name in record.by_name and record.by_name[name].stored
            ]
            out.append(Line(NEW if "gone" in values else CHANGED, str(old.get(record.name) or ""), " · ".join(parts[:FIELDS]), row_id))
    return out


def gone(reader: Any, prepared: Prepared, naming: Naming, most: int = 300) -> list[Line]:
    """Rows that the file of this series before had and this one has no more: told, never taken away by themselves."""
    record = prepared.record
    series = _series(prepared.table.path.stem)
    before = next((change_id for change_id, source in last_imports(reader, record) if series and _series(Path(source).stem) == series), None)
    if before is None:
        return []
    fields = [record.by_name[name] for name in record.listed if record.by_name[name].stored and name != record.name][:FIELDS]
    names = ["id", record.import_key or "id", record.name, *(field.name for field in fields)]
    left = [row for row in brought_by(reader, record, before, names) if row[0] not in prepared.met and row[1] not in prepared.met]
    return [Line(GONE, str(name or ""), " · ".join(say(naming.of(f, v)) for f, v in zip(fields, values, strict=True) if v not in ("", None)), row_id) for row_id, _, name, *values in left[:most]]


def _series(stem: str) -> str:
    """What stays the same in the names of one list from day to day."""
    return "".join(letter for letter in stem if letter.isalpha()).lower()


class Naming:
    """Values as people read them; references by their names, also of rows that are only made by pasting."""

    def __init__(self, reader: Any, by_key: dict[str, Record], made: dict[str, dict[int, Row]]) -> None:
        self._reader, self._by_key, self._made = reader, by_key, made
        self._known: dict[tuple[str, Any], str] = {}

    def of(self, field: Field, value: Any) -> Text | str:
        """A value in words; a dash for nothing."""
        if field.kind == Kind.REF:
            return self._name(field, value) or "–"
        return (field.choice_text(value) if field.choices and value else shown(field.kind, value)) or "–"

    def _name(self, field: Field, row_id: Any) -> str:
        if row_id is None:
            return ""
        if (field.ref, row_id) not in self._known:
            made = self._made.get(field.ref, {}).get(row_id)
            sql = f"select {field.ref_name} from {field.ref} where id = ?"
            found = None if made else self._reader.execute(sql, (row_id,)).fetchone()
            self._known[field.ref, row_id] = str(made["name"] if made else found[0] if found else "")
        return self._known[field.ref, row_id]
