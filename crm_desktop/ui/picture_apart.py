"""Pictures come from elsewhere: they are decoded in a process of their own, so that one that was made to crash a program, or
that never ends, is no picture, and no more. A photo of a phone is turned as it was held."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from crm_desktop.exchange.standby import Standby
from crm_desktop.record.text import Refused, Text

PATIENCE = 10.0  # seconds for a picture; a large one takes half a second
IDLE = 60.0  # seconds after which nobody looks at pictures any more
LARGEST = 4096  # px of the longer side: more than any screen here shows
UNREADABLE = Text("This picture cannot be shown here. Open or save it instead.")
Pixels = tuple[int, int, int, bytes]  # width, height, bytes of a line, premultiplied ARGB


def decoded(content: bytes) -> QImage:
    """A picture, in size for a screen; an empty one where it cannot be read. Asked in a worker: the first takes a moment."""
    try:
        found: Pixels | None = _standby.ask(content)
    except Refused:
        return QImage()
    if found is None:
        return QImage()
    width, height, line, pixels = found
    return QImage(pixels, width, height, line, QImage.Format.Format_ARGB32_Premultiplied).copy()


def read(content: bytes) -> Pixels | None:
    """In the other process: the pixels of a picture; None where it is none."""
    held = QByteArray(content)
    buffer = QBuffer(held)
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if max(size.width(), size.height()) > LARGEST:
        reader.setScaledSize(size.scaled(QSize(LARGEST, LARGEST), Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read().convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
    return None if image.isNull() else (image.width(), image.height(), image.bytesPerLine(), bytes(image.constBits()))


_standby = Standby(read, PATIENCE, UNREADABLE, IDLE)
