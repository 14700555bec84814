"""Does a strategy keep its word? The same text for the same view, always inside its mandate, and something for every turn."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from guards.permits import permits_of
from orchestrator.engine import Ask, pending, refold
from orchestrator.messages.finding import Finding
from orchestrator.messages.model import Completion, Request
from orchestrator.messages.move import Backing
from orchestrator.messages.negotiation import (
    Agreement,
    ChoiceIssue,
    FlagIssue,
    LinearNumber,
    Mandate,
    Negotiation,
    NumberIssue,
    Role,
    Rule,
    Stop,
)
from orchestrator.messages.utility import reaches_reserve
from orchestrator.messages.value import IssueName, OfferId, RoleName, SessionId
from orchestrator.messages.view import View
from orchestrator.models.strategy import STRATEGIES, StrategyName
from tests.models.strategy.negotiations import negotiations
from tests.models.talks import NO_PROMPT, Talk, bargain, offer, strategy_for, talk, view

NAMES = st.sampled_from(STRATEGIES)
SEEDS = st.integers(0, 2**64)


def _talk(drawn: Negotiation, name: StrategyName, seed: int, session: str = "talk-abcd") -> Talk:
    shared = strategy_for(drawn, name)
    return talk(drawn, {role.name: shared for role in drawn.roles}, seed, session=session)


def _wrote(name: StrategyName, negotiation: Negotiation, seen: View, seed: int = 0) -> dict[str, object]:
    draft: dict[str, object] = json.loads(strategy_for(negotiation, name).write(seen, seed))
    return draft


def _beside_a_limit() -> Negotiation:
    """Return a talk in which ada offers a price of 31, says no to a flag, and may not go to 31 of something without a unit."""
    issues = (
        NumberIssue(name=IssueName("price_0"), unit="EUR", min=Decimal(0), max=Decimal(31)),
        FlagIssue(name=IssueName("price_1")),
        ChoiceIssue(name=IssueName("price_2"), options=("14", "30", "60"), numeric=True),
    )
    most = LinearNumber(issue=IssueName("price_0"), weight=1.0, best=Decimal(31), worst=Decimal(0))
    mandate = Mandate(limits=(Rule(id="limit-0", rule="price_2 <= 30.0"),), reserve=0.0, worths=(most,))
    return Negotiation(
        name="drawn",
        title="Drawn",
        pattern="trade_space",
        issues=issues,
        roles=(
            Role(name=RoleName("ada"), prompt="ada.md", mandate=mandate),
            Role(name=RoleName("ben"), prompt="ben.md", mandate=Mandate()),
        ),
        agreement=Agreement(needs="quorum", quorum=1),
        stop=Stop(rounds=1, offer_ttl_rounds=1, unchanged_rounds=1),
    )


@given(negotiations(), NAMES, SEEDS)
@example(_beside_a_limit(), "boulware", 0)
def test_every_draft_is_admitted(drawn: Negotiation, name: StrategyName, seed: int) -> None:
    """Under the real guards no draft of a strategy is ever refused or loses its words, and every talk ends."""
    over = _talk(drawn, name, seed).session
    assert (over.phase, over.refusals, [move.id for move in over.moves if move.withheld]) == ("over", 0, [])


@given(negotiations(), NAMES, SEEDS)
def test_no_role_binds_what_it_may_not(drawn: Negotiation, name: StrategyName, seed: int) -> None:
    """All that is proposed or accepted is inside limits and policies, and worth the reserve to who does it."""
    over = _talk(drawn, name, seed).session
    permits = permits_of(drawn)
    mandates = {role.name: role.mandate for role in drawn.roles}
    proposed = {move.id: move.terms for move in over.moves if move.act == "propose"}
    bound = [
        (move.sender, move.terms or proposed[move.offer or move.id]) for move in over.moves if move.act in ("propose", "accept")
    ]
    assert [
        (role, terms) for role, terms in bound if not (permits(role, terms) and reaches_reserve(mandates[role], terms))
    ] == []


@settings(max_examples=25)
@given(negotiations(), NAMES, SEEDS)
def test_a_new_process_writes_the_same(drawn: Negotiation, name: StrategyName, seed: int) -> None:
    """A model that has seen nothing before answers every view as the one that sat through the talk did."""
    over = _talk(drawn, name, seed)
    assert [strategy_for(drawn, name).write(seen, seed) for seen in over.asked] == list(over.texts)


@settings(max_examples=25)
@given(negotiations(), NAMES, SEEDS)
def test_a_resumed_session_goes_on_the_same(drawn: Negotiation, name: StrategyName, seed: int) -> None:
    """Views of a session that was folded again from its entries get the same answers, also from a model that goes on."""
    over = _talk(drawn, name, seed)
    going_on = strategy_for(drawn, name)
    texts: list[str] = []
    for count in range(1, len(over.entries)):
        effect = pending(refold(over.entries[:count]))
        if isinstance(effect, Ask):
            texts.append(going_on.write(effect.view, seed))
    assert texts == list(over.texts)


@settings(max_examples=25)
@given(negotiations(), NAMES, SEEDS)
def test_ids_make_no_difference(drawn: Negotiation, name: StrategyName, seed: int) -> None:
    """Sessions of different names come to the same moves in other ids."""
    one, other = (_talk(drawn, name, seed, session) for session in ("talk-abcd", "other-wxyz"))
    assert [text.replace("-abcd", "-wxyz") for text in one.texts] == list(other.texts)
    assert (one.session.digest, one.session.reason) == (other.session.digest, other.session.reason)


def test_seeds_make_a_difference() -> None:
    """Other seeds come to other offers on the way."""
    negotiation = bargain("low", "high", rounds=20)
    assert len({_talk(negotiation, "linear", seed).texts for seed in range(10)}) > 5


def test_sessions_that_share_a_model_don_t_mix() -> None:
    """Two talks in turns through one model go as each would alone."""
    negotiation = bargain("low", "high", rounds=20)
    alone = [_talk(negotiation, "linear", 1, session) for session in ("talk-aaaa", "talk-bbbb")]
    shared = strategy_for(negotiation)
    pairs = list(zip(alone[0].asked, alone[1].asked, strict=True))
    texts = [(shared.write(first, 1), shared.write(second, 1)) for first, second in pairs]
    assert texts == list(zip(alone[0].texts, alone[1].texts, strict=True))


def test_what_it_forgets_it_works_out_again() -> None:
    """More talks at once than it remembers make it slower, and nothing else."""
    negotiation = bargain("low", "high")
    over = _talk(negotiation, "linear", 1)
    shared = strategy_for(negotiation)
    for number in range(300):
        shared.write(view(negotiation, "low", session=SessionId(f"other-{number}")), 1)
    again = [shared.write(seen, 1) for seen in over.asked]
    assert again == list(over.texts)


def test_an_earlier_view_is_read_from_the_start() -> None:
    """Asked once more about an earlier turn, it answers as it did then."""
    negotiation = bargain("low", "high")
    over = _talk(negotiation, "linear", 1)
    shared = strategy_for(negotiation)
    assert [shared.write(seen, 1) for seen in reversed(over.asked)] == list(reversed(over.texts))


async def test_it_is_an_ordinary_model() -> None:
    """It takes a request and returns text, which is the JSON of a draft."""
    negotiation = bargain("low", "high")
    completion = await strategy_for(negotiation)(Request(view=view(negotiation, "low"), prompt=NO_PROMPT, seed=3))
    assert completion == Completion(text=strategy_for(negotiation).write(view(negotiation, "low"), 3))
    assert json.loads(completion.text)["act"] == "propose"


@pytest.mark.parametrize("name", STRATEGIES)
def test_the_last_round_takes_anything_above_the_reserve(name: StrategyName) -> None:
    """What was not good enough before is accepted in the last round, if it is inside the mandate."""
    negotiation = bargain("low", "high", reserve=0.3, rounds=10)
    made = offer("high", 69, 1)
    seen = view(negotiation, "low", offers=(made,), backing=(Backing(role=made.sender, offer=made.id),), turn=2, round=2)
    assert _wrote(name, negotiation, seen)["act"] == "propose"
    last = replace(seen, turn=18, round=10)
    assert (_wrote(name, negotiation, last)["act"], _wrote(name, negotiation, last)["offer"]) == ("accept", made.id)
    worse = replace(last, offers=(offer("high", 71, 1),))
    assert _wrote(name, negotiation, worse)["act"] == "propose"


def test_under_a_quorum_it_declines_what_breaks_its_limits() -> None:
    """An offer that others gather behind and that would fall by its own limits, it rejects with courtesy."""
    negotiation = bargain("low", "high", "other", limits={"low": "price <= 70.0"}, quorum=3)
    made = offer("high", 80, 1)
    backing = tuple(Backing(role=role.name, offer=made.id) for role in negotiation.roles[1:])
    draft = _wrote("linear", negotiation, view(negotiation, "low", offers=(made,), backing=backing, turn=3, round=2))
    assert (draft["act"], draft["offer"], "Thank you" in str(draft["text"])) == ("reject", OfferId("m2-abcd"), True)


def test_an_opening_names_what_matters() -> None:
    """The first proposal names only the issues that are worth something to the role; the next ones are complete."""
    negotiation = bargain("low", "high")
    extra = negotiation.issues[0].model_copy(update={"name": "extra"})
    wide = negotiation.model_copy(update={"issues": (*negotiation.issues, extra)})
    drafts = [json.loads(text) for text in _talk(wide, "linear", 0).texts]
    named = [tuple(draft["terms"]) for draft in drafts if draft["act"] == "propose"]
    assert named[:3] == [("price",), ("price",), ("price", "extra")]


def test_in_a_talk_of_one_round_the_opening_is_complete() -> None:
    """Where there is no second proposal, the first can be accepted."""
    wide = bargain("low", "high", rounds=1)
    extra = wide.issues[0].model_copy(update={"name": "extra"})
    draft = json.loads(_talk(wide.model_copy(update={"issues": (*wide.issues, extra)}), "linear", 0).texts[0])
    assert tuple(draft["terms"]) == ("price", "extra")


def _refused(negotiation: Negotiation, path: str, attempt: int) -> View:
    finding = Finding(code="terms.differs", kind="terms", severity="refuse", path=path, message="no")
    return view(negotiation, "low", findings=(finding,), attempt=attempt)


def test_refused_words_are_left_out() -> None:
    """After a refusal that is about words, the same terms come with words that hold no figure."""
    negotiation = bargain("low", "high")
    first = _wrote("linear", negotiation, view(negotiation, "low"))
    assert _wrote("linear", negotiation, _refused(negotiation, "text", 1)) == {**first, "text": "My proposal is in the terms."}


def test_refused_terms_are_not_repeated() -> None:
    """After a refusal that is about terms, the role's last admitted proposal stands again, and at last only words."""
    negotiation = bargain("low", "high")
    over = _talk(negotiation, "linear", 0)
    seen = next(each for each in over.asked if each.role == "low" and each.round == 2)
    again = replace(_refused(negotiation, "terms.price", 1), moves=seen.moves, turn=seen.turn, round=seen.round)
    assert _wrote("linear", negotiation, again)["terms"] == json.loads(over.texts[0])["terms"]
    assert _wrote("linear", negotiation, replace(again, attempt=2))["act"] == "inform"
    assert _wrote("linear", negotiation, _refused(negotiation, "terms.price", 1))["act"] == "inform"


def test_as_a_fallback_it_acts_with_few_words() -> None:
    """When another model has used up its repairs, the strategy proposes in its place."""
    negotiation = bargain("low", "high")
    first = _wrote("linear", negotiation, view(negotiation, "low"))
    fallback = _refused(negotiation, "", negotiation.stop.repairs + 1)
    assert _wrote("linear", negotiation, fallback) == {**first, "text": "My proposal is in the terms."}


def test_a_role_that_may_sign_nothing_has_nothing_to_propose() -> None:
    """Limits that leave nothing make it speak without an offer, in every round."""
    negotiation = bargain("low", "high", limits={"low": "price > 50.0 && price < 50.0"})
    over = _talk(negotiation, "linear", 0)
    acts = {move.act for move in over.session.moves if move.sender == "low"}
    assert (acts, over.session.refusals, over.session.status) == ({"inform"}, 0, "no_agreement")


def test_a_role_whose_reserve_is_out_of_reach_has_nothing_to_propose() -> None:
    """If nothing that it may sign is worth its reserve, it does not bind itself."""
    negotiation = bargain("low", "high", limits={"low": "price >= 90.0"}, reserve=0.5)
    acts = {move.act for move in _talk(negotiation, "linear", 0).session.moves if move.sender == "low"}
    assert acts == {"inform"}


def test_a_role_that_wants_nothing_agrees_with_the_others() -> None:
    """Without worths any permitted offer is good from the beginning."""
    negotiation = bargain("low", "high")
    easy = negotiation.roles[1].model_copy(update={"mandate": Mandate()})
    over = _talk(negotiation.model_copy(update={"roles": (negotiation.roles[0], easy)}), "linear", 0).session
    assert (over.status, over.round) == ("agreed", 2)


def test_denied_terms_are_not_proposed_again() -> None:
    """After a denial the talk comes to an offer without that gate; where every offer reaches it, to other terms, or ends."""
    some = _denied("price > 45.0 && price < 55.0")
    assert (some.session.status, some.gates) == ("agreed", ())
    every = _denied("price >= 0.0")
    assert every.session.status == "no_agreement"
    asked = [ruling.digest for ruling in every.session.rulings]
    assert len(asked) == len(set(asked)) > 1


def test_a_gate_that_cannot_be_avoided_does_not_open_the_others() -> None:
    """Where every offer reaches one gate, roles still keep away from the gates that they can do without."""
    gates = ({"id": "any", "when": "price >= 0.0", "approver": "Ada"}, {"id": "dear", "when": "price > 45.0", "approver": "Bo"})
    over = _gated(bargain("low", "high", rounds=20), *gates)
    assert (over.session.status, over.gates) == ("agreed", ("any",))


def test_a_gate_without_which_another_never_offers_is_accepted() -> None:
    """A role goes through a gate that it could do without when all that the other has proposed reaches it."""
    only_dear = bargain("low", "high", rounds=20, limits={"high": "price >= 55.0"})
    over = _gated(only_dear, {"id": "dear", "when": "price > 50.0", "approver": "Ada"})
    assert (over.session.status, over.gates) == ("agreed", ("dear",))


def _denied(when: str) -> Talk:
    return _gated(bargain("low", "high", rounds=20), {"id": "any", "when": when, "approver": "Ada"}, approves=False)


def _gated(negotiation: Negotiation, *gates: dict[str, str], approves: bool = True) -> Talk:
    gated = Negotiation.model_validate({**negotiation.model_dump(), "gates": gates})
    shared = strategy_for(gated)
    return talk(gated, {role.name: shared for role in gated.roles}, approves=approves)
