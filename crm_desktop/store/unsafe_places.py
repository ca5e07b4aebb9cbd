"""Places where a database is not safe: disks of other computers, and folders that a cloud program copies behind its back."""

from __future__ import annotations

import os
import re
from pathlib import Path, PurePath

from crm_desktop.record.text import Refused, Text

NETWORK = frozenset(
    (
        "nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afs", "afpfs", "ncpfs", "9p", "drvfs", "ceph", "glusterfs", "lustre", "beegfs", "gpfs", "davfs",
        "vboxsf", "prl_fs", "fuse.sshfs", "fuse.rclone", "fuse.davfs2", "fuse.glusterfs", "fuse.gvfsd-fuse", "fuse.vmhgfs-fuse", "fuse.smbnetfs",
        "fuse.s3fs", "fuse.seadrive", "fuse.juicefs", "fuse.curlftpfs", "fuse.ceph-fuse", "fuse.google-drive-ocamlfuse", "fuse.onedriver", "fuse.mfs",
    )
)  # fmt: skip
CLOUDS = {
    "onedrive": "OneDrive", "dropbox": "Dropbox", "google drive": "Google Drive", "googledrive": "Google Drive", "icloud": "iCloud", "iclouddrive": "iCloud",
    "icloud drive": "iCloud", "mobile documents": "iCloud", "nutstore": "坚果云", "nutstore files": "坚果云", "坚果云": "坚果云",
    "baidunetdisk": "百度网盘", "baidunetdiskdownload": "百度网盘", "baidunetdiskworkspace": "百度网盘", "baidusyncdisk": "百度网盘", "baiduyun": "百度网盘", "百度网盘": "百度网盘",
    "百度云": "百度网盘", "aliyundrive": "阿里云盘", "alidrive": "阿里云盘", "阿里云盘": "阿里云盘", "weiyun": "腾讯微云", "腾讯微云": "腾讯微云", "微云同步": "腾讯微云",
    "wpsdrive": "WPS 云盘", "wps云盘": "WPS 云盘", "wps 云盘": "WPS 云盘", "wps网盘": "WPS 云盘", "wps cloud files": "WPS 云盘", "kingsoftcloud": "金山云盘", "kuaipan": "金山云盘",
    "金山云盘": "金山云盘", "金山快盘": "金山云盘", "wedrive": "企业微信微盘", "微盘": "企业微信微盘", "dingdrive": "钉钉钉盘", "dingpan": "钉钉钉盘", "钉盘": "钉钉钉盘", "钉钉盘": "钉钉钉盘",
    "feishu drive": "飞书云盘", "larkdrive": "飞书云盘", "飞书云盘": "飞书云盘", "飞书云空间": "飞书云盘", "天翼云盘": "天翼云盘", "ecloud": "天翼云盘", "和彩云": "中国移动云盘",
    "移动云盘": "中国移动云盘", "夸克网盘": "夸克网盘", "quarkdrive": "夸克网盘", "115网盘": "115", "115浏览器": "115", "云盘同步": "云盘", "同步空间": "云盘", "同步盘": "云盘",
    "synologydrive": "Synology Drive", "synology drive": "Synology Drive", "nextcloud": "Nextcloud", "owncloud": "ownCloud", "seafile": "Seafile", "seadrive": "Seafile",
    "syncthing": "Syncthing", "megasync": "MEGA", "pcloud": "pCloud", "pcloud drive": "pCloud", "box sync": "Box",
}  # fmt: skip
TRACES = {  # what a cloud program leaves in the folder it copies, whatever that is called
    ".dropbox": "Dropbox", ".dropbox.cache": "Dropbox", ".stfolder": "Syncthing", ".SynologyWorkingDirectory": "Synology Drive", ".owncloudsync.log": "ownCloud",
    ".nextcloudsync.log": "Nextcloud", ".megaignore": "MEGA", ".nutstore": "坚果云",
}  # fmt: skip
SAYS = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")  # of Windows' environment: where that folder lies
REMOTE_DRIVE = 4  # of GetDriveTypeW


def cloud(path: PurePath) -> str:
    """The cloud program whose folder this path lies in, by its name; '' for none. `OneDrive - 澜棠酒店` is OneDrive's,
    `我的坚果云` and `百度网盘同步空间` those of their programs, `Dropboxes` nobody's."""
    for part in path.parts[:-1]:
        words = part.casefold()
        for name in sorted(CLOUDS, key=len, reverse=True):
            if words == name or (name in words if not name.isascii() else words.startswith(name) and not words[len(name)].isalnum()):
                return CLOUDS[name]
    return ""


def cloud_here(path: Path) -> str:
    """`cloud` for this PC: also by where a link leads, what Windows says of OneDrive, and what such a program leaves."""
    for full in dict.fromkeys((path.absolute(), path.resolve())):
        folders = set(full.parents)
        if name := cloud(full):
            return name
        if any(os.environ.get(each) and Path(os.environ[each]) in folders for each in SAYS):
            return "OneDrive"
        if left := next((TRACES[each] for folder in folders for each in TRACES if os.path.lexists(folder / each)), ""):
            return left
    return ""


def other_computer(path: PurePath, mounts: str = "") -> bool:
    """True for a path on a disk of another computer, by its name or by the list of mounts (`/proc/mounts`)."""
    name = str(path).replace("/", "\\").upper()
    if name.startswith("\\\\") and (name[2:3] not in "?." or name.startswith(("\\\\?\\UNC\\", "\\\\.\\UNC\\"))):
        return True
    found, source, kind = "", "", ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        at = _unescaped(fields[1]) if len(fields) > 2 else ""
        if at and PurePath(at) in (path, *path.parents) and len(at) >= len(found):
            found, source, kind = at, fields[0], fields[2]
    return kind in NETWORK or (kind.startswith("fuse.") and (":" in source or source.startswith("//")))


def _unescaped(words: str) -> str:
    """A folder as the list of mounts writes it: a blank is \\040."""
    return re.sub(r"\\([0-7]{3})", lambda one: chr(int(one[1], 8)), words)


def _here(path: Path) -> bool:
    """`other_computer` for this PC."""
    return any(_is_far(full) for full in dict.fromkeys((path.absolute(), path.resolve())))


def _is_far(full: Path) -> bool:
    if os.name == "nt":
        import ctypes

        return other_computer(full) or bool(ctypes.windll.kernel32.GetDriveTypeW(full.anchor) == REMOTE_DRIVE)  # type: ignore[attr-defined]
    try:
        mounts = Path("/proc/mounts").read_text("utf-8", "replace")
    except OSError:
        mounts = ""
    return other_computer(full, mounts)


def refuse(path: Path, *, new: bool) -> None:
    """Raise Refused for a disk of another computer, and for a new database in a folder of a cloud program."""
    if _here(path):
        raise Refused(
            Text("{file} lies on a disk of another computer: a database there gets damaged. Put it on a disk of this PC; a whole department uses a server.", file=path)
        )
    if new and (name := cloud_here(path)):
        raise Refused(
            Text("{file} would lie in a folder of {cloud}, which copies files while they are written: a database there gets damaged. Choose another folder.", file=path, cloud=name)
        )
