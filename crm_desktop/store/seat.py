"""Who sits at this PC, and in which hotel, as the data knows them."""

from __future__ import annotations

import json
from typing import Any

from crm_desktop.record.house import HOTEL, make_hotel
from crm_desktop.record.record import Record, Row
from crm_desktop.record.text import Text, both, say
from crm_desktop.store.schema import LIVING

OUR_HOTEL = Text("Our hotel")
HOTEL_TITLE = "title"  # the setting that holds the hotel's name


class Seat:
    """A person and a hotel, each with its name; without an id the name is that of the PC's own user, or nothing."""

    def __init__(self, person: str, person_id: int | None = None, hotel: str = "", hotel_id: int | None = None) -> None:
        self.person, self.person_id, self.hotel, self.hotel_id = person, person_id, hotel, hotel_id

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Seat) and vars(self) == vars(other)

    __hash__ = None  # type: ignore[assignment]


def find(connection: Any, user: str, staff_id: int = 0, hotel_id: int = 0) -> Seat:
    """The colleague and the hotel chosen for this PC. Where none was, or it is gone: the only colleague of the user's own
    name, and the only hotel there is."""
    who = _one(connection, "staff", staff_id, "name = ? and left_on = ''", (user,))
    where = _one(connection, "hotel", hotel_id, "1 = 1", ())
    return Seat(who[1] if who else user, who[0] if who else None, where[1] if where else "", where[0] if where else None)


def _one(connection: Any, table: str, row_id: int, rule: str, values: tuple[Any, ...]) -> tuple[int, str] | None:
    chosen = connection.execute(f"select id, name from {table} where id = ? and {LIVING}", (row_id,)).fetchone()
    if chosen:
        return int(chosen[0]), str(chosen[1])
    found = connection.execute(f"select id, name from {table} where {rule} and {LIVING} limit 2", values).fetchall()
    return (int(found[0][0]), str(found[0][1])) if len(found) == 1 else None


COLLEAGUE = ("id", "name", "manager_id", "deputy_id", "deputy_from", "deputy_to", "left_on", "role", "hotel_id")
SIGN_IN = ("id", "version", "name", "login", "role", "post", "left_on")


def sign_ins(connection: Any) -> list[Row]:
    """The colleagues who have a log-in name, by name."""
    found = connection.execute(f"select {', '.join(SIGN_IN)} from staff where login <> '' and {LIVING} order by name, id").fetchall()
    return [dict(zip(SIGN_IN, row, strict=True)) for row in found]


def colleague(connection: Any, person: int) -> Row:
    """What signing in needs to know of a colleague; empty when there is none."""
    found = connection.execute(f"select {', '.join(SIGN_IN)} from staff where id = ? and {LIVING}", (person,)).fetchone()
    return dict(zip(SIGN_IN, found, strict=True)) if found else {}


def colleagues(connection: Any) -> list[Row]:
    """What the rule about deputies needs to know of every colleague."""
    found = connection.execute(f"select {', '.join(COLLEAGUE)} from staff where {LIVING}").fetchall()
    return [dict(zip(COLLEAGUE, row, strict=True)) for row in found]


def colleagues_and_own(connection: Any, person: int) -> tuple[list[Row], list[tuple[str, str]]]:
    """The same, and what the hotel gave or took from one of them alone, in one question."""
    columns = ", ".join(f"s.{name}" for name in COLLEAGUE)
    found = connection.execute(
        f"select {columns}, r.what, r.way from staff as s left join person_right as r on r.staff_id = s.id and s.id = ? and r.{LIVING} where s.{LIVING}", (person,)
    ).fetchall()
    rows = {row[0]: dict(zip(COLLEAGUE, row[:-2], strict=True)) for row in found}
    return list(rows.values()), [(str(row[-2]), str(row[-1])) for row in found if row[-2]]


def own_of_all(connection: Any) -> dict[int, list[tuple[str, str]]]:
    """What the hotel gave or took from single colleagues, by colleague."""
    out: dict[int, list[tuple[str, str]]] = {}
    for person, what, way in connection.execute(f"select staff_id, what, way from person_right where {LIVING} order by what").fetchall():
        out.setdefault(int(person or 0), []).append((str(what), str(way)))
    return out


def levels(connection: Any) -> list[tuple[str, str, str, int]]:
    """The hotel's own approval levels."""
    found = connection.execute(f"select kind, role, way, most from approval_level where {LIVING}").fetchall()
    return [(str(kind), str(role), str(way), int(most)) for kind, role, way, most in found]


def role_of(connection: Any, post: str) -> str:
    """The role that belongs to a post; '' for a post nobody said anything of."""
    found = connection.execute(f"select role from post_role where post = ? and {LIVING} limit 1", (post,)).fetchone()
    return str(found[0]) if found else ""


def first_hotel(connection: Any, record: Record, given: Row) -> Row | None:
    """The hotel to make with the first row that needs one, under the name it was given in the first steps; None where the
    row needs none or says its own, or where there are hotels to choose from."""
    field = record.by_name.get(HOTEL)
    if field is None or not field.required or given.get(HOTEL) is not None:
        return None
    if connection.execute(f"select 1 from hotel where {LIVING} limit 1").fetchone():
        return None
    kept = connection.execute("select value from setting where key = ?", (HOTEL_TITLE,)).fetchone()
    return make_hotel("", str(json.loads(kept[0])) if kept and json.loads(kept[0]) else say(OUR_HOTEL))


def unnamed_hotel(connection: Any) -> int | None:
    """The only hotel, while it still has the name it was made under because nobody had said another."""
    found = connection.execute(f"select id, name from hotel where {LIVING} limit 2").fetchall()
    return int(found[0][0]) if len(found) == 1 and found[0][1] in both(OUR_HOTEL) else None
