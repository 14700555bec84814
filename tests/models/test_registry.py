"""Which models are there, and how are they made?"""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestrator.errors import ScriptUnused, UsageError
from orchestrator.messages.model import Completion, Model, Request, finish, skip
from orchestrator.messages.value import RoleName
from orchestrator.models.bidding import Either
from orchestrator.models.delayed import Delayed
from orchestrator.models.registry import PROVIDERS, make_model
from orchestrator.models.scripted import ScriptedModel
from orchestrator.models.seeded import Seeded
from orchestrator.models.strategy import STRATEGIES, Strategy
from tests.models.talks import NO_PROMPT, bargain, view


def _made(text: str) -> Model:
    return make_model(text, permits=lambda _role, _terms: True, reaches=lambda _terms: frozenset())


@pytest.mark.parametrize("name", STRATEGIES)
def test_every_strategy_is_made_by_its_name(name: str) -> None:
    """Each strategy is a model of the provider `strategy`."""
    model = _made(f"strategy:{name}")
    assert isinstance(model, Either)
    assert isinstance(model.talks, Strategy)
    assert model.talks.name == name


def test_a_delay_and_a_seed_wrap_any_model(tmp_path: Path) -> None:
    """All built-in models take both options; without them a model is left as it is."""
    script = tmp_path / "script.json"
    script.write_text('["one"]', encoding="utf-8")
    model = _made(f"scripted:{script}?delay=0.5&seed=7")
    assert isinstance(model, Delayed)
    assert isinstance(model.model, Seeded)
    assert isinstance(model.model.model, ScriptedModel)
    assert (model.seconds, model.model.seed) == (0.5, 7)
    assert isinstance(_made(f"scripted:{script}?delay=0"), ScriptedModel)


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        (
            "oracle:x",
            "there is no provider 'oracle'",
            "providers: anthropic, bidder, hostile, human, openai, recorded, scripted, strategy",
        ),
        ("strategy:x", "there is no strategy 'x'", "strategies: boulware, conceder, linear, tit-for-tat"),
        ("strategy:linear?speed=1", "models of 'strategy' have no option 'speed'", "options: delay, seed"),
        ("scripted:x?base_url=1", "models of 'scripted' have no option 'base_url'", "options: delay, seed"),
        (
            "strategy:linear?delay=x",
            "model 'strategy:linear?delay=x': delay is 'x'",
            "expected seconds, 0 or more, such as 0.5",
        ),
    ],
)
def test_what_there_is_not_is_a_usage_error(text: str, message: str, hint: str) -> None:
    """An unknown provider, strategy or option is refused with all that exist."""
    with pytest.raises(UsageError) as caught:
        _made(text)
    assert (caught.value.message, caught.value.hint) == (message, hint)


def test_providers_are_listed_in_order() -> None:
    """The table of providers is in alphabetical order."""
    assert list(PROVIDERS) == sorted(PROVIDERS)


async def test_a_seed_replaces_that_of_the_session() -> None:
    """A model with a seed of its own is asked with that one; a delay changes nothing."""
    asked: list[int] = []

    async def model(request: Request, /) -> Completion:
        asked.append(request.seed)
        return Completion(text="words")

    request = Request(view=view(bargain("a", "b"), "a"), prompt=NO_PROMPT, seed=1)
    assert await Delayed(Seeded(model, 7), 0.001)(request) == Completion(text="words")
    assert asked == [7]


def test_skipping_reaches_the_script_inside() -> None:
    """However a script is wrapped, it is told which answers are on record; other models need not know."""
    model = Delayed(Seeded(ScriptedModel("script", ["one"]), 7), 1.0)
    skip(model, RoleName("a"))
    finish(model)
    skip(_made("strategy:linear?seed=1&delay=1"), RoleName("a"))


def test_finishing_reaches_the_script_inside() -> None:
    """However a script is wrapped, its left-over answers are found; other models have nothing to say."""
    with pytest.raises(ScriptUnused):
        finish(Delayed(Seeded(ScriptedModel("script", ["one"]), 7), 1.0))
    finish(_made("strategy:linear?seed=1&delay=1"))
