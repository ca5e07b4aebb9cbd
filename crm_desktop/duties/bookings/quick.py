"""A booking in one line, from anywhere: 周六晚 12位 包厢."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from crm_desktop.duties.bookings import actions
from crm_desktop.duties.bookings.records import BOOKING
from crm_desktop.record.dates import business_date
from crm_desktop.record.guess import About, Doubt, Guess, Part, choice_words, day_doubt, day_words, time_doubt
from crm_desktop.record.said import Booking, booking
from crm_desktop.record.text import Text
from crm_desktop.store.about import rows_named, subject

KIND_OF = {
    "wedding": "wedding", "meeting": "meeting", "group": "group", "banquet": "banquet", "private_room": "private-room",
    "individual": "table",
}  # fmt: skip
PERIOD_OF = {"lunch": "lunch", "noon": "lunch", "dinner": "dinner", "evening": "dinner"}


class QuickBooking:
    """Day, time, how many, where and what kind; whose it is, from the row on the screen or the words that are left."""

    title = Text("New booking in one line")
    hint = Text("Saturday evening, 12 people, private room · 周六晚 12位 包厢")

    def understand(self, reader: Any, typed: str, picks: Mapping[str, Any], about: About) -> Guess:
        """Everything a booking needs; what the line leaves open is asked."""
        found = booking(typed, business_date(), rows_named(reader, "venue"))
        day, time = picks.get("day") or found.day, picks.get("time") or found.time
        kind = KIND_OF.get(str(picks.get("kind") or found.kind), "")
        whom = subject(reader, about)
        values = {
            "kind": kind, "day": day, "time": time, "period": PERIOD_OF.get(found.period, ""), "place": found.place,
            "people": picks.get("people") or found.people or None, "tables": found.tables or None, "name": found.client,
            "account_id": whom.account_id, "person_id": whom.person_id, "remark": found.line,
        }  # fmt: skip
        return Guess(_parts(values, whom.account or whom.person), _doubts(found, picks), None if day else Text("Write the day"), values)

    def act(self, desk: Any, guess: Guess) -> Any:
        """Save it as an inquiry; the line as it was typed stays with it."""
        return actions.take(desk, guess.values)


def _parts(values: Mapping[str, Any], whom: str) -> list[Part]:
    day = [Part(Text("Day"), day_words(values["day"], values["time"]))] if values["day"] else []
    rest = [
        Part(Text("Meal period"), choice_words(BOOKING, "period", values["period"])), Part(Text("Kind"), choice_words(BOOKING, "kind", values["kind"])),
        Part(Text("People"), str(values["people"] or "")), Part(Text("Tables"), str(values["tables"] or "")),
        Part(Text("Place"), values["place"]), Part(Text("Booked in the name of"), values["name"]), Part(Text("Client"), whom),
    ]  # fmt: skip
    return day + [part for part in rest if part.words]


def _doubts(found: Booking, picks: Mapping[str, Any]) -> list[Doubt]:
    out = [
        *day_doubt("day", Text("Which day?"), found.doubts.get("day", ()), picks),
        *time_doubt("time", Text("At what time?"), found.doubts.get("time", ()), picks),
    ]
    kinds: Sequence[str] = found.doubts.get("kind", ())
    if kinds and "kind" not in picks:
        out.append(Doubt("kind", Text("What kind of booking?"), [(choice_words(BOOKING, "kind", KIND_OF[kind]), "", kind) for kind in kinds]))
    people: Sequence[int] = found.doubts.get("people", ())
    if people and "people" not in picks:
        out.append(Doubt("people", Text("How many people?"), [(str(count), "", count) for count in people]))
    return out
