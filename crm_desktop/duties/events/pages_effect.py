"""How a maintenance plan stands, as a part of its sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from crm_desktop.duties.events.words_effect import blocks
from crm_desktop.ui.block_panel import BlockPanel

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

RIGHT = ("reached", "reactions", "effects", "goal-B", "goal-D", "quarters", "people")


def panel(window: Window, parent: QWidget) -> BlockPanel:
    """The part of a plan's sheet."""
    return BlockPanel(window, parent, blocks, RIGHT)
