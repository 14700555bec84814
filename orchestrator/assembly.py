"""Which guards, models and stores make up a session? The only module that names them."""

from __future__ import annotations

import secrets
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from guards.gates import gate_book
from guards.monitor import monitor_of
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
from orchestrator.messages.negotiation import Negotiation
from orchestrator.messages.settings import GivenApproval, SeatModel, Settings
from orchestrator.messages.spend import NO_BOUNDS, Price, Spend
from orchestrator.messages.suspicion import Monitor
from orchestrator.messages.terms import Terms
from orchestrator.messages.value import SessionId
from orchestrator.models.costs import named, seat_model
from orchestrator.models.prices import read_price
from orchestrator.models.registry import make_model
from orchestrator.models.secrecy import without_our_keys
from orchestrator.models.tape import Recording
from orchestrator.roles.added import added_guards, added_names
from orchestrator.roles.create import create
from orchestrator.roles.find import find
from orchestrator.roles.load import Folder, load, load_negotiation
from orchestrator.roles.measure import measure
from orchestrator.roles.prompt import PromptBook
from orchestrator.roles.tokens import count
from orchestrator.runtime.perform import Performer, Seat
from orchestrator.storage.chain import ChainReport, check_chain
from orchestrator.storage.keys import load_key
from orchestrator.storage.sqlite import SqliteJournal, SqliteReader

if TYPE_CHECKING:
    from orchestrator.report.telemetry.export import Telemetry
    from orchestrator.report.telemetry.story import Telling

__all__ = [
    "DEFAULT_MODEL",
    "Held",
    "check_heads",
    "load_folder",
    "load_scenario",
    "make_folder",
    "monitor_for",
    "new_session_id",
    "open_journal",
    "open_telemetry",
    "performer_for",
    "price_from",
    "read_journal",
    "rules_for",
    "settings_for",
    "telling_of",
]

DEFAULT_MODEL = "strategy:linear"
"""Writes for every role that no option and no prompt file gives a model."""

_NO_PRICES: Mapping[str, Price] = MappingProxyType({})
_NO_SPEND: Mapping[str, Spend] = MappingProxyType({})
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def load_folder(name_or_path: str) -> Folder:
    """Return the negotiation of a folder, by path or by the name of a shipped one. Raises ConfigError with all mistakes."""
    return load(find(name_or_path), check_rules)


def load_scenario(file: Path) -> Negotiation:
    """Return the negotiation of a file alone, whether its prompts are there or not. Raises ConfigError with all mistakes."""
    return load_negotiation(file, check_rules)


def rules_for(negotiation: Negotiation) -> Rules:
    """Return the rules of a negotiation: all guards, and those that packages add. Raises UsageError where one can't be made."""
    return Rules(
        read=read,
        guards=(*standard_guards(negotiation), *added_guards(negotiation)),
        gates=gate_book(negotiation),
        count=measure,
        monitor=monitor_for(negotiation),
    )


def monitor_for(negotiation: Negotiation) -> Monitor:
    """Return the monitor that watches the words of a negotiation."""
    return monitor_of(negotiation)


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


def make_folder(name: str, into: Path) -> tuple[Path, ...]:
    """Write the files of a new negotiation and return them. Raises UsageError where the name is bad or its folder exists."""
    return tuple(sorted(create(name, into).iterdir()))


def open_telemetry() -> Telemetry:
    """Return what sends spans to the collector that the OTEL_ variables name. Raises UsageError where it cannot be set up."""
    try:
        from orchestrator.report.telemetry.export import Telemetry, collector  # noqa: PLC0415 - an extra
    except ImportError as missing:
        raise UsageError("--otel needs OpenTelemetry, the extra 'otel': pip install 'handfast[otel]'") from missing
    try:
        return Telemetry(collector(), without_our_keys)
    except (OSError, RuntimeError, ValueError) as error:
        raise UsageError("telemetry cannot be set up: an OTEL_ variable has a value that it cannot have") from error


def telling_of(settings: Settings, *, content: bool) -> Telling:
    """Return how a session is told in spans; with `content`, prompts and answers are in them, without keys."""
    from orchestrator.report.telemetry.calls import Called, Content  # noqa: PLC0415 - only where it is asked for
    from orchestrator.report.telemetry.story import Telling  # noqa: PLC0415 - as above

    def called(model: str) -> Called:
        known = named(model)
        return Called(provider=known.provider, model=known.name, address=known.host, port=known.port)

    book = PromptBook(settings.prompts, settings.negotiation)
    return Telling(called=called, content=Content(assemble=book.assemble, clean=without_our_keys) if content else None)
