"""Places where a database is not safe: disks of other computers, and folders that a cloud program copies behind its back."""

from __future__ import annotations

import os
from pathlib import Path, PurePath

from crm_desktop.record.text import Refused, Text

NETWORK = frozenset(
    (
        "nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ncpfs", "9p", "ceph", "glusterfs", "davfs", "vboxsf", "prl_fs",
        "fuse.sshfs", "fuse.rclone", "fuse.davfs2", "fuse.glusterfs", "fuse.gvfsd-fuse", "fuse.vmhgfs-fuse", "fuse.smbnetfs",
    )
)  # fmt: skip
CLOUDS = {
    "onedrive": "OneDrive", "dropbox": "Dropbox", "google drive": "Google Drive", "googledrive": "Google Drive", "icloud": "iCloud",
    "icloud drive": "iCloud", "mobile documents": "iCloud", "nutstore": "坚果云", "nutstore files": "坚果云", "坚果云": "坚果云",
    "我的坚果云": "坚果云", "baidunetdisk": "百度网盘", "baidunetdiskdownload": "百度网盘", "baidusyncdisk": "百度网盘", "百度网盘": "百度网盘",
    "百度云": "百度网盘", "aliyundrive": "阿里云盘", "阿里云盘": "阿里云盘", "weiyun": "腾讯微云", "腾讯微云": "腾讯微云", "wpsdrive": "WPS 云盘",
    "wps云盘": "WPS 云盘", "wps cloud files": "WPS 云盘", "synologydrive": "Synology Drive", "nextcloud": "Nextcloud", "owncloud": "ownCloud",
}  # fmt: skip
REMOTE_DRIVE = 4  # of GetDriveTypeW


def cloud(path: PurePath) -> str:
    """The cloud program whose folder this path lies in; '' for none. `OneDrive - 澜棠酒店` is OneDrive's, `Dropboxes` nobody's."""
    for part in path.parts[:-1]:
        words = part.casefold()
        for name in sorted(CLOUDS, key=len, reverse=True):
            if words == name or (words.startswith(name) and not words[len(name)].isalnum()):
                return CLOUDS[name]
    return ""


def other_computer(path: PurePath, mounts: str = "") -> bool:
    """True for a path on a disk of another computer, by its name or by the list of mounts (`/proc/mounts`)."""
    if str(path).startswith(("\\\\", "//")) and not str(path).startswith(("\\\\?\\", "\\\\.\\")):
        return True
    found, kind = "", ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        at = fields[1].replace("\\040", " ") if len(fields) > 2 else ""
        if at and PurePath(at) in (path, *path.parents) and len(at) >= len(found):
            found, kind = at, fields[2]
    return kind in NETWORK


def _here(path: Path) -> bool:
    """`other_computer` for this PC."""
    full = path.absolute()
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
    if new and (name := cloud(path.absolute())):
        raise Refused(
            Text("{file} would lie in a folder of {cloud}, which copies files while they are written: a database there gets damaged. Choose another folder.", file=path, cloud=name)
        )
