"""Files that are written whole or not at all, and for one person alone."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import IO

import pytest

from crm_desktop.record.text import Refused
from crm_desktop.store.folders import discard, part_name, private_folder, whole_file, writing

pytestmark = pytest.mark.embedded


def test_a_file_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "数据.json"
    for words in (b"first", b"second, longer", b""):
        with whole_file(path) as file:
            file.write(words)
        assert path.read_bytes() == words
    assert os.listdir(tmp_path) == ["数据.json"]
    if os.name != "nt":
        assert path.stat().st_mode & 0o777 == 0o600


def test_a_file_that_fails_in_the_middle_stays_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")

    def fail() -> None:
        with whole_file(path) as file:
            file.write(b"new")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["a"]


def test_many_write_one_file_and_it_is_one_of_theirs(tmp_path: Path) -> None:
    path, failed = tmp_path / "a", []

    def write(letter: bytes) -> None:
        try:
            for _ in range(15):
                with whole_file(path) as file:
                    file.write(letter * 5000)
        except OSError as error:
            failed.append(error)

    threads = [threading.Thread(target=write, args=(letter,)) for letter in (b"a", b"b", b"c")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert path.read_bytes() in (b"a" * 5000, b"b" * 5000, b"c" * 5000)
    assert os.listdir(tmp_path) == ["a"]


def test_a_failure_is_a_sentence(tmp_path: Path) -> None:
    def no_room(file: IO[bytes]) -> None:
        file.write(b"x")
        raise OSError(28, "No space left on device")

    with pytest.raises(Refused, match=r"could not be written: the disk is full; make room. Nothing was changed there"):
        writing(tmp_path / "a", no_room)
    assert os.listdir(tmp_path) == []


def test_a_very_long_name(tmp_path: Path) -> None:
    path = tmp_path / ("n" * 250)
    with whole_file(path) as file:
        file.write(b"x")
    assert path.read_bytes() == b"x"


def test_parts_have_names_of_their_own(tmp_path: Path) -> None:
    names = {part_name(tmp_path / "a.csv") for _ in range(100)}
    assert len(names) == 100
    assert all(name.parent == tmp_path and name.name.startswith(".a.csv.") for name in names)
    discard(tmp_path / "never there")
    discard(tmp_path / "file" / "below a file")


def test_a_private_folder(tmp_path: Path) -> None:
    made = private_folder(tmp_path / "a" / "b")
    assert private_folder(made) == made
    if os.name != "nt":
        assert made.stat().st_mode & 0o077 == 0
