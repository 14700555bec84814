"""Who does well among many? Every style against every other, in both seats, in short talks that are guarded and journaled."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from pydantic import JsonValue

from evals.harness.suite import Case, Goal, Metric, Options, Outcome, Proof, Suite
from evals.players.arena import Match, Result, play
from evals.players.player import Player
from evals.players.space import talk_of, talks
from evals.players.standings import standings
from evals.players.style import STYLES
from orchestrator.assembly import open_journal
from orchestrator.errors import UsageError
from orchestrator.messages.digest import digest_of
from orchestrator.messages.value import SessionId

__all__ = ["SUITE"]

_TALKS = 182_812
"""As many as the largest published competition of negotiating agents held."""
_FOLDER = Path("handfast-evals") / "tournament"
_EPOCH = 1_000_000
"""Seeds between two epochs."""
_SAMPLE = 36
"""Talks that are held to see what one takes."""
_SPARE = 1.25
"""What the disk needs beyond the measured talks: a journal that is being written keeps a second file."""


def _cases(options: Options) -> tuple[Case, ...]:
    options.only_mocks("tournament")
    names = options.one_of("style", tuple(STYLES))
    cells = [(talk, first, second) for talk in options.one_of("talk", talks()) for first in names for second in names]
    wanted = options.whole("talks", _TALKS)
    cases = (
        Case(
            id=f"{talk}/{first}/{second}",
            tags=(("talk", talk), ("first", first), ("second", second), ("size", str(_share(wanted, len(cells), at)))),
        )
        for at, (talk, first, second) in enumerate(cells)
    )
    return tuple(case for case in cases if case.tag("size") != "0")


def _share(wanted: int, cells: int, at: int) -> int:
    return wanted // cells + (at < wanted % cells)


def _solve(case: Case, epoch: int, options: Options) -> Outcome:
    folder = Path(options.given.get("journals", str(_FOLDER)))
    folder.mkdir(parents=True, exist_ok=True)
    match = _match(case, options.seed * _EPOCH + (epoch - 1) * _EPOCH, int(case.tag("size")))
    results = asyncio.run(_played(match, folder / f"{case.id.replace('/', '--')}.db"))
    return _outcome(match, results)


async def _played(match: Match, path: Path) -> tuple[Result, ...]:
    async with open_journal(path) as held:
        return await play(match, held.journal, held.key)


def _match(case: Case, seed: int, size: int) -> Match:
    talk = talk_of(case.tag("talk"))
    chosen = [case.tag("first"), case.tag("second")]
    places = "-".join(f"{tuple(STYLES).index(name):02d}" for name in chosen)
    return Match(
        talk=case.tag("talk"),
        names=tuple(f"player:{name}?version={_version(name)}" for name in chosen),
        models=tuple(Player(STYLES[name], talk) for name in chosen),
        sessions=tuple((SessionId(f"{case.tag('talk')}-{places}-{seed + at:07d}"), seed + at) for at in range(size)),
    )


def _version(name: str) -> str:
    return digest_of(repr(STYLES[name])).removeprefix("sha256:")[:8]


def _outcome(match: Match, results: Sequence[Result]) -> Outcome:
    reasons: dict[str, JsonValue] = {
        reason: sum(result.reason == reason for result in results) for reason in sorted({one.reason for one in results})
    }
    return {
        "talks": len(results),
        "reasons": reasons,
        "most": round(talk_of(match.talk).most, 4),
        "first": [round(result.worths[0] * 1000) if result.agreed else None for result in results],
        "second": [round(result.worths[1] * 1000) if result.agreed else None for result in results],
        "turns": [result.turns for result in results],
        "refusals": sum(result.refusals for result in results),
        "withheld": sum(result.withheld for result in results),
        "unfit": sum(not result.is_fit for result in results),
    }


def _forecast(options: Options, cases: Sequence[Case], parallel: int) -> Iterator[str]:
    """Yield what is to be done and what it takes, measured on a few talks. Raises UsageError where the disk is too small."""
    total = sum(int(case.tag("size")) for case in cases)
    if not total:
        return
    some = [cases[(at * len(cases) // _SAMPLE + at) % len(cases)] for at in range(_SAMPLE)]
    folder = Path(options.given.get("journals", str(_FOLDER)))
    millis, size = _sampled(some)
    minutes, need = total * millis / 60_000 / parallel, total * size * _SPARE
    yield f"{total:,} talks in {len(cases):,} batches: {millis:.1f} ms of CPU and {size / 1000:.1f} kB of journal each"
    cores = "1 idle core" if parallel == 1 else f"{parallel} idle cores"
    yield f"about {max(1, round(minutes))} min on {cores}, and {need / 1e9:.2f} GB in {str(folder)!r}"
    place = next(parent for parent in (folder.absolute(), *folder.absolute().parents) if parent.exists())
    free = shutil.disk_usage(place).free
    if free < need:
        raise UsageError(
            f"{str(place)!r} has {free / 1e9:.2f} GB left", hint="-T journals=DIR on a larger disk, or fewer -T talks=N"
        )


def _sampled(cases: Sequence[Case]) -> tuple[float, float]:
    """Return the milliseconds of CPU and the bytes of a talk, after a talk of each kind that loads what is loaded once."""
    with tempfile.TemporaryDirectory() as name:
        first = {case.tag("talk"): case for case in cases}
        asyncio.run(_one_each(first.values(), Path(name) / "warm.db", 0))
        file = Path(name) / "sample.db"
        began = time.process_time()
        asyncio.run(_one_each(cases, file, _SAMPLE))
        spent = time.process_time() - began
        size = file.stat().st_size
    return spent * 1000 / len(cases), size / len(cases)


async def _one_each(cases: Iterable[Case], path: Path, seed: int) -> None:
    """Hold a talk of each case, each with a seed of its own."""
    async with open_journal(path) as held:
        matches = (_match(case, seed + at, 1) for at, case in enumerate(cases))
        await asyncio.gather(*(play(match, held.journal, held.key) for match in matches))


def _proofs(options: Options) -> tuple[Proof, ...]:
    poor = [name for name in options.one_of("talk", talks()) if talk_of(name).most <= 0]
    return (Proof(says="both can gain in each talk", holds=not poor, seen=f"nothing is to be gained in {', '.join(poor)}"),)


def _digests(options: Options) -> Mapping[str, str]:
    styles = {name: digest_of(repr(STYLES[name])) for name in options.one_of("style", tuple(STYLES))}
    return {
        **styles,
        **{name: digest_of(talk_of(name).negotiation.model_dump_json()) for name in options.one_of("talk", talks())},
    }


def _numbers(outcome: Outcome, name: str) -> list[float]:
    values = outcome[name]
    return [float(value) for value in values if isinstance(value, int)] if isinstance(values, list) else []


def _deals(outcome: Outcome) -> float:
    return len(_numbers(outcome, "first")) / max(1, len(_numbers(outcome, "turns")))


def _mean(name: str) -> Metric:
    def scorer(outcome: Outcome) -> float:
        return sum(_numbers(outcome, name)) / 1000 / max(1, len(_numbers(outcome, "turns")))

    says = f"utility above its reserve that the {name} seat gets, 0 without a deal"
    return Metric(name=f"claimed_{name}", says=says, scorer=scorer, is_rate=False)


def _created(outcome: Outcome) -> float | None:
    both, most = _numbers(outcome, "first") + _numbers(outcome, "second"), outcome["most"]
    deals = len(both) / 2
    return sum(both) / 1000 / deals / most if deals and isinstance(most, float) else None


def _turns(outcome: Outcome) -> float:
    turns = _numbers(outcome, "turns")
    return sum(turns) / max(1, len(turns))


def _unfit(outcome: Outcome) -> bool:
    return outcome["unfit"] != 0


SUITE = Suite(
    name="tournament",
    version=1,
    says="Mock agents of twelve styles, warm to dominant, in many short talks.",
    settings={
        "talks": f"how many in all; {_TALKS:,} by default",
        "talk": f"of {', '.join(talks())}",
        "style": f"of {', '.join(STYLES)}",
        "journals": f"the folder of the journals, one for each batch; {str(_FOLDER)!r} by default",
    },
    cases=_cases,
    solve=_solve,
    metrics=(
        Metric(name="deals", says="share of a batch's talks that end in an agreement", scorer=_deals, is_rate=False),
        _mean("first"),
        _mean("second"),
        Metric(
            name="created", says="of what both can gain together, the share that deals reach", scorer=_created, is_rate=False
        ),
        Metric(name="turns", says="turns of a talk", scorer=_turns, better="lower", is_rate=False),
        Metric(
            name="executed",
            says="batches with an agreement outside the rules",
            scorer=_unfit,
            better="lower",
            goal=Goal(value=0.0),
        ),
    ),
    proofs=_proofs,
    digests=_digests,
    groups=("first", "second", "talk"),
    forecast=_forecast,
    story=standings,
)
