"""What this PC remembers of the window: its language and look, where it stood and what it showed."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QApplication

from crm_desktop.desk.settings import GEOMETRY, LANGUAGE, LOOK, PAGE, RAIL_NARROW, Settings
from crm_desktop.record.text import language
from crm_desktop.ui import speech, theme

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

FIRST_SIZE = (1366, 768)


def restore(settings: Settings) -> None:
    """Before the window is built: the language and the look chosen last."""
    spoken = settings.get(LANGUAGE) or language()
    if language() != spoken:
        speech.switch(spoken)
    dark = settings.get(LOOK) == "dark"
    if theme.dark() != dark or cast(QApplication, QApplication.instance()).property("look") is None:
        look(dark)


def look(dark: bool) -> None:
    """The dark or the light look, at once."""
    theme.apply(cast(QApplication, QApplication.instance()), dark)


def restore_place(window: Window) -> None:
    """The window where it was, on the page it showed."""
    kept = window.settings.get(GEOMETRY)
    if not kept or not window.restoreGeometry(QByteArray.fromBase64(kept.encode())):
        window.resize(*FIRST_SIZE)
    if window.settings.get(RAIL_NARROW):
        window.rail.set_narrow(True)
    first, keys = window.settings.get(PAGE), window.rail.keys()
    for key in [first] if first in keys else keys[:1]:
        window.go(key)


def keep_place(window: Window) -> None:
    """Where the window stands now."""
    window.settings.set(GEOMETRY, window.saveGeometry().toBase64().toStdString())
