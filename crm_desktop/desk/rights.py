"""Rights at the desk: who somebody is on a day, the gate every written row goes through, and readers that see only what their
person may see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

from crm_desktop.desk import deputies
from crm_desktop.desk.deputies import Colleague
from crm_desktop.desk.eyes import Eyes
from crm_desktop.record import approving
from crm_desktop.record import rights as rules
from crm_desktop.record.approving import Approving, Asked
from crm_desktop.record.dates import business_date
from crm_desktop.record.own_rights import of_rows
from crm_desktop.record.record import Record, Row
from crm_desktop.record.rights import ABOUT, ADD, CHANGE, IMPORT, LOG, OPEN, REMOVE, RIGHTS, STEP, Hat, Rights
from crm_desktop.record.text import Refused, Text
from crm_desktop.store import history, memory, naming, seat, sight
from crm_desktop.store.log import BULK, BY_ITSELF, FOR
from crm_desktop.store.rows import may_see


def hats(staff: Sequence[Colleague], person: int, day: str) -> list[Hat]:
    """The parts somebody plays on a day: the own one first, then those of whom they stand in for, by name.

    Of somebody who has left only the work is taken over, not the role; who has left themselves has no part at all."""
    known = {one["id"]: one for one in staff}
    own = known.get(person)
    if own is None or deputies.has_left(own, day):
        return []
    covered = sorted(deputies.covered_by(staff, person, day) - {person}, key=lambda one: (known[one]["name"], one))
    roles = {one: own["role"] if deputies.has_left(known[one], day) else known[one]["role"] for one in covered}
    return [_hat(staff, own, own["role"]), *(_hat(staff, known[one], roles[one]) for one in covered)]


def _hat(staff: Sequence[Colleague], one: Colleague, role: str) -> Hat:
    return Hat(one["id"], one["name"], role, team(staff, one["id"]), one["hotel_id"])


def team(staff: Sequence[Colleague], person: int) -> set[int]:
    """Everybody who reports to somebody, however many steps down; a circle ends where it began."""
    found, waiting = {person}, [person]
    while waiting:
        boss = waiting.pop()
        below = [one["id"] for one in staff if one["manager_id"] == boss and one["id"] not in found]
        found.update(below)
        waiting += below
    return found


def of(connection: Any, person: int, guarded: bool, day: str) -> Rights:
    """The rights of somebody on a day. Nobody (0) has all of them, except where data is `guarded` by passwords: there none."""
    if not person:
        return Rights() if guarded else OPEN
    staff, own = seat.colleagues_and_own(connection, person)
    return Rights(hats(staff, person, day), own=of_rows(own, partial(seat.levels, connection)))


def need(rights: Rights, power: str) -> None:
    """Raise Refused for a power over the data as a whole that somebody has not."""
    if not rights.has(power):
        raise Refused(Text("Your role may not {what} here. Ask whoever gives the roles.", what=rules.POWER_WORDS[power]))


def gate(desk: Any, action: Text, source: str) -> Gate | None:
    """The gate for an action; none for who may do everything, and for what the program does by itself."""
    if desk.rights.open or source == BY_ITSELF:
        return None
    return Gate(desk.store.writer, desk.store.by_key, desk.rights, IMPORT if action.source == BULK[0] else "")


class Gate:
    """Asked before every row of a change is written; raises Refused. `acts_for` becomes the absent colleague in whose place
    a row was changed that is not the person's own to change."""

    def __init__(self, db: Any, records: Mapping[str, Record], rights: Rights, verb: str = "") -> None:
        self._db, self._records, self._rights, self._verb = db, records, rights, verb
        self._rules: dict[tuple[str, str, int], str] = {}
        self.acts_for = ""

    def adding(self, record: Record, row: Row | None) -> None:
        """A new row; None stands for many of them at once."""
        self._by_level(record.approved)
        if record.area == ABOUT:
            return
        if row is None or not self._rights.can(ADD, record.area):
            self._may(record, self._verb or ADD)
        self._guarded(record, [field.name for field in record.fields if field.guarded and (row is None or row[field.name])])

    def changing(self, record: Record, old: Row, changed: Sequence[str]) -> None:
        """A row that is there, and the columns of it that change."""
        self._by_level(record.approved)
        verb = self._verb or _verb(record, changed)
        self._may(record, verb)
        if self._rights.masked(record) & set(changed):  # also what was revealed once: a mask must never be saved as a value
            raise Refused(Text("Your role does not see all of these values, so it cannot change them."))
        self._guarded(record, changed)
        self._approved(record, [name for name in changed if old.get(name)])
        self._reach(record, old, verb)

    def _may(self, record: Record, verb: str) -> None:
        if not self._rights.can(verb, record.area):
            raise Refused(rules.refusal(verb, record))

    def _guarded(self, record: Record, changed: Sequence[str]) -> None:
        if any(record.by_name[name].guarded for name in changed if name in record.by_name):
            need(self._rights, RIGHTS)

    def _approved(self, record: Record, changed: Sequence[str]) -> None:
        """What was given once is changed by whoever approves it."""
        for kind in {record.by_name[name].approved for name in changed if name in record.by_name} - {""}:
            self._by_level(kind)

    def _by_level(self, kind: str) -> None:
        if kind and (why := rules.approval_problem(self._rights, kind, None, (), "")) is not None:
            raise Refused(why)

    def _reach(self, record: Record, old: Row, verb: str) -> None:
        """The row is the person's own to work on, or that of somebody they stand in for."""
        hats = self._rights.hats
        for at, hat in enumerate(hats):
            if self._within(record, old["id"], verb, at):
                self.acts_for = self.acts_for or (hat.name if at else "")
                return
        raise Refused(rules.not_yours(record, history.name_of(self._db, record, old["id"])))

    def _within(self, record: Record, row_id: int, verb: str, at: int) -> bool:
        key = record.key, verb, at
        if key not in self._rules:
            self._rules[key] = sight.worked_on(self._records, record, Rights([self._rights.hats[at]]), verb)
        return may_see(self._db, record, row_id, self._rules[key])


def _verb(record: Record, changed: Sequence[str]) -> str:
    if "gone" in changed:
        return REMOVE
    return STEP if record.machine and record.machine.field in changed else CHANGE


class Sighted:
    """A reading connection that shows what its person may see now; it follows changes of person, role and day."""

    def __init__(self, connection: Any, records: Sequence[Record], eyes: Eyes) -> None:
        self._connection, self._records, self._eyes = connection, records, eyes
        self._known: tuple[Any, ...] = ()
        self._whole = False
        self.rights: Rights = Rights()
        self._look()

    @property
    def person(self) -> int:
        """Who looks; 0 where nobody signs in."""
        return self._eyes.who[0]

    def execute(self, sql: str, parameters: Any = ()) -> Any:
        """As of the connection itself."""
        self._look()
        return self._connection.execute(sql, parameters)

    @property
    def sits(self) -> int:
        """The colleague who sits here, also where nobody signs in; 0 where none is known."""
        return self.person or self._eyes.sits(self)

    def widen(self, whole: bool) -> None:
        """Show everything for work that tells nobody a value (a check of the data), or no longer."""
        self._whole, self._known = whole, ()
        self._look()

    def _look(self) -> None:
        who = (0, False, 0) if self._whole else self._eyes.who
        now = (who, business_date() if who[0] else "")
        if now == self._known:
            return
        found = of(self._connection, who[0], who[1], now[1])
        if not (found.open and self.rights.open):
            person = found.hats[0].name if found.hats else ""
            sight.narrow(self._connection, self._records, found, found.has(LOG), person)
        self.rights, self._known = found, now

    def rest(self) -> None:
        """Give back the memory it took."""
        memory.give_back(self._connection)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


def sighted(store: Any, person: int) -> Sighted:
    """A new reader of a store that shows what somebody may see; the caller closes it."""
    return Sighted(store.open_reader(), store.records, Eyes(person, store.keys.guarded))


@contextmanager
def wholly(reader: Any) -> Iterator[None]:
    """Let a reader see all rows for the while of a check; it shows no person anything."""
    if not isinstance(reader, Sighted):
        yield
        return
    reader.widen(True)
    try:
        yield
    finally:
        reader.widen(False)


def approval(desk: Any, rule: Approving, wanted: Asked, row: Row, authors: Iterable[str]) -> Text | None:
    """Why who sits here may not give an approval: it is above their level, the hotel names somebody else, or they asked for it."""
    return _refused(desk.store.writer, desk.rights, desk.person, rule, wanted, row, authors)


def _refused(db: Any, rights: Rights, person: str, rule: Approving, wanted: Asked, row: Row, authors: Iterable[str]) -> Text | None:
    if rights.open:
        return None
    amount = row[wanted.amount] if wanted.amount else None
    no = rules.approval_problem(rights, wanted.kind, amount, authors, person)
    if no is not None or not wanted.named or rule.named is None:
        return no
    level = row[rule.named.field]
    by = naming.approver(db, rule.named, level)
    return rule.named.problem(level, by, [hat.role for hat in rights.hats]) or rules.approval_problem(
        rights, wanted.kind, amount, authors, person, rule.named.roles.get(by)
    )


def deciding(reader: Any) -> Rights:
    """By whose part it is told what waits for a yes: of who signed in; where nobody does, of the colleague who sits here."""
    rights: Rights = getattr(reader, "rights", OPEN)
    sits = getattr(reader, "sits", 0) if rights.open else 0
    found = of(reader, sits, False, business_date()) if sits else rights
    return found if found.hats and found.hats[0].role else rights


def givable(reader: Any, rights: Rights, record: Record, keys: Sequence[str], rows: Sequence[Row]) -> list[Row]:
    """The rows of which somebody with these rights may give one of these approving steps."""
    rule = approving.of(record)
    if rights.open or rule is None or record.machine is None:
        return list(rows)
    person, unseen = rights.hats[0].name if rights.hats else "", rights.masked(record)
    moves = [move for key in keys if (move := record.machine.move(key)).amount not in unseen]  # nobody decides about a sum they may not see
    out = []
    for row in rows:
        asked = asked_by(reader, record, row)
        open_now = [approving.asked_of(move) for move in moves if row[record.machine.field] in move.sources]
        if any(_refused(reader, rights, person, rule, wanted, row, asked) is None for wanted in open_now):
            out.append(row)
    return out


def asked_by(db: Any, record: Record, row: Row) -> set[str]:
    """Who asked for what a row is about: who entered it or took it to where it stands; of rows brought in by a file, its owner."""
    return _asked(db, record, row, str(row[record.machine.field]) if record.machine else "")


def entered_by(db: Any, record: Record, row: Row) -> set[str]:
    """Who entered a row; of rows brought in by a file, its owner."""
    return _asked(db, record, row, "")


def _asked(db: Any, record: Record, row: Row, state: str) -> set[str]:
    found = history.authors(db, record, row["id"], state)
    names = {name for who, action in found if action not in BULK for name in who.split(FOR)}
    if len(found) and not names:
        owners = [row[name] for name in record.owners if row[name]]
        names = {one["name"] for one in seat.colleagues(db) if one["id"] in owners}
    return names
