"""What is done with clients that pass on or fall silent: handed over from a day on, into the pool and out of it, put to sleep."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from crm_desktop.desk.desk import Conflict, Desk, Invalid
from crm_desktop.desk.records import STAFF
from crm_desktop.duties.clients import queries_account, queries_leaving
from crm_desktop.duties.clients.records_account import ACCOUNT
from crm_desktop.duties.clients.records_leaving import HAND_OVER, PLANNED
from crm_desktop.record.dates import days_between
from crm_desktop.record.record import Row
from crm_desktop.record.text import Refused, Text
from crm_desktop.store.log import BY_ITSELF, Change
from crm_desktop.store.rows import Writing, read

HANDED_OVER, POOLED, TAKEN, ASLEEP = Text("Handed over"), Text("Given to the pool"), Text("Taken from the pool"), Text("Gone quiet")
AHEAD = 366  # days a hand-over may be dated ahead
Chosen = Sequence[tuple[int, int]]  # clients as (id, version read at)


def hand_over(desk: Desk, account_ids: Sequence[int], to: int, *, day: str = "", reason: str = "", note: str = "") -> Change:
    """Clients pass to another colleague from a day on (today where none is named), all in one action; who had them stays
    known by its days, open follow-ups about them go along. On a day to come it happens when that day begins. Raises Refused
    without clients, reason or a colleague who is here, and for a day more than a year ahead."""
    _here(desk, to)
    if not account_ids or not reason.strip():
        raise Refused(Text("Choose at least one client and say why; nothing was handed over."))
    day = day or desk.today()
    with desk.writing(HANDED_OVER, reason=reason.strip()) as writing:
        for account_id in account_ids:
            if _living(writing, account_id)["owner_id"] != to:
                desk.save_in(writing, HAND_OVER, None, 0, {"account_id": account_id, "to_id": to, "day": day, "reason": reason.strip(), "note": note})
    change: Change = writing.entry.change
    return change


def begun(desk: Desk, writing: Writing, row: Row) -> None:
    """A hand-over that was written down: from whom, and carried out where its day has come."""
    _here(desk, row["to_id"])
    account = _living(writing, row["account_id"])
    if account["owner_id"] == row["to_id"]:
        raise Invalid({"to_id": Text("This colleague looks after the client already")})
    if days_between(desk.today(), row["day"]) > AHEAD:
        raise Invalid({"day": Text("A hand-over is dated at most a year ahead")})
    version = row["version"]
    if row["from_id"] != account["owner_id"]:
        desk.save_in(writing, HAND_OVER, row["id"], version, {"from_id": account["owner_id"]})
        version += 1
    if row["state"] == PLANNED and row["day"] <= desk.today():
        _carry_out(desk, writing, row | {"version": version})


def _carry_out(desk: Desk, writing: Writing, row: Row) -> None:
    account = _living(writing, row["account_id"])
    writing.effective, writing.because = row["day"], row["reason"]
    if account["owner_id"] != row["to_id"]:
        desk.save_in(writing, ACCOUNT, account["id"], account["version"], {"owner_id": row["to_id"]})
        _follow_ups(desk, writing, account["id"], account["owner_id"], row["to_id"])
    writing.effective, writing.because = "", ""
    desk.move_in(writing, HAND_OVER, row["id"], row["version"], "carry-out")


def carry_out(desk: Desk) -> Change | None:
    """The hand-overs dated ahead whose day has come, each as an action of the program; one whose client or colleague is no
    longer there waits for somebody to look at it. None when nothing was done."""
    done: Change | None = None
    for row_id, *_ in queries_leaving.due(desk.store.writer, desk.today()):
        with suppress(Refused), desk.writing(HANDED_OVER, source=BY_ITSELF) as writing:
            row = read(writing.db, HAND_OVER, row_id)
            if row is not None and row["state"] == PLANNED:
                _here(desk, row["to_id"])
                _carry_out(desk, writing, row)
            done = writing.entry.change
    return done


def signing(desk: Desk, _writing: Writing, row: Row) -> None:
    """Whoever takes a client over signs for it, nobody else."""
    if desk.person_id is not None and desk.person_id != row["to_id"]:
        raise Refused(Text("Only the colleague who takes the client over signs for it."))


def _here(desk: Desk, to: int | None) -> None:
    staff = desk.get(STAFF, to) if to is not None else None
    if staff is None or (staff["left_on"] and staff["left_on"] <= desk.today()):
        raise Refused(Text("Choose a colleague who is still here; nothing was handed over."))


def _living(writing: Writing, account_id: int) -> Row:
    row = read(writing.db, ACCOUNT, account_id)
    if row is None or row["gone"] is not None:
        raise Conflict(None)
    return row


def _follow_ups(desk: Desk, writing: Writing, account_id: int, before: int | None, to: int) -> None:
    record = desk.store.by_key["follow_up"]
    for row_id, version in queries_account.open_follow_ups(desk.store.writer, account_id, before):
        desk.save_in(writing, record, row_id, version, {"owner_id": to})


# the pool


def give_to_pool(desk: Desk, chosen: Chosen, reason: str) -> Change:
    """Nobody looks after these clients any more: any colleague may take them. Raises Refused without a reason, Conflict."""
    if not reason.strip():
        raise Refused(Text("Say why; nothing was given to the pool."))
    return _owned(desk, chosen, None, POOLED, reason.strip())


def take_from_pool(desk: Desk, chosen: Chosen) -> Change:
    """Whoever sits here looks after these clients from today on. Raises Refused for one that somebody has, Conflict."""
    if desk.person_id is None:
        raise Refused(Text("Choose first who sits here, then take clients from the pool."))
    for account_id, _ in chosen:
        row = desk.get(ACCOUNT, account_id)
        if row is not None and row["owner_id"] is not None:
            raise Refused(Text("{person} looks after {client} already; nothing was taken.", person=row["owner_id.name"], client=row["name"]))
    return _owned(desk, chosen, desk.person_id, TAKEN, "")


def _owned(desk: Desk, chosen: Chosen, owner: int | None, what: Text, reason: str) -> Change:
    with desk.writing(what, reason=reason) as writing:
        for account_id, version in chosen:
            desk.save_in(writing, ACCOUNT, account_id, version, {"owner_id": owner})
    change: Change = writing.entry.change
    return change


def put_to_sleep(desk: Desk, chosen: Chosen, reasons: Sequence[str]) -> Change:
    """These active clients have gone quiet, each with its reason, in one action. Raises Refused, Conflict."""
    with desk.writing(ASLEEP) as writing:
        for (account_id, version), reason in zip(chosen, reasons, strict=True):
            desk.move_in(writing, ACCOUNT, account_id, version, "sleep", reason=reason)
    change: Change = writing.entry.change
    return change
