"""What a plan item has in the registers of gifts, of hospitality and of funds, and what a new row there begins with."""

from __future__ import annotations

from typing import Any, NamedTuple

from crm_desktop.record.alike import squash
from crm_desktop.record.record import Row

REGISTER = {"gift": "gift", "birthday": "gift", "festival": "gift", "thanks": "gift", "meal": "hospitality"}  # kind of item -> where its gift or meal stands
OCCASION = {"birthday": "birthday", "thanks": "thanks", "festival": "autumn"}
SPRING = ("01", "02", "12")  # months whose festival is Spring Festival
LEAST = 2  # characters of words that are looked for in the names of gifts


class Stored(NamedTuple):
    """A gift of the store: what one costs and how many there are."""

    id: int
    name: str
    cost: int
    stock: int


def register_of(kind: str) -> str:
    """Where the gift or meal of an item of a kind stands; '' for what is neither."""
    return REGISTER.get(kind, "")


def linked(reader: Any, item_id: int, record: str) -> int | None:
    """The gift or meal of an item that was not refused."""
    assert record in REGISTER.values()
    found = reader.execute(f"select id from {record} where gone is null and care_item_id = ? and state <> 'refused' order by id desc limit 1", (item_id,)).fetchone()
    return int(found[0]) if found else None


def begins(reader: Any, item_id: int) -> tuple[str, Row]:
    """The register of an item, and what a gift or meal for it begins with; ('', {}) for what is neither."""
    sql = (
        "select i.kind, i.day, i.name, i.account_id, a.name, i.person_id, p.name, i.budget from care_item as i left join account as a on a.id = i.account_id"
        " left join person as p on p.id = i.person_id where i.id = ? and i.gone is null"
    )
    found = reader.execute(sql, (item_id,)).fetchone()
    record = register_of(str(found[0])) if found else ""
    if not record:
        return "", {}
    kind, day, name, account, client, person, guest, budget = found
    values: Row = {"care_item_id": item_id, "care_item_id.name": name, "day": day, "account_id": account, "account_id.name": client, "person_id": person, "person_id.name": guest}
    if record == "hospitality":
        return record, values | {"purpose": name, "planned": budget}
    return record, values | {"occasion": occasion(kind, day)}


def occasion(kind: str, day: str) -> str:
    """What a gift is given for, by the kind of its item and its day."""
    return "spring" if kind == "festival" and day[5:7] in SPRING else OCCASION.get(kind, "visit")


def in_store(reader: Any, what: str) -> list[Stored]:
    """The gifts of the store that are called so: the one of exactly this name, else those whose names hold the words."""
    words, found = squash(what), []
    if len(words) < LEAST:
        return []
    for row in reader.execute("select id, name, cost, stock from gift_item where gone is null order by name, id").fetchall():
        name = squash(row[1])
        if name == words:
            return [Stored(*row)]
        if words in name:
            found.append(Stored(*row))
    return found


def levels(reader: Any, plan_id: int) -> dict[int, str]:
    """The class of the client of each item of a plan."""
    sql = (
        "select i.id, a.level from care_item as i left join person as p on p.id = i.person_id join account as a on a.id = coalesce(i.account_id, p.account_id)"
        " where i.gone is null and i.plan_id = ?"
    )
    return {int(row_id): str(level) for row_id, level in reader.execute(sql, (plan_id,)).fetchall()}


def granted(reader: Any, code: str) -> dict[tuple[str, int], int]:
    """What a month's fund plan approved for each piece, by what it is and its price; items not decided yet are not among them."""
    sql = (
        "select l.name, l.unit, l.approved, l.quantity from fund_line as l join fund_plan as p on p.id = l.plan_id where l.gone is null and p.gone is null and p.code = ?"
        " and l.state <> 'draft' order by l.id"
    )
    return {(str(name), int(unit)): int(approved or 0) // max(1, int(quantity)) for name, unit, approved, quantity in reader.execute(sql, (code,)).fetchall()}
