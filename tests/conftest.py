"""What all tests share: a person's folders of their own, English, the running clock, and a small database."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything of Qt is imported: no screen is needed

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings

from crm_desktop.desk.desk import Desk
from crm_desktop.duties import RECORDS
from crm_desktop.record import dates, text
from crm_desktop.store.folders import private_folder
from crm_desktop.store.keys import Keys, id_file
from crm_desktop.store.store import Store
from tests.hotel import Hotel, made
from tests.samples import VARIABLES

settings.register_profile(
    "house", deadline=None, database=None, max_examples=60, print_blob=True,
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
settings.load_profile("house")


def live_in(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Keep data and settings below this folder, here and in programs started from here."""
    for variable in VARIABLES:
        monkeypatch.setenv(variable, str(folder / variable.rsplit("_", 1)[1].lower()))


@pytest.fixture(autouse=True)
def person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nothing of the person who runs the tests is read or written."""
    live_in(monkeypatch, tmp_path / "person")
    for variable in ("LC_ALL", "LC_MESSAGES", "LANGUAGE"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    text.use("en")
    dates.set_clock(None)
    dates.set_audit_hour(None)
    yield
    text.use("en")
    dates.set_clock(None)
    dates.set_audit_hour(None)


@pytest.fixture(params=["sqlite"])
def engine(request: pytest.FixtureRequest) -> str:
    """The engine a store test runs on."""
    return str(request.param)


@pytest.fixture
def database(tmp_path: Path, engine: str) -> Path:
    """Where the test's database is, or will be."""
    return tmp_path / f"{engine}.db"


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, Keys]:
    """What an empty database is made of, once for all tests."""
    folder = tmp_path_factory.mktemp("empty")
    with pytest.MonkeyPatch.context() as patch:
        live_in(patch, folder)
        with Store(folder / "empty.db", RECORDS, create=True) as made:
            used = made.keys
    return (folder / "empty.db").read_bytes(), used


@pytest.fixture(scope="session")
def hotel() -> Hotel:
    """The sample hotel, made once for all tests that look into it."""
    return made()


@pytest.fixture
def store(database: Path, empty: tuple[bytes, Keys]) -> Iterator[Store]:
    """An empty database with every declared record."""
    content, used = empty
    private_folder(used.head_file.parent).joinpath(f"{used.database_id}.key").write_text(used.secret)
    id_file(database).write_text(used.database_id)
    database.write_bytes(content)
    for path in (*used.head_file.parent.iterdir(), id_file(database), database):
        path.chmod(0o600)
    with Store(database, RECORDS) as made:
        yield made


@pytest.fixture
def desk(store: Store) -> Desk:
    """Somebody at the store."""
    return Desk(store, "Li Na")


@pytest.fixture
def reader(store: Store) -> Iterator[Any]:
    """A connection that only reads."""
    with closing(store.open_reader()) as connection:
        yield connection
