"""How does a worker drive one session? As far as it goes by itself, where it is of the worker's version, and no further."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from orchestrator.engine import Session, pending
from orchestrator.errors import Drift, ProviderError, SeatLeft, UsageError
from orchestrator.messages.burst import Burst, Rested
from orchestrator.messages.entry import Entry
from orchestrator.messages.journal import Journal
from orchestrator.messages.reply import Interrupted, Requested
from orchestrator.runtime.burst import Means, burst, is_drivable
from orchestrator.runtime.driver import interrupt
from orchestrator.runtime.hosting.duties import Duties
from orchestrator.runtime.hosting.entrance import Entrance
from orchestrator.runtime.perform import Performer
from orchestrator.runtime.record import entries_of, redecide, session_of

__all__ = ["Bursting", "of_versions"]

_STOPPED = "its worker was stopped"
_FIRST_PAUSE = timedelta(seconds=5)
_LONGEST_PAUSE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bursting:
    """Drives sessions of one journal, each until it must wait."""

    journal: Journal
    means: Means
    duties: Duties
    entrance: Entrance
    say: Callable[[str], None]

    async def drive(self, wanted: Burst, stopping: Callable[[], bool]) -> Rested | None:
        """Return where the session rests; None where the worker was stopped before that."""
        try:
            if wanted.due is not None:
                await self._elapse(wanted, wanted.due)
            async with self.entrance.passed() as admit:
                session = await burst(wanted.session, self.journal, self.means, called=stopping, admit=admit, stopped=_STOPPED)
        except SeatLeft:
            session = session_of(entries_of(self.journal, wanted.session))
        except ProviderError as error:
            return self._set_back(wanted, error)
        if is_drivable(session) and stopping():
            await self._give_back(session)
            return None
        return self._rested(session)

    async def _elapse(self, wanted: Burst, at: datetime) -> None:
        """Let time answer where that is what the timer was set for; the server's clock may be ahead of this one."""
        session = session_of(entries_of(self.journal, wanted.session))
        rules = self.means.rules_for(session.settings.negotiation)
        await self.duties.elapse(session, max(at, self.means.clock()), rules, self.journal)

    async def _give_back(self, session: Session) -> None:
        """Put on record that a request that was never sent cost nothing."""
        if session.request is not None:
            rules = self.means.rules_for(session.settings.negotiation)
            await interrupt(session.id, rules, self.journal, self.means.clock, _STOPPED, tries=())

    def _rested(self, session: Session) -> Rested:
        over = pending(session) is None and session.phase != "stopped"
        return Rested(seq=session.seq, due=self.duties.due(session), over=over)

    def _set_back(self, wanted: Burst, error: ProviderError) -> Rested:
        """Return when it is tried again: later each time, and never by itself where asking again cannot help."""
        entries = entries_of(self.journal, wanted.session)
        pause = _pause(entries)
        again = f"tried again in {pause.total_seconds():g} s" if error.passing else "it waits for 'handfast resume'"
        self.say(f"session {wanted.session}: {error.message}; {again}")
        return Rested(seq=len(entries), due=self.means.clock() + pause if error.passing else None)


def _pause(entries: Sequence[Entry]) -> timedelta:
    """Return a pause that is twice as long after each interruption in a row."""
    failures = 0
    for entry in reversed(entries):
        if isinstance(entry.reply, Interrupted):
            failures += 1
        elif not isinstance(entry.reply, Requested):
            break
    return min(_FIRST_PAUSE * 2 ** min(20, max(0, failures - 1)), _LONGEST_PAUSE)


def of_versions(means: Means, journal: Journal, versions: tuple[str, ...]) -> Means:
    """Return means that drive only sessions of these versions, those of all but the first after deciding them again."""

    def performer_for(session: Session) -> Performer:
        decides = session.settings.decides
        if decides not in versions:
            raise UsageError(
                f"it was opened by version {decides or 'unknown'}; this worker is of {' and '.join(versions)}",
                hint="it waits for a worker of its version, or for one with --also-version",
            )
        if decides != versions[0]:
            _check_alike(session, journal, means)
        return means.performer_for(session)

    return replace(means, performer_for=performer_for)


def _check_alike(session: Session, journal: Journal, means: Means) -> None:
    """Raise UsageError where this code would have decided otherwise what the code of another version did."""
    try:
        redecide(entries_of(journal, session.id), means.rules_for)
    except Drift as drift:
        raise UsageError(
            f"version {session.settings.decides} decided its entry {drift.seq} otherwise than this worker would",
            hint="let workers of its version drive it to its end",
        ) from drift
