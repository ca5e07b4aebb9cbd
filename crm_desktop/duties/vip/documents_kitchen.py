"""Two sheets of a day: the kitchen's morning meeting (tomorrow's parties, their last menus, what was complained of) and the floors'
list of what guests like."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from crm_desktop.duties.preferences.records import ALLERGENS
from crm_desktop.duties.vip import queries_kitchen, rules_cards, rules_seating
from crm_desktop.duties.vip.records_service import GUEST_CARD
from crm_desktop.record.dates import add_days, days_before
from crm_desktop.record.paper import DAY, Ask, Content, PaperForm, Sign
from crm_desktop.record.text import Text
from crm_desktop.store.rows import get

LOOK_BACK, MOST = 30, 60  # days of complaints; rows of a table
STAR = "★"


def _joined(words: Any) -> str:
    return "；".join(line for line in str(words or "").splitlines() if line)


def _codes(ask: Ask, codes: Any) -> str:
    words = {code: text for code, text, _ in ALLERGENS}
    return "、".join(ask.say(words.get(code, code)) for code in str(codes or "").split())


def _never(ask: Ask, nevers: Any, codes: Any) -> str:
    """The allergens, then what else must never be; nothing that stands in another piece already."""
    pieces = list(dict.fromkeys(filter(None, (_codes(ask, codes), *str(nevers or "").splitlines()))))
    return "；".join(piece for piece in pieces if not any(piece in other for other in pieces if other != piece))


def _last(reader: Any, guest: Any, account: Any, day: str) -> str:
    found = queries_kitchen.last_menu(reader, guest, account, day)
    return f"{found[0][5:]} {'、'.join(rules_cards.dishes(found[1]))}" if found else ""


def _meals(reader: Any, ask: Ask, day: str) -> tuple[list[list[str]], set[int]]:
    """The meals of cards, dishes that are stopped marked; and the bookings that have one."""
    rows, having = [], set[int]()
    for _id, at, place, name, covers, menu, nevers, codes, state, kind, excused, guest, booking, level, wine in queries_kitchen.meals(reader, day, MOST):
        card = {"kind": kind, "menu": menu, "codes": codes, "nevers": nevers, "excused": excused, "wine": wine}
        stops = " ".join(f"✗{stop.dish}" for stop in rules_cards.unresolved(card))
        signed = "√" if state in rules_cards.AGREED else ""
        account = queries_kitchen.account_of(reader, booking)
        said = "；".join(filter(None, (stops, _never(ask, nevers, codes))))
        rows.append([at, place, f"{STAR if level or signed else ''}{level} {name or ''}".strip(), f"{covers or ''}", said, _last(reader, guest, account, day), signed])
        having |= {int(booking)} if booking else set()
    return rows, having


def _parties(reader: Any, ask: Ask, day: str, having: set[int], told: set[tuple[str, str]]) -> list[list[str]]:
    """The bookings of a day that have no card yet, those of the best clients with a star; none whose time and place a card tells of."""
    out = []
    for row_id, at, place, name, people, _kind, level, account, person in queries_kitchen.parties(reader, day, MOST):
        if row_id not in having and (not place or (str(at), str(place)) not in told):
            found = queries_kitchen.function(reader, row_id)
            says = queries_kitchen.says(found) if found else {"nevers": "", "codes": ""}
            out.append([at, place, f"{STAR if level == 'A' else ''}{name}", f"{people or ''}", _never(ask, says["nevers"], says["codes"]), _last(reader, person, account, day), ""])
    return out


def meeting(reader: Any, ask: Ask) -> Content:
    """F37B: tomorrow's parties with stars, what must never be served, the last menu, and what was complained of in 30 days."""
    day = add_days(ask.day, 1)
    meals, having = _meals(reader, ask, day)
    complained = queries_kitchen.complained(reader, days_before(ask.day, LOOK_BACK), ask.day)
    data = {
        "day": day, "parties": sorted([*meals, *_parties(reader, ask, day, having, {(str(row[0]), str(row[1])) for row in meals})], key=_when),
        "complaints": [[str(on)[5:], str(place), str(name), str(finding)] for on, place, name, finding in complained],
    }  # fmt: skip
    return Content(data, day, signs=[Sign(Text("Chef")), Sign(Text("Food and beverage")), Sign(Text("Sales and marketing"), ask.person)])


# F37D


def seating(reader: Any, ask: Ask) -> Content | None:
    """F37D: who sits where at the table of a meal, by protocol, seen from above with the door at the bottom."""
    row = get(reader, GUEST_CARD, ask.row_id)
    if row is None:
        return None
    seats = rules_seating.seats(*rules_seating.read(str(row["diners"] or "")))
    data = {
        "place": str(row["place"]), "meal": f"{row['meal_on']} {row['meal_at']}".strip(), "covers": f"{row['covers'] or len(seats)}",
        "seats": [{"name": seat.name, "ours": "1" if seat.ours else "", "rank": f"{seat.rank}", **_point(seat.place, len(seats))} for seat in seats],
        **{side: [[f"{seat.rank}", seat.name] for seat in sorted(seats, key=lambda seat: seat.rank) if seat.ours is ours] for side, ours in (("hosts", True), ("guests", False))},
    }  # fmt: skip
    return Content(data, f"{row['place']} {row['meal_on']}".strip())


def _point(place: int, count: int) -> dict[str, str]:
    """Where a seat is drawn, in hundredths of the table's half-width from its middle; clockwise from the top."""
    turn = 2 * math.pi * place / max(1, count)
    return {"x": f"{100 * math.sin(turn):.1f}", "y": f"{-100 * math.cos(turn):.1f}"}


def is_seated(row: dict[str, Any]) -> bool:
    """A seating plan is of a meal whose diners are known."""
    return bool(str(row.get("diners") or "").strip())


def _when(row: Sequence[str]) -> tuple[str, str]:
    return row[0] or "99", row[1]


def floors(reader: Any, ask: Ask) -> Content:
    """F37C: by floor and room, what VIPs who are here or come today like, dislike and must never meet; in one line those of whom nothing
    is known, and those without a room."""
    by_floor: dict[str, list[list[str]]] = {}
    unknown, homeless = list[str](), list[str]()
    for room, name, level, likes, dislikes, nevers, codes in queries_kitchen.on_floors(reader, ask.day, 4 * MOST):
        says = [_joined(likes), _joined(dislikes), _never(ask, nevers, codes)]
        if not any(says):
            (unknown if room else homeless).append(f"{room} {level} {name}".strip())
        else:
            by_floor.setdefault(str(room)[:-2], []).append([str(room), str(level), str(name), *says])
    data = {
        "day": ask.day, "floors": [{"floor": floor, "rows": rows} for floor, rows in sorted(by_floor.items(), key=lambda one: one[0].rjust(4))],
        "unknown": "　".join(unknown), "homeless": "　".join(homeless),
    }  # fmt: skip
    return Content(data, ask.day, signs=[Sign(Text("Housekeeping")), Sign(Text("Front office"))])


FORMS = (
    PaperForm("F37B", Text("Sheet of the kitchen's meeting"), DAY, meeting, turned=True, numbered=True),
    PaperForm("F37D", Text("Seating plan of a meal"), "guest_card", seating, numbered=True, fits=is_seated),
    PaperForm("F37C", Text("Likes of guests by floor"), DAY, floors, turned=True, numbered=True),
)
