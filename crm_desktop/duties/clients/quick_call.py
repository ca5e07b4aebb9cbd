"""A call in one line: what was said and what comes next; from somebody known, or from a number nobody knows yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crm_desktop.duties.clients.records import PERSON
from crm_desktop.record.dates import business_date, local_time
from crm_desktop.record.guess import About, Doubt, Guess, Part, choice_words, day_words
from crm_desktop.record.later import later
from crm_desktop.record.record import Row
from crm_desktop.record.said import Booking, VisitResult, booking, visit_result
from crm_desktop.record.text import Text
from crm_desktop.store.about import subject
from crm_desktop.store.rows import get

CALL_NOTED, CALLER_ADDED = Text("Call noted"), Text("New caller")
report = later("crm_desktop.duties.visits.actions:report")  # that duty knows this one
REPORTED = ("result", "words", "next", "next_on")  # what a line says of a visit
ASKED = 3  # results found in one line that are worth asking about


class QuickCall:
    """A call with the person or client it was opened for; on a visit still planned, its report."""

    title = Text("What was said on the phone")
    hint = Text("wants a quotation, next call on Friday · 要报价 下周五再联系")

    def understand(self, reader: Any, typed: str, picks: Mapping[str, Any], about: About) -> Guess:
        """The result, the words and the next step."""
        found = visit_result(typed, business_date())
        whom, visit = subject(reader, about), _planned(reader, about)
        result = str(picks.get("result") or found.result)
        parts = [
            *([Part(Text("Report of the visit on"), day_words(visit["day"], visit["time"]))] if visit else []),
            Part(Text("With whom"), " · ".join(part for part in (whom.person, whom.account) if part)),
            *([] if visit else [Part(Text("Time"), f"{local_time():%H:%M}")]),
            Part(Text("Result"), result_words(result)),
            Part(Text("What was said"), found.report or typed.strip()),
            *_next_parts(found),
        ]
        codes = found.doubts.get("result", ())
        if visit and not result and typed.strip():
            codes = _results()  # a visit without its result is no report
        ask = (1 < len(codes) <= ASKED or bool(visit and codes)) and "result" not in picks
        doubts = [Doubt("result", Text("Which result?"), [(result_words(code), "", code) for code in codes])] if ask else []
        values = call_values(found, typed) | {"account_id": whom.account_id, "person_id": whom.person_id, "result": result}
        if visit:
            return Guess([part for part in parts if part.words], doubts, None, {"visit": (visit["id"], visit["version"]), "report": [values[name] for name in REPORTED]})
        return Guess([part for part in parts if part.words], doubts, None, {"call": values, "next": _next_values(found, whom)})

    def act(self, desk: Any, guess: Guess) -> Any:
        """The call, and the next step as a follow-up, in one action; of a visit its report."""
        if visit := guess.values.get("visit"):
            return report(desk, *visit, *guess.values["report"])
        with desk.writing(CALL_NOTED) as writing:
            desk.save_in(writing, desk.store.by_key["visit"], None, 0, guess.values["call"])
            if guess.values["next"]:
                desk.save_in(writing, desk.store.by_key["follow_up"], None, 0, guess.values["next"])
        return writing.entry.change


def _planned(reader: Any, about: About) -> Row | None:
    """The visit on the screen, while nobody reported on it."""
    row = get(reader, *about) if about is not None and about[0].key == "visit" else None
    return row if row is not None and row["state"] == "planned" else None


def _results() -> tuple[str, ...]:
    """All results there are."""
    from crm_desktop.duties import record_of

    return tuple(code for code, *_ in record_of("visit").by_name["result"].choices)


def result_words(code: str) -> Text | str:
    """A result of a call in words, as the record of visits and calls has it."""
    from crm_desktop.duties import record_of  # the list knows this duty: not before it is whole

    return choice_words(record_of("visit"), "result", code)


def call_values(found: VisitResult, typed: str) -> dict[str, Any]:
    """A call that just took place, as the record of visits and calls keeps it."""
    step = found.next
    return {
        "kind": "call", "state": "done", "day": business_date(), "time": f"{local_time():%H:%M}", "words": found.report or typed.strip(),
        "next": step.what if step else "", "next_on": step.due if step else "",
    }  # fmt: skip


def _next_parts(found: VisitResult) -> list[Part]:
    if found.next is None or not found.next.what:
        return []
    day = [Part(Text("Next step on"), day_words(found.next.due, found.next.time))] if found.next.due else []
    return [Part(Text("Next step"), found.next.what), *day]


def _next_values(found: VisitResult, whom: Any) -> dict[str, Any]:
    step = found.next
    if step is None or not step.what or not step.due:
        return {}
    return {
        "name": step.what, "due": step.due, "due_time": step.time, "account_id": whom.account_id, "person_id": whom.person_id, "about": whom.about,
    }  # fmt: skip


class QuickNewCaller:
    """A call from a number nobody here knows: the caller, the call, and what was asked for."""

    title = Text("A new caller")
    hint = Text("Wang, Saturday evening 12 people, private room · 王总 周六晚 12位 包厢")

    def __init__(self, phone: str) -> None:
        self.phone = phone

    def understand(self, reader: Any, typed: str, picks: Mapping[str, Any], about: About) -> Guess:
        """The name is the first word; a day makes it a booking that is asked for."""
        name, rest = named_first(typed)
        found = booking(rest, business_date())
        parts = [Part(Text("Phone"), self.phone), Part(Text("Name"), name), Part(Text("What was said"), rest), *_asked(found)]
        values = {"name": name, "words": rest, "booking": _booking(found, name, self.phone, rest)}
        return Guess([part for part in parts if part.words], [], None if name else Text("Write the caller's name first"), values)

    def act(self, desk: Any, guess: Guess) -> Any:
        """Person, call and booking, in one action."""
        given, records = guess.values, desk.store.by_key
        with desk.writing(CALLER_ADDED) as writing:
            person = desk.save_in(writing, PERSON, None, 0, {"name": given["name"], "phone": self.phone, "role": "booker"})
            found = visit_result(given["words"], business_date())
            call = call_values(found, given["words"]) | {"person_id": person, "result": "inquiry"}
            desk.save_in(writing, records["visit"], None, 0, call)
            if given["booking"]:
                desk.save_in(writing, records["booking"], None, 0, given["booking"] | {"person_id": person})
        return writing.entry.change


def named_first(typed: str) -> tuple[str, str]:
    """The name a line begins with, and the rest: the first word, or all of a line that is one short word."""
    first, _, rest = typed.strip().replace("，", " ").replace(",", " ").partition(" ")
    return first, rest.strip()


def _asked(found: Booking) -> list[Part]:
    people = [Part(Text("Number of people"), str(found.people))] if found.people else []
    return ([Part(Text("Day"), day_words(found.day, found.time))] if found.day else []) + people + ([Part(Text("Place"), found.place)] if found.place else [])


def _booking(found: Booking, name: str, phone: str, line: str) -> dict[str, Any]:
    if not found.day:
        return {}
    kinds = {"private_room": "private-room", "individual": "table"}
    values = {"day": found.day, "time": found.time, "people": found.people or None, "tables": found.tables or None, "place": found.place}
    kind = {"kind": kinds.get(found.kind, found.kind)} if found.kind else {}
    return values | kind | {"name": name, "phone": phone, "remark": line}
