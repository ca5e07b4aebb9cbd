"""The editor of a number that is never kept whole: it is sealed while it is typed, and only its end is shown afterwards."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from crm_desktop.record import private
from crm_desktop.record.kinds import Value
from crm_desktop.record.record import Field
from crm_desktop.record.text import Refused
from crm_desktop.ui.editors import LineEditor


class SealEditor(LineEditor):
    """Shows `•••• 1234`; what is typed over it is another number. Neither a draft nor the value ever holds it whole."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._kept = ""

    def parsed(self, words: str) -> Value:
        """Raises Refused for what is no such number, or has a slip in it."""
        return self._kept if words.strip() == private.masked(self._kept) else private.seal(words)

    def written(self, value: Value) -> str:
        """Its end only."""
        return private.masked(str(value or ""))

    def set_value(self, value: Value, name: str = "") -> None:
        """Show the end of a sealed number."""
        self._kept = str(value or "")
        super().set_value(self._kept)

    def draft(self) -> Any:
        """The sealed number; of one with a slip in it its end."""
        try:
            return self.parsed(self.text())
        except Refused:
            return private.plain_digits(self.text())[-private.LAST :]

    def restore(self, draft: Any) -> None:
        """Put back what `draft` gave."""
        self.set_value(draft)

    def tidy(self) -> None:
        """On leaving, the number itself is gone from the screen."""
        if self.problem() is None:
            self._kept = str(self.value())
        super().tidy()
