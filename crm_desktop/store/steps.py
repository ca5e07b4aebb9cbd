"""What was said when rows went through a step before."""

from __future__ import annotations

from typing import Any

from crm_desktop.store.schema import LIVING

MOST = 8


def reasons(reader: Any, record: str, after: str) -> list[str]:
    """The reasons given for a step to a state, each once, the newest first."""
    found = reader.execute(
        f"select reason from step where record = ? and after = ? and at <> '' and reason <> '' and {LIVING} group by reason order by max(at) desc limit ?",
        (record, after, MOST),
    )
    return [str(row[0]) for row in found.fetchall()]
