"""A form is filled in the order of its paper: what stands above on one stands above on the other."""

from __future__ import annotations

import re

import pytest

from crm_desktop.duties import RECORDS
from crm_desktop.record.places import resource

PAPERS = {  # record -> its template; a page check is printed as the table of its day
    "booking": "booking-form", "agreement": "rate-agreement", "complaint": "F09", "rectification": "F10", "feedback": "F43", "promotion": "F42", "settlement": "F29", "minutes": "F46",
    "instruction": "F51", "training": "F47", "document": "F52", "archive_loan": "F48B", "market_info": "F45", "online_review": "F53",
}  # fmt: skip
HEADS = {"name", "code", "state", "currency"}  # a sheet's title, the number the program gives, and where a row stands
BOX = re.compile(r"\bd\.([a-z_]+)")


def boxes(template: str, fields: list[str]) -> list[str]:
    """The fields of a paper in the order they are printed."""
    words = resource("documents", f"{template}.typ").read_text("utf-8")
    found = (next((name for name in (box, f"{box}_id", f"{box}_on") if name in fields), "") for box in BOX.findall(words))
    return [name for name in dict.fromkeys(found) if name]


@pytest.mark.parametrize("key", PAPERS)
def test_the_form_has_the_order_of_its_paper(key: str) -> None:
    (record,) = (record for record in RECORDS if record.key == key)
    fields = [field.name for section in record.sections for field in section.fields if field.name not in HEADS]
    printed = boxes(PAPERS[key], fields)
    assert len(printed) >= 8
    assert printed == sorted(printed, key=fields.index)
