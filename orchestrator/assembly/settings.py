"""With what is a session opened, and what performs its effects? Settings, and the seats of the roles."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from guards.permits import permits_of
from orchestrator import __version__
from orchestrator.approval.beforehand import Beforehand
from orchestrator.assembly.advice import advise_for
from orchestrator.assembly.foresight import reaches_of
from orchestrator.assembly.plans import completer_for
from orchestrator.assembly.withinpots import looks_ahead, within_pots
from orchestrator.engine import Session
from orchestrator.errors import UsageError
from orchestrator.messages.approval import Approver
from orchestrator.messages.gate import names_of
from orchestrator.messages.model import AsksPerson, Model
from orchestrator.messages.negotiation import Negotiation
from orchestrator.messages.reasons import needs_reason
from orchestrator.messages.settings import GivenApproval, SeatModel, Settings
from orchestrator.messages.spend import NO_BOUNDS, Price, Spend
from orchestrator.messages.value import RoleName, SessionId
from orchestrator.messages.view import agenda_of
from orchestrator.models.costs import seat_model
from orchestrator.models.prices import read_price
from orchestrator.models.registry import make_model
from orchestrator.models.tape import Recording
from orchestrator.roles.added import added_names
from orchestrator.roles.load import Folder
from orchestrator.roles.prompt import PromptBook
from orchestrator.roles.tokens import count
from orchestrator.runtime.perform import Performer, Seat

__all__ = ["DEFAULT_MODEL", "new_session_id", "performer_for", "price_from", "seat_for", "settings_for"]

DEFAULT_MODEL = "strategy:linear"
"""Writes for every role that no option and no prompt file gives a model."""

_NO_PRICES: Mapping[str, Price] = MappingProxyType({})
_NO_SPEND: Mapping[str, Spend] = MappingProxyType({})
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def new_session_id(negotiation: str) -> SessionId:
    """Return an id that no other session has."""
    return SessionId(f"{negotiation}-" + "".join(secrets.choice(_ALPHABET) for _ in range(10)))


def settings_for(
    folder: Folder,
    *,
    seed: int,
    models: Mapping[str, str],
    rounds: int | None = None,
    approvals: tuple[GivenApproval, ...] = (),
    key: str = "",
    supersedes: Session | None = None,
    spend: Spend = NO_BOUNDS,
    role_spend: Mapping[str, Spend] = _NO_SPEND,
    prices: Mapping[str, Price] = _NO_PRICES,
) -> Settings:
    """Return what a session is opened with.

    `models` maps a role, or `*` for all others, to a model. Raises UsageError for a role or a gate that does not exist,
    a model that cannot be made, and an approval by somebody else than the gate's approver.
    """
    negotiation = folder.negotiation
    if rounds is not None:
        negotiation = negotiation.model_copy(update={"stop": negotiation.stop.model_copy(update={"rounds": rounds})})
    negotiation = _with_bounds(negotiation, role_spend)
    _check_approvals(negotiation, approvals)
    settings = Settings(
        session=new_session_id(negotiation.name),
        negotiation=negotiation,
        prompts=folder.prompts,
        models=_seat_models(folder, models, prices),
        seed=seed,
        approvals=approvals,
        key=key,
        version=__version__,
        supersedes=supersedes.id if supersedes else None,
        precedent=supersedes.terms if supersedes else (),
        spend=spend,
        guards=added_names(),
        pledges=supersedes.pledges if supersedes else (),
    )
    performer_for(settings)
    _check_windows(settings)
    return settings


def _check_windows(settings: Settings) -> None:
    book = PromptBook(settings.prompts, settings.negotiation)
    for seat in settings.models:
        if seat.estimate is not None:
            book.check(seat.role, seat.estimate)


def performer_for(
    settings: Settings,
    approver: Approver | None = None,
    *,
    tape: Path | None = None,
    seats: tuple[SeatModel, ...] | None = None,
    person: AsksPerson | None = None,
) -> Performer:
    """Return what performs a session's effects; by default only approvals given beforehand are found.

    With a `tape`, all requests to the roles' models and their answers are written there. `seats` say who writes now, where
    that is not as the session opened; `person` asks whoever sits in a seat.
    """
    negotiation = settings.negotiation
    seats = settings.models if seats is None else seats

    def seat_of(name: str) -> Seat:
        model = _model(name, negotiation, person)
        return Seat(name=name, model=Recording(model, name, tape) if tape else model)

    models = {name: seat_of(name) for name in dict.fromkeys(seat.model for seat in seats)}
    return Performer(
        seats={seat.role: models[seat.model] for seat in seats},
        fallback=Seat(name=DEFAULT_MODEL, model=_model(DEFAULT_MODEL, negotiation)),
        assemble=PromptBook(settings.prompts, negotiation).assemble,
        count=count,
        approver=approver or Beforehand(settings.approvals),
        advise=advise_for(negotiation),
        seed=settings.seed,
        complete=completer_for(negotiation),
    )


def seat_for(settings: Settings, role: RoleName, model: str) -> SeatModel:
    """Return who is to write for a role from now on. Raises UsageError where it cannot be made."""
    seat = next((seat for seat in settings.models if (seat.role, seat.model) == (role, model)), None)
    seat = seat or seat_model(role, model, _NO_PRICES)
    _model(model, settings.negotiation)
    return seat


def price_from(text: str) -> Price:
    """Return the price that `INPUT/OUTPUT` says. Raises UsageError where it says none."""
    return read_price(text)


def _model(spec: str, negotiation: Negotiation, person: AsksPerson | None = None) -> Model:
    if negotiation.budgets is not None and looks_ahead(spec):
        return within_pots(spec, negotiation)
    return make_model(spec, permits=permits_of(negotiation), reaches=reaches_of(negotiation), person=person)


def _seat_models(folder: Folder, models: Mapping[str, str], prices: Mapping[str, Price]) -> tuple[SeatModel, ...]:
    roles = [role.name for role in folder.negotiation.roles]
    unknown = sorted(set(models) - {*roles, "*"})
    if unknown:
        raise UsageError(
            f"there is no role {unknown[0]!r} in {folder.negotiation.name!r}", hint=f"its roles: {', '.join(roles)}"
        )
    return tuple(
        seat_model(role, models.get(role) or models.get("*") or folder.model_of(role) or DEFAULT_MODEL, prices)
        for role in roles
    )


def _with_bounds(negotiation: Negotiation, given: Mapping[str, Spend]) -> Negotiation:
    """Return the negotiation with bounds of spending for single roles; they go before those of its file."""
    roles = {role.name for role in negotiation.roles}
    unknown = sorted(set(given) - roles)
    if unknown:
        raise UsageError(f"there is no role {unknown[0]!r} in {negotiation.name!r}", hint=f"its roles: {', '.join(roles)}")
    bounded = tuple(
        role.model_copy(update={"spend": given[role.name].over(role.spend or NO_BOUNDS)}) if role.name in given else role
        for role in negotiation.roles
    )
    return negotiation.model_copy(update={"roles": bounded}) if given else negotiation


def _check_approvals(negotiation: Negotiation, approvals: tuple[GivenApproval, ...]) -> None:
    gates = {gate.id: gate for gate in negotiation.gates}
    for given in approvals:
        gate = gates.get(given.gate)
        if gate is None:
            known = ", ".join(gates) or "none"
            raise UsageError(f"there is no gate {given.gate!r} in {negotiation.name!r}", hint=f"its gates: {known}")
        if given.by not in gate.people:
            raise UsageError(f"gate {given.gate!r} is ruled on by {names_of(gate)}, not by {given.by!r}")
        if needs_reason(agenda_of(negotiation), given.gate):
            raise UsageError(f"gate {given.gate!r} asks for a reason: nobody can approve there beforehand")
