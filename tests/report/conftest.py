"""Fixtures of the reports' tests."""

from __future__ import annotations

import pytest

from tests.report.story import Story, told


@pytest.fixture
def story() -> Story:
    """Return a session that has just been opened."""
    return Story()


@pytest.fixture(scope="session")
def agreed() -> Story:
    """Return the whole story, which ends in an agreement. Not to be added to."""
    return told()
