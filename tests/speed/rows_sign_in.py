"""Signing in with a password, beside the hash of it that argon2-cffi itself makes with the same passes and memory."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from argon2 import PasswordHasher, Type

from crm_desktop.desk import sign_in
from crm_desktop.duties import RECORDS
from crm_desktop.store import keys, wraps
from crm_desktop.store.store import Store
from tests.hotel import living_in

from .ground import Ground
from .measure import Row, alternate, middle, seconds

PERSON, LOGIN, PASSWORD, RATIO = 11, "anna", "correct horse battery", 1.2


def sign_in_rows(_ground: Ground, _factor: float) -> Iterator[Row]:
    """From the password to the open key: counted as a try, hashed, unwrapped, the count ended. The size of the data does not matter."""
    cost = wraps.ARGON2
    hasher = PasswordHasher(time_cost=cost["t"], memory_cost=cost["m"], parallelism=cost["p"], hash_len=32, salt_len=16, type=Type.ID)
    with tempfile.TemporaryDirectory() as folder, living_in(Path(folder)):
        path = Path(folder) / "crm.db"
        Store(path, RECORDS, create=True).close()
        wraps.begin(keys.read_keys(path), PERSON, LOGIN, PASSWORD, wraps.new_recovery())

        def ours() -> float:
            keys._unlocked.clear()
            return 1000 * seconds(lambda: sign_in.open_with_password(path, LOGIN, PASSWORD))

        mine, theirs = alternate(ours, lambda: 1000 * seconds(lambda: hasher.hash(PASSWORD)))
        keys._unlocked.clear()
    value, raw = middle(mine), middle(theirs)
    yield Row("sign in: Argon2id of 64 MiB, 3 passes, with all around it, ms", value, raw, f"<= {RATIO}x the hash by argon2-cffi", value <= RATIO * raw)
