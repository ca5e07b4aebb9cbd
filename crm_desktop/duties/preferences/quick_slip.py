"""A preference slip in one line: what a colleague of any department saw, for somebody else to verify and file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crm_desktop.duties.preferences.queries_rooms import rooms_taken
from crm_desktop.duties.preferences.quick import QuickPreference
from crm_desktop.duties.preferences.records import SLIP
from crm_desktop.record.dates import business_date
from crm_desktop.record.guess import About, Doubt, Guess, Part
from crm_desktop.record.said import preference
from crm_desktop.record.text import Text


class QuickSlip(QuickPreference):
    """The same line as a preference; it is kept as a slip, also while nobody knows yet who is in the room."""

    title = Text("A preference slip in one line")
    hint = Text("1702 left the wine, asked for tea, says Liu · 1702 红酒没动 要了清茶 柳静仪说")

    def understand(self, reader: Any, typed: str, picks: Mapping[str, Any], about: About) -> Guess:
        """What the line says; without a guest it may be saved when it names a room."""
        guess = super().understand(reader, typed, picks, about)
        room = preference(typed, rooms_taken(reader, business_date())).room
        guess.values["room_no"] = room
        if room:
            guess.parts.insert(0, Part(Text("Room no."), room))
            if guess.values["name"] and not guess.values["person_id"]:
                guess.missing = None
        if not guess.values["polarity"]:
            guess.values["polarity"] = "like"
        return guess

    def act(self, desk: Any, guess: Guess) -> Any:
        """Save the slip; who says so saw it, else who sits here."""
        said = guess.values
        kept = {name: said[name] for name in ("person_id", "name", "polarity", "kind", "room_no")}
        return desk.save(SLIP, None, 0, kept | {
            "allergen": (*said["allergens"], "")[0], "observer": said["source"] or desk.person, "seen_on": desk.today(),
        })  # fmt: skip


__all__ = ["Doubt", "QuickSlip"]
