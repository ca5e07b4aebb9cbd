"""A power cut without pulling a plug: the real program runs under strace, and from what it wrote and synced are made the
disks that a cut could leave behind.

What a file had at its last fsync is there. Of what was written later each 512-byte sector is there, or not, or garbled,
on its own, perhaps in another order. A name that was made, changed or taken away is sure only after an fsync of its
folder. The idea is that of SQLite's own crash tests (sqlite.org/testing.html, 3.3)."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.reliability.killing import environment
from tests.samples import REPOSITORY

SECTOR = 512
CALLS = "openat,close,pwrite64,write,lseek,fsync,fdatasync,ftruncate,rename,renameat,renameat2,link,linkat,unlink,unlinkat"
_LINE = re.compile(r"^(?:\d+\s+)?(\w+)\((.*)\)\s+=\s+(-?\d+)")
_NAME = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
Op = tuple[str, str, int, bytes]  # what, which file (or folder, or words), a number, some bytes


def needs_strace() -> str:
    """Why nothing can be watched here; '' when it can."""
    if not shutil.which("strace"):
        return "strace is not installed"
    done = subprocess.run(["strace", "-f", "-o", os.devnull, "true"], capture_output=True, check=False)
    return "" if done.returncode == 0 else "ptrace is forbidden here"


def watched(folder: Path, *command: str) -> list[Op]:
    """Run a program of ours to its end; what it did to the files of a folder, and what it said (`DONE ...`)."""
    if why := needs_strace():
        pytest.skip(why)
    trace = folder.with_name("trace.txt")
    strace = ["strace", "-f", "--seccomp-bpf", "-xx", "-s", "4000000", "-o", str(trace), "-e", f"trace={CALLS}"]
    subprocess.run([*strace, sys.executable, "-m", *command], check=True, stdout=subprocess.DEVNULL, cwd=REPOSITORY, env=environment())
    return list(_Reading(str(folder)).ops(trace))


def _bytes(words: str) -> bytes:
    return bytes.fromhex(words.replace("\\x", ""))


def _data(words: str) -> bytes:
    """The bytes among a call's arguments."""
    return b"".join(_bytes(name) for name in _NAME.findall(words))


class _Reading:
    """Reads a trace line by line; knows which descriptor is which file, and where its end of writing is."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._open: dict[int, str] = {}
        self._at: dict[int, int] = {}

    def ops(self, trace: Path) -> Iterator[Op]:
        with trace.open(errors="replace") as lines:
            for line in lines:
                found = _LINE.match(line)
                if found and int(found[3]) >= 0:
                    yield from self._op(found[1], found[2], int(found[3]))

    def _op(self, call: str, words: str, answer: int) -> Iterator[Op]:
        if call == "openat":
            yield from self._opened(_bytes(_NAME.findall(words)[0]).decode(errors="replace"), words, answer)
        elif call.startswith(("rename", "link", "unlink")):
            names = [_bytes(name).decode(errors="replace") for name in _NAME.findall(words)]
            if self._ours(names[0]):
                yield (call.removesuffix("2").removesuffix("at"), names[0], 0, "".join(names[1:]).encode())
        elif call == "write" and words.startswith("1,"):
            yield from (("said", line.decode(), 0, b"") for line in _data(words).splitlines() if line.startswith(b"DONE"))
        else:
            yield from self._on_descriptor(call, words, answer)

    def _ours(self, name: str) -> bool:
        return name.startswith(self._folder) and not name.endswith(("-shm", ".lock"))

    def _opened(self, name: str, words: str, answer: int) -> Iterator[Op]:
        self._open.pop(answer, None)
        if self._ours(name):
            self._open[answer], self._at[answer] = name, 0
            if "O_CREAT" in words:
                yield ("create", name, 0, b"")

    def _on_descriptor(self, call: str, words: str, answer: int) -> Iterator[Op]:
        number = int(words.partition(",")[0])
        name = self._open.get(number)
        if name is None:
            return
        if call == "close":
            del self._open[number]
        elif call == "lseek":
            self._at[number] = answer
        elif call == "ftruncate":
            yield ("truncate", name, int(words.split(",")[1]), b"")
        elif call in ("fsync", "fdatasync"):
            yield ("sync", name, 0, b"")
        else:
            data = _data(words)[:answer]
            at = int(words.rsplit(",", 1)[1]) if call == "pwrite64" else self._at[number]
            self._at[number] = at + len(data) if call == "write" else self._at[number]
            yield ("write", name, at, data)


class Disk:
    """The files of a folder as they are for programs, and as they are sure to be after a cut."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        files = {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.endswith(("-shm", ".lock"))}
        self._sure = {number: bytearray(content) for number, content in enumerate(files.values())}  # by number: a file keeps it under any name
        self._later: dict[int, list[Op]] = {}
        self._names = {name: number for number, name in enumerate(files)}
        self._sure_names = dict(self._names)
        self._pending: list[tuple[str, str, int | None]] = []  # folder, name, number of the file (None: taken away)
        self.said: list[str] = []

    def do(self, op: Op) -> None:
        """One thing the program did."""
        what, name, _, data = op
        if what == "said":
            self.said.append(name)
        elif what == "create":
            if name not in self._names:
                number = len(self._sure)
                self._sure[number] = bytearray()
                self._call(name, number)
        elif what == "rename":
            number = self._names[name]
            self._call(data.decode(), number)
            self._call(name, None)
        elif what == "link":
            self._call(data.decode(), self._names[name])
        elif what == "unlink":
            self._call(name, None)
        elif what == "sync" and name not in self._names:
            self._sync_folder(name)
        elif what == "sync":
            number = self._names[name]
            for later in self._later.pop(number, []):
                _apply(self._sure[number], later)
        else:
            self._later.setdefault(self._names[name], []).append(op)

    def _call(self, name: str, number: int | None) -> None:
        if number is None:
            self._names.pop(name, None)
        else:
            self._names[name] = number
        self._pending.append((os.path.dirname(name), name, number))

    def _sync_folder(self, folder: str) -> None:
        rest = []
        for each in self._pending:
            if each[0] == folder:
                _name(self._sure_names, each[1], each[2])
            else:
                rest.append(each)
        self._pending = rest

    def cut(self, chance: random.Random) -> None:
        """Make the folder what a cut at this moment may leave."""
        shutil.rmtree(self._folder)
        names = dict(self._sure_names)
        for _, name, number in self._pending:
            if chance.random() < 0.5:
                _name(names, name, number)
        for name, number in names.items():
            content = bytearray(self._sure[number])
            later = list(self._later.get(number, []))
            if chance.random() < 0.3:
                chance.shuffle(later)
            for op in later:
                _apply_torn(content, op, chance)
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            Path(name).write_bytes(content)


def _name(names: dict[str, int], name: str, number: int | None) -> None:
    if number is None:
        names.pop(name, None)
    else:
        names[name] = number


def _apply(content: bytearray, op: Op) -> None:
    what, _, at, data = op
    if what == "truncate":
        del content[at:]
        content.extend(bytes(max(0, at - len(content))))
        return
    content.extend(bytes(max(0, at - len(content))))
    content[at : at + len(data)] = data


def _apply_torn(content: bytearray, op: Op, chance: random.Random) -> None:
    what, name, at, data = op
    if what == "truncate":
        if chance.random() < 0.5:
            _apply(content, op)
        return
    for start in range(0, len(data), SECTOR):
        part, luck = data[start : start + SECTOR], chance.random()
        if luck < 0.55:
            _apply(content, ("write", name, at + start, part if luck < 0.5 else chance.randbytes(len(part))))
