"""What does a person offer? Issue by issue by form, or all in one line, from the terms that they start with."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import NoReturn

from orchestrator.cli.seat.asking import Asking, Question
from orchestrator.cli.seat.values import NotMeant, allowed, read_value
from orchestrator.messages.move import Offer
from orchestrator.messages.negotiation import Issue
from orchestrator.messages.terms import Term, Terms
from orchestrator.messages.view import View
from orchestrator.report.clean import clean
from orchestrator.report.figures import label, named, short, short_id

__all__ = ["Wanted", "fill", "read_wanted"]

_OPEN, _BACK, _STOP = "-", "<", ("stop", "cancel")
_HOW = "Enter keeps what stands in brackets, - leaves the issue open, < goes back, stop gives up."


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the line of an offer asks for: where it starts, and what it settles at once."""

    start: Terms | None = None
    """None where it names none."""
    set: tuple[Term, ...] = ()
    opened: frozenset[str] = frozenset()
    """Issues that are left open."""
    expires: int | None = None
    assumes: tuple[str, ...] = ()
    confidence: float | None = None
    conditions: tuple[str, ...] = ()
    """Issues whose terms are asked for in return."""
    revises: str | None = None
    """The offer that this one is a new version of."""

    @property
    def is_whole(self) -> bool:
        """Return whether the line settles something, so that no form is needed."""
        return bool(self.set or self.opened)


def fill(view: View, start: Terms) -> Asking[Terms | None]:
    """Ask for a value for each issue, beginning with those of `start`. Return the terms, or None where it was given up."""
    given = named(start)
    issues = view.agenda.issues
    lines: tuple[str, ...] = (_HOW,)
    place = 0
    while place < len(issues):
        issue = issues[place]
        answer = (
            yield Question((*lines, _asks(issue, view)), f"{label(issue.name)}{_default(given.get(issue.name), issue)}: ")
        ).strip()
        lines = ()
        if answer.casefold() in _STOP:
            return None
        if answer == _BACK:
            place = max(0, place - 1)
            continue
        try:
            _take(issue, answer, given)
        except NotMeant as expected:
            lines = (f"{expected}.",)
            continue
        place += 1
    return tuple(given[issue.name] for issue in issues if issue.name in given)


def read_wanted(view: View, words: str) -> Wanted:
    """Return what stands behind `offer`: `m5`, `volume=200000`, `expires=2`. Raises NotMeant, saying what was expected."""
    start: Terms | None = None
    terms: dict[str, Term] = {}
    opened: set[str] = set()
    extras: dict[str, str] = {}
    for word in _words(words):
        key, equals, value = word.partition("=")
        issue = _issue(view, key)
        if not equals:
            start = _start(view, word)
        elif issue is None:
            extras[_extra(key, view)] = value
        elif value == _OPEN:
            opened.add(issue.name)
        else:
            terms[issue.name] = read_value(issue, value)
    return Wanted(
        start=start,
        set=tuple(terms.values()),
        opened=frozenset(opened),
        expires=_rounds(extras.get("expires"), view),
        assumes=_facts(extras.get("assumes"), view),
        confidence=_share(extras.get("confidence")),
        conditions=_issues(extras.get("if"), view),
        revises=_standing(view, extras["revises"]).id if "revises" in extras else None,
    )


def _take(issue: Issue, answer: str, given: dict[str, Term]) -> None:
    if answer == _OPEN:
        given.pop(issue.name, None)
    elif answer:
        given[issue.name] = read_value(issue, answer)


def _asks(issue: Issue, view: View) -> str:
    bound = f"; {issue.owner} binds it" if issue.owner and issue.owner != view.role else ""
    return f"{label(issue.name)}: {allowed(issue)}{bound}"


def _default(term: Term | None, issue: Issue) -> str:
    return f" [{clean(short(term, issue), 30)}]" if term is not None else " [open]"


def _words(words: str) -> list[str]:
    try:
        return shlex.split(words)
    except ValueError:
        raise NotMeant("a quotation mark is not closed") from None


def _issue(view: View, key: str) -> Issue | None:
    name = key.strip().casefold()
    return next((issue for issue in view.agenda.issues if name in (issue.name.casefold(), label(issue.name).casefold())), None)


def _start(view: View, word: str) -> Terms:
    return _standing(view, word).terms


def _standing(view: View, word: str) -> Offer:
    offer = next((offer for offer in view.offers if word in (offer.id, short_id(offer.id))), None)
    if offer is None:
        standing = ", ".join(short_id(offer.id) for offer in view.offers) or "none"
        raise NotMeant(f"'{clean(word, 40)}' is no offer that stands (standing: {standing}) and not of the form ISSUE=VALUE")
    return offer


def _extra(key: str, view: View) -> str:
    if key in ("expires", "assumes", "confidence", "if", "revises"):
        return key
    return _unknown(key, view)


def _rounds(text: str | None, view: View) -> int | None:
    most = view.agenda.stop.offer_ttl_rounds
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 6 and 1 <= int(text) <= most):
        raise NotMeant(f"expires is '{clean(text, 20)}', not a number of rounds from 1 to {most}")
    return int(text)


def _share(text: str | None) -> float | None:
    if text is None:
        return None
    try:
        share = float(text)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise NotMeant(f"confidence is '{clean(text, 20)}', not a number from 0 to 1")
    return share


def _issues(text: str | None, view: View) -> tuple[str, ...]:
    names = [name.strip() for name in text.split(",")] if text else []
    return tuple(found.name for name in names if (found := _issue(view, name) or _unknown(name, view)))


def _unknown(name: str, view: View) -> NoReturn:
    issues = ", ".join(issue.name for issue in view.agenda.issues)
    raise NotMeant(f"'{clean(name, 40)}' is no issue; the issues are {issues}")


def _facts(text: str | None, view: View) -> tuple[str, ...]:
    names = tuple(name.strip() for name in text.split(",")) if text else ()
    known = [fact.name for fact in view.facts]
    for name in names:
        if name not in known:
            raise NotMeant(f"'{clean(name, 40)}' is no fact that you can see: {', '.join(known) or 'there are none'}")
    return names
