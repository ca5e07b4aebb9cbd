"""Declarations go to other processes as they are (files are read and written there): nothing in them is without a name."""

from __future__ import annotations

import pickle

import pytest

from crm_desktop.duties import RECORDS
from crm_desktop.record.record import Record


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.key)
def test_a_declaration_goes_to_another_process(record: Record) -> None:
    assert pickle.loads(pickle.dumps(record)).key == record.key
