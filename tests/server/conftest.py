"""The department that the tests of the rights share, and every role in turn."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from crm_desktop.record.rights import ROLE_CODES
from tests.postgres import Server
from tests.server.department import Department
from tests.server.world import World


@pytest.fixture(scope="session")
def world(postgres: Server) -> Iterator[World]:
    department = Department(postgres, "matrix")
    yield World(department)
    department.remove()


@pytest.fixture(params=ROLE_CODES)
def role(request: pytest.FixtureRequest) -> str:
    return str(request.param)
