"""Under a field in which an identity card, a passport or a bank card was written: what was found and is not kept whole, and
the offer to keep its kind and a keyed hash beside the last four, by which equal numbers are told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_desktop.record import private
from crm_desktop.record.private import Found
from crm_desktop.record.text import Text
from crm_desktop.ui.edits import Edit, LongEdit
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import PlainLabel, link

NOT_KEPT = Text("{numbers}: not stored whole, only the last four")
KEEP = Text("Keep kind and keyed hash too")
TOLD = 3  # numbers that are told one by one
WHY = Text("Equal numbers are then told by it; the number itself cannot be got from it")


class NumberOffer(QWidget):
    """The sentence and the link. It holds no number, only what may be kept of one."""

    taken = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._found: list[Found] = []
        box = QVBoxLayout(self)  # in a narrow form the sentence needs the whole width
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        self._words = PlainLabel(self, "warning")
        self._words.setWordWrap(True)
        box.addWidget(self._words)
        self.keep = link(self, KEEP)
        put(self.keep, "setToolTip", WHY)
        self.keep.clicked.connect(self._on_keep)
        box.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignLeft)

    def show_found(self, found: Sequence[Found]) -> None:
        """Say what was found; the offer of an earlier number ends."""
        self._found = list(found)
        put(self._words, "setText", Text(NOT_KEPT.source, numbers=_Numbers(self._found)))
        self.setVisible(bool(found))

    def still(self, draft: Any) -> None:
        """The field shows this now: an offer for numbers that are not in it any more ends."""
        if self.kept_in(draft) == draft:
            self.show_found(())

    def kept_in(self, draft: Any) -> Any:
        """What is typed - a text, or lines of texts - with kinds and hashes."""
        if isinstance(draft, str):
            return private.with_hashes(draft, self._found)
        if isinstance(draft, dict):
            return {name: self.kept_in(value) for name, value in draft.items()}
        return [self.kept_in(value) for value in draft] if isinstance(draft, list) else draft

    @Slot()
    def _on_keep(self) -> None:
        self.taken.emit()
        self.show_found(())


class _Numbers:
    """What was found, said in the language in use when it is shown."""

    def __init__(self, found: Sequence[Found]) -> None:
        self._found = list(found)

    def __str__(self) -> str:
        more = " …" if len(self._found) > TOLD else ""
        return " · ".join(one.words() for one in self._found[:TOLD]) + more


class LiveOffer(NumberOffer):
    """Under a box that is no cell of a form: it looks while somebody types, as Return there saves at once."""

    moved = Signal()  # it came or went

    def __init__(self, parent: QWidget, edit: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edit: Edit | LongEdit | None = None
        self.taken.connect(self._on_taken)
        self.watch(edit)

    def watch(self, edit: QWidget | None) -> None:
        """Look at this box from now on; at none where it takes no words."""
        self._edit = edit if isinstance(edit, Edit | LongEdit) else None
        self.hide()
        if self._edit is not None:
            self._edit.textChanged.connect(self.look)
            self.look()

    @Slot()
    def look(self, _typed: str = "") -> None:
        """Say what stands there now and is not kept whole."""
        found = private.taken_out(self._text())[1]
        before = self.isHidden()
        if found:
            self.show_found(found)
        else:
            self.still(self._text())
        if before != self.isHidden():
            self.moved.emit()

    def _text(self) -> str:
        edit = self._edit
        return edit.toPlainText() if isinstance(edit, LongEdit) else edit.text() if edit is not None else ""

    @Slot()
    def _on_taken(self) -> None:
        kept = self.kept_in(private.reduced(self._text()))
        if isinstance(self._edit, LongEdit):
            self._edit.setPlainText(kept)
            self._edit.typed.emit()
        elif self._edit is not None:
            self._edit.setText(kept)
            self._edit.typed.emit(kept)
        if self._edit is not None:
            self._edit.setFocus()
