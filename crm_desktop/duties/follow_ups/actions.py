"""What is done with follow-ups: written by hand, done, put off, dropped; and those the program keeps by itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from crm_desktop.desk.desk import Desk
from crm_desktop.duties.follow_ups import queries
from crm_desktop.duties.follow_ups.records import AUTOMATIC, FOLLOW_UP
from crm_desktop.duties.follow_ups.rules import may_return, merged, says_anew, snoozed, spread
from crm_desktop.record.duty import Cause, Duty
from crm_desktop.record.ids import row_words
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text, say
from crm_desktop.store.log import BY_ITSELF, Change

if TYPE_CHECKING:
    from crm_desktop.store.rows import Writing

KEPT = Text("Follow-ups brought up to date")
PROPOSED, SETTLED = Text("Follow-up proposed"), Text("Follow-up no longer needed")
LONG = 200  # characters of a follow-up's words


def add(
    desk: Desk,
    name: str,
    due: str,
    time: str = "",
    *,
    account_id: int | None = None,
    person_id: int | None = None,
    about: tuple[str, int] | None = None,
    owner_id: int | None = None,
) -> Change:
    """A follow-up written by hand; without an owner it is the writer's. Raises Invalid."""
    row: Row = {"name": name, "due": due, "due_time": time, "account_id": account_id, "person_id": person_id}
    row["about"] = row_words(*about) if about else ""
    return desk.save(FOLLOW_UP, None, 0, row | ({} if owner_id is None else {"owner_id": owner_id}))


def done(desk: Desk, row_id: int, version: int, remark: str = "") -> Change:
    """It was done."""
    return desk.move(FOLLOW_UP, row_id, version, "done", values={"remark": remark} if remark else {})


def drop(desk: Desk, row_id: int, version: int, reason: str) -> Change:
    """It will not be done, and why."""
    return desk.move(FOLLOW_UP, row_id, version, "drop", reason=reason)


def snooze(desk: Desk, row_id: int, version: int, days: int = 1) -> Change:
    """Put it off by so many days, counted from today when it was due before."""
    row = desk.get(FOLLOW_UP, row_id)
    due = row["due"] if row else desk.today()
    return desk.save(FOLLOW_UP, row_id, version, {"due": snoozed(due, desk.today(), days)})


def propose(desk: Desk, cause: Cause) -> Change:
    """One automatic follow-up: it joins an open one of the same cause about the same row, which keeps the earlier day."""
    day = desk.today()
    with desk.writing(PROPOSED, source=BY_ITSELF) as writing:
        open_ones = queries.automatic(writing.db)
        about = row_words(*cause.about)
        same = next((row for row in open_ones if (row["cause"], row["about"]) == (cause.key, about)), None)
        if same is not None:
            cause.count += same["merged"]
            cause.due = min(cause.due, same["wanted"])
        _keep(desk, writing, cause, about, same, day)
        _spread(desk, writing, day)
    return _quietly(writing)


def settle_cause(desk: Desk, key: str, about: tuple[str, int]) -> Change:
    """The cause is gone: its open follow-up is no longer needed."""
    with desk.writing(SETTLED, source=BY_ITSELF) as writing:
        gone = [row for row in queries.automatic(writing.db) if (row["cause"], row["about"]) == (key, row_words(*about))]
        _expire(desk, writing, gone)
    return _quietly(writing)


def refresh(desk: Desk, day: str, *, only_settle: bool = False, duties: Sequence[Duty] | None = None) -> Change:
    """Bring the automatic follow-ups up to date: new causes are proposed, those whose cause is gone expire, and nobody has
    more than a day holds. Done twice it changes nothing the second time. `only_settle`: nothing new is proposed."""
    with desk.writing(KEPT, source=BY_ITSELF) as writing:
        causes = merged(_causes(writing.db, day, duties))
        here = {(row["cause"], row["about"]): row for row in queries.automatic(writing.db)}
        _expire(desk, writing, [row for key, row in here.items() if key not in causes])
        for (key, about), cause in causes.items():
            same = here.get((key, about))
            if same is not None or (not only_settle and _is_new(writing.db, key, about, cause, day)):
                _keep(desk, writing, cause, about, same, day)
        _spread(desk, writing, day)
    return _quietly(writing)


def _causes(db: Any, day: str, duties: Sequence[Duty] | None) -> Iterable[Cause]:
    if duties is None:
        from crm_desktop.duties import DUTIES  # the list knows this duty: not before it is whole

        duties = DUTIES
    return [cause for duty in duties if duty.causes for cause in duty.causes(db, day)]


def _is_new(db: Any, key: str, about: str, cause: Cause, day: str) -> bool:
    last = queries.newest(db, key, about)
    return last is None or may_return(*last, day, cause.quiet)


def _keep(desk: Desk, writing: Writing, cause: Cause, about: str, same: dict[str, Any] | None, day: str) -> None:
    """Write a cause down: as a new follow-up, or into the open one where it now says more."""
    words = say(cause.what)[:LONG]
    if same is None:
        due = max(cause.due, day)
        row: Row = {"name": words, "said": words, "due": due, "proposed": due, "wanted": cause.due, "source": AUTOMATIC}
        row |= {"cause": cause.key, "about": about, "merged": cause.count, "urgency": cause.urgency, "owner_id": cause.owner_id}
        desk.save_in(writing, FOLLOW_UP, None, 0, row | {"account_id": cause.account_id, "person_id": cause.person_id})
        return
    values: Row = {}
    if cause.count != same["merged"]:
        values["merged"] = cause.count
    if says_anew(words, same["name"], same["said"], "merged" in values):
        values |= {"name": words, "said": words}
    if cause.due < same["wanted"]:
        values["wanted"] = cause.due
        if same["due"] == same["proposed"] and (due := max(cause.due, day)) < same["due"]:
            values |= {"due": due, "proposed": due}
    if values:
        desk.save_in(writing, FOLLOW_UP, same["id"], same["version"], values)


def _spread(desk: Desk, writing: Writing, day: str) -> None:
    """Let nobody's day hold more than it may; what a person put on a day stays there."""
    owners: dict[int | None, list[dict[str, Any]]] = {}
    for row in queries.automatic(writing.db):
        owners.setdefault(row["owner_id"], []).append(row)
    for rows in owners.values():
        taken: dict[str, int] = {}
        for row in rows:
            if row["due"] != row["proposed"]:
                slot = max(row["due"], day)
                taken[slot] = taken.get(slot, 0) + 1
        given = spread([(row["urgency"], row["due"], row["id"]) for row in rows if row["due"] == row["proposed"]], day, taken=taken)
        for row in rows:
            if (due := given.get(row["id"], row["due"])) != row["due"]:
                desk.save_in(writing, FOLLOW_UP, row["id"], row["version"], {"due": due, "proposed": due})


def _expire(desk: Desk, writing: Writing, rows: Iterable[dict[str, Any]]) -> None:
    for row in rows:
        desk.move_in(writing, FOLLOW_UP, row["id"], row["version"], "expire")


def _quietly(writing: Writing) -> Change:
    """The change, of which nobody needs to be told."""
    change: Change = writing.entry.change
    change.quiet = True
    return change
