"""Dates as other programs write them: what a whole column can mean."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.record.day_styles import STYLES, is_plain, possible, readings

TODAY = "2026-11-22"
DAYS = st.dates(dt.date(2025, 1, 1), dt.date(2028, 12, 31))
WRITTEN = {
    "dmy": ("%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%d/%m/%y", "%d-%m-%Y 14:00"),
    "mdy": ("%m/%d/%Y", "%m-%d-%y", "%m/%d/%Y 2:30 PM"),
    "ymd": ("%y.%m.%d", "%y-%m-%d", "%Y-%m-%d", "%Y/%m/%d 14:00:00", "%d %b %Y", "%b %d, %Y", "%d-%b-%y", "%Y年%m月%d日", "%Y-%m-%d (周三)"),
    "md": ("%m-%d", "%m/%d"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("26.11.18", {"ymd": "2026-11-18", "dmy": "2018-11-26"}),
        ("11-18", {"md": "2026-11-18"}),
        ("1/2/2026", {"dmy": "2026-02-01", "mdy": "2026-01-02"}),
        ("18/11/26", {"ymd": "2018-11-26", "dmy": "2026-11-18"}),
        ("31-02-2026", {}), ("2026-13-01", {}), ("NULL", {}), ("", {}), ("12", {}), ("1.5", {"md": "2027-01-05", "dm": "2027-05-01"}),
        ("29-02", {"dm": "", "md": ""}), ("20261118", dict.fromkeys(STYLES, "2026-11-18")), ("11月18日", dict.fromkeys(STYLES, "2026-11-18")),
        ("18 Nov 2026", dict.fromkeys(STYLES, "2026-11-18")), ("Wed, 18th Nov 2026", dict.fromkeys(STYLES, "2026-11-18")), ("18 Foo 2026", {}),
    ],
)  # fmt: skip
def test_what_a_date_can_mean(written: str, day: dict[str, str]) -> None:
    assert readings(written, TODAY) == {style: iso for style, iso in day.items() if iso}


@pytest.mark.parametrize(
    ("column", "styles"),
    [
        (["26.11.18", "26.11.20"], {"ymd"}), (["26.11.18", "NULL", ""], {"ymd"}),
        (["18-11-2026", "01-12-2026"], {"dmy"}), (["1/12/2026", "11/18/2026"], {"mdy"}),
        (["03/04/2026", "05/06/2026"], {"dmy", "mdy"}), (["5/5/2026"], {"dmy"}), (["11-18", "01-02"], {"md"}), (["01-02"], {"md", "dm"}),
        (["2026-11-18 14:00"], {"ymd"}), (["2026-11-18", "18/11/2026"], {"dmy"}), (["18/11/2026", "11/18/2026"], set()), (["x", ""], set()),
    ],
)  # fmt: skip
def test_a_column_decides(column: list[str], styles: set[str]) -> None:
    assert possible(column, TODAY) == styles


@given(days=st.lists(DAYS, min_size=1, max_size=20), style=st.sampled_from(sorted(WRITTEN)), data=st.data())
def test_whatever_is_decided_the_right_way_is_among_it(days: list[dt.date], style: str, data: st.DataObject) -> None:
    """The style a column was written in is never ruled out, and a column with a day over 12 in each order leaves one."""
    how = data.draw(st.sampled_from(WRITTEN[style]))
    if style == "md":
        days = [day.replace(year=2026) for day in days if abs((day.replace(year=2026, day=min(day.day, 28)) - dt.date(2026, 11, 22)).days) < 150 and day.day < 29]
    written = [day.strftime(how) for day in days]
    for text, day in zip(written, days, strict=True):
        assert readings(text, TODAY)[style] == day.isoformat()
    left = possible(written, TODAY)
    right = [readings(text, TODAY)[style] for text in written]
    assert not written or any([readings(text, TODAY)[other] for text in written] == right for other in left)


@given(st.text(max_size=20))
def test_any_text_is_a_date_or_none(words: str) -> None:
    for day in readings(words, TODAY).values():
        assert dt.date.fromisoformat(day).isoformat() == day


@pytest.mark.parametrize(("words", "plain"), [("2026-11-18", True), ("20261118", True), ("", True), (" 2026年11月18日 ", True), ("18-11-2026", False), ("x", False)])
def test_what_needs_no_style(words: str, plain: bool) -> None:
    assert is_plain(words) is plain
