"""How are workers killed? At random instants, one at a time, as long as sessions run; each is started again."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass

from evals.crash.service import Service
from evals.crash.workers import Worker
from orchestrator.errors import UsageError

__all__ = ["Killed", "Plan", "kill_while_running"]

_LONGEST = 1_800.0
_POLL = 0.5


@dataclass(slots=True, kw_only=True)
class Killed:
    """What was done to the workers."""

    kills: int = 0
    """Of a process that ran, while sessions were unfinished."""
    under_way: int = 0
    """Calls that the service had not answered, summed over the kills."""
    finished_early: bool = False
    """Whether all sessions were over before the last kill."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How often, how soon after each other, and from which seed."""

    kills: int
    gap: float
    """Mean seconds between two kills."""
    seed: int


async def kill_while_running(plan: Plan, workers: tuple[Worker, ...], left: Callable[[], int], service: Service) -> Killed:
    """Kill so many times, with random gaps; then wait until all sessions are over."""
    chance = random.Random(plan.seed)  # noqa: S311 - instants, not secrets
    done = Killed()
    for worker in workers:
        worker.start()
    while done.kills < plan.kills:
        await asyncio.sleep(chance.uniform(0.0, 2 * plan.gap))
        if not await asyncio.to_thread(left):
            done.finished_early = True
            break
        worker = chance.choice(workers)
        heard = service.under_way
        if await asyncio.to_thread(worker.kill):
            done.kills += 1
            done.under_way += heard
        worker.start()
    await _ended(workers, left)
    return done


async def _ended(workers: tuple[Worker, ...], left: Callable[[], int]) -> None:
    loop = asyncio.get_running_loop()
    end = loop.time() + _LONGEST
    while await asyncio.to_thread(left):
        if loop.time() > end:
            raise UsageError(f"sessions did not end in {_LONGEST:.0f} s", hint=f"the words of the workers: {workers[0].log}")
        for worker in workers:
            if worker.ended is not None:
                worker.start()
        await asyncio.sleep(_POLL)
