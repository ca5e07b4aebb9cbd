"""Every screen can be shown and pictured; the pictures of one language and look are taken with every test run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from crm_desktop.ui import jobs, quick, theme
from tests.gallery.screens import SCREENS
from tests.gallery.take import LOOKS, SIZES, pictures, take

PARTS = 4  # one by one for a processor each, and none as long as a hanging test is allowed to be
EACH = 7  # px: from one looked at to the next


@pytest.fixture(autouse=True)
def _nothing_left() -> Iterator[None]:
    """What stood in a line when its picture was taken is not there for the next test."""
    yield
    quick._left.clear()


def _colours(picture: QImage) -> set[int]:
    few = picture.convertToFormat(QImage.Format.Format_RGB32).scaled(picture.width() // EACH, picture.height() // EACH, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.FastTransformation)
    return set(memoryview(few.constBits()).cast("I"))


def _check(name: str, picture: QImage) -> None:
    size = name.split("_")[-4 if "zh_CN" in name else -3]
    assert (picture.width(), picture.height()) == SIZES[size], name
    assert len(_colours(picture)) > 20, f"{name} is empty"


def test_an_empty_picture_is_noticed() -> None:
    empty = QImage(*SIZES["960"], QImage.Format.Format_RGB32)
    empty.fill(Qt.GlobalColor.white)
    with pytest.raises(AssertionError, match="is empty"):
        _check("today_960_en_light", empty)


@pytest.mark.parametrize("part", range(PARTS))
def test_chinese_and_light(qapp: QApplication, part: int) -> None:
    names, seen = list(SCREENS)[part::PARTS], []
    for name, taken in pictures(names, ("zh_CN",), ("light",)):
        _check(name, taken.toImage())
        seen.append(name)
    assert len(set(seen)) == len(names) * len(SIZES)
    jobs.close()


@pytest.mark.long
def test_everything(qapp: QApplication, tmp_path: Path) -> None:
    made = take(tmp_path)
    assert len(made) == len(SCREENS) * len(SIZES) * 2 * len(LOOKS)
    for path in made:
        _check(path.stem, QImage(str(path)))
    theme.apply(qapp, dark=False)
    jobs.close()
