"""What a server is told of the matrix of rights: the rule of each role for each table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crm_desktop.record.record import Record
from crm_desktop.record.rights import (
    ADD,
    CHANGE,
    IMPORT,
    PLAIN,
    POWERS,
    REMOVE,
    REVEAL,
    RIGHTS,
    ROLE_CODES,
    STEP,
    grant,
    hidden,
    worded,
)


class TableRule:
    """What a role may do with one table, in the words a server's policies are made of.

    Rows are seen when `see` says all, or (HOTEL) `hotel` is the person's, or (OWN, TEAM) one of `owners` is among the
    person's, or one of `follows` (column, table) points to a row that is seen, or all of those are empty. `edit` is the
    same for changes. Where `about` names two columns (the table and the id of another row), a row goes with that one. `hidden` columns are never read, nor are `unread`
    (words of search made of hidden ones), `guarded` never written, `locked` those of them that only whoever gives rights writes. Nothing is deleted: removing is a change."""

    __slots__ = ("about", "add", "change", "edit", "follows", "guarded", "hidden", "hotel", "locked", "owners", "remove", "role", "see", "table", "unread")

    def __init__(self, role: str, record: Record) -> None:
        given = grant(role, record.area)
        self.role, self.table = role, record.key
        self.see, self.edit = given.see, given.edit
        self.add = ADD in given.verbs or IMPORT in given.verbs
        self.change = bool(given.verbs & {CHANGE, STEP, IMPORT, REMOVE})
        self.remove = REMOVE in given.verbs
        self.owners, self.about = record.owners, record.about
        self.follows = tuple((name, record.by_name[name].ref) for name in record.follows)
        self.hotel = "hotel_id" if "hotel_id" in record.by_name else ""
        shown = PLAIN.get(role, frozenset()) | REVEAL.get(role, frozenset())
        self.hidden = tuple(sorted(hidden(record, shown)))
        self.unread = tuple(name for name, kind in worded(record).items() if kind not in shown)
        self.locked = () if RIGHTS in POWERS.get(role, ()) else tuple(field.name for field in record.fields if field.guarded)
        self.guarded = tuple(sorted({*self.locked, *self.hidden}))


def server_rules(records: Sequence[Record], roles: Sequence[str] = ROLE_CODES) -> Iterator[TableRule]:
    """The rule of every role for every table."""
    return (TableRule(role, record) for role in roles for record in records)
