"""A booking in one line, from anywhere: 周六晚 12位 包厢."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from crm_desktop.desk import people
from crm_desktop.desk.settings import Settings
from crm_desktop.duties.bookings import actions, queries
from crm_desktop.duties.bookings.records import BOOKING, INQUIRY
from crm_desktop.duties.bookings.words import wanted
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.record.dates import business_date
from crm_desktop.record.guess import About, Doubt, Guess, Part, choice_words, day_doubt, day_words, no_day, time_doubt
from crm_desktop.record.said import Booking, booking
from crm_desktop.record.text import Text
from crm_desktop.store.about import Subject, named, rows_named, subject

KIND_OF = {
    "wedding": "wedding", "meeting": "meeting", "group": "group", "banquet": "banquet", "private_room": "private-room",
    "individual": "table",
}  # fmt: skip
KIND_OF_PLACE = {"private-room": "private_room", "outlet": "individual"}  # kinds of places, as record/said names bookings
PHONE = re.compile(r"(?<!\d)(?:1\d{10}|0\d{2,3}-?\d{7,8})(?!\d)")  # mobile, or land line with its area code
LEAST_NAME = 2  # characters of a name that one client is told by
PERIOD_OF = {"lunch": "lunch", "noon": "lunch", "dinner": "dinner", "evening": "dinner"}


class QuickBooking:
    """Day, time, how many, where and what kind; whose it is, from the row on the screen or the words that are left."""

    title = Text("New booking in one line")
    hint = Text("Saturday evening, 12 people, private room · 周六晚 12位 包厢")

    def understand(self, reader: Any, typed: str, picks: Mapping[str, Any], about: About) -> Guess:
        """Everything a booking needs; what the line leaves open is asked."""
        found = booking(typed, business_date(), rows_named(reader, "venue"))
        _settle_by_place(reader, found)
        name, phone = _phone_apart(found.client)
        day, time = picks.get("day") or found.day, picks.get("time") or found.time
        kind = KIND_OF.get(str(picks.get("kind") or found.kind), "")
        whom = subject(reader, about) if about else _named(reader, name)
        values = {
            "kind": kind, "day": day, "time": time, "period": PERIOD_OF.get(found.period, ""), "place": found.place,
            "people": picks.get("people") or found.people or None, "tables": found.tables or None, "name": name, "phone": phone,
            "account_id": whom.account_id, "person_id": whom.person_id, "remark": found.line,
        }  # fmt: skip
        parts = _parts(values, whom.account or whom.person) + _clash(reader, values)
        wrong = None if day else no_day(found.no_day)
        if wrong:
            parts.insert(0, Part(Text("Day"), wrong, "red"))
        return Guess(parts, _doubts(found, picks), None if day else wrong or Text("Write the day"), values)

    def act(self, desk: Any, guess: Guess) -> Any:
        """Save it as an inquiry; the line as it was typed stays with it."""
        return actions.take(desk, guess.values)


def _settle_by_place(reader: Any, found: Booking) -> None:
    """A private room or a restaurant named by its name says what kind of booking it is."""
    if found.place and "kind" in found.doubts:
        kind = KIND_OF_PLACE.get(queries.kind_of_place(reader, found.place))
        if kind:
            found.kind = kind
            del found.doubts["kind"]


def _phone_apart(words: str) -> tuple[str, str]:
    """The name without the number to call it back on, and that number."""
    number = PHONE.search(words)
    return (words, "") if number is None else (" ".join(PHONE.sub(" ", words, count=1).split()), number[0])


def _named(reader: Any, words: str) -> Subject:
    """The client of this name, where only one can be meant; it is shown before the line is saved."""
    found = Subject()
    clients = named(reader, ACCOUNT, words) if len(words) >= LEAST_NAME else []
    if len(clients) == 1:
        found.account_id, found.account = clients[0].id, clients[0].name
    return found


def _clash(reader: Any, values: Mapping[str, Any]) -> list[Part]:
    """Who wants the same place at the same time, before it is taken down."""
    row = {"state": INQUIRY, "hotel_id": people.find(reader, Settings()).hotel_id, **values}
    others = queries.clashes(reader, row) if row["day"] else []
    return [Part(Text("Clash"), wanted(others), "red")] if others else []


def _parts(values: Mapping[str, Any], whom: str) -> list[Part]:
    day = [Part(Text("Day"), day_words(values["day"], values["time"]))] if values["day"] else []
    rest = [
        Part(Text("Meal period"), choice_words(BOOKING, "period", values["period"])), Part(Text("Kind"), choice_words(BOOKING, "kind", values["kind"])),
        Part(Text("Number of people"), str(values["people"] or "")), Part(Text("Tables"), str(values["tables"] or "")),
        Part(Text("Place"), values["place"]), Part(Text("Booked in the name of"), values["name"]), Part(Text("Phone"), values["phone"]), Part(Text("Client"), whom),
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
