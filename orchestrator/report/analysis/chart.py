"""What do the charts show? Utilities by round, the offers on the front, and the talk term by term, in one SVG."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import combinations

from orchestrator.analysis.course import Step
from orchestrator.analysis.prospect import PointName
from orchestrator.messages.negotiation import Issue
from orchestrator.messages.terms import Day, Flag, Number, Term, Terms, spoken
from orchestrator.report.analysis.panel import Panel, colour
from orchestrator.report.analysis.study import Study
from orchestrator.report.clean import clean
from orchestrator.report.figures import label, named, short

__all__ = ["chart"]

_WIDTH = 900
_LEFT, _GAP = 64, 70
_STYLE = (
    "text{font:12px system-ui,sans-serif;fill:#222}.t{font-weight:600;font-size:13px}"
    ".a{fill:#666;font-size:11px}.g{stroke:#e8e8e8}"
)
_MOST_DOTS = 1_200
_MOST_PAIRS = 6
_NEAR = 0.06
_DEAL = "#b00020"
_CLOUD = "#dcdcdc"
_FRONT = "#7a7a7a"
_KEY = (
    "Light grey: permitted outcomes. Dark: the Pareto front. Broken grey lines: reserves. "
    "N Nash, K Kalai-Smorodinsky, E egalitarian, U utilitarian."
)
_LETTERS: dict[PointName, str] = {"nash": "N", "kalai-smorodinsky": "K", "egalitarian": "E", "utilitarian": "U"}


def chart(study: Study) -> str:
    """Return the charts of a study, one below the other."""
    drawn: list[str] = []
    down = 84.0
    for part in (_by_round, _on_the_front, _term_by_term):
        lines, down = part(study, down)
        drawn += lines
    title = escape(clean(f"Analysis: {study.negotiation.title}", 200))
    return (
        "\n".join(
            (
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {down:.0f}" role="img" width="{_WIDTH}">',
                f"<title>{title}</title><style>{_STYLE}</style>",
                f'<rect width="{_WIDTH}" height="{down:.0f}" fill="#fff"/>',
                *_legend(study),
                *drawn,
                "</svg>",
            )
        )
        + "\n"
    )


def _legend(study: Study) -> Iterator[str]:
    x = float(_LEFT)
    for place, role in enumerate(study.roles):
        yield f'<rect x="{x:.0f}" y="14" width="11" height="11" fill="{colour(place)}"/>'
        yield f'<text x="{x + 16:.0f}" y="24">{escape(role)}</text>'
        x += 34 + 7.2 * len(role)
    if study.appraisal is not None:
        yield f'<text x="{x:.0f}" y="24" style="fill:{_DEAL}">&#9670; the deal</text>'
    if study.prospect.ideals:
        yield f'<text class="a" x="{_LEFT}" y="42">{_KEY}</text>'


def _by_round(study: Study, down: float) -> tuple[list[str], float]:
    """Draw what each role asks for itself, and, dashed, the best that others offer it."""
    if not study.steps:
        return [], down
    last = float(max(step.round for step in study.steps))
    panel = Panel(
        title="Utility by round: what each role asks for itself, and (dashed) the best that others offer it",
        left=_LEFT, top=down, width=_WIDTH - _LEFT - 40, height=200,
        x_range=(1.0, last + 0.999), y_range=(0.0, 1.0), x_name="round", y_name="utility", x_texts=("1", f"{last:.0f}"),
    )  # fmt: skip
    lines = list(panel.frame())
    for place, role in enumerate(study.roles):
        reserve = study.prospect.reserves[place]
        lines.append(panel.line([(1.0, reserve), (last + 0.999, reserve)], colour(place) + "55"))
        own = [(_when(study, step), step.utilities[place]) for step in study.steps if step.role == role]
        offered = list(_offered(study, place))
        if offered:
            lines.append(panel.line([*offered, (last + 0.999, offered[-1][1])], colour(place), dashed=True, step=True))
        if own:
            lines.append(panel.line([*own, (last + 0.999, own[-1][1])], colour(place), step=True))
            lines += [panel.dot(x, y, colour(place), tip=f"{role}: {y:.2f}") for x, y in own]
        if study.appraisal is not None:
            worth = study.appraisal.utilities[place]
            lines.append(panel.diamond(last + 0.999, worth, colour(place), f"the deal, to {role}: {worth:.2f}"))
    return lines, down + 270


def _when(study: Study, step: Step) -> float:
    return step.round + study.roles.index(step.role) / len(study.roles)


def _offered(study: Study, place: int) -> Iterator[tuple[float, float]]:
    latest: dict[str, float] = {}
    for step in study.steps:
        if step.role != study.roles[place]:
            latest[step.role] = step.utilities[place]
            yield _when(study, step), max(latest.values())


def _on_the_front(study: Study, down: float) -> tuple[list[str], float]:
    """Draw for each pair of roles permitted outcomes, the front, the points, the offers and the deal."""
    if not study.prospect.permitted or len(study.roles) < 2:
        return [], down
    pairs = list(combinations(range(len(study.roles)), 2))[:_MOST_PAIRS]
    across = min(3, len(pairs))
    size = min(360.0, (_WIDTH - _LEFT - 30 - _GAP * (across - 1)) / across)
    lines: list[str] = []
    for number, (first, second) in enumerate(pairs):
        row, place = divmod(number, across)
        panel = Panel(
            title=f"{study.roles[first]} and {study.roles[second]}",
            left=_LEFT + place * (size + _GAP), top=down + row * (size + 70), width=size, height=size,
            x_range=(0.0, 1.0), y_range=(0.0, 1.0), x_name=study.roles[first], y_name=study.roles[second],
            x_texts=("0", "1"), y_texts=("0", "1"),
        )  # fmt: skip
        lines += _pair(study, panel, first, second)
    return lines, down + -(-len(pairs) // across) * (size + 70)


def _pair(study: Study, panel: Panel, first: int, second: int) -> Iterator[str]:
    yield from panel.frame()
    for dots, stroke, size in ((study.prospect.cloud, _CLOUD, 2.6), (study.prospect.front.utilities, _FRONT, 3.2)):
        every = max(1, len(dots) // _MOST_DOTS)
        yield panel.dust([(point[first], point[second]) for point in dots[::every]], stroke, size)
    reserves = study.prospect.reserves
    yield panel.line([(reserves[first], 0.0), (reserves[first], 1.0)], "#999", dashed=True)
    yield panel.line([(0.0, reserves[second]), (1.0, reserves[second])], "#999", dashed=True)
    for place, role in enumerate(study.roles):
        own = [
            (step.utilities[first], step.utilities[second]) for step in study.steps if step.role == role and step.is_complete
        ]
        if own:
            yield panel.line(own, colour(place) + "88")
        yield from (panel.dot(x, y, colour(place), tip=f"{role} offers {x:.2f}, {y:.2f}") for x, y in own)
    for letters, x, y in _grouped(study, first, second):
        yield panel.words(x, y, letters, right=7, down=-6)
    for point in study.prospect.points:
        x, y = point.best.utilities[first], point.best.utilities[second]
        yield panel.dot(x, y, "#000", size=3.4, tip=f"{point.name}: {x:.2f}, {y:.2f}")
    if study.appraisal is not None:
        x, y = study.appraisal.utilities[first], study.appraisal.utilities[second]
        yield panel.diamond(x, y, _DEAL, f"the deal: {x:.2f}, {y:.2f}")


def _grouped(study: Study, first: int, second: int) -> list[tuple[str, float, float]]:
    """Return the letters of the points, those of points close to each other together."""
    groups: list[tuple[str, float, float]] = []
    for point in study.prospect.points:
        x, y = point.best.utilities[first], point.best.utilities[second]
        near = next((place for place, (_, left, low) in enumerate(groups) if abs(x - left) + abs(y - low) < _NEAR), None)
        if near is None:
            groups.append((_LETTERS[point.name], x, y))
        else:
            letters, left, low = groups[near]
            groups[near] = (f"{letters} {_LETTERS[point.name]}", left, low)
    return groups


def _term_by_term(study: Study, down: float) -> tuple[list[str], float]:
    """Draw for each issue what each role asked, by round, and what was agreed."""
    if study.session is None or not study.steps:
        return [], down
    last = float(max(step.round for step in study.steps))
    deal = named(study.appraisal.terms) if study.appraisal else {}
    width, height = (_WIDTH - _LEFT * 2 - 2 * _GAP) / 2, 90.0
    lines: list[str] = []
    offers: list[tuple[str, float, Terms]] = [
        (move.sender, move.round + study.roles.index(move.sender) / len(study.roles), move.terms)
        for move in study.session.moves
        if move.act == "propose" and move.sender in study.roles
    ]
    for number, issue in enumerate(study.negotiation.issues):
        row, place = divmod(number, 2)
        texts, terms = _ends(issue, [term for _, _, given in offers for term in given if term.issue == issue.name])
        panel = Panel(
            title=label(issue.name),
            left=_LEFT + 30 + place * (width + 1.6 * _GAP), top=down + row * (height + 55), width=width, height=height,
            x_range=(1.0, last + 0.999), y_range=(0.0, 1.0), x_name="round", x_texts=("1", f"{last:.0f}"), y_texts=texts,
        )  # fmt: skip
        lines += panel.frame()
        for seat, role in enumerate(study.roles):
            points = [
                (when, terms[spoken(named(given)[issue.name])])
                for sender, when, given in offers
                if sender == role and issue.name in named(given)
            ]
            if points:
                lines.append(panel.line([*points, (last + 0.999, points[-1][1])], colour(seat), step=True))
                lines += [panel.dot(x, y, colour(seat), size=2.2) for x, y in points]
        if issue.name in deal:
            y = terms.get(spoken(deal[issue.name]), 0.5)
            lines.append(panel.diamond(last + 0.999, y, _DEAL, f"agreed: {short(deal[issue.name], issue)}"))
    return lines, down + -(-len(study.negotiation.issues) // 2) * (height + 55)


def _ends(issue: Issue, terms: list[Term]) -> tuple[tuple[str, str], dict[str, float]]:
    """Return what stands at the ends of an issue's scale, and where each of the terms stands between them."""
    distinct = {spoken(term): term for term in terms}
    ordered = sorted(distinct, key=lambda text: _rank(issue, distinct[text]))
    if not ordered:
        return ("", ""), {}
    low, high = (_rank(issue, distinct[text]) for text in (ordered[0], ordered[-1]))
    parts = {text: (_rank(issue, distinct[text]) - low) / (high - low) if high > low else 0.5 for text in ordered}
    first, last = (short(distinct[text], issue) for text in (ordered[0], ordered[-1]))
    return ((first, last) if high > low else ("", first)), parts


def _rank(issue: Issue, term: Term) -> float:
    match term:
        case Number():
            return float(term.value)
        case Day():
            return float(term.value.toordinal())
        case Flag():
            return float(term.value)
        case _:
            return float(issue.options.index(term.value)) if issue.kind == "choice" and term.value in issue.options else 0.0
