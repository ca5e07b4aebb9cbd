"""Commands typed with a colleague's own log-in: the password comes from where no other program reads it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.postgres import Server
from tests.samples import REPOSITORY
from tests.server.department import PASSWORD, Department


@pytest.fixture(scope="module")
def department(postgres: Server) -> Iterator[Department]:
    made = Department(postgres, "typed")
    yield made
    made.remove()


def _at_server(department: Department, login: str, *more: str, password: str = PASSWORD) -> subprocess.CompletedProcess[str]:
    place = department.place
    environment = {**os.environ, "CRM_DESKTOP_PASSWORD": password, "CRM_DESKTOP_LOGIN": login}
    return subprocess.run(
        [sys.executable, "main.py", "report", "overview", "--format", "json", "--data", place.address(), *more],
        cwd=REPOSITORY, env=environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def test_a_server_opens_with_a_password_that_is_in_no_command(department: Department) -> None:
    done = _at_server(department, department.login("gm"))
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)
    done = _at_server(department, department.login("gm"), password="not the right one")
    assert done.returncode == 1
    assert "with this password" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_password_in_an_address_is_refused(department: Department) -> None:
    done = subprocess.run(
        [sys.executable, "main.py", "report", "overview", "--data", department.place.address(secret=PASSWORD)],
        cwd=REPOSITORY, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "Leave the password out" in done.stderr
