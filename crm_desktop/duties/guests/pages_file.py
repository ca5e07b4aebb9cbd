"""A guest's file as a part of its sheet: how complete it is, each missing field one key away; with whom they come; the files of
their class."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from crm_desktop.duties.clients.words_standing import Block
from crm_desktop.duties.guests import words_file
from crm_desktop.ui.block_panel import BlockPanel

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window


def guest_file(window: Window, parent: QWidget) -> BlockPanel:
    """The part of a guest's sheet."""
    return BlockPanel(window, parent, _blocks, words_file.RIGHT)


def _blocks(reader: Any, row_id: int, day: str) -> Sequence[Block] | None:
    return words_file.blocks(reader, row_id, day)
