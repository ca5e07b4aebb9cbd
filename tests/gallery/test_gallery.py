"""Every screen can be shown and pictured; the pictures of one language and look are taken with every test run."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from crm_desktop.ui import jobs, theme
from tests.gallery.screens import SCREENS
from tests.gallery.take import LOOKS, SIZES, take


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


def test_chinese_and_light(qapp: QApplication, tmp_path: Path) -> None:
    _check(take(tmp_path, languages=("zh_CN",), looks=("light",)), len(SCREENS) * len(SIZES))
    jobs.close()


@pytest.mark.long
def test_everything(qapp: QApplication, tmp_path: Path) -> None:
    made = take(tmp_path)
    _check(made, len(SCREENS) * len(SIZES) * 2 * len(LOOKS))
    theme.apply(qapp, dark=False)
    jobs.close()
