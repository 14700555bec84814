"""What happens on the scene? Talks are opened, workers driven and killed, and what is left is counted."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from evals.crash.counting import Count, check_pot, count_all
from evals.crash.killing import Killed, Plan, kill_while_running
from evals.crash.openings import openings
from evals.crash.service import Service
from evals.crash.talk import write_folder
from evals.crash.workers import Worker, serve_command, worker_command
from orchestrator.assembly import enrolling, load_folder, open_journal, place_from, read_journal, rules_for, waking
from orchestrator.messages.settings import Settings
from orchestrator.runtime.driver import open_session
from orchestrator.runtime.keeping import ledger_of
from orchestrator.storage.postgres_place import is_address

__all__ = ["Scene", "play"]

_HOURS_EACH = 60
"""Of the 100 that an agreement takes."""

_QUEUE = "crash"
_OVER = ("agreed", "no_agreement", "stopped")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """How many of what."""

    folder: Path
    place: str
    sessions: int
    workers: int
    plan: Plan
    with_pot: bool
    """Whether all talks share a pot that is too small for them."""

    @property
    def pot(self) -> int:
        """Return the hours that the talks share; 0 where they share none."""
        return self.sessions * _HOURS_EACH if self.with_pot else 0

    @property
    def on_postgres(self) -> bool:
        """Return whether many workers share a database."""
        return is_address(self.place)

    def crew(self) -> tuple[Worker, ...]:
        """Return the workers, not started."""
        if not self.on_postgres:
            return (Worker(serve_command(self.place, self.sessions), self.folder / "serve.log"),)
        each = -(-self.sessions // self.workers)
        return tuple(
            Worker(worker_command(self.place, _QUEUE, f"crash-{number}", each), self.folder / f"worker-{number}.log")
            for number in range(self.workers)
        )


async def play(scene: Scene, service: Service) -> tuple[Killed, Count]:
    """Return what was done to the workers, and what the journal says when all is over."""
    async with service.running() as address:
        await _open(scene, address)
        crew = scene.crew()
        try:
            killed = await kill_while_running(scene.plan, crew, lambda: _unfinished(scene.place), service)
        finally:
            for worker in crew:
                worker.stop()
    with read_journal(place_from(scene.place)) as journal:
        count = count_all(journal, scene.sessions, service)
        if scene.pot:
            check_pot(count, ledger_of(journal), scene.pot)
        return killed, count


def _unfinished(place: str) -> int:
    """Return how many sessions are not over."""
    with read_journal(place_from(place)) as journal:
        return sum(summary.state not in _OVER for summary in journal.summaries())


async def _open(scene: Scene, address: str) -> None:
    folder = write_folder(scene.folder / "haggle", pot=scene.pot)
    place = place_from(scene.place)
    rules = rules_for(load_folder(str(folder)).negotiation)
    with ExitStack() as stack:
        enrol = stack.enter_context(enrolling(place, _QUEUE)) if scene.on_postgres else _as_it_is
        wake = stack.enter_context(waking(place))
        async with open_journal(place) as held:
            for settings in openings(folder, address, scene.sessions, held.key):
                wake(await open_session(enrol(settings), rules, held.journal))


def _as_it_is(settings: Settings) -> Settings:
    return settings
