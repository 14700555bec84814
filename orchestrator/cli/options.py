"""Which options do several commands share? The journal, how a session is run, and how its outcome is printed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, TypeAlias, TypeVar

import click
from pydantic import ValidationError

from orchestrator.assembly import Place, place_from, price_from
from orchestrator.errors import UsageError
from orchestrator.messages.settings import GivenApproval
from orchestrator.messages.spend import Price, Spend

__all__ = [
    "PlaceType",
    "Tracing",
    "approvals_of",
    "bounds_of",
    "journal_option",
    "json_option",
    "models_of",
    "moves_option",
    "otel_options",
    "pairs_of",
    "plain_option",
    "prices_of",
    "record_option",
    "run_options",
    "seat_option",
    "seats_of",
    "spend_option",
    "submit_options",
    "tracing_of",
    "with_address",
    "with_people",
]

F = TypeVar("F", bound=Callable[..., Any])
Tracing: TypeAlias = Literal["off", "spans", "content"]
"""Whether a session is told in spans, and whether they hold prompts and answers."""


class PlaceType(click.ParamType[Place]):
    """A file, or an address of Postgres; where it is neither, nothing of it is repeated that may be secret."""

    name = "place"

    def convert(self, value: str | Place, param: click.Parameter | None, ctx: click.Context | None) -> Place:
        """Return the place that was given."""
        if not isinstance(value, str):
            return value
        try:
            place = place_from(value)
        except UsageError as error:
            self.fail(f"{error.message}; {error.hint}" if error.hint else error.message, param, ctx)
        return _FILE.convert(value, param, ctx) if isinstance(place, Path) else place


_FILE = click.Path(dir_okay=False, path_type=Path)

journal_option = click.option(
    "--journal",
    type=PlaceType(),
    default=Path("handfast.db"),
    envvar="HANDFAST_JOURNAL",
    show_default=True,
    show_envvar=True,
    metavar="PLACE",
    help="The file that keeps the sessions, or the postgresql:// address of a database.",
)
json_option = click.option("--json", "as_object", is_flag=True, help="Print JSON for machines, and nothing else.")
plain_option = click.option("--plain", is_flag=True, help="Print a line for each move instead of a live view.")

moves_option = click.option(
    "--moves",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Append each move to FILE as it is delivered, as a line of JSON.",
)

seat_option = click.option(
    "--seat",
    "seats",
    multiple=True,
    metavar="ROLE=human[:NAME]",
    help="Let a person at this terminal write for a role; ROLE=agent gives the seat back. Repeat for more roles.",
)

_RUN: tuple[Callable[[Any], Any], ...] = (
    click.option(
        "--seed", type=int, default=0, show_default=True, help="With built-in models, the same seed gives the same terms."
    ),
    click.option("--rounds", type=click.IntRange(min=1), metavar="N", help="End after so many rounds instead of the file's."),
    click.option(
        "--model",
        "models",
        multiple=True,
        metavar="[ROLE=]SPEC",
        help="Who writes for a role, or for all without ROLE, such as strategy:boulware. Repeat for more roles.",
    ),
    seat_option,
    click.option(
        "--approve",
        "approvals",
        multiple=True,
        metavar="GATE=NAME",
        help="Approve beforehand, as the gate's approver NAME, whatever will be agreed. Repeat for more gates.",
    ),
    click.option(
        "--base-url",
        metavar="URL",
        help="Where an OpenAI-compatible server answers, such as http://127.0.0.1:8080/v1, for all models that name no other.",
    ),
    click.option(
        "--price",
        "prices",
        multiple=True,
        metavar="PROVIDER:NAME=IN/OUT",
        help="What a model costs, in US dollars for a million tokens. Repeat for more models.",
    ),
    journal_option,
    json_option,
    plain_option,
    moves_option,
)

spend_option = click.option(
    "--spend",
    "bounds",
    multiple=True,
    metavar="[ROLE.]WHAT=MOST",
    help="Stop before models use more: usd=2, tokens=200000, calls=120 or seconds=900. Repeat for more bounds.",
)
record_option = click.option(
    "--record",
    "tape",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="TAPE",
    help="Write every request to a model and its answer to a tape, which recorded:TAPE plays back.",
)


def otel_options(command: F) -> F:
    """Give a command the options of telemetry."""
    otel = click.option("--otel", is_flag=True, help="Send OpenTelemetry spans to the collector that OTEL_ variables name.")
    content = click.option(
        "--otel-content", is_flag=True, help="With --otel, put prompts and answers into the spans: all that roles say and know."
    )
    return otel(content(command))


def tracing_of(*, otel: bool, otel_content: bool) -> Tracing:
    """Return what the options of telemetry ask for. Raises a usage error for content without spans."""
    if otel_content and not otel:
        raise click.UsageError("--otel-content sends nothing without --otel")
    return "content" if otel_content else "spans" if otel else "off"


def run_options(command: F) -> F:
    """Give a command everything that decides how a session is run."""
    for option in reversed(_RUN):
        command = option(command)
    return command


def submit_options(command: F) -> F:
    """Give a command what decides how a session is run that somebody else runs: all but terminals."""
    for option in reversed(_RUN):
        if option not in (seat_option, plain_option, moves_option):
            command = option(command)
    return command


def models_of(given: tuple[str, ...]) -> dict[str, str]:
    """Return which model writes for which role; `*` stands for all others."""
    models: dict[str, str] = {}
    for text in given:
        role, equals, spec = text.partition("=")
        if not equals or ":" in role:
            role, spec = "*", text
        _add(models, "--model", role.strip(), spec.strip(), form=f"{text!r} is not of the form ROLE=SPEC or SPEC")
    return models


def seats_of(given: tuple[str, ...]) -> dict[str, str]:
    """Return in which seats people sit, as models; `agent` gives a seat back, and stands for no model here."""
    form = "ROLE=human, ROLE=human:NAME or ROLE=agent"
    seats: dict[str, str] = {}
    for role, who in pairs_of("--seat", given, form).items():
        kind, colon, name = who.partition(":")
        if (kind, bool(colon)) == ("agent", False):
            seats[role] = ""
        elif kind == "human" and name.strip() == name and bool(name) == bool(colon) and not set(name) & set("?&="):
            seats[role] = f"human:{name or role}"
        else:
            raise click.UsageError(f"--seat {role}={who!r} is not of the form {form}")
    return seats


def with_people(models: dict[str, str], seats: dict[str, str]) -> dict[str, str]:
    """Return the models with people in the seats that they take. Raises a usage error where a role is given both."""
    both = sorted(set(models) & {role for role, model in seats.items() if model})
    if both:
        raise click.UsageError(f"--seat and --model are both given for {both[0]!r}")
    return models | {role: model for role, model in seats.items() if model}


def bounds_of(given: tuple[str, ...]) -> dict[str, Spend]:
    """Return how much may be spent, by role; `*` stands for all together."""
    pairs: dict[str, dict[str, str]] = {}
    for text in given:
        name, equals, most = text.partition("=")
        role, _, what = name.strip().rpartition(".")
        if not equals or what not in Spend.model_fields:
            raise click.UsageError(f"--spend {text!r} is not of the form WHAT=MOST with usd, tokens, calls or seconds")
        _add(pairs.setdefault(role or "*", {}), "--spend", what, most.strip(), form=f"{text!r} names no amount")
    try:
        return {role: Spend.model_validate_strings(bounds) for role, bounds in pairs.items()}
    except ValidationError as error:
        detail = error.errors(include_url=False)[0]
        raise click.UsageError(
            f"--spend {detail['loc'][0]} cannot be {detail['input']!r}: it is a number of 0 or more"
        ) from error


def prices_of(given: tuple[str, ...]) -> dict[str, Price]:
    """Return what models cost, as given."""
    return {name: price_from(text) for name, text in pairs_of("--price", given, "PROVIDER:NAME=IN/OUT").items()}


def with_address(models: dict[str, str], address: str | None) -> dict[str, str]:
    """Return the models, those of OpenAI's kind asked at this address where they name none themselves."""
    if address is None:
        return models
    return {
        role: f"{spec}{'&' if '?' in spec else '?'}base_url={address}"
        if spec.startswith("openai:") and "base_url=" not in spec
        else spec
        for role, spec in models.items()
    }


def approvals_of(given: tuple[str, ...]) -> tuple[GivenApproval, ...]:
    """Return who approves which gate beforehand; a gate may be approved by several people."""
    approvals: list[GivenApproval] = []
    for text in given:
        ((gate, by),) = pairs_of("--approve", (text,), "GATE=NAME").items()
        if GivenApproval(gate=gate, by=by) in approvals:
            raise click.UsageError(f"--approve is given twice for {f'{gate}={by}'!r}")
        approvals.append(GivenApproval(gate=gate, by=by))
    return tuple(approvals)


def pairs_of(option: str, given: tuple[str, ...], form: str) -> dict[str, str]:
    """Return what `NAME=VALUE` options say. Raises a usage error where one is none, or says a name again."""
    pairs: dict[str, str] = {}
    for text in given:
        name, _, value = text.partition("=")
        _add(pairs, option, name.strip(), value.strip(), form=f"{text!r} is not of the form {form}")
    return pairs


def _add(pairs: dict[str, str], option: str, name: str, value: str, *, form: str) -> None:
    if not name or not value:
        raise click.UsageError(f"{option} {form}")
    if name in pairs:
        raise click.UsageError(f"{option} is given twice for {'all roles' if name == '*' else repr(name)}")
    pairs[name] = value
