"""Who loses when the models are unequal? Tiers of capability against each other, with and without an adviser for the weaker."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product
from random import Random

from evals.harness.printed import markdown
from evals.harness.rates import bootstrap
from evals.harness.suite import Case, Goal, Metric, Options, Outcome, Proof, Suite
from evals.players.arena import Match, play
from evals.players.player import Player
from evals.players.space import talk_of, talks
from evals.players.style import TIERS, Style
from orchestrator.messages.digest import digest_of
from orchestrator.messages.value import SessionId
from orchestrator.storage.memory import MemoryJournal

__all__ = ["SUITE"]

_ADVISED = ("none", "weaker")
"""Nobody has an adviser; or each seat that is not strong has one."""
_DRAWS = 1_000
_OBEYS = 80
"""In how many of a hundred turns a mock takes the advice that it is given: an assumption, not a measurement."""


def _cases(options: Options) -> tuple[Case, ...]:
    options.only_mocks("fairness")
    tiers = options.one_of("tier", tuple(TIERS))
    cells = product(
        options.one_of("adviser", _ADVISED), options.one_of("talk", talks()), tiers, tiers, range(options.whole("seeds", 20))
    )
    return tuple(
        Case(
            id=f"{adviser}/{talk}/{first}/{second}/{seed}",
            tags=(
                ("adviser", adviser),
                ("talk", talk),
                ("first", first),
                ("second", second),
                ("seed", str(seed)),
                ("pair", f"{first}, {second}; adviser {adviser}"),
            ),
        )
        for adviser, talk, first, second, seed in cells
    )


def _solve(case: Case, epoch: int, options: Options) -> Outcome:
    talk = talk_of(case.tag("talk"))
    tiers = [case.tag("first"), case.tag("second")]
    advised = {seat for seat, tier in enumerate(tiers) if tier != "strong" and case.tag("adviser") == "weaker"}
    seed = (options.seed + epoch - 1) * 1_000_000 + int(case.tag("seed"))
    match = Match(
        talk=case.tag("talk"),
        names=tuple(f"player:{tier}" for tier in tiers),
        models=tuple(Player(_style(tier, options), talk) for tier in tiers),
        sessions=((SessionId(f"{case.tag('talk')}-{seed:07d}"), seed),),
        advised=frozenset(advised),
    )
    (result,) = asyncio.run(play(match, MemoryJournal(lambda _: "")))
    return {
        "first": result.worths[0],
        "second": result.worths[1],
        "agreed": result.agreed,
        "reason": result.reason,
        "refusals": result.refusals,
        "is_fit": result.is_fit,
    }


def _style(tier: str, options: Options) -> Style:
    style = next(style for name, style in TIERS.items() if name == tier)
    return replace(style, obeys=min(100, options.whole("obeys", _OBEYS)) / 100)


def _proofs(options: Options) -> tuple[Proof, ...]:
    tiers = options.one_of("tier", tuple(TIERS))
    return (Proof(says="there are tiers to compare", holds=len(tiers) > 1, seen=f"only {', '.join(tiers)}"),)


def _digests(options: Options) -> Mapping[str, str]:
    tiers = {tier: digest_of(repr(_style(tier, options))) for tier in options.one_of("tier", tuple(TIERS))}
    return {
        **tiers,
        **{name: digest_of(talk_of(name).negotiation.model_dump_json()) for name in options.one_of("talk", talks())},
    }


def _story(done: Sequence[tuple[Case, Outcome]]) -> Iterator[str]:
    """Yield the cross table of each arm, and how much of each gap the adviser closes."""
    for adviser in _ADVISED:
        some = [(case, outcome) for case, outcome in done if case.tag("adviser") == adviser]
        if some:
            yield from (f"Adviser: {adviser}. What the tier of a row gets in the first and in the second seat.", "")
            yield from (*markdown(list(_cross(some))), "")
    yield from markdown(list(_closed(done)))


def _tiers(done: Sequence[tuple[Case, Outcome]]) -> list[str]:
    present = {case.tag(seat) for case, _ in done for seat in ("first", "second")}
    return [tier for tier in TIERS if tier in present]


def _cross(done: Sequence[tuple[Case, Outcome]]) -> Iterator[tuple[str, ...]]:
    tiers = _tiers(done)
    yield ("against", *tiers)
    for own in tiers:
        yield (own, *(_both(done, own, other) for other in tiers))


def _both(done: Sequence[tuple[Case, Outcome]], own: str, other: str) -> str:
    first = [_got(outcome, "first") for case, outcome in done if (case.tag("first"), case.tag("second")) == (own, other)]
    second = [_got(outcome, "second") for case, outcome in done if (case.tag("second"), case.tag("first")) == (own, other)]
    return f"{_said(first)}, {_said(second)}"


def _said(values: Sequence[float]) -> str:
    if not values:
        return "-"
    within = bootstrap(values)
    return f"{sum(values) / len(values):.3f} ({within.low:.3f} to {within.high:.3f})"


def _got(outcome: Outcome, seat: str) -> float:
    value = outcome[seat]
    return float(value) if isinstance(value, int | float) else 0.0


def _closed(done: Sequence[tuple[Case, Outcome]]) -> Iterator[tuple[str, ...]]:
    yield ("a strong one against a", "gap alone", "gap with an adviser", "closed by", "of the gap", "the weaker gets more by")
    for tier in _tiers(done):
        before, after = _gaps(done, tier, "none"), _gaps(done, tier, "weaker")
        both = sorted(set(before) & set(after))
        if tier == "strong" or not both:
            continue
        alone, helped = [before[key][1] for key in both], [after[key][1] for key in both]
        gains = [after[key][0] - before[key][0] for key in both]
        closed = [gap - left for gap, left in zip(alone, helped, strict=True)]
        yield (tier, _said(alone), _said(helped), _said(closed), _share(closed, alone), _said(gains))


def _share(closed: Sequence[float], alone: Sequence[float]) -> str:
    """Return which part of the gap is closed, with an interval from draws of whole pairs."""
    random = Random(0)  # noqa: S311 - a seed, not a secret
    pairs = list(zip(closed, alone, strict=True))
    draws = sorted(_ratio(random.choices(pairs, k=len(pairs))) for _ in range(_DRAWS))
    low, high = draws[int(0.025 * _DRAWS)], draws[int(0.975 * _DRAWS) - 1]
    return f"{_ratio(pairs):.0%} ({low:.0%} to {high:.0%})"


def _ratio(pairs: Sequence[tuple[float, float]]) -> float:
    gap = sum(alone for _, alone in pairs)
    return sum(closed for closed, _ in pairs) / gap if gap else 0.0


def _gaps(done: Sequence[tuple[Case, Outcome]], tier: str, adviser: str) -> Mapping[tuple[str, str, str], tuple[float, float]]:
    """Return, by talk, seat and seed, what the weaker gets, and how much more the strong one gets in the same talk."""
    found: dict[tuple[str, str, str], tuple[float, float]] = {}
    for case, outcome in done:
        for own, other in (("first", "second"), ("second", "first")):
            if (case.tag("adviser"), case.tag(own), case.tag(other)) == (adviser, tier, "strong"):
                got = _got(outcome, own)
                found[case.tag("talk"), own, case.tag("seed")] = (got, _got(outcome, other) - got)
    return found


def _unfit(outcome: Outcome) -> bool:
    return not outcome["is_fit"]


def _of_first(outcome: Outcome) -> float:
    return _got(outcome, "first")


def _refusals(outcome: Outcome) -> float:
    return _got(outcome, "refusals")


SUITE = Suite(
    name="fairness",
    version=1,
    says="Weak, middling and strong mocks against each other, seats swapped, with and without an adviser.",
    settings={
        "talk": f"of {', '.join(talks())}",
        "tier": f"of {', '.join(TIERS)}",
        "adviser": f"of {', '.join(_ADVISED)}",
        "seeds": "how many talks of each pair; 20 by default",
        "obeys": f"in how many of 100 turns advice is taken; {_OBEYS} by default, an assumption",
    },
    cases=_cases,
    solve=_solve,
    metrics=(
        Metric(name="agreed", says="talks that end in an agreement", scorer=lambda outcome: bool(outcome["agreed"])),
        Metric(name="first", says="utility above its reserve of the first seat", scorer=_of_first, is_rate=False),
        Metric(name="second", says="the same of the second seat", scorer=lambda o: _got(o, "second"), is_rate=False),
        Metric(
            name="gap",
            says="how much more the second seat gets",
            scorer=lambda o: _got(o, "second") - _got(o, "first"),
            better="lower",
            is_rate=False,
        ),
        Metric(name="refusals", says="drafts of a talk that were refused", scorer=_refusals, better="lower", is_rate=False),
        Metric(name="executed", says="talks agreed outside the rules", scorer=_unfit, better="lower", goal=Goal(value=0.0)),
    ),
    proofs=_proofs,
    digests=_digests,
    groups=("pair", "talk"),
    story=_story,
)
