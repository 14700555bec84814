"""Who talks while a driver is tested? A buyer and a seller whose words follow from the state alone, and who are counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TypeAlias

from orchestrator.engine import Ask, Effect, Prepare, SeekApproval, begin, pending, refold, step
from orchestrator.messages.digest import digest_of
from orchestrator.messages.draft import Draft
from orchestrator.messages.entry import Entry
from orchestrator.messages.event import Ended, Tabled
from orchestrator.messages.move import Offer
from orchestrator.messages.reply import Reply, Requested, Ruled, Sought, Written
from orchestrator.messages.settings import SeatModel, Settings
from orchestrator.messages.terms import Number, digest_of_terms
from orchestrator.messages.usage import Usage
from orchestrator.messages.value import IssueName, RoleName
from orchestrator.messages.view import View
from orchestrator.testing.samples import SAMPLE_START, sample_rules, sample_settings

__all__ = ["Haggling", "Story", "approve", "haggle_settings", "story_of", "undisturbed"]

Story: TypeAlias = tuple[tuple[str, ...], ...]
"""What was tabled and how it ended, without places, ids and times: equal where the decisions were."""

_BUYER = RoleName("buyer")
_MODEL = "sample:haggler"


@dataclass(slots=True)
class Haggling:
    """Performs the effects of a haggle: the buyer bids more each round, the seller asks for less, until they meet."""

    seed: int = 0
    calls: int = 0
    """How often a role was asked."""
    _ticks: int = field(default=0, repr=False)

    async def __call__(self, effect: Effect) -> Reply:
        """Return what came back; what a role writes follows from its view and the seed."""
        match effect:
            case Prepare():
                request = digest_of([effect.role, effect.view.turn, self.seed])
                return Requested(at=self.clock(), role=effect.role, model=_MODEL, request=request, prompt=900, reply=100)
            case Ask():
                return self._write(effect.view)
            case SeekApproval():
                return Sought(at=self.clock(), gate=effect.gate.id)
            case _:
                raise AssertionError(f"nothing is to be performed for {effect!r}")

    def clock(self) -> datetime:
        """Return the time, a second later whenever it is asked for."""
        self._ticks += 1
        return SAMPLE_START + timedelta(seconds=self._ticks)

    def _write(self, view: View) -> Written:
        self.calls += 1
        text = _draft(view, self.seed).model_dump_json(exclude_none=True)
        usage = Usage(prompt=900, reply=40)
        at = self.clock()
        return Written(at=at, role=view.role, model=_MODEL, text=text, size=len(text), usage=usage, began=at)


def haggle_settings(session: str = "sample-0001", *, seed: int = 0, costly: bool = False, gated: bool = False) -> Settings:
    """Return the settings of a haggle. Each draft of a costly buyer is requested first; above 50, Ada must approve."""
    seats = (SeatModel(role=_BUYER, model=_MODEL, costly=True),) if costly else ()
    # The haggle is about more where it must come before Ada.
    return sample_settings(session).model_copy(update={"models": seats, "seed": seed + (_GATED if gated else 0)})


_GATED = 1_000


def _draft(view: View, seed: int) -> Draft:
    lowest, highest = (30, 95) if seed >= _GATED else (0, 55)
    if view.role == _BUYER:
        limit = lowest + 5 * view.round + seed % 5
        offer = _offer_of_other(view)
        fits = offer is not None and _price(offer) <= limit
    else:
        limit = highest - 5 * view.round - seed % 3
        offer = _offer_of_other(view)
        fits = offer is not None and _price(offer) >= limit
    if offer is not None and fits:
        return Draft(act="accept", offer=offer.id)
    return Draft(act="propose", terms=(Number(issue=IssueName("price"), value=Decimal(limit)),))


def _offer_of_other(view: View) -> Offer | None:
    return next((offer for offer in view.offers if offer.sender != view.role), None)


def _price(offer: Offer) -> Decimal:
    return next(term.value for term in offer.terms if isinstance(term, Number))


def undisturbed(settings: Settings) -> tuple[Entry, ...]:
    """Return the entries of a haggle that nothing disturbs, until it is over or waits."""
    haggling, rules = Haggling(settings.seed), sample_rules()
    entries = [begin(settings, haggling.clock(), rules)]
    session = refold(entries)
    while isinstance(effect := pending(session), Prepare | Ask | SeekApproval):
        done = step(session, _at_once(haggling, effect), rules)
        entries.append(done.entry)
        session = done.session
    return tuple(entries)


def approve(entries: Sequence[Entry]) -> Entry:
    """Return Ada's approval of the offer that waits."""
    session, rules = refold(entries), sample_rules()
    offer = session.offer(session.settled)
    assert offer is not None
    digest = digest_of_terms(offer.terms)
    ruled = Ruled(at=SAMPLE_START, gate="large", by="Ada", approved=True, offer=offer.id, digest=digest, note="Fair.")
    return step(session, ruled, rules).entry


def story_of(entries: Sequence[Entry]) -> Story:
    """Return what was decided in a session."""
    events = [event for entry in entries for event in entry.events]
    told: list[tuple[str, ...]] = []
    for event in events:
        if isinstance(event, Tabled):
            terms = tuple(f"{term}" for term in event.move.terms)
            told.append((event.move.sender, event.move.act, *terms))
        elif isinstance(event, Ended):
            told.append((event.status, event.reason))
    return tuple(told)


def _at_once(haggling: Haggling, effect: Effect) -> Reply:
    """Return what a haggle performs; it waits for nothing, so it is done in its first step."""
    performing = haggling(effect)
    try:
        performing.send(None)
    except StopIteration as done:
        reply: Reply = done.value
        return reply
    raise AssertionError("the haggle waited")
