"""Why the system refused a file is said with what to do, in both languages; what the PC is to blame for is no mistake of the
program."""

from __future__ import annotations

import errno
import os

import pytest

from crm_desktop.record import os_words
from crm_desktop.record.text import Text, say, use
from crm_desktop.store import database

KNOWN = sorted(os_words._WORDS)


@pytest.mark.parametrize("number", KNOWN, ids=[errno.errorcode[number] for number in KNOWN])
def test_every_reason_says_what_to_do_and_no_english_in_chinese(number: int) -> None:
    words = os_words.why(OSError(number, os.strerror(number)))
    assert isinstance(words, Text)
    assert "; " in say(words)
    use("zh_CN")
    try:
        assert not any(letter.isascii() and letter.isalpha() for letter in say(words))
    finally:
        use("en")


def test_a_reason_nobody_knows_is_said_as_the_system_says_it() -> None:
    assert os_words.why(OSError(errno.EPIPE, "Broken pipe")) == "Broken pipe"
    assert os_words.why(OSError("odd")) == "odd"


def test_windows_says_who_has_it_open() -> None:
    error = PermissionError(errno.EACCES, "The process cannot access the file because it is being used by another process")
    error.winerror = 32  # type: ignore[attr-defined]
    assert os_words.why(error) == os_words.IN_USE


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, "x"), "disk is full"), (OSError(errno.ESTALE, "x"), "not in reach"), (OSError(errno.EMFILE, "x"), "too many files"),
        (OSError(errno.EBUSY, "x"), "another program"), (MemoryError(), "memory"), (database.Error("out of memory"), "memory"),
        (database.Error("database is locked"), "Another program is writing"), (database.Error("no such column: x"), ""), (OSError(errno.ENOENT, "x"), ""), (KeyError("x"), ""),
    ],
    ids=str,
)  # fmt: skip
def test_what_the_machine_refused_is_told_from_a_mistake_of_the_program(error: Exception, words: str) -> None:
    found = database.of_the_machine(error)
    assert (found is None) == (not words)
    assert found is None or words in str(found)
