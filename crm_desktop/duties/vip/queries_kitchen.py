"""What kitchen cards are read from: who sits at a function's table, what is stopped or unsigned, the meals of a day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm_desktop.duties.vip import queries, rules_cards
from crm_desktop.duties.vip.records_service import GUEST_CARD
from crm_desktop.record.dates import add_days
from crm_desktop.record.duty import Filter, NowPoint, TodayLine
from crm_desktop.record.facts import Fact
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text
from crm_desktop.store import pages
from crm_desktop.store.pages import ListQuery

AHEAD = 7  # days in which a stopped dish is told of
BOOKING = "select day, time, place, coalesce(people, 0), account_id, person_id, never, kind, state from booking where id = ? and gone is null"
BOOKED = ("day", "time", "place", "people", "account_id", "person_id", "never", "kind", "state")
LISTED = (  # receptions of the same unit or contact that are in house on the day
    "select guest_id, never from vip_stay where (account_id = ? or guest_id = ?) and arrival <= ? and departure >= ?"
    " and stage in ('approved', 'preparing', 'ready', 'in-house') and gone is null order by level, id"
)
WITH_MENU = ("banquet", "wedding", "private-room", "table", "meeting", "group")
PARTIES = (
    "select b.id, b.time, b.place, coalesce(nullif(b.name, ''), a.name, ''), coalesce(b.people, 0), b.kind, coalesce(a.level, ''), b.account_id, b.person_id from booking as b"
    " left join account as a on a.id = b.account_id where b.day = ? and b.gone is null and b.state in ('tentative', 'definite') and b.kind <> 'room' order by b.time, b.place, b.id limit ?"
)
MEALS = (
    "select c.id, c.meal_at, c.place, p.name, coalesce(c.covers, 0), c.menu, c.nevers, c.codes, c.state, c.kind, c.excused, c.guest_id, c.booking_id, coalesce(v.level, ''), c.wine from guest_card as c"
    " left join vip_stay as v on v.id = c.vip_stay_id left join person as p on p.id = c.guest_id where c.meal_on = ? and c.kind = 'kitchen' and c.gone is null order by c.meal_at, c.id limit ?"
)
LAST_MENU = (
    "select c.meal_on, c.menu from guest_card as c left join booking as b on b.id = c.booking_id where (c.guest_id = ? or b.account_id = ?) and c.meal_on < ? and c.menu <> ''"
    " and c.gone is null order by c.meal_on desc, c.id desc limit 1"
)
COMPLAINED = (
    "select received_on, place, name, finding from complaint where gone is null and kind <> 'praise' and (category = 'food' or (category = 'event' and cause = 'product')"
    " or (category = 'speed' and department_id in (select id from department where code = 'FB'))) and received_on > ? and received_on <= ? order by received_on desc, id desc limit 12"
)
FLOORS = (
    "select v.room_no, p.name, v.level, c.likes, c.dislikes, c.nevers, c.codes from guest_card as c join vip_stay as v on v.id = c.vip_stay_id join person as p on p.id = v.guest_id"
    " where c.kind = 'housekeeping' and c.gone is null and v.gone is null and v.arrival <= ? and v.departure >= ? and v.stage in ('preparing', 'ready', 'in-house') order by v.room_no, v.id limit ?"
)


class Function:
    """A booking with the guests known to sit at its table: their ids, names, facts, and what the booking and their receptions refuse."""

    def __init__(self, reader: Any, booking: Row) -> None:
        self.row = booking
        values = (booking["account_id"], booking["person_id"], booking["day"], booking["day"])
        found = reader.execute(LISTED, values).fetchall()
        people = [booking["person_id"], *(row[0] for row in found)]
        self.people: list[int] = list(dict.fromkeys(int(one) for one in people if one))
        self.own = "\n".join(filter(None, (str(booking["never"] or "").strip(), *(str(row[1] or "").strip() for row in found))))
        by_person = queries.facts_of(reader, self.people)
        self.facts: list[Fact] = [fact for person in self.people for fact in by_person[person]]
        self.names = _names(reader, self.people)


def _names(reader: Any, people: Sequence[int]) -> list[str]:
    if not people:
        return []
    marks = ", ".join("?" * len(people))
    found = dict(reader.execute(f"select id, name from person where id in ({marks})", tuple(people)).fetchall())
    return [str(found[one]) for one in people if one in found]


def function(reader: Any, booking_id: Any) -> Function | None:
    """A booking and who is known of it; None when it is gone."""
    found = reader.execute(BOOKING, (booking_id,)).fetchone()
    return Function(reader, dict(zip(BOOKED, found, strict=True))) if found else None


def says(found: Function) -> Row:
    """What the kitchen's card of a function says of its guests."""
    told = rules_cards.told(rules_cards.KITCHEN, found.facts, found.own, str(found.row["day"]))
    return {
        "guests": "、".join(found.names), "likes": "\n".join(told.likes), "dislikes": "\n".join(told.dislikes), "nevers": "\n".join(told.nevers),
        "codes": " ".join(told.codes),
    }  # fmt: skip


# what the screens show


def now(reader: Any, booking_id: int, day: str) -> list[NowPoint]:
    """On a booking: dishes that are stopped, a card that waits for its signature, and that there is none though something is known."""
    cards = pages.fetch(reader, ListQuery(GUEST_CARD, [("booking_id", "=", booking_id)], columns=("state", "kind", "menu", "codes", "nevers", "excused", "wine")), limit=20)
    points = []
    for row in (dict(zip(("id", "sort", "state", "kind", "menu", "codes", "nevers", "excused", "wine"), each, strict=True)) for each in cards):
        mine: list[Filter] = [("id", "=", row["id"])]
        if stops := rules_cards.unresolved(row):
            points.append(NowPoint(Text("Hard stop in the menu: {dishes}", dishes=" · ".join(stop.dish for stop in stops)), "red", (GUEST_CARD.key, mine)))
        elif row["state"] in rules_cards.OPEN:
            points.append(NowPoint(Text("The kitchen has not signed yet"), "amber", (GUEST_CARD.key, mine)))
    found = function(reader, booking_id) if not cards else None
    if found and found.row["kind"] in WITH_MENU and found.row["state"] in ("tentative", "definite") and found.row["day"] >= day:
        told = says(found)
        if told["nevers"] or told["codes"]:
            words = Text("No kitchen card yet, though its guests must never meet: {things}", things=" · ".join(told["nevers"].splitlines()) or told["codes"])
            points.append(NowPoint(words, "red"))
    return points


def today(reader: Any, day: str) -> list[TodayLine]:
    """Dishes stopped in the menus of the coming week, and cards of today and tomorrow that are not signed; red on the day of the meal."""
    week: list[Filter] = [("meal_on", ">=", day), ("meal_on", "<=", add_days(day, AHEAD)), ("state", "<>", rules_cards.SERVED)]
    rows = pages.fetch(reader, ListQuery(GUEST_CARD, week, columns=("meal_on", "state", "kind", "menu", "codes", "nevers", "excused", "wine")), limit=500)
    named = [dict(zip(("id", "sort", "meal_on", "state", "kind", "menu", "codes", "nevers", "excused", "wine"), row, strict=True)) for row in rows]
    stopped = tuple(sorted(row["id"] for row in named if rules_cards.unresolved(row)))
    unsigned = [row for row in named if row["state"] in rules_cards.OPEN and row["meal_on"] <= add_days(day, 1) and row["kind"] == rules_cards.KITCHEN]
    lines = []
    if stopped:
        lines.append(TodayLine(Text("Menus stopped"), len(stopped), None, GUEST_CARD.key, [("id", "in", stopped)], group="vip", tone="red"))
    if unsigned:
        late = any(row["meal_on"] <= day for row in unsigned)
        ids: list[Filter] = [("id", "in", tuple(sorted(row["id"] for row in unsigned)))]
        lines.append(TodayLine(Text("Kitchen cards unsigned"), len(unsigned), None, GUEST_CARD.key, ids, group="vip", tone="red" if late else "amber", short=Text("Cards unsigned")))
    return lines


# what holds papers back

CARD_COLUMNS = ("kind", "menu", "codes", "nevers", "excused", "wine")


def _held(reader: Any, where: str, row_id: int) -> Text | None:
    sql = f"select {', '.join(CARD_COLUMNS)} from guest_card where {where} = ? and kind = ? and gone is null order by id"
    rows = [dict(zip(CARD_COLUMNS, row, strict=True)) for row in reader.execute(sql, (row_id, rules_cards.KITCHEN)).fetchall()]
    found = [stop for row in rows for stop in rules_cards.unresolved(row)]
    return rules_cards.stop_words(found) if found else None


def held_card(reader: Any, row_id: int) -> Text | None:
    """Why a card must not go out on paper: a dish of its menu that a guest must never meet and nobody signed for."""
    return _held(reader, "id", row_id)


def held_booking(reader: Any, row_id: int) -> Text | None:
    """Why a function's paper must not go out: a dish of its menu, or of what the booking itself wishes for, that a guest of it must never
    meet and nobody signed for."""
    if (no := _held(reader, "booking_id", row_id)) is not None:
        return no
    found = function(reader, row_id)
    wishes = reader.execute("select wishes from booking where id = ?", (row_id,)).fetchone()
    if found is None or wishes is None or not str(wishes[0] or "").strip():
        return None
    told = says(found)
    signed = {dish for row in reader.execute("select excused from guest_card where booking_id = ? and gone is null", (row_id,)).fetchall() for dish in rules_cards.dishes(str(row[0] or ""))}
    stops = [stop for stop in rules_cards.stops(rules_cards.wished(str(wishes[0])), told["codes"].split(), rules_cards.dishes(told["nevers"])) if stop.dish not in signed]
    return rules_cards.stop_words(stops) if stops else None


# for the sheets of a day


def official_meal(reader: Any, card: Row) -> tuple[int, str] | None:
    """Of a card of an official reception: how many guests it has, and another meal of it that went out already; None for all others."""
    sql = "select party from vip_stay where id = ? and official = 1"
    found = reader.execute(sql, (card["vip_stay_id"],)).fetchone()
    if found is None:
        return None
    other = reader.execute(
        f"select meal_on, meal_at, place from {GUEST_CARD.key} where gone is null and vip_stay_id = ? and id <> ? and kind = ? and state <> ?"
        " and menu <> '' order by meal_on, meal_at, id limit 1",
        (card["vip_stay_id"], card["id"], rules_cards.KITCHEN, rules_cards.DRAFT),
    ).fetchone()
    return int(found[0] or 0), " ".join(part for part in other if part) if other else ""


def parties(reader: Any, day: str, most: int) -> list[Sequence[Any]]:
    """The functions of a day: id, time, place, in whose name, people, kind, the client's class, client, contact."""
    return list(reader.execute(PARTIES, (day, most)).fetchall())


def meals(reader: Any, day: str, most: int) -> list[Sequence[Any]]:
    """The kitchen cards of a day's meals, by their time."""
    return list(reader.execute(MEALS, (day, most)).fetchall())


def account_of(reader: Any, booking: Any) -> int | None:
    """Whose function it is."""
    found = reader.execute("select account_id from booking where id = ?", (booking,)).fetchone() if booking else None
    return found[0] if found else None


def last_menu(reader: Any, guest: Any, account: Any, day: str) -> tuple[str, str] | None:
    """The day and the dishes of the last menu of a guest or client before a day."""
    found = reader.execute(LAST_MENU, (guest or 0, account or 0, day)).fetchone()
    return (str(found[0]), str(found[1])) if found else None


def complained(reader: Any, since: str, day: str) -> list[Sequence[Any]]:
    """What was complained of about dishes and how fast they came, no microphones: day, place, subject, what was found."""
    return list(reader.execute(COMPLAINED, (since, day)).fetchall())


def on_floors(reader: Any, day: str, most: int) -> list[Sequence[Any]]:
    """The housekeeping cards of VIPs who are here or come on a day, by room."""
    return list(reader.execute(FLOORS, (day, day, most)).fetchall())
