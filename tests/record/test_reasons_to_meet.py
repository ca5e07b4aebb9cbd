"""Why to meet a guest: each reason alone, what is just not one, and that their order never changes."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.record import reasons
from crm_desktop.record.reasons import CHOICES, Known
from crm_desktop.record.text import say, use

DAY = "2026-11-18"
ORDER = [code for code, _, _ in CHOICES]
PLAIN = {"before": 3, "last": "2026-10-01", "arrival": DAY}  # a guest nobody need meet

CASES: list[tuple[dict[str, Any], list[str]]] = [
    ({}, []),
    ({"level": "V3"}, ["VIP V3"]),
    ({"nevers": ["花生", "虾"]}, ["Never: 花生 · 虾"]),
    ({"complaints": [("S2", "空调不制冷", True)]}, ["Open complaint S2: 空调不制冷"]),
    ({"complaints": [("S3", "早餐排队", False)]}, ["Complained during the last stay, S3: 早餐排队"]),
    ({"birth_key": "11-18"}, ["Birthday today"]), ({"birth_key": "11-21"}, ["Birthday on 2026-11-21"]), ({"birth_key": "11-22"}, []), ({"birth_key": "11-17"}, []),
    ({"birth_key": "L10-12"}, ["Birthday on 2026-11-20 (lunar calendar)"]),
    ({"before": 0, "last": "", "rank": "A"}, ["First stay, from a class A client"]), ({"before": 0, "last": "", "rank": "B"}, ["First stay, from a class B client"]),
    ({"before": 0, "last": "", "rank": "C"}, []), ({"before": 0, "last": ""}, []), ({"rank": "A"}, []),
    ({"last": "2026-05-22"}, []), ({"last": "2026-05-21"}, ["Back after 181 days"]),
    ({"decides": "棠溪", "until": "2026-11-18"}, ["Decides for 棠溪, whose agreement ends on 2026-11-18"]),
    ({"decides": "棠溪", "until": "2027-01-17"}, ["Decides for 棠溪, whose agreement ends on 2027-01-17"]),
    ({"decides": "棠溪", "until": "2027-01-18"}, []), ({"decides": "棠溪", "until": "2026-11-17"}, []), ({"until": "2026-11-20"}, []), ({"decides": "棠溪"}, []),
    ({"before": 9}, ["The 10th stay here"]), ({"before": 24}, ["The 25th stay here"]), ({"before": 49}, ["The 50th stay here"]), ({"before": 99}, ["The 100th stay here"]),
    ({"before": 10}, []), ({"before": 199}, []),
    ({"elsewhere": "云栖酒店"}, ["Their company also uses 云栖酒店"]),
    ({"introduced": "2026-09-01"}, ["Introduced somebody to us on 2026-09-01"]),
]  # fmt: skip


@pytest.mark.parametrize(("told", "wanted"), CASES)
def test_each_reason_and_what_is_none(told: dict[str, Any], wanted: list[str]) -> None:
    assert [say(reason.words) for reason in reasons.reasons(Known(**(PLAIN | told)), DAY)] == wanted


def test_in_chinese() -> None:
    use("zh_CN")
    assert say(reasons.reasons(Known(**(PLAIN | {"before": 9})), DAY)[0].words) == "第 10 次入住"


WORDS = st.sampled_from(["", "花生", "A"])
DAYS = st.dates(min_value=dt.date(2024, 1, 1), max_value=dt.date(2028, 12, 31)).map(str)
ANYBODY = st.builds(
    Known, level=st.sampled_from(["", "V1", "V5"]), nevers=st.lists(WORDS.filter(bool), max_size=2),
    complaints=st.lists(st.tuples(st.sampled_from(["S1", "S4"]), WORDS, st.booleans()), max_size=3), birth_key=st.sampled_from(["", "11-18", "02-29", "L闰10-12", "L01-30"]),
    before=st.integers(0, 120), last=st.one_of(st.just(""), DAYS), arrival=DAYS, rank=st.sampled_from(["", "A", "B", "C"]), decides=WORDS, until=st.one_of(st.just(""), DAYS),
    elsewhere=WORDS, introduced=st.one_of(st.just(""), DAYS),
)  # fmt: skip


@given(known=ANYBODY, day=DAYS)
def test_they_stand_in_their_order_and_the_first_is_the_list_s(known: Known, day: str) -> None:
    found = [reason.code for reason in reasons.reasons(known, day)]
    assert found == sorted(found, key=ORDER.index)
    assert reasons.first(known, day) == (known.level or (found[0] if found else ""))
    assert len([code for code in found if code != "complaint"]) == len({code for code in found if code != "complaint"})
    assert not {"first", "back"} <= set(found)


@given(known=ANYBODY, day=DAYS, level=st.sampled_from(["V1", "V5"]))
def test_a_level_comes_before_all_else(known: Known, day: str, level: str) -> None:
    known.level = level
    assert reasons.first(known, day) == level
    assert reasons.reasons(known, day)[0].code == "vip"
