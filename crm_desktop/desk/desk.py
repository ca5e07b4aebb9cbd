"""What a signed-in person may do: one transaction, one log entry, one answer for each action."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crm_desktop.desk import people
from crm_desktop.desk.settings import Settings
from crm_desktop.record.dates import business_date, now
from crm_desktop.record.kinds import Value
from crm_desktop.record.record import Problems, Record, Row
from crm_desktop.record.text import Refused, Text
from crm_desktop.store import history, undo
from crm_desktop.store.log import Change
from crm_desktop.store.rows import Stale as Conflict
from crm_desktop.store.rows import Writing, get, holder, in_use, read
from crm_desktop.store.seat import Seat
from crm_desktop.store.store import Store

ADDED, CHANGED, REMOVED = Text("Added"), Text("Changed"), Text("Removed")
UNDONE, REDONE = Text("Undone"), Text("Redone")
EXPORTED, PLAIN_COPY = Text("Exported"), Text("Plain copy made")
WHO_UNKNOWN = "—"

__all__ = ["Conflict", "Desk", "Invalid"]


class Invalid(Refused):
    """Values that cannot be saved: `problems` says what would be right, by field."""

    def __init__(self, problems: Problems) -> None:
        super().__init__(next(iter(problems.values())))
        self.problems = problems


def _by_hand(record: Record) -> None:
    if not record.by_hand:
        raise Refused(Text("{records} are written by their own actions only; take back the action instead.", records=record.many))


def _step(record: Record, row_id: int, before: str, after: str, who: str, reason: str) -> Row:
    about = {"record": record.key, "row": row_id, "before": before, "after": after}
    return about | {"day": business_date(), "at": now(), "who": who, "reason": reason.strip()}


class Desk:
    """A person at the store. Every method that changes something returns the logged Change."""

    def __init__(self, store: Store, person: str = "") -> None:
        self.store = store
        self.seat = Seat(person or WHO_UNKNOWN)

    @property
    def person(self) -> str:
        """The name actions are logged under."""
        return self.seat.person

    @property
    def person_id(self) -> int | None:
        """The colleague who sits here; None until one is chosen."""
        return self.seat.person_id

    def sit(self, settings: Settings) -> Seat:
        """Be whom this PC's settings say, in the hotel they say."""
        self.seat = people.find(self.store.writer, settings)
        return self.seat

    def today(self) -> str:
        """The hotel's business date."""
        return business_date()

    def get(self, record: Record, row_id: int) -> Row | None:
        """A living row, with the names of what it refers to."""
        return get(self.store.writer, record, row_id)

    def save(self, record: Record, row_id: int | None, version: int, values: Mapping[str, Value]) -> Change:
        """Add a row (no id) or change the given columns of one read at `version`. Raises Invalid, Conflict.

        A new row whose owner or hotel was not given belongs to who sits here, and to the hotel here."""
        _by_hand(record)
        with self.store.change(CHANGED if row_id else ADDED, who=self.person) as writing:
            self.save_in(writing, record, row_id, version, values)
        return writing.entry.change

    def own(self, record: Record) -> Row:
        """The columns of a new row that say whose it is, where nothing else is said."""
        return {name: value for name, value in people.own(record, self.seat).items() if name in record.by_name}

    def save_in(self, writing: Writing, record: Record, row_id: int | None, version: int, values: Mapping[str, Value]) -> int:
        """`save` as a part of an action that changes more (see `writing`); returns the row's id."""
        given = record.typed((self.own(record) if row_id is None else {}) | dict(values))
        if row_id is None:
            self._check(record, record.blank() | given)
            return writing.add(record, given)
        old = read(self.store.writer, record, row_id)
        if old is not None and old["gone"] is None and old["version"] == version:
            self._check_steps(record, old, given)
            self._check(record, old | given)
        writing.update(record, row_id, version, given)
        return row_id

    def move(self, record: Record, row_id: int, version: int, key: str, *, reason: str = "", values: Mapping[str, Value] | None = None) -> Change:
        """Do one step of the record's machine, with other columns in the same action; raises Refused when it may not be done.

        Every step leaves a row of its own: from, to, when, who, why."""
        assert record.machine is not None
        with self.store.change(record.machine.move(key).title, who=self.person, reason=reason) as writing:
            self.move_in(writing, record, row_id, version, key, reason=reason, values=values)
        return writing.entry.change

    def move_in(
        self, writing: Writing, record: Record, row_id: int, version: int, key: str, *, reason: str = "", values: Mapping[str, Value] | None = None
    ) -> None:
        """`move` as a part of an action that changes more (see `writing`)."""
        machine = record.machine
        assert machine is not None
        move = machine.move(key)
        old = read(self.store.writer, record, row_id)
        if old is None or old["gone"] is not None or old["version"] != version:
            raise Conflict(old if old and old["gone"] is None else None)
        if old[machine.field] not in move.sources:
            raise Refused(Text("This step is not open now; what is shown was changed meanwhile."))
        if move.reason and not reason.strip():
            raise Refused(Text("This step needs a reason."))
        given = record.typed(values or {})
        if (missing := move.guard(old | given)) is not None:
            raise Refused(missing)
        given |= move.sets(old | given, self.today()) | {machine.field: move.target}
        self._check(record, old | given)
        writing.update(record, row_id, version, given)
        writing.add(self.store.by_key["step"], _step(record, row_id, old[machine.field], move.target, self.person, reason))

    def _check_steps(self, record: Record, old: Row, given: Row) -> None:
        """The state of a saved row only changes by its steps, and what is given once does not change at all."""
        for field in record.fields:
            if field.once and given.get(field.name, old[field.name]) != old[field.name]:
                raise Invalid({field.name: Text("This stays as it was first saved; make a new one instead")})
        if record.machine and given.get(record.machine.field, old[record.machine.field]) != old[record.machine.field]:
            raise Invalid({record.machine.field: Text("This changes by its steps only")})

    def _check(self, record: Record, row: Row) -> None:
        if problems := self.problems(record, row):
            raise Invalid(problems)

    def problems(self, record: Record, row: Row) -> Problems:
        """All that keeps a whole row from being saved, by field."""
        problems = record.problems(row | self._referred(record, row))
        for field in record.references():
            if field.name not in problems and row.get(field.name) is not None:
                problems |= self._reference_problems(record, field.name, row[field.name])
        return problems or self._taken(record, row)

    def _referred(self, record: Record, row: Row) -> Row:
        """What the record's check asks of the rows it refers to: `account_id.type` is the type of that account."""
        found: Row = {}
        for name in (name for name in record.check_on if "." in name):
            *path, column = name.split(".")
            at, here = record, row
            for step in path:
                at, row_id = self.store.by_key[at.by_name[step].ref], here.get(step)
                here = (read(self.store.writer, at, row_id) if row_id is not None else None) or {}
            found[name] = here.get(column)
        return found

    def _reference_problems(self, record: Record, name: str, row_id: Value) -> Problems:
        field = record.by_name[name]
        there = read(self.store.writer, self.store.by_key[field.ref], row_id)
        if there is None or there["gone"] is not None:
            return {name: Text("This is no longer there; choose another")}
        if field.ref_where and there[field.ref_where[0]] != field.ref_where[1]:
            return {name: Text("{name} is not kept as {label}", name=there[field.ref_name], label=field.label)}
        return {}

    def _taken(self, record: Record, row: Row) -> Problems:
        """A unique code that another living row already has."""
        for index in record.indexes:
            if not index.unique or not row.get(index.columns[-1]):
                continue
            if name := holder(self.store.writer, record, index, row):
                return {index.columns[-1]: Text("{name} already has this", name=name)}
        return {}

    def remove(self, record: Record, row_id: int, version: int) -> Change:
        """Take a row out of every list; undo brings it back. Raises Refused while others refer to it."""
        if record.lasting:
            raise Refused(record.lasting)
        _by_hand(record)
        with self.store.change(REMOVED, who=self.person) as writing:
            user = in_use(self.store.writer, self.store.records, record.key, row_id)
            if user:
                raise Refused(Text("{records} still refer to this; it was not removed.", records=user.many))
            writing.remove(record, row_id, version)
        return writing.entry.change

    def undo(self, change_id: int | None = None) -> Change:
        """Take back the newest action of this seat, or the one named, whole. Raises Refused."""
        waiting = [change_id] if change_id else undo.stacks(self.store.writer, self.store.seat).undo
        if not waiting:
            raise Refused(Text("There is nothing to undo."))
        undone = history.action_of(self.store.writer, waiting[-1]) == UNDONE.source
        return self._invert(REDONE if undone else UNDONE, waiting[-1])

    def redo(self) -> Change:
        """Do again what was undone last. Raises Refused."""
        waiting = undo.stacks(self.store.writer, self.store.seat).redo
        if not waiting:
            raise Refused(Text("There is nothing to redo."))
        return self._invert(REDONE, waiting[-1])

    def _invert(self, action: Text, target: int) -> Change:
        with self.store.change(action, who=self.person, source=str(target)) as writing:
            undo.invert(writing, self.store.records, target)
            writing.entry.change.undid = self._told(target)
        return writing.entry.change

    def _told(self, change_id: int) -> Text | None:
        """An action in words; of an undo or redo, the action behind it."""
        entry = history.entry(self.store.writer, self.store.by_key, change_id)
        while entry is not None and entry.action in (UNDONE.source, REDONE.source):
            entry = history.entry(self.store.writer, self.store.by_key, int(entry.source))
        if entry is None:
            return None
        words = Text("{action} {what}", action=Text(entry.action), what=entry.about) if entry.about else Text(entry.action)
        return words if entry.rows < 2 else Text("{action} ({n} rows)", action=words, n=f"{entry.rows:,}")

    def writing(self, action: Text, *, source: str = "", reason: str = "") -> Any:
        """A context for an action of many rows; yields a Writing."""
        return self.store.change(action, who=self.person, source=source, reason=reason)

    def note(self, action: Text, source: str, reason: str = "") -> Change:
        """Log an action that changes no row (an export, a plain copy): who, when, what."""
        with self.store.change(action, who=self.person, source=source, reason=reason, always=True) as writing:
            pass
        return writing.entry.change
