"""No field takes the name of a column every table has of its own: it would be overwritten by it."""

from __future__ import annotations

import pytest

from crm_desktop.record.record import Field, Record, Section
from crm_desktop.record.text import Text


@pytest.mark.parametrize("name", ["id", "version", "gone", "sort", "terms"])
def test_no_field_takes_a_column_of_every_table(name: str) -> None:
    with pytest.raises(ValueError, match=name):
        Record("wrong", Text("Wrong"), Text("Wrong"), Section(Text("Wrong"), Field(name, Text("Wrong"))))
