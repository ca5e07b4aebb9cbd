"""What is done with preferences."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.preferences import queries
from crm_desktop.duties.preferences.records import PREFERENCE
from crm_desktop.record.facts import LIKE, subject


def note(
    desk: Any, person_id: int, name: str, kind: str = "other", polarity: str = LIKE, allergen: str = "", source: str = "", evidence: str = ""
) -> Any:
    """Note what a guest likes, dislikes or must never meet, told today; returns the Change. Raises Invalid.

    The same fact noted before is confirmed: it keeps its row and gets today's date; what was known and is not said this
    time (an allergen, the evidence) stays."""
    known = next((f for f in queries.of_person(desk.store.writer, person_id) if f.polarity == polarity and subject(f.name) == subject(name)), None)
    given = {"source": source.strip(), "evidence": evidence.strip(), "allergen": allergen}
    if known is None:
        values = {"person_id": person_id, "name": name.strip(), "kind": kind, "polarity": polarity, "told_on": desk.today()}
        return desk.save(PREFERENCE, None, 0, values | given)
    row = desk.get(PREFERENCE, known.id)
    said = {column: value for column, value in given.items() if value}
    return desk.save(PREFERENCE, known.id, row["version"], {"told_on": desk.today(), "expires": ""} | said)
