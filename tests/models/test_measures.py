"""How much memory does a very long answer take? Little more than a short one."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.models.service import playing

pytestmark = pytest.mark.slow

_PEAK = """
import asyncio, resource, sys
from tests.models.asking import quick_model, sample_request
from orchestrator.errors import ProviderError
provider, api, quiet, address = sys.argv[1:]
async def ask(where):
    model = quick_model(provider, api, where, tries="1")
    try:
        await model(sample_request())
    except ProviderError:
        pass
    finally:
        await model.aclose()
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for _ in range(3):
    asyncio.run(ask(quiet))
before = peak()
asyncio.run(ask(address))
print(peak() - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="kilobytes of peak memory are Linux's")
@pytest.mark.parametrize("fault", ["50 MB in one event", "50 MB of words"])
@pytest.mark.parametrize(("provider", "api"), [("openai", "responses"), ("openai", "chat"), ("anthropic", "messages")])
async def test_fifty_megabytes_take_less_than_ten(provider: str, api: str, fault: str) -> None:
    """The peak of a process that is sent 50 MB is less than 10 MB above its peak with small answers."""
    async with playing("none", 0) as small, playing(fault, 99) as large:
        command = [sys.executable, "-c", _PEAK, provider, api, small.address(provider), large.address(provider)]
        env = {**os.environ, "OPENAI_API_KEY": "k", "ANTHROPIC_API_KEY": "k"}
        root = Path(__file__).parents[2]
        done = await asyncio.to_thread(subprocess.run, command, cwd=root, env=env, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert int(done.stdout) < 10 * 1024
