"""Can there be an agreement, and if not, what stands in the way? A finding of feasibility in sentences, and as an object.

Seen from a seat, limits and reserves of others have no content, and nothing is said that would give it away: no example,
no count, and no figure of what would suffice.
"""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.analysis.counting import Count
from orchestrator.analysis.demands import Beyond, Demand, Reached
from orchestrator.analysis.feasibility import Feasibility
from orchestrator.analysis.relaxing import Relaxation
from orchestrator.messages.negotiation import Negotiation
from orchestrator.messages.terms import Terms, plain
from orchestrator.messages.utility import utility
from orchestrator.messages.value import RoleName
from orchestrator.report.clean import clean
from orchestrator.report.figures import label, plural, said
from orchestrator.report.printed import Json

__all__ = ["feasible_json", "feasible_lines", "named_demand"]


def feasible_lines(negotiation: Negotiation, known: Feasibility, seat: RoleName | None = None) -> Iterator[str]:
    """Yield what is known, a line for each thing; lines that belong to one above them are indented."""
    match known.answer:
        case "feasible":
            yield from _possible(negotiation, known, seat)
        case "hopeless":
            yield from _hopeless(known, seat)
        case "undecided":
            yield f"Undecided: {clean(known.why, 300)}."
    for beyond in known.beyond:
        yield f"Not weighed: {_beyond(known, beyond, seat)}"
    if negotiation.pattern == "auction":
        yield "Not weighed: limits and reserves; in an auction they bind whoever wins."


def feasible_json(negotiation: Negotiation, known: Feasibility, seat: RoleName | None = None) -> dict[str, Json]:
    """Return what is known as an object."""
    conflict = known.conflict
    shown = known.example is not None and not _is_blind(known, seat)
    terms = known.problem.terms(known.example) if known.example is not None and shown else ()
    return {
        "name": negotiation.name,
        "answer": known.answer,
        "why": known.why,
        "outcomes": known.outcomes,
        "count": _count_json(known.count) if known.count and not _is_blind(known, seat) else None,
        "example": {str(term.issue): plain(term) for term in terms} if shown else None,
        "worth": {str(role.name): round(utility(role.mandate, terms), 6) for role in negotiation.roles} if shown else None,
        "conflict": [_demand_json(demand, seat) for demand in conflict.demands] if conflict else [],
        "minimal": conflict.minimal if conflict else None,
        "smallest": conflict.smallest if conflict else None,
        "relaxations": [_relaxation_json(known, each, seat) for each in known.relaxations],
        "together": [_demand_json(demand, seat) for demand in known.together],
        "not_weighed": [_beyond_json(beyond, seat) for beyond in known.beyond],
    }


def named_demand(demand: Demand | Beyond, seat: RoleName | None = None) -> str:
    """Return what a demand is called: `limit cap of buyer`, or from another seat `a private limit of buyer`."""
    if _is_hidden(demand, seat):
        return f"the reserve of {demand.role}" if isinstance(demand, Reached) else f"a private limit of {demand.role}"
    if isinstance(demand, Reached):
        return f"reserve of {demand.role}"
    return f"{demand.kind} {demand.rule.id}" + (f" of {demand.role}" if demand.role else "")


def _possible(negotiation: Negotiation, known: Feasibility, seat: RoleName | None) -> Iterator[str]:
    yield "An agreement is possible."
    if _is_blind(known, seat):
        yield "An example, or how many there are, would tell what others can accept."
        return
    if known.count is not None:
        yield _count_line(known.count, "every policy, limit and reserve" if known.problem.quorum.roles else "every policy")
    if known.example is not None:
        terms = known.problem.terms(known.example)
        yield "For example:"
        yield from (f"  {line}" for line in _terms_lines(negotiation, terms))
        worths = (f"{role.name} {utility(role.mandate, terms):.2f} of 1" for role in negotiation.roles)
        yield f"  worth: {', '.join(worths)}"


def _terms_lines(negotiation: Negotiation, terms: Terms) -> Iterator[str]:
    for issue, term in zip(negotiation.issues, terms, strict=True):
        yield f"{label(term.issue)}: {clean(said(term, issue))}"


def _count_line(number: Count, kept: str) -> str:
    of = f"of {number.outcomes:,} {plural(number.outcomes, 'outcome')}"
    match number.kind:
        case "exact":
            return f"{number.number:,} {of} keep {kept}."
        case "estimate":
            return (
                f"About {_rounded(number.number)} {of} keep {kept}"
                f" (an estimate from draws; probably {_rounded(number.low)} to {_rounded(number.high)})."
            )
        case "at most":
            return f"At most {number.high:,} {of} keep {kept} (a bound; it was not counted)."


def _rounded(number: int) -> str:
    """Return a number with three digits that mean something."""
    return f"{int(float(f'{number:.3g}')):,}"


def _hopeless(known: Feasibility, seat: RoleName | None) -> Iterator[str]:
    conflict = known.conflict
    if conflict is None:
        yield "No agreement is possible."
        return
    size = len(conflict.demands)
    if not conflict.minimal:
        yield f"No agreement is possible: somewhere among these {size} is a contradiction, not yet made as small as can be."
    elif size == 1:
        yield "No agreement is possible: this cannot be kept within the ranges of the issues."
    else:
        yield f"No agreement is possible: these {size} contradict each other; leave out any one, and they do not."
    yield from (f"  {_said(demand, seat)}" for demand in conflict.demands)
    if known.relaxations:
        yield "A deal opens if one of these gives way, and all else stays as it is:"
        yield from (f"  {line}" for line in dict.fromkeys(_relaxed(known, each, seat) for each in known.relaxations))
    elif known.together:
        yield "No single one of them opens a deal. These would, if all of them gave way:"
        yield from (f"  {named_demand(demand, seat)}" for demand in known.together)
    if not known.is_whole:
        yield "Time ran out before everything was looked at; --seconds gives more."


def _said(demand: Demand, seat: RoleName | None) -> str:
    if _is_hidden(demand, seat):
        return named_demand(demand, seat)
    if isinstance(demand, Reached):
        return f"{named_demand(demand, seat)}: worth at least {demand.mandate.reserve:g} of 1 to it"
    why = f" ({clean(demand.rule.why, 200)})" if demand.rule.why else ""
    return f"{named_demand(demand, seat)}: {clean(demand.rule.rule, 300)}{why}"


def _relaxed(known: Feasibility, eased: Relaxation, seat: RoleName | None) -> str:
    named = named_demand(eased.demand, seat)
    if _is_blind(known, seat):
        return named
    if eased.kind == "dropped":
        return f"{named}, dropped"
    return f"{named} from {eased.before} to {'' if eased.nearest else 'about '}{eased.after}"


def _beyond(known: Feasibility, beyond: Beyond, seat: RoleName | None) -> str:
    named = named_demand(beyond, seat)
    words = "" if _is_hidden(beyond, seat) else f", {clean(beyond.why.words, 80)!r} {beyond.why.reason}"
    ends = {
        "feasible": "the example keeps it, the count leaves it out",
        "hopeless": "no agreement is possible whatever it asks",
        "undecided": "it may decide",
    }
    return f"{named}{words}; {ends[known.answer]}."


def _is_hidden(demand: Demand | Beyond, seat: RoleName | None) -> bool:
    return seat is not None and demand.role is not None and demand.role != seat


def _is_blind(known: Feasibility, seat: RoleName | None) -> bool:
    """Return whether figures would tell the seat what is private to others."""
    return any(_is_hidden(demand, seat) for demand in (*known.problem.demands, *known.beyond))


def _count_json(number: Count) -> dict[str, Json]:
    return {"kind": number.kind, "number": number.number, "low": number.low, "high": number.high}


def _demand_json(demand: Demand | Beyond, seat: RoleName | None) -> dict[str, Json]:
    told: dict[str, Json] = {"kind": demand.kind, "role": demand.role, "named": named_demand(demand, seat)}
    if _is_hidden(demand, seat):
        return told
    if isinstance(demand, Reached):
        return {**told, "reserve": demand.mandate.reserve}
    return {**told, "id": demand.rule.id, "rule": demand.rule.rule, "why": demand.rule.why}


def _relaxation_json(known: Feasibility, eased: Relaxation, seat: RoleName | None) -> dict[str, Json]:
    told = _demand_json(eased.demand, seat)
    if _is_blind(known, seat):
        return told
    return {**told, "by": eased.kind, "from": eased.before, "to": eased.after, "nearest": eased.nearest}


def _beyond_json(beyond: Beyond, seat: RoleName | None) -> dict[str, Json]:
    told = _demand_json(beyond, seat)
    return told if _is_hidden(beyond, seat) else {**told, "words": beyond.why.words, "reason": beyond.why.reason}
