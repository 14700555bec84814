"""What do hostile models write, and is it what they say it is?"""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache

import pytest

from guards.permits import permits_of
from orchestrator.assembly import load_folder, rules_for
from orchestrator.engine import Ask, Prepare, Rules, Session, advance, begin, enter, fresh, pending
from orchestrator.engine.rules import judge
from orchestrator.errors import UsageError
from orchestrator.messages.finding import verdict_of
from orchestrator.messages.negotiation import Negotiation
from orchestrator.messages.reply import Reply, Usage, Written
from orchestrator.messages.settings import Settings
from orchestrator.messages.terms import Terms
from orchestrator.messages.value import RoleName, SessionId
from orchestrator.messages.view import View
from orchestrator.models.hostile import TACTICS, Hostile
from orchestrator.models.registry import make_model
from orchestrator.models.strategy import Strategy
from tests.models.talks import START, strategy_for

_SEAT = RoleName("channel")
_WORDLESS = {"slow", "hasty", "stall", "echo", "flatter", "flood"}


@cache
def _campaign() -> tuple[Negotiation, Rules]:
    negotiation = load_folder("campaign").negotiation
    return negotiation, rules_for(negotiation)


def _hostile(tactic: str, *, only: str | None = None, mends: float = 0.0, rate: float = 1.0) -> Hostile:
    negotiation, _ = _campaign()
    return Hostile(tactic, strategy_for(negotiation), permits_of(negotiation), only=only, mends=mends, rate=rate, obeys=0.0)


def _views(tactic: str, *, seed: int = 3, only: str | None = None) -> tuple[Session, tuple[View, ...]]:
    """Return a whole session with a hostile model in one seat, and what that model was shown."""
    negotiation, rules = _campaign()
    hostile, honest = _hostile(tactic, only=only, mends=0.5), strategy_for(negotiation)
    settings = Settings(
        session=SessionId("hostile-aaaa"), negotiation=negotiation, seed=seed, version="0", prompts=(), models=()
    )
    session = advance(fresh(settings), begin(settings, START, rules))
    shown: list[View] = []
    while isinstance(effect := pending(session), Ask | Prepare):
        if effect.role == _SEAT and isinstance(effect, Ask) and effect.by == "model":
            shown.append(effect.view)
            text = hostile.write(effect.view, seed).text
        else:
            text = honest.write(effect.view, seed)
        session = advance(session, enter(session, _written(effect.role, text), rules))
    return session, tuple(shown)


def _reaches_nothing(_: Terms) -> frozenset[str]:
    return frozenset()


def _first_tries() -> tuple[View, ...]:
    """Return what the seat was shown in an honest talk, refusals apart."""
    return tuple(view for view in _views("slow")[1] if view.attempt == 0)


def _written(role: RoleName, text: str) -> Reply:
    kept = text.encode("utf-8", "replace").decode()
    usage = Usage(prompt=1, reply=1)
    return Written(at=START, began=START, role=role, model="hostile", text=kept, size=len(text), usage=usage)


@pytest.mark.parametrize("tactic", TACTICS)
def test_no_tactic_binds_what_a_mandate_forbids(tactic: str) -> None:
    """Whatever a hostile model writes, an agreement keeps to all limits, policies and reserves, and the session ends."""
    negotiation, _ = _campaign()
    session, shown = _views(tactic)
    assert shown
    assert session.status in ("agreed", "no_agreement") or session.phase == "approving"
    permits = permits_of(negotiation)
    assert all(permits(role.name, session.terms) for role in negotiation.roles)


@pytest.mark.parametrize("tactic", TACTICS)
def test_a_draft_and_its_truth_follow_from_view_and_seed(tactic: str) -> None:
    """Asked again with the same view and seed, by another instance too, a hostile model writes the same."""
    _, shown = _views(tactic)
    first, second = _hostile(tactic), _hostile(tactic)
    assert [first.write(view, 5) for view in shown] == [second.write(view, 5) for view in shown]


@pytest.mark.parametrize(
    ("tactic", "only"),
    [(name, variant) for name, tactic in TACTICS.items() for variant in tactic.spoils if name not in _WORDLESS],
)
def test_every_attack_with_a_label_is_another_text_than_the_honest_one(tactic: str, only: str) -> None:
    """Each variant finds an occasion in a shipped talk, says which kinds are wrong, and which words are at fault."""
    negotiation, _ = _campaign()
    honest = strategy_for(negotiation)
    shown = _first_tries()
    made = [(view, _hostile(tactic, only=only or None).write(view, 5)) for view in shown]
    attacks = [(view, attack) for view, attack in made if attack.kinds]
    assert attacks
    assert all(attack.text != honest.write(view, 5) for view, attack in attacks)
    assert all(span in json.loads(attack.text)["text"] for _, attack in attacks for span in attack.spans)


@pytest.mark.parametrize("tactic", ["overspend", "garble", "hallucinate"])
def test_a_move_at_fault_is_refused(tactic: str) -> None:
    """Terms beyond the mandate, values that cannot be, and drafts that are none never pass, on any try."""
    _, rules = _campaign()
    shown = _first_tries()
    only = "policy" if tactic == "hallucinate" else None
    for view in shown:
        attack = _hostile(tactic, only=only).write(view, 5)
        reading = rules.read(attack.text, view)
        judged = judge(rules, reading.draft, view) if reading.draft else ()
        assert verdict_of((*reading.findings, *judged)) == "refuse", attack.text


def test_a_refusal_is_mended_by_the_share_that_was_asked_for() -> None:
    """`mends=1` writes the honest draft after a refusal, and attacks again in the next turn."""
    shown = _first_tries()
    view = replace(shown[2], attempt=1)
    negotiation, _ = _campaign()
    assert _hostile("garble", mends=1.0).write(view, 5).text == strategy_for(negotiation).write(shown[2], 5)
    assert _hostile("garble", mends=1.0).write(shown[2], 5).kinds == ("shape",)


def test_without_a_rate_it_is_honest() -> None:
    """`rate=0` is the honest strategist."""
    negotiation, _ = _campaign()
    shown = _first_tries()
    assert [_hostile("leak", rate=0.0).write(view, 5).text for view in shown] == [
        strategy_for(negotiation).write(view, 5) for view in shown
    ]


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("hostile:pirate", "there is no hostile model 'pirate'"),
        ("hostile:flood?only=poetry", "model 'hostile:flood?only=poetry': there is no 'poetry' to flood"),
        ("hostile:liar?rate=2", "model 'hostile:liar?rate=2': rate is '2'"),
        ("hostile:liar?mends=often", "model 'hostile:liar?mends=often': mends is 'often'"),
    ],
)
def test_a_wrong_name_or_option_is_said(spec: str, message: str) -> None:
    """What cannot be made is wrong usage, with what there is."""
    negotiation, _ = _campaign()
    with pytest.raises(UsageError) as caught:
        make_model(spec, permits=permits_of(negotiation), reaches=_reaches_nothing)
    assert caught.value.message == message


def test_a_spec_makes_the_model_with_its_variant() -> None:
    """`hostile:hallucinate?only=leak` leaks, and nothing else."""
    negotiation, _ = _campaign()
    model = make_model("hostile:hallucinate?only=leak", permits=permits_of(negotiation), reaches=_reaches_nothing)
    assert isinstance(model, Hostile)
    shown = _first_tries()
    assert {model.write(view, 5).kinds for view in shown} <= {("leak",), ()}
    assert isinstance(strategy_for(negotiation), Strategy)


def test_a_prompt_that_states_no_rules_is_obeyed_by_nobody() -> None:
    """Obedience counts only where the prompt states the rules: without them even `obeys=1` attacks."""
    negotiation, _ = _campaign()
    permits = permits_of(negotiation)
    model = Hostile("garble", strategy_for(negotiation), permits, obeys=1.0)
    shown = _first_tries()
    assert all(not model.write(view, 5).kinds for view in shown)
    assert all(model.write(view, 5, told=False).kinds == ("shape",) for view in shown)
