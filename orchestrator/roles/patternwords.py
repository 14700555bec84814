"""What must a role know of the shape of its talk? The rules that its pattern adds, and where it stands, in plain words."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.messages.auction import Auction
from orchestrator.messages.move import Offer
from orchestrator.messages.negotiation import Agreement, Negotiation
from orchestrator.messages.pattern import Approval, Coalition, Concession, Constraint, Rung, TradeSpace
from orchestrator.messages.quorum import backed
from orchestrator.messages.view import View, agenda_of
from orchestrator.roles.bidding import bidding_line

__all__ = ["agreement_words", "package_words", "step_lines"]


def agreement_words(negotiation: Negotiation) -> str:
    """Return who must accept what, and every rule that the pattern adds, as sentences."""
    if isinstance(negotiation.pattern_rules, Auction):
        return "Nobody accepts: code closes the bidding and awards the lot, and the award binds its two sides alone."
    return " ".join((_agreement(negotiation), *_waiting(negotiation.agreement), *_added(negotiation)))


def step_lines(view: View) -> Iterator[str]:
    """Yield where the pattern stands, where it has steps."""
    if view.step is not None and isinstance(view.agenda.pattern_rules, Coalition):
        yield f"the ladder: {view.step.says}"
    if isinstance(view.agenda.pattern_rules, Auction):
        yield bidding_line(view, view.agenda.pattern_rules)


def package_words(offer: Offer) -> str:
    """Return which version an offer is and what it asks in return; empty where offers are no packages."""
    if not offer.version:
        return ""
    of = f" of {offer.revises}" if offer.revises else ""
    asks = f", asks {', '.join(offer.conditions)} in return for the rest" if offer.conditions else ""
    return f"; version {offer.version}{of}{asks}"


def _agreement(negotiation: Negotiation) -> str:
    agreement, rules = negotiation.agreement, negotiation.pattern_rules
    if agreement.needs == "all":
        mediator = rules.mediator if isinstance(rules, TradeSpace) else None
        return f"All roles but {mediator} must accept the same offer." if mediator else "All roles must accept the same offer."
    always = f", always among them: {', '.join(agreement.always)}" if agreement.always else ""
    if isinstance(rules, Coalition) and rules.weights:
        total = backed(agenda_of(negotiation), tuple(role.name for role in negotiation.roles))
        return f"Roles that count {agreement.quorum} of {total} together must accept the same offer{always}."
    return f"At least {agreement.quorum} of {len(negotiation.roles)} roles must accept the same offer{always}."


def _waiting(agreement: Agreement) -> Iterator[str]:
    if agreement.min_offers:
        yield f"Nobody may accept before {agreement.min_offers} other roles have each offered a value for every issue."


def _added(negotiation: Negotiation) -> Iterator[str]:
    rules = negotiation.pattern_rules
    match rules:
        case Coalition():
            yield from _of_coalition(rules, negotiation.agreement)
        case TradeSpace():
            yield from _of_packages(rules)
        case Concession():
            if rules.monotone:
                yield f"Nobody goes back on a concession: what you gave away on {_listed(rules.monotone)} stays given."
        case Constraint():
            if rules.complete:
                yield "A solver completes a partial proposal at once, as an offer of 'table' for all, or refutes it."
        case Approval():
            yield f"Whatever is agreed is a proposal to {rules.by}, who approves it or denies it with a reason."
        case _:
            return


def _of_coalition(rules: Coalition, agreement: Agreement) -> Iterator[str]:
    if rules.weights:
        yield f"{_listed([f'{entry.role} counts {entry.weight}' for entry in rules.weights])}; any other role counts 1."
    if rules.vetoes:
        yield (
            f"Only a reject by {_listed(rules.vetoes, 'or')} ends an offer, and its terms for good; "
            "a reject by another role only takes its own backing back."
        )
    if rules.priorities:
        yield f"Where several offers could settle, the one of the first of {_listed(rules.priorities, 'then')} does."
    if rules.ladder:
        yield f"Without agreement the talk goes down a ladder: {_listed([_rung(rung) for rung in rules.ladder], 'then')}."
    if agreement.needs == "quorum" or rules.ladder:
        yield "The limits of all roles bind, whoever accepts."


def _rung(rung: Rung) -> str:
    when = f"after {rung.after} more round{'' if rung.after == 1 else 's'}"
    match rung.do:
        case "quorum":
            return f"{when} {rung.quorum} is enough"
        case "concede":
            return f"{when} one role after the other must move closer to an offer of another, or accept one"
        case "person":
            return f"{when} {rung.person} decides on the offer that is backed best"
        case "end":
            return f"{when} the talk ends"


def _of_packages(rules: TradeSpace) -> Iterator[str]:
    yield (
        'Offers are packages with versions. A proposal may have "conditions", a list of its issues whose terms you ask of the '
        'others in return for the rest, and "revises", the id of the offer that it is a new version of. '
        "Who accepts accepts the whole package."
    )
    if rules.single_text:
        yield (
            "One text stands at a time: whoever proposes replaces it with a better one, a reject leaves it standing, and it is "
            "agreed when all accept it and nobody has improved it for a round."
        )
    if rules.mediator:
        yield f"{rules.mediator} writes the first text, and has no vote."


def _listed(parts: tuple[str, ...] | list[str], last: str = "and") -> str:
    *most, end = parts
    return f"{', '.join(most)} {last} {end}" if most else end
