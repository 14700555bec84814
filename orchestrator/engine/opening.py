"""How does a session begin? With the digests of its files and, after an amendment, with the old terms standing."""

from __future__ import annotations

from orchestrator.engine.evolve import life_of
from orchestrator.engine.rules import Rules
from orchestrator.engine.session import Session
from orchestrator.engine.settling import objections
from orchestrator.engine.unfold import Unfolding
from orchestrator.messages.digest import JSON, digest_of, sha256
from orchestrator.messages.event import Opened
from orchestrator.messages.move import Offer
from orchestrator.messages.negotiation import Role
from orchestrator.messages.settings import Settings
from orchestrator.messages.terms import digest_of_terms
from orchestrator.messages.value import Digest, OfferId, RoleName, Value

__all__ = ["NOBODY", "digest_of_rules", "open_session"]

NOBODY = RoleName("precedent")
"""Stands as the sender of the terms that an amended session starts from; no role may have this name."""


def open_session(unfolding: Unfolding, rules: Rules) -> None:
    """Begin, once: where there is a precedent that nobody's limits and no policy forbid, it stands as an offer."""
    session = unfolding.session
    if session.phase != "opening":
        return
    settings = session.settings
    offer = _precedent(session)
    findings = objections(session, offer, rules) if offer else ()
    unfolding.add(
        Opened(
            negotiation=sha256(_text(settings.negotiation).encode()),
            prompts=digest_of([[prompt.name, prompt.text] for prompt in settings.prompts]),
            rules=digest_of_rules(settings),
            offer=None if findings else offer,
            findings=findings,
        )
    )


def digest_of_rules(settings: Settings) -> Digest:
    """Return the digest of all that is decided by: policies, limits, gates, agreement, stop, added guards, and the version."""
    negotiation = settings.negotiation
    return digest_of(
        [
            settings.rules_version,
            [_text(policy) for policy in (*negotiation.policies, *negotiation.word_policies)],
            [_of_role(role) for role in negotiation.roles],
            [_text(gate) for gate in negotiation.gates],
            _text(negotiation.agreement),
            _text(negotiation.stop),
            *settings.guards,
            *(
                _text(rules)
                for rules in (negotiation.pattern_rules, negotiation.breakers, negotiation.budgets)
                if rules is not None
            ),
            *map(_text, negotiation.triggers),
        ]
    )


def _of_role(role: Role) -> JSON:
    rules: tuple[JSON, ...] = (role.name, role.words, role.fallback, _text(role.mandate))
    return (*rules, *(_text(more) for more in (role.context, role.hand_over) if more is not None))


def _precedent(session: Session) -> Offer | None:
    """Return the old terms, as far as their issues are still negotiated, as an offer."""
    terms = tuple(term for term in session.settings.precedent if term.issue in session.issue_names)
    if not terms:
        return None
    return Offer(
        id=OfferId(f"m0-{session.id[-4:]}"),
        sender=NOBODY,
        terms=terms,
        digest=digest_of_terms(terms),
        turn=0,
        falls=life_of(session, None),
    )


def _text(value: Value) -> str:
    """Return the JSON of a value without what it leaves at its default, so that new settings change no old digest."""
    return value.model_dump_json(exclude_defaults=True)
