"""Every screen can be shown and pictured; the pictures of one language and look are taken with every test run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from crm_desktop.ui import jobs, quick, theme
from tests.gallery.screens import SCREENS
from tests.gallery.take import LOOKS, SIZES, take

PARTS = 4  # one by one for a processor each, and none as long as a hanging test is allowed to be


@pytest.fixture(autouse=True)
def _nothing_left() -> Iterator[None]:
    """What stood in a line when its picture was taken is not there for the next test."""
    yield
    quick._left.clear()


def _colours(path: Path) -> set[int]:
    picture = QImage(str(path))
    return {picture.pixel(x, y) for x in range(0, picture.width(), 7) for y in range(0, picture.height(), 7)}


def _check(made: list[Path], expected: int) -> None:
    assert len(made) == expected
    for path in made:
        size = path.stem.split("_")[-4 if "zh_CN" in path.stem else -3]
        picture = QImage(str(path))
        assert (picture.width(), picture.height()) == SIZES[size], path.name
        assert len(_colours(path)) > 20, f"{path.name} is empty"


@pytest.mark.parametrize("part", range(PARTS))
def test_chinese_and_light(qapp: QApplication, tmp_path: Path, part: int) -> None:
    names = list(SCREENS)[part::PARTS]
    _check(take(tmp_path, names, languages=("zh_CN",), looks=("light",)), len(names) * len(SIZES))
    jobs.close()


@pytest.mark.long
def test_everything(qapp: QApplication, tmp_path: Path) -> None:
    made = take(tmp_path)
    _check(made, len(SCREENS) * len(SIZES) * 2 * len(LOOKS))
    theme.apply(qapp, dark=False)
    jobs.close()
