"""A template somebody is writing is set in a process of its own: one that goes on for ever, or fills the memory of the PC,
is ended and said. The process stays for the next try, so that a page is there at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crm_desktop.documents import typeset
from crm_desktop.exchange.standby import Standby
from crm_desktop.record.text import Text

PATIENCE = 10.0  # seconds for a page; one takes a tenth of one
ENDLESS = Text("The template was not done after {seconds} seconds, or took all memory: look at its loops. The one in use stays.", seconds=int(PATIENCE))


class Trial(Standby):
    """Sets templates apart from the program; for one page, from any thread."""

    def __init__(self, patience: float = PATIENCE) -> None:
        super().__init__(_pages, patience, ENDLESS)

    def pdf(self, template: str, data: Mapping[str, Any]) -> bytes:
        """The pages of a paper. Raises Broken and Refused as `typeset.pdf`, and Refused for a template that does not end."""
        found = self.ask(template, dict(data))
        if isinstance(found, tuple):
            raise typeset.Broken(*found)
        return bytes(found)


def _pages(template: str, data: Mapping[str, Any]) -> bytes | tuple[int, str]:
    """In the other process: the pages, or the line and the reason of what is broken."""
    try:
        return typeset.pdf(template, data)
    except typeset.Broken as error:
        return error.line, error.reason
