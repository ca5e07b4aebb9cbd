"""A table of thousands of rows: set apart, as it would be set here, with progress, and ended by Cancel."""

from __future__ import annotations

import multiprocessing
import time
from contextlib import closing
from typing import Any

import pytest

from crm_desktop.documents import fonts, long, typeset
from crm_desktop.documents.sheets import Sheets
from tests.documents.test_typeset import HEAD

TABLE = """
#import "/lib.typ": *
#set page(width: 200mm, height: 120mm, margin: 8mm)
#set text(font: paper.fonts.sans, size: 9pt)
#rows((("客户", "Client", 1fr), ("金额", "Amount", 1fr, right)), d.rows)
"""


def data(count: int) -> dict[str, Any]:
    return HEAD | {"fonts": fonts.families(), "d": {"rows": [[f"客户{at}", f"{at},000.00"] for at in range(count)]}}


def words(pdf: bytes) -> list[str]:
    with closing(Sheets(pdf)) as pages:
        return ["".join(pages.text(at).split()) for at in range(pages.count)]


def test_it_is_set_as_a_short_one_with_its_head_on_every_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long, "LONG", 500)
    told: list[tuple[int, int]] = []
    pages = words(long.setter(lambda done, total: told.append((done, total)))(TABLE, data(400)))
    assert pages == words(typeset.pdf(TABLE, data(400)))
    assert len(pages) > 5
    assert all(page.startswith("客户金额") for page in pages)
    assert told
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert all(done < total for done, total in told)  # it never claims more than it knows


def test_a_short_one_takes_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long, "Apart", None)
    assert len(words(long.setter(lambda *_: None)(TABLE, data(9)))) == 1


def test_cancel_ends_it_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long, "LONG", 500)
    before = set(multiprocessing.active_children())
    begun = time.monotonic()

    def stop(done: int, total: int) -> None:
        if time.monotonic() - begun > 0.3:
            raise KeyError("stopped")

    with pytest.raises(KeyError):
        long.setter(stop)(TABLE, data(9_000))
    assert set(multiprocessing.active_children()) <= before


def test_a_broken_template_says_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long, "LONG", 1)
    with pytest.raises(typeset.Broken) as broken:
        long.setter(lambda *_: None)("#let a = 1\n#nobody()", data(3))
    assert broken.value.line == 2
