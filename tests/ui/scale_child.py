"""Looks for cut words in every page, form and dialog, in a process of its own: Qt takes its scale when it begins.

`QT_SCALE_FACTOR=1.5 python -m tests.ui.scale_child zh_CN 1280 650` prints {"scale": ..., "cut": {where: [words]}}."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication, QLabel, QWidget

from tests.ui.shown import shown

SETTLE, TRIES = 60, 25  # ms, and how often at most


def cut(root: QWidget) -> list[str]:
    """The words of labels and buttons that are not wholly to be read, and what lies beyond its window."""
    found = []
    for widget in shown(root):
        if not isinstance(widget, QLabel | QAbstractButton):
            continue
        told = isinstance(widget, QLabel) and widget.toolTip()  # what is cut may be read there
        if widget.text() and not told and (_is_short(widget) or _is_outside(widget, root)):
            found.append(f"{widget.text()} ({type(widget).__name__}: {widget.width()} of {widget.sizeHint().width()})")
    return found


def _is_short(widget: QLabel | QAbstractButton) -> bool:
    if isinstance(widget, QAbstractButton):
        words_only = getattr(widget, "toolButtonStyle", lambda: None)() == Qt.ToolButtonStyle.ToolButtonIconOnly
        return not words_only and widget.sizeHint().width() > widget.width() + 1
    room = widget.contentsRect()
    if widget.wordWrap():
        return widget.heightForWidth(widget.width()) > widget.height() + 1
    widest = max(widget.fontMetrics().horizontalAdvance(line) for line in widget.text().split("\n"))
    return widest > room.width() + 1 or widget.fontMetrics().height() > room.height() + 2


def _is_outside(widget: QWidget, root: QWidget) -> bool:
    """Over the edge of its window, and in nothing that scrolls."""
    parent: QWidget | None = widget
    while parent is not None and parent is not root:
        if isinstance(parent, QAbstractScrollArea):
            return False
        parent = parent.parentWidget()
    return not root.rect().contains(QRect(widget.mapTo(root, QPoint(0, 0)), widget.size()))


def walk(window: Any, size: tuple[int, int]) -> dict[str, list[str]]:
    """Every page, a new row and a sheet of every record, every dialog."""
    from tests.gallery.take import quiet
    from tests.ui.test_accessibility import DIALOGS, pages

    found: dict[str, list[str]] = {}

    def look(where: str, root: QWidget) -> None:
        for _ in range(TRIES):  # rows that are still being read are laid out when they are there
            quiet(SETTLE)
            if not (words := cut(root)):
                return
        found[where] = words

    window.resize(*size)
    for key in pages(window):
        window.go(key)
        look(key, window)
        page = window.page(key)
        if getattr(page, "record", None) is None:
            continue
        page.new()
        look(f"{key}: a new row", window)
        if page.list.model.rowCount():
            page._on_opened(page.list.model.row_id(0))
            look(f"{key}: a sheet", window)
    window.go("stays")
    for name, make in DIALOGS.items():
        dialog = make(window)
        dialog.open()
        quiet(SETTLE)
        look(name, dialog)
        dialog.close()
    return found


def main(language: str, width: str, height: str) -> None:
    """Open the gallery's hotel, walk, print."""
    from tests.gallery.take import house, program, quiet

    application = QApplication([])
    with house() as (database, _, _), program(database, language, "light") as window:
        quiet(600)
        found = walk(window, (int(width), int(height)))
        print(json.dumps({"scale": window.devicePixelRatio(), "size": window.size().toTuple(), "cut": found}, ensure_ascii=False))
    del application


if __name__ == "__main__":
    main(*sys.argv[1:])
