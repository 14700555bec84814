"""How is a negotiation analysed? Its rules as the guards read them, and the same talk with the strategies in other seats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from guards.cel import rule_book
from guards.gates import gate_book
from guards.rulesource import names_in
from orchestrator.assembly.folders import rules_for
from orchestrator.assembly.settings import new_session_id, performer_for
from orchestrator.engine import Session
from orchestrator.errors import UsageError
from orchestrator.messages.negotiation import Negotiation, Rule
from orchestrator.messages.settings import SeatModel, Settings
from orchestrator.messages.terms import Terms
from orchestrator.messages.utility import utility
from orchestrator.runtime.driver import open_session
from orchestrator.runtime.loop import run
from orchestrator.storage.memory import MemoryJournal

if TYPE_CHECKING:
    from orchestrator.analysis.survey import Survey

__all__ = ["Swapped", "gates_of", "rotated", "survey_of", "swapped"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Swapped:
    """How the same talk ended with its strategies in other seats."""

    models: tuple[str, ...]
    """In the order of the roles."""
    status: str
    utilities: tuple[float, ...]
    """Empty without agreement."""


def survey_of(negotiation: Negotiation) -> Survey:
    """Return the ground of an analysis: outcomes, and what the rules leave of them."""
    from orchestrator.analysis.survey import survey  # noqa: PLC0415 - the numbers library, only where it is used
    from orchestrator.analysis.tables import Asking  # noqa: PLC0415 - as above

    def holds(rule: Rule, terms: Terms) -> bool:
        return rule_book(negotiation.issues, (rule,)).read(terms)[0].answer == "holds"

    return survey(negotiation, Asking(names=lambda rule: names_in(rule.rule), holds=holds))


def gates_of(negotiation: Negotiation, terms: Terms) -> tuple[str, ...]:
    """Return the ids of the gates that complete terms would have to pass."""
    return tuple(gate.id for gate in gate_book(negotiation)(terms).reached)


def rotated(settings: Settings) -> tuple[Settings, ...]:
    """Return the settings with every seat's model moved on by one seat, by two, and so on; none where all are the same.

    Raises UsageError where a model is not a built-in strategy: others cost money, or say what only their own role can.
    """
    seats = settings.models
    foreign = sorted({seat.model for seat in seats if not seat.model.startswith("strategy:")})
    if foreign:
        raise UsageError(
            f"seats can only be swapped between built-in strategies, and {foreign[0]!r} is none",
            hint="leave --swap out, or run the session with --model strategy:linear and the like",
        )
    models = [seat.model for seat in seats]
    turned = (models[by:] + models[:by] for by in range(1, len(models)))
    distinct = [found for found in dict.fromkeys(map(tuple, turned)) if list(found) != models]
    return tuple(_with(settings, found) for found in distinct)


async def swapped(settings: Settings) -> tuple[Swapped, ...]:
    """Hold the same talk, same files and same seed, once for each rotation of its strategies, and say how each ended."""
    return tuple([_told(await _held(turned)) for turned in rotated(settings)])


def _with(settings: Settings, models: Sequence[str]) -> Settings:
    seats = tuple(SeatModel(role=seat.role, model=model) for seat, model in zip(settings.models, models, strict=True))
    return settings.model_copy(update={"models": seats, "session": new_session_id(settings.negotiation.name)})


async def _held(settings: Settings) -> Session:
    journal = MemoryJournal(lambda _: "")
    rules = rules_for(settings.negotiation)
    performer = performer_for(settings)
    try:
        return await run(await open_session(settings, rules, journal), rules, journal, performer)
    finally:
        await performer.aclose()


def _told(session: Session) -> Swapped:
    settled = session.offer(session.settled)
    terms = session.terms or (settled.terms if settled else ())
    return Swapped(
        models=tuple(seat.model for seat in session.settings.models),
        status=session.status or "waiting",
        utilities=tuple(utility(role.mandate, terms) for role in session.roles) if terms else (),
    )
