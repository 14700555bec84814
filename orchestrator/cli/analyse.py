"""What would a fair deal have been? A session, or the files of a negotiation, weighed: points, front, and what was given."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import click

from orchestrator.assembly import Place, gates_of, load_folder, load_scenario, rotated, survey_of, swapped
from orchestrator.cli.options import journal_option, json_option
from orchestrator.cli.printing import as_json, say, terminal_width, wrapped
from orchestrator.cli.record import Record, recorded
from orchestrator.errors import UsageError
from orchestrator.messages.negotiation import Negotiation
from orchestrator.report.clean import clean
from orchestrator.report.words import why
from orchestrator.roles.find import shipped

if TYPE_CHECKING:
    from orchestrator.report.analysis.study import Asymmetry, Study

__all__ = ["analyse"]

_WIDEST = 100
_ALIKE = 0.8
"""How much a name must be like that of a shipped negotiation to be meant as one; sessions have longer names."""


@click.command
@click.argument("what", metavar="SESSION|PATH")
@click.option("--swap", is_flag=True, help="Hold the same talk again with the strategies in other seats, and compare.")
@click.option(
    "--svg",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Draw utilities by round, the offers on the front, and the talk term by term, and write the charts to FILE.",
)
@journal_option
@json_option
def analyse(what: str, *, swap: bool, svg: Path | None, journal: Place, as_object: bool) -> int:
    """Weigh a session, or the files of a negotiation: what could be agreed, what would be fair, and what a deal leaves.

    PATH gives the space of outcomes, its Pareto front, and the points of Nash, of Kalai and Smorodinsky, the egalitarian
    and the utilitarian one. SESSION adds its deal against them, one that is better for all, if any, and who gave what.

    For the operator: it shows what outcomes are worth to every role, which no role is told of another.
    """
    study = _of_files(what, swap=swap) if _is_path(what) else _of_session(journal, what, swap=swap)
    if svg is not None:
        _write(svg, study)
    if as_object:
        from orchestrator.report.analysis.figures import study_json  # noqa: PLC0415 - the numbers library, only where used

        say(as_json(study_json(study)))
        return 0
    for line in _lines(study):
        say(line)
    if svg is not None:
        say()
        say(f"The charts are in {svg}.")
    return 0


def _is_path(what: str) -> bool:
    looks_so = "/" in what or "\\" in what or what.endswith((".yaml", ".yml")) or Path(what).is_dir()
    return looks_so or bool(get_close_matches(what, shipped(), n=1, cutoff=_ALIKE))


def _of_files(what: str, *, swap: bool) -> Study:
    from orchestrator.analysis.prospect import prospect  # noqa: PLC0415 - the numbers library, only where used
    from orchestrator.report.analysis.study import Study  # noqa: PLC0415 - as above

    if swap:
        raise UsageError("--swap needs a session", hint="run the negotiation first, then 'handfast analyse last --swap'")
    file = Path(what)
    negotiation = load_scenario(file) if file.is_file() else load_folder(what).negotiation
    _check_worths(negotiation)
    return Study(negotiation=negotiation, prospect=prospect(survey_of(negotiation)))


def _of_session(journal: Place, what: str, *, swap: bool) -> Study:
    from orchestrator.analysis.appraisal import appraise  # noqa: PLC0415 - the numbers library, only where used
    from orchestrator.analysis.course import balances, steps  # noqa: PLC0415 - as above
    from orchestrator.analysis.prospect import prospect  # noqa: PLC0415 - as above
    from orchestrator.report.analysis.study import Study, deal_of  # noqa: PLC0415 - as above

    with recorded(journal, what) as record:
        session = record.session
    if swap:
        rotated(session.settings)
    negotiation = session.settings.negotiation
    _check_worths(negotiation)
    terms = deal_of(session)
    ground = survey_of(negotiation)
    found = prospect(ground)
    appraisal = appraise(ground, found, terms) if terms else None
    talk = steps(session.roles, [issue.name for issue in negotiation.issues], session.moves)
    return Study(
        negotiation=negotiation,
        prospect=found,
        session=session,
        why=why(session, record.entries),
        appraisal=appraisal,
        steps=talk,
        balances=balances(session.roles, talk),
        asymmetry=_swapped(record) if swap else None,
        better_gates=gates_of(negotiation, appraisal.better.terms) if appraisal and appraisal.better else (),
    )


def _swapped(record: Record) -> Asymmetry:
    from orchestrator.messages.utility import utility  # noqa: PLC0415 - beside what needs it
    from orchestrator.report.analysis.study import asymmetry, deal_of  # noqa: PLC0415 - the numbers library, only where used

    session = record.session
    terms = deal_of(session)
    if not terms:
        raise UsageError("--swap compares a deal, and this session has none")
    others = asyncio.run(swapped(session.settings))
    return asymmetry(
        [seat.model for seat in session.settings.models],
        tuple(utility(role.mandate, terms) for role in session.roles),
        tuple((each.models, each.utilities) for each in others),
    )


def _check_worths(negotiation: Negotiation) -> None:
    """Raise UsageError where nothing is worth anything to anybody: there is nothing to weigh."""
    if not any(measure.weight > 0 for role in negotiation.roles for measure in role.mandate.worths):
        raise UsageError(
            f"no role of {negotiation.name!r} values any issue, so there is nothing to weigh",
            hint="give the roles a 'utility' in the negotiation file",
        )


def _write(path: Path, study: Study) -> None:
    from orchestrator.report.analysis.chart import chart  # noqa: PLC0415 - the numbers library, only where used

    try:
        path.write_text(chart(study), encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{str(path)!r} cannot be written: {error.strerror}") from error


def _lines(study: Study) -> Iterator[str]:
    from orchestrator.report.analysis.plot import map_of_two, strips  # noqa: PLC0415 - the numbers library, only where used
    from orchestrator.report.analysis.told import parts  # noqa: PLC0415 - as above

    width = min(_WIDEST, terminal_width())
    name = study.session.id if study.session else study.negotiation.name
    yield from wrapped(clean(f"{name} · {study.negotiation.title}"))
    if study.session is not None:
        yield from wrapped(study.why)
        if study.appraisal is None:
            yield from wrapped("There is no deal to weigh; what follows is what could have been agreed, and what was offered.")
    for heading, lines, table in parts(study, width):
        yield ""
        yield heading
        yield from (part for line in lines for part in wrapped(line, "  ", "    "))
        if lines and table:
            yield ""
        yield from table
        if heading.startswith("What it is worth") and study.prospect.ideals:
            yield ""
            yield from strips(study, width)
            picture = list(map_of_two(study, width))
            if picture:
                yield ""
                yield "The Pareto front"
                yield from picture
