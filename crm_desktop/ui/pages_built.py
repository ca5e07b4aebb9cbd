"""Building a page at its first use, and where the keyboard is when one comes to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from crm_desktop.record.duty import Page
from crm_desktop.record.later import named
from crm_desktop.ui import jobs
from crm_desktop.ui.commands import load_readings

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window


def build(page: Page, window: Window) -> QWidget:
    """The widget of a page."""
    if page.record and not page.build:
        from crm_desktop.ui.record_page import RecordPage

        return RecordPage(window, page.record)
    return cast(QWidget, named(page.build)(window))


def focus(page: QWidget, *, anew: bool) -> None:
    """Bring the keyboard into a page: where the page wants it (`focus_first`), else to its first field or button.
    Within the page that is shown already, and in a form just begun, it stays where it is."""
    now = QApplication.focusWidget()
    inside = now is not None and page.isAncestorOf(now) and now.isVisible()
    if inside and (not anew or _is_field_of_form(now)):
        return
    first = getattr(page, "focus_first", None)
    if first:
        first()
    elif here := _first_stop(page):
        here.setFocus(Qt.FocusReason.OtherFocusReason)


def _is_field_of_form(widget: QWidget | None) -> bool:
    from crm_desktop.ui.form import Form

    while widget is not None and not isinstance(widget, Form):
        widget = widget.parentWidget()
    return widget is not None


def _first_stop(page: QWidget) -> QWidget | None:
    """The first widget that Tab would come to."""
    # Walked by children, not by nextInFocusChain(): see decision 025.
    for here in page.findChildren(QWidget):
        if here.focusPolicy() & Qt.FocusPolicy.TabFocus and here.isVisibleTo(page) and here.isEnabled():
            return here
    return None


def learn(_reader: object, _job: jobs.Job) -> None:
    """For `jobs.read`: the readings the palette finds commands by."""
    load_readings()
