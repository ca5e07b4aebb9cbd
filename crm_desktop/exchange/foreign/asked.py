"""Asking the other process to read a file: its answers as they come, ended when it takes too long or is not wanted."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import IO, Any

from crm_desktop.exchange.foreign.child import BROKEN, TOO_BIG
from crm_desktop.exchange.progress import Progress
from crm_desktop.record.places import is_built, root
from crm_desktop.record.text import Refused, Text

WORD = "--read-foreign-file"  # what a frozen build is started with to be the other process
SILENT, WHOLE = 45.0, 600.0  # seconds: without a word, and all in all
LOOK = 0.1
TOO_LONG = Text("Reading {file} took too long and was stopped. Nothing was changed.")
_MEMORY_WORDS = (b"memory allocation", b"MemoryError", b"out of memory")


def parts(kind: str, path: Path, progress: Progress) -> Iterator[list[Any]]:
    """What the reader of a kind answers, one part at a time. Raises Refused, or what `progress` raises to stop."""
    child = subprocess.Popen(
        _command(kind, path), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, creationflags=_no_console(),
    )  # fmt: skip
    answers: queue.Queue[bytes] = queue.Queue(maxsize=64)
    ended = threading.Event()
    assert child.stdout is not None
    assert child.stderr is not None
    complaints: list[bytes] = []
    threads = (
        threading.Thread(target=_listen, args=(child.stdout, answers, ended), daemon=True),
        threading.Thread(target=_hear, args=(child.stderr, complaints), daemon=True),
    )
    for thread in threads:
        thread.start()
    try:
        yield from _answers(answers, path, progress, complaints)
    finally:
        ended.set()
        child.kill()
        child.wait()
        for thread in threads:
            thread.join()


def _command(kind: str, path: Path) -> list[str]:
    if is_built():
        return [sys.executable, WORD, kind, str(path)]
    code = f"import sys; sys.path.insert(0, {str(root())!r}); from crm_desktop.exchange.foreign.child import main; sys.exit(main(sys.argv[1:]))"
    return [sys.executable, "-c", code, kind, str(path)]


def _no_console() -> int:
    return int(getattr(subprocess, "CREATE_NO_WINDOW", 0))


def _listen(stream: IO[bytes], answers: queue.Queue[bytes], ended: threading.Event) -> None:
    """In a thread: pass the lines on, as far as they are wanted; an empty one is the end."""
    with stream:
        for line in chain(iter(stream.readline, b""), [b""]):
            while not ended.is_set():
                try:
                    answers.put(line, timeout=LOOK)
                    break
                except queue.Full:
                    continue


def _hear(stream: IO[bytes], complaints: list[bytes]) -> None:
    with stream:
        for line in iter(stream.readline, b""):
            complaints[:] = [*complaints[-20:], line]


def _answers(answers: queue.Queue[bytes], path: Path, progress: Progress, complaints: list[bytes]) -> Iterator[list[Any]]:
    begun = heard = time.monotonic()
    rows = 0
    while True:
        progress.step(rows, 0)
        try:
            line = answers.get(timeout=LOOK)
        except queue.Empty:
            now = time.monotonic()
            if now - heard > SILENT or now - begun > WHOLE:
                raise Refused(Text(TOO_LONG.source, file=path.name)) from None
            continue
        heard = time.monotonic()
        if not line:
            raise Refused(TOO_BIG if any(word in each for each in complaints for word in _MEMORY_WORDS) else BROKEN)
        part = json.loads(line)
        if part[0] == "refused":
            raise Refused(Text(part[1], **part[2]))
        if part[0] == "done":
            return
        rows += len(part[1]) if part[0] == "rows" else 0
        yield part
