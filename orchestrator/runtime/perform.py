"""How is an effect performed? Models are asked, approvers are asked, and the time is noted."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeAlias, assert_never

from orchestrator.engine import Ask, Complete, Effect, Hold, Prepare, SeekApproval, Wait
from orchestrator.errors import UsageError
from orchestrator.messages.approval import Approver
from orchestrator.messages.digest import digest_of
from orchestrator.messages.entry import Entry
from orchestrator.messages.model import Completion, Model, Prompt, Request, finish, skip
from orchestrator.messages.move import Offer
from orchestrator.messages.reply import Completed, Reply, Requested, Ruled, Sought, Written
from orchestrator.messages.terms import Terms
from orchestrator.messages.usage import Usage
from orchestrator.messages.value import RoleName
from orchestrator.messages.view import View

__all__ = ["LONGEST_TEXT", "Clock", "Completer", "Performer", "Plan", "Seat", "utc_now"]

Clock: TypeAlias = Callable[[], datetime]

LONGEST_TEXT = 65_536
"""Characters of a draft; of a longer answer one more is kept, so that the guards see that it was longer."""


def utc_now() -> datetime:
    """Return the time in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a solver found for a partial offer: the terms of a whole plan, or the rules that leave no room."""

    terms: Terms = ()
    rules: tuple[str, ...] = ()
    """Names that all roles may know."""
    says: str = ""


Completer: TypeAlias = Callable[[Offer], Awaitable[Plan]]
"""Looks for a whole plan with the terms of a partial offer; an empty plan without rules says nothing about it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """Who writes for a role, and the name of that model for the record."""

    name: str
    model: Model


@dataclass(frozen=True, slots=True, kw_only=True)
class Performer:
    """Performs the effects of one session."""

    seats: Mapping[RoleName, Seat]
    fallback: Seat
    """Acts inside a role's mandate when its model has used up its repairs."""
    assemble: Callable[[View], Prompt]
    count: Callable[[str], int]
    """Counts tokens where a model does not report them."""
    approver: Approver
    seed: int
    clock: Clock = utc_now
    advise: Callable[[View], View] = lambda view: view
    """Puts advice into the views of roles that have an adviser."""
    complete: Completer | None = None
    """The solver, where there is one."""

    async def __call__(self, effect: Effect) -> Reply:
        """Return what came back. Raises ProviderError where a model gave no answer."""
        match effect:
            case Prepare():
                return self._prepare(effect)
            case Ask():
                return await self._ask(effect)
            case SeekApproval():
                return await self._seek(effect)
            case Complete():
                return await self._complete(effect)
            case Hold():
                raise UsageError(f"a breaker has frozen the session: {effect.froze.person!r} must say what becomes of it")
            case Wait():
                raise UsageError(f"gate {effect.gates[0].id!r} waits for {effect.gates[0].wanted!r}")
            case _:
                assert_never(effect)

    def _prepare(self, effect: Prepare) -> Requested:
        model = self.seats[effect.role].name
        prompt = self.assemble(self.advise(effect.view))
        is_person = effect.role in effect.view.people
        return Requested(
            at=self.clock(),
            role=effect.role,
            model=model,
            request=digest_of([model, prompt.system, prompt.user, prompt.reply, self.seed]),
            prompt=0 if is_person else prompt.tokens,
            reply=0 if is_person else prompt.reply,
        )

    def go_on(self, entries: Iterable[Entry]) -> None:
        """Let models that keep their place know which of their answers the record holds."""
        for entry in entries:
            reply = entry.reply
            if isinstance(reply, Written) and reply.model == self.seats[reply.role].name:
                skip(self.seats[reply.role].model, reply.role)

    async def aclose(self) -> None:
        """Let go of what the models hold: connections, above all."""
        for seat in (*self.seats.values(), self.fallback):
            close = getattr(seat.model, "aclose", None)
            if close is not None:
                await close()

    def finish(self) -> None:
        """Let models that expected to be asked more say so. Raises ScriptUnused."""
        for seat in self.seats.values():
            finish(seat.model)

    async def _ask(self, ask: Ask) -> Written:
        seat = self.fallback if ask.by == "strategy" else self.seats[ask.role]
        view = self.advise(ask.view)
        prompt = self.assemble(view)
        began = self.clock()
        completion = await seat.model(Request(view=view, prompt=prompt, seed=self.seed, tries=ask.tries))
        text = completion.text[: LONGEST_TEXT + 1].encode("utf-8", "replace").decode()
        return Written(
            at=self.clock(),
            role=ask.role,
            model=seat.name,
            text=text,
            size=len(completion.text),
            usage=self._usage(prompt, completion, text),
            began=began,
            finish=completion.finish,
            tries=completion.tries,
            window=None if ask.role in ask.view.people and ask.by == "model" else prompt.window,
        )

    def _usage(self, prompt: Prompt, completion: Completion, text: str) -> Usage:
        return completion.usage or Usage(prompt=prompt.tokens, reply=self.count(text))

    async def _complete(self, effect: Complete) -> Completed:
        plan = await self.complete(effect.offer) if self.complete else Plan()
        return Completed(at=self.clock(), offer=effect.offer.id, terms=plan.terms, rules=plan.rules, says=plan.says)

    async def _seek(self, effect: SeekApproval) -> Ruled | Sought:
        answer = await self.approver(effect.gate, effect.offer)
        if answer is None:
            return Sought(at=self.clock(), gate=effect.gate.id)
        return Ruled(
            at=self.clock(),
            gate=effect.gate.id,
            by=answer.by,
            approved=answer.approved,
            offer=effect.offer.id,
            digest=effect.offer.digest,
            note=answer.note,
            beforehand=answer.beforehand,
            leave=answer.leave,
        )
