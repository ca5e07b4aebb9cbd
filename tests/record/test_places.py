"""The program's own files are found by one function, in a frozen build too."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

from crm_desktop.record.places import resource, root

CODE = Path(__file__).resolve().parents[2] / "crm_desktop"
WAYS = {"__file__", "_MEIPASS", "frozen", "importlib.resources", "pkgutil", "pkg_resources"}  # of finding a file of one's own


def test_in_a_checkout_they_lie_beside_the_program() -> None:
    assert root() == CODE.parent
    assert resource("style.qss").is_file()
    assert resource("icons", "x.svg") == CODE.parent / "resources" / "icons" / "x.svg"


def test_a_frozen_build_that_unpacks_itself(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert resource("style.qss") == tmp_path / "resources" / "style.qss"


def test_a_frozen_build_that_is_a_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "crm-desktop.exe"))
    assert resource("style.qss") == tmp_path / "resources" / "style.qss"


def _ways(tree: ast.AST) -> set[str]:
    """How a module finds a file beside itself."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.Attribute):
            found.add(node.attr)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.add(node.value)
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {str(node.module), *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found & WAYS


def test_no_other_module_finds_files_beside_itself() -> None:
    found = {path.relative_to(CODE).as_posix(): ways for path in CODE.rglob("*.py") if (ways := _ways(ast.parse(path.read_text("utf-8"))))}
    assert found == {"record/places.py": {"__file__", "_MEIPASS", "frozen"}}
    for words in ("Path(__file__).parent", "from importlib import resources", "import pkgutil", "getattr(sys, 'frozen')"):
        assert _ways(ast.parse(words)), words
