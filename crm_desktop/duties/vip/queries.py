"""What the VIP stays tell: the lines of *Today*, what matters about a reception now, its figures; and who arrives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm_desktop.duties.clients.records import LEVELS
from crm_desktop.duties.vip import matters, rules
from crm_desktop.duties.vip.records import VIP_STAY
from crm_desktop.duties.vip.rules import APPLIED, APPROVED, DEPARTED, IN_HOUSE, PREPARING, READY, REFUSED, REVIEWED
from crm_desktop.record.dates import add_days, business_date, days_between
from crm_desktop.record.duty import Filter, NowPoint, TodayLine
from crm_desktop.record.facts import COLUMNS as FACT_COLUMNS
from crm_desktop.record.facts import Fact, by_weight
from crm_desktop.record.record import Figure, Row
from crm_desktop.record.text import Text
from crm_desktop.store import pages
from crm_desktop.store.pages import ListQuery
from crm_desktop.store.rows import get

WEEK = 7
ARRIVING = Text("Arriving")
HERE: dict[str, str] = {"person": "guest_id", "account": "account_id"}  # how a VIP stay points to them


# Today


def in_house(day: str) -> list[Filter]:
    """VIPs in house on a day: today those who are said to be, on other days those whose dates have it."""
    if day == business_date():
        return [("stage", "=", IN_HOUSE)]
    stages = (IN_HOUSE, DEPARTED, REVIEWED) if day < business_date() else (APPROVED, PREPARING, READY, IN_HOUSE)
    return [("stage", "in", stages), ("arrival", "<=", day), ("departure", ">", day)]


def today(reader: Any, day: str, hotel: int | None) -> list[TodayLine]:
    """The VIPs of a day: in house by level, arriving, not prepared, left, coming, to be reviewed."""
    here: list[Filter] = [("hotel_id", "=", hotel)] if hotel is not None else []
    tomorrow = add_days(day, 1)
    unprepared: list[Filter] = [("arrival", "in", (day, tomorrow)), ("stage", "in", (APPLIED, APPROVED))]
    lines: list[tuple[Text, list[Filter], str]] = [
        *((Text("{level} in house", level=level), [*in_house(day), ("level", "=", level)], "") for level, _, _ in LEVELS),
        (ARRIVING, [("arrival", "=", day), ("stage", "<>", REFUSED)], ""),
        (Text("Not prepared yet"), unprepared, "amber"),
        (Text("Coming in 7 days"), [("arrival", ">", day), ("arrival", "<=", add_days(day, WEEK)), ("stage", "<>", REFUSED)], ""),
        (Text("Still in house after departure"), [("stage", "=", IN_HOUSE), ("departure", "<", day)], "amber"),
        (Text("Review due"), [("stage", "=", DEPARTED), ("departure", "<=", rules.due_departure(day))], "amber"),
    ]
    found = [(label, pages.count(reader, ListQuery(VIP_STAY, [*filters, *here])), [*filters, *here], tone) for label, filters, tone in lines]
    wanted = [(label, count, filters, tone) for at, (label, count, filters, tone) in enumerate(found) if count or at >= len(LEVELS)]
    told = [TodayLine(label, count, None, "vip_stay", filters, group="vip", tone=tone if count else "") for label, count, filters, tone in wanted]
    for line in told:
        line.amount = _levels_arriving(reader, day, hotel) if line.count and line.label == ARRIVING else ""
    return told


def _levels_arriving(reader: Any, day: str, hotel: int | None) -> str:
    """How many of each level arrive: 'V3 1 · V4 2'."""
    here, values = ("", []) if hotel is None else (" and hotel_id = ?", [hotel])
    sql = f"select level, count(*) from vip_stay where gone is null and arrival = ? and stage <> ?{here} group by level order by level"
    return " · ".join(f"{level} {count:,}" for level, count in reader.execute(sql, (day, REFUSED, *values)).fetchall())


# facts


def facts_of(reader: Any, people: Sequence[int]) -> dict[int, list[Fact]]:
    """What is noted of each of some guests, nevers first."""
    out: dict[int, list[Fact]] = {person: [] for person in people}
    for at in range(0, len(people), 500):
        block = list(people[at : at + 500])
        marks = ", ".join("?" * len(block))
        sql = f"select {', '.join(FACT_COLUMNS)} from preference where person_id in ({marks}) and gone is null"
        for row in reader.execute(sql, block).fetchall():
            out[row[1]].append(Fact(*row))
    return {person: by_weight(facts) for person, facts in out.items()}


# what matters now


def figures(reader: Any, record: str, row_id: int, day: str) -> list[Figure]:
    """The figures of a reception's sheet."""
    row = get(reader, VIP_STAY, row_id) if record == "vip_stay" else None
    return matters.figures_of(row, day) if row else []


def now(reader: Any, record: str, row_id: int, day: str) -> list[NowPoint]:
    """On a guest's or client's sheet their reception that is on or next; on a reception's own all that needs care."""
    if record == "vip_stay":
        row = get(reader, VIP_STAY, row_id)
        return matters.of_stay(row, facts_of(reader, [row["guest_id"]])[row["guest_id"]], day) if row else []
    if record not in HERE:
        return []
    found = reader.execute(
        f"select id from vip_stay where {HERE[record]} = ? and gone is null and departure >= ? and stage in (?, ?, ?, ?, ?)"
        " order by arrival, id limit 3",
        (row_id, day, IN_HOUSE, READY, PREPARING, APPROVED, APPLIED),
    ).fetchall()
    points = [_reception(row, record, day) for (each,) in found if (row := get(reader, VIP_STAY, each))]
    return [*points, *_stops(reader, row_id, day)] if record == "person" else points


def _stops(reader: Any, guest: int, day: str) -> list[NowPoint]:
    """Dishes on the menu of a meal to come that this guest must never meet."""
    from crm_desktop.duties.vip import rules_cards

    columns = ("id", "kind", "menu", "codes", "nevers", "excused", "wine", "meal_on", "meal_at", "place")
    sql = f"select {', '.join(columns)} from guest_card where guest_id = ? and gone is null and kind = ? and meal_on >= ? order by meal_on, id limit 3"
    rows = [dict(zip(columns, row, strict=True)) for row in reader.execute(sql, (guest, rules_cards.KITCHEN, day)).fetchall()]
    return [
        NowPoint(Text("{day} {time} {place}: {what}", day=row["meal_on"], time=row["meal_at"], place=row["place"], what=rules_cards.stop_words(found)), "red", ("guest_card", row["id"]))
        for row in rows if (found := rules_cards.unresolved(row))
    ]  # fmt: skip


def _reception(row: Row, record: str, day: str) -> NowPoint:
    """One reception on the sheet of its guest or unit."""
    stage = VIP_STAY.by_name["stage"].choice_text(row["stage"])
    late = row["stage"] in (APPLIED, APPROVED) and days_between(day, row["arrival"]) <= 1
    tone = "amber" if late else "green" if row["stage"] == IN_HOUSE else "blue"
    what: Text | str = Text("{level} reception {first} to {last}", level=row["level"], first=row["arrival"], last=row["departure"])
    if record == "account":
        what = Text("{who}: {what}", who=row["guest_id.name"], what=what)
    if row["room_no"]:
        what = Text("{what}, room {room}", what=what, room=row["room_no"])
    return NowPoint(Text("{what} ({stage})", what=what, stage=stage), tone, ("vip_stay", int(row["id"])))


# who stands in the lobby

STAYING = (
    "select 'stay', s.id, s.guest_id, coalesce(s.company_id, s.agency_id), s.arrival, '', s.departure, s.room_no, '', s.status = 'In-House', p.terms"
    " from stay as s join person as p on p.id = s.guest_id where s.gone is null and p.gone is null and s.arrival > ? and s.arrival <= ?"
    " and s.departure >= ? and (s.status = 'In-House' or s.status = 'Booked' and s.arrival = ?)"
)
RECEIVED = (
    "select 'vip_stay', v.id, v.guest_id, v.account_id, v.arrival, v.arrival_time, v.departure, v.room_no, v.level, v.stage = 'in-house', p.terms"
    " from vip_stay as v join person as p on p.id = v.guest_id where v.gone is null and p.gone is null"
    " and (v.stage = 'in-house' or v.arrival = ? and v.stage in ('applied', 'approved', 'preparing', 'ready'))"
)


class Present:
    """A guest who is in house or arrives: the row that says so, and what it says."""

    def __init__(self, row: Sequence[Any]) -> None:
        self.record, self.row_id, self.person_id, self.account_id = row[0], int(row[1]), int(row[2]), row[3]
        self.arrival, self.arrival_time, self.departure, self.room, self.level = row[4:9]
        self.here, self.terms = bool(row[9]), str(row[10])


def present(reader: Any, day: str) -> list[Present]:
    """Everybody known by name who is in house or arrives on a day, receptions first."""
    longest = reader.execute("select nights from stay where gone is null order by nights desc, id desc limit 1").fetchone()
    since = add_days(day, -int(longest[0]) - 1) if longest else day
    rows = [*reader.execute(RECEIVED, (day,)).fetchall(), *reader.execute(STAYING, (since, day, day, day)).fetchall()]
    return [Present(row) for row in rows]


def room_booked(reader: Any, guest: int, arrival: str) -> tuple[Any, ...] | None:
    """The rate and the type of room of a guest's own booking of that day; None where there is none."""
    sql = (
        "select rate, case when room_assigned <> '' then room_assigned else room_reserved end from stay"
        " where guest_id = ? and arrival = ? and status in ('Booked', 'In-House', 'Check-Out') and gone is null order by id limit 1"
    )
    found = reader.execute(sql, (guest, arrival)).fetchone()
    return tuple(found) if found else None


def is_confidential(reader: Any, person_id: int) -> bool:
    """True for a guest whose file carries an alias."""
    return reader.execute("select 1 from confidence where person_id = ? and state = 'holds' and gone is null", (person_id,)).fetchone() is not None


def was_met(reader: Any, person_id: int, day: str) -> bool:
    """True when somebody of the house met this guest on a day."""
    sql = "select 1 from visit where person_id = ? and day = ? and state = 'done' and kind = 'in-house' and gone is null limit 1"
    return reader.execute(sql, (person_id, day)).fetchone() is not None
