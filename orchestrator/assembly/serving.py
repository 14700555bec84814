"""With what are the sessions of a journal handled and driven? Desks and means, each set of rules made once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import replace

from orchestrator import __version__
from orchestrator.assembly.folders import rules_for
from orchestrator.assembly.journals import Held
from orchestrator.assembly.leaves import approver_for, leave_book_of
from orchestrator.assembly.settings import performer_for
from orchestrator.engine import Rules, Session
from orchestrator.errors import UsageError
from orchestrator.messages.digest import sha256
from orchestrator.messages.negotiation import Negotiation
from orchestrator.models.registry import PROVIDERS
from orchestrator.roles.added import added_names
from orchestrator.runtime.burst import Means
from orchestrator.runtime.desk import Desk
from orchestrator.runtime.hosting.clock import SteadyClock
from orchestrator.runtime.hosting.host import Host
from orchestrator.runtime.hosting.limits import Limits
from orchestrator.runtime.hosting.renewing import renewing
from orchestrator.runtime.perform import Clock, Performer, utc_now

__all__ = ["AT_ONCE", "KeptRules", "desk_on", "host_on", "limits_of", "means_for"]

AT_ONCE = 100
"""Sessions that are driven at a time; more wait as rows."""

_MOST_RULES = 64
"""Sets of rules that are kept ready; many sessions share a negotiation."""


class KeptRules:
    """Makes the rules of a negotiation, and keeps those that were used last."""

    __slots__ = ("_kept",)

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Rules] = OrderedDict()

    def __call__(self, negotiation: Negotiation) -> Rules:
        """Return the rules of a negotiation. Raises UsageError where one can't be made."""
        name = sha256(negotiation.model_dump_json().encode())
        rules = self._kept.pop(name, None) or rules_for(negotiation)
        self._kept[name] = rules
        if len(self._kept) > _MOST_RULES:
            self._kept.popitem(last=False)
        return rules


def desk_on(held: Held) -> Desk:
    """Return the desk at which commands to a journal are handled."""
    return Desk(journal=held.journal, key=held.key, rules_for=KeptRules(), version=__version__, guards=added_names())


def means_for(held: Held, clock: Clock = utc_now) -> Means:
    """Return with what the sessions of a journal are driven."""
    leaves = leave_book_of(held.journal, held.key)

    def performer(session: Session) -> Performer:
        approver = approver_for(session.settings, leaves, clock)
        return replace(performer_for(session.settings, approver, seats=session.seats), clock=clock)

    return Means(rules_for=KeptRules(), performer_for=performer, key=held.key, clock=clock)


def limits_of(calls: Mapping[str, int], per_second: Mapping[str, float]) -> Limits:
    """Return bounds on the calls of providers. Raises UsageError for a provider that there is none of."""
    for provider in (*calls, *per_second):
        if provider not in PROVIDERS:
            raise UsageError(f"there is no provider {provider!r}", hint=f"providers: {', '.join(PROVIDERS)}")
    return Limits(calls, per_second)


def host_on(
    held: Held,
    *,
    at_once: int = AT_ONCE,
    calls: Mapping[str, int] | None = None,
    per_second: Mapping[str, float] | None = None,
    say: Callable[[str], None] = lambda _: None,
) -> Host:
    """Return what drives the sessions of a journal, so many at once, with bounds on the calls of providers.

    Raises UsageError for a provider that there is none of. To be made within the event loop that it is used in.
    """
    limits = limits_of(calls or {}, per_second or {})
    means = means_for(held, SteadyClock())
    desk = replace(desk_on(held), rules_for=means.rules_for, clock=means.clock)
    return Host(desk, means, duties=renewing(desk.renewal), at_once=at_once, limits=limits, say=say)
