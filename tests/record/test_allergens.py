"""Which allergens a text names, and which it plainly refuses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.duties.preferences.records import ALLERGENS
from crm_desktop.record import allergens
from crm_desktop.record.allergens import named


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("花雕醉虾", {"alcohol", "shellfish"}), ("花生碎拌菜", {"peanut"}), ("清蒸鲈鱼", {"fish"}), ("鱼香肉丝", set()), ("鲍鱼、鱿鱼", {"shellfish"}),
        ("加peanut酱", {"peanut"}), ("Grilled PRAWNS and rice", {"shellfish"}), ("eggplant, butternut", set()), ("two boiled eggs", {"egg"}),
        ("coconut milk curry", set()), ("soy milk", {"soy"}), ("peanut butter toast", {"peanut"}), ("a glass of milk", {"milk"}),
        ("羽绒枕两个", {"feather"}), ("two down pillows downstairs", {"feather"}), ("羽毛球拍", set()), ("酒店欢迎信", set()), ("黄酒一坛", {"alcohol"}),
        ("百合花束", {"pollen"}), ("无刺鱼", {"fish"}), ("免费花生", {"peanut"}), ("海鲜拼盘", {"shellfish", "fish"}), ("", set()),
        ("İ peanuts", {"peanut"}),
    ],
)  # fmt: skip
def test_what_a_text_names(text: str, codes: set[str]) -> None:
    assert set(named(text)) == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("不要花生", set()), ("不要花生和虾", set()), ("不要花生,要虾仁", {"shellfish"}), ("忌食:海鲜", set()), ("花生过敏", set()), ("对虾过敏", set()),
        ("No peanuts or shrimp", set()), ("no peanuts, grilled prawns", {"shellfish"}), ("nut-free dessert", set()), ("Shellfish allergy", set()),
        ("without egg", set()), ("花生 不要香菜", {"peanut"}), ("香菜不要 花生要", {"peanut"}), ("花生不要,香菜要", set()), ("不含酒精", set()),
    ],
)  # fmt: skip
def test_what_a_text_refuses_is_not_named(text: str, codes: set[str]) -> None:
    assert set(named(text)) == codes
    assert set(named(text, refused=True)) >= codes


WORDS = allergens._words()


@given(st.sampled_from(WORDS), st.sampled_from(["房内备", "晚餐:", "please serve ", "(", "早餐加"]), st.sampled_from(["", "一份", " x2", ",十二位", ") ok"]))
def test_every_word_is_found_wherever_it_stands(pair: tuple[str, str], before: str, after: str) -> None:
    word, code = pair
    assert code in named(f"{before}{word}{after}")
    assert code in named(f"{before}{word.upper()}{after}")


@given(st.sampled_from(WORDS), st.sampled_from([("不要{}", False), ("{}过敏", False), ("no {}", True), ("without {}", True), ("{} allergy", True)]))
def test_every_refused_word_is_left_out(pair: tuple[str, str], way: tuple[str, bool]) -> None:
    word, code = pair
    form, english = way
    if word.isascii() == english:
        assert code not in named(form.format(word))
        assert code in named(form.format(word), refused=True)


@given(st.text(max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    plain, all_named = named(text), named(text, refused=True)
    assert set(plain) <= set(all_named)
    assert all(word for words in all_named.values() for word in words)


def test_every_allergen_of_the_list_has_its_words() -> None:
    assert {code for _, code in WORDS} == {code for code, _, _ in ALLERGENS} - {"other"}
