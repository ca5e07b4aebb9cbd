"""The printed recovery key: typed as people type, and what they mistype is noticed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.record import recovery
from crm_desktop.record.text import Refused

secrets = st.binary(min_size=recovery.BYTES, max_size=recovery.BYTES)


@given(secrets)
def test_what_is_printed_is_read(secret: bytes) -> None:
    printed = recovery.words(secret)
    assert recovery.read(printed) == secret
    assert recovery.read(printed.lower().replace(" ", "-\n")) == secret
    assert recovery.read(printed.translate(str.maketrans("OIB", "018"))) == secret


@given(secrets, st.integers(0, 39), st.sampled_from(recovery.LETTERS))
def test_every_single_wrong_letter_is_noticed(secret: bytes, at: int, letter: str) -> None:
    letters = recovery.words(secret).replace(" ", "")
    if letters[at] == letter:
        return
    with pytest.raises(Refused, match=f"Group {at // 5 + 1} "):
        recovery.read(letters[:at] + letter + letters[at + 1 :])


@given(secrets, st.integers(0, 7), st.integers(0, 7))
def test_swapped_groups_are_noticed(secret: bytes, one: int, other: int) -> None:
    groups = recovery.words(secret).split()
    if groups[one] == groups[other] or one == other:
        return
    groups[one], groups[other] = groups[other], groups[one]
    with pytest.raises(Refused, match="not as it is printed"):
        recovery.read(" ".join(groups))


@pytest.mark.parametrize("typed", ["", "ABCDE", "A" * 41, "好" * 40, "9" * 40])
def test_what_is_no_key_at_all(typed: str) -> None:
    with pytest.raises(Refused):
        recovery.read(typed)
