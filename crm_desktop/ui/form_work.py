"""What a form asks of the store and the desk, and everything that is wrong with what it holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from crm_desktop.record import rights as rules
from crm_desktop.record.house import HOTEL
from crm_desktop.record.lines import Rows
from crm_desktop.record.record import Problems, Record, Row
from crm_desktop.record.text import Text, listed
from crm_desktop.ui import drafts
from crm_desktop.ui.jobs import DeskLike, Job, Reader

if TYPE_CHECKING:
    from crm_desktop.desk.desk import Desk

SHUT = "shut"  # of a row that is shown: the role of who looks changes nothing of its kind
MASKED = "masked"  # of a row that is shown: its columns that are not, with the record, and whether each may be for a purpose


def get(record: Record, row_id: int, reader: Reader, job: Job) -> tuple[int, Row | None]:
    """A row with its id, for `jobs.read`."""
    from crm_desktop.store import rows

    row = rows.get(reader, record, row_id)
    rights = getattr(reader, "rights", None)
    if row is not None and rights is not None and (masked := rights.masked(record)):
        shown = rules.hidden(record, rights.reveals())
        row[MASKED] = {name: [record.key, name not in shown] for name in sorted(masked)}
    if row is not None and rights is not None and not may_work(rights, record):
        row[SHUT] = True
    if row is not None and record.lines:
        from crm_desktop.desk import lines

        row |= lines.shown(reader, record, row_id)
    return row_id, row


def may_work(rights: rules.Rights, record: Record) -> bool:
    """True when somebody may do anything with rows of a record that are there."""
    if rules.is_guarded(record) and not rights.has(rules.RIGHTS):
        return False
    return record.area == rules.ABOUT or rights.can(rules.CHANGE, record.area) or rights.can(rules.STEP, record.area)


def is_open(record: Record, row: Row) -> bool:
    """True when what a form shows may be typed into."""
    return record.by_hand and not row.get(SHUT)


def shut(record: Record, row: Row) -> Text | None:
    """Why a row is only looked at, and who changes it."""
    return Text("{records}: only to look at. Changed by {roles}.", records=record.many, roles=rules.who_may(rules.CHANGE, record)) if row.get(SHUT) else None


def remove(record: Record, row_id: int, version: int, desk: DeskLike, job: Job) -> Any:
    """Take a row out of every list, for `jobs.act`."""
    return desk.remove(record, row_id, version)


class Saving:
    """What is on its way to the store."""

    def __init__(
        self, key: drafts.Key, row_id: int | None, version: int, values: Row, typed: dict[str, Any], step: str = "", reason: str = ""
    ) -> None:
        self.step, self.reason = step, reason
        self.key, self.row_id, self.version, self.values, self.typed = key, row_id, version, values, typed

    @property
    def after(self) -> int:
        """The row's version once it is saved: lines alone leave it as it is."""
        alone = not self.step and all(isinstance(value, Rows) for value in self.values.values())
        return self.version + (not alone)

    def act(self, record: Record, desk: DeskLike, job: Job) -> Any:
        """In the writing thread."""
        typed = {name: value for name, value in self.values.items() if isinstance(value, Rows)}
        if typed:
            from crm_desktop.desk import lines

            rest = {name: value for name, value in self.values.items() if name not in typed}
            return lines.save(cast("Desk", desk), record, self.row_id, self.version, rest, typed, step=self.step, reason=self.reason)
        if self.step and self.row_id is not None:
            return desk.move(record, self.row_id, self.version, self.step, reason=self.reason, values=self.values)
        return desk.save(record, self.row_id, self.version, self.values)


def new_id(change: Any, record: Record) -> int:
    """The id a new row was given."""
    return next((row_id for table, row_id in change.rows if table == record.key), 0)


def problems(record: Record, row: Row, typed: Mapping[str, Text]) -> Problems:
    """All that is wrong at once: what cannot be understood, what is missing, and what the record itself says.

    The record's check can rely on its needed fields: it is asked only when those are there and understood."""
    masked = row.get(MASKED, {})
    found = {name: text for name, text in record.problems(row).items() if name not in masked}
    needed = {name for name in record.check_on if name in record.by_name and record.by_name[name].required}
    if found and not needed & {*found, *typed}:
        found = record.check({name: row.get(name) for name in record.check_on}) | found
    if not row.get(HOTEL):
        found.pop(HOTEL, None)  # whether there is more than one to choose from, the desk says
    found = {f.name: text for f in record.fields if (text := f.out_of_bounds(row.get(f.name)))} | found
    return found | dict(typed)


def meanwhile(record: Record, names: Sequence[str]) -> Text:
    """What is said where somebody else saved other values of these fields than are typed: which, for they may lie far below."""
    fields = listed([record.by_name[name].label for name in names])
    return Text("Somebody else saved {fields} meanwhile: theirs stands under yours, Save keeps yours.", fields=fields)


def nothing(_reader: Any, _job: Any) -> None:
    """Reads nothing: what takes the place of a reading nobody waits for any more."""


def ignore(_answer: None) -> None:
    """Nothing comes of it."""
