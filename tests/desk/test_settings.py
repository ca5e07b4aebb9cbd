"""Settings of this PC and of the hotel."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.desk import settings as declared
from crm_desktop.desk.desk import Desk
from crm_desktop.desk.settings import (
    BROKEN,
    COLUMNS,
    DECLARED,
    FILE,
    HOTEL_NAME,
    LANGUAGE,
    LOOK,
    NIGHT_AUDIT,
    PAGE,
    RAIL_NARROW,
    RECENT_COMMANDS,
    Setting,
    Settings,
    keep_with_data,
    preferred_language,
    told_change,
)  # fmt: skip
from crm_desktop.duties import RECORDS
from crm_desktop.record import dates
from crm_desktop.record.text import Text
from crm_desktop.store.folders import data_folder, settings_folder
from crm_desktop.store.store import Store

CODE = Path(__file__).resolve().parents[2] / "crm_desktop"
ANYTHING = st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), lambda each: st.lists(each) | st.dictionaries(st.text(), each))


def file() -> Path:
    return settings_folder() / FILE


def written(content: bytes) -> None:
    settings_folder().mkdir(parents=True, exist_ok=True)
    file().write_bytes(content)


def test_a_choice_is_kept() -> None:
    settings = Settings()
    settings.set(LANGUAGE, "zh_CN")
    settings.set(RAIL_NARROW, True)
    settings.set(RECENT_COMMANDS, ["Undo", "Redo"])
    settings.set(COLUMNS.of("stay"), "arrival,rate")
    again = Settings()
    assert (again.get(LANGUAGE), again.get(RAIL_NARROW), again.get(RECENT_COMMANDS)) == ("zh_CN", True, ["Undo", "Redo"])
    assert (again.get(COLUMNS.of("stay")), again.get(COLUMNS.of("account")), again.get(PAGE)) == ("arrival,rate", "", "")


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"rail_narrow": "yes", "theme": "green", "language": 7}', b"7"])
def test_a_broken_file_means_the_defaults_and_is_not_lost(content: bytes) -> None:
    written(content)
    settings = Settings()
    assert (settings.get(RAIL_NARROW), settings.get(LOOK), settings.get(LANGUAGE)) == (False, "light", "")
    settings.set(PAGE, "stays")
    assert Settings().get(PAGE) == "stays"
    aside = settings_folder() / BROKEN
    kept = aside.read_bytes() if aside.exists() else file().read_bytes()
    assert content in kept or json.loads(kept).items() >= json.loads(content).items()


def test_what_a_newer_program_or_another_window_wrote_stays() -> None:
    settings = Settings()
    settings.set(LOOK, "dark")
    written(json.dumps({"theme": "dark", "of a newer program": {"a": 1}, "page": "stays"}).encode())
    settings.set(RAIL_NARROW, True)
    assert json.loads(file().read_text()) == {"theme": "dark", "of a newer program": {"a": 1}, "page": "stays", "rail_narrow": True}


@given(ANYTHING)
def test_any_value_in_the_file_gives_one_that_is_allowed(value: Any) -> None:
    for setting in DECLARED:
        assert setting.allows(setting.read(value))


@pytest.mark.parametrize(
    ("setting", "value"), [(LOOK, "green"), (RAIL_NARROW, 1), (RECENT_COMMANDS, [1]), (NIGHT_AUDIT, 13), (NIGHT_AUDIT, 5), (HOTEL_NAME, "here")]
)
def test_what_a_setting_may_not_be_or_not_here_is_a_mistake(setting: Setting[Any], value: Any) -> None:
    with pytest.raises(ValueError, match=setting.name):
        Settings().set(setting, value)
    assert not file().exists()


def test_a_list_given_out_is_not_the_one_kept() -> None:
    settings = Settings()
    settings.get(RECENT_COMMANDS).append("Undo")
    assert settings.get(RECENT_COMMANDS) == RECENT_COMMANDS.default == []


def test_a_folder_that_cannot_be_written_loses_the_choice_not_the_work() -> None:
    settings_folder().parent.mkdir(parents=True)
    settings_folder().write_text("a file in its place")
    settings = Settings()
    settings.set(LOOK, "dark")
    assert settings.get(LOOK) == "dark"
    assert Settings().get(LOOK) == "light"


# with the data


def test_the_hotels_own_settings_lie_with_its_data(store: Store, desk: Desk) -> None:
    keep_with_data(desk, HOTEL_NAME, "云栖湖酒店")
    keep_with_data(desk, NIGHT_AUDIT, 4)
    settings = Settings()
    settings.learn(store.kept)
    assert (settings.get(HOTEL_NAME), settings.get(NIGHT_AUDIT), dates.audit_hour()) == ("云栖湖酒店", 4, 4)
    dates.set_audit_hour(None)
    with Store(store.address, RECORDS) as again:
        assert dates.audit_hour() == 4  # whoever opens the data has its hour
        settings.learn(again.kept)
    assert (settings.get(HOTEL_NAME), settings.get(NIGHT_AUDIT)) == ("云栖湖酒店", 4)
    assert not file().exists()
    actions = store.writer.execute("select who, action, source from change order by id").fetchall()
    assert actions[1] == ("Li Na", "Setting changed", "night_audit_hour: 4")
    assert str(told_change("night_audit_hour: 4")) == "Night audit: a new business day begins at: 4"
    assert told_change("of a newer program: 4") == "of a newer program: 4"


def test_other_data_brings_its_own_settings(store: Store, desk: Desk, tmp_path: Path) -> None:
    keep_with_data(desk, HOTEL_NAME, "云栖湖酒店")
    keep_with_data(desk, NIGHT_AUDIT, 4)
    settings = Settings()
    settings.learn(store.kept)
    with Store(tmp_path / "other.db", RECORDS, create=True) as other:
        settings.learn(other.kept)
        assert (settings.get(HOTEL_NAME), settings.get(NIGHT_AUDIT), dates.audit_hour()) == ("", 6, 6)


@pytest.mark.parametrize("words", ["", "13", "-1", "true", '"4"', "4.0", "{", "4" * 5000])
def test_nonsense_with_the_data_means_the_default(store: Store, words: str) -> None:
    store.set_setting(NIGHT_AUDIT.name, words)
    settings = Settings()
    settings.learn(store.kept)
    with Store(store.address, RECORDS):
        assert (settings.get(NIGHT_AUDIT), dates.audit_hour()) == (6, 6)


@pytest.mark.parametrize(("setting", "value"), [(NIGHT_AUDIT, 24), (HOTEL_NAME, 7), (LOOK, "dark")])
def test_nonsense_never_gets_into_the_data(store: Store, desk: Desk, setting: Setting[Any], value: Any) -> None:
    with pytest.raises(ValueError, match=setting.name):
        keep_with_data(desk, setting, value)
    assert store.writer.execute("select count(*) from change").fetchone() == (0,)
    assert store.kept == {}


# the declarations


def test_every_setting_is_declared_once_and_allows_its_default() -> None:
    made = [value for value in vars(declared).values() if isinstance(value, Setting)]
    assert {setting.name for setting in made} == {setting.name for setting in DECLARED}
    assert len({setting.name for setting in DECLARED}) == len(DECLARED)
    for setting in DECLARED:
        assert setting.allows(setting.default), setting.name
        assert isinstance(setting.words, Text)


def _undeclared(tree: ast.AST) -> list[str]:
    """Settings asked for by a key that is written out, and settings declared somewhere else."""
    found = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name) and node.func.id == "Setting":
            found.append(ast.unparse(node))
        elif isinstance(node.func, ast.Attribute) and node.func.attr in ("get", "set") and ast.unparse(node.func.value).split(".")[-1] == "settings":
            key = node.args[0] if node.args else None
            if not isinstance(key, ast.Name | ast.Attribute | ast.Call):
                found.append(ast.unparse(node))
    return found


def test_no_key_is_used_that_is_not_declared() -> None:
    """A new setting belongs into the table of desk/settings.py."""
    found = {path.name: _undeclared(ast.parse(path.read_text("utf-8"))) for path in CODE.rglob("*.py") if path.name != "settings.py"}
    assert not {name: calls for name, calls in found.items() if calls}
    assert _undeclared(ast.parse('self._window.settings.get("columns")')) == ["self._window.settings.get('columns')"]
    assert len(_undeclared(ast.parse('settings.set(f"columns.{key}", 1); Setting("a", 1)'))) == 2


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh_CN"), ({"LANG": "zh_TW"}, "zh_CN"), ({"LANG": "de_DE.UTF-8"}, "en"), ({"LANG": "C"}, "en"),
        ({"LC_ALL": "en_US.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"), ({"LC_MESSAGES": "zh_CN.UTF-8", "LANG": "en_US.UTF-8"}, "zh_CN"),
        ({"LANG": "", "LANGUAGE": "zh_CN:en"}, "zh_CN"),
    ],
)  # fmt: skip
def test_the_language_of_this_pc(variables: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert preferred_language() == language


def test_folders_can_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRM_DESKTOP_DATA", str(tmp_path / "d"))
    assert data_folder() == tmp_path / "d"
    monkeypatch.delenv("CRM_DESKTOP_DATA")
    assert data_folder().name == "crm-desktop"
    monkeypatch.delenv("CRM_DESKTOP_SETTINGS")
    assert settings_folder().name == "crm-desktop"
    assert settings_folder() != data_folder()
