"""Search terms and sort keys."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crm_desktop.record import terms
from crm_desktop.record.readings import VARYING
from crm_desktop.record.traditional import SIMPLIFIED, TRADITIONAL

NAME = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(NAME, st.integers(0, 20), st.integers(1, 8))
@example("0𒐀", 1, 1)  # a letter of an old script, whose number is above our characters'
def test_every_piece_of_a_word_finds_it(name: str, at: int, length: int) -> None:
    found = terms.terms(name)
    for word in terms.words_in(name) if not terms.PHONE.fullmatch(name) and "@" not in name else ():
        piece = word[at : at + length]
        if piece and (at == 0 or len(piece) > terms.SHORT or re.match(f"[{terms.CHARACTERS}]", piece)):
            assert terms.holds(found, terms.query_words(piece))


@given(st.text("abcdefgh12345", min_size=4, max_size=12), st.integers(1, 11), st.integers(1, 2))
def test_one_or_two_letters_find_beginnings_only(word: str, at: int, length: int) -> None:
    piece = word[at : at + length]
    if piece and not word.startswith(piece):
        assert not terms.holds(terms.terms(word), terms.query_words(piece))


NUMBER = st.text("0123456789 +-()（）/;,、@.-转a", max_size=24)


@given(NAME | NUMBER | st.builds("+86{}".format, NUMBER))
def test_a_text_finds_itself(name: str) -> None:
    if name:
        assert terms.holds(terms.terms(name), terms.query_words(name))


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
        ("ＡＢＣ", "abc"), ("重庆银行", "chong qing yin hang"), ("單翊飛", "shan yi fei"), ("尉迟恭", "yu chi gong"), ("長沙", "chang sha"), ("O'Neil", "o neil"), ("曾国藩", "zeng guo fan"),
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
    assert terms.query_words("甲乙丙丁戊己庚辛壬癸子丑") == ["甲乙丙丁戊己庚辛壬癸", "丙丁戊己庚辛壬癸子丑"]
    assert word[: terms.LONGEST_LATIN] in terms.terms(word).split(" ")


def test_every_character_a_phrase_reads_otherwise_is_known() -> None:
    """The table spares a search for phrases; one missing in it would be read wrongly without a word."""
    from pypinyin import Style, lazy_pinyin
    from pypinyin.constants import PHRASES_DICT

    other = {letter for phrase in PHRASES_DICT for letter, read in zip(phrase, lazy_pinyin(phrase, Style.NORMAL), strict=False) if read != terms.syllable(letter)}
    assert other - VARYING == set()


def test_traditional_characters_have_one_simplified_each() -> None:
    assert len(set(TRADITIONAL)) == len(TRADITIONAL) == len(SIMPLIFIED) > 2_900
    assert not set(TRADITIONAL) & set(SIMPLIFIED)
    assert terms.words_in("錦澤紡織（集團）龍鳳麗") == ["锦泽纺织", "集团", "龙凤丽"]


@pytest.mark.parametrize(
    ("mail", "finds", "does_not"), [("li.ming@corp-hz.com", ["li", "ming", "corp", "hz", "li.ming@corp-hz.com"], ["ing", "orp"])]
)
def test_an_address_is_found_by_its_words_from_their_beginning(mail: str, finds: list[str], does_not: list[str]) -> None:
    found = terms.terms(mail)
    assert all(terms.holds(found, terms.query_words(word)) for word in finds)
    assert not any(terms.holds(found, terms.query_words(word)) for word in does_not)


@given(st.lists(st.text(st.characters(categories=["Lo", "Lu", "Nd"]), max_size=12), max_size=3))
def test_any_reading_is_one_of_the_readings(names: list[str]) -> None:
    for name in names:
        for run in terms.runs_in(name):
            if re.match(f"[{terms.CHARACTERS}]", run):
                assert all(len(reading) == len(run) for reading in terms.readings(run))
                assert 1 <= len(terms.readings(run)) <= terms.MOST_READINGS + 1
