"""The printed hand-over of the sample hotel is one sheet: a working day of its own, and the last day of the month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from crm_desktop.documents import making
from crm_desktop.duties import DUTIES, RECORDS
from crm_desktop.duties.today import handover
from crm_desktop.duties.today.documents import HANDING_OVER
from crm_desktop.record.dates import set_clock
from crm_desktop.record.paper import EN, ZH, Ask
from crm_desktop.record.text import say_in, use
from crm_desktop.store.store import Store
from tests.hotel import Hotel

A4 = (210, 297)
NOTE = "霍博士明日 15:40 到，听泉的菜单未换，等主厨。\n司徒曜改乘 16:05 的车，保险箱已修好。"


@pytest.fixture(params=["2026-11-18 17:30", "2026-11-30 17:30"])
def evening(request: pytest.FixtureRequest, hotel: Hotel, tmp_path: Path) -> Iterator[tuple[Any, Store, str]]:
    """The sample at the end of a day's work."""
    set_clock(dt.datetime.fromisoformat(request.param))
    with Store(hotel.copy(tmp_path / "demo.db"), RECORDS) as store, closing(store.open_reader()) as reader:
        yield reader, store, request.param[:10]
    use("en")
    set_clock(None)


@pytest.mark.parametrize(("language", "spoken"), [(ZH, "zh_CN"), (EN, "en")])
def test_what_is_handed_over_is_one_sheet(evening: tuple[Any, Store, str], hotel: Hotel, language: str, spoken: str) -> None:
    reader, store, day = evening
    use(spoken)
    found = handover.handover(reader, DUTIES, day, hotel.ids["沈知渝"])
    assert found.items
    assert found.risks
    ask = Ask(0, day, language=language, person="沈知渝", note=NOTE, items=handover.items_text(found), risks=handover.risks_text(found))
    with closing(pypdfium2.PdfDocument(making.make(reader, store, HANDING_OVER, ask).pdf)) as pdf:
        assert len(pdf) == 1
        assert tuple(round(side / 72 * 25.4) for side in pdf[0].get_size()) == A4
        text = "".join(pdf[0].get_textpage().get_text_range().split())
    last = handover.risks_text(found).splitlines()[-1]
    assert "菜单未换" in text
    assert "".join(last.split()) in text  # nothing of tomorrow is left out
    assert "".join(say_in(HANDING_OVER.title, spoken).split()) in text or "工作交接单" in text
