"""Do the words keep the policies on words?"""

from __future__ import annotations

import pytest

from guards.wording import keeps_to_words
from orchestrator.messages.draft import Draft
from orchestrator.messages.finding import Finding
from orchestrator.messages.negotiation import Negotiation, WordPolicy
from tests.corpus import view_of
from tests.guards.cases import CAMPAIGN


def _found(text: str, *policies: WordPolicy) -> tuple[Finding, ...]:
    ruled: Negotiation = CAMPAIGN.model_copy(update={"word_policies": policies})
    return keeps_to_words(ruled)(Draft(act="inform", text=text), view_of(ruled, "budget", ()))


@pytest.mark.parametrize(
    ("pattern", "text", "words"),
    [
        ("Acme", "We know ACME well.", ["ACME"]),
        ("acme", "The academe is no rival.", []),
        ("acme*", "Acmesoft is dearer.", ["Acmesoft"]),
        ("*soft", "Acmesoft is dearer.", ["Acmesoft"]),
        ("a*soft", "Acmesoft, and asoft.", ["Acmesoft", "asoft"]),
        ("*me*of*", "Acmesoft is dearer.", ["Acmesoft"]),
        ("project falcon", "About Project-Falcon: no.", ["Project-Falcon"]),
        ("project * two", "Project Falcon Two, and project two.", ["Project Falcon Two"]),
        ("acme", "\u0410cm\u0435 and \uff41\uff43\uff4d\uff45", ["\u0410cm\u0435", "\uff41\uff43\uff4d\uff45"]),
        ("a*b*c", "a" * 1000, []),
    ],
)
def test_patterns_stand_for_words(pattern: str, text: str, words: list[str]) -> None:
    """A pattern is found word by word, whatever the letters look like; an asterisk stands for letters of one word."""
    assert [finding.words for finding in _found(text, WordPolicy(id="rivals", words=(pattern,)))] == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Write to jo.doe+x@mail.example.com, please.", ["jo.doe+x@mail.example.com"]),
        ("An @ alone is no address.", []),
        ("Call +44 20 7946 0958 after nine.", ["+44 20 7946 0958"]),
        ("Call (020) 7946 0958.", ["(020) 7946 0958"]),
        ("It is 2026-09-28, or 28.09.2026, and 150,000 dollars.", []),
        ("To DE89 3704 0044 0532 0130 00, thanks.", ["DE89 3704 0044 0532 0130 00"]),
        ("To DE89 3704 0044 0532 0130 01, thanks.", []),
        ("Call 0044 151 2345 67890.", ["0044 151 2345 67890"]),
        ("Call 00443 151 2345 67890.", []),
        ("Card 4111 1111 1111 1111.", ["4111 1111 1111 1111"]),
        ("Card 4111 1111 1111 1112.", []),
        ("Units: 1000000000000000 and 0.", []),
    ],
)
def test_data_of_persons_are_told_by_their_form(text: str, words: list[str]) -> None:
    """Addresses, numbers of phones, accounts and cards are found; those with a check digit only if it is right."""
    policy = WordPolicy(id="private", personal=("email", "phone", "iban", "card"))
    assert [finding.words for finding in _found(text, policy)] == words


def test_finding_names_the_policy_and_its_reason() -> None:
    """The words are withheld, and whoever mends them reads which policy it was and why."""
    policy = WordPolicy(id="no-rivals", words=("acme",), why="brand safety")
    assert _found("Acme is dearer.", policy) == (
        Finding(
            code="policy.words",
            kind="policy",
            severity="withhold",
            path="text",
            words="Acme",
            message="policy 'no-rivals' forbids 'Acme': brand safety",
            allowed="the same without these words",
        ),
    )


def test_without_policies_nothing_is_forbidden() -> None:
    """A negotiation without policies on words forbids none."""
    assert _found("Acme, jo@example.com") == ()
