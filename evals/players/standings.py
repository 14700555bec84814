"""How did the styles do? Tables of a tournament: by style, by what styles differ in, each against each, and what is clear."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from evals.harness.paired import flipped, holm, signs
from evals.harness.printed import markdown
from evals.harness.rates import bootstrap
from evals.harness.suite import Case, Outcome
from evals.players.style import STYLES
from orchestrator.report.scores import wilson

__all__ = ["standings"]

_CLEAR = 0.05
_SEATS = ("first", "second")
_ENDS = (("escalated", "walked away"), ("rounds", "ran out of rounds"))
_ASPECTS = (("tone", 0), ("concession", 1), ("patience", 2))

_Cell = tuple[str, str, str]
"""A talk, a seat, and who sits in the other one."""


@dataclass(slots=True)
class _Tally:
    """What was seen of one style, in both seats."""

    talks: int = 0
    deals: int = 0
    turns: int = 0
    claimed: float = 0.0
    created: float = 0.0
    """Summed over deals, each as a share of what can be created in its talk."""
    ends: Counter[str] = field(default_factory=Counter[str])
    cells: dict[_Cell, float] = field(default_factory=dict[_Cell, float])
    """The mean of what was claimed, by talk, seat and opponent."""


def standings(done: Sequence[tuple[Case, Outcome]]) -> Iterator[str]:
    """Yield the lines of all tables, as markdown."""
    tallies = _tallied(done)
    yield from (*markdown(list(_styles(tallies))), "")
    yield from (*markdown(list(_aspects(tallies))), "")
    yield from (*markdown(list(_matrix(tallies))), "")
    yield from _clear(tallies)


def _tallied(done: Iterable[tuple[Case, Outcome]]) -> Mapping[str, _Tally]:
    tallies: dict[str, _Tally] = defaultdict(_Tally)
    for case, outcome in done:
        for seat, other in (_SEATS, _SEATS[::-1]):
            _add(tallies[case.tag(seat)], case, outcome, seat, case.tag(other))
    return {name: tallies[name] for name in (*STYLES, *tallies) if name in tallies}


def _add(tally: _Tally, case: Case, outcome: Outcome, seat: str, other: str) -> None:
    own, both, most = _figures(outcome, seat), sum(sum(_figures(outcome, name)) for name in _SEATS), outcome["most"]
    turns, ends = _figures(outcome, "turns"), outcome["reasons"]
    tally.talks += len(turns)
    tally.deals += len(own)
    tally.turns += round(sum(turns))
    tally.claimed += sum(own) / 1000
    tally.created += both / 1000 / most if isinstance(most, float) else 0.0
    tally.cells[case.tag("talk"), seat, other] = sum(own) / 1000 / max(1, len(turns))
    if isinstance(ends, dict):
        tally.ends.update({reason: count for reason, count in ends.items() if isinstance(count, int)})


def _figures(outcome: Outcome, name: str) -> list[float]:
    values = outcome[name]
    return [float(value) for value in values if isinstance(value, int)] if isinstance(values, list) else []


def _styles(tallies: Mapping[str, _Tally]) -> Iterator[tuple[str, ...]]:
    yield ("style", "talks", "deals", "claimed", "in a deal", "created", *(says for _, says in _ENDS), "turns")
    for name, tally in tallies.items():
        yield (
            name,
            f"{tally.talks:,}",
            _rate(tally.deals, tally.talks),
            _mean(tally),
            f"{tally.claimed / max(1, tally.deals):.3f}",
            f"{tally.created / max(1, tally.deals):.1%}",
            *(f"{tally.ends[end] / max(1, tally.talks):.1%}" for end, _ in _ENDS),
            f"{tally.turns / max(1, tally.talks):.1f}",
        )


def _rate(part: int, whole: int) -> str:
    within = wilson(part, whole)
    return f"{part / max(1, whole):.1%} ({within.low:.1%} to {within.high:.1%})"


def _mean(tally: _Tally) -> str:
    within = bootstrap(list(tally.cells.values()))
    return f"{tally.claimed / max(1, tally.talks):.3f} ({within.low:.3f} to {within.high:.3f})"


def _aspects(tallies: Mapping[str, _Tally]) -> Iterator[tuple[str, ...]]:
    """Yield, for what styles differ in, how much one value claims more than another, all else being equal."""
    yield ("difference", "pairs", "claimed more", "p", "corrected")
    rows = [(f"{one} over {two}", pairs) for one, two, pairs in _compared(tallies)]
    chances = [_chance(pairs) for _, pairs in rows]
    for (says, pairs), chance, corrected in zip(rows, chances, holm(chances), strict=True):
        within = bootstrap(pairs)
        more = f"{sum(pairs) / len(pairs):+.3f} ({within.low:+.3f} to {within.high:+.3f})"
        yield (says, str(len(pairs)), more, f"{chance:.4f}", f"{corrected:.4f}")


def _compared(tallies: Mapping[str, _Tally]) -> Iterator[tuple[str, str, list[float]]]:
    for _, at in _ASPECTS:
        values = list(dict.fromkeys(name.split("-")[at] for name in tallies))
        for one, two in combinations(values, 2):
            twins = [(name, _twin(name, at, two)) for name in tallies if name.split("-")[at] == one]
            pairs = [gap for name, other in twins if other in tallies for gap in _gaps(tallies[name], tallies[other])]
            if pairs:
                yield one, two, pairs


def _twin(name: str, at: int, value: str) -> str:
    parts = name.split("-")
    return "-".join((*parts[:at], value, *parts[at + 1 :]))


def _gaps(one: _Tally, two: _Tally) -> list[float]:
    """Return what one claims more than another in the same talk and seat, from the same opponent."""
    return [mean - two.cells[cell] for cell, mean in one.cells.items() if cell in two.cells]


def _chance(pairs: Sequence[float]) -> float:
    return flipped(pairs, signs(len(pairs), draws=1_999))


def _matrix(tallies: Mapping[str, _Tally]) -> Iterator[tuple[str, ...]]:
    """Yield what each style of a row claims from each of the columns, over all talks and both seats."""
    yield ("claimed by, from", *(str(at) for at in range(1, len(tallies) + 1)))
    for at, (name, tally) in enumerate(tallies.items(), 1):
        yield (f"{at} {name}", *(_against(tally, other) for other in tallies))


def _against(tally: _Tally, other: str) -> str:
    means = [mean for (_, _, opponent), mean in tally.cells.items() if opponent == other]
    return f"{sum(means) / len(means):.2f}" if means else "-"


def _clear(tallies: Mapping[str, _Tally]) -> Iterator[str]:
    pairs = [(one, two, _gaps(tallies[one], tallies[two])) for one, two in combinations(tallies, 2)]
    pairs = [pair for pair in pairs if pair[2]]
    if not pairs:
        return
    rows = signs(max(len(gaps) for _, _, gaps in pairs))
    corrected = holm([flipped(gaps, rows) for _, _, gaps in pairs])
    found = [(one, two, sum(gaps) / len(gaps)) for (one, two, gaps), p in zip(pairs, corrected, strict=True) if p < _CLEAR]
    yield f"Of {len(pairs)} pairs of styles {len(found)} differ clearly in what they claim (sign flips, Holm, p < {_CLEAR}):"
    for one, two, gap in sorted(found, key=lambda row: -abs(row[2])):
        better, worse = (one, two) if gap > 0 else (two, one)
        yield f"- {better} over {worse}: {abs(gap):.3f}"
