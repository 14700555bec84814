"""Crews of workers, each on a journal of its own."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest

from orchestrator.storage.postgres_place import PostgresPlace
from tests.durable.processes import Crew
from tests.postgres import Server, own_server

__all__: list[str] = []


@pytest.fixture
def place(postgres: PostgresPlace, postgres_server: Server) -> Generator[PostgresPlace]:
    """Return an empty place in Postgres; what a queue keeps beside it is removed with it."""
    yield postgres
    postgres_server.run(f'DROP SCHEMA IF EXISTS "{postgres.schema}_bursts" CASCADE')


@pytest.fixture
def crew(place: PostgresPlace, postgres_server: Server, tmp_path: Path) -> Generator[Crew]:
    """Return a crew without a worker yet."""
    hired = Crew(place, postgres_server, tmp_path)
    yield hired
    hired.dismiss()


@pytest.fixture
def lonely_crew(tmp_path: Path) -> Generator[Crew]:
    """Return a crew on a server of its own, which may be stopped."""
    with own_server(tmp_path / "postgres") as server:
        hired = Crew(server.place("handfast", patience="60"), server, tmp_path)
        yield hired
        hired.dismiss()
