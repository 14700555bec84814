"""What must a role keep to itself? The figures of its private facts and limits, each with the words that belong to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from guards.claims.called import split_words
from guards.claims.lexicon import CURRENCIES, unit_of
from guards.claims.saying import Quantity
from guards.leaks.pointing import Pointing, common_words, pointing_at
from guards.phrases.fields import COSTS, PERIOD_WORDS
from guards.phrases.leak import WORDS_OF
from orchestrator.messages.negotiation import Fact, Issue, Negotiation, Role, Rule

__all__ = ["Secret", "secrets_of", "spoken_forms"]

_BOUND = re.compile(
    r"^\s*(?P<left>[^<>=!&|?]+?)\s*(?P<sign><=|>=|<|>)\s*(?:\"(?P<day>\d{4}-\d\d-\d\d)\"|(?P<figure>-?[\d.]+))\s*$"
)

_FIGURE_FIRST = re.compile(r"^\s*(?P<figure>-?[\d.]+|\"\d{4}-\d\d-\d\d\")\s*(?P<sign><=|>=|<|>)\s*(?P<right>[^<>=!&|?]+?)\s*$")
_SMALL = 100
"""Figures below it stand for many things."""
_TURNED = {"<=": ">=", ">=": "<=", "<": ">", ">": "<"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """A figure or a day that its role may not give away."""

    called: str
    sort: str
    """`fact` or `limit`."""
    value: float | None
    day: date | None
    units: frozenset[str]
    """Canonical units that it can be said in; empty for a product whose unit is not known."""
    pointing: Pointing
    """Words that point at it."""
    period: str
    """The period that it is of: `year` for what may be spent in a year; empty without one."""
    issue: str | None
    """The issue that a simple limit bounds."""
    is_upper: bool
    """Whether it is a most; for a fact it says nothing."""
    is_cost: bool = False
    """Whether it is what something costs its role."""
    spoken: tuple[str, ...] = ()
    """How people say the figure where no scan reads it: `eight twenty`, `seven and a half million`."""

    @property
    def is_figure(self) -> bool:
        """Return whether it is a figure or a day; else it is told in words alone."""
        return self.value is not None or self.day is not None

    @property
    def is_money(self) -> bool:
        """Return whether it is a sum of money."""
        return not self.units.isdisjoint(CURRENCIES)

    def reasons(self, words: frozenset[str]) -> int:
        """Return how many of its rare words some words name: for a limit those of why it holds."""
        return len(self.pointing.shared(words) & self.pointing.rare)

    def fits(self, quantity: Quantity) -> bool:
        """Return whether a figure may be of its unit."""
        unit = quantity.unit
        if not unit or not self.units or unit in self.units:
            return True
        return (unit == "point" and "percent" in self.units) or (unit == "cent" and self.is_money)

    def amounts(self, quantity: Quantity) -> tuple[float, ...]:
        """Return what a figure may be in its unit; `2,000` is no two."""
        is_small = quantity.unit == "cent" and self.is_money
        values = quantity.values
        if len(values) > 1 and values[0] == values[1] * 1000:
            values = values[:1]
        return tuple(value / 100 for value in values) if is_small else values


def secrets_of(negotiation: Negotiation, role: Role) -> tuple[Secret, ...]:
    """Return what a role must not give away: facts that are never to be told, and limits that nothing public states."""
    facts = [fact for fact in negotiation.facts if role.name in fact.visible_to]
    told = {(fact.value, fact.unit.lower()) for fact in facts if fact.disclose == "may"}
    issues: Mapping[str, Issue] = {issue.name: issue for issue in negotiation.issues}
    common = common_words(negotiation)
    found = [_of_fact(fact, common) for fact in facts if fact.disclose == "never"]
    found += [
        secret for rule in role.mandate.limits for secret in _of_limit(rule, issues, negotiation) if not _is_told(secret, told)
    ]
    return tuple(found)


def _of_fact(fact: Fact, common: frozenset[str]) -> Secret:
    figure = float(fact.value) if fact.kind == "number" else None
    said = f"{fact.says} {fact.name}"
    return Secret(
        called=f"the fact {fact.name!r}",
        sort="fact",
        value=figure,
        day=date.fromisoformat(fact.value) if fact.kind == "date" else None,
        units=frozenset({fact.unit.lower()} if fact.unit else ()),
        pointing=pointing_at(f"{said} {fact.source}{f' {fact.value}' if fact.kind == 'text' else ''}", common),
        period=_period(said),
        issue=None,
        is_upper=False,
        is_cost=not COSTS.isdisjoint(split_words(said)),
        spoken=spoken_forms(figure) if figure is not None else (),
    )


def _of_limit(rule: Rule, issues: Mapping[str, Issue], negotiation: Negotiation) -> Iterator[Secret]:
    for part in re.split(r"\|\||&&", rule.rule):
        found = _BOUND.match(_turned(part.strip("() ")))
        if found is not None and not _is_public(found, negotiation):
            yield _bound(rule, found, issues, negotiation)


def _turned(part: str) -> str:
    """Return a bound with its figure on the right."""
    found = _FIGURE_FIRST.match(part)
    return f"{found['right']} {_TURNED[found['sign']]} {found['figure']}" if found else part


def _bound(rule: Rule, found: re.Match[str], issues: Mapping[str, Issue], negotiation: Negotiation) -> Secret:
    names = [name for name in re.findall(r"[A-Za-z_]\w*", found["left"]) if name in issues]
    only = issues[names[0]] if len(names) == 1 and found["left"].strip() == names[0] else None
    units = {unit_of(issues[name]) for name in names} - {""}
    currency = negotiation.currency.lower()
    called = " ".join((*(called for name in names for called in (name, *issues[name].aka)), rule.why))
    return Secret(
        called=f"the limit {rule.id!r}",
        sort="limit",
        value=float(found["figure"]) if found["figure"] else None,
        day=date.fromisoformat(found["day"]) if found["day"] else None,
        units=frozenset({unit_of(only)} - {""}) if only else frozenset({currency} & units or units),
        pointing=pointing_at(called, common_words(negotiation)),
        period=_period(called) if only else "",
        issue=only.name if only else None,
        is_upper=found["sign"].startswith("<"),
        is_cost=not COSTS.isdisjoint(split_words(rule.why)),
        spoken=spoken_forms(float(found["figure"])) if found["figure"] else (),
    )


def _period(text: str) -> str:
    """Return the period that a text names, if it is one."""
    named = {PERIOD_WORDS[word] for word in split_words(text) if word in PERIOD_WORDS}
    return named.pop() if len(named) == 1 else ""


def spoken_forms(value: float) -> tuple[str, ...]:
    """Return how people say a figure beside its digits and its plain words: prices, halves of thousands and millions."""
    cents = round(value * 100) % 100
    if 1 <= value < 100 and cents and int(value) % 1 == 0:
        return (f"{_in_words(int(value))} {_in_words(cents)}",)
    for scale, word in ((1_000_000, "million"), (1_000, "thousand")):
        if value >= scale and value % scale == scale / 2 and value < 100 * scale:
            count = int(value // scale)
            return (f"{_in_words(count)} and a half {word}", f"{count} and a half {word}")
    return ()


def _in_words(number: int) -> str:
    if number in WORDS_OF:
        return WORDS_OF[number]
    return f"{WORDS_OF[number - number % 10]} {WORDS_OF[number % 10]}"


def _is_public(found: re.Match[str], negotiation: Negotiation) -> bool:
    """Return whether a policy that all know draws the same line."""
    line = found.group().replace(" ", "")
    return any(line in policy.rule.replace(" ", "") for policy in negotiation.policies)


def _is_told(secret: Secret, told: set[tuple[str, str]]) -> bool:
    """Return whether a fact that may be told says the same; a small figure has to be of the same unit."""
    if secret.day is not None:
        return any(value == secret.day.isoformat() for value, _ in told)
    is_odd = secret.value is not None and secret.value >= _SMALL
    same = (unit for value, unit in told if _number(value) == secret.value)
    return any(is_odd or not unit or not secret.units or unit in secret.units for unit in same)


def _number(text: str) -> float | None:
    try:
        return float(Decimal(text))
    except ArithmeticError:
        return None
