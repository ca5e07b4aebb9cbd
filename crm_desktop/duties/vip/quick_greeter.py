"""Who meets the guest of the row on the screen, in one line: 周一禾 谈续签."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crm_desktop.desk.records import STAFF
from crm_desktop.duties.vip import actions, queries_greeting, queries_reasons
from crm_desktop.duties.vip.queries_reasons import Whom
from crm_desktop.record import reasons
from crm_desktop.record.dates import business_date
from crm_desktop.record.guess import About, Doubt, Guess, Part, day_words
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text, say
from crm_desktop.store.about import Named, named, rows_named
from crm_desktop.store.rows import get

RECORDS = ("stay", "vip_stay")


class QuickGreeter:
    """The colleague, and what to talk about; the guest is that of the stay or reception on the screen."""

    title = Text("Who meets this guest?")
    hint = Text("Zhou Yihe, talk about the renewal · 周一禾 谈续签")

    def understand(self, reader: Any, typed: str, picks: Mapping[str, Any], about: About) -> Guess:
        """Who is named, whom they meet, the reasons to meet, and whether they are here that day."""
        row = get(reader, about[0], about[1]) if about and about[0].key in RECORDS else None
        if about is None or row is None or not row["guest_id"]:
            return Guess([], (), Text("Choose a stay or a reception in the arrival list first, then name who meets the guest"))
        words, found = _apart(reader, typed)
        if "staff" in picks:
            found = [one for one in found if one.id == picks["staff"]]
        doubts = [Doubt("staff", Text("Which colleague?"), [(one.name, one.note, one.id) for one in found])] if len(found) > 1 else []
        who = found[0] if len(found) == 1 else None
        day = max(row["arrival"], min(business_date(), row["departure"]))
        parts = [Part(Text("Guest"), f"{row['guest_id.name']} {row['room_no']}".strip()), Part(Text("Day"), day_words(day, row.get("arrival_time") or ""))]
        if who:
            parts += [Part(Text("Met by"), who.name), *_elsewhere(reader, who.id, day)]
        parts += [Part(Text("Why"), why)] if (why := _why(reader, about[0].key, row, day)) else []
        parts += [Part(Text("What to talk about"), words)] if words else []
        values = {"record": about[0].key, "row": about[1], "staff": who.id if who else None, "words": words}
        return Guess(parts, doubts, None if who else Text("Write the name of the colleague who meets the guest"), values)

    def act(self, desk: Any, guess: Guess) -> Any:
        """Write it down; of a reception its tasks become theirs."""
        said = guess.values
        return actions.assign(desk, said["record"], said["row"], said["staff"], said["words"])


def _apart(reader: Any, typed: str) -> tuple[str, list[Named]]:
    """What is to be talked about, and the colleagues the line may mean: a whole name in it, else what its first word finds."""
    name = max((name for name in rows_named(reader, STAFF.key) if name and name in typed), key=len, default="")
    first, _, rest = typed.strip().partition(" ")
    found = named(reader, STAFF, name or first)
    words = typed.replace(name, " ", 1) if name else rest
    return " ".join(words.split()).strip(" ,，:："), found[:6]


def _elsewhere(reader: Any, staff: int, day: str) -> list[Part]:
    where = queries_greeting.whereabouts(reader, staff, day)
    return [Part(Text("But that day"), where, "red")] if where else []


def _why(reader: Any, record: str, row: Row, day: str) -> str:
    """The reasons to meet the guest, in their order."""
    unit = row.get("account_id") or row.get("company_id") or row.get("agency_id")
    whom = Whom(int(row["id"]), row["guest_id"], unit, row["arrival"], row["departure"], str(row.get("level") or "") if record == "vip_stay" else "", str(row.get("never") or ""))
    known = queries_reasons.known(reader, [whom], day)
    return " · ".join(say(reason.words) for reason in reasons.reasons(known[whom.row_id], day)) if whom.row_id in known else ""
