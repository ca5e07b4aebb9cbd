"""What is done with templates: a version of the hotel's own is kept and used, or the one that came with the program again."""

from __future__ import annotations

from typing import Any

from crm_desktop.desk.desk import Desk
from crm_desktop.desk.paper_records import TEMPLATE
from crm_desktop.duties.papers import queries
from crm_desktop.record.text import Refused, Text
from crm_desktop.store.log import Change

KEPT, SHIPPED = Text("Template changed"), Text("Template as it came")
LONGEST = 200_000


def keep(desk: Desk, template: str, source: str) -> Change:
    """Keep a template as its next version and use it from now on. Raises Refused for an empty one."""
    if not source.strip() or len(source) > LONGEST:
        raise Refused(Text("An empty template prints nothing. Take the one that came with the program instead."))
    found = queries.versions(desk.store.writer, template)
    with desk.writing(KEPT, source=template) as writing:
        _put_away(writing, found)
        number = max((int(row["revision"]) for row in found), default=0) + 1
        values = {"template": template, "revision": number, "source": source, "in_use": 1, "made_on": desk.today(), "made_by": desk.person}
        writing.add(TEMPLATE, values)
    change: Change = writing.entry.change
    return change


def use(desk: Desk, template: str, version: int | None) -> Change:
    """Use an earlier version (its id), or with None the template that came with the program."""
    found = queries.versions(desk.store.writer, template)
    with desk.writing(SHIPPED if version is None else KEPT, source=template) as writing:
        _put_away(writing, [row for row in found if row["id"] != version])
        for row in found:
            if row["id"] == version and not row["in_use"]:
                writing.update(TEMPLATE, int(row["id"]), int(row["version"]), {"in_use": 1})
    change: Change = writing.entry.change
    return change


def _put_away(writing: Any, found: list[dict[str, Any]]) -> None:
    for row in found:
        if row["in_use"]:
            writing.update(TEMPLATE, int(row["id"]), int(row["version"]), {"in_use": 0})
