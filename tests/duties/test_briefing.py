"""The briefing of a day: its order, its length, who is named how, and what counts as unusual."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.duties.today.board import GROUPS, Board, place_of
from crm_desktop.duties.today.briefing import MOST_LINES, Guest, key_of, masked, text, unusual
from crm_desktop.duties.today.pages_groups import tallest
from crm_desktop.record import dates
from crm_desktop.record.duty import TodayLine
from crm_desktop.record.text import LANGUAGES, Text, use
from crm_desktop.ui.flow import packed

DAY = "2026-11-18"


def line(group: str, label: str, count: int, *, before: int | None = None, tone: str = "", amount: str = "") -> TodayLine:
    return TodayLine(Text(label), count, before, "stay", [], group=group, tone=tone, amount=amount)


@pytest.fixture(autouse=True)
def _today() -> None:
    dates.set_clock(dt.datetime.fromisoformat(f"{DAY} 13:20"))


LINES = [
    line("house", "Arrivals", 64, before=60),
    line("house", "In house", 191, before=191),
    line("vip", "Arriving", 7),
    line("money", "Overdue", 88, tone="amber", amount="1,303,900.00"),
    line("tasks", "Overdue follow-ups", 14, tone="red"),
]
COMING = [(DAY, 64), ("2026-11-19", 51), ("2026-11-20", 70)]


def test_the_briefing_in_its_order() -> None:
    guests = [Guest("vip", "霍明翊", "V2", "15:40", "1702"), Guest("birthdays", "O'Brien-Şahin")]
    found = text("Lantang Grand Hotel", Board(DAY, LINES, COMING, ("", "")), guests, [Text("{label}: {count}", label="x", count=3)], mask=True)
    assert found.split("\n") == [
        "Lantang Grand Hotel The day's situation",
        "2026-11-18 Wed Working day · in 34 days Winter solstice 12-22",
        "! x: 3",
        "[House] Arrivals 64 (+4); In house 191",
        "Arrivals tomorrow 51, the day after 70",
        "[VIP guests] Arriving 7",
        "  V2 霍** 15:40 1702",
        "  O'Brien-Şahin",
        "[Receivables] Overdue 88 (1,303,900.00)",
        "[Follow-ups] Overdue follow-ups 14",
    ]
    assert "霍明翊" in text("", Board(DAY, LINES, [], ("", "")), guests, [], mask=False)


def test_the_briefing_in_chinese() -> None:
    use("zh_CN")
    found = text("澜棠大酒店", Board(DAY, LINES[:2], COMING, ("", "")), [], [], mask=True).split("\n")
    assert found == ["澜棠大酒店 当日客情", "2026-11-18 周三 农历十月初十 工作日 · 34 天后冬至 12-22", "【住店】抵店 64（+4）；在店 191", "明日抵店 51，后天 70"]
    dates.set_clock(dt.datetime(2026, 11, 17, 9, 0))  # what is tomorrow then is another day's next
    assert text("", Board(DAY, [], COMING, ("", "")), [], [], mask=True).split("\n")[-1] == "次日抵店 51，再后一日 70"


@pytest.mark.parametrize(
    ("name", "shown"),
    [("霍明翊", "霍**"), ("欧阳朝朝", "欧阳**"), ("司徒曜", "司徒**"), ("小林 遥", "小林**"), ("林一", "林**"), ("林", "林**"), ("Anna Miller", "M**"), ("", "")],
)
def test_a_masked_name_tells_the_surname_only(name: str, shown: str) -> None:
    assert masked(name) == shown


@given(st.lists(st.sampled_from(list(GROUPS)), max_size=60), st.integers(0, 60), st.booleans(), st.sampled_from(LANGUAGES))
def test_it_never_has_forty_lines_and_hides_whom_it_should(groups: list[str], guests: int, mask: bool, spoken: str) -> None:
    use(spoken)
    lines = sorted((line(group, "Arrivals", at) for at, group in enumerate(groups)), key=place_of)
    named = [Guest("vip", f"霍明翊{at}", "V1") for at in range(guests)]
    found = text("澜棠大酒店", Board(DAY, lines, COMING, ("", "")), named, [Text("x")] * 9, mask=mask).split("\n")
    assert len(found) <= MOST_LINES < 40
    assert all(found)
    assert not (mask and any("明翊" in each for each in found))
    use("en")


def usual_of(*pairs: tuple[str, str, float]) -> dict[str, float]:
    return {key_of(line(group, label, 0)): mean for group, label, mean in pairs}


@pytest.mark.parametrize(
    ("lines", "usual", "want"),
    [
        ([line("house", "Arrivals", 64)], {}, []),  # nothing to compare with
        ([line("house", "Arrivals", 64)], usual_of(("house", "Arrivals", 60)), []),
        ([line("house", "Departures", 58)], usual_of(("house", "Departures", 40)), ["Departures: 58, more than the usual 40"]),
        ([line("vip", "Arriving", 7)], usual_of(("vip", "Arriving", 2)), ["Arriving: 7, more than the usual 2"]),
        ([line("vip", "Arriving", 3)], usual_of(("vip", "Arriving", 1)), []),  # two more are no news
        ([line("house", "Arrivals", 20)], usual_of(("house", "Arrivals", 60)), ["Arrivals: 20, fewer than the usual 60"]),
        ([line("tasks", "Late", 14, tone="red"), line("money", "Late", 0, tone="red")], {}, ["Late: 14"]),
        ([line("promises", "Missed", 4, tone="red", amount="88,000.00")], {}, ["Missed: 4 (88,000.00)"]),
    ],
)
def test_what_is_unusual(lines: list[TodayLine], usual: dict[str, float], want: list[str]) -> None:
    assert [str(each) for each in unusual(lines, usual)] == want


def test_of_many_unusual_things_three_are_said_and_not_all_of_one_sort() -> None:
    red = [line("tasks", f"Red {n}", n, tone="red") for n in (3, 9, 5, 7)]
    away = [line("house", "Arrivals", 90)]
    assert [str(t) for t in unusual([*red, *away], usual_of(("house", "Arrivals", 30)))] == [
        "Red 9: 9", "Red 7: 7", "Arrivals: 90, more than the usual 30",
    ]  # fmt: skip
    assert len(unusual(red, {})) == 3
    assert len(unusual(red, {}, 6)) == 4


def test_a_guest_comes_before_the_largest_number() -> None:
    red = [line("money", "Over 60 days", 22, tone="red", amount="475,800.00"), line("vip", "Menus stopped", 1, tone="red"), line("service", "Severe", 2, tone="red")]
    assert [str(each) for each in unusual(red, {})] == ["Menus stopped: 1", "Severe: 2", "Over 60 days: 22 (475,800.00)"]


@given(st.lists(st.integers(30, 300), max_size=12), st.integers(1, 4))
def test_cards_stand_in_order_and_in_no_more_columns_than_asked(heights: list[int], columns: int) -> None:
    found = packed(heights, columns)
    assert [at for column in found for at in column] == list(range(len(heights)))
    assert len(found) <= columns
    assert tallest(heights, found) <= max(tallest(heights, packed(heights, 1)), 0)
