"""What do the standard guards find? Reference, policy, mandate and terms, each with faults and their honest twins."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guards.agenthood import owns_up_to_be_an_agent
from guards.approval import claims_approvals_on_record
from guards.claims.grounded import words_are_grounded
from guards.grid import in_steps
from guards.guarantee import guarantees_nothing
from guards.injection import addresses_the_party
from guards.leak import keeps_secrets
from guards.mandate import stays_in_mandate
from guards.policy import keeps_policies
from guards.reference import refers_to_what_stands
from guards.standard import standard_guards
from guards.wording import keeps_to_words
from orchestrator.messages.draft import Draft
from orchestrator.messages.finding import Finding
from orchestrator.messages.negotiation import ChoiceIssue, NumberIssue, Rule
from orchestrator.messages.value import IssueName, OfferId, RoleName
from tests.corpus import Record, draft_of, view_of
from tests.guards.cases import CAMPAIGN, FULL, Case, brief, cases, negotiation, rows

TABLES = ("guards-reference", "guards-policy", "guards-mandate", "guards-terms")
EVERY = [(table, name) for table in TABLES for name in cases(table)]


@pytest.mark.parametrize(("table", "name"), EVERY, ids=lambda part: part)
def test_draft_has_the_findings_of_its_row(table: str, name: str) -> None:
    """A draft of the tables has exactly the findings that its row names, and says what the row says."""
    case = cases(table)[name]
    guard = standard_guards(case.negotiation)[TABLES.index(table)]
    findings = guard(case.draft, case.view)
    assert brief(findings) == case.findings
    said = [finding.message for finding in findings]
    assert said == rows(table)[name].get("messages", said)


def test_guards_stand_in_a_fixed_order() -> None:
    """The same negotiation gives equal guards in the same order, and guards with settings hash."""
    guards = standard_guards(CAMPAIGN)
    assert guards == (
        refers_to_what_stands,
        keeps_policies(CAMPAIGN),
        stays_in_mandate(CAMPAIGN),
        words_are_grounded(CAMPAIGN),
        claims_approvals_on_record(CAMPAIGN),
        guarantees_nothing(CAMPAIGN),
        keeps_secrets(CAMPAIGN),
        addresses_the_party(CAMPAIGN),
        keeps_to_words(CAMPAIGN),
        owns_up_to_be_an_agent,
    )
    assert [hash(guard) for guard in guards] == [hash(guard) for guard in standard_guards(CAMPAIGN)]


ALL_CASES = tuple(case for table in TABLES for case in cases(table).values() if case.negotiation == CAMPAIGN)


@given(st.sampled_from(ALL_CASES), st.sampled_from(ALL_CASES), st.text(max_size=60))
def test_guards_are_deterministic_and_leave_their_inputs_alone(mine: Case, other: Case, words: str) -> None:
    """Any draft before any view is judged twice alike, and both are as before."""
    draft = mine.draft.model_copy(update={"text": mine.draft.text + words})
    before = (draft.model_dump_json(), repr(other.view))
    first = [guard(draft, other.view) for guard in standard_guards(CAMPAIGN)]
    assert first == [guard(draft, other.view) for guard in standard_guards(CAMPAIGN)]
    assert (draft.model_dump_json(), repr(other.view)) == before


HISTORY: tuple[Record, ...] = (
    {"id": "m1-k4xq", "sender": "budget", "act": "propose", "terms": FULL},
    {"id": "m2-k4xq", "sender": "capacity", "act": "propose", "terms": {"creative_hours": 120, "flight_weeks": 6}},
    {"id": "m3-k4xq", "sender": "budget", "act": "propose", "terms": {**FULL, "flight_weeks": 6}},
)
VIEW = view_of(CAMPAIGN, "channel", HISTORY)


@pytest.mark.parametrize(
    ("offer", "message"),
    [
        ("m9-zzzz", "there is no offer 'm9-zzzz' in this talk; these stand: m2-k4xq of capacity, m3-k4xq of budget"),
        ("m1-k4xq", "offer 'm1-k4xq' stands no more: its sender made a new one"),
        (
            "m2-k4xq",
            (
                "offer 'm2-k4xq' leaves search_spend, social_spend, email_spend, creative_format, launch_date open; "
                "only an offer with a value for every issue can be accepted"
            ),
        ),
    ],
)
def test_unfit_reference_says_why(offer: str, message: str) -> None:
    """An acceptance that cannot be is answered with what stands, how the offer fell, or what it leaves open."""
    (finding,) = refers_to_what_stands(Draft(act="accept", offer=OfferId(offer)), VIEW)
    assert finding.message == message


def test_broken_policy_says_values_and_reason() -> None:
    """A broken policy is named with the values that break it, its reason and its text."""
    draft = draft_of(CAMPAIGN, {"act": "propose", "terms": {"creative_format": "video", "creative_hours": 170}})
    assert keeps_policies(CAMPAIGN)(draft, VIEW) == (
        Finding(
            code="policy.rule",
            kind="policy",
            severity="refuse",
            path="terms",
            words="creative_format video, creative_hours 170",
            message="the offer has creative_format video, creative_hours 170, which breaks policy 'video-needs-hours'"
            " (studio-rate-card)",
            allowed='creative_format != "video" || creative_hours >= 180',
        ),
    )


def test_value_off_the_grid_says_what_is_allowed() -> None:
    """A figure between two steps is refused with the range and the step of its issue."""
    draft = draft_of(CAMPAIGN, {"act": "propose", "terms": {"search_spend": 60500}})
    assert keeps_policies(CAMPAIGN)(draft, VIEW) == (
        Finding(
            code="policy.step",
            kind="policy",
            severity="refuse",
            path="terms.search_spend",
            words="60500",
            message="'search_spend' takes 0 to 120000 in steps of 1000, USD; 60500 is between two steps",
            allowed="0 to 120000 in steps of 1000, USD",
        ),
    )


@pytest.mark.parametrize("flag", [True, False])
def test_flag_is_always_on_its_grid(*, flag: bool) -> None:
    """Both values of a flag are fit to be offered."""
    cloud = negotiation("cloud")
    draft = draft_of(cloud, {"act": "propose", "terms": {"egress_review": flag}})
    assert keeps_policies(cloud)(draft, view_of(cloud, "security", [])) == ()


def test_issue_without_steps_takes_any_figure_in_range() -> None:
    """A step of nothing makes no grid."""
    smooth = NumberIssue(name=IssueName("share"), min=Decimal(0), max=Decimal(1), step=Decimal(0))
    assert in_steps(smooth, Decimal("0.3333"))


def test_term_of_another_type_is_refused() -> None:
    """A term whose type is not its issue's never passes, wherever it came from."""
    (format_,) = draft_of(CAMPAIGN, {"act": "propose", "terms": {"creative_format": "video"}}).terms
    draft = Draft.model_validate({"act": "propose", "terms": [format_.model_copy(update={"issue": "search_spend"})]})
    assert [finding.code for finding in keeps_policies(CAMPAIGN)(draft, VIEW)] == ["policy.type"]


def test_undecided_policy_refuses_complete_terms() -> None:
    """A rule that fails on complete terms refuses; on partial terms a rule over open issues does not count."""
    odd = CAMPAIGN.model_copy(update={"policies": (Rule(id="odd", rule="int(flight_weeks) / 0 == 1"),)})
    guard = keeps_policies(odd)
    complete = draft_of(odd, {"act": "propose", "terms": FULL})
    partial = draft_of(odd, {"act": "propose", "terms": {"creative_hours": 120}})
    assert guard(partial, VIEW) == ()
    assert guard(complete, VIEW) == (
        Finding(
            code="policy.undecided",
            kind="policy",
            severity="refuse",
            path="terms",
            message="policy 'odd' cannot be decided for the offer: divide by zero; undecided means no",
            allowed="int(flight_weeks) / 0 == 1",
        ),
    )


def test_offer_below_the_reserve_says_both_figures() -> None:
    """An offer worth less than the reserve is refused with its worth and the reserve, to three digits."""
    draft = draft_of(CAMPAIGN, {"act": "propose", "terms": {"search_spend": 60000, "social_spend": 40000}})
    assert stays_in_mandate(CAMPAIGN)(draft, VIEW) == (
        Finding(
            code="mandate.reserve",
            kind="authority",
            severity="refuse",
            path="terms",
            words="0.218",
            message="the offer is worth 0.218 to you, below your reserve of 0.400; issues left open count as their worst",
            allowed="terms worth 0.400 or more to you",
        ),
    )


def test_reserve_is_that_of_the_view() -> None:
    """A role whose view asks for no reserve is held to its limits alone."""
    draft = draft_of(CAMPAIGN, {"act": "propose", "terms": {"search_spend": 30000, "social_spend": 40000}})
    free = replace(VIEW, mandate=VIEW.mandate.model_copy(update={"reserve": 0.0}))
    assert [finding.code for finding in stays_in_mandate(CAMPAIGN)(draft, VIEW)] == ["mandate.limit", "mandate.reserve"]
    assert [finding.code for finding in stays_in_mandate(CAMPAIGN)(draft, free)] == ["mandate.limit"]


def test_broken_limit_is_called_the_role_s_own() -> None:
    """A limit that an accepted offer breaks is named to its owner, with the offer as the place."""
    poor = ({"id": "m1", "sender": "budget", "act": "propose", "terms": {**FULL, "launch_date": "2026-09-09"}},)
    view = view_of(CAMPAIGN, "capacity", poor)
    findings = stays_in_mandate(CAMPAIGN)(Draft(act="accept", offer=OfferId("m1")), view)
    assert findings == (
        Finding(
            code="mandate.limit",
            kind="authority",
            severity="refuse",
            path="offer",
            words="launch_date 2026-09-09",
            message="offer 'm1' has launch_date 2026-09-09, which breaks your own limit 'lead-time'"
            " (three weeks of production from the brief)",
            allowed='launch_date >= "2026-09-10"',
        ),
    )


def test_role_without_mandate_binds_nothing() -> None:
    """A role that the guard does not know is refused: undecided means no."""
    others = CAMPAIGN.model_copy(update={"roles": CAMPAIGN.roles[:1]})
    draft = draft_of(CAMPAIGN, {"act": "propose", "terms": FULL})
    assert brief(stays_in_mandate(others)(draft, VIEW)) == (("mandate.undecided", "refuse", "terms", ""),)
    assert VIEW.role == RoleName("channel")


def test_wrong_figure_says_what_the_terms_say() -> None:
    """Words that name another figure than the terms are refused, with both values."""
    draft = draft_of(CAMPAIGN, {"act": "propose", "terms": FULL, "text": "That is a search spend of $70,000."})
    assert words_are_grounded(CAMPAIGN)(draft, VIEW) == (
        Finding(
            code="terms.figure",
            kind="terms",
            severity="refuse",
            path="text",
            words="$70,000",
            message="the words say '$70,000' for 'search_spend', but the terms say 60000",
            allowed="60000",
        ),
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Impressions of 9,500, no clause.", ()),
        ("Impressions of 9,500,000.", ()),
        ("Impressions: 9.5 million.", ()),
        ("Impressions of 9,750,000.", ("9,750,000",)),
        ("The clause is none.", ()),
        ("The clause is quarterly.", ("quarterly",)),
    ],
)
def test_issue_in_thousands_and_vague_options(text: str, words: tuple[str, ...]) -> None:
    """An issue that counts in thousands may be said in full; an option such as 'none' is too vague to compare."""
    media = CAMPAIGN.model_copy(
        update={
            "issues": (
                NumberIssue(
                    name=IssueName("impressions"), unit="thousand", min=Decimal(2000), max=Decimal(20000), step=Decimal(250)
                ),
                ChoiceIssue(name=IssueName("clause"), options=("none", "quarterly", "monthly")),
            )
        }
    )
    draft = draft_of(media, {"act": "propose", "terms": {"impressions": 9500, "clause": "monthly"}, "text": text})
    assert tuple(finding.words for finding in words_are_grounded(media)(draft, VIEW)) == words


@pytest.mark.parametrize("words", ["Search spend 70k. ", "search spend 70k ", "70k search spend, ", "search spend 60,", "7 "])
def test_long_words_take_linear_time(words: str) -> None:
    """Words as long as a reply may be are judged without a flood of findings."""
    text = (words * 20_000)[:60_000]
    draft = draft_of(CAMPAIGN, {"act": "propose", "terms": FULL, "text": text})
    assert len(words_are_grounded(CAMPAIGN)(draft, VIEW)) <= 1


def test_letters_that_grow_do_not_shift_the_words() -> None:
    """A letter whose small form is longer leaves the quoted words where they are."""
    draft = draft_of(CAMPAIGN, {"act": "propose", "terms": FULL, "text": "\u0130ki: search spend of $70,000."})
    assert brief(words_are_grounded(CAMPAIGN)(draft, VIEW)) == (("terms.figure", "refuse", "text", "$70,000"),)
