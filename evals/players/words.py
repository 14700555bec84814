"""How does a mock negotiator speak? In one of three tones, and of nothing but the terms that it writes."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from evals.players.style import Tone
from orchestrator.messages.negotiation import Issue
from orchestrator.messages.terms import Terms
from orchestrator.models.strategy.wording import said

__all__ = ["acceptance", "farewell", "proposal"]

_MOST_SAID = 2

_PROPOSALS: Mapping[Tone, tuple[str, ...]] = MappingProxyType(
    {
        "warm": (
            "Thank you for your patience. I propose {terms}; please tell me what would suit you better.",
            "I would like this to work for both of us, so I propose {terms}.",
            "I understand what matters to you, and I can propose {terms}.",
        ),
        "level": ("I propose {terms}.", "My next proposal: {terms}.", "I can propose {terms}."),
        "dominant": (
            "My proposal is {terms}. I expect you to come to me.",
            "I propose {terms}. I will not move far from it.",
            "{terms}: that is what I ask for. Take it seriously.",
        ),
    }
)

_ACCEPTANCES: Mapping[Tone, str] = MappingProxyType(
    {
        "warm": "Thank you, I accept this offer gladly.",
        "level": "I accept this offer as it stands.",
        "dominant": "I accept this offer. You took your time.",
    }
)

_FAREWELLS: Mapping[Tone, str] = MappingProxyType(
    {
        "warm": "I am sorry that we did not find each other; thank you for the talk.",
        "level": "I see no agreement, and end the talk here.",
        "dominant": "This leads nowhere. I end the talk here.",
    }
)


def proposal(tone: Tone, issues: tuple[Issue, ...], terms: Terms, number: int) -> str:
    """Return a sentence that goes with a proposal."""
    named = {issue.name: issue for issue in issues}
    first = number % len(terms)
    some = (*terms, *terms)[first : first + _MOST_SAID]
    phrases = _PROPOSALS[tone]
    return phrases[number % len(phrases)].format(terms=" and ".join(said(named[term.issue], term) for term in some))


def acceptance(tone: Tone) -> str:
    """Return a sentence that goes with an acceptance."""
    return _ACCEPTANCES[tone]


def farewell(tone: Tone) -> str:
    """Return a sentence that goes with leaving."""
    return _FAREWELLS[tone]
