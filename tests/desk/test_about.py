"""What the program is made of is read from what is installed."""

from __future__ import annotations

import tomllib
from email.message import Message

import pytest

from crm_desktop import VERSION
from crm_desktop.desk import about
from crm_desktop.desk.about import NEEDS, Part
from tests.samples import REPOSITORY


def test_it_starts_from_what_the_project_needs() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"]
    assert sorted(NEEDS, key=str.lower) == sorted((line.split(">")[0].split("=")[0].split("[")[0].strip() for line in project["dependencies"]), key=str.lower)


def test_every_part_has_a_version_a_licence_and_its_text() -> None:
    found = {part.name: part for part in about.parts()}
    assert found["CRM"].version == VERSION
    assert {"SQLCipher", "OpenSSL", "Lucide", "PySide6_Essentials", "shiboken6", "sqlite-utils", "click"} <= found.keys()
    for part in found.values():
        assert part.licence not in ("", "–"), part.name
        assert len(part.text) > 20, part.name
        assert part.version or part.name == "Lucide"
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in found["shiboken6"].text
    assert "ZETETIC" in found["SQLCipher"].text


def test_only_licences_that_go_with_ours() -> None:
    free = ("MIT", "BSD", "Apache", "ISC", "MPL", "PSF", "LGPL", "zlib", "OFL", "Public")
    assert [part.name for part in about.parts() if not part.licence.startswith(free)] == []


@pytest.mark.parametrize(
    ("headers", "text", "name"),
    [
        ({"License-Expression": "MIT", "License": "other"}, "", "MIT"),
        ({"License": "MIT License\n\nCopyright (c) 2025"}, "", "MIT License"),
        ({"License": "x" * 61, "Classifier": "License :: OSI Approved :: BSD License"}, "", "BSD License"),
        ({}, "This software is provided 'as-is',\n without any", "zlib"),
        ({}, "Permission is hereby granted,\nfree of charge, to", "MIT"),
        ({}, "", "–"),
    ],
)
def test_the_name_of_a_licence(headers: dict[str, str], text: str, name: str) -> None:
    facts = Message()
    for key, value in headers.items():
        facts[key] = value.replace("\n", "\n ")
    assert about.licence_name(facts, text) == name


def test_a_package_that_is_not_there_is_no_part() -> None:
    assert about.needed(["no-such-package-anywhere"]) == []
    assert {"click", "pluggy"} <= {package.metadata["Name"] for package in about.needed(["SQLite_Utils"])}


def test_it_can_be_copied_as_text() -> None:
    told = [(str(label), value) for label, value in about.facts("/data/crm.db", "6.11.3", 0.834)]
    words = about.as_text(told, [Part("click", "8.5.1", "BSD-3-Clause", "long"), Part("Lucide", "", "ISC", "")])
    assert "Version: " + VERSION in words
    assert "Started in: 0.83 s" in words
    assert "Data file: /data/crm.db" in words
    assert words.splitlines()[-2:] == ["click 8.5.1 BSD-3-Clause", "Lucide ISC"]
    assert "long" not in words
