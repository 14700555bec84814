"""Fixtures of the end-to-end tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.command import Folder


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Return an empty working directory."""
    return Folder(tmp_path)
