"""The line that says that the data lie where another program copies files behind their back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_desktop.record.text import Text
from crm_desktop.store import unsafe_places

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

KEY = "place"


def show(window: Window) -> None:
    """Say it in a window whose data lie in a folder of a cloud program."""
    if name := unsafe_places.cloud_here(window.store.path):
        words = Text("The data lie in a folder of {cloud}, which copies files while they are written and can damage them. Close the program and move the folder to another place.", cloud=name)
        window.strips.say(KEY, words, tone="amber_bg")
