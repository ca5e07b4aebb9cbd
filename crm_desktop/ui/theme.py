"""The look: two palettes of named colours, one style sheet, the font, and icons tinted when they are painted."""

from __future__ import annotations

import re
from functools import lru_cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from crm_desktop.record.places import resource

_TABLE = """
ground #f4f6f8 #14181d
surface #ffffff #1b2027
sunken #eef1f4 #171b21
line #e1e6eb #2a313a
line2 #c9d1d9 #3b444f
field #8a95a3 #66717f
hover #e9edf1 #242b34
text #1b2430 #e4e8ed
soft #5a6675 #9aa6b4
accent #2459c4 #7ea6f4
accent_soft #e6edfb #22314e
on_accent #ffffff #0e1730
green #18703c #7fd39b
green_bg #e3f4e9 #16311f
amber #865200 #efbd6b
amber_bg #fcefd6 #35280f
red #b3261e #f39b93
red_bg #fbe6e4 #3c1c1b
grey #55606e #a9b4c0
grey_bg #eaedf0 #29303a
blue #2459c4 #8fb3f7
blue_bg #e6edfb #22314e
purple #6b3fa0 #c5a5ef
purple_bg #f0e9f9 #2f2344
age0 #b9c4d0 #4b5867
age1 #f0c36d #b98a35
age2 #e39a45 #c4782f
age3 #d0643f #c2583a
age4 #a92a2a #d4544c
late1 #9a5a12 #eac08c
late2 #a8480f #f2a878
late3 #b3261e #f39b93
late4 #8c0f14 #ff8078
"""
_LINES = [line.split() for line in _TABLE.strip().splitlines()]
LIGHT = {token: light for token, light, _ in _LINES}
DARK = {token: dark for token, _, dark in _LINES}
FAMILIES = ("Microsoft YaHei UI", "PingFang SC", "Noto Sans CJK SC", "WenQuanYi Micro Hei")
TEXT_POINTS, SMALL_POINTS = 10.5, 9.5
STROKE = 1.75

C: dict[str, str] = dict(LIGHT)  # the colours of the look in use; read it when painting, never keep a value

_ROLE = QPalette.ColorRole
_ROLES = {
    _ROLE.Window: "ground", _ROLE.WindowText: "text", _ROLE.Base: "surface", _ROLE.AlternateBase: "sunken",
    _ROLE.Text: "text", _ROLE.Button: "surface", _ROLE.ButtonText: "text", _ROLE.Highlight: "accent",
    _ROLE.HighlightedText: "on_accent", _ROLE.PlaceholderText: "soft", _ROLE.ToolTipBase: "surface",
    _ROLE.ToolTipText: "text", _ROLE.Link: "accent", _ROLE.Accent: "accent", _ROLE.Mid: "line",
    _ROLE.Midlight: "hover", _ROLE.Light: "accent_soft", _ROLE.Dark: "line2", _ROLE.Shadow: "field",
    _ROLE.BrightText: "red", _ROLE.LinkVisited: "amber",
}  # fmt: skip
# How the style sheet names its colours: as roles, so that another look needs another palette and no other sheet.
_NAMES = {
    "ground": "window", "surface": "base", "sunken": "alternate-base", "line": "mid", "line2": "dark", "hover": "midlight",
    "text": "text", "soft": "placeholder-text", "accent": "highlight", "on_accent": "highlighted-text", "red": "bright-text",
    "amber": "link-visited", "field": "shadow", "accent_soft": "light",
}  # fmt: skip


def dark() -> bool:
    """True while the dark look is in use."""
    return C["ground"] == DARK["ground"]


def apply(app: QApplication, dark: bool) -> None:
    """Give the whole program one of the two looks, at once."""
    C.update(DARK if dark else LIGHT)
    if app.property("look") is None:
        app.setStyle("Fusion")
        app.setFont(font())
    app.setProperty("look", "dark" if dark else "light")
    app.styleHints().setColorScheme(Qt.ColorScheme.Dark if dark else Qt.ColorScheme.Light)
    app.setPalette(_palette())
    if app.styleSheet() == style_sheet():
        _paint_anew(app)
    else:
        app.setStyleSheet(style_sheet())


def _paint_anew(app: QApplication) -> None:
    """Let every widget take its rules' colours from the palette again: a sixth of the time a new sheet takes."""
    for widget in app.allWidgets():
        style = widget.style()
        style.unpolish(widget)
        style.polish(widget)
    for window in app.topLevelWidgets():
        window.update()


def _palette() -> QPalette:
    palette = QPalette()
    for role, token in _ROLES.items():
        palette.setColor(role, QColor(C[token]))
    for role in (_ROLE.WindowText, _ROLE.Text, _ROLE.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(C["soft"]))
    return palette


@lru_cache(1)
def style_sheet() -> str:
    """The style sheet, the same for both looks: its colours are roles of the palette."""
    sheet = resource("style.qss").read_text("utf-8").replace("@icons", resource("icons").as_posix())
    return re.sub(r"@(\w+)", _role, sheet)


def _role(found: re.Match[str]) -> str:
    return f"palette({_NAMES[found[1]]})"


def font(points: float = TEXT_POINTS, *, bold: bool = False) -> QFont:
    """The one font of the program; never a single family, so that Chinese is found everywhere."""
    return QFont(_font(points, bold))


@lru_cache(32)
def _font(points: float, bold: bool) -> QFont:
    out = QFont()
    out.setFamilies(FAMILIES)
    out.setPointSizeF(points)
    out.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    if bold:
        out.setWeight(QFont.Weight.DemiBold)
    return out


def small_font() -> QFont:
    """The font of labels, headers and chips."""
    return font(SMALL_POINTS)


def has_chinese_font() -> bool:
    """False when this PC would show a box for every Chinese character."""
    return bool(QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese))


@lru_cache(256)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    source = resource("icons", f"{name}.svg").read_text("utf-8")
    drawn = source.replace("currentColor", colour).replace('stroke-width="2"', f'stroke-width="{STROKE}"')
    return QSvgRenderer(QByteArray(drawn.encode()))


def paint_icon(painter: QPainter, box: QRectF, name: str, token: str = "soft") -> None:
    """Draw an icon into a square box in one of the palette's colours."""
    _renderer(name, C[token]).render(painter, box)


class _Tinted(QIconEngine):
    """Draws its SVG in the palette's colour at the moment of painting, so a switch of looks needs no new icons."""

    def __init__(self, name: str, size: int, pad: int, token: str) -> None:
        super().__init__()
        self._name, self._size, self._pad, self._token = name, size, pad, token

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if mode == QIcon.Mode.Disabled:
            painter.setOpacity(0.45)
        chosen = mode == QIcon.Mode.Selected or state == QIcon.State.On
        paint_icon(painter, self._box(QRectF(rect)), self._name, "accent" if chosen else self._token)
        painter.restore()

    def _box(self, area: QRectF) -> QRectF:
        side = min(area.width(), area.height())
        # A padded icon stands at the left: the empty rest is the distance to the word after it.
        left = area.left() if self._pad else area.center().x() - side / 2
        return QRectF(left, area.center().y() - side / 2, side, side)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        if size.isEmpty():
            return QPixmap()  # asked for by a button that is just being laid out
        out = QPixmap(size)
        out.fill(Qt.GlobalColor.transparent)
        painter = QPainter(out)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return out

    def actualSize(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QSize:
        return size

    def availableSizes(self, mode: QIcon.Mode = QIcon.Mode.Normal, state: QIcon.State = QIcon.State.Off) -> list[QSize]:
        return [QSize(self._size + self._pad, self._size)]

    def isNull(self) -> bool:
        return False

    def key(self) -> str:
        return "tinted"

    def clone(self) -> QIconEngine:
        return _Tinted(self._name, self._size, self._pad, self._token)


def icon(name: str, size: int = 18, pad: int = 0, token: str = "soft") -> QIcon:
    """An icon in the palette's colour. With `pad`, give the button the icon size `size + pad` by `size`."""
    return QIcon(_Tinted(name, size, pad, token))


def pixmap(name: str, token: str, px: int, ratio: float = 2.0) -> QPixmap:
    """A fixed picture of an icon, `px` wide, drawn at `ratio` device pixels. It does not follow a switch of looks."""
    out = QPixmap(round(px * ratio), round(px * ratio))
    out.setDevicePixelRatio(ratio)
    out.fill(Qt.GlobalColor.transparent)
    painter = QPainter(out)
    paint_icon(painter, QRectF(0, 0, px, px), name, token)
    painter.end()
    return out
