"""What may a person do now, and what should they know? Acts that are legal, offers with their worth, the own mandate, facts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from orchestrator.cli.seat.table import differing, own_terms, worth
from orchestrator.messages.move import Move, Offer
from orchestrator.messages.negotiation import Fact
from orchestrator.messages.terms import exact
from orchestrator.messages.view import View
from orchestrator.report.clean import clean
from orchestrator.report.figures import label, plural, short_id, stated

__all__ = [
    "aid",
    "fact_lines",
    "heard",
    "is_complete",
    "legal_acts",
    "mandate_lines",
    "others_offers",
    "record_lines",
    "rule_lines",
]

_LATEST = 8


def aid(view: View) -> Iterator[str]:
    """Yield the help: what can be done now, what stands and is worth how much, and the own mandate."""
    yield "You can now write:"
    yield from (f"  {line}" for line in legal_acts(view))
    yield f"  {_act('leave', 'leave the seat; nothing is lost')}"
    yield "To look again: table, facts, rules, said, record."
    yield "Words may end in the facts they cite, in brackets: [NAME]."
    yield ""
    yield "What stands:" if view.offers else "No offer stands."
    for offer in view.offers:
        yield f"  {short_id(offer.id)} of {_whose(offer, view)}, worth {worth(view, offer.terms)} to you{_open(offer, view)}"
        if offer.sender != view.role and own_terms(view):
            yield f"    differs from yours in: {differing(offer, view)}"
    yield ""
    yield from mandate_lines(view)


def legal_acts(view: View) -> Iterator[str]:
    """Yield the acts that can be done now, each with its form."""
    yield _act("offer", "an offer by form, from your last one")
    yield _act("offer [ID] ISSUE=VALUE", "in one line; ID starts from that offer")
    names = [short_id(offer.id) for offer in others_offers(view)]
    complete = [short_id(offer.id) for offer in others_offers(view) if is_complete(offer, view)]
    if complete:
        yield _act("accept ID [WORDS]", f"sign another's: {', '.join(complete)}")
    if names:
        yield _act("reject ID [WORDS]", f"it falls for all: {', '.join(names)}")
    if (own := view.own_offer()) is not None:
        yield _act("withdraw [WORDS]", f"take back your own, {short_id(own.id)}")
    yield _act("say WORDS, ask WORDS", "speak without an offer")
    yield _act("pass", "say nothing this turn")
    yield _act("escalate WORDS", "end it for all, without agreement")


def mandate_lines(view: View) -> Iterator[str]:
    """Yield what the role may bind, and what it has its worth from: for its own eyes."""
    yield "Your mandate, for your eyes only:"
    yield f"  reserve {view.mandate.reserve:g}: below it you can neither offer nor accept"
    yield from (f"  limit {limit.id}: {limit.rule}" + (f" ({limit.why})" if limit.why else "") for limit in view.mandate.limits)
    for measure in sorted(view.mandate.worths, key=lambda measure: -measure.weight):
        ends = (
            ", ".join(f"{option} {value:g}" for option, value in measure.values)
            if measure.kind == "options"
            else f"best {_end(measure.best)}, worst {_end(measure.worst)}"
        )
        yield f"  {label(measure.issue)} weighs {measure.weight:g}: {ends}"


def fact_lines(view: View) -> Iterator[str]:
    """Yield the facts that the role can see, each with its source, date and confidence."""
    yield "Facts that you can see:" if view.facts else "There are no facts that you can see."
    yield from (f"  {_fact(fact)}" for fact in view.facts)


def heard(view: View) -> Iterator[str]:
    """Yield the last words of everybody, oldest first."""
    spoken = [move for move in view.moves if move.text][-_LATEST:]
    yield "Said last:" if spoken else "Nothing was said yet."
    yield from (f"  {_said(move, view)}" for move in spoken)


def rule_lines(view: View) -> Iterator[str]:
    """Yield the role's own mandate, then the policies and gates that all know."""
    yield from mandate_lines(view)
    yield "Policies, known to all:" if view.agenda.policies else "There are no policies on terms."
    yield from (f"  {rule.id}: {rule.rule}" + (f" ({rule.why})" if rule.why else "") for rule in view.agenda.policies)
    yield from (f"  {each.id}: never write {', '.join((*each.words, *each.personal))}" for each in view.agenda.word_policies)
    yield from (f"  gate {gate.id}: where {gate.when}, {gate.wanted} must approve" for gate in view.agenda.gates)


def record_lines(view: View) -> Iterator[str]:
    """Yield how each role behaved so far, in counts that the journal proves."""
    yield "On record:"
    for each in view.records:
        drafts = f"{each.refused} {plural(each.refused, 'draft')} refused"
        offers = f"{each.offers} {plural(each.offers, 'offer')}, {each.kept} kept, {each.withdrawn} withdrawn"
        yield f"  {each.role}: {offers}, {drafts}, {each.floods} {plural(each.floods, 'flood')}"


def others_offers(view: View) -> tuple[Offer, ...]:
    """Return the standing offers of the others, oldest first."""
    return tuple(offer for offer in view.offers if offer.sender != view.role)


def is_complete(offer: Offer, view: View) -> bool:
    """Return whether an offer has a value for every issue."""
    return len(offer.terms) == len(view.agenda.issues)


def _said(move: Move, view: View) -> str:
    who = "you" if move.sender == view.role else f"{move.sender}{'' if move.sender in view.people else ', an agent'}"
    return f'round {move.round}, {who}: "{clean(move.text, 400)}"'


def _fact(fact: Fact) -> str:
    never = "; never to be told" if fact.disclose == "never" else ""
    source = f"{fact.source}, {fact.as_of.isoformat()}, confidence {fact.confidence:g}"
    return clean(f"{fact.name}: {fact.says}: {stated(fact)} ({source}){never}", 400)


def _whose(offer: Offer, view: View) -> str:
    return "yours" if offer.sender == view.role else offer.sender


def _open(offer: Offer, view: View) -> str:
    named = {term.issue for term in offer.terms}
    missing = [label(issue.name) for issue in view.agenda.issues if issue.name not in named]
    return f"; open: {', '.join(missing)}" if missing else ""


def _end(value: Decimal | date) -> str:
    return exact(value) if isinstance(value, Decimal) else str(value)


def _act(form: str, does: str) -> str:
    return f"{form:<23}{does}"
