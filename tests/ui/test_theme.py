from __future__ import annotations

import gc
import re

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage
from PySide6.QtWidgets import QApplication, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from crm_desktop.record.places import resource
from crm_desktop.ui import theme

GROUNDS = ("ground", "surface", "sunken", "hover", "accent_soft")
PAIRS = [(word, ground) for word in ("text", "soft", "accent") for ground in GROUNDS]
TONES = [token.removesuffix("_bg") for token in theme.LIGHT if token.endswith("_bg")]
PAIRS += [(tone, f"{tone}_bg") for tone in TONES] + [(tone, "surface") for tone in TONES]
PAIRS += [("on_accent", "accent"), ("text", "amber_bg"), ("soft", "amber_bg"), ("red", "ground")]
PAIRS += [(f"late{n}", ground) for n in range(1, 5) for ground in ("surface", "accent_soft")]


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.03928 else float(((value + 0.055) / 1.055) ** 2.4)


def luminance(colour: str) -> float:
    rgb = QColor(colour)
    parts = [_linear(v) for v in (rgb.redF(), rgb.greenF(), rgb.blueF())]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("look", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("word", "ground"), PAIRS)
def test_every_text_can_be_read(look: dict[str, str], word: str, ground: str) -> None:
    assert contrast(look[word], look[ground]) >= 4.5


@pytest.mark.parametrize("look", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_a_check_box_can_be_seen(look: dict[str, str]) -> None:
    assert contrast(look["field"], look["surface"]) >= 3


def test_both_looks_have_the_same_colours() -> None:
    assert theme.LIGHT.keys() == theme.DARK.keys()
    assert all(re.fullmatch("#[0-9a-f]{6}", c) for c in (*theme.LIGHT.values(), *theme.DARK.values()))


def test_the_style_sheet_is_short_and_complete(qapp: QApplication) -> None:
    assert len(resource("style.qss").read_text("utf-8").splitlines()) < 60
    assert "@" not in theme.style_sheet()
    for path in re.findall(r'url\("(.+?)"\)', theme.style_sheet()):
        assert resource("icons", path.rsplit("/", 1)[1]).exists()


def middle_colours(image: QImage) -> set[str]:
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def test_a_switch_reaches_what_is_on_the_screen(qtbot: QtBot, qapp: QApplication) -> None:
    window = QWidget()
    button = QToolButton(window)
    button.setIcon(theme.icon("bed"))
    button.setIconSize(QSize(18, 18))
    qtbot.addWidget(window)
    window.show()
    assert theme.LIGHT["ground"] in middle_colours(window.grab().toImage())
    light = button.icon().pixmap(QSize(18, 18)).toImage()
    theme.apply(qapp, dark=True)
    assert theme.dark()
    assert theme.DARK["ground"] in middle_colours(window.grab().toImage())
    assert theme.LIGHT["ground"] not in middle_colours(window.grab().toImage())
    assert button.icon().pixmap(QSize(18, 18)).toImage() != light
    theme.apply(qapp, dark=False)
    assert button.icon().pixmap(QSize(18, 18)).toImage() == light


def strongest(icon: QIcon, mode: QIcon.Mode, state: QIcon.State) -> str:
    image = icon.pixmap(QSize(36, 36), mode, state).toImage()
    pixels = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return max(pixels, key=QColor.alpha).name()


def test_an_icon_takes_the_accent_when_chosen() -> None:
    icon = theme.icon("users")
    assert strongest(icon, QIcon.Mode.Normal, QIcon.State.Off) == theme.C["soft"]
    assert strongest(icon, QIcon.Mode.Normal, QIcon.State.On) == theme.C["accent"]
    assert strongest(icon, QIcon.Mode.Selected, QIcon.State.Off) == theme.C["accent"]


def test_icons_survive_copies_and_collection() -> None:
    icons = []
    for _ in range(200):
        copy = QIcon(theme.icon("bed", 18, 10))
        copy.addFile("")  # detaches: the engine is cloned
        icons.append(copy)
    gc.collect()
    assert all(not i.pixmap(QSize(28, 18)).isNull() for i in icons)


def test_a_picture_is_sharp_at_twice_the_size() -> None:
    picture = theme.pixmap("check", "green", 18)
    assert (picture.width(), picture.devicePixelRatio()) == (36, 2)
    icon = theme.icon("check").pixmap(QSize(18, 18), 2.0)
    assert icon.width() == 36


def test_every_icon_can_be_drawn() -> None:
    for path in resource("icons").glob("*.svg"):
        assert not theme.icon(path.stem).pixmap(QSize(18, 18)).isNull()
        assert "@license" in path.read_text("utf-8").splitlines()[0]
    assert "ISC" in resource("icons", "LICENSE").read_text("utf-8")


def test_the_font_has_chinese() -> None:
    assert theme.has_chinese_font()
    assert theme.font(bold=True).weight() >= 600
    assert theme.small_font().pointSizeF() == theme.SMALL_POINTS
