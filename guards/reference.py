"""Does the draft refer to what is there? An offer that stands and suits the act, and facts that the role can see."""

from __future__ import annotations

from collections.abc import Iterator

from guards.claims.history import move_called
from orchestrator.messages.draft import Draft
from orchestrator.messages.finding import Finding
from orchestrator.messages.move import Fall, Offer
from orchestrator.messages.value import OfferId
from orchestrator.messages.view import View

__all__ = ["refers_to_what_stands"]

_HOW = {
    "superseded": "its sender made a new one",
    "withdrawn": "its sender withdrew it",
    "rejected": "it was rejected",
    "expired": "its rounds were over",
    "fact_changed": "a fact that it assumes has changed",
    "denied": "its approval was denied",
    "unfit": "it was unfit to be agreed",
}


def refers_to_what_stands(draft: Draft, view: View, /) -> tuple[Finding, ...]:
    """Refuse an act on an offer that does not stand or does not suit the act, and cited or assumed facts that are not there."""
    if draft.offer is None and not draft.assumes and not draft.evidence:
        return ()
    return (*_offer_faults(draft, view), *_unknown_facts(draft, view))


def _offer_faults(draft: Draft, view: View) -> Iterator[Finding]:
    if draft.offer is None or draft.act not in ("accept", "reject", "withdraw"):
        return
    offer = view.offer(draft.offer)
    if offer is None:
        yield _not_standing(draft.offer, view)
        return
    is_own = offer.sender == view.role
    if draft.act == "withdraw" and not is_own:
        message = f"offer {offer.id!r} is {offer.sender}'s; only its sender can withdraw it"
        yield _finding("reference.not_own", offer.id, message, _listed(_own(view)))
    elif draft.act != "withdraw" and is_own:
        message = f"offer {offer.id!r} is your own, and you back it already; {draft.act!r} is for offers of others"
        yield _finding("reference.own", offer.id, message, _listed(_others(view)))
    if draft.act == "accept":
        yield from _open_issues(offer, view)


def _not_standing(offer: OfferId, view: View) -> Finding:
    standing = _listed(view.offers)
    fall = next((fall for fall in reversed(view.falls) if fall.offer == offer), None)
    if fall is not None:
        return _finding("reference.fallen", offer, f"offer {offer!r} stands no more: {_reason(fall)}", standing)
    move = move_called(view, offer)
    if move is not None and move.id == offer and move.act != "propose":
        message = f"{offer!r} is no offer but a move of {move.sender}'s ({move.act!r}); these stand: {standing}"
    else:
        message = f"there is no offer {offer!r} in this talk; these stand: {standing}"
    return _finding("reference.unknown", offer, message, standing)


def _reason(fall: Fall) -> str:
    by = f" by {fall.by}" if fall.by and fall.why in ("rejected", "denied") else ""
    reason = f" ({fall.reason})" if fall.reason else ""
    return f"{_HOW[fall.why]}{by}{reason}"


def _open_issues(offer: Offer, view: View) -> Iterator[Finding]:
    settled = {term.issue for term in offer.terms}
    left = [issue.name for issue in view.agenda.issues if issue.name not in settled]
    if left:
        message = (
            f"offer {offer.id!r} leaves {', '.join(left)} open; only an offer with a value for every issue can be accepted"
        )
        yield _finding("reference.open_issues", offer.id, message, "propose all issues, or wait for an offer that settles them")


def _unknown_facts(draft: Draft, view: View) -> Iterator[Finding]:
    visible = [fact.name for fact in view.facts]
    for key, names, what in (
        ("evidence", draft.evidence, "words can cite"),
        ("assumes", draft.assumes, "an offer can rest on"),
    ):
        for place, name in ((place, name) for place, name in enumerate(names) if name not in visible):
            yield Finding(
                code="reference.unknown_fact",
                kind="reference",
                severity="refuse",
                path=f"{key}.{place}",
                words=name,
                message=f"{name!r} is no fact that you can see; {what} only facts that you see",
                allowed=", ".join(visible),
            )


def _own(view: View) -> tuple[Offer, ...]:
    return tuple(offer for offer in view.offers if offer.sender == view.role)


def _others(view: View) -> tuple[Offer, ...]:
    return tuple(offer for offer in view.offers if offer.sender != view.role)


def _listed(offers: tuple[Offer, ...]) -> str:
    return ", ".join(f"{offer.id} of {offer.sender}" for offer in offers) or "none"


def _finding(code: str, offer: OfferId, message: str, allowed: str) -> Finding:
    return Finding(
        code=code, kind="reference", severity="refuse", path="offer", words=offer[:80], message=message, allowed=allowed
    )
