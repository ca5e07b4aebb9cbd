"""Search terms and sort keys."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.record import terms

NAME = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(NAME, st.integers(0, 20), st.integers(1, 8))
def test_every_piece_of_a_word_begins_a_term(name: str, at: int, length: int) -> None:
    found = terms.terms(name).split(" ")
    for word in terms.words_in(name):
        piece = word[at : at + length]
        if piece and not terms.PHONE.fullmatch(name):
            assert any(term.startswith(piece) for term in found)


@given(NAME)
def test_a_name_finds_itself(name: str) -> None:
    found = terms.terms(name).split(" ")
    if not terms.PHONE.fullmatch(name):
        assert all(any(term.startswith(word) for term in found) for word in terms.query_words(name))


@given(NAME)
def test_terms_are_single_words_of_bounded_length(name: str) -> None:
    found = terms.terms(name)
    assert all(0 < len(term) <= terms.LONGEST_LATIN for term in found.split(" ")) or not found
    assert len(found.split(" ")) == len(set(found.split(" ")))
    assert found == found.lower()


@given(NAME)
def test_one_spelling_of_any_name(name: str) -> None:
    words = terms.words_in(name)
    assert words == terms.words_in(" ".join(words))


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Orient", "orient"), ("Grand  Hotel", "grand hotel"), ("王小明", "wang xiao ming"), ("单雄信", "shan xiong xin"), ("ABC公司", "abc gong si"), ("", ""), ("—", ""),
        ("ＡＢＣ", "abc"), ("O'Neil", "o neil"), ("曾国藩", "zeng guo fan"),
    ],
)  # fmt: skip
def test_what_names_are_sorted_by(name: str, key: str) -> None:
    assert terms.sort_key(name) == key


@pytest.mark.parametrize(
    ("phone", "queries"),
    [("+86 138-0013 8000", ["8613800138000", "8000", "138"]), ("(021) 6888-0000", ["02168880000", "0000"]), ("021-68880000/13800138000", ["13800138000", "6888"])],
)
def test_phones_are_found_without_their_marks(phone: str, queries: list[str]) -> None:
    found = terms.terms(phone).split(" ")
    assert all(any(term.startswith(query) for term in found) for query in queries)


def test_a_surname_is_found_by_both_readings() -> None:
    found = terms.terms("单雄信").split(" ")
    assert {"shanxiongxin", "danxiongxin", "sxx", "dxx", "单雄信", "信"} <= set(found)


def test_long_words_are_cut_alike_on_both_sides() -> None:
    word = "abcdefghij" * 5
    assert terms.query_words(word) == [word[: terms.LONGEST_LATIN]]
    assert terms.query_words("中" * 30) == ["中" * terms.LONGEST]
    assert terms.terms(word).split(" ")[0] == word[: terms.LONGEST_LATIN]
