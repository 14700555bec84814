"""Which part of a window is whose, as the file says it, and as the receiver's model counts it?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from importlib import import_module
from pathlib import Path

import pytest

from guards.rulecheck import check_rules
from orchestrator.assembly import load_folder, settings_for
from orchestrator.errors import ConfigError
from orchestrator.messages.negotiation import Context, Pace
from orchestrator.messages.spend import Price
from orchestrator.roles.load import load_negotiation
from orchestrator.roles.measure import measure
from orchestrator.roles.prompt import PromptBook
from orchestrator.roles.shares import shares_of
from orchestrator.roles.tokens import count, estimate
from tests.roles.stalls import STALL, inform, view

_BASE = (Path(__file__).parent.parent / "tables" / "roles_base.yaml").read_text(encoding="utf-8")


def _context(text: str, folder: Path) -> Context | None:
    file = folder / "negotiation.yaml"
    file.write_text(_BASE.replace("    prompt: buyer.md\n", f"    prompt: buyer.md\n    {text}\n"), encoding="utf-8")
    return load_negotiation(file, check_rules).roles[0].context


@pytest.mark.parametrize(
    ("text", "context"),
    [
        ("context: {share: 0.3, message_tokens: 2000}", Context(share=0.3, message_tokens=2000)),
        ("context: {rate: 2/s}", Context(rate=Pace(messages=2, seconds=1))),
        ("context: {rate: 30 / min}", Context(rate=Pace(messages=30, seconds=60))),
        ("context: {}", None),
        ("context:", None),
    ],
)
def test_bounds_are_read(text: str, context: Context | None, tmp_path: Path) -> None:
    """What a file says of a role's words becomes its bounds; what it does not say is no bound."""
    assert _context(text, tmp_path) == context


@pytest.mark.parametrize(
    ("named", "shares"),
    [
        ((None, None), (0.5, 0.5)),
        ((0.3, None), (0.3, 0.7)),
        ((None, 0.1), (0.9, 0.1)),
        ((0.2, 0.3), (0.2, 0.3)),
    ],
)
def test_shares_are_those_of_the_file(named: tuple[float | None, ...], shares: tuple[float, ...]) -> None:
    """Roles that name no share have the rest between them; what nobody was given stays free."""
    roles = tuple(
        role.model_copy(update={"context": Context(share=share) if share else None})
        for role, share in zip(STALL.roles, named, strict=True)
    )
    assert tuple(shares_of(STALL.model_copy(update={"roles": roles})).values()) == shares


def test_a_model_with_its_own_vocabulary_has_a_smaller_window() -> None:
    """Where a model takes 1.25 tokens for one that is counted here, what is counted fits the window in its own tokens."""
    moves = [inform(turn, "word after word " * 50) for turn in range(300)]
    plain = PromptBook((), STALL).assemble(view(moves))
    scaled = PromptBook((), STALL).assemble(replace(view(moves), scale=Decimal("1.25")))
    assert plain.window is not None
    assert scaled.window is not None
    assert (plain.window.size, scaled.window.size) == (16_000, 12_800)
    assert 14_000 < plain.tokens <= 14_800
    assert 13_500 < scaled.tokens * 1.25 <= 14_800


def test_a_window_too_small_for_its_model_is_an_error_when_the_session_is_made(tmp_path: Path) -> None:
    """A window that would do for one vocabulary and is too small in the model's own is found before anything is asked."""
    assert _context("context:", tmp_path) is None
    for role in ("buyer", "seller"):
        (tmp_path / f"{role}.md").write_text('---\nwindow: 3960\nreply: 500\n---\n{% include "house/brief.md" %}\n', "utf-8")
    folder = load_folder(str(tmp_path))
    assert settings_for(folder, seed=0, models={}).negotiation.name == "stall"
    with pytest.raises(ConfigError) as caught:
        settings_for(
            folder,
            seed=0,
            models={"buyer": "anthropic:some"},
            prices={"anthropic:some": Price(input=Decimal(1), output=Decimal(1))},
        )
    (mistake,) = caught.value.mistakes
    assert (mistake.key, mistake.problem) == (
        "window",
        (
            "is 3960: what must be in the prompt of 'buyer' does not fit, "
            "at about 1.25 tokens of its model for one that is counted here"
        ),
    )


@pytest.fixture
def _no_vocabulary(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def _missing() -> None:
        raise FileNotFoundError

    tokens = import_module("orchestrator.roles.tokens")
    monkeypatch.setattr(tokens, "_exact", _missing)
    tokens._load.cache_clear()
    yield
    monkeypatch.undo()
    tokens._load.cache_clear()


@pytest.mark.usefixtures("_no_vocabulary")
def test_without_a_vocabulary_all_figures_are_estimates_that_say_so() -> None:
    """A third of the bytes is counted, never nothing; the window says that it was estimated, and so do sums of it."""
    unseen = STALL.model_copy(update={"title": "A stall whose prompts were never counted"})
    prompt = PromptBook((), unseen).assemble(view([inform(0, "hello"), inform(1, "\U0001f468\u200d" * 40)]))
    assert prompt.window is not None
    assert prompt.window.estimated
    assert prompt.tokens >= estimate(prompt.system) + estimate(prompt.user)


def test_words_are_measured_as_prompts_quote_them() -> None:
    """The tokens of words are those of the lines that a prompt has of them; an estimate is made where the record had one."""
    words = "First line.\n\n  Second\u200bline. "
    assert measure(words, estimated=False) == measure(words) == count("| First line.\n| Second\ufffdline.\n")
    assert measure(words, estimated=True) == estimate("| First line.\n| Second\ufffdline.\n")
