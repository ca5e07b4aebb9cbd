"""Whether there is a screen to show anything on, and anybody before it."""

from __future__ import annotations

import os
import sys

from crm_desktop.record.text import Text

XCB = ("xcb-cursor", "xkbcommon-x11", "xcb-icccm", "xcb-keysyms", "xcb-shape")
PACKAGES = "libxcb-cursor0 libxkbcommon-x11-0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libegl1 libgl1 libfontconfig1 libdbus-1-3"


def missing_screen() -> Text | None:
    """What keeps Qt from opening a window on this Linux; it would abort instead of telling."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return None
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return Text("There is no screen to open a window on. The command line works without one: python main.py --help")
    if os.environ.get("WAYLAND_DISPLAY"):
        return None
    from ctypes.util import find_library

    missing = [name for name in XCB if not find_library(name)]
    if missing:
        return Text("Libraries the window needs are missing ({reason}). On Debian: apt install {packages}", reason=", ".join(missing), packages=PACKAGES)
    return None


def nobody_sees() -> bool:
    """True where a question would wait for ever."""
    return os.environ.get("QT_QPA_PLATFORM") == "offscreen"
