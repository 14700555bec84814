"""Which folders are on disks of other machines? Those that the list of mounts says are, by the innermost mount."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestrator.errors import Unwritable
from orchestrator.storage import disks, sqlite_file
from orchestrator.storage.disks import network_disk

MOUNTS = """\
27 1 254:0 / / rw,relatime - ext4 /dev/vda rw
30 27 0:30 / /srv rw,relatime shared:1 - nfs4 server:/srv rw
31 30 0:31 / /srv/ada/local rw - ext4 /dev/vdb rw
32 27 0:32 / /mnt/two\\040words rw - fuse.sshfs ada@host:/ rw
33 27 0:33 / /mnt/zfs rw - fuse.zfs pool rw
34 27 0:34 / /shared rw master:1 propagate_from:2 - 9p share rw
broken line
"""


@pytest.fixture
def mounts(tmp_path: Path) -> Path:
    """Return a list of mounts."""
    (tmp_path / "mountinfo").write_text(MOUNTS)
    return tmp_path / "mountinfo"


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/srv", "nfs4"),
        ("/srv/ada", "nfs4"),
        ("/srv/ada/local/x", ""),
        ("/srvs", ""),
        ("/mnt/two words/x", "fuse.sshfs"),
        ("/mnt/zfs", ""),
        ("/shared/x", "9p"),
        ("/", ""),
    ],
)
def test_the_innermost_mount_counts(mounts: Path, folder: str, kind: str) -> None:
    """A folder is on the disk whose mount point is the longest that leads to it."""
    assert network_disk(Path(folder), mounts) == kind


def test_where_there_is_no_list_nothing_is_said(tmp_path: Path) -> None:
    """On systems without a list of mounts no disk is called one of another machine."""
    assert network_disk(tmp_path, tmp_path / "none") == ""


def on_nfs(folder: Path) -> str:
    """Say of every folder that it is on a disk of another machine."""
    return "nfs4" if folder else ""


def test_a_journal_on_such_a_disk_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line says which disk it is and what to do; whoever knows better may open it all the same."""
    monkeypatch.setattr(sqlite_file, "network_disk", on_nfs)
    place = tmp_path / "handfast.db"
    with pytest.raises(Unwritable) as refused:
        sqlite_file.hold(place)
    assert refused.value.message == (
        f"journal {str(place)!r}: it is on a network disk (nfs4), where locks and the log of SQLite may fail"
    )
    assert refused.value.hint == (
        "name another file with --journal, or set HANDFAST_NETWORK_DISK=1 if you know that this one is safe"
    )
    monkeypatch.setenv(disks.ALLOW_NETWORK, "1")
    sqlite_file.hold(place).release()
