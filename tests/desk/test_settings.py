"""Settings of this PC."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_desktop.desk.settings import FILE, Settings, preferred_language
from crm_desktop.store.folders import data_folder, settings_folder


def test_a_choice_is_kept() -> None:
    settings = Settings()
    settings.set("language", "zh_CN")
    settings.set("dark", True)
    settings.set("width", 1366)
    again = Settings()
    assert (again.get("language", "en"), again.get("dark", False), again.get("width", 0)) == ("zh_CN", True, 1366)
    assert again.get("missing", "default") == "default"


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"dark": "yes", "width": true}', b"7"])
def test_a_broken_file_means_the_defaults(content: bytes) -> None:
    settings_folder().mkdir(parents=True)
    (settings_folder() / FILE).write_bytes(content)
    settings = Settings()
    assert (settings.get("dark", False), settings.get("width", 5), settings.get("language", "en")) == (False, 5, "en")
    settings.set("language", "zh_CN")
    assert Settings().get("language", "en") == "zh_CN"


def test_a_folder_that_cannot_be_written_loses_the_choice_not_the_work() -> None:
    settings_folder().parent.mkdir(parents=True)
    settings_folder().write_text("a file in its place")
    settings = Settings()
    settings.set("dark", True)
    assert settings.get("dark", False) is True
    assert Settings().get("dark", False) is False


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
