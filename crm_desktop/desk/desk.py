"""What a signed-in person may do: one transaction, one log entry, one answer for each action."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

from crm_desktop.desk import people
from crm_desktop.desk import rights as mine
from crm_desktop.desk.settings import Settings
from crm_desktop.record import approving
from crm_desktop.record.dates import business_date, now
from crm_desktop.record.house import HOTEL
from crm_desktop.record.ids import row_words
from crm_desktop.record.kinds import Value
from crm_desktop.record.later import named
from crm_desktop.record.machine import Move
from crm_desktop.record.record import Field, Problems, Record, Row
from crm_desktop.record.rights import CHANGE, UNDO, Rights, masked_value, refusal
from crm_desktop.record.text import Refused, Text
from crm_desktop.store import history, memory, sight, undo
from crm_desktop.store.log import Change
from crm_desktop.store.rows import InTurn, Writing, get, holder, in_use, leads_back, may_see, next_number, pointed, read
from crm_desktop.store.rows import Stale as Conflict
from crm_desktop.store.seat import Seat, first_hotel
from crm_desktop.store.store import Store

ADDED, CHANGED, REMOVED = Text("Added"), Text("Changed"), Text("Removed")
UNDONE, REDONE = Text("Undone"), Text("Redone")
EXPORTED, PLAIN_COPY = Text("Exported"), Text("Plain copy made")
REVEALED = Text("Sensitive value shown")
WHO_UNKNOWN = "—"
NOWHERE = (False, "", "")  # what a reference to no row points to

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


def _reference_problems(field: Field, lives: bool, name: str, kind: str) -> Problems:
    """Why a reference may not point to what is there."""
    if not lives:
        return {field.name: Text("This is no longer there; choose another")}
    if field.ref_where and kind != field.ref_where[1]:
        return {field.name: Text("{name} is not kept as {label}", name=name, label=field.label)}
    return {}


class Desk:
    """A person at the store. Every method that changes something returns the logged Change."""

    def __init__(self, store: Store, person: str = "") -> None:
        self.store = store
        self.seat = Seat(person or WHO_UNKNOWN)
        self.signed_in = 0  # the colleague who signed in; 0 where nobody needs to

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
        self.signed_in = settings.person or self.store.person
        return self.seat

    def rest(self) -> None:
        """Give back the memory that writing took."""
        memory.give_back(self.store.writer)

    @property
    def rights(self) -> Rights:
        """What the person may do now: roles and deputies may change while they sit here."""
        return mine.of(self.store.writer, self.signed_in, self.store.keys.guarded, self.today())

    @contextmanager
    def _change(self, action: Text, *, source: str = "", reason: str = "", always: bool = False, ahead: bool = False) -> Iterator[Writing]:
        """One action: its rows go through the gate, and the log says in whose place it was done."""
        gate = mine.gate(self, action, source)
        with self.store.change(action, who=self.person, source=source, reason=reason, always=always, gate=gate, ahead=ahead) as writing:
            yield writing
            if gate is not None and gate.acts_for:
                writing.entry.acts_for(gate.acts_for)

    def _do(self, action: Text, work: Callable[[Writing], Any], *, reason: str = "") -> Change:
        """An action of one row, where others wait prepared before its turn; if it has to be, done in the turn."""
        if self.store.takes_turns:
            with suppress(InTurn), self._change(action, reason=reason, ahead=True) as writing:
                work(writing)
                return writing.entry.change
        with self._change(action, reason=reason) as writing:
            work(writing)
        return writing.entry.change

    def today(self) -> str:
        """The hotel's business date."""
        return business_date()

    def get(self, record: Record, row_id: int) -> Row | None:
        """A living row the person may see, with the names of what it refers to; what is sensitive is masked."""
        rights = self.rights
        row = get(self.store.writer, record, row_id) if self._sees(rights, record, row_id) else None
        return row and self._masked(record, row)

    def _masked(self, record: Record, row: Row) -> Row:
        return row | {name: masked_value(record.by_name[name], row[name]) for name in self.rights.masked(record)}

    def reveal(self, record: Record, row_id: int, name: str, purpose: str) -> Value:
        """A sensitive value of a row, once its purpose was given; that it was shown is logged, not what. Raises Refused."""
        rights, field = self.rights, record.by_name[name]
        if field.sensitive not in rights.reveals() or not self._sees(rights, record, row_id):
            raise Refused(Text("Your role does not see {label}. Ask your manager or whoever gives the roles.", label=field.label))
        if not purpose.strip():
            raise Refused(Text("Say what for: the log keeps it."))
        row = get(self.store.writer, record, row_id)
        if row is None:
            raise Conflict(None)
        self.note(REVEALED, f"{row_words(record.key, row_id)}.{name}", purpose.strip())
        return row[name]

    def _sees(self, rights: Rights, record: Record, row_id: int) -> bool:
        return rights.open or may_see(self.store.writer, record, row_id, sight.seen(self.store.by_key, record, rights))

    def save(self, record: Record, row_id: int | None, version: int, values: Mapping[str, Value]) -> Change:
        """Add a row (no id) or change the given columns of one read at `version`. Raises Invalid, Conflict.

        A new row whose owner or hotel was not given belongs to who sits here, and to the hotel here."""
        _by_hand(record)
        try:
            return self._do(CHANGED if row_id else ADDED, lambda writing: self.save_in(writing, record, row_id, version, values))
        except Conflict as error:
            raise Conflict(error.theirs and self._masked(record, error.theirs)) from None

    def own(self, record: Record) -> Row:
        """The columns of a new row that say whose it is, where nothing else is said."""
        return {name: value for name, value in people.own(record, self.seat).items() if name in record.by_name}

    def save_in(self, writing: Writing, record: Record, row_id: int | None, version: int, values: Mapping[str, Value], *, as_id: int | None = None) -> int:
        """`save` as a part of an action that changes more (see `writing`); returns the row's id, `as_id` for a new one."""
        given = record.typed((self.own(record) if row_id is None else {}) | dict(values))
        if row_id is None:
            if (hotel := first_hotel(self.store.writer, record, given)) is not None:
                writing.in_turn()
                given[HOTEL] = writing.add(self.store.by_key["hotel"], hotel)
            if record.series and not given.get(record.code):
                writing.in_turn()
                given[record.code] = next_number(writing.db, record, record.series.head(given, self.today()))
            self._check(record, record.blank() | given, writing)
            self._check_level(record, None, record.blank() | given)
            return self._joined(writing, record, given, as_id)
        old = read(self.store.writer, record, row_id)
        if old is not None and old["gone"] is None and old["version"] == version:
            self._check_steps(record, old, given)
            self._check(record, old | given, writing, old)
            self._check_level(record, old, old | given)
        follows = old is not None and any(given.get(name, old[name]) != old[name] for name in record.effect_on)
        if follows:
            writing.in_turn()
        new = writing.update(record, row_id, version, given, old=old)
        if follows:
            self._also(record.effect, writing, new)
        return row_id

    def _joined(self, writing: Writing, record: Record, given: Row, as_id: int | None) -> int:
        """A new row, and what its coming does to others. What a change of some columns does, it does where one of them is given."""
        does = record.joining and (record.joining != record.effect or any(given.get(name) for name in record.effect_on))
        if does:
            writing.in_turn()
        row_id = writing.add(record, given, as_id)
        if does and (row := read(writing.db, record, row_id)) is not None:
            self._also(record.joining, writing, row)
        return row_id

    def move(self, record: Record, row_id: int, version: int, key: str, *, reason: str = "", values: Mapping[str, Value] | None = None) -> Change:
        """Do one step of the record's machine, with other columns in the same action; raises Refused when it may not be done.

        Every step leaves a row of its own: from, to, when, who, why."""
        assert record.machine is not None
        title = record.machine.move(key).title
        return self._do(title, lambda writing: self.move_in(writing, record, row_id, version, key, reason=reason, values=values), reason=reason)

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
        if move.approves and (no := self._approval(record, move, old | dict(values or {}))) is not None:
            raise Refused(no)
        if move.reason and not reason.strip():
            raise Refused(Text("This step needs a reason."))
        given = record.typed(values or {})
        if (missing := move.guard(old | given)) is not None:
            raise Refused(missing)
        given |= move.sets(old | given, self.today()) | {machine.field: move.target}
        self._check(record, old | given, writing, old)
        if not move.approves:
            self._check_level(record, old, old | given)
        if move.effect:
            writing.in_turn()
        new = writing.update(record, row_id, version, given, old=old)
        writing.add(self.store.by_key["step"], _step(record, row_id, old[machine.field], move.target, self.person, reason))
        if move.effect:
            self._also(move.effect, writing, new)

    def _also(self, what: str, writing: Writing, row: Row) -> None:
        """What a duty does to other rows in the same action."""
        named(what)(self, writing, row)

    def _approval(self, record: Record, move: Move, row: Row) -> Text | None:
        """Why this person may not give an approval: the amount is above their level, or they asked for it themselves."""
        rule = None if self.rights.open else approving.of(record)
        return None if rule is None else mine.approval(self, rule, approving.asked_of(move), row, mine.asked_by(self.store.writer, record, row))

    def _check_level(self, record: Record, old: Row | None, new: Row) -> None:
        """What was approved does not grow, and nothing is entered as approved, but by whoever might approve it."""
        rule = approving.of(record)
        wanted = None if rule is None or self.rights.open else rule.asks(old, new)
        if rule is None or wanted is None:
            return
        asked = mine.entered_by(self.store.writer, record, old) if old else ()
        if (no := mine.approval(self, rule, wanted, new, asked)) is not None:
            raise Invalid({rule.shown_at(wanted, old, new): no})

    def _check_steps(self, record: Record, old: Row, given: Row) -> None:
        """The state of a saved row only changes by its steps, and what is given once does not change at all."""
        for field in record.fields:
            if field.once and given.get(field.name, old[field.name]) != old[field.name]:
                raise Invalid({field.name: Text("This stays as it was first saved; make a new one instead")})
        if record.machine and given.get(record.machine.field, old[record.machine.field]) != old[record.machine.field]:
            raise Invalid({record.machine.field: Text("This changes by its steps only")})

    def _check(self, record: Record, row: Row, writing: Writing, old: Row | None = None) -> None:
        if any(field.tree and row[field.name] != (old or {}).get(field.name) for field in record.fields) or any(name.count(".") > 1 for name in record.check_on):
            writing.in_turn()  # what stands further up is read too
        writing.rests(record, row)
        if problems := self.problems(record, row):
            raise Invalid(problems)

    def problems(self, record: Record, row: Row) -> Problems:
        """All that keeps a whole row from being saved, by field."""
        problems = record.problems(row | self._referred(record, row))
        references = [field for field in record.references() if field.name not in problems and row.get(field.name) is not None]
        there = pointed(self.store.writer, [(field, row[field.name]) for field in references])
        for field in references:
            problems |= _reference_problems(field, *there.get(field.name, NOWHERE))
            if field.tree and field.name not in problems and leads_back(self.store.writer, record, field, row):
                problems[field.name] = Text("This would make {name} stand above itself", name=row.get(record.name) or record.title)
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
        with self._change(REMOVED) as writing:
            user = in_use(self.store.writer, self.store.records, record.key, row_id)
            if user:
                raise Refused(Text("{records} still refer to this; it was not removed.", records=user.many))
            if record.leaving and (row := read(self.store.writer, record, row_id)) is not None:
                self._also(record.leaving, writing, row)
            if record.lines:
                named("crm_desktop.desk.lines:go_with")(self, writing, record, row_id)
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

    def _may_undo(self, change_id: int) -> None:
        """One's own actions may be taken back; those of others with the right to, and to change what they touched."""
        rights = self.rights
        if rights.open or history.is_by(self.store.writer, change_id, self.person):
            return
        mine.need(rights, UNDO)
        for table in history.tables_of(self.store.writer, change_id):
            record = self.store.by_key[table]
            if not rights.can(CHANGE, record.area):
                raise Refused(refusal(CHANGE, record))

    def _invert(self, action: Text, target: int) -> Change:
        self._may_undo(target)
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
        return self._change(action, source=source, reason=reason)

    def note(self, action: Text, source: str, reason: str = "") -> Change:
        """Log an action that changes no row (an export, a plain copy): who, when, what."""
        with self.store.change(action, who=self.person, source=source, reason=reason, always=True) as writing:
            pass
        return writing.entry.change
