"""Are tests kept from the world? Their own folders, no keys, and a fuse against the network."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest


@pytest.mark.parametrize("host", ["203.0.113.7", "2001:db8::1"])
def test_connecting_elsewhere_blows_the_fuse(host: str) -> None:
    """A test that connects to another machine fails before a packet leaves."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe, pytest.raises(AssertionError, match=f"socket.connect to '{host}'"):
        probe.connect((host, 443))


def test_looking_up_a_name_blows_the_fuse() -> None:
    """A test that asks for the address of another machine fails before the question leaves."""
    with pytest.raises(AssertionError, match=r"socket.getaddrinfo to 'example.invalid'"):
        socket.create_connection(("example.invalid", 443))


def test_connecting_to_this_machine_is_allowed() -> None:
    """A server in the test itself can be reached, by address and by name."""
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()[:2]) as client:
        assert client.getpeername() == server.getsockname()
    assert socket.getaddrinfo("localhost", 80)


def test_folders_and_keys_are_the_tests_own() -> None:
    """Nothing of the person who runs the tests is read or written: no keys, and a configuration folder of their own."""
    assert [name for name in ("HANDFAST_KEY", "OPENAI_API_KEY", "ANTHROPIC_API_KEY") if name in os.environ] == []
    assert Path(os.environ["XDG_CONFIG_HOME"]).parent.name.startswith("home")
