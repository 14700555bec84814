"""Run `python -m evals.planted tests/corpora tests/tables/planted-ways.jsonl`: a line for each way, the least found first.

The sentences stand in talks of which the texts may be read by those who make rules; values are drawn with a fixed seed. A right
value must be let alone, a wrong one must be found, whatever the kind of the finding.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from random import Random

from evals.planted.planting import Way, planted
from evals.words import OWN, judged_at, part_of
from orchestrator.assembly import load_scenario
from orchestrator.report.scores import Share
from orchestrator.roles.corpus import Place, read_corpus

__all__ = ["Found", "found_by", "lines_of_ways", "readable", "total_of", "ways_in"]

_SEED = 7
_EACH = 40
"""Pairs of sentences for each way."""
_TRIES = 30


@dataclass(frozen=True, slots=True)
class Found:
    """How many right sentences were touched and wrong ones found."""

    touched: Share
    caught: Share


def readable(folder: Path) -> tuple[Place, ...]:
    """Return the talks of a folder that may be read: those that rules were made on."""
    read = {scenario for name, scenarios in OWN.items() if name != "own, blind" for scenario in scenarios}
    corpora = (*sorted(folder.glob("drafts-*.jsonl")), *sorted(folder.glob("own-*.jsonl")))
    places = (place for corpus in corpora for place in read_corpus(corpus))
    return tuple(
        place
        for place in places
        if place.case.scenario in read
        or (place.file.name.startswith("drafts-") and part_of(place.case.id, place.case.scenario) == "made on")
    )


def ways_in(file: Path) -> tuple[Way, ...]:
    """Return the ways of a file of JSON Lines."""
    return tuple(Way.model_validate_json(line) for line in file.read_text(encoding="utf-8").splitlines())


def found_by(ways: Sequence[Way], places: Sequence[Place], scenarios: Path, each: int = _EACH) -> Mapping[Way, Found]:
    """Return what the guards find for each way, in so many talks drawn for it."""
    return {way: _found(way, places, scenarios, each) for way in ways}


def _found(way: Way, places: Sequence[Place], scenarios: Path, each: int) -> Found:
    chance = Random(f"{_SEED} {way.says}")  # noqa: S311 - a draw that must be the same each time
    counts = {True: [0, 0], False: [0, 0]}
    for _ in range(each * _TRIES):
        if counts[True][1] >= each:
            break
        place = chance.choice(places)
        for one in planted(way, place.case, _scenario(scenarios / f"{place.case.scenario}.yaml"), chance):
            judged = judged_at(Place(file=place.file, line=place.line, case=one.case), scenarios)
            counts[one.is_wrong][0] += any(finding.path == "text" for finding in judged.findings)
            counts[one.is_wrong][1] += 1
    return Found(Share(*counts[False]), Share(*counts[True]))


_scenario = lru_cache(maxsize=64)(load_scenario)


def lines_of_ways(found: Mapping[Way, Found]) -> Iterator[str]:
    """Yield a line for each way, those least found first, and the totals."""
    for way, one in sorted(found.items(), key=lambda item: (item[1].caught.value or 0.0, item[0].says)):
        yield f"{way.kind:<8}{way.says[:60]:<62}{_told(one)}"
    yield f"{'':<70}{_told(total_of(found))}"


def total_of(found: Mapping[Way, Found]) -> Found:
    """Return all ways taken together."""
    touched, caught = (
        Share(sum(share.part for share in shares), sum(share.whole for share in shares))
        for shares in ([one.touched for one in found.values()], [one.caught for one in found.values()])
    )
    return Found(touched, caught)


def _told(one: Found) -> str:
    percent = f"{one.caught.value or 0.0:.0%}"
    return f"caught {one.caught.part}/{one.caught.whole} {percent:<6}touched {one.touched.part}/{one.touched.whole}"


if __name__ == "__main__":
    folder, ways = Path(sys.argv[1]), ways_in(Path(sys.argv[2]))
    for line in lines_of_ways(found_by(ways, readable(folder), folder / "scenarios")):
        print(line)  # noqa: T201 - it prints its figures
