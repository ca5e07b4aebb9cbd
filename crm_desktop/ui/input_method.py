"""Typing Chinese on Linux needs an input method, and a part of Qt that speaks with it: a hint where one is missing."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QObject, QTimer, Slot
from PySide6.QtGui import QGuiApplication

from crm_desktop.desk.settings import INPUT_HINT
from crm_desktop.record.text import Text, language

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

LOOK_AFTER = 2_500  # ms
STRIP = "typing"
FOLDER = "platforminputcontexts"
NO_CHINESE = frozenset({"", "compose", "xim", "none", "simple", "gtk-im-context-simple"})
INSTALL = Text(
    "Chinese cannot be typed here: no input method is set up. On Debian: apt install ibus ibus-libpinyin, run im-config -n ibus, log in again."
)
NO_PART = Text(
    "Chinese cannot be typed here: this program has no part for {name}. Start it with QT_IM_MODULE=ibus (Fcitx 5 understands that too, ibus must not run then)."
)
NOT_THERE = Text("Chinese cannot be typed here: {name} is set up but not installed. On Debian: apt install ibus ibus-libpinyin, then log in again.")


def hint(platform: str, environment: Mapping[str, str], contexts: Collection[str], programs: Collection[str]) -> Text | None:
    """What keeps Chinese from being typed, and what helps; None where it can be typed or nobody types.

    `platform`: Qt's name of it; `contexts`: the input methods Qt has a part for; `programs`: those installed."""
    if platform != "xcb":  # Wayland's own protocol carries input methods; elsewhere the system has them
        return None
    asked = [name.lower() for name in environment.get("QT_IM_MODULES", "").split(";") if name] or [environment.get("QT_IM_MODULE", "").lower()]
    useful = [name for name in asked if name not in NO_CHINESE and not name.startswith("wayland")]
    if not useful:
        return INSTALL
    if not any(_known(name, contexts) for name in useful):
        return Text(NO_PART.source, name=useful[0])
    if "ibus" in useful and not {"ibus", "ibus-daemon", "fcitx5", "fcitx"} & set(programs):
        return Text(NOT_THERE.source, name="ibus")
    return None


def _known(name: str, contexts: Collection[str]) -> bool:
    return name in contexts or (name.startswith("fcitx") and any(each.startswith("fcitx") for each in contexts))


def contexts() -> set[str]:
    """The input methods this Qt has a part for."""
    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / FOLDER
    try:
        names = [path.name.removeprefix("lib").partition("platforminputcontextplugin")[0] for path in folder.iterdir()]
    except OSError:
        return set()
    return {name for name in names if name}


class InputHint(QObject):
    """Looks once after the start, and only where Chinese is spoken; put away once, it does not come back."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        if sys.platform.startswith("linux") and not window.settings.get(INPUT_HINT):
            QTimer.singleShot(LOOK_AFTER, self, self.look)

    @Slot()
    def look(self) -> None:
        """Say what is missing, if anything is."""
        if language() != "zh_CN":
            return
        import shutil  # not at the start

        programs = [name for name in ("ibus", "ibus-daemon", "fcitx5", "fcitx") if shutil.which(name)]
        words = hint(QGuiApplication.platformName(), os.environ, contexts(), programs)
        if words is not None:
            self._window.strips.say(STRIP, words, closed=self._put_away, tone="amber_bg")

    def _put_away(self) -> None:
        self._window.settings.set(INPUT_HINT, True)
