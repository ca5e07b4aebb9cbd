"""A word in the corner: what was saved, with *Undo*; or what went wrong, until it is dismissed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from crm_desktop.desk import program_log
from crm_desktop.record.text import Refused, Text, say
from crm_desktop.ui import theme
from crm_desktop.ui.hearing import announce
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import PlainLabel, link, tool

LASTS = 6000  # ms
MARGIN = 16
ABOVE = 72  # px over the bottom edge: the foot of a list stays to be read, the buttons of a page to be pressed
GAP = 8  # px over the buttons of a form
WIDEST = 460
LEAST = 48  # px high
GENERAL = Text(
    "The program made a mistake, not you. Nothing was changed, what you typed is still here: go on. If it comes again, copy the details and send them; no client data is in them."
)


class Toast(QFrame):
    """One message at a time. An error stays until it is dismissed; a note does not push it away."""

    undo = Signal()
    redo = Signal()
    told = Signal(object)  # what went wrong, whenever it is said

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("popup")
        self._window = window
        self._error: BaseException | None = None
        self._strip = "accent"
        self._build()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LASTS)
        self._timer.timeout.connect(self._on_time)
        window.installEventFilter(self)
        self.hide()

    def _build(self) -> None:
        self._line = line = QHBoxLayout(self)
        line.setContentsMargins(20, 8, 8, 8)
        line.setSpacing(8)
        self.label = PlainLabel(self)
        self.label.setWordWrap(True)
        self.label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.undo_button = link(self, Text("Undo"))
        self.redo_button = link(self, Text("Redo"))
        self.details_button = link(self, Text("Copy details"))
        self.close_button = tool(self, "x", Text("Dismiss"))
        line.addWidget(self.label, 1)
        for each in (self.undo_button, self.redo_button, self.details_button, self.close_button):
            line.addWidget(each)
        self.undo_button.clicked.connect(self._on_undo)
        self.redo_button.clicked.connect(self._on_redo)
        self.details_button.clicked.connect(self.copy_details)
        self.close_button.clicked.connect(self.dismiss)

    def note(self, text: Text | str, *, undo: bool = False, redo: bool = False) -> None:
        """Say something for six seconds, with the way back."""
        if self._error is not None:
            return
        self._show(text, "green", undo=undo, redo=redo)
        self._timer.start()

    def error(self, error: BaseException) -> None:
        """Say what went wrong: in the words of a Refused or of what the disk refused; of a mistake of the program in general,
        with the details to copy."""
        from crm_desktop.store.database import of_the_machine

        self._timer.stop()
        self._error = error
        self.told.emit(error)
        if refused := error if isinstance(error, Refused) else of_the_machine(error):
            self._show(refused.text, "amber")
        else:
            self._show(GENERAL, "red", details=True)

    def _show(
        self, text: Text | str, tone: str, *, undo: bool = False, redo: bool = False, details: bool = False
    ) -> None:
        put(self.label, "setText", text)
        self._strip = tone
        self.undo_button.setVisible(undo)
        self.redo_button.setVisible(redo)
        self.details_button.setVisible(details)
        self.show()
        self.raise_()
        self._place()
        announce(self, say(text))

    def _place(self) -> None:
        """In the corner, as wide as its words but at most so wide, then on more lines."""
        window = self._window
        room = min(WIDEST, window.width() - 2 * MARGIN)
        words = self.label.fontMetrics().horizontalAdvance(self.label.text()) + 4
        self.label.setFixedWidth(max(80, min(words, room - self._beside())))
        self.adjustSize()
        self.resize(self.width(), max(self.height(), LEAST))
        left = window.width() - self.width() - MARGIN
        self.move(left, min(window.height() - ABOVE, self._foot_top(left)) - self.height())

    def _foot_top(self, left: int) -> int:
        """The top of the highest foot below the message, less a gap: it must cover no button."""
        window, tops = self._window, [self._window.height()]
        for foot in window.findChildren(QFrame, "foot"):
            corner = foot.mapTo(window, QPoint(0, 0))
            low = corner.y() > window.height() * 2 // 3
            if foot.isVisible() and low and corner.x() + foot.width() > left:
                tops.append(corner.y() - GAP)
        return min(tops)

    def _beside(self) -> int:
        """Width of everything but the words."""
        buttons = (self.undo_button, self.redo_button, self.details_button, self.close_button)
        widths = [each.sizeHint().width() + self._line.spacing() for each in buttons if not each.isHidden()]
        margins = self._line.contentsMargins()
        return sum(widths) + margins.left() + margins.right()

    def details(self) -> str:
        """The lines of code the error came through, as the program's log has them: no message, as those quote values."""
        return program_log.report(self._error) if self._error else ""

    @Slot()
    def copy_details(self) -> None:
        """Put them on the clipboard."""
        QGuiApplication.clipboard().setText(self.details())

    @Slot()
    def dismiss(self) -> None:
        """Take the message away."""
        self._timer.stop()
        self._error = None
        self.hide()

    @Slot()
    def _on_time(self) -> None:
        if self.underMouse():
            self._timer.start()  # somebody is about to press Undo
        else:
            self.dismiss()

    @Slot()
    def _on_undo(self) -> None:
        self.dismiss()
        self.undo.emit()

    @Slot()
    def _on_redo(self) -> None:
        self.dismiss()
        self.redo.emit()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.fillRect(8, 12, 3, self.height() - 24, QColor(theme.C[self._strip]))
