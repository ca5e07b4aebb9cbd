"""Preferences of guests in one line."""

from __future__ import annotations

import pytest

from crm_desktop.record.said import preference
from crm_desktop.record.said import preference_words as words

ROOMS = {"1702", "1508", "1211", "801"}
LINES = [
    ("1702 不吃花生 过敏 听太太说", "1702", "", "不吃花生 过敏", "food", "never", ("peanut",), "太太", "family"), ("１７０２ 不吃花生", "1702", "", "不吃花生", "food", "dislike", ("peanut",), "", ""),
    ("霍明翊 不喜欢香菜", "", "霍明翊", "不喜欢香菜", "food", "dislike", (), "", ""), ("1508 清真 本人说", "1508", "", "清真", "religion", "never", (), "本人", "guest"),
    ("霍总不吃花生 本人说", "", "霍总", "不吃花生", "food", "dislike", ("peanut",), "本人", "guest"), ("俞闻笛 爱喝龙井茶", "", "俞闻笛", "爱喝龙井茶", "drink", "like", (), "", ""),
    ("1702 羽绒枕头过敏 医生证明", "1702", "", "羽绒枕头过敏", "pillow", "never", ("feather",), "", "doctor"), ("1702 要两个硬枕头", "1702", "", "要两个硬枕头", "pillow", "like", (), "", ""),
    ("1211 怕吵 前台反映", "1211", "", "怕吵", "noise", "dislike", (), "前台", "staff"), ("1702 海鲜过敏", "1702", "", "海鲜过敏", "food", "never", ("seafood",), "", ""),
    ("房号1702 虾蟹不能吃 秘书说", "1702", "", "虾蟹不能吃", "food", "never", ("shellfish",), "秘书", "assistant"), ("1702 花生和贝类过敏", "1702", "", "花生和贝类过敏", "food", "never", ("peanut", "mollusc"), "", ""),
    ("司徒曜 喜欢靠窗", "", "司徒曜", "喜欢靠窗", "seat", "like", (), "", ""), ("1508 不喝酒", "1508", "", "不喝酒", "drink", "dislike", (), "", ""), ("1508 喜歡海鮮", "1508", "", "喜歡海鮮", "food", "like", (), "", ""),
    ("单翊飞 芒果过敏 听他说", "", "单翊飞", "芒果过敏", "food", "never", ("mango",), "他", "guest"), ("1211 牛奶不耐受 忌奶制品", "1211", "", "牛奶不耐受 忌奶制品", "food", "never", ("milk",), "", ""),
    ("1702 不喜欢别人打扰", "1702", "", "不喜欢别人打扰", "service", "dislike", (), "", ""), ("解采薇 别放香菜 餐厅服务员说", "", "解采薇", "别放香菜", "food", "dislike", (), "餐厅服务员", "staff"),
    ("Mr Smith likes red wine", "", "Mr Smith", "likes red wine", "drink", "like", (), "", ""), ("Room 1702 allergic to peanuts, said by wife", "1702", "", "allergic to peanuts", "food", "never", ("peanut",), "wife", "family"),
    ("1702 doesn't like noise", "1702", "", "doesn't like noise", "noise", "dislike", (), "", ""), ("1508 halal", "1508", "", "halal", "religion", "never", (), "", ""), ("Li never eats shrimp", "", "Li", "never eats shrimp", "food", "never", ("crustacean",), "", ""),
    ("801 必须无烟", "801", "", "必须无烟", "smoking", "must", (), "", ""), ("1702霍博士 只喝红酒", "1702", "霍博士", "只喝红酒", "drink", "must", (), "", ""), ("1702 空调要26度", "1702", "", "空调要26度", "temperature", "like", (), "", ""),
    ("1702 不吃鸡蛋 看到的", "1702", "", "不吃鸡蛋", "food", "dislike", ("egg",), "看到的", "seen"), ("宋晚晴 喜欢百合 花束", "", "宋晚晴", "喜欢百合 花束", "gift", "like", (), "", ""), ("周大福 不要辣", "", "周大福", "不要辣", "food", "dislike", (), "", ""),
    ("801 阿姨说不吃香菜", "801", "", "不吃香菜", "food", "dislike", (), "阿姨", "other"), ("霍博士 要求高楼层", "", "霍博士", "要求高楼层", "room", "like", (), "", ""), ("1702 乳糖不耐受", "1702", "", "乳糖不耐受", "food", "never", ("milk",), "", ""),
    ("1702 半夜不要打扰 管家看到", "1702", "", "半夜不要打扰", "service", "dislike", (), "管家看到", "seen"), ("guest in 1702 hates fish, seen by housekeeping", "1702", "", "hates fish", "food", "dislike", ("fish",), "seen by housekeeping", "seen"),
    ("1702 坚果忌", "1702", "", "坚果忌", "food", "never", ("nuts",), "", ""), ("1702 对麸质过敏", "1702", "", "对麸质过敏", "food", "never", ("gluten",), "", ""), ("9999 不吃辣", "9999", "", "不吃辣", "food", "dislike", (), "", ""),
]  # fmt: skip


@pytest.mark.parametrize(("line", "room", "name", "text", "kind", "polarity", "allergens", "source", "told"), LINES)
def test_a_preference(
    line: str, room: str, name: str, text: str, kind: str, polarity: str, allergens: tuple[str, ...], source: str, told: str
) -> None:
    found = preference(line, ROOMS)
    assert (found.room, found.name, found.text) == (room, name, text)
    assert (found.kind, found.polarity, found.allergens, found.source, found.told) == (kind, polarity, allergens, source, told)
    assert found.doubts == {}


@pytest.mark.parametrize(
    ("line", "doubts"),
    [
        ("", {}), ("不吃辣", {"name": ()}), ("1702 喜欢高楼层 不要靠电梯", {"polarity": ("dislike", "like")}), ("1702 花生", {"polarity": words.POLARITIES}),
        ("1702 喜欢蓝色", {"kind": words.KINDS}), ("1702 不要打扫 枕头", {"kind": ("service", "pillow")}), ("1702 花生不过敏", {"polarity": words.POLARITIES}),
        ("1702", {"polarity": words.POLARITIES, "kind": words.KINDS}), ("1702 特别安静", {"polarity": words.POLARITIES}), ("喜欢海鲜 但花生过敏", {"name": (), "polarity": ("never", "like")}),
    ],
)  # fmt: skip
def test_what_is_asked(line: str, doubts: dict[str, tuple[str, ...]]) -> None:
    assert preference(line, ROOMS).doubts == doubts


@pytest.mark.parametrize("line", ["1702 喜欢花生", "1702 鱼香肉丝 不要", "1702 likes eggplant", "1702 no eggplant", "1702 喜欢海鲜", "奶奶说 1702 不吃辣"])
def test_no_allergen(line: str) -> None:
    assert preference(line, ROOMS).allergen == ""


def test_the_value_is_the_object_alone() -> None:
    assert preference("1702 不吃花生 过敏 听太太说").value == "花生"
    assert preference("Mr Smith dislikes coriander").value == "coriander"


def test_known_names_and_rooms_stand_anywhere() -> None:
    found = preference("不吃香菜 周一禾", names=("周一禾", "周一"))
    assert (found.name, found.text, found.doubts) == ("周一禾", "不吃香菜", {})
    assert preference("不吃辣 1702", ROOMS).room == "1702"
    assert preference("不吃辣 1703", ROOMS).room == ""


def test_evidence_and_pieces() -> None:
    found = preference("1702 不吃花生 过敏 听太太说 医生证明", ROOMS)
    assert (found.evidence, found.told, found.rest) == ("医生证明", "family", "")
    assert [(p.field, p.text) for p in found.pieces] == [
        ("room", "1702"), ("polarity", "不吃"), ("allergen", "花生"), ("polarity", "过敏"), ("source", "听太太说"), ("evidence", "医生证明"),
    ]  # fmt: skip


def test_the_tables_agree() -> None:
    assert set(words.WORDS) | set(words.WEAK.values()) | set(words.KIND_OF.values()) <= set(words.KINDS)
    assert set(words.KIND_OF) | set(words.COVERS) <= set(words.ALLERGENS)
    assert {code for wide in words.COVERS.values() for code in wide} <= set(words.ALLERGENS)
