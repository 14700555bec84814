"""How is a rule that terms do not keep told? With its values, its reason, and the place where it can be mended."""

from __future__ import annotations

from dataclasses import replace

import pytest

from guards.boundterms import Meant
from guards.breach import Wording, breaches
from guards.cel import rule_book
from guards.gates import gate_book
from guards.permits import permits_of
from orchestrator.messages.finding import Finding
from orchestrator.messages.gate import Gate
from orchestrator.messages.gates import GateReading
from orchestrator.messages.negotiation import Rule
from orchestrator.messages.value import RoleName
from tests.corpus import Record, draft_of, terms_of
from tests.guards.cases import CAMPAIGN, FULL

RULE = Wording(kind="policy", broken="some.broken", undecided="some.undecided", called="policy")
CAP = Rule(id="cap", rule="search_spend <= 50000", why="the board said so")
SUM = Rule(id="sum", rule="search_spend + social_spend <= 90000")
ODD = Rule(id="odd", rule="int(flight_weeks) / 0 == 1")
WRONG = Rule(id="wrong", rule="flight_weeks <")


def _found(rules: tuple[Rule, ...], terms: Record, path: str = "terms") -> list[Finding]:
    meant = Meant(terms_of(CAMPAIGN, terms), path, "the offer")
    return list(breaches(rule_book(CAMPAIGN.issues, rules), meant, RULE))


def test_rule_on_one_issue_names_the_place_of_its_term() -> None:
    """A rule that names one issue is broken there; its reason is given."""
    assert _found((CAP,), FULL) == [
        Finding(
            code="some.broken",
            kind="policy",
            severity="refuse",
            path="terms.search_spend",
            words="search_spend 60000",
            message="the offer has search_spend 60000, which breaks policy 'cap' (the board said so)",
            allowed="search_spend <= 50000",
        )
    ]


def test_rule_on_two_issues_names_both_values() -> None:
    """A rule that names two issues is broken by both; one without a reason gives none."""
    assert _found((SUM,), FULL) == [
        Finding(
            code="some.broken",
            kind="policy",
            severity="refuse",
            path="terms",
            words="search_spend 60000, social_spend 40000",
            message="the offer has search_spend 60000, social_spend 40000, which breaks policy 'sum'",
            allowed="search_spend + social_spend <= 90000",
        )
    ]


@pytest.mark.parametrize(
    ("terms", "codes"),
    [
        (FULL, ["some.broken", "some.undecided"]),
        ({"search_spend": 60000, "flight_weeks": 5}, ["some.broken", "some.undecided"]),
        ({"search_spend": 40000, "flight_weeks": 5}, ["some.undecided"]),
        ({"search_spend": 60000}, ["some.broken"]),
        ({"social_spend": 60000}, []),
    ],
)
def test_open_issues_excuse_only_the_rules_that_name_them(terms: Record, codes: list[str]) -> None:
    """A rule that fails on known values is told of partial terms too; one over an open issue is not."""
    assert [finding.code for finding in _found((CAP, ODD), terms)] == codes


def test_rule_that_is_none_is_told_of_partial_terms() -> None:
    """A rule that does not compile is never kept, however little is settled."""
    assert [(finding.code, finding.allowed) for finding in _found((WRONG,), {"social_spend": 1})] == [
        ("some.undecided", "flight_weeks <")
    ]


@pytest.mark.parametrize(("terms", "codes"), [(FULL, ["some.undecided"]), ({"search_spend": 1}, [])])
def test_undecided_means_no_once_all_is_settled(terms: Record, codes: list[str]) -> None:
    """Were a rule undecided though no issue is open, the terms would not be kept."""
    book = rule_book(CAMPAIGN.issues, (CAP,))
    lost = replace(book, together=None, compiled=(replace(book.compiled[0], names=frozenset({"nothing"})),))
    meant = Meant(terms_of(CAMPAIGN, terms), "terms", "the offer")
    assert [finding.code for finding in breaches(lost, meant, RULE)] == codes


ODD_GATE = Gate(id="odd", when="int(flight_weeks) / 0 == 1", approver="cmo")


def test_gate_that_fails_refuses() -> None:
    """A gate that fails on full terms is no open door either."""
    assert gate_book(CAMPAIGN.model_copy(update={"gates": (ODD_GATE,)}))(terms_of(CAMPAIGN, FULL)) == GateReading(
        reached=(),
        findings=(
            Finding(
                code="gate.undecided",
                kind="policy",
                severity="refuse",
                path="terms",
                words="int(flight_weeks) / 0 == 1",
                message="gate 'odd' of 'cmo' cannot be decided (divide by zero); undecided means no",
            ),
        ),
    )


@pytest.mark.parametrize(
    ("rules", "terms", "permitted"),
    [
        ((SUM,), {"search_spend": 120000}, True),
        ((CAP,), {"search_spend": 120000}, False),
        ((ODD,), {"flight_weeks": 5}, False),
        ((ODD,), {"search_spend": 5}, True),
        ((), FULL, True),
    ],
)
def test_only_open_issues_leave_a_rule_out(rules: tuple[Rule, ...], terms: Record, *, permitted: bool) -> None:
    """For those who look for terms a rule over open issues does not count, and one that fails permits nothing."""
    role = CAMPAIGN.roles[0]
    free = role.model_copy(update={"mandate": role.mandate.model_copy(update={"limits": ()})})
    limited = role.model_copy(update={"mandate": role.mandate.model_copy(update={"limits": rules})})
    name = RoleName(role.name)
    drafted = draft_of(CAMPAIGN, {"act": "propose", "terms": terms})
    for policies, one in ((rules, free), ((), limited)):
        asked = CAMPAIGN.model_copy(update={"policies": policies, "roles": (one,)})
        assert permits_of(asked)(name, drafted.terms) is permitted
