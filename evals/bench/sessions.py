"""How many whole sessions a second? Two strategies over 10 x 10 x 10 outcomes, guarded and journaled."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from decimal import Decimal
from pathlib import Path

from evals.bench.figure import Figure
from orchestrator.assembly import open_journal, performer_for, rules_for
from orchestrator.messages.journal import Journal
from orchestrator.messages.negotiation import LinearNumber, Mandate, Negotiation, NumberIssue, Role, Stop
from orchestrator.messages.settings import PromptSource, SeatModel, Settings
from orchestrator.messages.value import IssueName, RoleName, SessionId
from orchestrator.runtime.driver import open_session
from orchestrator.runtime.loop import run

__all__ = ["session_figures"]

_BATCH = 10
_PROMPT = """You are {{ role }}.
{{ agenda }}
{{ mandate }}
{{ policy_lines }}
{{ fact_lines }}
Answer with one JSON object, for example: {{ example }}
"""


def session_figures() -> list[Figure]:
    """Return sessions a CPU second, prompts assembled for every turn, and the turns that one of them takes."""
    rates: list[float] = []
    turns: list[int] = []
    with tempfile.TemporaryDirectory() as folder:
        for batch in range(6):
            began = time.process_time()
            turns += asyncio.run(_sessions(Path(folder) / f"{batch}.db", batch))
            rates.append(_BATCH / (time.process_time() - began))
    note = f"{statistics.median(turns):.0f} turns in a median session"
    return [
        Figure(
            name="whole sessions, boulware against conceder",
            value=statistics.median(rates[1:]),
            unit="per CPU second",
            goal=20,
            better="higher",
            note=note,
        )
    ]


async def _sessions(path: Path, batch: int) -> list[int]:
    negotiation = _negotiation()
    async with open_journal(path) as held:
        return await asyncio.gather(*(_one(held.journal, negotiation, batch * _BATCH + each) for each in range(_BATCH)))


async def _one(journal: Journal, negotiation: Negotiation, seed: int) -> int:
    rules = rules_for(negotiation)
    settings = _settings(negotiation, seed)
    session = await open_session(settings, rules, journal)
    return (await run(session, rules, journal, performer_for(settings))).turn


def _settings(negotiation: Negotiation, seed: int) -> Settings:
    models = (
        SeatModel(role=RoleName("left"), model="strategy:boulware"),
        SeatModel(role=RoleName("right"), model="strategy:conceder"),
    )
    prompts = tuple(PromptSource(name=f"{seat.role}.md", text=_PROMPT) for seat in models)
    session = SessionId(f"grid-{seed:06d}")
    return Settings(session=session, negotiation=negotiation, prompts=prompts, models=models, seed=seed)


def _negotiation() -> Negotiation:
    names = [IssueName(name) for name in ("price", "volume", "service")]
    issues = tuple(NumberIssue(name=name, min=Decimal(0), max=Decimal(9)) for name in names)
    return Negotiation(
        name="grid",
        title="Ten by ten by ten",
        pattern="concession",
        issues=issues,
        roles=(_role("left", names, (0.5, 0.3, 0.2), best=9), _role("right", names, (0.2, 0.3, 0.5), best=0)),
        stop=Stop(rounds=100, offer_ttl_rounds=3, unchanged_rounds=100),
    )


def _role(name: str, issues: list[IssueName], weights: tuple[float, float, float], *, best: int) -> Role:
    worths = tuple(
        LinearNumber(issue=issue, weight=weight, best=Decimal(best), worst=Decimal(9 - best))
        for issue, weight in zip(issues, weights, strict=True)
    )
    return Role(name=RoleName(name), prompt=f"{name}.md", mandate=Mandate(reserve=0.2, worths=worths))
