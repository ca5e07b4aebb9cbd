"""Compliance rules in words: the pack as it stands on a day, and what a new wording needs."""

from __future__ import annotations

from typing import Any

from crm_desktop.desk.desk import Invalid
from crm_desktop.record import lawbook
from crm_desktop.record.dates import add_days
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text

Cells = tuple[Text | str, ...]


def joined(desk: Any, _writing: Any, row: Row) -> None:
    """A new wording begins on a day still to come: what was worked out by the rule before stays right. Raises Invalid."""
    if str(row["since"]) <= desk.today():
        raise Invalid({"since": Text("Choose a day still to come: what was written until now keeps the rule of its day")})


def pack(day: str) -> list[Cells]:
    """Every wording of every rule: what, numbers, since, until, how it stands, source, what asks it."""
    out: list[Cells] = []
    for rule in lawbook.RULES:
        wordings = lawbook.history(rule.key)
        for at, found in enumerate(wordings):
            after = wordings[at + 1].since if at + 1 < len(wordings) else ""
            until = add_days(after, -1) if after else ""
            out.append((rule.what, _numbers(lawbook.told(rule, found)), found.since, until, _standing(rule, found, until, day), found.basis, rule.used))
    return out


def _numbers(words: list[Text]) -> Text | str:
    return Text("{first}, {second}", first=words[0], second=words[1]) if len(words) > 1 else words[0] if words else ""


def _standing(rule: lawbook.Rule, found: lawbook.Clause, until: str, day: str) -> Text:
    if found.since > day:
        return Text("To come")
    if until and until < day:
        return Text("Former")
    if found.off:
        return Text("Switched off")
    return Text("Holds") if rule.sure or found not in lawbook.PACK else Text("Holds; let counsel look at it")
