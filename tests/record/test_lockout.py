"""Waits after wrong passwords, and what a password must be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.record import lockout


@pytest.mark.parametrize(("wrong", "seconds"), [(0, 0), (2, 0), (3, 5), (4, 10), (5, 20), (9, 320), (10, 640), (11, 900), (10_000, 900)])
def test_waits_grow(wrong: int, seconds: int) -> None:
    assert lockout.wait_after(wrong) == seconds


@pytest.mark.parametrize(
    ("wrong", "last", "now", "seconds"),
    [(2, 100.0, 100.0, 0), (3, 100.0, 100.0, 5), (3, 100.0, 102.2, 3), (3, 100.0, 105.0, 0), (3, 100.0, 50.0, 5), (4, 100.0, 1e9, 0)],
)
def test_what_is_left_of_a_wait(wrong: int, last: float, now: float, seconds: int) -> None:
    assert lockout.left(wrong, last, now) == seconds


@given(st.integers(0, 60), st.floats(0, 1e9), st.floats(0, 1e9))
def test_a_wait_never_grows_by_waiting(wrong: int, last: float, more: float) -> None:
    assert 0 <= lockout.left(wrong, last, last + more) <= lockout.left(wrong, last, last) == lockout.wait_after(wrong)


@pytest.mark.parametrize(
    ("password", "login", "good"),
    [
        ("short", "", False), ("12345678", "", False), ("aaaaaaaaaa", "", False), ("zhouyihe2026", "zhouyihe", False), ("correct horse", "", True),
        ("一二三四五六七八", "", True), ("一二三", "", False), ("x" * 1_001, "", False), ("PASSWORD", "", False),
    ],
)  # fmt: skip
def test_what_a_password_must_be(password: str, login: str, good: bool) -> None:
    assert (lockout.password_problem(password, login) is None) == good


def test_the_same_letters_however_they_are_typed() -> None:
    assert lockout.normal("café") == lockout.normal("café")
    assert lockout.normal("ｐａｓｓ１２３４") == "pass1234"
