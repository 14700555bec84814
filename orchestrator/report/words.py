"""What was settled, why did it end, and what is it worth? The outcome of a session in sentences."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import assert_never

from orchestrator.engine import Session
from orchestrator.messages.auction import Auction
from orchestrator.messages.cancelling import Cancelled
from orchestrator.messages.entry import Entry
from orchestrator.messages.event import Reason
from orchestrator.messages.gate import Gate
from orchestrator.messages.negotiation import Issue
from orchestrator.messages.step import Froze
from orchestrator.messages.terms import Day, Term, Terms
from orchestrator.messages.utility import utility
from orchestrator.messages.value import OfferId, RoleName
from orchestrator.report.clean import clean
from orchestrator.report.figures import clause, duration, listed, named, plural
from orchestrator.report.standing import UNFINISHED, Standing, rounds_used, standing

__all__ = ["plan", "why", "worths"]


def plan(session: Session, terms: Terms) -> tuple[str, ...]:
    """Return who gives what, when and how much: a sentence for each owner, then one for what all share."""
    issues = session.agenda.issues
    parties: list[tuple[str, RoleName | None]] = [(f"{role.name} commits to:", role.name) for role in session.roles]
    parties.append(("all agree on:", None))
    return tuple(f"{lead} {listed(clauses)}" for lead, owner in parties if (clauses := _clauses(issues, terms, owner)))


def why(session: Session, entries: Sequence[Entry]) -> str:  # noqa: PLR0911 - one line for each status
    """Return in a sentence where the session stands and why."""
    stands = standing(session, entries)
    match stands.status:
        case "agreed":
            return f"Agreed in round {rounds_used(session)} of {session.stop.rounds}: {_accord(session)}."
        case "no_agreement":
            return f"No agreement: {_called_off(entries) or _failure(session)}."
        case "stopped":
            return f"Stopped in round {session.round} of {session.stop.rounds} at a bound of spending: {session.bound}."
        case "waiting" if stands.froze is not None:
            return _frozen(session, stands.froze)
        case "waiting" if stands.seat is not None:
            return f"Waiting in round {session.round} of {session.stop.rounds}: {clean(stands.why, 300)}."
        case "waiting":
            return f"Settled, but not binding yet: {_approvals(stands)}."
        case "interrupted":
            place = f"in round {session.round} of {session.stop.rounds}"
            if stands.reason == UNFINISHED:
                return f"Unfinished {place}: it runs now, or was killed."
            return f"Interrupted {place}: {clean(stands.reason, 300)}."
        case _:
            assert_never(stands.status)


def worths(session: Session, terms: Terms, eyes: Collection[str] | None = None) -> Iterator[str]:
    """Yield what the terms are worth to each role, or to those in `eyes`, beside its reserve; of an auction, to both sides."""
    sides = session.backers or session.backers_of(session.settled or OfferId(""))
    for role in session.roles:
        if eyes is not None and role.name not in eyes:
            continue
        if isinstance(session.agenda.pattern_rules, Auction) and role.name not in sides:
            continue
        yield f"{role.name} {utility(role.mandate, terms):.2f} (reserve {role.mandate.reserve:.2f})"


def _clauses(issues: tuple[Issue, ...], terms: Terms, owner: RoleName | None) -> list[str]:
    given = named(terms)
    owned = [(given[issue.name], issue) for issue in issues if issue.owner == owner and issue.name in given]
    return [clause(term, issue) for term, issue in sorted(owned, key=lambda pair: _is_day(pair[0]))]


def _is_day(term: Term) -> bool:
    # A sentence reads best when it ends with the date.
    return isinstance(term, Day)


def _accord(session: Session) -> str:
    backers = listed(list(session.backers))
    approved = [ruling for ruling in session.rulings if ruling.approved and ruling.offer == session.settled]
    by = f", approved by {listed([clean(ruling.by, 80) for ruling in approved])}" if approved else ""
    if session.reason == "all":
        return f"{backers} back the same terms{by}"
    if session.reason == "award":
        return f"the award is to {backers}{by}"
    if session.reason == "person":
        return f"the offer that {backers} backed best was put to a person{by}"
    return f"{backers} back the same terms, {len(session.backers)} of {len(session.roles)} roles, as the quorum asks{by}"


def _frozen(session: Session, froze: Froze) -> str:
    place = f"in round {session.round} of {session.stop.rounds}"
    return f"Frozen {place}: {clean(froze.why, 300)}. It waits for {clean(froze.person, 80)}."


def _called_off(entries: Sequence[Entry]) -> str:
    last = entries[-1].reply if entries else None
    return f"{clean(last.by, 80)} cancelled it: {clean(last.why, 300)}" if isinstance(last, Cancelled) else ""


def _failure(session: Session) -> str:  # noqa: PLR0911 - one line for each reason
    reason: Reason | None = session.reason
    stop = session.stop
    match reason:
        case "rounds":
            return f"{stop.rounds} {plural(stop.rounds, 'round')} {'was' if stop.rounds == 1 else 'were'} used up"
        case "seconds":
            return f"the {duration(stop.seconds)} for it were used up"
        case "unchanged":
            return f"no offer changed in {stop.unchanged_rounds} {plural(stop.unchanged_rounds, 'round')}"
        case "escalated":
            return f"{session.moves[-1].sender if _was_moved(session) else session.speaker.name} handed the matter to a person"
        case "ladder":
            return "the last step of the ladder was reached"
        case "breaker":
            thaw = session.course.thaws[-1] if session.course.thaws else None
            note = f": {clean(thaw.note, 300)}" if thaw and thaw.note else ""
            return f"{clean(thaw.by, 80) if thaw else 'a person'} ended it after a circuit breaker had frozen it{note}"
        case "unsold":
            return "no bid was one that counts"
        case "cancelled":
            return "it was cancelled"
        case "all" | "quorum" | "award" | "person" | "spending" | None:
            return "nothing was settled"
        case _:
            assert_never(reason)


def _was_moved(session: Session) -> bool:
    return bool(session.moves) and session.moves[-1].act == "escalate"


def _approvals(stands: Standing) -> str:
    waits = listed([f"{gate.wanted} for gate {gate.id!r}{_when(gate)}" for gate in stands.gates])
    return f"it waits for the approval of {waits}"


def _when(gate: Gate) -> str:
    """Return which terms reach a gate; gates of a pattern are reached by none or all."""
    return "" if gate.when in ("true", "false") else f" ({gate.when})"
