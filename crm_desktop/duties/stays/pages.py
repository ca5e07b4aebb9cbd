"""The page of the stays."""

from __future__ import annotations

from crm_desktop.duties.stays.records import HOTEL, STAY
from crm_desktop.ui.record_page import RecordPage
from crm_desktop.ui.window import Window


def stays(window: Window) -> RecordPage:
    """The stays."""
    return RecordPage(window, STAY)


def hotels(window: Window) -> RecordPage:
    """The hotels of the group."""
    return RecordPage(window, HOTEL)
