"""How do people look at a run? On one page that needs nothing else: figures, intervals, failed cases with transcripts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from pydantic import JsonValue

from evals.harness.log import Done, Log
from evals.harness.printed import goal_lines, said
from evals.harness.rates import figure_of, with_tags
from evals.harness.suite import Metric, Suite
from orchestrator.cli.printing import as_json
from orchestrator.report.clean import clean

__all__ = ["fails", "page"]

_STYLE = """
:root { color-scheme: light dark; --ink: #1c2733; --soft: #66788a; --rule: #d4dce4; --bar: #3b7dd8; }
:root { --bad: #c0392b; --good: #2e7d4f; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4eaf0; --soft: #93a4b5; --rule: #3a4652; --bar: #6fa3ea; } }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); max-width: 74rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin-top: 2.2rem; }
.soft { color: var(--soft); } .bad { color: var(--bad); } .good { color: var(--good); }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .25rem .9rem .25rem 0; border-bottom: 1px solid var(--rule); white-space: nowrap; }
th { color: var(--soft); font-weight: 600; }
svg { display: block; } .figure { font-size: .85rem; }
details { border-bottom: 1px solid var(--rule); padding: .35rem 0; } summary { cursor: pointer; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font-size: .85rem; margin: .4rem 0; }
.turn { margin: .4rem 0 .4rem 1rem; } .turn b { display: inline-block; min-width: 8rem; }
"""
_WIDTH, _HEIGHT = 110, 14


def page(suite: Suite, log: Log) -> str:
    """Return the HTML text of a run."""
    return "\n".join(
        (
            "<!doctype html>",
            f'<html lang="en"><head><meta charset="utf-8"><title>{_text(suite.name)}</title>',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<style>{_STYLE}</style></head><body>",
            *_head(suite, log),
            *(line for tag in suite.groups for line in _table(suite, log.done, tag)),
            *_failed(suite, log.done),
            "</body></html>",
            "",
        )
    )


def fails(suite: Suite, done: Done) -> tuple[str, ...]:
    """Return the metrics of a case that are as bad as a rate can be, where the suite has a goal for such a case."""
    if done.is_errored:
        return ("errored",)
    bad = (metric for metric in suite.metrics if metric.is_rate and metric.goal and set(metric.goal.tags) <= set(done.tags))
    return tuple(metric.name for metric in bad if done.value(metric.name) == (0.0 if metric.better == "higher" else 1.0))


def _head(suite: Suite, log: Log) -> Iterator[str]:
    head = log.head
    yield f"<h1>{_text(suite.name)}, version {head.version}</h1>"
    yield f"<p>{_text(suite.says)}</p>"
    given = ", ".join(f"{name}={value}" for name, value in head.given) or "no settings"
    yield (
        f'<p class="soft">{len(log.done)} of {log.size} cases done, {sum(one.is_errored for one in log.done)} errored; '
        f"seed {head.seed}, {head.epochs} epochs, {_text(given)}, model {_text(head.model or 'mock')}; handfast "
        f"{_text(head.handfast)}, Python {_text(head.python)}; begun {head.began:%Y-%m-%d %H:%M} UTC</p>"
    )
    for reached, line in goal_lines(suite, log.done):
        yield f'<p class="{"good" if reached else "bad"}">{_text(line)}</p>'


def _table(suite: Suite, done: Sequence[Done], tag: str) -> Iterator[str]:
    values = list(dict.fromkeys(value for one in done for name, value in one.tags if name == tag))
    told = [metric for metric in suite.metrics if figure_of(metric, done).value is not None]
    yield f'<h2>By {_text(tag)}</h2><div class="wide"><table><tr><th>{_text(tag)}</th><th>cases</th>'
    yield "".join(f'<th title="{_text(metric.says)}">{_text(metric.name)}</th>' for metric in told) + "</tr>"
    for value in values:
        some = with_tags(done, ((tag, value),))
        cells = "".join(f'<td class="figure">{_cell(metric, some)}</td>' for metric in told)
        yield f"<tr><td>{_text(value)}</td><td>{len(some)}</td>{cells}</tr>"
    yield "</table></div>"


def _cell(metric: Metric, done: Sequence[Done]) -> str:
    figure = figure_of(metric, done)
    if figure.value is None:
        return "-"
    words = _text(said(metric, figure))
    if not metric.is_rate:
        return words
    low, high = figure.interval.low * _WIDTH, figure.interval.high * _WIDTH
    bar = (
        f'<svg width="{_WIDTH}" height="{_HEIGHT}" role="img" aria-label="{words}">'
        f'<rect y="3" width="{_WIDTH}" height="8" fill="var(--rule)"/>'
        f'<rect y="3" width="{figure.value * _WIDTH:.1f}" height="8" fill="var(--bar)"/>'
        f'<line x1="{low:.1f}" x2="{high:.1f}" y1="7" y2="7" stroke="var(--ink)" stroke-width="1.5"/></svg>'
    )
    return bar + words


def _failed(suite: Suite, done: Sequence[Done]) -> Iterator[str]:
    failed = [(one, why) for one in done if (why := fails(suite, one))]
    yield f"<h2>Failed cases: {len(failed)}</h2>"
    for one, why in failed:
        yield f"<details><summary>{_text(one.case)}, epoch {one.epoch}: {_text(', '.join(why))}</summary>"
        yield from _transcript(one)
        yield "</details>"


def _transcript(done: Done) -> Iterator[str]:
    if done.error:
        yield f'<p class="bad">{_text(done.error)}</p>'
    for score in done.scores:
        if score.error:
            yield f'<p class="bad">{_text(score.metric)}: {_text(score.error)}</p>'
    outcome = done.outcome if isinstance(done.outcome, dict) else {}
    rest = {name: value for name, value in outcome.items() if name != "transcript"}
    yield f"<pre>{_text(as_json(rest))}</pre>"
    turns = outcome.get("transcript")
    for turn in turns if isinstance(turns, list) else ():
        yield _turn(turn)


def _turn(turn: JsonValue) -> str:
    if not isinstance(turn, dict):
        return f'<div class="turn">{_text(as_json(turn))}</div>'
    codes = turn.get("codes")
    named = ", ".join(map(str, codes)) if isinstance(codes, list) else ""
    became = f'{_text(str(turn.get("became", "")))} <span class="soft">{_text(named)}</span>'
    role, wrote = _text(str(turn.get("role", ""))), _text(str(turn.get("wrote", "")))
    return f'<div class="turn"><b>{role}</b> {became}<pre>{wrote}</pre></div>'


def _text(words: str) -> str:
    return escape(clean(words))
