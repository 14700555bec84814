"""How well do the guards of a run judge drafts, and its monitor floods, that people labelled? `check` prints it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import click

from orchestrator.assembly import load_scenario, monitor_for, rules_for
from orchestrator.cli.check_drafts import draft_json, draft_lines, judged_draft
from orchestrator.cli.check_floods import flood_json, flood_lines, judged_flood
from orchestrator.cli.exits import CHECK_FAILED
from orchestrator.cli.printing import complain, say
from orchestrator.engine.rules import Rules
from orchestrator.errors import UsageError
from orchestrator.messages.negotiation import Negotiation
from orchestrator.messages.suspicion import Monitor
from orchestrator.report.flood_scores import FloodJudged, flood_metrics
from orchestrator.report.scores import Share, metrics
from orchestrator.roles.corpus import Place, read_corpus
from orchestrator.roles.floods import FloodPlace, is_flood_corpus, read_floods
from orchestrator.roles.tokens import count

__all__ = ["check"]

_LOWER_IS_BETTER = frozenset({"false_alarms"})


@dataclass(frozen=True, slots=True)
class _Bar:
    """A metric and the value that it must reach."""

    metric: str
    value: float

    def fails(self, share: Share | None) -> bool:
        """Return whether a share misses it. What could not be measured misses it too."""
        value = share.value if share else None
        if value is None:
            return True
        return value > self.value if self.metric in _LOWER_IS_BETTER else value < self.value


@click.command
@click.argument(
    "corpora", nargs=-1, required=True, metavar="CORPUS...", type=click.Path(path_type=Path, dir_okay=False, exists=True)
)
@click.option(
    "--scenarios",
    type=click.Path(file_okay=False, exists=True, path_type=Path),
    metavar="DIR",
    help="Where NAME.yaml of each scenario is, or NAME/negotiation.yaml; the folder of the corpus by default.",
)
@click.option("--json", "out", type=click.Path(dir_okay=False, path_type=Path), metavar="OUT", help="Write a JSON line a case.")
@click.option(
    "--fail-under",
    "bars",
    multiple=True,
    metavar="METRIC=VALUE",
    help="Exit with 1 if it is not reached: caught, kind_named, by_second, KIND.recall, KIND.precision; at most: false_alarms.",
)
@click.option("--misses", type=click.IntRange(min=0), default=20, show_default=True, metavar="N", help="Print so many of each.")
@click.option("--all-rules", is_flag=True, help="Judge by the reserve and by whether an accepted offer is complete, too.")
def check(
    corpora: tuple[Path, ...], *, scenarios: Path | None, out: Path | None, bars: tuple[str, ...], misses: int, all_rules: bool
) -> int:
    """Judge the labelled drafts and floods of each CORPUS with the very guards and the monitor of a run.

    A corpus is JSON Lines: id, scenario, sender, history, approvals, draft, kinds, spans, note. Prompts are not needed. Labels
    say nothing of a role's reserve, of how long an offer stands, or of whether it is complete, so these are left out here.

    A corpus of floods holds id, scenario, sender, receiver, window, messages, label, tactic, note: all that one role sent to
    another. Printed are the tactics caught and at which message, honest talk that was flagged, and the figures of the curve.
    """
    wanted = tuple(map(_bar, bars))
    floods = [corpus for corpus in corpora if is_flood_corpus(corpus)]
    places = [place for corpus in corpora if corpus not in floods for place in read_corpus(corpus)]
    judged = [judged_draft(place, *_scenario(_file_of(place, scenarios)), all_rules=all_rules) for place in places]
    heard = [_heard(place, scenarios) for corpus in floods for place in read_floods(corpus)]
    if out is not None:
        out.write_text("".join((*map(draft_json, judged), *map(flood_json, heard))), encoding="utf-8")
    drafts = draft_lines(judged, places, misses) if judged else ()
    between = ("",) if judged and heard else ()
    for line in (*drafts, *between, *(flood_lines(heard, misses) if heard else ())):
        say(line)
    measured = [*([metrics(judged)] if judged else []), *([flood_metrics(heard)] if heard else [])]
    return max(_weighed(each, wanted) for each in measured)


def _bar(text: str) -> _Bar:
    metric, equals, value = text.partition("=")
    bar = _Bar(metric.strip(), _share_of(value))
    if not equals or not 0 <= bar.value <= 1:
        raise click.UsageError(f"--fail-under {text!r} is not of the form METRIC=VALUE with a value from 0 to 1")
    known = ("caught", "false_alarms", "kind_named", "by_second")
    if bar.metric not in known and bar.metric.partition(".")[2] not in ("recall", "precision"):
        raise click.UsageError(f"--fail-under: {bar.metric!r} is none of {', '.join(known)}, KIND.recall, KIND.precision")
    return bar


def _share_of(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return -1.0


def _heard(place: FloodPlace, scenarios: Path | None) -> FloodJudged:
    file = _file_of(place, scenarios)
    negotiation, _ = _scenario(file)
    return judged_flood(place, negotiation, _monitor(file), count)


def _file_of(place: Place | FloodPlace, scenarios: Path | None) -> Path:
    name = place.case.scenario
    folders = [folder for folder in (scenarios, place.file.parent) if folder is not None]
    if Path(name).name == name:
        for folder in folders:
            for file in (folder / f"{name}.yaml", folder / name / "negotiation.yaml"):
                if file.is_file():
                    return file
    looked = " and ".join(str(folder) for folder in folders)
    raise UsageError(f"{place}: there is no scenario {name!r}", hint=f"looked for {name}.yaml in {looked}")


@lru_cache(maxsize=64)
def _scenario(file: Path) -> tuple[Negotiation, Rules]:
    negotiation = load_scenario(file)
    return negotiation, rules_for(negotiation)


@lru_cache(maxsize=64)
def _monitor(file: Path) -> Monitor:
    return monitor_for(_scenario(file)[0])


def _weighed(measured: Mapping[str, Share], bars: tuple[_Bar, ...]) -> int:
    failed = [bar for bar in bars if bar.fails(measured.get(bar.metric))]
    for bar in failed:
        complain(f"handfast: {bar.metric} {_verdict(bar, measured.get(bar.metric))}")
    return CHECK_FAILED if failed else 0


def _verdict(bar: _Bar, share: Share | None) -> str:
    if share is None or share.value is None:
        return "could not be measured: there is no such case"
    return f"is {share.value:.4f}, {'above' if bar.metric in _LOWER_IS_BETTER else 'below'} {bar.value:g}"
