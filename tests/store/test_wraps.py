"""Keys wrapped by passwords: the file alone opens nothing any more, and nothing that happens on the way loses a way in."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from argon2 import low_level

from crm_desktop.duties import RECORDS
from crm_desktop.record.text import Refused
from crm_desktop.store import backup, keys, restoring, tries, wraps
from crm_desktop.store.store import Store
from crm_desktop.store.wraps import WrongPassword

ANNA, BEN = 11, 12
REAL = dict(wraps.ARGON2)
pytestmark = [pytest.mark.embedded, pytest.mark.usefixtures("cheap_passwords")]
STEPS = ("made", "recovery written", "people written", "read back", "plain key gone")


@pytest.fixture
def path(store: Store) -> Path:
    store.close()
    return store.path


def began(path: Path, password: str = "anna's password") -> str:
    made, printed = keys.read_keys(path), wraps.new_recovery()
    wraps.begin(made, ANNA, "anna", password, printed)
    return printed


def another_start() -> None:
    keys._unlocked.clear()


def opens(path: Path) -> bool:
    try:
        Store(path, RECORDS).close()
    except Refused:
        return False
    return True


def test_without_a_password_the_file_of_the_key_opens_it(path: Path) -> None:
    assert not wraps.is_locked(path)
    assert opens(path)


def test_after_the_first_password_the_file_alone_opens_nothing(path: Path) -> None:
    began(path)
    assert opens(path)  # this run goes on
    another_start()
    assert wraps.is_locked(path)
    assert not keys.key_file(keys.database_id(path)).exists()
    with pytest.raises(keys.Locked):
        Store(path, RECORDS)
    assert not any(secret in file.read_bytes() for file in keys.key_folder().iterdir() for secret in [b"anna's password"])
    made, person = wraps.open_with(path, "Anna", "anna's password")
    assert (person, made.guarded) == (ANNA, True)
    keys.unlock(made)
    assert opens(path)
    with Store(path, RECORDS) as store:
        assert store.keys.guarded


@pytest.mark.parametrize(("login", "password"), [("anna", "wrong"), ("nobody", "anna's password"), ("", ""), ("anna", "anna's passwor\udcff")])
def test_what_is_wrong_opens_nothing(path: Path, login: str, password: str) -> None:
    began(path)
    another_start()
    with pytest.raises(WrongPassword):
        wraps.open_with(path, login, password)


def test_everybody_has_a_password_of_their_own(path: Path) -> None:
    began(path)
    made = keys.read_keys(path)
    wraps.put(made, BEN, "ben", "ben's own password")
    assert wraps.people(made.database_id) == {ANNA: "anna", BEN: "ben"}
    wraps.put(made, ANNA, "anna", "a newer password")
    wraps.rename(made, BEN, "benjamin")
    another_start()
    with pytest.raises(WrongPassword):
        wraps.open_with(path, "anna", "anna's password")
    assert wraps.open_with(path, "anna", "a newer password")[1] == ANNA
    assert wraps.open_with(path, "benjamin", "ben's own password")[0].secret == made.secret
    wraps.drop(made, BEN)
    with pytest.raises(Refused, match="only password"):
        wraps.drop(made, ANNA)


def test_nobodys_wrap_passes_for_anothers(path: Path) -> None:
    """An entry copied under another name is not opened."""
    began(path)
    made = keys.read_keys(path)
    wraps.put(made, BEN, "ben", "ben's own password")
    file = wraps.people_file(made.database_id)
    wrapped = wraps._read(file)
    wrapped[str(ANNA)] = wrapped[str(BEN)] | {"login": "anna"}
    wraps._write(file, wrapped)
    another_start()
    with pytest.raises(WrongPassword):
        wraps.open_with(path, "anna", "ben's own password")


def test_the_printed_key_opens_it_also_on_a_new_pc(path: Path, tmp_path: Path) -> None:
    printed = began(path)
    another_start()
    assert wraps.open_with_recovery(path, printed.lower()).database_id == keys.database_id(path)
    shutil.rmtree(keys.key_folder())  # the other PC knows nothing of it
    assert wraps.is_locked(path)
    with pytest.raises(Refused, match="not that of these data"):
        wraps.open_with_recovery(path, wraps.new_recovery())
    made = wraps.open_with_recovery(path, printed)
    keys.unlock(made)
    wraps.adopt(made, ANNA, "anna", "again a password")
    another_start()
    keys.unlock(wraps.open_with(path, "anna", "again a password")[0])
    assert opens(path)
    assert wraps.open_with_recovery(path, printed)


def test_a_new_recovery_key_ends_the_old_one(path: Path) -> None:
    old = began(path)
    new = wraps.new_recovery()
    wraps.renew_recovery(keys.read_keys(path), new)
    another_start()
    with pytest.raises(Refused):
        wraps.open_with_recovery(path, old)
    assert wraps.open_with_recovery(path, new)


def test_a_backup_is_opened_by_the_same_passwords_and_the_same_sheet(path: Path) -> None:
    printed = began(path)
    with Store(path, RECORDS) as store, store.change(_text("x"), who="anna", always=True):
        pass
    with Store(path, RECORDS) as store:
        made = backup.make(store, store.open_reader())
    assert keys.recovery_file(made.path).exists()
    path.unlink()
    another_start()
    with pytest.raises(keys.Locked):
        restoring.restore(path, made.path)
    keys.unlock(wraps.open_with_recovery(made.path, printed))
    restoring.restore(path, made.path)
    assert opens(path)


def _text(words: str):  # type: ignore[no-untyped-def]
    from crm_desktop.record.text import Text

    return Text(words)


CHILD = """
import os, sys
from pathlib import Path
from crm_desktop.store import keys, wraps
wraps.ARGON2 = {"t": 1, "m": 64, "p": 1}
path, end = Path(sys.argv[1]), sys.argv[2]
def step(name):
    if name == end:
        os.kill(os.getpid(), 9)
wraps.begin(keys.read_keys(path), 11, "anna", "anna's password", sys.argv[3], step)
"""


@pytest.mark.parametrize("end", STEPS)
def test_killed_at_any_step_there_is_a_way_in(path: Path, end: str) -> None:
    printed = wraps.new_recovery()
    done = subprocess.run([sys.executable, "-c", CHILD, str(path), end, printed], env=os.environ, check=False)
    assert done.returncode == -9
    if end == STEPS[-1]:
        assert wraps.is_locked(path)
        keys.unlock(wraps.open_with(path, "anna", "anna's password")[0])
    else:
        assert not wraps.is_locked(path)  # the old way in
    assert opens(path)
    if end != STEPS[-1]:  # and it can be begun again
        again = began(path, "another password")
        another_start()
        assert wraps.open_with_recovery(path, again)
        assert wraps.open_with(path, "anna", "another password")


def test_a_disk_that_gives_back_something_else_changes_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made, printed = keys.read_keys(path), wraps.new_recovery()
    monkeypatch.setattr(wraps, "_unseal", lambda *_: "00" * 48)
    with pytest.raises(Refused, match="opens as before"):
        wraps.begin(made, ANNA, "anna", "anna's password", printed)
    assert not wraps.is_locked(path)
    assert opens(path)


def test_a_damaged_file_of_passwords_says_what_to_do(path: Path) -> None:
    printed = began(path)
    another_start()
    wraps.people_file(keys.database_id(path)).write_text("{")
    with pytest.raises(Refused, match="recovery key"):
        wraps.open_with(path, "anna", "anna's password")
    made = wraps.open_with_recovery(path, printed)  # the sheet does not need that file
    wraps.adopt(made, ANNA, "anna", "again a password")
    assert wraps.open_with(path, "anna", "again a password")[1] == ANNA
    assert wraps.people_file(made.database_id + ".people.damaged").with_suffix("").exists()


def test_the_keyring_opens_it_only_while_it_is_let_in(path: Path) -> None:
    began(path)
    made = keys.read_keys(path)
    device = wraps.keep_for_device(made, ANNA)
    another_start()
    assert wraps.open_with_device(path, ANNA, device).secret == made.secret
    for wrong in ("", "00" * 32, device[:-1]):
        with pytest.raises(WrongPassword):
            wraps.open_with_device(path, ANNA, wrong)
    wraps.put(made, ANNA, "anna", "a newer password")  # a new password ends it
    with pytest.raises(WrongPassword):
        wraps.open_with_device(path, ANNA, device)
    device = wraps.keep_for_device(made, ANNA)
    wraps.forget_device(made, ANNA)
    with pytest.raises(WrongPassword):
        wraps.open_with_device(path, ANNA, device)


def test_wrong_passwords_are_counted_beyond_the_end_of_the_program(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database_id = keys.database_id(path)
    now = [1_000.0]
    monkeypatch.setattr(tries.time, "time", lambda: now[0])
    for _ in range(3):
        tries.begin(database_id, "Anna")
    with pytest.raises(Refused, match="in 5 seconds"):
        tries.begin(database_id, "anna")
    tries.begin(database_id, "ben")
    now[0] += 5
    tries.begin(database_id, "anna")
    assert tries.left(database_id, "anna") == 10
    assert tries.right(database_id, "anna") == 3
    tries.begin(database_id, "anna")


def test_real_cost_is_what_was_decided() -> None:
    assert REAL == {"t": 3, "m": 64 * 1024, "p": 1}


@pytest.mark.parametrize(("login", "password"), [("anna", "anna's password"), ("anna", "another"), ("nobody", "anna's password")], ids=["right", "wrong", "nobody's"])
def test_each_try_is_one_hash_and_no_more(path: Path, monkeypatch: pytest.MonkeyPatch, login: str, password: str) -> None:
    """However it ends: so it takes the same time for a name nobody has, and no longer than that hash."""
    began(path)
    another_start()
    hashed: list[tuple[int, ...]] = []
    real = low_level.hash_secret_raw

    def counted(secret: bytes, salt: bytes, *cost: object) -> bytes:
        hashed.append(cost[:3])  # type: ignore[arg-type]
        return real(secret, salt, *cost)  # type: ignore[arg-type]

    monkeypatch.setattr(low_level, "hash_secret_raw", counted)
    with suppress(WrongPassword):
        wraps.open_with(path, login, password)
    assert hashed == [tuple(wraps.ARGON2.values())]
