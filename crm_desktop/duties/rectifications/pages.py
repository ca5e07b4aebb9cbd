"""The page of rectification orders: list and form with the four hours running."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_desktop.duties.rectifications.records import RECTIFICATION
from crm_desktop.duties.rectifications.rules import clocks
from crm_desktop.ui.clock_bar import ClockPage

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window


def rectifications(window: Window) -> ClockPage:
    """The page."""
    return ClockPage(window, RECTIFICATION, clocks)
