"""What must honest models reach in a shipped negotiation? What its `case.yaml` says, and where its sessions fell short.

That nothing unfit was agreed is never written down: it goes for every negotiation.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import pydantic
from pydantic import Field

from evals.deal import Deal
from orchestrator.errors import ConfigError, Mistake
from orchestrator.messages.value import Value
from orchestrator.roles.nodes import plain_of
from orchestrator.roles.yaml import read_yaml

__all__ = ["CASE_FILE", "Expected", "misses", "read_expected"]

CASE_FILE = "case.yaml"

_Share = Annotated[float, Field(ge=0.0, le=1.0)]


class Expected(Value):
    """What honest models reach."""

    agreed: _Share
    """The least share of sessions that agree."""
    rounds: Annotated[int, Field(ge=1)]
    """The most rounds of a session that agrees."""
    refused: Annotated[float, Field(ge=0.0)]
    """The most drafts that are refused in a session, on average."""
    worth: tuple[float, float]
    """From where to where an agreement's worths to all roles add up, on average."""
    gates: tuple[str, ...] = ()
    """The only gates that may be reached."""


def read_expected(folder: Path) -> Expected:
    """Return what the case of a folder says. Raises ConfigError where it is not one."""
    file = folder / CASE_FILE
    read = read_yaml(file.read_text(encoding="utf-8"), CASE_FILE)
    if read.root is None:
        raise ConfigError(read.mistakes)
    try:
        return Expected.model_validate(plain_of(read.root))
    except pydantic.ValidationError as invalid:
        raise ConfigError(tuple(_mistakes(invalid))) from invalid


def misses(expected: Expected, deals: tuple[Deal, ...]) -> tuple[str, ...]:
    """Return in words what the sessions missed; nothing where they reached all."""
    return tuple(_misses(expected, deals))


def _misses(expected: Expected, deals: tuple[Deal, ...]) -> Iterator[str]:
    done = [deal for deal in deals if deal.is_agreed]
    if len(done) < expected.agreed * len(deals):
        yield f"{len(done)} of {len(deals)} sessions agreed; expected {expected.agreed:.0%}"
    yield from (f"seed {deal.seed}: what was agreed breaks a rule" for deal in done if not deal.is_held)
    slowest = max((deal.rounds for deal in done), default=0)
    if slowest > expected.rounds:
        yield f"a session agreed in round {slowest}; expected by round {expected.rounds}"
    refused = statistics.mean(deal.refused for deal in deals) if deals else 0.0
    if refused > expected.refused:
        yield f"{refused:.2f} drafts refused in a session; expected at most {expected.refused:g}"
    worth = statistics.mean(sum(deal.worths) for deal in done) if done else 0.0
    low, high = expected.worth
    if done and not low <= worth <= high:
        yield f"agreements are worth {worth:.2f} to all together; expected {low:g} to {high:g}"
    yield from _strange_gates(expected, deals)


def _strange_gates(expected: Expected, deals: tuple[Deal, ...]) -> Iterator[str]:
    asked = {gate for deal in deals for gate in deal.gates}
    yield from (f"gate {gate!r} was reached" for gate in sorted(asked.difference(expected.gates)))


def _mistakes(invalid: pydantic.ValidationError) -> Iterator[Mistake]:
    for error in invalid.errors():
        key = ".".join(str(part) for part in error["loc"])
        yield Mistake(file=CASE_FILE, line=0, key=key, problem=error["msg"], expected="see prompts/README.md")
