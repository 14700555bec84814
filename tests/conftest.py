"""What holds for every test? Own configuration, no keys, no network, and hypothesis profiles."""

from __future__ import annotations

import os
import sys
from collections.abc import Generator
from ipaddress import ip_address
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, Phase, settings

from orchestrator.storage.postgres_place import PostgresPlace
from tests.postgres import Server, shared_server

__all__: list[str] = []

pytest_plugins = ("pytester",)

_KEYS = ("ANTHROPIC_API_KEY", "ANTHROPIC_BASE_URL", "HANDFAST_KEY", "OPENAI_API_KEY", "OPENAI_BASE_URL")
_FOLDERS = ("APPDATA", "LOCALAPPDATA", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")

settings.register_profile("quick", deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("quick"), max_examples=100, print_blob=True)
settings.register_profile("long", settings.get_profile("ci"), max_examples=2_000)
settings.register_profile(
    "mutants", settings.get_profile("quick"), derandomize=True, database=None, phases=[Phase.explicit, Phase.generate]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "quick"))


@pytest.fixture(scope="session", autouse=True)
def own_world(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Give the tests, and the processes that they start, folders of their own and no keys."""
    home = tmp_path_factory.mktemp("home")
    for name in _FOLDERS:
        os.environ[name] = str(home / name.lower())
    for name in _KEYS:
        os.environ.pop(name, None)


@pytest.fixture(scope="session")
def postgres_server(own_world: None, tmp_path_factory: pytest.TempPathFactory) -> Generator[Server]:  # noqa: ARG001 - its folders
    """Return the Postgres of all tests, started where it does not run yet."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    with shared_server(shared / "postgres") as server:
        yield server


@pytest.fixture
def postgres(postgres_server: Server) -> Generator[PostgresPlace]:
    """Return an empty place in Postgres, of this test alone."""
    with postgres_server.fresh_place() as place:
        yield place


def _is_here(host: str) -> bool:
    if host in {"", "localhost"}:
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _fuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "socket.connect":
        host = _host_of(arguments[1])
    elif event == "socket.getaddrinfo":
        host = _host_of(arguments[:1])
    else:
        return
    if not _is_here(host):
        message = f"a test reached for the network: {event} to {host!r}"
        raise AssertionError(message)


def _host_of(address: Any) -> str:
    """Return the host of an address; empty for a path of this machine, or for its own name."""
    host: object = cast("tuple[object, ...]", address)[0] if isinstance(address, tuple) else ""
    return host.decode() if isinstance(host, bytes) else str(host or "")


sys.addaudithook(_fuse)
