"""What the tests of the promises share."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from crm_desktop.store.keys import Keys, id_file
from tests.samples import Store


@pytest.fixture
def anew(address: Path, store: Store) -> Callable[[], Path]:
    """Puts the database back to how it was when this was first called, with nothing beside it but its id and backups."""
    kept: list[bytes] = []

    def put_back() -> Path:
        store.close()
        if not kept:
            kept.append(address.read_bytes())
        for rest in ("-wal", "-shm"):
            address.with_name(address.name + rest).unlink(missing_ok=True)
        Keys(id_file(address).read_text(), store.keys.secret, address).head_file.unlink(missing_ok=True)
        shutil.rmtree(address.with_name(address.name + ".files"), ignore_errors=True)
        address.write_bytes(kept[0])
        return address

    return put_back
