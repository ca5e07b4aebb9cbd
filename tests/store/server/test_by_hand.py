"""What any log-in may do with a tool of its own harms no other seat: words that are notified, parts of files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import psycopg
import pytest

from crm_desktop.desk import attachments
from crm_desktop.desk.desk import Desk
from crm_desktop.duties import RECORDS
from crm_desktop.store import check
from crm_desktop.store.server import listening
from crm_desktop.store.server.log_sql import CHANNEL
from crm_desktop.store.store import Store
from crm_desktop.ui import presence
from tests.samples import account
from tests.store.server.test_many_seats import wait_for

FORGED = (
    '{"change": 1e999, "rows": 1}', "[" * 3_900, "5", "null", '"x"', "{}", '{"change": "x"}', '{"tables": [["a"]]}', '{"some": [["account"]]}', '{"some": 7}',
    '{"rows": 99999999999999999999999999, "tables": 5}', "not json at all", "",
)  # fmt: skip


def test_whatever_is_notified_the_seat_goes_on_listening(server_database: str) -> None:
    heard, said, states = list[Any](), list[Any](), list[bool]()
    with Store(server_database, RECORDS) as store:
        desk, ear = Desk(store, "Li Na"), store.listen(heard.append, said.append, states.append)
        try:
            wait_for(lambda: account(desk, "Until it listens") and heard, 300)
            with psycopg.connect(server_database, autocommit=True) as somebody:
                for channel in (CHANNEL, listening.SAID):
                    for words in FORGED:
                        somebody.execute("select pg_notify(%s, %s)", (channel, words))
            orient = account(desk, "Orient")
            wait_for(lambda: any(("account", orient) in one.rows for one in heard), 300)
        finally:
            ear.close()
    assert not states
    assert all(isinstance(words, dict) and words for words in said)


@pytest.mark.parametrize("edits", [[["account", float("inf")]], [["account"]], 5, {}, [[1, [2]]]])
def test_whatever_a_seat_says_it_edits(qtbot: Any, qapp: Any, edits: Any) -> None:
    here = presence.Presence(qapp, lambda words: None, lambda: "")
    here.hear({"seat": "other", "who": "Li Na", "edits": edits})
    assert not here.anybody
    here.deleteLater()


def test_what_somebody_puts_behind_a_kept_file_is_passed_over(server_database: str, tmp_path: Path) -> None:
    paper = tmp_path / "报价.txt"
    paper.write_bytes("会议报价 12,800".encode())
    with Store(server_database, RECORDS) as store:
        desk = Desk(store, "Li Na")
        who = account(desk)
        attachments.add(desk, "account", who, paper)
        (one,) = attachments.of(store.writer, "account", who)
        store.writer.execute("insert into file_part values (?, 1, 'x'), (?, 7, 'y')", (one["sha256"], one["sha256"]))
        assert b"".join(attachments.content(store, one["sha256"])) == paper.read_bytes()
        assert check.everything(store.writer, store.keys, store.records) == []
        store.writer.execute("update file_part set content = 'z' where number = 0")
        assert len(check.everything(store.writer, store.keys, store.records)) == 1
