"""What a screen reader is told of the window, a list and a form, over AT-SPI on a real X display. Skipped where there is none."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.samples import REPOSITORY

SYSTEM = "/usr/bin/python3"  # the bindings come with the system, not with the program
NEEDS = ("xvfb-run", "dbus-run-session", "xauth")


def _why_not() -> str:
    if missing := [name for name in NEEDS if shutil.which(name) is None]:
        return f"not installed: {', '.join(missing)}"
    if not Path("/usr/libexec/at-spi-bus-launcher").exists():
        return "not installed: at-spi2-core"
    asked = subprocess.run([SYSTEM, "-c", "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"], capture_output=True, check=False)
    return "" if asked.returncode == 0 else "not installed: python3-gi and gir1.2-atspi-2.0"


@pytest.mark.long
@pytest.mark.skipif(sys.platform != "linux", reason="AT-SPI is what Linux has")
@pytest.mark.parametrize(
    ("language", "people", "name", "required", "role"), [("en", "Guests and contacts", "Name: ", "Required", "Role"), ("zh_CN", "客人与联系人", "名称: ", "必填", "角色")],
)  # fmt: skip
def test_window_list_and_form_are_read_out(language: str, people: str, name: str, required: str, role: str) -> None:
    if why := _why_not():
        pytest.skip(why)
    done = subprocess.run(
        ["xvfb-run", "-a", "-s", "-screen 0 1366x768x24", "dbus-run-session", "--", sys.executable, "-m", "tests.ui.reader_child", language, SYSTEM],
        cwd=REPOSITORY, env=os.environ | {"QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "NO_AT_BRIDGE": "0"},
        capture_output=True, text=True, check=False, timeout=240,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "{" in done.stdout, done.stderr
    told = json.loads(done.stdout.partition("heard ")[2])
    assert told["rows"][1] == int(told["figure"].replace("：", ":").split(":")[1])  # pressed by the reader, it shows its rows
    assert all(cell.count("2026-1") for cell in told["rows"][2][:2])  # each cell says its column and its value
    assert told["people"][2][0].startswith(name)
    assert told["here"] == [people]
    assert told["fields"][role][0] == "combo box"
    assert required in [besides for _, besides in told["fields"].values()]
    assert told["nameless"] == []
    assert len(told["spoken"]) == 1
