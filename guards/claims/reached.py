"""Which days follow from those on record, and how far are they apart? By spans that are on record, or said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations

from guards.claims.arithmetic import days_in_span, made_day
from guards.claims.cues import SPAN_WORDS
from guards.claims.known import Known
from guards.claims.saying import Scan, SpokenDay

__all__ = ["holds_day", "spans_in"]


def spans_in(known: Known, scan: Scan, unit: str) -> Iterator[float]:
    """Yield how far days on record, and those that the text names, are apart."""
    days = list(
        dict.fromkeys([*(day.value for day in known.days if day.origin in ("own", "offer", "rule")), *_said(known, scan)])
    )[:40]
    facts = [day.value for day in known.days if day.origin == "fact"]
    per = {"week": 7.0, "month": 30.4}.get(unit, 1.0)
    for one, other in (*combinations(days, 2), *((one, other) for one in days for other in facts)):
        yield abs((one - other).days) / per
        if per > 1:
            yield round(abs((one - other).days) / per)


def holds_day(known: Known, scan: Scan, found: SpokenDay) -> bool:
    """Return whether a day is on record or follows from one by a span that is on record or said."""
    if any(found.may_be(day.value) for day in known.days):
        return True
    if any(day == found.day and (None in (month, found.month) or month == found.month) for day, month in known.loose):
        return True
    return any(found.may_be(day) for day in _reached(known, scan))


def _said(known: Known, scan: Scan) -> Iterator[date]:
    """Yield the days that the text itself names, with the years on record."""
    years = sorted({day.value.year for day in known.days})
    months = sorted({day.value.month for day in known.days})
    for spoken in scan.days[:24]:
        for year in (spoken.year,) if spoken.year else years:
            for month in (spoken.month,) if spoken.month else months:
                made = made_day(year, month, spoken.day)
                if made:
                    yield made


def _reached(known: Known, scan: Scan) -> Iterator[date]:
    starts = {day.value for day in known.days}
    if len(scan.days) > 1:
        starts.update(_said(known, scan))
    if not scan.words.isdisjoint(("between", "middle", "halfway", "mid")):
        days = sorted({day.value for day in known.days if day.origin in ("own", "offer")})
        yield from (one + (other - one) / 2 for one, other in combinations(days, 2))
    spans = {span for span in _spans(known, scan) if 0 < span < 1200}
    for start in starts:
        for span in spans:
            for shift in (0, -1, 1) if span >= 7 else (0,):
                yield start + timedelta(days=int(span) + shift)
                yield start - timedelta(days=int(span) + shift)


def _spans(known: Known, scan: Scan) -> Iterator[float]:
    for figure in known.figures:
        if figure.origin in ("fact", "said"):
            yield from days_in_span(figure.unit, figure.value)
    for other in scan.quantities[:48]:
        for value in other.values:
            yield from days_in_span(other.unit, value)
    yield from (float(days) for word, days in SPAN_WORDS.items() if word in scan.words)
