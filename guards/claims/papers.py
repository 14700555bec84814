"""Which messages do words mean? Those that are called by an id, and the first or the last of somebody's: `in m2`, `your opening paper`."""

# ruff: noqa: E501 - word lists stay whole

from __future__ import annotations

from bisect import bisect_left
from types import MappingProxyType

from guards.claims.acts import Act
from guards.claims.context import Context
from guards.claims.history import move_called
from guards.claims.listed import behind_nouns
from guards.claims.saying import Scan
from guards.claims.verbs import HAVE
from guards.claims.wordlist import words_of
from orchestrator.messages.move import Move
from orchestrator.messages.value import RoleName

__all__ = ["KINDS", "PAPERS", "answer_of", "behind_owner", "owners_of", "papers_at", "where_done"]

_FRONTED = words_of("in by under per back")
_THEIRS = words_of("your our my their the own his her its")
KINDS = words_of("opening last first old new latest original earlier second own current final initial previous very")
_OWNERS = words_of("my our")
PAPERS = words_of("paper offer opener opening proposal message note sheet draft version letter mail")
_EARLIEST = words_of("opening first original opener initial")
_LATEST = words_of("last latest current newest final")
_ANSWERS = MappingProxyType(
    {**dict.fromkeys(("accepted", "taken"), "accept"), **dict.fromkeys(("rejected", "refused", "declined"), "reject")}
)
"""Which act answers an offer so."""
_BEGAN = words_of("opened began started begun")
"""What somebody did with a first offer."""


def answer_of(said: Scan, act: Act) -> str | None:
    """Return which act of an answer a verb tells: `accepted`, `turned down`."""
    is_turned = act.verb in ("turned", "voted") and said.tokens[act.order + 1 : act.order + 2] == ("down",)
    return "reject" if is_turned else _ANSWERS.get(act.verb)


def where_done(context: Context, speakers: tuple[RoleName, ...], act: Act, end: int) -> tuple[Move, ...]:
    """Return the messages in which something is said to have been done: `in m2 we stood at 4`, `you wrote 4 in your first paper`."""
    said, clause = context.scan, context.scan.clause_at(act.start)
    if act.is_whose:
        return papers_at(context, act.subject)
    behind = behind_nouns(context, bisect_left(said.places, end))
    if behind + 1 < len(said.tokens) and said.tokens[behind] in _FRONTED:
        found = papers_at(context, behind + 1)
        if found:
            return found
    if said.tokens[behind : behind + 1] == ("there",):
        return _last_named(context, act.start)
    begin = bisect_left(said.places, clause.start)
    if said.tokens[begin : begin + 1] == ("",):
        begin += 1
    if act.subject - begin < 2 and act.clause and said.clauses[act.clause - 1].sentence == clause.sentence:
        begin = bisect_left(said.places, said.clauses[act.clause - 1].start)
    while begin < act.subject and said.tokens[begin] in ("", "back", "and", "but", "so"):
        begin += 1
    is_near = act.subject - begin < 6 and said.tokens[begin] in _FRONTED
    found = papers_at(context, begin + 1) if is_near else ()
    return found or _of_time(context, speakers, act)


def _of_time(context: Context, speakers: tuple[RoleName, ...], act: Act) -> tuple[Move, ...]:
    """Return the first offers of those who began with something, and what was last offered or said by those who want it now."""
    if act.verb in _BEGAN:
        return tuple(move for role in speakers for move in _ends_of(context, role, {"first"}))
    answer = answer_of(context.scan, act)
    if answer:
        return _answered(context, speakers, answer)
    if act.is_past or act.mood & HAVE:
        return ()
    return tuple(move for role in speakers for move in _since_last(context, role))


def _since_last(context: Context, role: RoleName) -> tuple[Move, ...]:
    """Return the last offer of a role, with what it accepted or said since."""
    moves = [move for move in context.known.moves if move.sender == role]
    last = max((place for place, move in enumerate(moves) if move.terms), default=0)
    return tuple(moves[last:])


def _answered(context: Context, speakers: tuple[RoleName, ...], act: str) -> tuple[Move, ...]:
    """Return the offers of others that roles accepted, or rejected."""
    named = (move.offer for move in context.known.moves if move.sender in speakers and move.act == act and move.offer)
    return tuple(move for offer in named if (move := move_called(context.view, offer)))


def _last_named(context: Context, end: int) -> tuple[Move, ...]:
    """Return the message that was named last before a place: where something stands of which words say `there`."""
    named = next((named for named in reversed(context.scan.named_from(0, end)) if named.sort == "offer"), None)
    move = move_called(context.view, named.what) if named else None
    return (move,) if move else ()


def papers_at(context: Context, place: int) -> tuple[Move, ...]:
    """Return the messages that words name from a place on: `m2`, `your own m2`, `our opening paper`, `your last`."""
    tokens, kinds, owners = context.scan.tokens, set[str](), tuple[RoleName, ...]()
    for word in tokens[place : place + 5]:
        if word[:1] == "m" and word[1:].removesuffix("'s").isdecimal():
            move = move_called(context.view, word.removesuffix("'s"))
            return (move,) if move else ()
        owners = owners or owners_of(context, word)
        if word in KINDS or word in PAPERS:
            kinds.add(word)
        elif word not in _THEIRS and word not in context.lexicon.roles:
            break
    offers = [move for role in owners for move in _ends_of(context, role, kinds)]
    return tuple(offers)


def _ends_of(context: Context, role: RoleName, kinds: set[str]) -> tuple[Move, ...]:
    """Return the first or the last offer of a role, where words say so."""
    offers = [move for move in context.known.moves if move.sender == role and move.terms]
    if not _EARLIEST.isdisjoint(kinds):
        return (*offers[:1],)
    return (*offers[-1:],) if not _LATEST.isdisjoint(kinds) else ()


def behind_owner(context: Context, place: int) -> int:
    """Return where `in your own m2` has its `your`: the first of the words that only say whose or which a noun is."""
    tokens = context.scan.tokens
    while place and (tokens[place - 1] in _THEIRS or tokens[place - 1] in KINDS or tokens[place - 1] in context.lexicon.roles):
        place -= 1
    return place


def owners_of(context: Context, word: str) -> tuple[RoleName, ...]:
    """Return the roles whose something is by a word: `your`, `my`, `port's`."""
    role = context.lexicon.roles.get(word) if word.endswith("'s") else None
    return (role,) if role else (context.view.role,) if word in _OWNERS else context.others() if word == "your" else ()
