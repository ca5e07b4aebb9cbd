"""New rows of a file that may be here already under another number or spelling: told before anything is written.

For each the person chooses: add it all the same, update the row that is here with it, or leave it out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crm_desktop.exchange.comparing import COMPARED, Prepared
from crm_desktop.exchange.convert import BadRow
from crm_desktop.exchange.progress import Progress
from crm_desktop.record.alike import WARN, Alike, because
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text
from crm_desktop.store import alike
from crm_desktop.store.rows import read_many
from crm_desktop.store.schema import LIVING

ADD, UPDATE, LEAVE, REFUSE = "add", "update", "leave", "refuse"
MAYBE = Text("This may be {name}, which is here already ({score} %: {why})")
TOLD = 2_000
BLOCK = 500


class Likely:
    """A new row (its id and name) and the row it may be."""

    __slots__ = ("found", "id", "name")

    def __init__(self, row_id: int, name: str, found: Alike) -> None:
        self.id, self.name, self.found = row_id, name, found


def find(reader: Any, prepared: Prepared, progress: Progress) -> list[Likely]:
    """The new rows that may be here, the surest first; only those of a record that says when two rows are alike."""
    record, out = prepared.record, list[Likely]()
    if record.compare is None or not prepared.inserts or reader.execute(f"select 1 from {record.key} where {LIVING} limit 1").fetchone() is None:
        return out
    for at, row in enumerate(prepared.inserts[:COMPARED]):
        progress.step(at, len(prepared.inserts))
        values = dict(zip(prepared.columns, row, strict=True))
        if found := alike.check(reader, record, values, least=WARN):
            out.append(Likely(values["id"], str(values[record.name]), found[0]))
    return sorted(out, key=lambda each: -each.found.score)[:TOLD]


def decide(reader: Any, prepared: Prepared, found: list[Likely], choices: Mapping[int, str]) -> None:
    """Do with the rows of `find` what was chosen, by their ids; one nobody chose for is added.

    Updating takes what the file says about the row; where the file says nothing, what is here stays."""
    place = prepared.columns.index("id")
    target = {each.id: each.found.id for each in found if choices.get(each.id) == UPDATE}
    out = {each.id for each in found if choices.get(each.id) in (UPDATE, LEAVE)}
    if not out:
        return
    coming = {row[place]: dict(zip(prepared.columns, row, strict=True)) for row in prepared.inserts if row[place] in target}
    here = _living(reader, prepared, sorted(set(target.values())))
    for row_id, values in coming.items():
        if (old := here.get(target[row_id])) is None:
            out.discard(row_id)  # removed meanwhile: nothing to fill in, so it is a new row
        else:
            _fill_in(prepared, old, values)
    kept = [at for at, row in enumerate(prepared.inserts) if row[place] not in out]
    prepared.inserts, prepared.digests = [prepared.inserts[at] for at in kept], [prepared.digests[at] for at in kept]
    _forget_unused(prepared)


def answer(reader: Any, prepared: Prepared, found: list[Likely], what: str) -> None:
    """Do the same with all rows of `find`; refused ones are left out as bad rows, each with whom it may be and why."""
    if what == REFUSE:
        place = prepared.columns.index("id")
        where = {row[place]: origin for row, origin in zip(prepared.inserts, prepared.origins, strict=False)}
        prepared.bad += [BadRow(*where[each.id], _maybe(each)) for each in found]
        prepared.bad.sort(key=lambda bad: bad.line)
    elif what == LEAVE:
        prepared.same += len(found)
    decide(reader, prepared, found, {each.id: LEAVE if what == REFUSE else what for each in found})


def _maybe(each: Likely) -> Text:
    name = Text("{name} ({note})", name=each.found.title, note=each.found.note) if each.found.note else each.found.title
    return Text(MAYBE.source, name=name, score=each.found.score, why=because(each.found.reasons))


def _fill_in(prepared: Prepared, old: Row, values: Row) -> None:
    """What the file says goes into the row that is here, but for the name and number it is known by; all in one update."""
    record = prepared.record
    given = [take.field for take in prepared.mapping.takes if take.field in record.by_name and not (take.field in (record.name, record.code) and old[take.field])]
    changed = {name: values[name] for name in given if values[name] not in ("", None, 0) and values[name] != old[name]}
    at = next((at for at, (row_id, _, _) in enumerate(prepared.updates) if row_id == old["id"]), -1)
    if changed and at >= 0:  # another row of the file means the same one
        row_id, version, before = prepared.updates[at]
        prepared.updates[at] = (row_id, version, before | changed)
    elif changed:
        prepared.updates.append((int(old["id"] or 0), int(old["version"] or 0), changed))
    else:
        prepared.same += 1


def _living(reader: Any, prepared: Prepared, ids: list[int]) -> dict[int, Row]:
    found: dict[int, Row] = {}
    for at in range(0, len(ids), BLOCK):
        found |= {row_id: dict(row) for row_id, row in read_many(reader, prepared.record, ids[at : at + BLOCK]).items() if row["gone"] is None}
    return found


def _forget_unused(prepared: Prepared) -> None:
    """What was only to be made for rows that do not come is not made."""
    for field in prepared.record.references():
        if (made := prepared.made.get(field.ref)) and field.name in prepared.columns and field.ref != "hotel":
            used = _used(prepared, field.ref)
            prepared.made[field.ref] = {row_id: row for row_id, row in made.items() if row_id in used}


def _used(prepared: Prepared, ref: str) -> set[Any]:
    names = [field.name for field in prepared.record.references() if field.ref == ref]
    places = [prepared.columns.index(name) for name in names if name in prepared.columns]
    return {row[at] for row in prepared.inserts for at in places} | {values[name] for _, _, values in prepared.updates for name in names if name in values}
