"""Do figures hold that the words themselves tie together? Sums that are written out, and steps from an offer."""

# ruff: noqa: E501 - phrases stay whole

from __future__ import annotations

import re
from collections.abc import Iterator

from guards.claims.arithmetic import akin, readings
from guards.claims.context import Context, finding
from guards.claims.known import Offered
from guards.claims.lexicon import CURRENCIES
from guards.claims.saying import Quantity
from guards.pattern import Pattern
from orchestrator.messages.finding import Finding, Kind

__all__ = [
    "changes_in_percent",
    "steps_that_are_so",
    "sums_that_come_out",
]

_TIMES = re.compile(r"\s*(?:x|\*|times)\s*(?:eur |usd |gbp )?")
_PLUS = re.compile(r"\s*(?:\+|plus)\s*")
_IS = re.compile(r"\s*(?:=|makes?|comes? to|gives?|equals|i\.e\.,?|that is|that's|is|are|or)\s*(?:eur |usd |gbp )?")
_SIGNS = frozenset("+-x*=/>")
_SCALES = (1.0, 0.01, 12.0, 52.0, 1000.0, 0.001, 1 / 60, 60.0, 10.0, 0.1)
_FROM_TO = Pattern(r"\bfrom (?=[a-z]{0,3} ?[\d$\u20ac\u00a3a-z])")
_TO = re.compile(r" (?:down |up |back )?to (?:eur |usd |gbp )?")
_STEP_AFTER = Pattern(
    r"\s?(?:[a-z]+ ){0,2}?(?:more|less|fewer|higher|lower|up|down|off|sooner|later|earlier|longer|shorter|faster|slower|cheaper|dearer|further) "
    r"(?:than|on|under|over|below|above|from|off) (?:in |on |our |my |your |the |what )*"
)
_STEP_PLUS = Pattern(r"\b(m\d+)(?:-[a-z0-9]{4})?(?:,| and| with)? (?:plus|minus|less) $")
_AN_OFFER = re.compile(r"m\d")
"""Without one nothing is a step from a named offer."""
_LOOSE = frozenset(("", "day", "week", "month", *CURRENCIES))
"""Units in which a step may be of something else: of days, of a sum."""


def sums_that_come_out(context: Context) -> Iterator[Finding]:
    """Find products and sums that are written out and come to something else: `3 x 40 makes 130`."""
    text = context.scan.text
    found = context.scan.quantities
    place = 0
    while place + 2 < len(found):
        length, result = _written(text, found, place)
        if result is not None and not _comes_out(found[place + length], result):
            last = found[place + length]
            kind: Kind = "terms" if context.reports else "fact"
            yield finding(
                context, f"{kind}.sum", kind, found[place].start, last.end,
                f"{context.scan.quote(found[place].start, last.end)!r} does not come out", f"{result:g}",
            )  # fmt: skip
        place += max(1, length)


def changes_in_percent(context: Context) -> Iterator[Finding]:
    """Find a change from one figure to another that is told in another percentage: `from 80 to 60 is half off, 40 %`."""
    said = context.scan
    for hit in () if "from" not in said.words else said.finds(_FROM_TO):
        sentence = said.sentence_of(hit.start())
        here = said.quantities_from(hit.start(), sentence.end)
        if len(here) < 3 or here[2].unit != "percent" or not _TO.fullmatch(said.text, here[0].end, here[1].start):
            continue
        one, other, told = here[0].values[0], here[1].values[0], here[2].values[0]
        step = abs(one - other)
        shares = [step / whole * 100 for whole in (one, other) if whole] + [step] * (
            here[0].unit == "percent" or here[1].unit == "percent"
        )
        slack = 1.5 if context.ground.is_announced(here[2]) else 0.6
        if not any(abs(told - share) <= slack for share in shares):
            kind: Kind = "terms" if context.reports else "history"
            yield finding(
                context, f"{kind}.sum", kind, hit.start(), here[2].end,
                f"{said.quote(hit.start(), here[2].end)!r} does not come out", f"{shares[0]:.1f} percent",
            )  # fmt: skip


def _written(text: str, found: tuple[Quantity, ...], place: int) -> tuple[int, float | None]:
    """Return how many figures a chain has that begins here, and what it comes to; None where no result is told."""
    if text[max(0, found[place].start - 3) : found[place].start].rstrip()[-1:] in _SIGNS:
        return 1, None
    for sign in (_TIMES, _PLUS):
        length = 1
        while place + length < len(found) and sign.fullmatch(text, found[place + length - 1].end, found[place + length].start):
            length += 1
        if length > 1 and place + length < len(found):
            last = found[place + length]
            is_told = _IS.fullmatch(text, found[place + length - 1].end, last.start)
            if not is_told or text[last.end : last.end + 3].lstrip()[:1] in _SIGNS:
                continue
            values = [one.values[0] for one in found[place : place + length]]
            total = 1.0
            if sign is _TIMES:
                for value in values:
                    total *= value
            else:
                total = sum(values)
            return length, total
    return 1, None


def _comes_out(told: Quantity, result: float) -> bool:
    return any(abs(one - result * scale) <= 0.006 * abs(result * scale) for one in readings(told) for scale in _SCALES)


def steps_that_are_so(context: Context) -> Iterator[Finding]:
    """Find a step from a named offer that is another one: `ten hours more than m3`."""
    own = context.known.own
    said = context.scan
    has_offer = own is not None and context.reports and _AN_OFFER.search(said.text) is not None
    for found in said.quantities if has_offer else ():
        sentence = said.sentence_of(found.start)
        if sentence.is_question:
            continue
        offer = _stepped_from(context, found, sentence.end)
        if offer is None or own is None:
            continue
        if found.unit not in context.lexicon.by_unit or found.unit in _LOOSE:
            continue
        steps = tuple(_steps(context, own, offer, found))
        if steps and not any(abs(one - step) < 1e-6 * max(1.0, one) for one in _spans(found) for step in steps):
            yield finding(
                context, "terms.step", "terms", found.start, found.end,
                f"{said.quote(found.start, found.end)!r} is not how far the terms are from {offer.id}", "the step as it is",
            )  # fmt: skip


def _stepped_from(context: Context, found: Quantity, end: int) -> Offered | None:
    """Return the offer from which a figure is a step."""
    text = context.scan.text
    behind = _STEP_AFTER.match(text, found.end, end)
    if behind:
        named = context.scan.named_from(behind.end(), behind.end() + 1)
        offer = next((one.what for one in named if one.sort == "offer"), None)
        return context.known.offer(offer) if offer else None
    before = _STEP_PLUS.search(text, max(0, found.start - 24), found.start)
    return context.known.offer(before[1]) if before else None


def _spans(found: Quantity) -> tuple[float, ...]:
    said = readings(found)
    more = {"day": (24.0, 1 / 7), "week": (7.0,), "hour": (1 / 24,), "cent": (0.01,), "point": (1.0,)}.get(found.unit, ())
    return (*said, *(one * per for one in said for per in more))


def _steps(context: Context, own: Offered, offer: Offered, found: Quantity) -> Iterator[float]:
    """Yield how far the terms are from an offer on each issue that may be counted so."""
    for issue, value in own.figures.items():
        if issue in offer.figures and _may_count(context.lexicon.counted.get(issue, ""), found.unit):
            yield abs(value - offer.figures[issue])
    for issue, day in own.days.items():
        if issue in offer.days and found.unit in ("day", "week", "month", ""):
            yield abs((day - offer.days[issue]).days)
    theirs = (
        {round(other, 4) for other in context.ground.worked_from(offer, found.unit)} if found.values[0] >= 100 else set[float]()
    )
    for one in context.ground.worked_from(own, found.unit) if theirs else ():
        yield from (value for value in readings(found) if not theirs.isdisjoint((round(one - value, 4), round(one + value, 4))))


def _may_count(counted: str, unit: str) -> bool:
    return akin(counted, unit) or {counted, unit} <= {"day", "week", "hour", "month"}
