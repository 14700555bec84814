"""Which guards, models and stores make up a session? The only module that names them."""

from __future__ import annotations

import secrets
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from guards.gates import gate_book
from guards.permits import permits_of
from guards.rulecheck import check_rules
from guards.shape import read
from guards.standard import standard_guards
from orchestrator import __version__
from orchestrator.approval.beforehand import Beforehand
from orchestrator.engine import Rules, Session
from orchestrator.errors import UsageError
from orchestrator.messages.approval import Approver
from orchestrator.messages.entry import Row
from orchestrator.messages.journal import Journal
from orchestrator.messages.model import Model
from orchestrator.messages.negotiation import Fact, Negotiation
from orchestrator.messages.settings import GivenApproval, SeatModel, Settings
from orchestrator.messages.spend import NO_BOUNDS, Price, Spend
from orchestrator.messages.terms import Terms
from orchestrator.messages.value import SessionId
from orchestrator.models.costs import seat_model
from orchestrator.models.prices import read_price
from orchestrator.models.registry import make_model
from orchestrator.models.tape import Recording
from orchestrator.roles.create import create
from orchestrator.roles.find import find
from orchestrator.roles.load import Folder, load
from orchestrator.roles.prompt import PromptBook
from orchestrator.roles.tokens import count
from orchestrator.runtime.perform import Performer, Seat
from orchestrator.storage.chain import ChainReport, check_chain
from orchestrator.storage.keys import load_key
from orchestrator.storage.sqlite import SqliteJournal, SqliteReader

__all__ = [
    "DEFAULT_MODEL",
    "Held",
    "amended",
    "check_heads",
    "load_folder",
    "make_folder",
    "new_session_id",
    "open_journal",
    "performer_for",
    "price_from",
    "read_journal",
    "rules_for",
    "settings_for",
]

DEFAULT_MODEL = "strategy:linear"
"""Writes for every role that no option and no prompt file gives a model."""

_NO_PRICES: Mapping[str, Price] = MappingProxyType({})
_NO_SPEND: Mapping[str, Spend] = MappingProxyType({})
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def load_folder(name_or_path: str) -> Folder:
    """Return the negotiation of a folder, by path or by the name of a shipped one. Raises ConfigError with all mistakes."""
    return load(find(name_or_path), check_rules)


def rules_for(negotiation: Negotiation) -> Rules:
    """Return the rules that judge a negotiation: every guard, always."""
    return Rules(read=read, guards=standard_guards(negotiation), gates=gate_book(negotiation))


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
    )
    performer_for(settings)
    _check_windows(settings)
    return settings


def _check_windows(settings: Settings) -> None:
    book = PromptBook(settings.prompts, settings.negotiation)
    for seat in settings.models:
        if seat.estimate is not None:
            book.check(seat.role, seat.estimate)


def performer_for(settings: Settings, approver: Approver | None = None, *, tape: Path | None = None) -> Performer:
    """Return what performs a session's effects; by default only approvals given beforehand are found.

    With a `tape`, all requests to the roles' models and their answers are written there.
    """
    negotiation = settings.negotiation

    def seat_of(name: str) -> Seat:
        model = _model(name, negotiation)
        return Seat(name=name, model=Recording(model, name, tape) if tape else model)

    models = {name: seat_of(name) for name in dict.fromkeys(seat.model for seat in settings.models)}
    return Performer(
        seats={seat.role: models[seat.model] for seat in settings.models},
        fallback=Seat(name=DEFAULT_MODEL, model=_model(DEFAULT_MODEL, negotiation)),
        assemble=PromptBook(settings.prompts, negotiation).assemble,
        count=count,
        approver=approver or Beforehand(settings.approvals),
        seed=settings.seed,
    )


def price_from(text: str) -> Price:
    """Return the price that `INPUT/OUTPUT` says. Raises UsageError where it says none."""
    return read_price(text)


def _model(spec: str, negotiation: Negotiation) -> Model:
    gates = gate_book(negotiation)

    def gated(terms: Terms) -> bool:
        reading = gates(terms)
        return bool(reading.reached or reading.findings)

    return make_model(spec, permits=permits_of(negotiation), gated=gated)


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
    approvers = {gate.id: gate.approver for gate in negotiation.gates}
    for given in approvals:
        if given.gate not in approvers:
            known = ", ".join(approvers) or "none"
            raise UsageError(f"there is no gate {given.gate!r} in {negotiation.name!r}", hint=f"its gates: {known}")
        if given.by != approvers[given.gate]:
            raise UsageError(f"gate {given.gate!r} is ruled on by {approvers[given.gate]!r}, not by {given.by!r}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A journal that this process alone writes to, and the public half of the key that signs its heads."""

    journal: Journal
    key: str


@asynccontextmanager
async def open_journal(path: Path) -> AsyncGenerator[Held]:
    """Hold a journal, made where there is none. Raises Unwritable where it is held, locked, full or not a journal."""
    key = load_key()
    journal = SqliteJournal.open(path, key.sign)
    try:
        yield Held(journal=journal, key=key.public)
    finally:
        await journal.close()


def read_journal(path: Path) -> SqliteReader:
    """Return a journal to read from, as a context manager. Raises UsageError where there is none."""
    return SqliteReader.open(path)


def check_heads(rows: tuple[Row, ...], key: str | None = None) -> ChainReport:
    """Check digests and signatures of all rows of a session. Raises ChainBroken at the first flaw."""
    return check_chain(rows, key)


def amended(session: Session, folder: Folder | None, facts: Mapping[str, str]) -> Folder:
    """Return the folder of a session that supersedes another: its own files or new ones, with facts set anew.

    Raises UsageError for a fact that does not exist or a value that is not of its kind.
    """
    basis = folder or Folder(negotiation=session.settings.negotiation, prompts=session.settings.prompts)
    negotiation = basis.negotiation
    unknown = sorted(set(facts) - {fact.name for fact in negotiation.facts})
    if unknown:
        raise UsageError(
            f"there is no fact {unknown[0]!r}", hint=f"facts: {', '.join(fact.name for fact in negotiation.facts)}"
        )
    changed = tuple(_with_value(fact, facts[fact.name]) if fact.name in facts else fact for fact in negotiation.facts)
    return replace(basis, negotiation=negotiation.model_copy(update={"facts": changed}))


def _with_value(fact: Fact, value: str) -> Fact:
    if not fact.takes(value):
        raise UsageError(f"fact {fact.name!r} is a {fact.kind}; {value!r} is none")
    return fact.model_copy(update={"value": value})


def make_folder(name: str, into: Path) -> tuple[Path, ...]:
    """Write the files of a new negotiation and return them. Raises UsageError where the name is bad or its folder exists."""
    return tuple(sorted(create(name, into).iterdir()))
