"""Where the measuring happens: databases of each size, made once by the program's own import and kept in a temp folder."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from crm_desktop.desk.desk import Desk
from crm_desktop.duties import RECORDS, record_of
from crm_desktop.exchange import importing
from crm_desktop.exchange.mapping import from_headings
from crm_desktop.exchange.text_file import read_table
from crm_desktop.store import schema
from crm_desktop.store.store import Store

from . import data, raw
from .measure import ROOT

BASE = Path(tempfile.gettempdir()) / "crm-desktop-speed"
MADE_BY = (
    "tests/speed/data.py", "tests/speed/raw.py", "crm_desktop/record/terms.py", "crm_desktop/record/ids.py",
    "crm_desktop/store/schema.py", "crm_desktop/store/keys.py", "crm_desktop/store/database.py",
)  # fmt: skip
FILL_CACHE_MB = 512
BOOKINGS = ROOT.parent / "shared" / "data" / "hotel_bookings" / "hotel_bookings.csv"


@cache
def sources_hash() -> str:
    """A name for everything that decides how a database looks; one process stays with what it began with."""
    seal = hashlib.blake2b(schema.shape(RECORDS).encode(), digest_size=6)
    for name in MADE_BY:
        seal.update((ROOT / name).read_bytes())
    return seal.hexdigest()


class Dataset:
    """A database of one size and its raw twin."""

    def __init__(self, folder: Path, size: data.Size) -> None:
        self.size = size
        self.path, self.raw_path = folder / "crm.db", folder / "raw.sqlite"

    def open(self) -> Store:
        """Our database."""
        return Store(self.path, RECORDS)


def import_file(store: Store, path: Path, key: str) -> importing.Prepared:
    """Bring a generated file in the way the program does; it must be taken whole."""
    table = read_table(path)
    mapping = from_headings(record_of(key), table.headings)
    with contextlib.closing(store.open_reader()) as reader:
        prepared = importing.prepare(reader, store.keys, store.by_key, table, mapping)
    if prepared.bad:
        raise RuntimeError(f"{path.name}, line {prepared.bad[0].line}: {prepared.bad[0].reason}")
    importing.write(Desk(store, "speed"), prepared)
    return prepared


class Ground:
    """The folder all measuring happens in; it never touches a person's own data or settings. `clients`: how many there are,
    where that is not what the number of stays says."""

    def __init__(self, base: Path = BASE, clients: int = 0) -> None:
        self.base, self.clients = base, clients
        self.settings = base / "settings"
        base.mkdir(parents=True, exist_ok=True)
        sources_hash()
        os.environ["CRM_DESKTOP_DATA"] = str(base / "data")
        os.environ["CRM_DESKTOP_SETTINGS"] = str(self.settings)

    def dataset(self, factor: float) -> Dataset:
        """The databases of a size, made when they are not there yet."""
        size = data.Size(factor)
        kind = f"{size.stays}-"
        if self.clients:
            size.clients, size.people, kind = self.clients, self.clients - size.agencies - size.companies, f"{size.stays}-of-{self.clients}-"
        folder = self.base / f"{kind}{sources_hash()}"
        if not folder.exists():
            for old in self.base.glob(f"{kind}[0-9a-f]*"):
                shutil.rmtree(old, ignore_errors=True)
            self._make(folder, size)
        return Dataset(folder, size)

    def _make(self, folder: Path, size: data.Size) -> None:
        print(f"making a database of {size.stays:,} stays", file=sys.stderr)
        part = Path(tempfile.mkdtemp(dir=self.base, prefix=f"{size.stays}-part-"))
        new = Dataset(part, size)
        with Store(new.path, RECORDS, create=True) as store:
            _fill(store, part, size)
            with contextlib.closing(store.open_reader()) as reader:
                raw.copy(reader, new.raw_path)
        part.rename(folder)

    @contextlib.contextmanager
    def scratch(self, source: Dataset | None = None) -> Iterator[Dataset]:
        """A folder to change things in, with settings of its own: empty, or a copy of a dataset."""
        with tempfile.TemporaryDirectory(dir=self.base) as name:
            folder = Path(name)
            if source:
                for path in source.path.parent.iterdir():
                    if path.suffix != ".lock":
                        shutil.copy(path, folder / path.name)
                shutil.copytree(self.settings, folder / "settings")
            os.environ["CRM_DESKTOP_SETTINGS"] = str(folder / "settings")
            try:
                yield Dataset(folder, source.size if source else data.Size(0))
            finally:
                os.environ["CRM_DESKTOP_SETTINGS"] = str(self.settings)


def _fill(store: Store, folder: Path, size: data.Size) -> None:
    store.writer.execute(f"pragma cache_size = -{FILL_CACHE_MB * 1024}")  # only how fast it is made, not how it looks
    files = [(data.write_accounts(folder, size), "account"), (data.write_people(folder, size), "person")]
    for path, key in files:
        import_file(store, path, key)
        path.unlink()
    for chunk, count in enumerate(size.chunks()):
        path = data.write_stays(folder, size, chunk, count)
        import_file(store, path, "stay")
        path.unlink()
