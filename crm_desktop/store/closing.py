"""A database that is not worked in says so itself: it moved to a server, was not fetched to its end, or is a copy to read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from crm_desktop.record.text import Refused, Text

KEY = "closed"
MOVED, HALF, COPY = "moved", "half", "copy"


def words(why: str, place: str, day: str) -> str:
    """The value of the setting: why, which server, and the instant."""
    return json.dumps([why, place, day], ensure_ascii=False)


def of(kept: Mapping[str, str]) -> tuple[str, str, str]:
    """Why, which server, which instant; '' for a database like any other."""
    try:
        why, place, at = json.loads(kept.get(KEY) or "[]")
    except ValueError:
        return "", "", ""
    return str(why), str(place), str(at)


def refuse(path: Path, kept: Mapping[str, str]) -> None:
    """Raises Refused for one that is not opened any more."""
    why, place, at = of(kept)
    if why == MOVED:
        raise Refused(
            Text(
                "{file} moved to {place} on {day}; work goes on there. To go on with this file all the same: python main.py server stay --data FILE",
                file=path, place=place, day=at[:10],
            )
        )  # fmt: skip
    if why == HALF:
        raise Refused(Text("{file} was not fetched from {place} to its end. Fetch it again.", file=path, place=place))


def refuse_writing(kept: Mapping[str, str]) -> None:
    """Raises Refused for a copy that is only read."""
    why, place, at = of(kept)
    if why == COPY:
        raise Refused(Text("This is a copy of {place} as of {day}, to be read. Nothing can be changed in it; what you typed is kept as a draft.", place=place, day=at[:10]))
