"""May the next call be made? Reserved before it, charged after it, and stopped in good order at a bound."""

from __future__ import annotations

from decimal import ROUND_UP, Decimal

from orchestrator.engine.account import Account
from orchestrator.engine.accounts import scale_of
from orchestrator.engine.session import Session
from orchestrator.engine.unfold import Unfolding
from orchestrator.errors import Try
from orchestrator.messages.event import Lapsed, Reserved, SpendRaised, Stopped
from orchestrator.messages.question import Explained
from orchestrator.messages.reply import Granted, Requested, Written
from orchestrator.messages.spend import NO_BOUNDS, cost
from orchestrator.messages.usage import Usage
from orchestrator.messages.value import RoleName

__all__ = ["cost_of", "grant", "is_accounted", "lapse", "reserve", "tokens_of_tries", "tries_within"]


def is_accounted(session: Session, role: RoleName) -> bool:
    """Return whether a role's calls go on record before they are made: they cost something, or there are bounds."""
    seat = session.seat(role)
    return (seat is not None and seat.costly) or any(
        account.bounds is not NO_BOUNDS and account.bounds != NO_BOUNDS
        for account in session.accounts
        if account.role in (None, role)
    )


def reserve(unfolding: Unfolding, reply: Requested) -> None:
    """Let a call be made if it cannot break a bound; else stop the session, which can go on under a higher one."""
    session = unfolding.session
    is_asked = session.phase == "approving" and session.question is not None and reply.role == session.question.to
    is_turn = session.phase in ("asking", "repairing") and reply.role == session.speaker.name
    if not (is_asked or is_turn) or session.request:
        return
    usage = Usage(prompt=_expected(session, reply), reply=reply.reply)
    event = Reserved(
        role=reply.role,
        request=reply.request,
        counted=reply.prompt,
        prompt_tokens=usage.prompt,
        reply_tokens=usage.reply,
        cost=_cost(session, reply.role, usage),
    )
    bound = _in_the_way(session, event)
    if bound and is_asked:
        unfolding.add(Explained(role=event.role, why=f"a bound of spending is in the way: {bound}"))
    else:
        unfolding.add(Stopped(role=event.role, bound=bound) if bound else event)


def tries_within(session: Session) -> int | None:
    """Return how often the call that is on request may be charged before a bound would break; None where none could."""
    request = session.request
    if request is None:
        return None
    bounds = [account for account in session.accounts if account.role in (None, request.role)]
    tokens = request.prompt_tokens + request.reply_tokens
    times = [(each.bounds.tokens - each.tokens) // tokens for each in bounds if each.bounds.tokens is not None and tokens]
    if request.cost:
        times += [int((each.bounds.usd - each.usd) // request.cost) for each in bounds if each.bounds.usd is not None]
    return min(times, default=None)


def lapse(unfolding: Unfolding, tries: tuple[Try, ...] | None = None, *, left: bool = False) -> None:
    """Give up the answer that is waited for, if any, and charge what its tries may have cost; all of it where none is known."""
    request = unfolding.session.request
    if request is None:
        return
    if tries is None:
        unfolding.add(Lapsed(role=request.role, tokens=request.prompt_tokens + request.reply_tokens, cost=request.cost))
    else:
        usage = tokens_of_tries(tries)
        tokens = usage.prompt + usage.reply
        cost = _cost(unfolding.session, request.role, usage)
        unfolding.add(Lapsed(role=request.role, tokens=tokens, cost=cost, left=left))


def grant(unfolding: Unfolding, reply: Granted) -> None:
    """Set bounds anew; a session that stopped at one goes on where it was, and one that is over stays over."""
    if unfolding.session.phase in ("asking", "repairing", "falling_back", "stopped", "frozen", "approving"):
        unfolding.add(SpendRaised(spend=reply.spend, role=reply.role))


def cost_of(session: Session, reply: Written) -> Decimal | None:
    """Return what an answer cost, with the tries before it that may have been charged; None where nothing costs anything."""
    if session.fallback is not None:
        return None
    if not reply.tries:
        return _cost(session, reply.role, reply.usage)
    lost = tokens_of_tries(reply.tries)
    usage = reply.usage.model_copy(update={"prompt": reply.usage.prompt + lost.prompt, "reply": reply.usage.reply + lost.reply})
    return _cost(session, reply.role, usage)


def tokens_of_tries(tries: tuple[Try, ...]) -> Usage:
    """Return the tokens that failed calls may have been charged for."""
    return Usage(prompt=sum(each.prompt for each in tries), reply=sum(each.reply for each in tries))


def _cost(session: Session, role: RoleName, usage: Usage) -> Decimal | None:
    seat = session.seat(role)
    return cost(seat.price, usage) if seat and seat.price else None


def _expected(session: Session, reply: Requested) -> int:
    """Return the prompt's tokens as its model may count them."""
    return int((reply.prompt * scale_of(session, reply.role)).to_integral_value(ROUND_UP))


def _in_the_way(session: Session, event: Reserved) -> str | None:
    """Return the first bound that the call could break, in words; a person breaks none."""
    if event.role in session.people:
        return None
    return next((words for account in session.accounts for words in _broken(account, event)), None)


def _broken(account: Account, event: Reserved) -> tuple[str, ...]:
    if account.role not in (None, event.role):
        return ()
    bounds = account.bounds
    tokens = event.prompt_tokens + event.reply_tokens
    rows = (
        ("usd", bounds.usd, account.usd, event.cost or Decimal(0)),
        ("tokens", bounds.tokens, account.tokens, tokens),
        ("calls", bounds.calls, account.calls, 1),
        ("seconds", bounds.seconds, Decimal(account.millis) / 1000, Decimal("0.001")),
    )
    whose = f"role {account.role!r}" if account.role else "the session"
    return tuple(
        f"{name} of {whose}: bound {bound}, used {used}, and the next call may take {more}"
        for name, bound, used, more in rows
        if bound is not None and used + more > bound
    )
