"""What do rules say of terms, which mistakes have they, and which gates are reached?"""

from __future__ import annotations

from decimal import Decimal
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guards.cel import MAX_LENGTH, RuleReading, compile_rule, rule_book
from guards.gates import gate_book
from guards.permits import permits_of
from guards.rulecheck import check_rules
from guards.rulesource import names_in, with_doubles
from orchestrator.messages.finding import Finding
from orchestrator.messages.gate import Gate
from orchestrator.messages.gates import GateReading
from orchestrator.messages.negotiation import Rule
from orchestrator.messages.rulecheck import RuleMistake
from orchestrator.messages.terms import Number
from orchestrator.messages.value import RoleName
from orchestrator.roles.find import find, shipped
from orchestrator.roles.load import load
from tests.corpus import terms_of
from tests.guards.cases import CAMPAIGN, FULL, negotiation, rows

TERMS = terms_of(CAMPAIGN, FULL)
CAP = Rule(id="cap", rule="search_spend + social_spend <= 100000")
VIDEO = Rule(id="video", rule='creative_format == "video"')
ODD = Rule(id="odd", rule="int(flight_weeks) / 0 == 1")


@pytest.mark.parametrize("name", rows("guards-rules"))
def test_rule_has_the_mistakes_of_its_row(name: str) -> None:
    """A rule of the table has exactly the mistakes that its row names, as a policy, a limit and a gate alike."""
    row = rows("guards-rules")[name]
    text = str(row["rule"])
    budget = CAMPAIGN.roles[0]
    limited = budget.model_copy(update={"mandate": budget.mandate.model_copy(update={"limits": (Rule(id="b", rule=text),)})})
    asked = CAMPAIGN.model_copy(
        update={
            "policies": (Rule(id="a", rule=text),),
            "roles": (limited,),
            "gates": (Gate(id="c", when=text, approver="cmo"),),
        }
    )
    mistakes = cast("list[tuple[str, str]]", row["mistakes"])
    assert check_rules(asked) == (
        *(RuleMistake(where="policies", role=None, id="a", problem=said, expected=wanted) for said, wanted in mistakes),
        *(RuleMistake(where="limits", role=budget.name, id="b", problem=said, expected=wanted) for said, wanted in mistakes),
        *(RuleMistake(where="gates", role=None, id="c", problem=said, expected=wanted) for said, wanted in mistakes),
    )


@pytest.mark.parametrize("name", shipped())
def test_shipped_rules_have_no_mistakes(name: str) -> None:
    """The rules of the shipped negotiations are in order."""
    assert check_rules(load(find(name), lambda _: ()).negotiation) == ()


def test_book_answers_each_rule_of_complete_terms() -> None:
    """On complete terms each rule holds or is broken, in the order of the rules."""
    assert rule_book(CAMPAIGN.issues, (CAP, VIDEO)).read(TERMS) == (
        RuleReading(CAP, "holds"),
        RuleReading(VIDEO, "broken"),
    )


def test_rule_over_open_issues_is_undecided() -> None:
    """A rule that names an open issue is undecided and says which; the others are still read."""
    assert rule_book(CAMPAIGN.issues, (CAP, VIDEO)).read(TERMS[:1] + TERMS[3:]) == (
        RuleReading(CAP, "undecided", "open: social_spend"),
        RuleReading(VIDEO, "broken"),
    )


def test_rule_over_an_open_issue_is_undecided_whatever_the_rest_says() -> None:
    """A rule that another issue alone would settle is undecided all the same while an issue that it names is open."""
    either = Rule(id="either", rule='creative_format == "mixed" || social_spend > 1')
    assert rule_book(CAMPAIGN.issues, (either,)).read(TERMS[:1] + TERMS[2:]) == (
        RuleReading(either, "undecided", "open: social_spend"),
    )


def test_words_beside_a_choice_among_figures_are_no_misspelt_option() -> None:
    """A choice among figures is a figure in rules; words beside it are compared with no option."""
    rule = Rule(id="soon", rule='payment_days in ["soon", dyn(30.0)]')
    assert check_rules(negotiation("procurement").model_copy(update={"policies": (rule,)})) == ()


def test_rules_that_hold_are_read_at_once() -> None:
    """Where all rules hold of terms that settle all that they name, the one reading of the book is the answer, not a copy."""
    book = rule_book(CAMPAIGN.issues, (CAP, Rule(id="mixed", rule='creative_format != "video"')))
    named = (TERMS[0], TERMS[1], TERMS[3])
    assert [book.read(terms) is book.all_hold for terms in (named, TERMS, TERMS[:2])] == [True, True, False]


def test_book_is_made_once() -> None:
    """The rules of a negotiation are compiled once, however many guards ask for them."""
    assert rule_book(CAMPAIGN.issues, (CAP, VIDEO)) is rule_book(CAMPAIGN.issues, (CAP, VIDEO))


def test_rules_that_compile_alone_but_not_together_are_read_alone() -> None:
    """A rule as deep as CEL allows is too deep in a list of rules; it is read all the same."""
    deep = [Rule(id=str(depth), rule="(" * depth + "flight_weeks > 2" + ")" * depth) for depth in range(20, 40)]
    (deepest,) = [rule for rule in deep if compile_rule(CAMPAIGN.issues, rule).program][-1:]
    book = rule_book(CAMPAIGN.issues, (deepest, VIDEO))
    assert book.together is None
    assert book.read(TERMS) == (RuleReading(deepest, "holds"), RuleReading(VIDEO, "broken"))


def test_books_of_equal_rules_are_equal() -> None:
    """A book is what its rules are; how they were compiled makes no difference, and it prints without it."""
    again = rule_book.__wrapped__(CAMPAIGN.issues, (CAP, VIDEO))
    assert again == rule_book(CAMPAIGN.issues, (CAP, VIDEO))
    assert repr(again) == f"RuleBook(rules=({CAP!r}, {VIDEO!r}))"


def test_failing_rule_is_named_among_the_others() -> None:
    """One rule that fails does not hide the answers of the rest."""
    assert rule_book(CAMPAIGN.issues, (CAP, ODD, VIDEO)).read(TERMS) == (
        RuleReading(CAP, "holds"),
        RuleReading(ODD, "error", "divide by zero"),
        RuleReading(VIDEO, "broken"),
    )


def test_result_that_is_no_boolean_is_an_error() -> None:
    """Only true and false are answers; a 1 is not a yes."""
    one = Rule(id="one", rule="dyn(1.0)")
    assert rule_book(CAMPAIGN.issues, (one,)).read(TERMS) == (RuleReading(one, "error", "gives float, not a boolean"),)


def test_rule_that_does_not_compile_is_an_error_ever_after() -> None:
    """A book with a broken rule still reads the others."""
    wrong = Rule(id="wrong", rule="search_spend <")
    assert [reading.answer for reading in rule_book(CAMPAIGN.issues, (wrong, CAP)).read(TERMS)] == ["error", "holds"]


def test_term_of_another_type_is_never_a_yes() -> None:
    """A figure where a rule compares words is an error, not an answer."""
    twisted = (*TERMS[:3], Number(issue=TERMS[3].issue, value=Decimal(3)), *TERMS[4:])
    (reading,) = rule_book(CAMPAIGN.issues, (VIDEO,)).read(twisted)
    assert reading.answer != "holds"


@pytest.mark.parametrize(
    ("source", "doubled"),
    [
        ("a <= 180000", "a <= 180000.0"),
        ("a1 + b_2 > 3", "a1 + b_2 > 3.0"),
        ("a > 1.5 && b > .5 && c > 1e3 && d > 2.5e+4", "a > 1.5 && b > .5 && c > 1e3 && d > 2.5e+4"),
        ("a == \"12 or 13\" && b == '14' && c > 15", "a == \"12 or 13\" && b == '14' && c > 15.0"),
        ('a == "say \\"16\\"" && b > 17', 'a == "say \\"16\\"" && b > 17.0'),
        ('a == r"18\\" && b > 19', 'a == r"18\\" && b > 19.0'),
        ("a > 0x1F && b > 3u // 20", "a > 0x1F && b > 3u // 20"),
        ('a == """2 1""" && b > 22', 'a == """2 1""" && b > 22.0'),
    ],
)
def test_whole_numbers_become_doubles_outside_words(source: str, doubled: str) -> None:
    """Only whole numbers that stand alone in a rule become doubles."""
    assert with_doubles(source) == doubled


def test_names_of_a_rule_leave_out_fields_and_words() -> None:
    """The names in a rule are those that stand free: no fields, nothing in quotes or comments."""
    assert names_in('a.size() > 1 && b == "c" // d') == {"a", "b"}


@given(st.text(max_size=80))
def test_no_rule_raises(text: str) -> None:
    """Whatever stands in a rule, its book answers, and only a decided rule holds."""
    (reading,) = rule_book(CAMPAIGN.issues, (Rule(id="any", rule=text),)).read(TERMS)
    assert reading.answer in ("holds", "broken", "error", "undecided")


@given(st.text(alphabet="()[]{}<>=!&|+-*/%?:.,\"'\\ 0123456789aeklrsu\n", max_size=60))
def test_rule_cannot_change_how_another_is_read(text: str) -> None:
    """No rule, however written, changes the answer of its neighbour."""
    readings = rule_book(CAMPAIGN.issues, (CAP, Rule(id="any", rule=text), VIDEO)).read(TERMS)
    assert (readings[0], readings[2]) == (RuleReading(CAP, "holds"), RuleReading(VIDEO, "broken"))


def test_length_of_a_rule_is_bounded() -> None:
    """A rule longer than the bound is an error without being compiled."""
    long = Rule(id="long", rule="true || " * MAX_LENGTH + "true")
    assert rule_book(CAMPAIGN.issues, (long,)).read(TERMS)[0].answer == "error"


GATES = (
    Gate(id="big", when="search_spend > 50000", approver="cmo"),
    Gate(id="early", when='launch_date < "2026-09-12"', approver="lead"),
)


def test_reached_gates_are_those_whose_rule_is_true() -> None:
    """Terms reach the gates whose rule is true of them, and no other."""
    assert gate_book(CAMPAIGN.model_copy(update={"gates": GATES}))(TERMS) == GateReading(reached=GATES[:1])


def test_gate_that_cannot_be_decided_refuses() -> None:
    """A gate over an open issue is a refusing finding, not an open door."""
    assert gate_book(CAMPAIGN.model_copy(update={"gates": GATES}))(TERMS[1:]) == GateReading(
        reached=(),
        findings=(
            Finding(
                code="gate.undecided",
                kind="policy",
                severity="refuse",
                path="terms",
                words="search_spend > 50000",
                message="gate 'big' of 'cmo' cannot be decided (open: search_spend); undecided means no",
            ),
        ),
    )


@pytest.mark.parametrize(("spend", "permitted"), [(60000, True), (120000, False)])
def test_permits_ask_policies_and_own_limits(spend: int, *, permitted: bool) -> None:
    """Terms are permitted to a role when no policy and no limit of its own is broken."""
    terms = terms_of(CAMPAIGN, {**FULL, "search_spend": spend})
    assert permits_of(CAMPAIGN)(RoleName("budget"), terms) is permitted
