"""No unsafe place: disks of other computers are refused, cloud folders refused or warned of, one window for each database."""

from __future__ import annotations

from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

import pytest

from crm_desktop import app
from crm_desktop.desk.settings import Settings
from crm_desktop.duties import RECORDS
from crm_desktop.record.text import Refused
from crm_desktop.store import unsafe_places
from crm_desktop.store.store import Store
from crm_desktop.ui import place_strip, single

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
MOUNTS = """/dev/sda1 / ext4 rw 0 0
tmpfs /tmp tmpfs rw 0 0
server:/home /home/li nfs4 rw 0 0
/dev/sdb1 /home/li/usb\\040stick vfat rw 0 0
//nas/sales /mnt/sales cifs rw 0 0
me@host: /home/wang/far fuse.sshfs rw 0 0
C:\\134 /mnt/c 9p rw 0 0
share /mnt/guest vboxsf rw 0 0
bucket: /mnt/own fuse.newfs rw 0 0
/dev/fuse /mnt/packed fuse.squashfuse ro 0 0"""


@pytest.mark.parametrize(
    ("path", "far"),
    [
        ("/home/li/crm.db", True), ("/home/li/usb stick/crm.db", False), ("/mnt/sales/a/b/crm.db", True), ("/home/wang/crm.db", False),
        ("/home/wang/far/crm.db", True), ("/tmp/crm.db", False), ("/mnt/sales2/crm.db", False), ("/crm.db", False),
        ("/mnt/c/Users/li/crm.db", True), ("/mnt/guest/crm.db", True), ("/mnt/own/crm.db", True), ("/mnt/packed/crm.db", False),
    ],
)  # fmt: skip
def test_disks_of_other_computers_are_known_by_their_mounts(path: str, far: bool) -> None:
    assert unsafe_places.other_computer(PurePosixPath(path), MOUNTS) == far


@pytest.mark.parametrize(("path", "far"), [
    (r"\\nas\sales\crm.db", True), (r"\\192.168.1.20\c$\crm.db", True), (r"\\?\UNC\nas\sales\crm.db", True), (r"\\?\unc\nas\crm.db", True), (r"//nas/sales/crm.db", True),
    (r"\\wsl$\Debian\crm.db", True), (r"C:\Users\li\crm.db", False), (r"\\?\C:\crm.db", False),
])  # fmt: skip
def test_shares_of_windows_are_known_by_their_names(path: str, far: bool) -> None:
    assert unsafe_places.other_computer(PureWindowsPath(path)) == far


@pytest.mark.parametrize(
    ("path", "cloud"),
    [
        ("/home/li/OneDrive - 澜棠酒店/crm.db", "OneDrive"), ("/home/li/OneDrive/a/crm.db", "OneDrive"), ("/home/li/我的坚果云/crm.db", "坚果云"),
        ("/home/li/BaiduSyncdisk/crm.db", "百度网盘"), ("/home/li/百度网盘/客户/crm.db", "百度网盘"), ("/home/li/Dropbox (Personal)/crm.db", "Dropbox"),
        ("/home/li/百度网盘同步空间/crm.db", "百度网盘"), ("D:/BaiduNetdiskWorkspace/crm.db", "百度网盘"), ("/home/li/iCloudDrive/crm.db", "iCloud"), ("D:/WPS云盘/销售/crm.db", "WPS 云盘"),
        ("C:/Users/li/WPSDrive/1234/crm.db", "WPS 云盘"), ("D:/金山云盘/crm.db", "金山云盘"), ("D:/企业微信微盘/销售部/crm.db", "企业微信微盘"), ("D:/WeDrive/crm.db", "企业微信微盘"),
        ("D:/钉钉盘/crm.db", "钉钉钉盘"), ("D:/钉盘文件/crm.db", "钉钉钉盘"), ("D:/飞书云盘/crm.db", "飞书云盘"), ("D:/天翼云盘/crm.db", "天翼云盘"), ("D:/阿里云盘同步/crm.db", "阿里云盘"),
        ("/Users/li/Library/CloudStorage/OneDrive-澜棠/crm.db", "OneDrive"), ("/Users/li/Library/Mobile Documents/com~apple~CloudDocs/crm.db", "iCloud"),
        ("/home/li/Dropboxes/crm.db", ""), ("/home/li/盘点/crm.db", ""), ("/home/li/Mega Hotel/crm.db", ""), ("/home/li/Documents/crm.db", ""), ("/home/li/Documents/OneDrive", ""),
    ],
)  # fmt: skip
def test_cloud_folders_are_known_by_their_names(path: str, cloud: str) -> None:
    assert unsafe_places.cloud(PurePosixPath(path)) == cloud


@pytest.mark.parametrize(("left", "cloud"), [(".dropbox", "Dropbox"), (".stfolder", "Syncthing"), (".SynologyWorkingDirectory", "Synology Drive"), (".bashrc", "")])
def test_a_cloud_folder_with_a_name_of_its_own_is_known_by_what_lies_in_it(tmp_path: Path, left: str, cloud: str) -> None:
    (tmp_path / "销售部").mkdir()
    (tmp_path / left).mkdir()
    assert unsafe_places.cloud_here(tmp_path / "销售部" / "crm.db") == cloud


def test_a_link_and_what_windows_says_are_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "data").symlink_to(tmp_path / "Dropbox")
    assert unsafe_places.cloud_here(tmp_path / "data" / "crm.db") == "Dropbox"
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path / "公司文件"))
    assert unsafe_places.cloud_here(tmp_path / "公司文件" / "销售" / "crm.db") == "OneDrive"
    assert unsafe_places.cloud_here(tmp_path / "own" / "crm.db") == ""


def test_no_database_is_made_in_a_cloud_folder(tmp_path: Path) -> None:
    place = tmp_path / "坚果云"
    with pytest.raises(Refused, match="坚果云"):
        Store(place / "crm.db", RECORDS, create=True)
    assert not place.exists()


def test_no_database_is_opened_on_another_computer(address: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = address.read_bytes()
    monkeypatch.setattr(unsafe_places, "_here", lambda path: True)
    with pytest.raises(Refused, match="disk of another computer"):
        Store(address, RECORDS)
    assert address.read_bytes() == content


def test_the_window_warns_in_a_cloud_folder_and_is_raised_by_the_second(address: Path, store: Store, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    store.close()
    program = app.Program(address, Settings())
    program.window.show()
    assert program.window.strips.strip(place_strip.KEY) is None
    monkeypatch.setattr(unsafe_places, "cloud_here", lambda path: "Dropbox")
    place_strip.show(program.window)
    strip = program.window.strips.strip(place_strip.KEY)
    assert strip is not None
    assert "Dropbox" in strip.words.text()
    assert not single.raised(address)  # in use, but nobody listens yet
    single.listen(program)
    program.window.showMinimized()
    assert single.raised(address)
    qtbot.waitUntil(lambda: not program.window.isMinimized(), timeout=10_000)
    program.window.close()
    program.close()
    assert not single.raised(address)  # nobody has it open
