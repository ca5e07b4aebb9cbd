"""A full disk and a failing one: a sentence, no half file, reading goes on, and the next save works without a restart."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from crm_desktop.desk.desk import Desk
from crm_desktop.duties import RECORDS
from crm_desktop.record.text import Refused
from crm_desktop.store.store import Store
from tests.reliability.cuts import needs_strace
from tests.reliability.killing import Program, environment, needs_kill
from tests.reliability.test_kill import Anew
from tests.samples import REPOSITORY, account, sound

pytestmark = needs_kill
SENTENCE = re.compile(r"disk is full|could not be read or written|could not be written|disk is full|no file as large")


@pytest.mark.parametrize("room", [8_192, 60_000, *(pytest.param(n * 3_001, marks=pytest.mark.long) for n in range(40))])
def test_without_room_every_kind_of_writing_is_refused_whole(anew: Anew, room: int) -> None:
    path = anew()
    found = Program("no_room", path, room).end()
    assert [word for word, *_ in found] == ["save", "import", "attachment", "backup", "export"]
    for word, said, same, parts in found:
        assert (word, same or not said, parts) == (word, True, [])
        assert not said or SENTENCE.search(said), (word, said)
    assert [said for word, said, *_ in found if word in ("save", "import", "attachment")].count("") == 0
    with Store(path, RECORDS) as store:
        there = {row[0] for row in store.writer.execute("select name from account where gone is null")}
        assert {"First", *(f"After {word}" for word, *_ in found)} <= there
        assert "Large" not in there
        sound(store)


CALLS = [("pwrite64", "ENOSPC"), ("pwrite64", "EIO"), ("fsync,fdatasync", "EIO"), ("ftruncate", "EIO"), ("pread64", "EIO")]
FEW = [("pwrite64", "ENOSPC", "9+"), ("pwrite64", "EIO", "20"), ("fsync,fdatasync", "EIO", "4"), ("pread64", "EIO", "40")]
LONG = [pytest.param(*call, when, marks=pytest.mark.long) for call in CALLS for k in range(1, 60, 3) for when in (f"{k}", f"{k}+")]


@pytest.mark.parametrize(("call", "problem", "when"), [*FEW, *LONG])
def test_a_disk_that_fails_loses_no_acknowledged_save(store: Store, tmp_path: Path, call: str, problem: str, when: str) -> None:
    """From the n-th call on, once or for ever."""
    if why := needs_strace():
        pytest.skip(why)
    store.close()
    wal = store.path.with_name(store.path.name + "-wal")
    wal.touch(mode=0o600)
    watch = ["strace", "-f", "--seccomp-bpf", "-o", str(tmp_path / "trace"), "-P", str(store.path), "-P", str(wal)]
    fault = ["-e", f"trace={call}", "-e", f"inject={call}:error={problem}:when={when}"]
    program = [sys.executable, "-m", "tests.reliability.work", "trying", str(store.path), "12"]
    done = subprocess.run([*watch, *fault, *program], capture_output=True, text=True, cwd=REPOSITORY, env=environment(), check=False)
    said = [ast.literal_eval(line.removeprefix("DONE ")) for line in done.stdout.splitlines()]
    assert done.returncode == 0 or "Refused" in done.stderr or "sqlcipher3" in done.stderr, done.stderr[-2000:]
    for what, words in said:
        assert what == "account" or "could not be read or written" in words or "disk is full" in words or "damaged" in words, words
    with Store(store.path, RECORDS) as again:
        there = {row[0] for row in again.writer.execute("select id from account where gone is null")}
        assert {words for what, words in said if what == "account"} <= there
        sound(again)
    assert "(INJECTED)" in (tmp_path / "trace").read_text() or (call, problem, when) not in FEW


def test_something_in_the_place_of_the_log_is_told(anew: Anew) -> None:
    path = anew()
    path.with_name(path.name + "-wal").mkdir()
    with pytest.raises(Refused, match=r"cannot be opened|could not be read or written"):
        Store(path, RECORDS)
    path.with_name(path.name + "-wal").rmdir()
    with Store(path, RECORDS) as store:
        account(Desk(store), "Next")
        sound(store)
