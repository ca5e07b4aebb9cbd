"""A follow-up in one line, from anywhere: 下周三 催发票."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crm_desktop.duties.follow_ups.records import FOLLOW_UP
from crm_desktop.record.dates import business_date
from crm_desktop.record.guess import About, Guess, Part, day_doubt, day_words, time_doubt
from crm_desktop.record.said import follow_up
from crm_desktop.record.text import Text
from crm_desktop.store.about import subject


class QuickFollowUp:
    """What is to be done, and when; about the row that is on the screen."""

    title = Text("Follow-up")
    hint = Text("Next Wednesday chase the invoice · 下周三 催发票")

    def understand(self, reader: Any, typed: str, picks: Mapping[str, Any], about: About) -> Guess:
        """The day, the time and what is to be done; without a day it is asked for."""
        found = follow_up(typed, business_date())
        due, time = picks.get("due") or found.due, picks.get("time") or found.time
        whom = subject(reader, about)
        parts = [
            Part(Text("What to do"), found.what),
            Part(Text("Due"), day_words(due, time) if due else ""),
            Part(Text("Client"), whom.account),
            Part(Text("Person"), whom.person),
        ]
        doubts = [
            *day_doubt("due", Text("By when?"), found.doubts.get("due", ()), picks),
            *time_doubt("time", Text("At what time?"), found.doubts.get("time", ()), picks),
        ]
        values = {
            "name": found.what, "due": due, "due_time": time, "account_id": whom.account_id, "person_id": whom.person_id, "about": whom.about,
        }  # fmt: skip
        return Guess([p for p in parts if p.words], doubts, None if found.what else Text("Write what is to be done"), values)

    def act(self, desk: Any, guess: Guess) -> Any:
        """Save it as a follow-up by hand."""
        return desk.save(FOLLOW_UP, None, 0, guess.values)
