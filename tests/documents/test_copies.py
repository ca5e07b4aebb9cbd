"""How many copies of a paper there are, and what each says of itself."""

from __future__ import annotations

from contextlib import closing

from crm_desktop.documents import library, making, sheets
from crm_desktop.documents.making import Look
from crm_desktop.duties import DUTIES
from crm_desktop.record.paper import BOTH, Ask
from crm_desktop.record.text import Text
from tests.documents.conftest import Staying
from tests.documents.test_forms import row_of


def said(staying: Staying, look: Look, language: str = "zh") -> list[str]:
    form = library.form(DUTIES, "F28")
    made = making.make(staying.reader, staying.store, form, Ask(row_of(staying, form), language=language), look)
    with closing(sheets.Sheets(made.pdf)) as pages:
        return ["".join(pages.text(at).split()) for at in range(pages.count)]


def test_paper_of_three_parts_is_printed_once_and_names_them(staying: Staying) -> None:
    (once,) = said(staying, Look())
    assert "一式3联：1存根2付款人3财务部" in once
    (once,) = said(staying, Look(), BOTH)
    assert "一式3联In3parts：1存根Stub2付款人Payer" in once


def test_each_copy_of_other_paper_begins_like_the_first(staying: Staying) -> None:
    pages = said(staying, Look("A4"))
    assert len(pages) == 3
    for at, (page, name) in enumerate(zip(pages, ("存根", "付款人", "财务部"), strict=True), 1):
        assert f"第{at}联共3联{name}" in page
        assert "第1页共1页" in page
        assert page.count("定金/预付款收据") == 1  # the title, and no head of a second page


def test_a_letter_in_both_languages_has_a_paragraph_for_each() -> None:
    words = Text("Paid")
    assert Ask(language=BOTH).paragraphs(words) == ["已付", "Paid"]
    assert Ask(language="en").paragraphs(words) == ["Paid"]
