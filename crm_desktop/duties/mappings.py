"""The mappings that duties declare for well-known files."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

from crm_desktop.duties import DUTIES
from crm_desktop.exchange.mapping import Mapping, from_headings
from crm_desktop.record.record import Record
from crm_desktop.record.text import Refused, Text


def declared(record: Record) -> list[Mapping]:
    """Every mapping that some duty declares for this record."""
    found = [m for duty in DUTIES if duty.mappings for m in import_module(duty.mappings).MAPPINGS]
    return [mapping for mapping in found if mapping.record is record]


def choose(record: Record, headings: Sequence[str], name: str = "") -> Mapping:
    """The mapping of this name, or the one that fits the headings. Raises Refused when there is none."""
    known = declared(record)
    if name and name != "headings":
        same = [m for m in known if m.key == name.replace("_", "-").lower()]
        if not same:
            names = ", ".join(["headings", *(m.key for m in known)])
            raise Refused(Text("There is no mapping '{name}' here; there are: {names}.", name=name, names=names))
        return same[0]
    fitting = [m for m in known if m.fits(headings) and not name]
    return fitting[0] if fitting else from_headings(record, headings)
