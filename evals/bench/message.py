"""What does a message cost? From raw reply to durable entry, in guards, in prompt and in bytes."""

from __future__ import annotations

import asyncio
import gc
import statistics
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from evals.bench.figure import Figure, cpu_micros
from evals.bench.talk import draft_text, long_talk, talk_at, written
from orchestrator.assembly import open_journal
from orchestrator.engine import Rules, Session, step, view_of
from orchestrator.engine.rules import judge
from orchestrator.messages.journal import Journal
from orchestrator.messages.settings import Settings
from orchestrator.roles.prompt import PromptBook
from orchestrator.runtime.driver import open_session

__all__ = ["assembly_figures", "guard_figures", "message_figures", "store_figure"]

_SESSIONS = 50
_MESSAGES = 20


def message_figures() -> list[Figure]:
    """Return the CPU time of a message at 20 and at 1,000 turns, and how flat it is."""
    settings, rules = long_talk()
    early, late = talk_at(settings, rules, 20), talk_at(settings, rules, 1_000)
    pairs = [(_message_micros(early, rules), _message_micros(late, rules)) for _ in range(7)]
    first = statistics.median(early for early, _ in pairs)
    last = statistics.median(late for _, late in pairs)
    ratio = statistics.median(late / early for early, late in pairs)
    return [
        Figure(name="message, reply to durable entry, at 20 turns", value=first, unit="us", goal=300),
        Figure(name="message, reply to durable entry, at 1,000 turns", value=last, unit="us", goal=300),
        Figure(name="the same, 1,000 turns against 20", value=ratio, unit="ratio", goal=1.2),
    ]


def _message_micros(session: Session, rules: Rules) -> float:
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(_drive_many(session, rules, Path(folder) / "bench.db"))


async def _drive_many(session: Session, rules: Rules, path: Path) -> float:
    sessions = [_renamed(session, number) for number in range(_SESSIONS)]
    async with open_journal(path) as held:
        gc.collect()
        began = time.process_time()
        await asyncio.gather(*(_drive(each, rules, held.journal) for each in sessions))
        spent = time.process_time() - began
    return spent / (_SESSIONS * _MESSAGES) * 1e6


async def _drive(session: Session, rules: Rules, journal: Journal) -> None:
    for _ in range(_MESSAGES):
        done = step(session, written(session), rules)
        await journal.append(done.entry)
        session = done.session


def _renamed(session: Session, number: int) -> Session:
    settings = session.settings.model_copy(update={"session": f"bench-{number:06d}"})
    return replace(session, settings=settings)


def guard_figures() -> list[Figure]:
    """Return the CPU time of all guards together for one draft."""
    settings, rules = long_talk()
    session = talk_at(settings, rules, 20)
    view = view_of(session, session.speaker.name)
    text = draft_text(20)
    draft = rules.read(text, view).draft
    if draft is None:
        raise AssertionError("the draft of the bench cannot be read")
    return [
        Figure(name="reading a draft", value=cpu_micros(lambda: rules.read(text, view), times=500), unit="us", goal=40),
        Figure(
            name="guards and policies, 150-token message",
            value=cpu_micros(lambda: judge(rules, draft, view), times=500),
            unit="us",
            goal=150,
        ),
    ]


def assembly_figures() -> list[Figure]:
    """Return the CPU time of assembling a prompt at 20 and at 1,000 turns."""
    settings, rules = long_talk()
    values = {turns: _assembly_micros(settings, rules, turns) for turns in (20, 1_000)}
    return [
        *(
            Figure(name=f"prompt assembly at {turns:,} turns", value=value, unit="us", goal=150)
            for turns, value in values.items()
        ),
        Figure(name="the same, 1,000 turns against 20", value=values[1_000] / values[20], unit="ratio", goal=1.2),
    ]


def _assembly_micros(settings: Settings, rules: Rules, turns: int) -> float:
    session = talk_at(settings, rules, turns)
    book = PromptBook(settings.prompts, settings.negotiation)
    spent: list[float] = []
    for _ in range(150):
        session = step(session, written(session), rules).session
        view = view_of(session, session.speaker.name)
        began = time.process_time()
        book.assemble(view)
        spent.append((time.process_time() - began) * 1e6)
    return statistics.median(spent[30:])


def store_figure() -> Figure:
    """Return the bytes that a session of 200 turns takes on disk, its opening and prompts included."""
    settings, rules = long_talk()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        asyncio.run(_store(settings, rules, path))
        size = sum(file.stat().st_size for file in Path(folder).glob("bench.db*") if file.suffix != ".lock")
    return Figure(name="stored for 200 turns", value=size / 1e6, unit="MB", goal=0.5)


async def _store(settings: Settings, rules: Rules, path: Path) -> None:
    async with open_journal(path) as held:
        session = await open_session(settings, rules, held.journal)
        for _ in range(200):
            done = step(session, written(session), rules)
            await held.journal.append(done.entry)
            session = done.session
