"""Pictures are decoded in a process of their own."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QBuffer, QByteArray
from PySide6.QtGui import QColor, QImage

from crm_desktop.exchange.standby import Standby
from crm_desktop.record.text import Refused, Text, language
from crm_desktop.ui import picture_apart

ENDED = Text("Locked")
EXIF = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0"  # held upright, turned to the right


@pytest.fixture(autouse=True)
def ended() -> Iterator[None]:
    yield
    picture_apart._standby.close()


def saved(image: QImage, kind: str) -> bytes:
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    assert image.save(buffer, kind, 100)
    return bytes(held.data())


def picture(width: int = 60, height: int = 40) -> QImage:
    """Red on the left, see-through on the right."""
    made = QImage(width, height, QImage.Format.Format_ARGB32)
    made.fill(QColor("transparent"))
    for x in range(width // 2):
        for y in range(height):
            made.setPixelColor(x, y, QColor("red"))
    return made


@pytest.mark.parametrize("kind", ["png", "bmp", "webp"])
def test_a_picture_comes_as_it_is(kind: str) -> None:
    found = picture_apart.decoded(saved(picture(), kind))
    assert (found.width(), found.height()) == (60, 40)
    assert found.pixelColor(10, 20).red() > 240
    assert kind == "bmp" or found.pixelColor(50, 20).alpha() == 0


def test_a_photo_is_turned_as_the_phone_was_held_and_a_huge_one_comes_in_size_for_a_screen() -> None:
    plain = saved(picture().convertToFormat(QImage.Format.Format_RGB32), "jpg")
    turned = plain[:2] + b"\xff\xe1" + (len(EXIF) + 2).to_bytes(2, "big") + EXIF + plain[2:]
    found = picture_apart.decoded(turned)
    assert (found.width(), found.height()) == (40, 60)
    assert found.pixelColor(20, 10).red() > 240
    huge = QImage(9000, 300, QImage.Format.Format_RGB32)
    huge.fill(QColor("navy"))
    found = picture_apart.decoded(saved(huge, "png"))
    assert (found.width(), found.height()) == (4096, 136)


@pytest.mark.parametrize("content", [b"", b"no picture", saved(picture(), "png")[:60], b"\x89PNG\r\n\x1a\n" + bytes(200)])
def test_what_is_no_picture_is_an_empty_one(content: bytes) -> None:
    assert picture_apart.decoded(content).isNull()


def test_one_that_ends_the_process_is_no_picture_and_the_next_one_is(monkeypatch: pytest.MonkeyPatch) -> None:
    crashing = Standby(crash, 20.0, picture_apart.UNREADABLE)
    monkeypatch.setattr(picture_apart, "_standby", crashing)
    assert picture_apart.decoded(b"crash").isNull()
    assert crashing._process is None
    assert picture_apart.decoded(b"").isNull(), "asked in a new process"
    assert crashing._process is not None
    crashing.close()


def crash(content: bytes) -> None:
    """As a decoder with a fault does."""
    if content:
        os.kill(os.getpid(), signal.SIGSEGV if sys.platform != "win32" else signal.SIGTERM)


def waits(seconds: float) -> str:
    time.sleep(seconds)
    return language()


def refuses(words: str) -> Any:
    raise Refused(Text("{count} rows", count=words))


def fills(megabytes: int) -> int:
    try:
        return len(bytes(megabytes << 20))
    except MemoryError:
        return -1


def test_one_that_takes_too_long_is_ended() -> None:
    slow = Standby(waits, 1.0, ENDED)
    assert slow.ask(0.0) == language()
    with pytest.raises(Refused, match="Locked"):
        slow.ask(60.0)
    assert slow._process is None
    with pytest.raises(Refused, match="7 rows"):
        Standby(refuses, 20.0, ENDED).ask(7)


@pytest.mark.skipif(sys.platform == "win32", reason="there the time is the only limit")
def test_memory_is_bounded() -> None:
    filling = Standby(fills, 20.0, ENDED)
    assert filling.ask(1) == 1 << 20
    assert filling.ask(5000) == -1
    filling.close()


def test_a_process_nobody_asks_ends_by_itself() -> None:
    idle = Standby(waits, 20.0, ENDED, idle=0.3)
    for _ in range(3):
        idle.ask(0.2)
        process = idle._process
        assert process is not None
        assert process.is_alive()
    until = time.monotonic() + 20
    while idle._process is not None and time.monotonic() < until:
        time.sleep(0.05)
    assert idle._process is None
    assert idle.ask(0.0) == language()
    idle.close()
