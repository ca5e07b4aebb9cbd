"""What the program is made of: its version, its parts and their licences, read from what is really installed."""

from __future__ import annotations

import platform
import re
import sys
from collections.abc import Iterator, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

from crm_desktop import VERSION
from crm_desktop.desk.program_log import FILE
from crm_desktop.record.places import resource, root
from crm_desktop.record.text import Text
from crm_desktop.store import database
from crm_desktop.store.folders import settings_folder, state_folder

NEEDS = ("pyside6-essentials", "sqlite-utils", "sqlcipher3", "pypinyin", "platformdirs", "cnlunar", "cryptography", "argon2-cffi", "keyring", "psycopg", "phonenumbers", "typst", "python-calamine", "icalendar", "XlsxWriter", "pypdfium2")  # as in pyproject.toml
KNOWN = {"LGPL": "LGPL-3.0.txt", "Apache": "Apache-2.0.txt", "GPL": "GPL-3.0.txt"}  # texts that come with the program
SIGNS = (
    ("MIT", "permission is hereby granted, free of charge"), ("Apache-2.0", "apache license"), ("zlib", "provided 'as-is'"),
    ("BSD-3-Clause", "neither the name"), ("BSD", "redistribution and use"), ("ISC", "permission to use, copy, modify"),
)  # fmt: skip
LONGEST_NAME = 60
_REQUIRED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


class Part:
    """Something the program is made of, its licence and, where it is there, the text of that."""

    def __init__(self, name: str, version: str, licence: str, text: str) -> None:
        self.name, self.version, self.licence, self.text = name, version, licence, text


def parts() -> list[Part]:
    """This program, what comes within other packages, and every installed package it needs, by name."""
    sqlite, cipher, crypto = database.engine_versions()
    within = [
        Part("CRM", VERSION, "MIT", _read(root() / "LICENSE")),
        Part("Python", platform.python_version(), "PSF-2.0", _python_licence()),
        Part("SQLite", sqlite, "Public domain", "https://sqlite.org/copyright.html"),
        Part("SQLCipher", cipher, "BSD-3-Clause", _read(resource("licences", "SQLCipher.txt"))),
        Part("OpenSSL", crypto, "Apache-2.0", _read(resource("licences", "Apache-2.0.txt"))),
        Part("OpenCC data", "1.4.2", "Apache-2.0", _read(resource("licences", "Apache-2.0.txt"))),
        Part("Lucide", "", "ISC", _read(resource("icons", "LICENSE"))),
    ]
    return within + sorted(map(_part, needed(NEEDS)), key=lambda part: part.name.lower())


def needed(names: Sequence[str]) -> list[metadata.Distribution]:
    """The installed packages of these names and all that they need in turn."""
    found: dict[str, metadata.Distribution] = {}
    waiting = list(names)
    while waiting:
        name = _plain(waiting.pop())
        if name in found:
            continue
        try:
            found[name] = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue  # needed elsewhere only (another system, another Python), or part of a frozen build
        waiting += _requires(found[name])
    return list(found.values())


def _requires(package: metadata.Distribution) -> Iterator[str]:
    for line in package.requires or ():
        words, _, marker = line.partition(";")
        if "extra" not in marker and (name := _REQUIRED.match(words.strip())):
            yield name[0]


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _part(package: metadata.Distribution) -> Part:
    text = "\n\n".join(filter(None, (_read(Path(str(package.locate_file(file)))) for file in package.files or () if _is_licence(file.name))))
    licence = licence_name(package.metadata, text)
    text = text or next((_read(resource("licences", file)) for sign, file in KNOWN.items() if sign in licence), "")
    return Part(package.metadata["Name"], package.version, licence, text)


def _is_licence(name: str) -> bool:
    return name.upper().startswith(("LICENSE", "LICENCE", "COPYING", "NOTICE"))


def licence_name(facts: Any, text: str) -> str:
    """What a package calls its licence; where it does not say, what its text is recognised as; else a dash."""
    said = str(facts.get("License-Expression") or facts.get("License") or "").strip().partition("\n")[0].strip()
    if said and len(said) <= LONGEST_NAME:
        return said
    classified = [line.rpartition("::")[2].strip() for line in facts.get_all("Classifier") or () if line.startswith("License ::")]
    if classified:
        return ", ".join(classified)
    plain = " ".join(text.lower().split())
    return next((name for name, sign in SIGNS if sign in plain), "–")


def _python_licence() -> str:
    library = Path(sys.base_prefix) / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}"
    return next(filter(None, map(_read, (library / "LICENSE.txt", Path(sys.base_prefix) / "LICENSE.txt"))), "https://docs.python.org/3/license.html")


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8", errors="replace").strip()
    except OSError:
        return ""


def facts(data: str, qt: str, started_in: float) -> list[tuple[Text, str]]:
    """Versions and places. `started_in`: seconds the start took, 0 when nobody measured."""
    sqlite, cipher, _ = database.engine_versions()
    return [
        (Text("Version"), VERSION),
        (Text("Python, Qt"), f"{platform.python_version()}, {qt}"),
        (Text("SQLite, SQLCipher"), f"{sqlite}, {cipher}"),
        (Text("System"), f"{platform.system()} {platform.release()} {platform.machine()}"),
        (Text("Started in"), f"{started_in:.2f} s" if started_in else "–"),
        (Text("Data file"), data),
        (Text("Settings folder"), str(settings_folder())),
        (Text("Log of the program"), str(state_folder() / FILE)),
    ]


def as_text(told: Sequence[tuple[str, str]], found: Sequence[Part]) -> str:
    """All of it as plain text, for a message to whoever helps."""
    lines = [f"{label}: {value}" for label, value in told]
    return "\n".join([*lines, "", *(" ".join(filter(None, (part.name, part.version, part.licence))) for part in found)])
