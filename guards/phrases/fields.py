"""What belongs to the matter of a secret, and how do units measure one another? Words by field, and units by what they measure."""

# ruff: noqa: E501 - word lists stay whole

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from guards.claims.wordlist import words_of

__all__ = ["APPROXIMATE", "COSTS", "DULL", "FIELDS", "PERIODS", "PERIOD_WORDS", "SCALES"]

DULL = words_of(
    "the a an of in on at for to by is are be was were and or that may this one per with from what any we our us it its most least more than will not no"
    " after last full case unit day week month year january february march april june july august september october november december until between"
    " all which who whom whose when while into out over up there their they them as but also only own must can still has have had been being other another each every"
    " so much many first second two three hour days hours weeks months years q1 q2 q3 q4"
)
"""Words that point at nothing."""

FIELDS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = MappingProxyType(
    {
        "~cost": (
            words_of("cost costs paid pay pays wage wages payroll bill expense gas"),
            words_of(
                "cost costs costing pay pays paid swallow swallows eat eats eating takes serve serves serving run runs produce produces expense expenses sets back books ledger bill bills wages wage salary salaries lift"
            ),
        ),
        "~margin": (
            words_of("margin profit surplus earnings"),
            words_of(
                "margin margins profit keep keeps kept remain remains remaining left stay stays live earn earns earning profits pocket surplus"
            ),
        ),
        "~budget": (
            words_of("budget fund pot cap ceiling spend spent release released releases releasing purse money"),
            words_of(
                "budget fund funds pot cap ceiling spend spent spending release releases released purse money treasury treasurer finance chest drawer envelope gone afford allowed memo letter note minute lets gives given allows affords swallow controlling finops"
            ),
        ),
        "~end": (
            words_of("end ends ended lapse expires expiry until last closes stop stops"),
            words_of(
                "end ends ended ending over lapse lapses expire expires expiry runs out up stops stop closes shuts terminates finishes finished gone leaves"
            ),
        ),
        "~rise": (
            words_of("rise rises raise raises increase"),
            words_of("rise rises up more earn earns dearer climb climbs increase increases higher raise raised"),
        ),
        "~rival": (
            words_of("rival rivals another competitor bid quote competitors"),
            words_of(
                "rival rivals rival's competitor competitors other others another bid bids quote quoted man somebody someone neighbour paper offered elsewhere keeper dealer"
            ),
        ),
        "~empty": (
            words_of("vacant empty vacancies vacancy unfilled idle"),
            words_of("vacant empty vacancy vacancies unfilled unmanned blank open missing short idle free home"),
        ),
        "~sold": (
            words_of("sold booked let taken fill occupancy"),
            words_of("sold booked let taken full filled booking bookings gone"),
        ),
        "~goes": (
            words_of("leaves goes lost leave quits"),
            words_of("leaves leave leaving goes go going walks walk lose loses losing lost quits quit drops away off"),
        ),
        "~stock": (
            words_of("stock stores store left inventory"),
            words_of("stock stocks stores store bins bin barn warehouse silo left lie lies hold holds inventory"),
        ),
    }
)
"""By words of a secret: what people say of such things in other words."""

COSTS = words_of("cost costs paid pays expense")
"""Words of what something costs."""

PERIODS: Mapping[str, Mapping[str, float]] = MappingProxyType(
    {
        "year": {"month": 1 / 12, "week": 1 / 52, "quarter": 1 / 4, "day": 1 / 365},
        "month": {"year": 12.0, "week": 12 / 52, "quarter": 3.0, "day": 1 / 30},
        "week": {"year": 52.0, "month": 52 / 12, "quarter": 13.0, "day": 1 / 7},
        "day": {"week": 7.0, "month": 30.0, "year": 365.0},
    }
)
"""What a figure of one period comes to in another."""

PERIOD_WORDS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("year", "years", "yearly", "annual", "annually", "season", "twelve-month"), "year"),
        **dict.fromkeys(("month", "months", "monthly"), "month"),
        **dict.fromkeys(("week", "weeks", "weekly"), "week"),
        **dict.fromkeys(("quarter", "quarterly"), "quarter"),
        **dict.fromkeys(("day", "daily"), "day"),
    }
)

_SCALE_TEXT = (
    "mass gram 0.001 g 0.001 kilo 1 kilos 1 kg 1 kilogram 1 tonne 1000 tonnes 1000 ton 1000 tons 1000 t 1000;"
    "length mm 0.001 cm 0.01 centimetre 0.01 centimetres 0.01 decimetre 0.1 metre 1 metres 1 km 1000 kilometre 1000 kilometres 1000;"
    "time minute 0.0166667 minutes 0.0166667 hour 1 hours 1 day 24 days 24 week 168 weeks 168 fortnight 336;"
    "term month 1 months 1 quarter 3 quarters 3 year 12 years 12;"
    "volume litre 1 litres 1 hectolitre 100 hectolitres 100 m3 1000;"
    "energy kwh 1 mwh 1000 gwh 1000000;"
    "land acre 0.404686 acres 0.404686 hectare 1 hectares 1 ha 1"
)


def _scales() -> Mapping[str, tuple[str, float]]:
    found: dict[str, tuple[str, float]] = {}
    for line in _SCALE_TEXT.split(";"):
        family, *rest = line.split()
        found |= {word: (family, float(size)) for word, size in zip(rest[::2], rest[1::2], strict=True)}
    return MappingProxyType(found)


SCALES: Mapping[str, tuple[str, float]] = _scales()
"""What each unit measures, and how much of it."""

APPROXIMATE = words_of(
    "about around some roughly nearly almost approximately approx circa ca close nigh shade little bit over under barely just even good well towards toward scarcely hardly say rather"
)
"""Words before a figure that announce that it was rounded."""
