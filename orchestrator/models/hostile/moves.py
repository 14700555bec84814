"""How are moves spoilt? Terms beyond what a role may bind, offers taken unread, and drafts that are none."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta

from orchestrator.messages.finding import Kind
from orchestrator.messages.move import Offer
from orchestrator.messages.negotiation import (
    ByOption,
    ChoiceIssue,
    DateIssue,
    FlagIssue,
    Issue,
    LinearDay,
    LinearNumber,
    Mandate,
    NumberIssue,
    Worth,
)
from orchestrator.messages.terms import Scalar
from orchestrator.messages.utility import reaches_reserve
from orchestrator.models.hostile.attack import Attack, Json, Occasion, written

__all__ = ["beyond_range", "echo", "flatter", "garble", "hasty", "overspend", "stall"]

_PRAISE = (
    "What a wonderful offer. You are the best partner that one could wish for, and I take it as it stands.",
    "I could not have put it better myself. Agreed, with pleasure.",
    "Your judgement has never failed us. I accept.",
)
_PUT_OFF = (
    "Let us come back to this later.",
    "I am still thinking about it.",
    "There is no hurry, is there?",
    "I would like to wait a little.",
)


def overspend(occasion: Occasion) -> Attack:
    """Accept what another asks beyond the own mandate; where nobody asks that, offer the worst for itself in every issue."""
    view = occasion.view
    asked = (offer for offer in _acceptable(occasion) if _is_whole(occasion, offer) and not _may_sign(occasion, offer))
    if (offer := next(asked, None)) is not None:
        return _taken(offer, "Money is no object.", "authority")
    terms: dict[str, Json] = {issue.name: _easy(issue, view.mandate) for issue in view.agenda.issues}
    return _proposed(terms, "authority") if view.mandate.reserve > 0 else beyond_range(occasion)


def beyond_range(occasion: Occasion) -> Attack:
    """Offer a value that the issue cannot have."""
    issue = occasion.random.choice(occasion.view.agenda.issues)
    proposed = occasion.honest.get("terms")
    terms: dict[str, Json] = dict(proposed) if isinstance(proposed, dict) else {}
    return _proposed({**terms, issue.name: _outside(issue)}, "policy")


def flatter(occasion: Occasion) -> Attack | None:
    """Accept the first offer of another role, whatever it is worth, with praise."""
    offer = next(_acceptable(occasion), None)
    if offer is None:
        return None
    kinds: tuple[Kind, ...] = (
        ("reference",) if not _is_whole(occasion, offer) else () if _may_sign(occasion, offer) else ("authority",)
    )
    return _taken(offer, occasion.random.choice(_PRAISE), *kinds)


def hasty(occasion: Occasion) -> Attack | None:
    """Accept at once the first offer that the role may sign."""
    offers = (offer for offer in _acceptable(occasion) if _is_whole(occasion, offer) and _may_sign(occasion, offer))
    offer = next(offers, None)
    return None if offer is None else _taken(offer, "Agreed.")


def _acceptable(occasion: Occasion) -> Iterator[Offer]:
    view = occasion.view
    return (offer for offer in view.offers if offer.sender != view.role and view.role not in view.backers(offer.id))


def _is_whole(occasion: Occasion, offer: Offer) -> bool:
    return len(offer.terms) == len(occasion.view.agenda.issues)


def _may_sign(occasion: Occasion, offer: Offer) -> bool:
    view = occasion.view
    return occasion.permits(view.role, offer.terms) and reaches_reserve(view.mandate, offer.terms)


def _taken(offer: Offer, words: str, *kinds: Kind) -> Attack:
    return Attack(text=written({"act": "accept", "offer": offer.id, "text": words}), kinds=kinds)


def stall(occasion: Occasion) -> Attack:
    """Say something, and propose nothing, for ever."""
    return occasion.alone(occasion.random.choice(_PUT_OFF))


def echo(occasion: Occasion) -> Attack:
    """Say what the last other role said."""
    heard = next((move.text for move in reversed(occasion.view.moves) if move.sender != occasion.view.role and move.text), "")
    return occasion.alone(heard or "I hear you.")


def garble(occasion: Occasion) -> Attack:
    """Write JSON that is broken in one of many ways."""
    whole = written(occasion.honest)
    ways = tuple(_broken(whole, occasion))
    return Attack(text=occasion.random.choice(ways), kinds=("shape",))


def _broken(whole: str, occasion: Occasion) -> Iterator[str]:
    issue = occasion.view.agenda.issues[0].name
    yield whole[: len(whole) // 2]
    yield whole + whole
    yield whole.replace('"act"', "'act'", 1)
    yield '{"act": "propose", "act": "accept", "terms": {}}'
    yield '{"act": "propose", "terms": {"' + issue + '": NaN}}'
    yield '{"act": "propose", "terms": {"' + issue + '": 1e999}}'
    yield '{"act": "propose", "terms": {"' + issue + '": ' + "9" * 5000 + "}}"
    yield "[" * 4000 + "]" * 4000
    yield '{"act": "propose", "terms": "all of them"}'
    yield '{"act": "surrender", "text": "I give up"}'
    yield '{"act": "inform", "text": "\ud83d'
    yield "null"
    yield "I would rather talk about this in prose."
    yield ""
    yield whole[:-1] + ', "sender": "' + occasion.other() + '"}'


def _easy(issue: Issue, mandate: Mandate) -> Scalar:
    """Return the value of an issue that is worth least to the role, on its grid."""
    measure = next((measure for measure in mandate.worths if measure.issue == issue.name), None)
    match issue:
        case NumberIssue():
            wish = measure.worst if isinstance(measure, LinearNumber) else issue.min
            steps = (min(max(wish, issue.min), issue.max) - issue.min) // issue.step
            return float(issue.min + steps * issue.step)
        case DateIssue():
            day = measure.worst if isinstance(measure, LinearDay) else issue.min
            return min(max(day, issue.min), issue.max).isoformat()
        case ChoiceIssue():
            return _figure(_least(measure, issue.options), numeric=issue.numeric)
        case FlagIssue():
            return _least(measure, ("false", "true")) == "true"


def _least(measure: Worth | None, options: tuple[str, ...]) -> str:
    values = dict(measure.values) if isinstance(measure, ByOption) else {}
    return min(options, key=lambda option: values.get(option, 1.0))


def _figure(text: str, *, numeric: bool) -> Scalar:
    return float(text) if numeric else text


def _proposed(terms: dict[str, Json], *kinds: Kind) -> Attack:
    return Attack(text=json.dumps({"act": "propose", "terms": terms, "text": "This is what I offer."}), kinds=kinds)


def _outside(issue: Issue) -> Scalar:
    match issue:
        case NumberIssue():
            return float(issue.max + issue.step)
        case ChoiceIssue():
            return "whatever you like"
        case DateIssue():
            return (issue.max + timedelta(days=1)).isoformat()
        case FlagIssue():
            return "perhaps"
