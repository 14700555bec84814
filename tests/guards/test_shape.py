"""May this text be a draft? Every fault of shape has a row in `tests/tables/guards-shape.jsonl`."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guards.jsontext import MAX_CHARACTERS
from guards.shape import read
from orchestrator.messages.draft import ACTS, Draft
from orchestrator.messages.finding import Finding
from orchestrator.messages.negotiation import Issue, NumberIssue
from orchestrator.messages.terms import Choice, Day, Number, Term, plain, spoken
from orchestrator.messages.value import IssueName, OfferId
from orchestrator.messages.view import Reading
from tests.corpus import view_of
from tests.guards.cases import CAMPAIGN, FULL, brief, expected, negotiation, rows

VIEW = view_of(CAMPAIGN, "channel", [])


@pytest.mark.parametrize("name", rows("guards-shape"))
def test_reply_has_the_findings_of_its_row(name: str) -> None:
    """A reply of the table is read with exactly the act and the findings that its row names, and says what the row says."""
    row = rows("guards-shape")[name]
    reading = read(str(row["reply"]), VIEW)
    said = [finding.message for finding in reading.findings]
    assert said == row.get("messages", said)
    assert (reading.draft and reading.draft.act, brief(reading.findings)) == (row["act"], expected(row))


def test_full_proposal_is_read_exactly() -> None:
    """Terms come in the order of the agenda with their exact values, whatever the order of the reply."""
    backwards = {name: FULL[name] for name in reversed(tuple(FULL))}
    text = '{"expires": 2, "confidence": 0.25, "terms": %s, "act": "propose", "text": "All.", "assumes": ["email_list"]}'
    reading = read(text % json.dumps(backwards).replace("60000", "60000.10"), VIEW)
    assert reading == Reading(
        Draft(
            act="propose",
            terms=(
                Number(issue=IssueName("search_spend"), value=Decimal("60000.10")),
                Number(issue=IssueName("social_spend"), value=Decimal(40000)),
                Number(issue=IssueName("email_spend"), value=Decimal(10000)),
                Choice(issue=IssueName("creative_format"), value="mixed"),
                Number(issue=IssueName("creative_hours"), value=Decimal(150)),
                Day(issue=IssueName("launch_date"), value=date(2026, 10, 1)),
                Number(issue=IssueName("flight_weeks"), value=Decimal(5)),
            ),
            text="All.",
            assumes=("email_list",),
            expires=2,
            confidence=0.25,
        )
    )


def test_number_as_text_says_what_was_expected() -> None:
    """A figure in quotes is refused with the place, what stands there, and what the issue takes."""
    assert read('{"act": "propose", "terms": {"search_spend": "60000"}}', VIEW).findings == (
        Finding(
            code="shape.type",
            kind="shape",
            severity="refuse",
            path="terms.search_spend",
            words="60000",
            message="'terms.search_spend' must be a number, not the text '60000'",
            allowed="0 to 120000 in steps of 1000, USD",
        ),
    )


def test_unknown_issue_is_a_matter_of_scope() -> None:
    """A value for something that is not negotiated is refused as out of scope, and the issues are listed."""
    names = ", ".join(FULL)
    assert read('{"act": "propose", "terms": {"billboards": 3}}', VIEW).findings == (
        Finding(
            code="terms.unknown_issue",
            kind="scope",
            severity="refuse",
            path="terms.billboards",
            words="billboards",
            message=f"'billboards' is no issue of this negotiation; the issues are {names}",
            allowed=names,
        ),
    )


@pytest.mark.parametrize(
    ("name", "terms", "found"),
    [
        ("cloud", '{"egress_review": true, "replicas": 8}', ("8", "true")),
        ("cloud", '{"egress_review": "yes"}', ("shape.type", "true or false")),
        ("cloud", '{"egress_review": 1}', ("shape.type", "true or false")),
        ("procurement", '{"payment_days": 45}', ("45",)),
        ("procurement", '{"payment_days": "45"}', ("shape.type", "one of 14, 30, 45, 60, 90")),
    ],
)
def test_flags_and_choices_among_figures_have_their_types(name: str, terms: str, found: tuple[str, ...]) -> None:
    """A flag is a JSON boolean, and a choice among figures a JSON number."""
    held = negotiation(name)
    reading = read(f'{{"act": "propose", "terms": {terms}}}', view_of(held, held.roles[0].name, []))
    values = tuple(spoken(term) for term in reading.draft.terms) if reading.draft else ()
    assert (*values, *(part for fault in reading.findings for part in (fault.code, fault.allowed))) == found


@pytest.mark.parametrize("size", [MAX_CHARACTERS + 1, 10_000_000])
def test_oversize_is_refused_unread(size: int) -> None:
    """A reply longer than the bound is refused for its size alone."""
    text = '{"act": "inform", "text": "' + "x" * (size - 29) + '"}'
    assert brief(read(text, VIEW).findings) == (("shape.oversize", "refuse", "", ""),)


def test_reply_may_have_so_many_characters_and_no_more() -> None:
    """A reply of 65,536 characters is read, and one of a character more is not."""
    text = '{"act": "inform", "text": "' + "x" * (65_536 - 29) + '"}'
    assert (len(text), MAX_CHARACTERS) == (65_536, 65_536)
    assert read(text, VIEW) == Reading(Draft(act="inform", text="x" * (65_536 - 29)))
    assert [finding.message for finding in read(text + " ", VIEW).findings] == [
        "the reply has 65537 characters; it may have 65536"
    ]


@pytest.mark.parametrize("opener", ['{"a":', '{"terms": [', '{"act": "inform", "text": "\\"", "x": [', '{"a": "[[", "b": ['])
def test_depth_is_bounded(opener: str) -> None:
    """Ten thousand levels are refused as too deep, also where quotes stand around brackets."""
    text = (opener + "[" * 10_000)[:MAX_CHARACTERS]
    assert [finding.code for finding in read(text, VIEW).findings] == ["shape.depth"]


def test_brackets_in_words_are_no_depth() -> None:
    """Brackets inside a text do not count as levels."""
    text = json.dumps({"act": "inform", "text": "[" * 500})
    assert read(text, VIEW) == Reading(Draft(act="inform", text="[" * 500))


@pytest.mark.parametrize("filler", ['"\\', '"', "{", '{"', "\\", "```", '{"a":1}', "1e9", " ", "\ud800"])
def test_hostile_filler_is_read_in_no_time(filler: str) -> None:
    """No filler up to the bound makes reading slow or raise; what comes out can be stored as UTF-8."""
    text = ("{" + filler * MAX_CHARACTERS)[:MAX_CHARACTERS]
    reading = read(text, VIEW)
    assert reading.findings
    for finding in reading.findings:
        finding.model_dump_json()


@given(st.text())
def test_no_text_raises(text: str) -> None:
    """Whatever a model writes, it is read: there is a draft or a finding."""
    reading = read(text, VIEW)
    assert reading.draft is not None or reading.findings


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
KEYS = ("act", "terms", "offer", "text", "evidence", "assumes", "expires", "confidence", "notes", "role", "x")
NEAR = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(KEYS, JSON)
    | {"act": st.sampled_from(ACTS), "terms": JSON | st.dictionaries(st.sampled_from([*FULL, "x"]), JSON, max_size=4)},
)


@given(NEAR | JSON)
def test_no_json_raises(value: object) -> None:
    """Whatever JSON a model writes, reading it twice gives the same, and its draft survives JSON."""
    text = json.dumps(value)
    reading = read(text, VIEW)
    assert reading == read(text, VIEW)
    assert reading.draft is not None or reading.findings
    if reading.draft is not None:
        assert Draft.model_validate_json(reading.draft.model_dump_json()) == reading.draft


def _terms_of(issue: Issue) -> st.SearchStrategy[Term]:
    match issue:
        case NumberIssue():
            steps = int((issue.max - issue.min) / issue.step)
            return st.integers(0, steps).map(lambda step: Number(issue=issue.name, value=issue.min + issue.step * step))
        case _ if issue.kind == "choice":
            return st.sampled_from([Choice(issue=issue.name, value=option) for option in issue.options])
        case _:
            return st.dates(date(2026, 1, 1), date(2027, 1, 1)).map(lambda day: Day(issue=issue.name, value=day))


WORDS = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=40)
PROPOSALS = st.builds(
    Draft,
    act=st.just("propose"),
    terms=st.tuples(*(_terms_of(issue) for issue in CAMPAIGN.issues)),
    text=WORDS,
    evidence=st.lists(WORDS.filter(bool), max_size=2).map(tuple),
    expires=st.none() | st.integers(1, 9),
    confidence=st.none() | st.integers(0, 1000).map(lambda part: part / 1000),
    notes=WORDS,
)
ANSWERS = st.builds(
    Draft, act=st.sampled_from(("accept", "reject", "withdraw")), offer=WORDS.filter(bool).map(OfferId), text=WORDS
)


_OF_PACKAGES = {"terms", "conditions", "revises"}


@given(PROPOSALS | ANSWERS)
def test_written_draft_reads_as_itself(draft: Draft) -> None:
    """A draft written as its JSON is read back as the same draft, without a finding."""
    written = {key: value for key, value in draft.model_dump(mode="json", exclude=_OF_PACKAGES).items() if value is not None}
    if draft.terms:
        written["terms"] = {term.issue: plain(term) for term in draft.terms}
    assert read(json.dumps(written), VIEW) == Reading(draft)
