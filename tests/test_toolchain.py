"""What the program stands on is what it was chosen for: Qt that keeps references, a safe SQLite, one set of exceptions."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import version

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.samples import REPOSITORY

PIN = re.compile(r"^([a-z0-9-]+)==([^ ]+)", re.MULTILINE)
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}(?= |$)", re.MULTILINE)
CALLS, STEPS = 5_000, 100  # a broken Qt loses one reference a call: far more than the few that come and go

GUARD = """
import sys
from PySide6.QtCore import QCoreApplication, QObject, Signal

class Sender(QObject):
    sent = Signal(int)
    def slot(self, number): pass

app, sender = QCoreApplication([]), Sender()
sender.sent.connect(sender.slot)
nothing, truth = sys.getrefcount(None), sys.getrefcount(True)
for number in range({calls}):
    sender.setObjectName("a")
    app.processEvents()
nothing -= sys.getrefcount(None)
for number in range({calls}):
    sender.sent.emit(number)
for number in range({calls}):
    sender.sent.disconnect(sender.slot)
    sender.sent.connect(sender.slot)
truth -= sys.getrefcount(True)
print(nothing, truth)
"""


def test_qt_is_of_the_version_that_keeps_references() -> None:
    import PySide6

    version = tuple(int(part) for part in PySide6.__version__.split(".")[:2])
    assert (6, 11) <= version < (6, 12), "6.12.0 corrupts reference counts on Python 3.11"


def test_calls_and_signals_take_no_references() -> None:
    """In a process of its own: where references are lost, the whole process aborts."""
    done = subprocess.run(
        [sys.executable, "-c", GUARD.format(calls=CALLS)],
        capture_output=True, text=True, timeout=60, check=False, env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    nothing, truth = (int(word) for word in done.stdout.split())
    assert abs(nothing) < STEPS
    assert abs(truth) < STEPS


def test_sqlite_is_new_enough_to_be_safe() -> None:
    import sqlcipher3.dbapi2 as sqlite3

    from crm_desktop.store import database

    assert database.OLDEST_SAFE >= (3, 51, 3)
    assert sqlite3.sqlite_version_info >= database.OLDEST_SAFE


def test_sqlite_utils_catches_the_exceptions_of_sqlcipher() -> None:
    import sqlcipher3.dbapi2 as sqlcipher

    from crm_desktop.store import engine  # its import sets the alias first

    from sqlite_utils import db  # isort: skip

    driver = vars(db)["sqlite3"]
    assert engine.Local.__mro__[1] is db.Database
    assert driver.OperationalError is sqlcipher.OperationalError
    assert driver.IntegrityError is sqlcipher.IntegrityError


def test_sqlite_utils_works_on_sqlcipher() -> None:
    """Without the shared exceptions this very statement fails with `cannot release savepoint`."""
    import sqlcipher3.dbapi2 as sqlcipher

    from crm_desktop.store import engine

    connection = sqlcipher.connect(":memory:", isolation_level=None)
    db = engine.Local(connection)
    db.execute("create table one (a integer)")
    assert list(db.query("insert into one values (1) returning a")) == [{"a": 1}]
    connection.close()


def test_every_package_has_its_version_and_its_hashes() -> None:
    """`make run PINNED=1` takes nothing but these files: each within the bounds declared, each named by what it holds, none by an address."""
    words = (REPOSITORY / "resources" / "versions.txt").read_text("utf-8")
    assert "://" not in words
    pinned = dict(PIN.findall(words))
    named = [line.split("==")[0] for line in words.split("\n") if "==" in line]
    assert named == list(pinned) == sorted(set(named))
    declared = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    for each in map(Requirement, declared):
        name = canonicalize_name(each.name)
        assert each.specifier.contains(pinned[name]), f"{name} {pinned[name]} is not {each.specifier}: make resources/versions.txt anew"
    for name, hashes in zip(named, re.split(r"^\S+==", words, flags=re.MULTILINE)[1:], strict=True):
        found = HASH.findall(hashes)
        assert found, name
        assert len(found) == hashes.count("--hash="), name


def test_what_runs_here_is_what_is_pinned_where_it_matters() -> None:
    """The two whose other versions lose data or references are the very ones."""
    pinned = dict(PIN.findall((REPOSITORY / "resources" / "versions.txt").read_text("utf-8")))
    assert version("sqlcipher3") == pinned["sqlcipher3"]
    assert version("pyside6-essentials").split(".")[:2] == pinned["pyside6-essentials"].split(".")[:2]
