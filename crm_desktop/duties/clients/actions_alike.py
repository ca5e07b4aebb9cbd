"""Two rows made one by whoever may; whoever may not asks for it, and the wish is settled with the merge."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from crm_desktop.desk import merging
from crm_desktop.desk.desk import Desk, Invalid
from crm_desktop.duties.clients import queries_alike as queries
from crm_desktop.duties.clients.actions import Asked, approver
from crm_desktop.duties.clients.queries_alike import WISH
from crm_desktop.record.alike import because
from crm_desktop.record.ids import row_words
from crm_desktop.record.kinds import Value
from crm_desktop.record.record import Record, Row
from crm_desktop.record.text import Text, say
from crm_desktop.store.log import Change
from crm_desktop.store.rows import Writing

NOBODY = Text("Nobody here may merge clients. Give a colleague that role first.")


def merge(desk: Desk, record: Record, kept: Row, lost: Row, values: Mapping[str, Value]) -> Change | Asked:
    """Make one of two; a person who may not asks the nearest one above who may. Raises Refused, Conflict, Invalid."""
    if merging.Rule.may(desk, record, kept, lost) is not None:
        return ask(desk, record, kept, lost)
    one, other = ((int(row["id"]), int(row["version"])) for row in (kept, lost))
    return merging.merge(desk, record, one, other, values, also=partial(_settle, desk, record, int(kept["id"]), int(lost["id"])))


def ask(desk: Desk, record: Record, kept: Row, lost: Row) -> Asked:
    """Ask for a merge: a follow-up for whoever may do it, with who asks and why the two may be one. Raises Refused."""
    to, name = approver(desk, merging.MERGE, NOBODY)
    why = because(record.compare(kept, lost).reasons) if record.compare else ""
    words = Text("{one} and {other} are one", one=kept[record.name], other=lost[record.name])
    said = Text("{person}: {why}", person=desk.person, why=why) if why else desk.person
    values: Row = {"name": say(Text("To approve: {what}", what=words)), "due": desk.today(), "owner_id": to, "remark": say(said), "cause": WISH}
    values |= {"about": row_words(record.key, int(kept["id"])), "said": row_words(record.key, int(lost["id"])), queries.COLUMN[record.key]: kept["id"]}
    return Asked(desk.save(desk.store.by_key["follow_up"], None, 0, values), name)


def _settle(desk: Desk, record: Record, kept: int, lost: int, writing: Writing) -> None:
    """What was wished for is done."""
    tasks = desk.store.by_key["follow_up"]
    for wish in queries.wishes(writing.db, [record]):
        if {wish.one, wish.other} == {kept, lost}:
            desk.move_in(writing, tasks, wish.id, wish.version, "done")


def guard_code(_desk: Desk, writing: Writing, row: Row) -> None:
    """No two clients with one credit code, but offices of one house: they are one client, or one of the codes is wrong.
    Raises Invalid."""
    if row["credit_code"] and (name := queries.same_code(writing.db, row)):
        raise Invalid({"credit_code": Text("{name} has this credit code already. Open that file; a department of it names it as its parent company here.", name=name)})
