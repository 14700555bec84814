"""Which options do several commands share? Settings of a suite, and bars that a metric must reach."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import click

from evals.harness.suite import Options

__all__ = ["bars_of", "by_option", "given_option", "options_of"]

given_option = click.option(
    "-T", "given", multiple=True, metavar="KEY=VALUE", help="A setting of the suite; 'eval list SUITE' names them."
)
by_option = click.option("--by", multiple=True, metavar="TAG", help="Print a table by this tag; the suite's first by default.")


def options_of(given: Sequence[str], *, model: str | None = None, seed: int = 0) -> Options:
    """Return a suite's options. Raises UsageError for a setting of another form."""
    return Options(given=_pairs("-T", given), model=model, seed=seed)


def bars_of(given: Sequence[str]) -> Mapping[str, float]:
    """Return the bars of `--fail-under`. Raises UsageError where one is no figure."""
    bars: dict[str, float] = {}
    for metric, text in _pairs("--fail-under", given).items():
        try:
            bars[metric] = float(text)
        except ValueError:
            raise click.UsageError(f"--fail-under {metric}={text}: expected a figure, such as 0.97") from None
    return bars


def _pairs(option: str, given: Sequence[str]) -> Mapping[str, str]:
    pairs: dict[str, str] = {}
    for text in given:
        key, equals, value = text.partition("=")
        if not equals or not key.strip():
            raise click.UsageError(f"{option} {text!r} is not of the form KEY=VALUE")
        if key.strip() in pairs:
            raise click.UsageError(f"{option} sets {key.strip()!r} twice")
        pairs[key.strip()] = value.strip()
    return pairs
