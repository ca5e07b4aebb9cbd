"""A guest comes later, in one line: 晚点 1小时45分; what moves and what becomes tight is seen before it is saved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crm_desktop.duties.vip import queries_plan, rules_late, rules_plan
from crm_desktop.duties.vip.records import VIP_STAY
from crm_desktop.record.guess import About, Guess, Part, day_words
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text, say
from crm_desktop.store.rows import get

COMING = ("applied", "approved", "preparing", "ready")
FEW = 3  # tasks that are named


class QuickLate:
    """The new time; the reception is that on the screen, or that of the task on the screen."""

    title = Text("The guest comes later")
    hint = Text("105 minutes later, or 16:05 · 晚点 1小时45分 · 改 16:05 到")

    def understand(self, reader: Any, typed: str, picks: Mapping[str, Any], about: About) -> Guess:
        """From when to when, how many tasks move, what stays and becomes tight."""
        stay = _stay(reader, about)
        if stay is None or stay["stage"] not in COMING:
            return Guess([], (), Text("Open the reception of a guest who is still to arrive first"))
        due = rules_late.later(typed, stay["arrival"], stay["arrival_time"])
        parts = [Part(Text("Guest"), str(stay["guest_id.name"])), Part(Text("So far"), day_words(stay["arrival"], stay["arrival_time"]))]
        if due is None:
            return Guess(parts, (), Text("Write the new time, or how many minutes later"))
        new = {"arrival": due[0], "arrival_time": due[1]}
        missing = Text("That is the time that stands there already") if due == (stay["arrival"], stay["arrival_time"]) else None
        return Guess([*parts, Part(Text("Arrives now"), day_words(*due)), *_moves(reader, stay | new)], (), missing, {"id": stay["id"], "version": stay["version"], **new})

    def act(self, desk: Any, guess: Guess) -> Any:
        """Save the new time; the plan follows in the same action."""
        said = dict(guess.values)
        return desk.save(VIP_STAY, said.pop("id"), said.pop("version"), said)


def _stay(reader: Any, about: About) -> Row | None:
    if about is None:
        return None
    record, row_id = about
    if record.key == VIP_STAY.key:
        return get(reader, VIP_STAY, row_id)
    row = get(reader, record, row_id) if "vip_stay_id" in record.by_name else None
    return get(reader, VIP_STAY, row["vip_stay_id"]) if row and row["vip_stay_id"] else None


def _moves(reader: Any, stay: Row) -> list[Part]:
    tasks = queries_plan.tasks(reader, stay["id"])
    moved = rules_plan.replanned(tasks, stay)
    parts = [Part(Text("Tasks that move"), f"{len(moved):,}: {_named([(task, due[1]) for task, due in moved[:FEW]])}" if moved else "0")]
    tight = rules_plan.tight(tasks, stay)
    return [*parts, Part(Text("Stays, and becomes tight"), _named([(task, task["time"]) for task, _ in tight]), "red")] if tight else parts


def _named(found: list[tuple[Row, str]]) -> str:
    return " · ".join(f"{time} {say(queries_plan.words_of(task))}".strip() for task, time in found)
