"""Do the words state flatly what lies beyond the talk? Deeds and things that no issue knows, and a future that nobody holds.

Honest talk weighs, asks, reports and proposes. What it states flatly, as a fact of now or of later, is about the issues, or
about who says what. So a flat statement to or of a party whose words neither the negotiation nor plain talk knows settles
something beside the issues, and a flat future of what is not the sender's own foretells what nobody can promise.
"""

# ruff: noqa: E501 - word lists stay whole

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain, compress, pairwise

from guards.claims.arithmetic import readings, same
from guards.claims.context import Context, finding
from guards.claims.flat import flat_words
from guards.claims.saying import Clause, Quantity
from guards.claims.wordlist import words_of
from orchestrator.messages.finding import Finding

__all__ = ["states_nothing_beyond"]

_LEAST = 2
"""Strange words that make a clause one about a thing that is no issue."""
_OURS = words_of("we our us ours we'll")
_THEIRS = words_of("you your yours you'll")
_TO_US = words_of("us ours")
_SO_FAR = words_of("was were had did been have has having haven't hasn't")
_AS_EVER = words_of("today already anyway nowadays currently")
"""Words that tell what is so already."""
_FUTURE = words_of("will shall")
_GOING = words_of("going gonna")
_BY_WHOM = words_of("us me you")
_OWN = words_of("i we i'm we're you who that which what it's and or but")
_ALSO = words_of("also then now all still always only just soon simply surely certainly definitely both even be to")
_SPEAKERS = frozenset(("i", "we"))
_SPEAKS = words_of("submit write tell ask speak talk report raise forward read say propose suggest")
_MATTERS = words_of("it this that question questions point matter figure figures number offer")
"""What the sender does with words and papers alone."""
_TALK = words_of(
    "have need want see find know understand hear decide judge tell say think answer look like appreciate notice recall remember "
    "get receive read feel hate forgive recognise realise agree love enjoy ask wonder expect miss speak call follow do "
    "survive mean help make come take cost leave show suit depend matter hurt require "
    "deserve try wait sound seem vote sign"
)
"""What somebody, or a paper of somebody's, may be foretold without being bound."""
_VAGUE = words_of(
    "it that this these those there they he she everything nothing something anything nobody everybody everyone all both each one none neither "
    "rest else offer offers reply answer message number numbers figure figures sum total terms contract deal board time today tomorrow side sides"
)
"""Subjects that name nothing of the world outside."""
_WEIGHTS = words_of(
    "hard tough tight difficult expensive dear cheap long short enough fine good great nice easy better worse best tricky close interesting last first "
    "next one it that what a an the helpful useful clear true right wrong ready happy glad sorry sure needed"
)
"""What a thing is said to be by somebody who weighs it."""


def states_nothing_beyond(context: Context) -> Iterator[Finding]:
    """Find flat statements about things that no issue knows, and flat futures of what the sender does not hold."""
    told: set[int] = set()
    for clause in _strange_clauses(context):
        words = flat_words(context, clause)
        is_new = _SO_FAR.isdisjoint(words) and _AS_EVER.isdisjoint(context.scan.said_in[clause.sentence])
        if words and is_new and _concerns_a_party(context, words) and not _is_said(context, clause):
            told.add(clause.sentence)
            yield _beyond(context, clause)
    for clause, place in _futures(context).items():
        words = flat_words(context, clause)
        if not words or clause.sentence in told:
            continue
        if _foretells(context, clause, place, words):
            told.add(clause.sentence)
            yield _foretold(context, clause)
        elif _undertakes(context, words) and not _is_said(context, clause):
            told.add(clause.sentence)
            yield _beyond(context, clause)


def _strange_clauses(context: Context) -> Iterator[Clause]:
    """Yield the clauses that hold several words which neither the negotiation nor plain talk knows."""
    said = context.scan
    strange = context.strange
    if len(strange) < _LEAST:
        return
    places = compress(said.places, map(strange.__contains__, said.tokens))
    counted = Counter(said.clause_at(place) for place in places)
    yield from (clause for clause, many in counted.items() if many >= _LEAST and said.text[clause.end - 1 : clause.end] != ":")


def _futures(context: Context) -> dict[Clause, int]:
    """Return the clauses that tell of what will be, each with the place of one word that does."""
    said = context.scan
    if said.words.isdisjoint(_FUTURE | _GOING) and "'ll" not in said.text:
        return {}
    told = {word for word in said.words if word in _FUTURE or word in _GOING or word.endswith("'ll")}
    return {said.clause_at(place): place for place in compress(said.places, map(told.__contains__, said.tokens))}


def _concerns_a_party(context: Context, words: tuple[str, ...]) -> bool:
    """Return whether a statement is about the other side, or gives the sender's side something, or tells what it will do."""
    roles, own = context.lexicon.roles, context.view.role
    if not _THEIRS.isdisjoint(words) or any(roles.get(word, own) != own for word in words):
        return True
    is_ours = not _OURS.isdisjoint(words) or any(word in roles for word in words)
    if not is_ours or "i" in words or "my" in words:
        return False
    return not _TO_US.isdisjoint(words) or not _FUTURE.isdisjoint(words) or "we'll" in words


def _is_said(context: Context, clause: Clause) -> bool:
    """Return whether the sender tells only what it will say, ask or show: `we will put it to our shift leads`."""
    said = context.scan
    acts = (act for act in said.acts if clause.start <= act.start < clause.end and act.who in _SPEAKERS)
    return any(
        act.verb in _SPEAKS or (act.verb == "put" and not _MATTERS.isdisjoint(said.tokens[act.order + 1 : act.order + 3]))
        for act in acts
    )


def _foretells(context: Context, clause: Clause, place: int, words: tuple[str, ...]) -> bool:
    """Return whether something else than the sender, an issue or an offer will do or be what is no talk."""
    subject, verb = _future_of(words)
    if not subject or not verb or subject in _OWN | _VAGUE or subject in context.lexicon.roles or verb in _TALK | _WEIGHTS:
        return False
    if any(one == "by" and other in _BY_WHOM for one, other in pairwise(words)):
        return False
    said = context.scan
    figures = said.quantities_from(clause.start, clause.end)
    before, whole = said.named_from(clause.start, place), said.named_from(clause.start, clause.end)
    is_bargain = any(named.sort != "role" for named in before) or any(named.sort == "offer" for named in whole)
    if is_bargain or (figures and _are_terms(context, figures)):
        return False
    return bool(figures) or not context.strange.isdisjoint(words)


def _undertakes(context: Context, words: tuple[str, ...]) -> bool:
    """Return whether the sender will do what neither the negotiation nor plain talk knows: `we'll repaint the hall`."""
    subject, verb = _future_of(words)
    if subject not in _SPEAKERS or not verb or verb in _TALK or context.strange.isdisjoint(words):
        return False
    return _MATTERS.isdisjoint(words[words.index(verb) + 1 :][:1])


def _future_of(words: tuple[str, ...]) -> tuple[str, str]:
    """Return the word before the first future, and the first one behind it that tells something."""
    for place, word in enumerate(words):
        is_short = word.endswith("'ll")
        if is_short or word in _FUTURE or (word in _GOING and words[place + 1 : place + 2] == ("to",)):
            subject = word[:-3] if is_short else words[place - 1] if place else ""
            return subject, next((one for one in words[place + 1 : place + 5] if one not in _ALSO), "")
    return "", ""


def _are_terms(context: Context, figures: tuple[Quantity, ...]) -> bool:
    """Return whether all figures are terms of the draft or of an offer."""
    own, offers = context.known.own, context.known.offers
    held = [*(own.figures.values() if own else ()), *chain.from_iterable(offer.figures.values() for offer in offers)]
    return all(any(same(one, term) for one in readings(found) for term in held) for found in figures)


def _beyond(context: Context, clause: Clause) -> Finding:
    return finding(
        context, "scope.deed", "scope", clause.start, clause.end,
        f"{context.scan.quote(clause.start, clause.end)!r} settles what no issue covers",
        ", ".join(issue.name for issue in context.view.agenda.issues),
    )  # fmt: skip


def _foretold(context: Context, clause: Clause) -> Finding:
    return finding(
        context, "guarantee.outcome", "guarantee", clause.start, clause.end,
        f"{context.scan.quote(clause.start, clause.end)!r} foretells flatly what is not the sender's to hold",
        "what you expect and why, or a proposal",
    )  # fmt: skip
