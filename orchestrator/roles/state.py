"""What does a role have to know of the table now? Written by code, line by line, and never left out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import islice
from math import floor

from orchestrator.messages.finding import Finding
from orchestrator.messages.move import Fall, Offer, Ruling
from orchestrator.messages.negotiation import Fact, Mandate
from orchestrator.messages.utility import utility
from orchestrator.messages.value import Digest, IssueName, OfferId, RoleName
from orchestrator.messages.view import View
from orchestrator.roles.advicewords import advice_lines
from orchestrator.roles.patternwords import package_words, step_lines
from orchestrator.roles.potwords import pot_lines
from orchestrator.roles.quoting import inline, sourced, terms_text
from orchestrator.roles.tally import Counted, Tally

__all__ = ["LISTS_AT_MOST", "StateWriter"]

_FALLS, _RULINGS, _CHANGES, _REMARKS, _FINDINGS = 300, 300, 500, 200, 800
"""Tokens of each list whose length is not fixed."""

LISTS_AT_MOST = _FALLS + _RULINGS + _CHANGES + _REMARKS + _FINDINGS
"""Tokens of all of them together."""

_MOST_ITEMS = 12
_LONGEST_REASON = 200
_LONGEST_WHY = 600
_LONGEST_QUESTION = 500
_LONGEST_MESSAGE = 400
_MOST_KEPT = 4_096
_ROUNDING = 1e-6
"""A worth is rounded down, so that none looks as if it reached the reserve; this much less is rounding of floating point."""


class StateWriter:
    """Writes the state for the roles of one negotiation."""

    def __init__(self, tally: Tally, facts: tuple[Fact, ...]) -> None:
        self._tally = tally
        self._facts = {fact.name: fact for fact in facts}
        self._worths: dict[tuple[RoleName, Digest], Counted] = {}
        self._offers: dict[tuple[str, ...], Counted] = {}

    def write(self, view: View, changed: Mapping[OfferId, tuple[IssueName, ...]]) -> list[Counted]:
        """Return the lines of the state; `changed` are the issues in which an offer differs from its sender's one before."""
        line = self._tally.line
        place = f"round {view.round} of {view.agenda.stop.rounds}; it is your turn, {view.role}"
        lines = [line("STATE"), line(place), *map(line, _asked(view)), *map(line, (*step_lines(view), *_company(view)))]
        lines.append(line("standing offers:" if view.offers else "standing offers: none"))
        for offer in view.offers:
            lines.extend(self._offer(offer, view, changed.get(offer.id, ())))
        lines.append(line(_commitment(view)))
        lines.extend(map(line, (*pot_lines(view), *advice_lines(view))))
        if view.precedent:
            lines.append(line(f"this talk supersedes the agreement {terms_text(view.precedent)}"))
        if view.reopened:
            lines.append(line(f"it was reopened by the rules of its file: {inline(view.reopened, _LONGEST_WHY)}"))
        lines.extend(self._list("fallen lately:", _falls(view), _FALLS))
        if view.rulings:
            lines.extend(self._list("rulings, newest first:", _rulings(view), _RULINGS))
        lines.extend(self._list("facts that are no longer as above, newest first:", self._changes(view), _CHANGES))
        if view.remarks:
            lines.extend(self._list(_REMARKED, [_finding(remark) for remark in view.remarks], _REMARKS))
        if view.findings:
            lines.extend(self._list(_refused(view), [_finding(finding) for finding in view.findings], _FINDINGS))
        return lines

    def _offer(self, offer: Offer, view: View, changed: tuple[IssueName, ...]) -> tuple[Counted, ...]:
        news = f"; changed: {', '.join(changed)}" if changed else ""
        standing = self._tally.line(f"{_standing(offer, view)}{_open(offer, view)}{package_words(offer)}{news}")
        return self._head(offer), standing, self._worth(offer, view)

    def _head(self, offer: Offer) -> Counted:
        key = (offer.id, offer.sender, offer.digest)
        found = self._offers.get(key)
        if found is None:
            if len(self._offers) >= _MOST_KEPT:
                self._offers.clear()
            head = self._tally.figured(f"- {offer.id} by {offer.sender}")
            found = self._offers[key] = head + self._tally.terms(offer.terms, offer.digest)
        return found

    def _worth(self, offer: Offer, view: View) -> Counted:
        key = (view.role, offer.digest)
        found = self._worths.get(key)
        if found is None:
            if len(self._worths) >= _MOST_KEPT:
                self._worths.clear()
            found = self._worths[key] = self._tally.line(_worth(offer, view.mandate))
        return found

    def _changes(self, view: View) -> list[str]:
        """Return the facts whose value differs from the one in the fixed part; the newest stands last in the view."""
        changes = [fact for fact in view.facts if (was := self._facts.get(fact.name)) is not fact and was != fact]
        return [_change(fact) for fact in reversed(changes)]

    def _list(self, title: str, items: list[str], most: int) -> list[Counted]:
        """Return a list under its title, as far as it fits; the rest is numbered."""
        if not items:
            return []
        lines = [self._tally.line(title)]
        room = most - lines[0].tokens - _MORE
        for told, item in enumerate(items):
            found = self._tally.line(f"- {item}")
            room -= found.tokens
            if room < 0 and told:
                return [*lines, self._tally.line(f"- and {len(items) - told} more")]
            lines.append(found)
        return lines


_MORE = 8
"""Tokens kept for saying how many more there are."""

_REMARKED = "your last words did not reach the others as you wrote them:"


def _company(view: View) -> Iterator[str]:
    """Yield with whom the role deals: people, and what is on record of everybody where a rule asks for it."""
    people = [role for role in view.people if role != view.role]
    if people:
        names = f"{' and '.join(people)} {'is a person' if len(people) == 1 else 'are people'}"
        yield f"{names}, no agent: {_CONDUCT}"
    if _asks_for_records(view):
        told = (f"{each.role} {each.offers}/{each.kept}/{each.withdrawn}/{each.refused}/{each.floods}" for each in view.records)
        yield f"on record (offers/kept/withdrawn/refused drafts/floods): {', '.join(told)}"


_CONDUCT = (
    "be courteous, brief and predictable, with one point in each message, reasons before demands, and no pressure by time or"
    " tone; you are an agent, say so where it matters, and never that you are a person"
)


def _asks_for_records(view: View) -> bool:
    agenda = view.agenda
    rules = (*(each.rule for each in (*agenda.policies, *view.mandate.limits)), *(gate.when for gate in agenda.gates))
    return any("record" in rule for rule in rules)


def _asked(view: View) -> Iterator[str]:
    """Yield what an approver wants to know of the role."""
    asked = view.question
    if asked is not None:
        who = f"{inline(asked.by, 80)}, who must approve at gate {asked.gate}"
        yield f"{who}, asks you: {inline(asked.question, _LONGEST_QUESTION)}"
        yield "answer in the text of one 'inform'; only the approver reads it, and nothing else that you write counts now"


def _open(offer: Offer, view: View) -> str:
    if len(offer.terms) == len(view.agenda.issues):
        return ""
    named = {term.issue for term in offer.terms}
    return f"; open: {', '.join(issue.name for issue in view.agenda.issues if issue.name not in named)}"


def _standing(offer: Offer, view: View) -> str:
    backers = " and ".join(view.backers(offer.id)) or "nobody"
    turns = offer.falls - view.turn
    end = "this turn" if turns == 1 else f"{turns} turns, this one counted"
    return f"  backed by {backers}; falls after {end}"


def _worth(offer: Offer, mandate: Mandate) -> str:
    worth = floor(utility(mandate, offer.terms) * 1000 + _ROUNDING) / 1000
    return f"  worth {worth:.3f} to you; your reserve is {mandate.reserve:g}"


def _commitment(view: View) -> str:
    backed = next((backing.offer for backing in view.backing if backing.role == view.role), None)
    if backed is None:
        return "you back no offer"
    own = view.own_offer()
    return f"you back {backed}, your own offer" if own is not None and own.id == backed else f"you back {backed}"


def _falls(view: View) -> list[str]:
    """Return how offers ended in the last rounds; that a newer one took the place of an old one is seen above."""
    recent = view.turn - 3 * len(view.agenda.roles)
    falls = islice(reversed(view.falls), _MOST_ITEMS)
    return [_fall(fall) for fall in falls if fall.why != "superseded" and fall.turn >= recent]


def _fall(fall: Fall) -> str:
    by = f" by {inline(fall.by, 80)}" if fall.by and fall.why != "withdrawn" else ""
    reason = f": {_said(fall.reason)}" if fall.reason else ""
    return f"{fall.offer} of {fall.sender}: {fall.why.replace('_', ' ')}{by}{reason}"


def _change(fact: Fact) -> str:
    value = inline(f"{fact.value} {fact.unit}", _LONGEST_REASON)
    return f"{fact.name}: {inline(fact.says, _LONGEST_REASON)}: {value} ({sourced(fact)})"


def _rulings(view: View) -> list[str]:
    return [_ruling(ruling) for ruling in islice(reversed(view.rulings), _MOST_ITEMS)]


def _ruling(ruling: Ruling) -> str:
    note = f": {_said(ruling.note)}" if ruling.note else ""
    if ruling.expired:
        return f"gate {ruling.gate}: time denied {ruling.offer}{note}"
    verb = "approved" if ruling.approved else "denied"
    return f"gate {ruling.gate}: {inline(ruling.by, 80)} {verb} {ruling.offer}{note}"


def _refused(view: View) -> str:
    left = view.agenda.stop.repairs - view.attempt
    tries = "this is your last try" if left <= 0 else f"you may mend it {left + 1} times"
    return f"YOUR LAST DRAFT WAS REFUSED AND NOBODY SAW IT; {tries}:"


def _finding(finding: Finding) -> str:
    path = f" at {inline(finding.path, 80)}" if finding.path else ""
    allowed = f"; allowed: {inline(finding.allowed, 160)}" if finding.allowed else ""
    return f"{inline(finding.code, 40)}{path}: {inline(finding.message, _LONGEST_MESSAGE)}{allowed}"


def _said(text: str) -> str:
    return json.dumps(inline(text, _LONGEST_REASON), ensure_ascii=False)
