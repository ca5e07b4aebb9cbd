"""What *Today* asks: every duty's lines for a day, and the bookings of the days to come."""

from __future__ import annotations

from typing import Any

from crm_desktop.desk.rights import deciding, givable
from crm_desktop.duties.complaints.queries import OPEN_STATES
from crm_desktop.duties.today import queries_then
from crm_desktop.duties.today.board import APPROVALS, HOUSE, Board, place_of, worded
from crm_desktop.duties.today.briefing import Guest, key_of
from crm_desktop.duties.today.records import DAY_NOTE, ELSEWHERE, ON_DUTY, TURN, weather
from crm_desktop.record.dates import add_days, business_date
from crm_desktop.record.duty import Duty, Filter, TodayLine
from crm_desktop.record.festivals import calendar_words
from crm_desktop.record.record import Record, Row
from crm_desktop.record.rights import Rights
from crm_desktop.record.text import Text
from crm_desktop.store import pages
from crm_desktop.store.row_reads import read_many

DAYS, WEEKS = 14, 4
MOST_NAMES = 3  # beside a figure
YES = ("approve", "give")  # steps that are the yes somebody waits for
TOLD_THERE = ("promotion", "credit_application")  # their duties tell of them
SHORT = {"visit_week": Text("Plans, reports")}  # whose own name is too long for a box
NAMED = ("vip", "birthdays")  # the groups whose guests the briefing names
GUEST_COLUMNS = ("guest_id", "person_id", "name", "level", "vip", "arrival", "arrival_time", "departure", "room_no")
MOST_ROWS = 40
MOST_ASKED = 200  # of one record, whether each is the reader's to decide


def board(reader: Any, duties: tuple[Duty, ...], day: str, hotel: int | None) -> Board:
    """Everything *Today* shows of a day, for one hotel or all."""
    lines = [line for duty in duties if duty.today for line in duty.today(reader, day, hotel)]
    if day < business_date():
        lines = queries_then.as_it_was(reader, {record.key: record for duty in duties for record in duty.records}, lines, day)
    lines = [line for line in lines if line.group == HOUSE or line.count or line.amount]  # what is empty takes no room
    lines.sort(key=place_of)
    lines = lines if day == business_date() else worded(lines)
    known = known_days(reader)
    blank = not known[1] and not any(line.count for line in lines) and nobody_known(reader)
    found = Board(day, lines, coming(reader, day, hotel), known, blank)
    found.calendar = day_words(reader, day)
    return found


def own_lines(reader: Any, day: str, hotel: int | None) -> list[TodayLine]:
    """What *Today* itself counts: who is on duty and who is out, and what waits for a yes."""
    return [*whereabouts(reader, day), *approvals(reader, day, hotel)]


def whereabouts(reader: Any, day: str) -> list[TodayLine]:
    """Who is on duty on a day and who is out, with the first names of each."""
    sql = "select t.kind, s.name from duty_turn as t join staff as s on s.id = t.owner_id where t.day = ? and t.gone is null order by t.kind, t.begins, t.id"
    found = reader.execute(sql, (day,)).fetchall()
    lines = []
    for label, kinds in ((Text("On duty"), ON_DUTY), (Text("Out or on leave"), ELSEWHERE)):
        names = [str(name) for kind in kinds for each, name in found if each == kind]
        told = " · ".join(dict.fromkeys(names[:MOST_NAMES]))
        lines.append(TodayLine(label, len(names), None, TURN.key, [("day", "=", day), ("kind", "in", kinds)], group="office", amount=told))
    return lines


def day_words(reader: Any, day: str) -> Text | str:
    """What the day is to festivals and offices, its weather, and what everybody should know of it."""
    found = reader.execute("select sky, low, high, name from day_note where day = ? and gone is null order by id desc limit 1", (day,)).fetchone()
    calendar = calendar_words(day)
    told = weather(DAY_NOTE.by_name["sky"].choice_text(found[0]) if found[0] else "", found[1], found[2], str(found[3])) if found else ""
    return Text("{first} · {second}", first=calendar, second=told) if told and calendar else told or calendar


def approvals(reader: Any, day: str, _hotel: int | None) -> list[TodayLine]:
    """What waits for the yes of who looks, of every record with such a step; nothing on another day than today.

    Counted is what they may decide: within their level, named for it by the hotel, not asked for by themselves. Where
    nobody is known to sit here it is everything that waits."""
    from crm_desktop.duties import RECORDS

    lines: list[TodayLine] = []
    rights = deciding(reader)
    for record in RECORDS if day == business_date() else ():
        moves = [] if record.machine is None or record.key in TOLD_THERE else [move for move in record.machine.moves if move.approves and move.key in YES]
        if moves and record.machine is not None:
            states = tuple(sorted({source for move in moves for source in move.sources}))
            label, short = Text("To be approved: {records}", records=record.many), SHORT.get(record.key, record.many)
            filters = _mine(reader, rights, record, [move.key for move in moves], [(record.machine.field, "in", states)])
            lines += pages.waiting(reader, label, record, filters, group=APPROVALS, tone="amber", short=short)
    return lines


def _mine(reader: Any, rights: Rights, record: Record, moves: list[str], waiting: list[Filter]) -> list[Filter]:
    """Of the rows that wait for one of these steps, those whose step somebody with these rights may take; a great many are not asked one by one."""
    if rights.open or pages.count(reader, pages.ListQuery(record, waiting), MOST_ASKED + 1) > MOST_ASKED:
        return waiting
    ids = [int(str(row[0])) for row in pages.fetch(reader, pages.ListQuery(record, waiting, columns=(record.name,)), limit=MOST_ASKED)]
    rows = list(read_many(reader, record, ids).values()) if ids else []
    own = givable(reader, rights, record, moves, rows)
    return waiting if len(own) == len(rows) else [("id", "in", tuple(sorted(row["id"] for row in own)))]


def nobody_known(reader: Any) -> bool:
    """True while there is no client, guest or contact."""
    found = reader.execute("select exists (select 1 from account where gone is null) or exists (select 1 from person where gone is null)")
    return not found.fetchone()[0]


def coming(reader: Any, day: str, hotel: int | None) -> list[tuple[str, int]]:
    """How many arrive on each of the next days, also where nobody does."""
    here, values = ("", []) if hotel is None else (" and hotel_id = ?", [hotel])
    found = dict(
        reader.execute(
            "select arrival, count(*) from stay where gone is null and arrival >= ? and arrival < ?"
            f" and status not in ('Canceled', 'No-Show'){here} group by arrival",
            [day, add_days(day, DAYS), *values],
        ).fetchall()
    )
    return [(date, found.get(date, 0)) for date in (add_days(day, n) for n in range(DAYS))]


def known_days(reader: Any) -> tuple[str, str]:
    """The first and the last arrival there is; empty when there is none."""
    first = reader.execute("select arrival from stay where gone is null order by arrival, id limit 1").fetchone()
    last = reader.execute("select arrival from stay where gone is null order by arrival desc, id desc limit 1").fetchone()
    return (first[0], last[0]) if first and last else ("", "")


def colleague(reader: Any, person: int) -> str:
    """The name of a colleague; '' for one who is not there."""
    found = reader.execute("select name from staff where id = ?", (person,)).fetchone()
    return str(found[0]) if found else ""


def hotels(reader: Any) -> list[tuple[int, str]]:
    """The hotels there are."""
    return list(reader.execute("select id, name from hotel where gone is null order by sort, id").fetchall())


# for the briefing


def usual(reader: Any, duties: tuple[Duty, ...], day: str, hotel: int | None) -> dict[str, float]:
    """The mean of each figure of the house and of the VIPs on this weekday of the four weeks before.

    Only figures that speak of a day can be asked of another one: those that speak of today's state say nothing."""
    sums: dict[str, int] = {}
    for week in range(1, WEEKS + 1):
        then = add_days(day, -7 * week)
        for line in (line for duty in duties if duty.today for line in duty.today(reader, then, hotel)):
            if line.group in (HOUSE, "vip"):
                sums[key_of(line)] = sums.get(key_of(line), 0) + line.count
    return {key: total / WEEKS for key, total in sums.items()}


def guests(reader: Any, duties: tuple[Duty, ...], board: Board) -> list[Guest]:
    """The VIPs who are here or arrive on the day, the highest level first, and whose birthday it is."""
    records = {record.key: record for duty in duties for record in duty.records}
    found: dict[tuple[str, Any], Guest] = {}
    for group in NAMED:
        lines = [line for line in board.lines if line.group == group]
        for line in lines[:1] if group == "birthdays" else lines:
            for row in _guest_rows(reader, records[line.record], line):
                if group == "vip" and "level" not in row:
                    continue  # a task, a card or an inspection of a reception, not the reception
                if row.get("arrival", "") <= board.day <= (row.get("departure") or board.day):
                    found.setdefault((group, row["who"]), _guest(group, row, board.day))
    return sorted(found.values(), key=lambda guest: (NAMED.index(guest.group), guest.level or "~", guest.time))


def functions(reader: Any, day: str, hotel: int | None) -> list[list[str]]:
    """The bookings of halls and private rooms on a day as they come: time, place, in whose name, people."""
    here, values = ("", []) if hotel is None else (" and hotel_id = ?", [hotel])
    sql = (
        "select time, place, case when name <> '' then name else coalesce((select name from account where id = b.account_id), '') end, coalesce(people, 0)"
        f" from booking as b where gone is null and day = ? and state in ('tentative', 'definite', 'done', 'closed'){here} order by time, place, id limit {MOST_ROWS}"
    )
    return [[str(time), str(place), str(name), f"{people:,}" if people else ""] for time, place, name, people in reader.execute(sql, [day, *values]).fetchall()]


def groups(reader: Any, day: str, hotel: int | None) -> list[list[str]]:
    """The groups that are here or come on a day: name, people, from, until, rooms."""
    here, values = ("", []) if hotel is None else (" and b.hotel_id = ?", [hotel])
    sql = (
        "select coalesce(a.name, b.name), coalesce(b.people, 0), b.day, b.last_day, case when b.room_count > 0 then cast(b.room_count as text) else b.rooms end from booking as b left join account as a on a.id = b.account_id where b.gone is null"
        f" and b.kind = 'group' and b.state in ('definite', 'done', 'closed') and b.day <= ? and (b.last_day >= ? or b.day = ?){here} order by b.day, b.id limit {MOST_ROWS}"
    )
    return [[str(name), f"{people:,}" if people else "", first[5:], last[5:], str(rooms)] for name, people, first, last, rooms in reader.execute(sql, [day, day, day, *values]).fetchall()]


def complaints(reader: Any, hotel: int | None) -> list[list[str]]:
    """The complaints that are open: severity, room, guest, what it is about, until when something is due."""
    here, values = ("", []) if hotel is None else (" and hotel_id = ?", [hotel])
    sql = (
        "select severity, room_no, guest, name, due from complaint where gone is null and kind not in ('praise', 'suggestion', 'help')"
        f" and state in {OPEN_STATES}{here} order by severity, due, id limit {MOST_ROWS}"
    )
    return [[str(severity), str(room), str(guest), str(what), str(due)[5:16].replace("T", " ")] for severity, room, guest, what, due in reader.execute(sql, values).fetchall()]


def _guest_rows(reader: Any, record: Record, line: TodayLine) -> list[Row]:
    names = [name for name in GUEST_COLUMNS if name in record.by_name]
    rows = pages.fetch(reader, pages.ListQuery(record, line.filters, columns=names), limit=MOST_ROWS)
    out = [dict(zip(("id", "sort", *names), row, strict=True)) for row in rows]
    return [row | {"who": row.get("guest_id") or row.get("person_id") or row.get("name") or ""} for row in out]


def _guest(group: str, row: Row, day: str) -> Guest:
    time = str(row.get("arrival_time") or "") if row.get("arrival") == day else ""
    return Guest(group, str(row["who"]), str(row.get("level") or row.get("vip") or ""), time, str(row.get("room_no") or ""))
