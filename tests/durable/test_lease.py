"""A worker's name belongs to one living process: the server knows which, and whether it is alive."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from orchestrator.durable import lease as leases
from orchestrator.durable.lease import Lease, connect_while_alive, vacant
from orchestrator.errors import Unwritable, UsageError
from orchestrator.storage.postgres_link import Connection
from orchestrator.storage.postgres_place import PostgresPlace, place_of

pytestmark = pytest.mark.slow

ANNA = "host/anna"


def is_free(place: PostgresPlace, name: str) -> bool:
    """Return whether nobody holds a name."""
    with connect_while_alive(place) as connection, vacant(connection, place, name) as free:
        return free


def test_a_name_is_held_until_it_is_released(place: PostgresPlace) -> None:
    """While a lease is kept nobody else has the name, for longer than its holder may be silent."""
    lease = Lease(place, ANNA, seconds=1.0)
    lease.take()
    time.sleep(2.0)
    assert (is_free(place, ANNA), is_free(place, "host/ben")) == (False, True)
    lease.release()
    assert is_free(place, ANNA)


def test_each_journal_has_names_of_its_own(place: PostgresPlace) -> None:
    """A worker on another journal of the same database may be called the same, and does not make a dead one seem alive."""
    lease = Lease(place, ANNA)
    lease.take()
    other = replace(place, schema=f"{place.schema}_other")
    assert (is_free(place, ANNA), is_free(other, ANNA)) == (False, True)
    lease.release()


def test_a_second_holder_is_refused(place: PostgresPlace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever finds a name held by a living process is told so."""
    monkeypatch.setattr(leases, "_PATIENCE", 1)
    first = Lease(place, ANNA)
    first.take()
    with pytest.raises(UsageError, match=f"a living worker has the name '{ANNA}'"):
        Lease(place, ANNA).take()
    first.release()


def test_a_silent_holder_loses_its_name(place: PostgresPlace) -> None:
    """The server ends a connection that says nothing for the time of its lease, and with it the hold."""
    silent = connect_while_alive(place, 1.0)
    silent.execute("SELECT pg_advisory_lock(%s)", (leases._key(place, ANNA),))  # pyright: ignore[reportPrivateUsage]
    assert not is_free(place, ANNA)
    time.sleep(1.8)
    assert is_free(place, ANNA)
    silent.close()


def test_who_was_away_takes_the_name_again_or_hears_that_it_is_lost(
    place: PostgresPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A broken connection is made anew; where somebody else lives under the name by then, the holder is told once."""
    monkeypatch.setattr(leases, "_PATIENCE", 1)
    lost = threading.Event()
    lease = Lease(place, ANNA, seconds=1.5, lost=lost.set)
    lease.take()
    broken = _break(lease)
    _until(lambda: lease._connection not in {broken, None})  # pyright: ignore[reportPrivateUsage]
    assert (is_free(place, ANNA), lost.is_set()) == (False, False)
    with connect_while_alive(place) as other:
        _until(lambda: _takes_over(other, place, lease, lost))
    lease.release()


def test_a_server_that_is_not_there_is_told_of() -> None:
    """Without a server there is no name to hold."""
    with pytest.raises(Unwritable, match="the server refuses the connection"):
        Lease(place_of("postgresql://127.0.0.1:1/none?connect_timeout=2"), "host/anna").take()


def _break(lease: Lease) -> Connection | None:
    connection = lease._connection  # pyright: ignore[reportPrivateUsage]
    if connection is not None:
        connection.close()
    return connection


def _takes_over(other: Connection, place: PostgresPlace, lease: Lease, lost: threading.Event) -> bool:
    _break(lease)
    with vacant(other, place, ANNA) as taken:
        return taken and lost.wait(20)


def _until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)
