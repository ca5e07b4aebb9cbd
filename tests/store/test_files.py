"""Files kept with the data: the same when read, noticed when touched, whole or not there at all."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.record.text import Refused
from crm_desktop.store import files
from crm_desktop.store.keys import Keys, new_keys

pytestmark = pytest.mark.embedded

PART = files.PART
KEYS = new_keys()


def kept(place: Path, content: bytes, keys: Keys = KEYS) -> str:
    digest, size = files.keep(place, keys, io.BytesIO(content))
    assert (digest, size) == (hashlib.sha256(content).hexdigest(), len(content))
    return digest


def read(place: Path, digest: str, keys: Keys = KEYS) -> bytes:
    return b"".join(files.read(place, keys, digest))


@pytest.mark.parametrize("size", [0, 1, PART - 1, PART, PART + 1, 2 * PART, 2 * PART + 7])
def test_what_was_kept_is_read_again(tmp_path: Path, size: int) -> None:
    content = os.urandom(size)
    digest = kept(tmp_path / "f", content)
    assert read(tmp_path / "f", digest) == content
    sealed = (tmp_path / "f" / digest).read_bytes()
    assert len(sealed) == files._sealed_length(size)
    assert size < 16 or content[:64] not in sealed


@given(st.binary(max_size=4096))
def test_any_content_comes_back(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    place = tmp_path_factory.mktemp("files")
    assert read(place, kept(place, content)) == content


def test_the_same_content_is_kept_once(tmp_path: Path) -> None:
    digest = kept(tmp_path, b"invoice")
    before = (tmp_path / digest).read_bytes()
    assert kept(tmp_path, b"invoice") == digest
    assert [path.name for path in tmp_path.iterdir()] == [digest]
    assert (tmp_path / digest).read_bytes() == before


def test_only_its_own_key_reads_it(tmp_path: Path) -> None:
    digest = kept(tmp_path, b"invoice")
    with pytest.raises(Refused, match="damaged"):
        read(tmp_path, digest, new_keys())


@given(st.data())
def test_every_touch_is_noticed(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    place = tmp_path_factory.mktemp("files")
    digest = kept(place, os.urandom(1000))
    sealed = bytearray((place / digest).read_bytes())
    how = data.draw(st.sampled_from(["flip", "cut", "more"]))
    at = data.draw(st.integers(0, len(sealed) - 1))
    if how == "flip":
        sealed[at] ^= 1 << data.draw(st.integers(0, 7))
    elif how == "cut":
        del sealed[at:]
    else:
        sealed += b"x"
    (place / digest).write_bytes(bytes(sealed))
    assert not files.is_sound(place, KEYS, digest)


def test_parts_cannot_change_places_or_be_left_out(tmp_path: Path) -> None:
    digest = kept(tmp_path, os.urandom(3 * PART))
    sealed = (tmp_path / digest).read_bytes()
    head, long = len(files.MAGIC) + files.SALT, PART + files.TAG
    parts = [sealed[head + n * long : head + (n + 1) * long] for n in range(3)]
    for order in ((1, 0, 2), (0, 2), (0, 1), (0, 0, 2)):
        (tmp_path / digest).write_bytes(sealed[:head] + b"".join(parts[n] for n in order))
        assert not files.is_sound(tmp_path, KEYS, digest)
    (tmp_path / digest).write_bytes(sealed)
    assert files.is_sound(tmp_path, KEYS, digest)


def test_a_file_under_another_name_is_noticed(tmp_path: Path) -> None:
    one, two = kept(tmp_path, b"one"), kept(tmp_path, b"two")
    (tmp_path / one).replace(tmp_path / two)
    assert not files.is_sound(tmp_path, KEYS, two)
    with pytest.raises(Refused, match="missing"):
        read(tmp_path, one)


class Ends(io.BytesIO):
    """A source or a disk that gives out in the middle."""

    def __init__(self, content: bytes, error: OSError) -> None:
        super().__init__(content)
        self.error = error

    def read(self, size: int | None = -1, /) -> bytes:
        if self.tell() >= PART:
            raise self.error
        return super().read(size)


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No space"):
        files.keep(tmp_path / "f", KEYS, Ends(os.urandom(3 * PART), OSError(errno.ENOSPC, "No space left on device")))
    assert list((tmp_path / "f").iterdir()) == []


def test_one_that_is_too_large_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LARGEST", 2 * PART)
    kept(tmp_path, bytes(2 * PART))
    with pytest.raises(Refused, match="200 MB"):
        files.keep(tmp_path, KEYS, io.BytesIO(bytes(2 * PART + 1)))
    assert len(list(tmp_path.iterdir())) == 1


CHILD = """
import io, sys, time
from pathlib import Path
from crm_desktop.store import files
from crm_desktop.store.keys import Keys
class Slow(io.BytesIO):
    def read(self, size=-1):
        if self.tell() >= 2 * files.PART:
            print("half", flush=True)
            time.sleep(60)
        return super().read(size)
files.keep(Path(sys.argv[1]), Keys("x", sys.argv[2]), Slow(bytes(4 * files.PART)))
"""


def test_a_kill_in_the_middle_leaves_no_file_only_a_part_that_is_swept(tmp_path: Path) -> None:
    place = tmp_path / "f"
    root = Path(__file__).resolve().parents[2]
    with subprocess.Popen([sys.executable, "-c", CHILD, str(place), KEYS.secret], stdout=subprocess.PIPE, text=True, cwd=root) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "half\n"
        child.kill()
    left = list(place.iterdir())
    assert [path.suffix for path in left] == [".part"]
    digest = kept(place, bytes(4 * PART))
    files.sweep(place)
    assert left[0].exists()  # it could be another program's, still writing
    os.utime(left[0], (time.time() - 90_000,) * 2)
    files.sweep(place)
    assert [path.name for path in place.iterdir()] == [digest]


def test_a_second_folder_has_them_too_and_heals_the_first(tmp_path: Path) -> None:
    here, pool = tmp_path / "here", tmp_path / "pool"
    digests = [kept(here, b"one"), kept(here, b"two")]
    files.bring(here, pool, [*digests, "0" * 64], lambda: None)
    assert sorted(path.name for path in pool.iterdir()) == sorted(digests)
    (here / digests[0]).unlink()
    broken = (here / digests[1]).read_bytes()
    (here / digests[1]).unlink()
    (here / digests[1]).write_bytes(broken[:-1] + bytes([broken[-1] ^ 1]))
    files.heal(pool, here, KEYS, digests)
    assert [read(here, digest) for digest in digests] == [b"one", b"two"]
