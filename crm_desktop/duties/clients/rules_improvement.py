"""Rules of mending a relationship: whoever wants to write down the client's side looks for the own causes first (REL-02)."""

from __future__ import annotations

from crm_desktop.record.record import Problems, Row
from crm_desktop.record.text import Text

OWN, THEIRS = ("own_causes", "corrected"), ("client_side", "analysis", "cause")
LEAST = 8  # characters: "no idea" is no cause


def own_side_done(row: Row) -> bool:
    """True when our own causes, and what we have put right, are written down."""
    return all(len("".join(str(row.get(name) or "").split())) >= LEAST for name in OWN)


def problems(row: Row) -> Problems:
    """The client's side stays closed until our own is done."""
    if own_side_done(row):
        return {}
    words = Text("First write down, in a sentence each, what we did wrong and what we have put right already")
    return {name: words for name in THEIRS if row.get(name)}


def may_begin(row: Row) -> Text | None:
    """Mending begins with our own causes, a measure, somebody responsible and a day."""
    if not own_side_done(row):
        return Text("First write down, in a sentence each, what we did wrong and what we have put right already")
    if not (row.get("measures") and row.get("owner_id") and row.get("due")):
        return Text("Write down the measures, who is responsible, and by when.")
    return None


def may_close(row: Row) -> Text | None:
    """It is closed with what came of it and how the relationship stands now."""
    return None if row.get("result") and row.get("after") else Text("Write down what came of it and how the relationship stands now.")


def closed(_row: Row, day: str) -> Row:
    """The day it was closed."""
    return {"closed_on": day}
