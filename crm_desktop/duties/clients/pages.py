"""The pages of client history: both are made from the declarations."""

from __future__ import annotations

from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.ui.record_page import RecordPage
from crm_desktop.ui.window import Window


def accounts(window: Window) -> RecordPage:
    """The accounts and their sheets."""
    return RecordPage(window, ACCOUNT)


def people(window: Window) -> RecordPage:
    """The guests and contacts and their sheets."""
    return RecordPage(window, PERSON)
