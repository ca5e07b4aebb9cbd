"""Making two rows one, taking them apart again, and saying that two are not the same: each one action of a person."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from crm_desktop.desk.desk import Conflict, Desk, Invalid
from crm_desktop.desk.records import DIFFERENT
from crm_desktop.record.kinds import Value
from crm_desktop.record.record import Record, Row
from crm_desktop.record.rights import CHANGE, approval_problem, refusal
from crm_desktop.record.text import Refused, Text
from crm_desktop.store import alike, merging
from crm_desktop.store.log import Change
from crm_desktop.store.rows import Writing, read

MERGED, APART, DIFFER = Text("Merged"), Text("Merge taken apart"), Text("Said to be different")
MERGE = "merge"  # the kind of approval
JOINED = {"phone": " / ", "remark": "\n"}  # values of both may stand side by side in these


def by_level(desk: Desk, _record: Record, _kept: Row, _lost: Row) -> Text | None:
    """Why this person may not merge two rows, or take them apart: whoever approves merges may. None when they may."""
    return approval_problem(desk.rights, MERGE, None, (), desk.person)


class Rule:
    """Who may merge: asked before every merge; rights put their own in its place."""

    may: Callable[[Desk, Record, Row, Row], Text | None] = staticmethod(by_level)


def merge(
    desk: Desk, record: Record, kept: tuple[int, int], lost: tuple[int, int], values: Mapping[str, Value] | None = None, *, reason: str = "",
    also: Callable[[Writing], None] | None = None,
) -> Change:  # fmt: skip
    """Make one row of two, each given as (id, version read at): all that referred to `lost` refers to `kept`, which takes
    `values`; `also` is done in the same action. Nothing is destroyed; `unmerge` brings both back. Raises Refused, Conflict, Invalid."""
    one, other = _living(desk, record, *kept), _living(desk, record, *lost)
    if kept[0] == lost[0]:
        raise Refused(Text("A row cannot be merged with itself."))
    if (why := Rule.may(desk, record, one, other)) is not None:
        raise Refused(why)
    _check_kind(desk, record, one, other)
    given = record.typed(_without_themselves(record, values or {}, kept[0], lost[0]))
    with desk.writing(MERGED, reason=reason) as writing:
        merging.merge(writing, desk.store.records, record, one, other, given, _unseen(desk, record, one, other))
        now = read(desk.store.writer, record, kept[0])
        assert now is not None
        if problems := desk.problems(record, now):
            raise Invalid(problems)
        if also is not None:
            also(writing)
    done: Change = writing.entry.change
    return done


def unmerge(desk: Desk, merged_id: int) -> Change:
    """Take a merge apart: both rows are there again, later edits stay where they were made. Raises Refused."""
    with desk.writing(APART) as writing:
        if (found := merging.rows_of(writing, desk.store.records, merged_id)) and (why := Rule.may(desk, *found)) is not None:
            raise Refused(why)
        merging.unmerge(writing, desk.store.records, merged_id)
    done: Change = writing.entry.change
    return done


def not_the_same(desk: Desk, record: Record, one: int, other: int) -> Change:
    """Remember that two rows are not one: nobody is asked about them again. Raises Refused."""
    if not desk.rights.can(CHANGE, record.area):
        raise Refused(refusal(CHANGE, record))
    low, high = alike.ordered(one, other)
    with desk.writing(DIFFER) as writing:
        writing.add(DIFFERENT, {"record": record.key, "one": low, "other": high, "day": desk.today(), "who": desk.person})
    done: Change = writing.entry.change
    return done


def joined(field: str, one: Value, other: Value) -> Value | None:
    """The values of both in one, where that makes sense: two phone numbers, two remarks."""
    if field not in JOINED or not one or not other or one == other:
        return None
    return f"{one}{JOINED[field]}{other}"


def _unseen(desk: Desk, record: Record, kept: Row, lost: Row) -> Row:
    """What fills a gap of the row that stays and is hidden from whoever merges: nobody can choose it, nothing of it is lost."""
    empty = ("", None, 0)
    return {name: lost[name] for name in sorted(desk.rights.masked(record)) if kept[name] in empty and lost[name] not in empty}


def _living(desk: Desk, record: Record, row_id: int, version: int) -> Row:
    row = read(desk.store.writer, record, row_id)
    if row is None or row["gone"] is not None:
        raise Conflict(None)
    if row["version"] != version:
        raise Conflict(desk.get(record, row_id))
    return row


def _check_kind(desk: Desk, record: Record, kept: Row, lost: Row) -> None:
    """What rows refer to as an agency cannot become a part of a company."""
    for other in desk.store.records:
        for field in other.references():
            if field.ref == record.key and field.ref_where and kept[field.ref_where[0]] != lost[field.ref_where[0]]:
                label = record.by_name[field.ref_where[0]].label
                raise Refused(Text("The two differ in {label}; make them alike there first, then merge them.", label=label))


def _without_themselves(record: Record, values: Mapping[str, Value], kept: int, lost: int) -> Row:
    """The values, but no row refers to itself or to what is no longer there."""
    own = {field.name for field in record.references() if field.ref == record.key}
    return {name: None if name in own and value in (kept, lost) else value for name, value in values.items()}
