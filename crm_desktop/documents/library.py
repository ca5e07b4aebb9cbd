"""All forms the duties can print, in the order of the duties."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

from crm_desktop.record.duty import Duty
from crm_desktop.record.paper import PaperForm
from crm_desktop.record.record import Row


def forms(duties: Sequence[Duty]) -> list[PaperForm]:
    """Every form."""
    return [form for duty in duties if duty.documents for form in import_module(duty.documents).FORMS]


def form(duties: Sequence[Duty], key: str) -> PaperForm:
    """A form by its key. Raises KeyError."""
    for each in forms(duties):
        if each.key == key:
            return each
    raise KeyError(key)


def about(duties: Sequence[Duty], record: str, row: Row | None = None) -> list[PaperForm]:
    """The forms a row of this record has; those that fit it first."""
    found = [each for each in forms(duties) if each.about == record]
    return sorted(found, key=lambda each: bool(row and each.fits and not each.fits(row)))
