"""Ids: unique, growing, and thirteen letters outside."""

from __future__ import annotations

import re
import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.record import ids

ANY = st.integers(-(2**63), 2**63 - 1)


@given(ANY)
def test_thirteen_letters_and_back(value: int) -> None:
    word = ids.encode(value)
    assert len(word) == ids.LENGTH == 13
    assert word[0].isalpha()
    assert set(word) <= set(ids.LETTERS)
    assert ids.decode(word) == value


@given(st.lists(st.one_of(st.none(), ANY), max_size=20))
def test_columns_are_encoded_as_single_ids(values: list[int | None]) -> None:
    assert ids.Encoder().column(tuple(values)) == ["" if v is None else ids.encode(v) for v in values]


def test_an_encoder_forgets_before_it_grows_without_end() -> None:
    encoder = ids.Encoder()
    for high in range(200_100):
        assert encoder[high]
    assert len(encoder) < 200_100
    assert encoder.column((5,)) == [ids.encode(5)]


@pytest.mark.parametrize("word", ["", "A", "a" * 13, "A" * 12, "A" * 14, "1" * 13, "0AAAAAAAAAAAA", "Z" * 13, "AAAAAA AAAAAA", "ÄAAAAAAAAAAAA", "Q" + "A" * 12])
def test_what_is_no_id(word: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(word)}$"):
        ids.decode(word)


@given(st.text(max_size=14))
def test_any_word_is_an_id_or_an_error(word: str) -> None:
    try:
        value = ids.decode(word)
    except ValueError:
        return
    assert ids.encode(value) == word


def test_letters_sort_as_the_ids_do() -> None:
    made = [ids.new_id() for _ in range(100)]
    assert made == sorted(set(made))


def test_new_ids_are_positive_of_63_bits_and_of_this_moment() -> None:
    made = ids.new_id()
    assert 0 < made < 2**63
    assert abs((made >> ids.RANDOM_BITS) + ids.EPOCH_MS - time.time() * 1000) < 60_000


def test_ids_of_many_threads_are_all_different() -> None:
    made: list[int] = []

    def some() -> None:
        made.extend(ids.new_ids(500))
        made.extend(ids.new_id() for _ in range(500))

    threads = [threading.Thread(target=some) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 8000


def test_ids_grow_though_the_clock_goes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    before = ids.new_id()
    monkeypatch.setattr("crm_desktop.record.ids.time.time", lambda: 1_600_000_000.0)
    assert ids.new_id() > before


@given(st.lists(st.one_of(st.none(), st.integers(-(1 << 63), (1 << 63) - 1)), max_size=40))
def test_a_column_of_keys_is_encoded_as_each_of_them(keys: list[int | None]) -> None:
    assert ids.encode_keys(tuple(keys)) == ["" if key is None else ids.encode(key) for key in keys]
