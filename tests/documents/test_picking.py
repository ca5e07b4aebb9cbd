"""A place on the page finds the box of the template it belongs to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from crm_desktop.documents import typeset
from crm_desktop.documents.boxes import boxes
from crm_desktop.documents.picking import box_at
from crm_desktop.documents.sheets import Sheets
from tests.documents.test_typeset import HEAD

SOURCE = """
#import "/lib.typ": *
#set page(width: 180mm, height: 120mm, margin: 8mm)
#set text(font: paper.fonts.sans, size: 9pt)
#form(field("日期", "Day", d.one), field("客户", "Client", d.two), field("情况与需求", "Facts", d.three, span: 2, height: 40mm))
#form(columns: 1, field("日期", "Day", d.four))
"""


@pytest.fixture(params=["zh", "en", "both"])
def page(request: pytest.FixtureRequest) -> Iterator[Sheets]:
    data = {"one": "2026-11-18", "two": "澄籁", "three": ["谈了年会"], "four": ""}
    sheets = Sheets(typeset.pdf(SOURCE, HEAD | {"language": request.param, "d": data}))
    yield sheets
    sheets.close()


def test_each_box_is_found_by_its_words_and_by_what_stands_in_it(page: Sheets) -> None:
    mm = 72 / 25.4
    for x, y, wanted in ((18, 11, (0, 0)), (50, 11, (0, 0)), (101, 11, (0, 1)), (150, 11, (0, 1)), (14, 38, (0, 2)), (120, 38, (0, 2)), (160, 65, (1, 0))):
        found = box_at(page, 0, (x * mm, y * mm), SOURCE)
        assert found is not None
        assert found[:2] == wanted, (x, y)
        assert SOURCE[found[2] :].startswith("field(")
    assert [len(group) for group in boxes(SOURCE)] == [3, 1]


def test_a_page_without_boxes_finds_none(page: Sheets) -> None:
    assert box_at(page, 0, (10, 10), "= Title") is None
