"""Do the guards of words find what is at fault, and leave the honest twin alone?"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guards.approval import claims_approvals_on_record
from guards.guarantee import guarantees_nothing
from guards.injection import addresses_the_party
from guards.leak import keeps_secrets
from orchestrator.messages.draft import Draft
from orchestrator.messages.finding import Kind
from orchestrator.messages.move import Ruling
from orchestrator.messages.terms import digest_of_terms
from orchestrator.messages.value import OfferId
from orchestrator.messages.view import Guard, View
from tests.corpus import Record, view_of
from tests.guards.cases import CAMPAIGN, FULL

_TABLE = Path(__file__).resolve().parents[1] / "tables" / "guards-words.jsonl"
_ROWS = tuple(cast("Record", json.loads(line)) for line in _TABLE.read_text("utf-8").splitlines())
_GUARDS: Mapping[str, Guard] = {
    "approval": claims_approvals_on_record(CAMPAIGN),
    "guarantee": guarantees_nothing(CAMPAIGN),
    "leak": keeps_secrets(CAMPAIGN),
    "injection": addresses_the_party(CAMPAIGN),
}
_HISTORY: tuple[Record, ...] = (
    {"id": "m1", "sender": "channel", "act": "propose", "terms": FULL},
    {"id": "m2", "sender": "capacity", "act": "propose", "terms": {**FULL, "creative_hours": 180}},
)


@pytest.mark.parametrize("row", _ROWS, ids=lambda row: str(row["id"]))
def test_faulty_words_are_found_and_honest_ones_are_not(row: Record) -> None:
    """A sentence of the table has a finding of its kind exactly if it is faulty; the words are withheld, not the move."""
    draft = Draft(act="inform", text=str(row["text"]))
    findings = _GUARDS[str(row["kind"])](draft, view_of(CAMPAIGN, str(row["sender"]), ()))
    kinds: set[tuple[Kind, str, str]] = {(finding.kind, finding.severity, finding.path) for finding in findings}
    assert kinds == ({(row["kind"], "withhold", "text")} if row["faulty"] else set())
    assert all(finding.words in draft.text for finding in findings)


def _with_record(view: View, offer: str) -> View:
    move = next(move for move in view.moves if move.id == offer)
    ruling = Ruling(gate="big-spend", by="cmo", approved=True, offer=OfferId(offer), digest=digest_of_terms(move.terms))
    return View(
        session=view.session,
        role=view.role,
        agenda=view.agenda,
        mandate=view.mandate,
        words=view.words,
        facts=view.facts,
        offers=view.offers,
        moves=view.moves,
        rulings=(ruling,),
    )


@pytest.mark.parametrize(
    ("text", "is_fit"),
    [
        ("The CMO has approved m1.", True),
        ("The CMO has approved m2.", False),
        ("The studio lead has approved m1.", False),
        ("For m1 the CMO's approval is in.", True),
    ],
)
def test_a_record_speaks_for_its_own_offer_and_approver(text: str, is_fit: bool) -> None:  # noqa: FBT001 - a column
    """An approval on record may be told, and not stretched to another offer or another person."""
    view = _with_record(view_of(CAMPAIGN, "budget", _HISTORY), "m1")
    assert (_GUARDS["approval"](Draft(act="inform", text=text), view) == ()) is is_fit


def test_a_record_does_not_cover_a_new_offer_of_other_terms() -> None:
    """Words with a proposal that claim an approval need one for exactly these terms."""
    view = _with_record(view_of(CAMPAIGN, "channel", _HISTORY), "m2")
    same, other = view.moves[1].terms, view.moves[0].terms
    text = "The CMO has approved this."
    found = [bool(_GUARDS["approval"](Draft(act="propose", terms=terms, text=text), view)) for terms in (same, other)]
    assert found == [False, True]


def test_a_limit_told_in_two_messages_is_told() -> None:
    """What an earlier message of the sender's said counts with what this one adds."""
    history: tuple[Record, ...] = ({"id": "m1", "sender": "budget", "act": "inform", "text": "Think of 150,000 dollars."},)
    draft = Draft(act="inform", text="We stop at 15k more than that, not a dollar more.")
    found = [bool(_GUARDS["leak"](draft, view_of(CAMPAIGN, "budget", past))) for past in ((), history)]
    assert found == [False, True]


_PIECES = st.sampled_from(
    [
        *("approved", " the cmo ", "has", " guarantee ", "165k", ".", "?", "\n", "<!--", "-->", "system:", "{", "}", '"role"'),
        *("\u200b", "our limit ", "will never ", "language model ", "---", "m1 ", "\u0430", "half ", "not "),
    ]
)


@pytest.mark.parametrize("kind", _GUARDS)
@settings(max_examples=60, deadline=None)
@given(text=st.lists(_PIECES | st.text(max_size=12), max_size=30).map("".join))
def test_guards_of_words_are_deterministic_and_quote(kind: str, text: str) -> None:
    """Equal drafts give equal findings, whatever is written, and every finding quotes the draft."""
    view = view_of(CAMPAIGN, "budget", _HISTORY)
    draft = Draft(act="inform", text=text)
    findings = _GUARDS[kind](draft, view)
    assert findings == _GUARDS[kind](Draft(act="inform", text=str(text)), view)
    assert all(finding.words in text for finding in findings)


@pytest.mark.parametrize(
    "text",
    [
        "a" * 100_000,
        "-" * 100_000,
        "([" * 50_000,
        "language model " * 6_000,
        "<!-- " * 20_000,
        '{"role"' * 14_000,
        "165,000 " * 12_000,
    ],
    ids=lambda text: text[:8],
)
def test_long_texts_end(text: str) -> None:
    """Texts of 100,000 letters that are built to be slow are judged within the time of a test."""
    view = view_of(CAMPAIGN, "budget", ())
    for guard in _GUARDS.values():
        assert len(guard(Draft(act="inform", text=text), view)) <= 20_000
