"""The papers of a day: 当日客情通报 F36, the hand-over F48 and the talk of a chat."""

from __future__ import annotations

import datetime as dt
from typing import Any

from crm_desktop.duties.today import briefing, queries
from crm_desktop.duties.today.board import GROUPS, Board
from crm_desktop.duties.today.records import HANDOVER
from crm_desktop.record import lunar
from crm_desktop.record.paper import DAY, EN, Ask, Content, PaperForm, Sign
from crm_desktop.record.text import Text
from crm_desktop.store.rows import get

DAYS_AHEAD = 7
MOST_POINTS = 6  # of attention on the sheet of the morning meeting
BRIEFING_SIGNS = (Text("Made by"), Text("Reviewed by"), Text("Released by"))


def situation(reader: Any, ask: Ask) -> Content:
    """F36: the figures of the day in their groups, its VIPs and birthdays, functions, what is unusual, and the week ahead."""
    from crm_desktop.duties import DUTIES

    hotel = ask.given.get("hotel", ask.hotel_id)
    board = queries.board(reader, DUTIES, ask.day, hotel)
    mask = bool(ask.given.get("mask"))
    guests = queries.guests(reader, DUTIES, board)
    data: dict[str, Any] = {
        "day": _day(ask, ask.day), "calendar": ask.say(queries.day_words(reader, ask.day)), "functions": queries.functions(reader, ask.day, hotel), "parties": queries.groups(reader, ask.day, hotel),
        "complaints": [[each[0], each[1], briefing.masked(each[2]) if mask else each[2], *each[3:]] for each in queries.complaints(reader, hotel)], "unusual": [ask.say(each) for each in briefing.unusual(board.lines, queries.usual(reader, DUTIES, ask.day, hotel), MOST_POINTS)],
        "groups": [{"name": ask.say(words), "figures": figures} for key, words in GROUPS.items() if (figures := _figures(ask, board, key))],
        "vips": [[g.level, briefing.masked(g.name) if mask else g.name, g.room, g.time] for g in guests if g.group == "vip"],
        "birthdays": [[g.name, g.level, g.room] for g in guests if g.group == "birthdays"],
        "ahead": [{"day": day[5:], "count": str(count)} for day, count in board.coming[1 : DAYS_AHEAD + 1]],
    }  # fmt: skip
    signs = [Sign(BRIEFING_SIGNS[0], ask.person), *(Sign(role) for role in BRIEFING_SIGNS[1:])]
    return Content(data, data["day"], hotel_id=hotel or ask.hotel_id, signs=signs)


def _day(ask: Ask, day: str) -> str:
    """A day with its weekday and lunar date in the language of the paper, whatever the window speaks."""
    weekday = ask.say(briefing.WEEKDAYS[dt.date.fromisoformat(day).weekday()]) if day else ""
    return " ".join(part for part in (day, weekday, lunar.chinese(day) if day and ask.language != EN else "") if part)


def _figures(ask: Ask, board: Board, group: str) -> list[dict[str, str]]:
    lines = [line for line in board.lines if (line.group if line.group in GROUPS else "") == group]
    return [
        {"words": ask.say(line.short or line.label), "count": f"{line.count:,}", "change": _change(line.count, line.before), "amount": ask.say(line.amount), "tone": line.tone}
        for line in lines
    ]  # fmt: skip


def _change(count: int, before: int | None) -> str:
    return f"{count - before:+,}" if before is not None and count != before else ""


def handed_over(reader: Any, ask: Ask) -> Content | None:
    """F48, the hand-over: what one shift left to the next, as it stood."""
    row = get(reader, HANDOVER, ask.row_id)
    if row is None:
        return None
    return _handover(ask, row["day"], str(row["owner_id.name"] or ""), str(row["to_id.name"] or ""), row["note"], row["items"], row["risks"])


def handing_over(_reader: Any, ask: Ask) -> Content:
    """The same while it is being written."""
    given = ask.given
    return _handover(ask, ask.day, ask.person, "", given.get("note", ""), given.get("items", ""), given.get("risks", ""))


def _handover(ask: Ask, day: str, giver: str, taker: str, note: str, items: str, risks: str) -> Content:
    data = {
        "day": _day(ask, day), "from": giver, "to": taker, "note": str(note).splitlines(),
        "items": [[str(at), line] for at, line in enumerate(filter(None, str(items).splitlines()), 1)], "risks": str(risks).splitlines(),
    }  # fmt: skip
    return Content(data, f"{data['day']} {giver}".strip(), signs=[Sign(Text("Handed over by"), giver), Sign(Text("Taken over by"), taker), Sign(Text("Witnessed by"))])


SITUATION = PaperForm("F36", Text("Briefing sheet of the day"), DAY, situation, numbered=True, signs=BRIEFING_SIGNS)
FORMS = (
    SITUATION,
    PaperForm("F48", Text("Hand-over of the shift"), "handover", handed_over, numbered=True),
)
HANDING_OVER = PaperForm("F48", Text("Hand-over of the shift"), "", handing_over)
