"""A business card or signature from the clipboard: its line opens with what was copied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from crm_desktop.duties.clients.quick_card import QuickCard
from crm_desktop.duties.clients.rules_card_text import read
from crm_desktop.ui.quick import QuickLine, open_line

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

LONGEST = 2_000  # characters: a page of a letter is no card


def paste_card(window: Window) -> QuickLine:
    """Open the line; what was copied stands in it already where it says anything."""
    line = open_line(window, QuickCard())
    copied = QGuiApplication.clipboard().text()[:LONGEST]
    if any(read(copied)[:-1]) and not line.edit.text():
        line.edit.insert(" | ".join(piece.strip() for piece in copied.splitlines() if piece.strip()))
    return line
