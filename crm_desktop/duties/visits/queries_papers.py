"""What the preparation for a visit says beside the client's file: promises, complaints that are open, what the person likes."""

from __future__ import annotations

from typing import Any

FEW = 6
PROMISES = {"theirs": "their_promise", "ours": "our_promise"}
UNSETTLED = ("new", "accepted", "on-scene", "putting-right", "answered", "escalated", "claim")  # states of a complaint


def promises(reader: Any, account: int, side: str) -> list[str]:
    """What was promised in the last contacts: by them ("theirs") or by us ("ours"), with the day."""
    column = PROMISES[side]
    sql = f"select day, {column} from visit where account_id = ? and gone is null and {column} <> '' and state = 'done' order by day desc, id desc limit {FEW // 2}"
    return [f"{day} {words}" for day, words in reader.execute(sql, (account,)).fetchall()]


def complaints(reader: Any, account: int) -> list[str]:
    """The client's complaints that are not settled, the severest first."""
    sql = (
        f"select severity, received_on, name from complaint where account_id = ? and gone is null and state in ({', '.join('?' * len(UNSETTLED))})"
        f" order by severity, received_on, id limit {FEW}"
    )
    return [" ".join(map(str, row)) for row in reader.execute(sql, (account, *UNSETTLED)).fetchall()]


def tastes(reader: Any, person: int, day: str) -> tuple[list[str], list[str]]:
    """What a person likes, and what they must never meet or dislike."""
    sql = "select polarity, name from preference where person_id = ? and gone is null and (expires = '' or expires >= ?) order by told_on desc, id limit 20"
    rows = reader.execute(sql, (person, day)).fetchall()
    likes = [str(name) for polarity, name in rows if polarity in ("like", "must")]
    return likes[:FEW], [str(name) for polarity, name in rows if polarity in ("never", "dislike")]


def room_of(reader: Any, person: int, day: str) -> str:
    """The room in which a guest stayed on a day."""
    sql = "select room_no from stay where guest_id = ? and gone is null and arrival <= ? and departure >= ? and status in ('In-House', 'Check-Out') order by arrival desc, id desc limit 1"
    found = reader.execute(sql, (person, day, day)).fetchone()
    return str(found[0]) if found else ""


def any_hotel(reader: Any) -> int | None:
    """The hotel that was entered first; None before there is one."""
    found = reader.execute("select min(id) from hotel where gone is null").fetchone()
    return int(found[0]) if found and found[0] is not None else None


def visits_of(reader: Any, owner_id: int | None, first: str, last: str) -> list[tuple[str, ...]]:
    """A seller's visits of some days for its report: day, client, kind, result, what was said, next step, state."""
    sql = (
        "select v.day, coalesce(nullif(a.short_name, ''), a.name, p.name, ''), v.kind, v.result, v.words, v.next, v.state from visit as v left join account as a on a.id = v.account_id"
        " left join person as p on p.id = v.person_id where v.gone is null and v.owner_id = ? and v.day >= ? and v.day <= ? and v.state <> 'cancelled' order by v.day, v.time, v.id"
    )
    return [tuple(str(each or "") for each in row) for row in reader.execute(sql, (owner_id, first, last)).fetchall()]


def client_of(reader: Any, account: int) -> str:
    """A client's name."""
    found = reader.execute("select name from account where id = ?", (account,)).fetchone()
    return str(found[0]) if found else ""
