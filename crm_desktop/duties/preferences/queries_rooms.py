"""Who is in which room: what a preference that names only the room belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from crm_desktop.record.dates import add_days, days_before
from crm_desktop.store.about import MOST, Named

LOOK_BACK = 60  # days: who stays longer is marked as being in house
NOT_COMING = "('Canceled', 'No-Show')"


def rooms_taken(reader: Any, day: str) -> Iterator[str]:
    """The room numbers of everybody in house, arriving or leaving on a day: asked for when the first is wanted."""
    sql = (
        f"select room_no from stay where gone is null and arrival <= ? and arrival >= ? and departure >= ? and status not in {NOT_COMING} and room_no <> ''"
        " union select room_no from stay where gone is null and (status || '') = 'In-House' and arrival < ? and departure >= ? and room_no <> ''"
        " union select room_no from vip_stay where gone is null and arrival <= ? and departure >= ? and room_no <> ''"
    )
    until, since = add_days(day, 1), days_before(day, LOOK_BACK)
    yield from (row[0] for row in reader.execute(sql, (until, since, day, since, day, until, day)).fetchall())


def guests_in(reader: Any, room: str, day: str) -> list[Named]:
    """The guests of a room on a day or the next, by the stays and the VIP stays, each once: those in house first, then those
    who come, then those who have left that day."""
    sql = (
        "select p.id, p.name, coalesce((select name from account where id = p.account_id), ''), min(g.place), min(g.arrival) from ("
        "select guest_id, arrival, case status when 'In-House' then 0 when 'Booked' then 1 else 2 end as place from stay"
        f" where gone is null and room_no = ? and arrival <= ? and departure >= ? and status not in {NOT_COMING}"
        " union all select guest_id, arrival, case when stage = 'in-house' then 0 when stage in ('departed', 'reviewed') then 2 else 1 end from vip_stay"
        " where gone is null and room_no = ? and arrival <= ? and departure >= ? and stage <> 'refused'"
        f") as g join person as p on p.id = g.guest_id where p.gone is null group by p.id order by 4, 5, p.id limit {MOST}"
    )
    found = reader.execute(sql, (room, add_days(day, 1), day, room, add_days(day, 1), day)).fetchall()
    return [Named(*row[:3]) for row in found]
