"""What the stays tell: who is in house, arrives or departs on a day; production; the overview of everything.

Definitions: stayed = status Check-Out; revenue = rate x nights over stayed bookings; in house on D = arrival <= D <
departure and not cancelled or no-show, where bookings not yet arrived count only when D is today or later."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from crm_desktop.duties.clients import figures as worked
from crm_desktop.duties.stays import queries_guest, queries_stay
from crm_desktop.duties.stays.records import BOOKED, CANCELLED, IN_GROUPS, IN_HOUSE, LOBBY, NO_SHOW, STAY, STAYED
from crm_desktop.record.dates import business_date, days_before, local_time
from crm_desktop.record.duty import Filter, NowPoint, TodayLine
from crm_desktop.record.ids import encode
from crm_desktop.record.kinds import Value
from crm_desktop.record.money import average, plain_money, show_money
from crm_desktop.record.record import Figure
from crm_desktop.record.report import Report
from crm_desktop.record.text import Text

CAME = f"s.gone is null and s.status not in ('{CANCELLED}', '{NO_SHOW}')"
CLIENTS = ", count(distinct coalesce(s.company_id, s.agency_id))"
MANY_ROOMS, MOST_CLIENTS = 20, 3  # a client with so many rooms in house is told by name
CODE_OR_NAME_OF = "coalesce(nullif(code, ''), name)"
CODE_OR_NAME = f"(select {CODE_OR_NAME_OF} from account where id = s.{{}})"
LONG_STAY = 28  # nights from which somebody lives here
CHECK_OUT = 12  # the hour by which rooms are free
COMPANIES, IN_PARTIES = (Text("of one company"), Text("of {n} companies")), (Text("one group"), Text("{n} groups"))  # of one, of several
KEPT = f"s.gone is null and s.status = '{STAYED}'"


def longest_stay(reader: Any) -> int:
    """The most nights any living stay has: how far back somebody in house can have arrived."""
    found = reader.execute("select nights from stay where gone is null order by nights desc, id desc limit 1").fetchone()
    return int(found[0]) if found else 0


def in_house(reader: Any, day: str) -> tuple[str, list[Value]]:
    """The condition for being in house on a day. The lower bound on arrival keeps any date fast."""
    since = days_before(day, longest_stay(reader))
    sql = f"s.arrival > ? and s.arrival <= ? and s.departure > ? and {CAME}"
    return (sql if day >= business_date() else f"{sql} and s.status <> '{BOOKED}'"), [since, day, day]


def arrivals(_reader: Any, day: str) -> tuple[str, list[Value]]:
    """The condition for arriving on a day."""
    return f"s.arrival = ? and {CAME}", [day]


def departures(_reader: Any, day: str) -> tuple[str, list[Value]]:
    """The condition for departing on a day; day use never departs."""
    return f"s.departure = ? and s.nights > 0 and {CAME}", [day]


ARRIVALS, HERE, DEPARTURES = Text("Arrivals"), Text("In house"), Text("Departures")
Condition = Callable[[Any, str], tuple[str, list[Value]]]
DAILY: dict[str, Condition] = {"in-house": in_house, "arrivals": arrivals, "departures": departures}
DAILY_COLUMNS = (
    "id", "hotel", "arrival", "departure", "nights", "adults", "children", "babies", "agency", "company", "segment",
    "country", "rate", "status",
)  # fmt: skip


def daily(reader: Any, which: str, day: str) -> Report:
    """`in-house`, `arrivals` or `departures` on a day: one row a booking."""
    where, values = DAILY[which](reader, day)
    found = reader.execute(
        "select s.id, h.name, s.arrival, s.departure, s.nights, s.adults, s.children, s.babies,"
        f" {CODE_OR_NAME.format('agency_id')}, {CODE_OR_NAME.format('company_id')},"
        " s.segment, s.country, s.rate, s.status, s.repeat, s.company_id"
        f" from stay as s join hotel as h on h.id = s.hotel_id where {where} order by s.arrival, s.id",
        values,
    ).fetchall()
    rows = [dict(zip(DAILY_COLUMNS, _plain_row(row), strict=True)) for row in found]
    return Report(DAILY_COLUMNS, rows, _daily_totals(found))


def _plain_row(row: Sequence[Value]) -> list[Any]:
    cells = [None if cell == "" else cell for cell in row[: len(DAILY_COLUMNS)]]
    cells[0], cells[12] = encode(row[0]), plain_money(row[12])
    return cells


def _daily_totals(rows: Sequence[Sequence[Value]]) -> dict[str, Any]:
    return {
        "bookings": len(rows),
        "adults": sum(row[5] or 0 for row in rows),
        "children_babies": sum((row[6] or 0) + (row[7] or 0) for row in rows),
        "night_revenue": plain_money(sum(row[12] for row in rows)),
        "repeat": sum(row[14] for row in rows),
        "with_company": sum(row[15] is not None for row in rows),
    }


GROUPS = {
    "agency": ("agency_id", "account"), "company": ("company_id", "account"), "hotel": ("hotel_id", "hotel"),
    "segment": ("segment", ""), "month": ("substr(s.arrival, 1, 7)", ""),
}  # fmt: skip
PRODUCTION_COLUMNS = ("key", "name", "bookings", "nights", "revenue")
SUMS = "count(*), coalesce(sum(s.nights), 0), coalesce(sum(s.rate * s.nights), 0)"


def production(reader: Any, by: str, first: str = "", last: str = "") -> Report:
    """Bookings, nights and revenue of stayed bookings, by arrival from `first` to `last`, both included.

    Bookings without the key make no row: the totals have all, `without_key` the rest."""
    column, table = GROUPS[by]
    if table and not (first or last):
        return _kept_production(reader, column, table)
    where, values = _between(first, last)
    grouped = f"select {column} as k, {SUMS} from stay as s where {KEPT}{where} group by k"
    found = reader.execute(grouped, values).fetchall()  # names are joined to the few sums, not to the many stays
    names = _names(reader, table) if table else {}
    rows = [_produced(names.get(row[0], (row[0], row[0])), row[1:]) for row in found if row[0] not in (None, "")]
    rows.sort(key=(lambda r: r["key"]) if by == "month" else (lambda r: (-r["nights"], r["key"])))
    total, without = ([sum(row[n] for row in part) for n in (1, 2, 3)] for part in (found, [r for r in found if r[0] in (None, "")]))
    return Report(PRODUCTION_COLUMNS, rows, _sums(total) | {"without_key": _sums(without)})


def _kept_production(reader: Any, column: str, table: str) -> Report:
    """Production over all time, from the sums kept with the accounts and hotels (`check` holds them against the stays)."""
    kind = STAY.by_name[column].ref_where
    where, values = (f" and {kind[0]} = ?", [kind[1]]) if kind else ("", [])
    found = reader.execute(
        f"select {CODE_OR_NAME_OF}, name, stays, nights, revenue from {table} where gone is null and stays > 0{where}", values
    ).fetchall()
    total = reader.execute(
        "select coalesce(sum(stays), 0), coalesce(sum(nights), 0), coalesce(sum(revenue), 0) from hotel where gone is null"
    ).fetchone()
    rows = sorted((_produced(row[:2], row[2:]) for row in found), key=lambda row: (-row["nights"], row["key"]))
    without = [everything - sum(row[at] for row in found) for at, everything in enumerate(total, 2)]
    return Report(PRODUCTION_COLUMNS, rows, _sums(total) | {"without_key": _sums(without)})


def _between(first: str, last: str) -> tuple[str, list[Value]]:
    parts, values = "", []
    if first:
        parts, values = " and s.arrival >= ?", [first]
    if last:
        parts, values = parts + " and s.arrival <= ?", [*values, last]
    return parts, values


def _names(reader: Any, table: str) -> dict[int, tuple[str, str]]:
    return {row[0]: (row[1] or row[2], row[2]) for row in reader.execute(f"select id, code, name from {table}")}


def _sums(sums: Sequence[int]) -> dict[str, Any]:
    return {"bookings": sums[0], "nights": sums[1], "revenue": plain_money(sums[2])}


def _produced(group: tuple[str, str], sums: Sequence[int]) -> dict[str, Any]:
    return {"key": group[0], "name": group[1], **_sums(sums)}


ACCOUNT_COLUMN = {"agency": "agency_id", "company": "company_id"}


def figures(reader: Any, record: str, row_id: int, day: str) -> list[Figure]:
    """The figures of a client's or guest's sheet: stays, nights, revenue, average rate, lead time, cancellations."""
    if record == "stay":
        return queries_stay.figures(reader, row_id)
    if record not in ("account", "person"):
        return []
    column = _sheet_column(reader, record, row_id)
    stays, nights, revenue, seen = reader.execute(
        f"select {SUMS}, max(s.arrival) from stay as s where s.{column} = ? and {KEPT}", (row_id,)
    ).fetchone()
    total, gone, lead, leads = reader.execute(
        f"select count(*), count(case when s.status in ('{CANCELLED}', '{NO_SHOW}') then 1 end), coalesce(sum(s.lead_time), 0), count(s.lead_time)"
        f" from stay as s where s.{column} = ? and s.gone is null",
        (row_id,),
    ).fetchone()
    coming = reader.execute(
        f"select min(s.arrival) from stay as s where s.{column} = ? and s.arrival >= ? and {CAME}", (row_id, day)
    ).fetchone()[0]
    rate, ahead = average(revenue, nights), average(lead, leads)
    mine: Filter = (column, "=", row_id)
    kept: list[Filter] = [mine, ("status", "=", STAYED)]
    more = queries_guest.figures(reader, row_id, day) if record == "person" else []
    return [
        Figure(Text("Times stayed"), f"{stays:,}", opens=kept),
        Figure(Text("Nights"), f"{nights:,}", opens=kept, note=Text("{n} a stay", n=worked.tenths(nights, stays)) if stays else ""),
        Figure(Text("Room revenue"), show_money(revenue), opens=kept),
        Figure(Text("Average rate"), "–" if rate is None else show_money(rate), opens=kept),
        Figure(Text("Booked ahead"), "–" if ahead is None else f"{ahead:,}", note=Text("days"), opens=[mine]),
        Figure(
            Text("Cancelled or no-show"), f"{gone:,}", tone="red" if total and gone * 2 > total else "",
            note=f"{gone / total:.0%}" if total else "", opens=[mine, ("status", "in", (CANCELLED, NO_SHOW))],
        ),
        Figure(Text("Last seen"), seen or "–", opens=kept),
        Figure(Text("Next arrival"), coming or "–", tone="green" if coming else "", opens=[mine, ("arrival", ">=", day)]),
        *more,
    ]  # fmt: skip


def _sheet_column(reader: Any, record: str, row_id: int) -> str:
    if record == "person":
        return "guest_id"
    kind = reader.execute("select kind from account where id = ?", (row_id,)).fetchone()
    return ACCOUNT_COLUMN["agency" if kind and kind[0] == "agency" else "company"]


def now(reader: Any, record: str, row_id: int, day: str) -> list[NowPoint]:
    """Who of a client is in house, or where a guest is, and the next arrival."""
    if record not in ("account", "person"):
        return []
    column = _sheet_column(reader, record, row_id)
    here, values = in_house(reader, day)
    found = reader.execute(
        f"select s.room_no, s.departure, s.id, s.arrival = ? and s.status = '{BOOKED}' from stay as s where s.{column} = ? and {here} order by s.departure", (day, row_id, *values)
    ).fetchall()
    rooms = [row[:3] for row in found if not row[3]]  # who is expected is not here yet
    mine: Filter = (column, "=", row_id)
    points = []
    if rooms:
        since: list[Filter] = [mine, ("arrival", ">", values[0]), ("arrival", "<=", day), ("departure", ">", day), ("status", "not in", (CANCELLED, NO_SHOW))]
        points.append(NowPoint(_here(rooms), "green", ("stay", since if len(rooms) == len(found) else [("id", "in", [row[2] for row in rooms])])))
    coming = reader.execute(
        f"select min(s.arrival) from stay as s where s.{column} = ? and s.arrival >= ? and s.status = '{BOOKED}' and s.gone is null", (row_id, day)
    ).fetchone()[0]
    if coming:
        words = Text("Arrives today") if coming == day else Text("Next arrival {day}", day=coming)
        points.append(NowPoint(words, "blue", ("stay", [mine, ("arrival", ">=", day), ("status", "=", BOOKED)])))
    return points


def _here(rooms: Sequence[tuple[str, str, int]]) -> Text:
    room, until, _ = rooms[0]
    if len(rooms) > 1:
        return Text("{n} rooms in house", n=len(rooms))
    return Text("In house, room {room}, until {day}", room=room, day=until) if room else Text("In house until {day}", day=until)


def _count(reader: Any, condition: Condition, day: str, hotel: int | None, clients: str = "") -> tuple[int, ...]:
    """How many rooms, adults, children, how many of the rooms were checked in and out, and, asked with `CLIENTS`, of how many clients they are."""
    where, values = condition(reader, day)
    if hotel is not None:
        where, values = f"{where} and s.hotel_id = ?", [*values, hotel]
    sums = (
        "count(*), coalesce(sum(s.adults), 0), coalesce(sum(coalesce(s.children, 0) + coalesce(s.babies, 0)), 0),"
        f" count(case when s.status <> '{BOOKED}' then 1 end), count(case when s.status = '{STAYED}' then 1 end)"
    )
    return tuple(int(n) for n in reader.execute(f"select {sums}{clients} from stay as s where {where}", values).fetchone())


def _note(label: Text, counts: tuple[int, ...], day: str) -> Text | None:
    """What a figure of the house says besides: of today how many have come and gone, else how many people."""
    rooms, adults, children, came, left = counts
    if day == business_date() and label == ARRIVALS and came:
        return Text("{n} arrived", n=f"{came:,}")
    if day == business_date() and label == DEPARTURES and left:
        return Text("{n} left", n=f"{left:,}")
    if label == HERE and children:
        return Text("{n} ad. + {children} ch.", n=f"{adults:,}", children=f"{children:,}")
    return Text("{n} adults", n=f"{adults:,}") if adults > rooms else None


def rooms_there(reader: Any, hotel: int | None) -> int:
    """How many rooms the house has, by its room types, else by its list of rooms; 0 where neither is entered."""
    here, values = ("", []) if hotel is None else (" and (hotel_id is null or hotel_id = ?)", [hotel])
    found = reader.execute(f"select coalesce(sum(count), 0) from room_type where gone is null{here}", values).fetchone()[0]
    return int(found or reader.execute(f"select count(*) from room where gone is null{here}", values).fetchone()[0])


def occupancy(rooms: int, there: int) -> str:
    """Rooms taken of those there are: '71.3 %'; '' where nobody entered how many there are."""
    return f"{rooms * 100 / there:.1f} %" if there else ""


def _lives(reader: Any, day: str) -> tuple[str, list[Value]]:
    """The condition for being in house for long."""
    where, values = in_house(reader, day)
    return f"{where} and s.nights >= {LONG_STAY}", values


def _agreed(reader: Any, day: str) -> tuple[str, list[Value]]:
    """The condition for being in house under a company's agreement; its groups are counted as groups."""
    where, values = in_house(reader, day)
    return f"{where} and s.company_id > 0 and s.segment <> '{IN_GROUPS}'", values


def _group_staying(reader: Any, day: str) -> tuple[str, list[Value]]:
    """The condition for being in house with a group that came before the day."""
    where, values = in_house(reader, day)
    return f"{where} and s.segment = '{IN_GROUPS}' and s.arrival < ?", [*values, day]


def _group_coming(_reader: Any, day: str) -> tuple[str, list[Value]]:
    """The condition for arriving with a group."""
    booked = f" and s.status <> '{BOOKED}'" if day < business_date() else ""
    return f"s.arrival = ? and s.departure > ? and s.segment = '{IN_GROUPS}' and {CAME}{booked}", [day, day]


def _by_day(_reader: Any, day: str) -> tuple[str, list[Value]]:
    """The condition for using a room by day."""
    return f"s.arrival = ? and s.nights = 0 and {CAME}", [day]


def _not_left(_reader: Any, day: str) -> tuple[str, list[Value]]:
    """The condition for being to leave on a day and still being here."""
    return f"s.departure = ? and s.nights > 0 and s.gone is null and s.status = '{IN_HOUSE}'", [day]


def _is_late(day: str) -> bool:
    """True once the rooms of those who leave on a day should be free."""
    now = local_time()
    return now.date().isoformat() > day or now.hour >= CHECK_OUT


def _said(words: tuple[Text, Text] | None, count: int) -> Text | str:
    """Of how many clients, in words for one and for several; nothing where none is known."""
    if words is None or not count:
        return ""
    return words[0] if count == 1 else Text(words[1].source, n=f"{count:,}")


def today(reader: Any, day: str, hotel: int | None) -> list[TodayLine]:
    """Arrivals, in house and departures of a day, each against the day before, and who of them is whose; with the filters
    that open them, VIPs and the best clients' guests first."""
    house: list[Filter] = [("arrival", ">", days_before(day, longest_stay(reader))), ("arrival", "<=", day), ("departure", ">", day)]
    if day < business_date():
        house.append(("status", "<>", BOOKED))
    here: list[Filter] = [("hotel_id", "=", hotel)] if hotel is not None else []
    came: list[Filter] = [("status", "not in", (CANCELLED, NO_SHOW)), *here]
    lines = [*_of_house(reader, day, hotel, house), *_of_guests(reader, day, hotel, house)]
    for line in lines:
        line.filters += came
    return [*lines, *_of_clients(reader, day, hotel, [*house, *came])]


def _of_house(reader: Any, day: str, hotel: int | None, house: list[Filter]) -> list[TodayLine]:
    """The three figures of the house."""
    before = days_before(day, 1)
    lines: list[tuple[Text, Condition, list[Filter]]] = [
        (ARRIVALS, arrivals, [("arrival", "=", day)]),
        (HERE, in_house, house),
        (DEPARTURES, departures, [("departure", "=", day), ("nights", ">", 0)]),
    ]
    return [
        TodayLine(
            label, found[0], _count(reader, condition, before, hotel)[0], "stay", filters, group="house", order=LOBBY, note=_note(label, found, day),
            amount=occupancy(found[0], rooms_there(reader, hotel)) if condition is in_house else "",
        )
        for label, condition, filters in lines
        for found in (_count(reader, condition, day, hotel),)
    ]  # fmt: skip


def _of_guests(reader: Any, day: str, hotel: int | None, house: list[Filter]) -> list[TodayLine]:
    """Whose the guests are: of agreements, of groups, who lives here, who comes by day; and who should have left."""
    grouped: list[Filter] = [*house, ("segment", "=", IN_GROUPS)]
    agreed: list[Filter] = [*house, ("company_id", ">", 0), ("segment", "<>", IN_GROUPS)]
    parts: list[tuple[Text, Condition, list[Filter], tuple[Text, Text] | None]] = [
        (Text("Agreement guests"), _agreed, agreed, COMPANIES),
        (Text("Groups in house"), _group_staying, [*grouped, ("arrival", "<", day)], IN_PARTIES),
        (Text("Groups arriving"), _group_coming, [*grouped, ("arrival", "=", day)], IN_PARTIES),
        (Text("Long stays"), _lives, [*house, ("nights", ">=", LONG_STAY)], None),
        (Text("Day use"), _by_day, [("arrival", "=", day), ("nights", "=", 0)], None),
    ]
    if day == business_date():
        label = Text("Late check-outs") if _is_late(day) else Text("Still to leave")
        parts.append((label, _not_left, [("departure", "=", day), ("nights", ">", 0), ("status", "=", IN_HOUSE)], None))
    return [
        TodayLine(
            label, found[0], None, "stay", filters, group="guests", order=LOBBY, amount=_said(words, found[-1]), tone="amber" if condition is _not_left and _is_late(day) else "",
        )
        for label, condition, filters, words in parts
        for found in (_count(reader, condition, day, hotel, CLIENTS if words else ""),)
        if found[0]
    ]  # fmt: skip


def _of_clients(reader: Any, day: str, hotel: int | None, filters: list[Filter]) -> list[TodayLine]:
    """The clients with the most rooms in house, where they are many."""
    where, values = in_house(reader, day)
    if hotel is not None:
        where, values = f"{where} and s.hotel_id = ?", [*values, hotel]
    sql = f"select s.company_id, count(*) from stay as s where {where} and s.company_id > 0 group by s.company_id having count(*) >= {MANY_ROOMS} order by 2 desc, 1 limit {MOST_CLIENTS}"
    found = reader.execute(sql, values).fetchall()
    if not found:
        return []
    names = {row[0]: row[1] for row in reader.execute(f"select id, name from account where id in ({', '.join('?' * len(found))})", [row[0] for row in found])}
    return [
        TodayLine(Text("{client}: rooms", client=names.get(client, "")), int(rooms), None, "stay", [*filters, ("company_id", "=", client)], group="guests", order=LOBBY)
        for client, rooms in found
    ]  # fmt: skip
