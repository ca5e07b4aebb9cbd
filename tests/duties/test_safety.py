"""What the settings page does with the data, below the window."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from crm_desktop.demo import sample
from crm_desktop.desk import attachments, code_lists
from crm_desktop.desk.desk import EXPORTED, REVEALED, Desk
from crm_desktop.duties import RECORDS
from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.duties.follow_ups import actions as follow_ups
from crm_desktop.duties.settings import safety
from crm_desktop.record.text import Refused, Text, both, say, use
from crm_desktop.store import history
from crm_desktop.store.log import BY_ITSELF
from tests.catalogue import CODE


@pytest.mark.embedded
@pytest.mark.parametrize("end", ["", "-wal", "-shm", ".id", ".lock"])
def test_a_plain_copy_never_falls_on_the_data_itself(desk: Desk, end: str) -> None:
    desk.save(ACCOUNT, None, 0, {"name": "甲", "kind": "company"})
    own = desk.store.path
    with pytest.raises(Refused):
        safety.plain_copy(desk, own.with_name(own.name + end))
    assert desk.store.writer.execute("select count(*) from account").fetchone()[0] == 1
    assert own.stat().st_size > 0


@pytest.mark.embedded
def test_a_plain_copy_replaces_another_file_only_when_it_is_whole(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = tmp_path / "copy.sqlite"
    other.write_text("mine")
    monkeypatch.setattr("crm_desktop.store.plain._fill", _broken)
    with pytest.raises(Refused):
        safety.plain_copy(desk, other)
    assert other.read_text() == "mine"
    monkeypatch.undo()
    safety.plain_copy(desk, other)
    assert other.read_bytes().startswith(b"SQLite format 3")


def _broken(*_: object) -> None:
    raise OSError(28, "No space left on device")


def test_the_history_tells_what_changed(desk: Desk) -> None:
    row = desk.save(ACCOUNT, None, 0, {"name": "甲", "kind": "company", "city": "绍兴"}).rows[0][1]
    change = desk.save(ACCOUNT, row, 1, {"city": "杭州", "level": "A"})
    desk.save(ACCOUNT, row, 2, {"city": "上海"})
    found = safety.details(desk.store, desk.store.writer, change.id)
    assert [(what, str(field), str(before), str(after)) for what, field, before, after in found] == [
        ("甲", "City", "绍兴", "杭州"),
        ("甲", "Class", "", "Class A"),
    ]
    undone = desk.undo()
    assert str(undone.undid) == "Changed 甲"
    entries = safety.entries(desk.store, desk.store.writer)
    assert [str(told[2]) for _, told in entries] == ["Undone", "Changed", "Changed", "Added"]
    assert str(entries[0][1][3]) == "Changed 甲"


def test_the_history_speaks_chinese(desk: Desk) -> None:
    """Every action, also of duties the settings know nothing of, is told in the language in use."""
    row = desk.save(ACCOUNT, None, 0, {"name": "甲", "kind": "company"}).rows[0][1]
    attachments.add_content(desk, "account", row, "名片.png", b"x")
    code_lists.begin(desk, "client_class")
    for action in (follow_ups.KEPT, sample.MADE):
        desk.note(action, BY_ITSELF)
    desk.undo()
    use("zh_CN")
    told = [" ".join(map(say, row[2:4])) for _, row in safety.entries(desk.store, desk.store.writer)]
    assert told == ["已撤销 开始修改代码表 客户：等级", "已生成示例酒店 ", "待办已自动更新 ", "开始修改代码表 客户：等级", "添加附件 名片.png", "已新增 甲"]


def test_every_action_of_the_program_has_chinese_words() -> None:
    """What is written into the log as an action is in the catalogue: constants and steps alike."""
    named = re.compile(r"(?:store\.change|desk\.writing|desk\.note)\(\s*Text\(\"([^\"]+)\"")
    used = [words for path in CODE.rglob("*.py") for words in named.findall(path.read_text("utf-8"))]
    moves = [move.title.source for record in RECORDS if record.machine for move in record.machine.moves]
    for words in (*used, *moves, *(text.source for text in (code_lists.BEGUN, follow_ups.KEPT, sample.MADE, attachments.ATTACHED))):
        assert both(Text(words))[1] != words


def test_what_the_program_does_by_itself_is_nobodys_to_undo(desk: Desk) -> None:
    with desk.writing(follow_ups.KEPT, source=BY_ITSELF) as writing:
        writing.add(ACCOUNT, {"name": "甲", "kind": "company"})
    (entry, told), *_ = safety.entries(desk.store, desk.store.writer)
    assert not entry.undoable
    assert told[5] == ""


def test_what_was_removed_is_listed_and_brought_back(desk: Desk) -> None:
    """Also long after, when Ctrl+Z no longer reaches it; what is back cannot be brought back again."""
    first, second = (desk.save(ACCOUNT, None, 0, {"name": name, "kind": "company"}).rows[0][1] for name in ("甲", "乙"))
    desk.remove(ACCOUNT, first, 1)
    desk.remove(ACCOUNT, second, 1)
    desk.save(ACCOUNT, None, 0, {"name": "丙", "kind": "company"})
    found = safety.entries(desk.store, desk.store.writer, safety.GONE)
    assert [(told[3], entry.undoable) for entry, told in found] == [("乙", True), ("甲", True)]
    desk.undo(found[1][0].id)
    assert [entry.undoable for entry, _ in safety.entries(desk.store, desk.store.writer, safety.GONE)] == [True, False]
    assert desk.get(ACCOUNT, first) is not None


def test_how_often_each_looked_is_counted(desk: Desk) -> None:
    assert safety.looks(desk.store.writer) is None
    guest = desk.save(PERSON, None, 0, {"name": "俞闻笛", "phone": "13900000000"}).rows[0][1]
    for who, times in ((desk, 2), (Desk(desk.store, "王伟"), 3)):
        for _ in range(times):
            who.reveal(PERSON, guest, "phone", "送生日花")
    desk.note(EXPORTED, "people: 3 -> x.csv", "展会")
    said = safety.looks(desk.store.writer)
    assert said is not None
    assert str(said) == f"Sensitive values and confidential files shown in 30 days: 王伟 3 times, {desk.person} 2 times"
    assert history.counted(desk.store.writer, (REVEALED.source,), "2999-01-01") == []


def test_who_looked_at_what_and_why(desk: Desk) -> None:
    guest = desk.save(PERSON, None, 0, {"name": "俞闻笛", "phone": "13900000000"}).rows[0][1]
    desk.reveal(PERSON, guest, "phone", "送生日花")
    desk.note(EXPORTED, "people: 3 -> x.csv", "展会")
    found = safety.entries(desk.store, desk.store.writer, safety.LOOKED)
    assert [str(told[3]) for _, told in found] == ["people: 3 -> x.csv", "俞闻笛: Phone"]
    assert [str(line[3]) for line in safety.details(desk.store, desk.store.writer, found[1][0].id)] == ["送生日花"]
    assert set(safety.LOOKS) <= {words for path in CODE.rglob("*.py") for words in re.findall(r'Text\("([^"]+)"\)', path.read_text("utf-8"))}
