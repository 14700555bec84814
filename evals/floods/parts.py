"""What is learned from, what is it measured on? The parts of the corpora, and scores of talks by models that never saw them.

- *Learned from*: `floods-dev2` as a whole (its letters stand in several cases each), two thirds of `floods-dev` by id,
  two thirds of the fit drafts by id at a fifth of the weight, and made floods.
- *Held back*: the other third of `floods-dev`, and of the fit drafts.
- *Out of fold*: each conversation that was learned from, scored by weights learned without it and without all that share a long
  sentence with it. Six folds, made of threads.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from evals.floods.learn import Model, learn
from evals.floods.made import made_floods
from evals.floods.rows import Talk, held_back, honest_drafts, talk_of, talks_in, threads_of

__all__ = ["Parts", "Scored", "left_out", "out_of_fold", "parts", "scored_by"]

_FOLDS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The conversations, by what they are for."""

    dev: tuple[Talk, ...]
    dev2: tuple[Talk, ...]
    drafts: tuple[Talk, ...]
    made: tuple[Talk, ...]

    @property
    def floods(self) -> tuple[Talk, ...]:
        """Return the labelled conversations that are learned from."""
        return (*(talk for talk in self.dev if not held_back(talk)), *self.dev2)

    @property
    def learned(self) -> tuple[Talk, ...]:
        """Return all that is learned from."""
        return (*self.floods, *self.made, *(talk for talk in self.drafts if not held_back(talk)))

    @property
    def held(self) -> tuple[Talk, ...]:
        """Return the third of `floods-dev` that nothing is learned from."""
        return tuple(talk for talk in self.dev if held_back(talk))

    @property
    def held_drafts(self) -> tuple[Talk, ...]:
        """Return the third of the fit drafts that nothing is learned from."""
        return tuple(talk for talk in self.drafts if held_back(talk))


@dataclass(frozen=True, slots=True)
class Scored:
    """A conversation and its score after each message."""

    talk: Talk
    scores: tuple[float, ...]

    @property
    def top(self) -> float:
        """Return the highest score: what decides whether it is flagged."""
        return max(self.scores)

    def flagged_at(self, threshold: float) -> int | None:
        """Return the first message whose score reaches the threshold."""
        return next((index for index, score in enumerate(self.scores) if score >= threshold), None)


@lru_cache(maxsize=1)
def parts() -> Parts:
    """Return all conversations; read once."""
    return Parts(
        dev=talks_in("floods-dev.jsonl"),
        dev2=talks_in("floods-dev2.jsonl"),
        drafts=honest_drafts(),
        made=tuple(map(talk_of, made_floods())),
    )


def scored_by(model: Model, talks: Sequence[Talk]) -> tuple[Scored, ...]:
    """Return the conversations with the scores of a model."""
    return tuple(Scored(talk, model.scores(talk)) for talk in talks)


def out_of_fold(held: Parts) -> tuple[Scored, ...]:
    """Return the conversations that are learned from, each scored by weights learned without its thread."""
    folds = {talk.id: thread % _FOLDS for talk, thread in zip(held.floods, threads_of(held.floods), strict=True)}
    return _in_turn(held, held.floods, lambda talk: str(folds[talk.id]))


def left_out(held: Parts) -> tuple[Scored, ...]:
    """Return the conversations that are learned from, each scored by weights learned from the other scenarios alone."""
    return _in_turn(held, held.floods, lambda talk: talk.scenario)


def _in_turn(held: Parts, talks: Sequence[Talk], group: Callable[[Talk], str]) -> tuple[Scored, ...]:
    others = [talk for talk in held.learned if talk not in set(talks)]
    found: list[Scored] = []
    for name in sorted({group(talk) for talk in talks}):
        model = learn([*(talk for talk in talks if group(talk) != name), *others])
        found += scored_by(model, [talk for talk in talks if group(talk) == name])
    return tuple(found)
