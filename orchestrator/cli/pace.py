"""How fast may models be called, and how long at the end? Bounds for each provider, and a grace, as options say them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import click

from orchestrator.cli.options import pairs_of

__all__ = ["calls_of", "grace_option", "pace_options", "rates_of"]

F = TypeVar("F", bound=Callable[..., Any])

_UNITS = {"s": 1.0, "m": 60.0, "h": 3600.0}


def pace_options(command: F) -> F:
    """Give a command the options that bound the calls of providers."""
    calls = click.option(
        "--calls",
        "calls",
        multiple=True,
        metavar="PROVIDER=N",
        help="Call a provider's models at most so often at a time. Repeat.",
    )
    rates = click.option(
        "--rate",
        "rates",
        multiple=True,
        metavar="PROVIDER=N/s",
        help="Call a provider's models at most so often a second (/s), minute (/m) or hour (/h). Repeat for more providers.",
    )
    return calls(rates(command))


def grace_option(seconds: float) -> Callable[[F], F]:
    """Return what gives a command the option of how long calls may take when it is stopped, and what it is by default."""
    return click.option(
        "--grace",
        type=click.FloatRange(min=0, max=3600),
        default=seconds,
        show_default=True,
        metavar="SECONDS",
        help="How long calls under way may take to come back when it is stopped.",
    )


def calls_of(given: tuple[str, ...]) -> dict[str, int]:
    """Return how many calls of each provider may be under way."""
    return dict(_whole(given))


def rates_of(given: tuple[str, ...]) -> dict[str, float]:
    """Return how many calls of each provider may begin in a second."""
    return dict(_speeds(given))


def _whole(given: tuple[str, ...]) -> Iterator[tuple[str, int]]:
    for provider, text in pairs_of("--calls", given, "PROVIDER=N").items():
        if not (text.isascii() and text.isdigit() and int(text)):
            raise click.UsageError(f"--calls {provider}={text!r} is not of the form PROVIDER=N, with N of 1 or more")
        yield provider, int(text)


def _speeds(given: tuple[str, ...]) -> Iterator[tuple[str, float]]:
    for provider, text in pairs_of("--rate", given, "PROVIDER=N/s").items():
        number, _, unit = text.partition("/")
        try:
            speed = float(number) / _UNITS[unit or "s"]
        except (ValueError, KeyError):
            speed = 0.0
        if not 0 < speed < float("inf"):
            raise click.UsageError(f"--rate {provider}={text!r} is not of the form PROVIDER=N/s, N/m or N/h, with N above 0")
        yield provider, speed
