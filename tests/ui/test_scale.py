"""At 100, 150 and 200 % nothing is cut: the real window in a process of its own, for Qt takes its scale when it begins."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QWidget

from tests.samples import REPOSITORY
from tests.ui.scale_child import cut

SCREENS = (  # client areas of a laptop at 100 %, of 1920 x 1080 at 150 % and at 200 %
    ("1", "en", 1366, 700), ("1.5", "zh_CN", 1280, 650), ("1.5", "en", 1280, 650), ("2", "en", 960, 500), ("2", "zh_CN", 960, 500),
)  # fmt: skip
FAST = {("1.5", "zh_CN"), ("2", "en")}


@pytest.mark.parametrize(
    ("scale", "language", "width", "height"),
    [pytest.param(*screen, marks=() if screen[:2] in FAST else pytest.mark.long) for screen in SCREENS],
)
def test_no_word_is_cut(scale: str, language: str, width: int, height: int) -> None:
    child = subprocess.run(
        [sys.executable, "-m", "tests.ui.scale_child", language, str(width), str(height)], cwd=REPOSITORY,
        env=os.environ | {"QT_SCALE_FACTOR": scale, "QT_QPA_PLATFORM": "offscreen"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert child.returncode == 0, child.stderr
    told = json.loads(child.stdout)
    assert told["scale"] == float(scale)
    assert told["size"] == [width, height]
    assert told["cut"] == {}


def test_what_is_cut_is_noticed(qtbot: Any) -> None:
    root = QWidget()
    root.resize(200, 200)
    qtbot.addWidget(root)
    whole, short, button, away = QLabel("whole", root), QLabel("a long line of words", root), QPushButton("Press this here", root), QLabel("away", root)
    low, tipped, scroll = QLabel("many words on more than one line of it", root), QLabel("a long line with a tip", root), QScrollArea(root)
    inside = QLabel("far down", scroll)
    low.setWordWrap(True)
    tipped.setToolTip("a long line with a tip")
    for at, (widget, width, height) in enumerate(((whole, 100, 20), (short, 30, 20), (button, 30, 30), (low, 60, 20), (tipped, 20, 20))):
        widget.setGeometry(0, 30 * at, width, height)
    away.setGeometry(180, 0, 100, 20)
    scroll.setGeometry(0, 150, 100, 40)
    inside.setGeometry(0, 300, 90, 20)
    root.show()
    assert [words.partition(" (")[0] for words in cut(root)] == [short.text(), button.text(), away.text(), low.text()]
