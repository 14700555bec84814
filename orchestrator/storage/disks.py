"""Is this folder on a disk of another machine? As far as the system says: on Linux, by the kind of what is mounted there."""

from __future__ import annotations

import os
import re
from pathlib import Path

__all__ = ["ALLOW_NETWORK", "NETWORK_DISKS", "network_disk"]

ALLOW_NETWORK = "HANDFAST_NETWORK_DISK"
"""Set to 1, a journal on a network disk is opened all the same."""

NETWORK_DISKS = frozenset(
    [
        "9p",
        "acfs",
        "afs",
        "beegfs",
        "ceph",
        "cifs",
        "coda",
        "davfs",
        "gfs2",
        "glusterfs",
        "lustre",
        "ncpfs",
        "nfs",
        "nfs4",
        "ocfs2",
        "orangefs",
        "smb3",
        "smbfs",
        "vboxsf",
        "virtiofs",
        "vmhgfs",
    ]
)
"""Kinds of file systems whose files are on another machine, or that the host shares with a guest."""

_OVER_FUSE = re.compile(r"fuse\.(?!(?:ext\d?|ntfs|ntfs-3g|exfat|zfs|mergerfs|bindfs|fuse-overlayfs|encfs|gocryptfs|cryfs)$).+")
"""Kinds that programs of users provide; all but those that are known to be local may be anywhere."""

_MOUNTS = Path("/proc/self/mountinfo")
_ESCAPED = re.compile(r"\\([0-7]{3})")


def network_disk(folder: Path, mounts: Path = _MOUNTS) -> str:
    """Return the kind of the network disk that a folder is on; empty where it is on none, or that cannot be seen."""
    try:
        lines = mounts.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return ""
    whole = os.fspath(folder)
    kind, longest = "", -1
    for line in lines:
        fields, _, source = line.partition(" - ")
        parts = fields.split(" ")
        if len(parts) < 5:
            continue
        point = _ESCAPED.sub(lambda found: chr(int(found[1], 8)), parts[4])
        if len(point) >= longest and (whole == point or whole.startswith(point.rstrip("/") + "/")):
            kind, longest = source.split(" ")[0], len(point)
    return kind if kind in NETWORK_DISKS or _OVER_FUSE.fullmatch(kind) else ""
