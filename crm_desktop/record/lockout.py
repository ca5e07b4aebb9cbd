"""How long to wait after wrong passwords, and what a password must be."""

from __future__ import annotations

import unicodedata

from crm_desktop.record.text import Text

FREE, FIRST, LONGEST = 3, 5, 15 * 60  # tries without a wait; seconds
SHORTEST, LONGEST_PASSWORD = 8, 1_000
TOO_EASY = frozenset(("password", "12345678", "123456789", "1234567890", "qwertyui", "qwerty123", "11111111", "88888888", "abcd1234", "a1234567"))


def wait_after(wrong: int) -> int:
    """Seconds to wait after so many wrong passwords in a row: none at first, then doubling up to a quarter of an hour."""
    return 0 if wrong < FREE else int(min(LONGEST, FIRST * 2 ** min(wrong - FREE, 20)))


def left(wrong: int, last: float, now: float) -> int:
    """Seconds still to wait, whole; a clock that was put back begins the wait again, it does not end it."""
    passed = max(0.0, now - last)
    return max(0, -int(-(wait_after(wrong) - passed) // 1))


def password_problem(password: str, login: str) -> Text | None:
    """What is wrong with a new password; None for a good one."""
    plain = normal(password)
    if len(plain) < SHORTEST:
        return Text("A password has at least {least} characters; a sentence is good.", least=SHORTEST)
    if len(plain) > LONGEST_PASSWORD:
        return Text("A password has at most {most} characters.", most=LONGEST_PASSWORD)
    low = plain.lower()
    if low in TOO_EASY or len(set(low)) < 3 or (login and low.strip("0123456789") == login.lower()):
        return Text("This password is among the first anybody would try; choose another.")
    return None


def normal(password: str) -> str:
    """A password as it is derived from: the same letters typed on another keyboard give the same key."""
    return unicodedata.normalize("NFKC", password)
