"""Fixtures of the command line's tests: desks, empty and full."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.desk import Desk, Kept, desk_at


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """Run one session of each kind, once. Not to be written to."""
    desk = desk_at(tmp_path_factory.mktemp("kept"))
    agreed = desk.do("run", "campaign", "--seed", "7", "--json")
    waiting = desk.do("run", "gated", "--seed", "2", "--json")
    failed = desk.do("run", "campaign", "--model", "scripted:giving-up.json", "--json")
    assert (agreed.code, waiting.code, failed.code) == (0, 5, 3), (agreed, waiting, failed)
    return Kept(desk, agreed.json["session"], waiting.json["session"], failed.json["session"])


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return an empty desk: files to negotiate on, no journal."""
    return desk_at(tmp_path)


@pytest.fixture
def full_desk(desk: Desk, kept: Kept) -> Desk:
    """Return a desk with a copy of the journal that holds a session of each kind."""
    shutil.copy(kept.desk.journal, desk.journal)
    return desk
