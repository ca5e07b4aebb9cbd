"""The pages of a PDF as pictures: for the window, for printers, and one after the other as one long picture."""

from __future__ import annotations

import atexit
import struct
import threading
import weakref
import zlib
from collections.abc import Callable, Sequence
from typing import Any

POINTS = 72.0  # of a PDF in an inch
LONG_DPI = 144
GAP = 24  # px between the pages of a long picture
LONGEST = 32_000  # px: what chat programs and picture viewers still take
GREY = b"\xdd"
_lock = threading.Lock()  # PDFium works in one thread at a time
_open: weakref.WeakSet[Sheets] = weakref.WeakSet()


class Raster:
    """A page as pixels: rows of blue, green, red and one unused byte."""

    def __init__(self, width: int, height: int, pixels: bytes) -> None:
        self.width, self.height, self.pixels = width, height, pixels


class Sheets:
    """An open PDF; `sizes` are the widths and heights of its pages in points."""

    def __init__(self, pdf: bytes) -> None:
        import pypdfium2

        if not _open:
            atexit.unregister(_close_all)
            atexit.register(_close_all)  # after PDFium's own: what was registered last is called first
        _open.add(self)
        with _lock:
            self._pdf = pypdfium2.PdfDocument(pdf)
            self.sizes: list[tuple[float, float]] = [self._pdf.get_page_size(at) for at in range(len(self._pdf))]

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self.sizes)

    def picture(self, page: int, dpi: float) -> Raster:
        """One page (from 0) in so many dots an inch."""
        import pypdfium2.raw as raw

        with _lock:
            one = self._pdf[page]
            bitmap = one.render(scale=dpi / POINTS, rev_byteorder=False, force_bitmap_format=raw.FPDFBitmap_BGRx, draw_annots=False)
            made = Raster(bitmap.width, bitmap.height, _packed(bitmap))
            bitmap.close()
            one.close()
        return made

    def text(self, page: int) -> str:
        """What stands on a page, as a reader of the file finds it."""
        with _lock:
            one = self._pdf[page]
            part = one.get_textpage()
            words = str(part.get_text_bounded())
            part.close()
            one.close()
        return words

    def places(self, page: int, words: str) -> list[tuple[float, float, float, float]]:
        """Where words stand on a page: left, top, right, bottom in points from its upper left corner, of each time they do."""
        height, found = self.sizes[page][1], []
        with _lock:
            one = self._pdf[page]
            part = one.get_textpage()
            search = part.search(words, match_case=True, match_whole_word=words.isascii())
            while (at := search.get_next()) is not None:
                if part.count_rects(*at):
                    left, bottom, right, top = part.get_rect(0)
                    found.append((left, height - top, right, height - bottom))
            search.close()
            part.close()
            one.close()
        return found

    def close(self) -> None:
        """Let go of it."""
        with _lock:
            self._pdf.close()


def _close_all() -> None:
    """The program ends: PDFium complains of what is still open."""
    for each in list(_open):
        each.close()


def _packed(bitmap: Any) -> bytes:
    """The pixels without padding at the end of a row."""
    content, row = bytes(bitmap.buffer), bitmap.width * 4
    if bitmap.stride == row:
        return content
    return b"".join(content[at : at + row] for at in range(0, bitmap.stride * bitmap.height, bitmap.stride))


def joined(pdfs: Sequence[bytes]) -> bytes:
    """Several papers as one file, in order."""
    import io

    import pypdfium2

    if len(pdfs) == 1:
        return pdfs[0]
    with _lock:
        whole = pypdfium2.PdfDocument.new()
        for each in pdfs:
            part = pypdfium2.PdfDocument(each)
            whole.import_pages(part)
            part.close()
        target = io.BytesIO()
        whole.save(target)
        whole.close()
    return target.getvalue()


def long_picture(pdf: bytes, step: Callable[[int, int], None] | None = None) -> bytes:
    """All pages below each other as one PNG, for a chat; smaller where it would be too long. `step(done, of)` tells how far."""
    sheets = Sheets(pdf)
    try:
        whole = sum(height for _, height in sheets.sizes) / POINTS * LONG_DPI
        dpi = LONG_DPI * min(1.0, LONGEST / max(1.0, whole + GAP * sheets.count))
        pages = []
        for at in range(sheets.count):
            pages.append(sheets.picture(at, dpi))
            if step:
                step(at + 1, sheets.count)
    finally:
        sheets.close()
    return png(_below(pages))


def _below(pages: Sequence[Raster]) -> Raster:
    if len(pages) == 1:
        return pages[0]
    width, rows = max(page.width for page in pages), []
    for page in pages:
        left = (width - page.width) // 2
        right = width - page.width - left
        row = page.width * 4
        if left or right:
            rows += [GREY * 4 * left + page.pixels[at : at + row] + GREY * 4 * right for at in range(0, len(page.pixels), row)]
        else:
            rows.append(page.pixels)
        rows.append(GREY * 4 * width * GAP)
    rows.pop()
    pixels = b"".join(rows)
    return Raster(width, len(pixels) // (4 * width), pixels)


def png(picture: Raster) -> bytes:
    """A picture as PNG (ISO 15948), three bytes a pixel."""
    row, content = picture.width * 4, bytearray()
    for at in range(0, len(picture.pixels), row):
        line = bytearray(picture.width * 3)
        for colour in range(3):
            line[colour::3] = picture.pixels[at + 2 - colour : at + row : 4]
        content += b"\x00" + line
    head = struct.pack(">IIBBBBB", picture.width, picture.height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(bytes(content), 6)) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
