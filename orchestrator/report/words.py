"""What was settled, why did it end, and what is it worth? The outcome of a session in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import assert_never

from orchestrator.engine import Session
from orchestrator.messages.entry import Entry
from orchestrator.messages.event import Reason
from orchestrator.messages.negotiation import Issue
from orchestrator.messages.terms import Day, Term, Terms
from orchestrator.messages.utility import utility
from orchestrator.messages.value import RoleName
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


def why(session: Session, entries: Sequence[Entry]) -> str:
    """Return in a sentence where the session stands and why."""
    stands = standing(session, entries)
    match stands.status:
        case "agreed":
            return f"Agreed in round {rounds_used(session)} of {session.stop.rounds}: {_accord(session)}."
        case "no_agreement":
            return f"No agreement: {_failure(session)}."
        case "stopped":
            return f"Stopped in round {session.round} of {session.stop.rounds} at a bound of spending: {session.bound}."
        case "waiting":
            return f"Settled, but not binding yet: {_approvals(stands)}."
        case "interrupted":
            place = f"in round {session.round} of {session.stop.rounds}"
            if stands.reason == UNFINISHED:
                return f"Unfinished {place}: it runs now, or was killed."
            return f"Interrupted {place}: {clean(stands.reason, 300)}."
        case _:
            assert_never(stands.status)


def worths(session: Session, terms: Terms) -> Iterator[str]:
    """Yield what the terms are worth to each role, beside its reserve."""
    for role in session.roles:
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
    if len(session.backers) == len(session.roles):
        return f"{backers} back the same terms{by}"
    return f"{backers} back the same terms, {len(session.backers)} of {len(session.roles)} roles, as the quorum asks{by}"


def _failure(session: Session) -> str:
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
        case "all" | "quorum" | "spending" | None:
            return "nothing was settled"
        case _:
            assert_never(reason)


def _was_moved(session: Session) -> bool:
    return bool(session.moves) and session.moves[-1].act == "escalate"


def _approvals(stands: Standing) -> str:
    waits = listed([f"{gate.approver} for gate {gate.id!r} ({gate.when})" for gate in stands.gates])
    return f"it waits for the approval of {waits}"
