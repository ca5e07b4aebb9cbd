"""The page of the stays."""

from __future__ import annotations

from crm_desktop.duties.stays.records import STAY
from crm_desktop.ui.record_page import RecordPage
from crm_desktop.ui.window import Window


def stays(window: Window) -> RecordPage:
    """The stays."""
    return RecordPage(window, STAY)
