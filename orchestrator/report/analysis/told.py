"""What does `analyse` tell a person? The space, the points, the deal against them, what it leaves, and who gave what."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.analysis.appraisal import Appraisal
from orchestrator.analysis.course import Change
from orchestrator.analysis.prospect import PointName, Prospect
from orchestrator.analysis.survey import Best, How
from orchestrator.messages.negotiation import Issue
from orchestrator.messages.terms import Day, Term
from orchestrator.report.analysis.study import Asymmetry, Study
from orchestrator.report.analysis.tables import columns, figure, percent, rows_with_words, signed
from orchestrator.report.figures import label, listed, named, plural, said, short

__all__ = ["Part", "parts"]

_NAMES: dict[PointName, str] = {
    "nash": "Nash",
    "kalai-smorodinsky": "Kalai-Smorodinsky",
    "egalitarian": "egalitarian",
    "utilitarian": "utilitarian",
}
_HOW: dict[How, str] = {
    "sweep": "exact: every permitted outcome was looked at",
    "bounds": "exact: bounds rule out every other outcome",
    "search": "the best that was found by search",
}

Part = tuple[str, list[str], list[str]]
"""A heading, lines that may be wrapped, and a table below them that may not."""


def parts(study: Study, width: int) -> Iterator[Part]:
    """Yield the parts in their order."""
    yield "What can be agreed", list(_space(study.prospect)), []
    yield "What it is worth, from 0 to 1", list(_ways(study)), columns(list(_rows(study)), width)
    if study.appraisal is not None:
        yield "The deal", list(_deal(study, study.appraisal)), []
        if study.appraisal.better is not None:
            lines = list(_better(study, study.appraisal, study.appraisal.better))
            yield "A deal that is better", lines, columns(list(_changed(study, study.appraisal, study.appraisal.better)), width)
    if study.session is not None and study.steps:
        yield "Who gave what", [], columns(list(_given(study)), width)
        yield "Round by round", list(_legend()), rows_with_words(list(_course(study)), width)
    if study.asymmetry is not None:
        yield (
            "The same talk with the strategies in other seats",
            list(_shifted(study, study.asymmetry)),
            columns(list(_seatings(study, study.asymmetry)), width),
        )


def _space(prospect: Prospect) -> Iterator[str]:
    share = percent(prospect.permitted / prospect.outcomes) if prospect.outcomes else "none"
    outcomes = f"{prospect.outcomes:,} {plural(prospect.outcomes, 'outcome')}"
    yield f"{outcomes}, of which the rules permit {prospect.permitted:,} ({share})."
    if not prospect.permitted:
        yield "No outcome keeps all policies and limits, so there is nothing to agree on."
        return
    if not prospect.ideals:
        yield "No permitted outcome gives every role its reserve, so there are no fair points to compare with."
    else:
        about = "" if prospect.is_counted else "about "
        yield f"Of the permitted ones {about}{percent(prospect.signable)} give every role its reserve."
        count = len(prospect.front.utilities)
        part = ", a part of it found by search" if prospect.front.how == "search" else ""
        yield f"The Pareto front of these has {count:,} {plural(count, 'point')}{part}."
    if prospect.unread:
        rules = listed([repr(rule) for rule in prospect.unread])
        yield f"Too many combinations for a table: {rules}. What is shown keeps them; the count leaves them out."
    if prospect.thinned:
        yield f"Only a part of the values was looked at: {listed([label(issue) for issue in prospect.thinned])}."


def _ways(study: Study) -> Iterator[str]:
    ways = {point.best.how for point in study.prospect.points}
    for how in ("sweep", "bounds"):
        if how in ways:
            names = [_NAMES[point.name] for point in study.prospect.points if point.best.how == how]
            yield f"{listed(names)}: {_HOW[how]}."
    for point in study.prospect.points:
        if point.best.how == "search":
            far = point.best.bound
            most = "" if far is None else f"; its figure is {point.best.value:.3f} and cannot exceed {far:.3f}"
            yield f"{_NAMES[point.name]}: {_HOW['search']}{most}."


def _rows(study: Study) -> Iterator[tuple[str, ...]]:
    prospect, appraisal = study.prospect, study.appraisal
    tail = ("distance",) if appraisal and prospect.points else ()
    yield ("", *study.roles, *tail)
    empty = ("",) * len(tail)
    yield ("reserve", *map(figure, prospect.reserves), *empty)
    if prospect.ideals:
        yield ("the most it can get", *map(figure, prospect.ideals), *empty)
    far = {each.point: each.straight for each in appraisal.distances} if appraisal else {}
    for point in prospect.points:
        yield (_NAMES[point.name], *map(figure, point.best.utilities), *((figure(far[point.name]),) if tail else ()))
    if appraisal:
        yield ("this deal", *map(figure, appraisal.utilities), *empty)
        yield ("  above the reserve", *map(signed, appraisal.gains), *empty)
        if prospect.ideals:
            yield ("  of its most", *("-" if share is None else percent(share) for share in appraisal.shares), *empty)


def _deal(study: Study, appraisal: Appraisal) -> Iterator[str]:
    if appraisal.least_happy is not None:
        share = dict(zip(study.roles, appraisal.shares, strict=True))[appraisal.least_happy]
        yield f"Least happy: {appraisal.least_happy}, with {percent(share or 0.0)} of what it could have gained."
    if appraisal.left:
        far = appraisal.left_at_most
        most = "" if appraisal.how != "search" or far is None else f", and at most {_fine(far)}"
        yield (
            f"Left on the table: {_fine(appraisal.left)}{most}. So much more utility all roles together could have had "
            f"without a loss for anybody ({_HOW[appraisal.how]})."
        )
    elif appraisal.how == "search":
        far = appraisal.left_at_most
        yield (
            "Nothing better was found."
            if far is None
            else f"Nothing better was found; at most {_fine(far)} was left on the table."
        )
    else:
        yield f"Nothing was left on the table: nobody can have more without a loss for somebody ({_HOW[appraisal.how]})."


def _better(study: Study, appraisal: Appraisal, better: Best) -> Iterator[str]:
    pairs = zip(study.roles, appraisal.utilities, better.utilities, strict=True)
    gains = listed([f"{role} {_fine_signed(there - here)}" for role, here, there in pairs])
    whom = "for all" if appraisal.is_better_for_all else "for some, and worse for nobody"
    yield f"Better {whom}: {gains}."
    if study.better_gates:
        yield f"It would have to pass {plural(len(study.better_gates), 'gate')} {listed(study.better_gates)}."


def _changed(study: Study, appraisal: Appraisal, better: Best) -> Iterator[tuple[str, ...]]:
    ours, theirs = named(appraisal.terms), named(better.terms)
    yield ("", "this deal", "better")
    for issue in study.negotiation.issues:
        old, new = ours.get(issue.name), theirs.get(issue.name)
        if old != new and new is not None:
            yield (label(issue.name), _briefly(old, issue) if old else "open", _briefly(new, issue))


def _briefly(term: Term, issue: Issue) -> str:
    return short(term, issue) if isinstance(term, Day) else said(term, issue)


def _given(study: Study) -> Iterator[tuple[str, ...]]:
    yield ("", "offers", "gave", "got")
    for each in study.balances:
        yield (each.role, str(each.offers), figure(each.gave), figure(each.got))


def _legend() -> Iterator[str]:
    yield (
        "Worth: of the offer, to its sender. Gave: what the sender gives up of that against its offer before. "
        "Got: what the others' offers have gained for it since. Others: what the offer gains for the others."
    )


def _course(study: Study) -> Iterator[tuple[str, ...]]:
    issues: dict[str, Issue] = {issue.name: issue for issue in study.negotiation.issues}
    yield ("", "worth", "gave", "got", "others", "moved")
    for step in study.steps:
        moved = ", ".join(_moved(change, issues[change.issue]) for change in step.changes) or "nothing"
        yield (
            f"{step.round} {step.role}",
            figure(step.utilities[study.roles.index(step.role)]),
            "" if step.is_first else signed(step.gave),
            "" if step.is_first else signed(step.got),
            "" if step.is_first else signed(step.others),
            "first offer" if step.is_first else moved,
        )


def _moved(change: Change, issue: Issue) -> str:
    before, after = (short(term, issue) if term else "open" for term in (change.before, change.after))
    return f"{label(change.issue)} {before} > {after}"


def _seatings(study: Study, found: Asymmetry) -> Iterator[tuple[str, ...]]:
    yield ("", *study.roles)
    yield ("as it was", *map(figure, found.own))
    for number, (_, utilities) in enumerate(found.others, 1):
        yield (f"moved on by {number}", *(map(figure, utilities) if utilities else ("-",) * len(study.roles)))
    if found.shifts is not None:
        yield ("difference", *map(signed, found.shifts))


def _shifted(study: Study, found: Asymmetry) -> Iterator[str]:
    if not found.others:
        yield f"All seats have {found.models[0]}: there is nothing to swap."
        return
    for number, (models, utilities) in enumerate(found.others, 1):
        seats = ", ".join(f"{role} {model}" for role, model in zip(study.roles, models, strict=True))
        yield f"Moved on by {number}: {seats}{'' if utilities else ': no agreement'}."
    if found.shifts is not None:
        mean = sum(map(abs, found.shifts)) / len(found.shifts)
        most, role = max(zip(found.shifts, study.roles, strict=True), key=lambda pair: abs(pair[0]))
        more = "more" if most >= 0 else "less"
        yield f"Asymmetry {figure(mean)}: so much a role's utility depends on who has which strategy, on average."
        yield f"Most for {role}: it had {figure(abs(most))} {more} as it was."


def _fine(value: float) -> str:
    return f"{value:.3f}" if value >= 0.0005 else "less than 0.001"


def _fine_signed(value: float) -> str:
    return f"{value:+.3f}" if abs(value) >= 0.0005 else "as before"
