"""What is to be seen of a window, without looking through what is hidden in it."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget


def shown(root: QWidget) -> Iterator[QWidget]:
    """A window and every widget that is visible in it, each before its own. In a hidden page there are hundreds."""
    yield root
    for child in root.children():
        if isinstance(child, QWidget) and not child.isWindow() and child.isVisible():
            yield from shown(child)
