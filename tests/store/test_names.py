"""Names no file can have, here or on the PC it is sent to."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.record.text import Refused, say
from crm_desktop.store.folders import part_name, refuse_ours, unwritten, whole_file
from crm_desktop.store.names import is_too_long, name_problem, refuse_names, shortened


@pytest.mark.parametrize(
    ("name", "here", "windows"),
    [
        ("客户 2026-11.csv", None, None), ("a.b.c", None, None), (".hidden", None, None), ("console.csv", None, None), ("com.csv", None, None),
        ("CON", "for itself", "for itself"), ("con.csv", "for itself", "for itself"), ("NUL.tar.gz", "for itself", "for itself"),
        ("aux .txt", "for itself", "for itself"), ("Com9.csv", "for itself", "for itself"), ("LPT¹", "for itself", "for itself"),
        ("COM10.csv", None, None), ("COM0", None, None),
        ("a:b.csv", None, ":"), ('what"is?.csv', None, '" ?'), ("tab\there", None, "□"), ("zero\0", "□", "□"), ("end.", None, "full stop"), ("end ", None, "blank"),
        ("长" * 85, None, None), ("长" * 86, "too long", None), ("x" * 255, None, None), ("x" * 256, "too long", "too long"), ("😀" * 128, "too long", "too long"),
    ],
)  # fmt: skip
def test_what_keeps_a_file_from_a_name(name: str, here: str | None, windows: str | None) -> None:
    for expected, on_windows in ((here, False), (windows, True)):
        found = name_problem(name, windows=on_windows)
        assert (found is None) == (expected is None), (name, on_windows, found)
        assert expected is None or expected in say(found or "")


def test_every_folder_of_a_path_counts_the_drive_does_not(tmp_path: Path) -> None:
    refuse_names(tmp_path / ".." / "." / "客户.csv")
    refuse_names(Path("/"))
    refuse_names(Path("relative.csv"))
    for path in (tmp_path / "NUL" / "a.csv", tmp_path / "aux.csv", Path("con")):
        with pytest.raises(Refused, match="for itself"):
            refuse_names(path)
        with pytest.raises(Refused, match="for itself"):
            refuse_ours(path)


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0/"), min_size=1, max_size=300))
def test_a_name_without_a_problem_can_be_written_and_read(name: str) -> None:
    import tempfile

    if name in (".", "..") or name_problem(name, windows=os.name == "nt") is not None:
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        with whole_file(path) as file:
            file.write(b"here")
        assert path.read_bytes() == b"here"
        assert os.listdir(folder) == [name]


@given(st.text(max_size=300), st.integers(0, 255))
def test_a_shortened_name_is_the_beginning(name: str, most: int) -> None:
    whole = name.encode("utf-8", "ignore").decode()
    found = shortened(whole, most)
    assert whole.startswith(found)
    assert len(found.encode()) <= most
    assert found == whole or len(whole[: len(found) + 1].encode()) > most


def test_the_part_of_a_file_with_the_longest_name_fits(tmp_path: Path) -> None:
    path = tmp_path / ("长" * 85)
    assert len(os.fsencode(part_name(path).name)) <= 255


def test_a_path_too_long_for_windows_says_so() -> None:
    assert is_too_long(Path("/" + "x" * 100 + "/" + "y" * 160), windows=True)
    assert not is_too_long(Path("/" + "x" * 100), windows=True)
    assert not is_too_long(Path("/" + "x" * 100 + "/" + "y" * 160), windows=False)


def test_elsewhere_the_system_gives_the_reason(tmp_path: Path) -> None:
    assert "no right to it" in str(unwritten(tmp_path / "a", PermissionError(13, "Permission denied")))
