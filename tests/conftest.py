"""What all tests share: a person's folders of their own, English, the running clock, and a small database."""

from __future__ import annotations

import gc
import inspect
import os
import tempfile

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
from crm_desktop.server import moving
from crm_desktop.store import keys, wraps
from crm_desktop.store.store import Store
from crm_desktop.ui.collecting import collect_due
from tests import postgres as server_for_tests
from tests.hotel import Hotel, at_its_hour, living_in, made
from tests.kept import Kept, fast_place
from tests.samples import VARIABLES
from tests.spare import Spare

if place := fast_place():
    tempfile.tempdir = os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", place)  # where the folders of the tests lie

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


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """Three for two processors: the tests wait for clocks, other processes and servers a third of their time."""
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return None if os.environ.get("PYTEST_XDIST_AUTO_NUM_WORKERS") else -(-processors * 3 // 2)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """In any order, but the longest begin first, each worker with its share, so that none is waited for at the end."""
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    long, rest = ([item for item in items if item.nodeid.startswith(LONGEST) == one] for one in (True, False))
    share = -(-len(rest) // workers)
    items[:] = [item for at in range(workers) for item in (*long[at::workers], *rest[at * share : (at + 1) * share])]


def pytest_collection_finish(session: pytest.Session) -> None:
    """What was collected is there to the end: no later search for garbage, and the window makes many, goes through it again.
    What a test leaves behind is looked for between tests: a widget in a cycle, destroyed by another test's thread, ends all of them."""
    gc.collect()
    gc.freeze()
    gc.disable()


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown() -> None:
    collect_due()


LONGEST = ("tests/gallery/", "tests/ui/test_scale.py::test_no_word_is_cut", "tests/ui/test_accessibility.py::test_every_", "tests/server/test_moving.py", "tests/reliability/test_soak.py")
BOTH = tuple(Path(__file__).parent / name for name in ("store", "desk", "duties", "exchange"))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Tests of the store, the desk and the duties run on both engines, unless they are about the file itself."""
    if "engine" in metafunc.fixturenames:
        file = metafunc.definition.get_closest_marker("embedded") or "database" in inspect.signature(metafunc.function).parameters
        both = not file and any(path in metafunc.definition.path.parents for path in BOTH)
        metafunc.parametrize("engine", ["sqlite", "postgres"] if both else ["sqlite"], indirect=True)


@pytest.fixture
def engine(request: pytest.FixtureRequest) -> str:
    """The engine a store test runs on."""
    return str(request.param)


@pytest.fixture
def database(tmp_path: Path, engine: str) -> Path:
    """Where the test's database file is, or will be."""
    return tmp_path / f"{engine}.db"


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """An empty database, made once for all tests."""
    folder = tmp_path_factory.mktemp("empty")
    with pytest.MonkeyPatch.context() as patch:
        live_in(patch, folder)
        with Store(folder / "empty.db", RECORDS, create=True) as made:
            used = made.keys
    return Kept(folder / "empty.db", used)


@pytest.fixture(scope="session")
def hotel() -> Hotel:
    """The sample hotel, made once for all tests that look into it."""
    return made()


@pytest.fixture
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Cheap derivation, and nothing remembered from other tests."""
    monkeypatch.setattr(wraps, "ARGON2", {"t": 1, "m": 64, "p": 1})
    keys._unlocked.clear()
    yield
    keys._unlocked.clear()


@pytest.fixture(scope="session")
def postgres() -> server_for_tests.Server:
    """A PostgreSQL server, one for all tests of this run."""
    found = server_for_tests.shared()
    if found is None:
        pytest.skip("PostgreSQL is not installed here")
    return found


@pytest.fixture(scope="session")
def empty_server(postgres: server_for_tests.Server, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of an empty database with every declared record, once for all tests."""
    with pytest.MonkeyPatch.context() as patch:
        live_in(patch, tmp_path_factory.mktemp("empty-server"))
        return postgres.template("empty", lambda address: Store(address, RECORDS, create=True).close())


@pytest.fixture(scope="session")
def spare(postgres: server_for_tests.Server, empty_server: str) -> Iterator[Spare]:
    """The database of the server that goes from test to test."""
    made = Spare(postgres, empty_server)
    yield made
    made.close()


@pytest.fixture
def server_database(spare: Spare) -> Iterator[str]:
    """The address of an empty database on the server, of this test alone."""
    with spare.lent() as found:
        yield found


@pytest.fixture
def moved_there(postgres: server_for_tests.Server, hotel: Hotel, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a database on the server that the sample hotel moved to, of this test alone; it moves once in a run."""

    def fill(address: str) -> None:
        with living_in(tmp_path_factory.mktemp("moved")), at_its_hour():
            moving.to_server(hotel.copy(tmp_path_factory.mktemp("hotel") / "hotel.db"), address, RECORDS)

    address = postgres.fresh_database(postgres.template("moved", fill), **postgres.quick)
    yield address
    postgres.drop(address)


@pytest.fixture
def address(request: pytest.FixtureRequest, engine: str) -> Path | str:
    """What opens an empty database with every declared record."""
    if engine == "postgres":
        return str(request.getfixturevalue("server_database"))
    path: Path = request.getfixturevalue("database")
    empty: Kept = request.getfixturevalue("empty")
    return empty.copy(path)


@pytest.fixture
def store(address: Path | str) -> Iterator[Store]:
    """An empty database with every declared record."""
    with Store(address, RECORDS) as made:
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
