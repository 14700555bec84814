"""What can go wrong outside an agent's words, and whose fault it was.

OrchestratorError
├── UsageError           a command or call asks for what cannot be done: unknown session, wrong approver
├── ConfigError          the files say something impossible: every mistake with file, line, key, expected
├── SeatLeft             a person left the seat in the middle of a talk, which can go on later
├── ScriptError          a test double was misused
│   ├── ScriptExhausted  it was asked once more than it has answers
│   └── ScriptUnused     answers were left over
├── ProviderError        a model service failed
│   ├── RateLimited      it asks for fewer calls
│   ├── Unavailable      it can't be reached, is overloaded, or stopped in the middle
│   ├── Malformed        what it sent is no answer
│   └── Declined         it will not answer this: wrong key, unknown model, bad request
└── JournalError         the record could not be kept or trusted
    ├── Conflict         another entry already has this place in the session
    ├── Overdrawn        a pot that sessions share has less left than the entry would hold
    ├── ChainBroken      an entry was changed, lost or forged
    ├── Drift            deciding a recorded reply again gave other events
    └── Unwritable       locked, read-only, full, or not a journal

Bad behaviour of an agent is never here: it is a finding.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

__all__ = [
    "ChainBroken",
    "ConfigError",
    "Conflict",
    "Declined",
    "Drift",
    "JournalError",
    "Malformed",
    "Mistake",
    "OrchestratorError",
    "Overdrawn",
    "ProviderError",
    "RateLimited",
    "ScriptError",
    "ScriptExhausted",
    "ScriptUnused",
    "SeatLeft",
    "Try",
    "Unavailable",
    "Unwritable",
    "UsageError",
]


class OrchestratorError(Exception):
    """Carry one line for a person, and a hint about what to do next."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(OrchestratorError):
    """Something was asked that cannot be done as asked."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Mistake:
    """One mistake in a file: where, which key, what is wrong, what was expected."""

    file: str
    line: int
    """Counted from 1; 0 where the mistake is that something is missing altogether."""
    key: str
    problem: str
    expected: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        expected = f"; expected {self.expected}" if self.expected else ""
        return f"{place}: {self.key}: {self.problem}{expected}"


class ConfigError(OrchestratorError):
    """Files of a negotiation are wrong; all mistakes are listed."""

    def __init__(
        self,
        mistakes: tuple[Mistake, ...],
        *,
        hint: str = "mend the files, then run 'handfast validate PATH' until it is silent",
    ) -> None:
        super().__init__("\n".join(str(mistake) for mistake in mistakes), hint=hint)
        self.mistakes = mistakes


class SeatLeft(OrchestratorError):
    """A person left the seat, or none is there. The talk waits where it is."""

    def __init__(self, role: str, message: str, *, interrupted: bool = False) -> None:
        super().__init__(message, hint=f"'handfast resume SESSION --seat {role}=human:NAME' goes on")
        self.role = role
        self.interrupted = interrupted
        """Whether they broke off, as with Ctrl-C, and did not leave in good order."""


class ScriptError(OrchestratorError):
    """A scripted test double was used in another way than its script says."""


class ScriptExhausted(ScriptError):
    """The script has no answer left."""

    def __init__(self, name: str, answers: int) -> None:
        super().__init__(f"script {name!r} has {answers} answers and was asked once more")
        self.name = name
        self.answers = answers


class ScriptUnused(ScriptError):
    """Answers of the script were never asked for."""

    def __init__(self, name: str, left: int) -> None:
        super().__init__(f"script {name!r} has {left} answers that nobody asked for")
        self.name = name
        self.left = left


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """One failed call of a model, as it goes on record."""

    failure: str
    """`RateLimited`, `Unavailable`, `Malformed` or `Declined`."""
    message: str
    status: int | None = None
    """Of HTTP, where there was an answer."""
    millis: int = 0
    waited: int = 0
    """Milliseconds before the next try."""
    prompt: int = 0
    """Tokens that may have been charged all the same."""
    reply: int = 0


class ProviderError(OrchestratorError):
    """A model could not be reached, or answered in a way that is no answer."""

    passing = False
    """Whether asking again may help."""

    def __init__(
        self,
        message: str,
        *,
        hint: str = "",
        status: int | None = None,
        retry_after: float | None = None,
        charged: bool = False,
    ) -> None:
        super().__init__(message, hint=hint)
        self.status = status
        """Of HTTP, where there was an answer."""
        self.retry_after = retry_after
        """Seconds that the service asks to wait, where it says so."""
        self.charged = charged
        """Whether the call may cost money all the same."""
        self.tries: tuple[Try, ...] = ()
        """All that were made, where it was the last of several."""


class RateLimited(ProviderError):
    """The service asks for fewer calls."""

    passing = True


class Unavailable(ProviderError):
    """The service can't be reached, is overloaded, or stopped in the middle of an answer."""

    passing = True


class Malformed(ProviderError):
    """What the service sent is no answer."""

    passing = True


class Declined(ProviderError):
    """The service will not answer this request, however often it is asked."""


class JournalError(OrchestratorError):
    """The record could not be kept, read or trusted."""


class Conflict(JournalError):
    """An entry with this place in its session exists already."""

    def __init__(self, session: str, seq: int) -> None:
        super().__init__(f"session {session!r} already has an entry {seq}")
        self.session = session
        self.seq = seq


class Overdrawn(JournalError):
    """A pot that sessions share has less left than an entry would hold of it; the entry was not kept."""

    def __init__(self, session: str, seq: int, pot: str, *, asked: Decimal, most: Decimal, size: Decimal) -> None:
        super().__init__(
            f"entry {seq} of session {session!r} would hold {asked:f} of pot {pot!r}; others leave it {most:f} of {size:f}",
            hint="'handfast budgets' shows who holds what",
        )
        self.session = session
        self.seq = seq
        self.pot = pot
        self.asked = asked
        self.most = most
        """What the others leave to the session's account, its own holding counted in."""
        self.size = size


class ChainBroken(JournalError):
    """The record was changed after it was written."""

    def __init__(self, session: str, seq: int | None, problem: str) -> None:
        whole = f"session {session!r}" if session else "the journal"
        place = whole if seq is None else f"entry {seq} of {whole}"
        super().__init__(f"{place}: {problem}", hint="restore the journal from a copy that verifies")
        self.session = session
        self.seq = seq
        self.problem = problem


class Drift(JournalError):
    """Deciding again gave other events than the record holds."""

    def __init__(self, session: str, seq: int) -> None:
        super().__init__(
            f"entry {seq} of session {session!r}: deciding its reply again gives other events",
            hint="the record was written by other rules or another version of handfast",
        )
        self.session = session
        self.seq = seq


class Unwritable(JournalError):
    """The journal cannot be opened or written now."""
