"""Whose figure is it, and of which message? What a clause lays to an offer or to a role, read by its grammar.

A figure is laid to a message or a role where it stands in its object (`m2 had 600`, `you asked for 45 and 30 days`), where it
is called its own (`your 240`, `the 80k of m2`), or where a clause behind it says who named it (`the 45 you wrote there`).
"""

# ruff: noqa: E501 - word lists stay whole

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from guards.claims.acts import Act, is_past
from guards.claims.context import Context
from guards.claims.history import move_called
from guards.claims.listed import STILL, Item, behind_nouns, ended_by, is_ended, listed, value_at
from guards.claims.verbs import BE, CAN, DENY, HAVE, MODAL, WILL
from guards.claims.wordlist import words_of
from orchestrator.messages.move import Move
from orchestrator.messages.value import RoleName

__all__ = ["Laid", "figures_laid", "speakers_of"]

_HOLDS = words_of(
    "has had have says said gives gave puts put asks asked wants wanted offers offered shows showed contains was is were stands stood names named "
    "writes wrote reads proposes proposed brings carries carried holds held demands demanded quotes quoted calls called opens opened"
)
"""What a message does with its figures."""
_SAYS = words_of(
    "asked asks ask wanted wants want offered offers named names put wrote writes write proposed proposes propose demanded demands quoted "
    "quotes stood stands stand opened started began said says written requested requests suggested suggests mentioned called set tabled "
    "needed came went had held"
)
"""What somebody does with figures of an offer."""
_NAMES = words_of(
    "asked ask wanted want offered named put wrote written proposed demanded quoted opened started began said requested suggested mentioned "
    "called set tabled had held given gave promised conceded"
)
"""What was done with a figure that stands before its clause: `the 45 you wrote`."""
_FROM_WHERE = words_of("in of under")
_FRONTED = words_of("in by under per back")
_THEIRS = words_of("your our my their the own his her its")
_KINDS = words_of("opening last first old new latest original earlier second own current final initial previous very")
_OWNERS = words_of("my our")
_PAPERS = words_of("paper offer opener opening proposal message note sheet draft version letter mail")
_EARLIEST = words_of("opening first original opener initial")
_LATEST = words_of("last latest current newest final")
_POSSESSED = words_of("yours ours mine")
_PARTIES = words_of("you we i us me")
_BESIDE = frozenset(("", "and", "with", "while", "but"))


class Laid(NamedTuple):
    """A figure or a day with those to whom words lay it."""

    found: Item
    start: int
    """Where the words begin that lay it."""
    speakers: tuple[RoleName, ...]
    moves: tuple[Move, ...]
    """The messages, where words say which."""
    is_owned: bool
    """Whether it is called theirs, `your 240`, and not told of them."""


def figures_laid(context: Context) -> Iterator[Laid]:
    """Yield the figures and days that words lay to a message or a role."""
    yield from _of_messages(context)
    yield from _of_owners(context)
    for act in context.scan.acts:
        yield from _of_act(context, act)
    yield from _beside(context)


def _beside(context: Context) -> Iterator[Laid]:
    """Yield figures beside those who are at them, where no verb stands: `you 52.5, we 48.5`, `with us at 3,500`, `yours at 40`."""
    said = context.scan
    for place, word in enumerate(said.tokens):
        is_whose = word in _POSSESSED
        if not is_whose and word not in _PARTIES and word not in context.lexicon.roles:
            continue
        after = said.tokens[place + 1] if place + 1 < len(said.tokens) else ""
        found = value_at(context, place + 1 + (after == "at" or (is_whose and after in _HOLDS)))
        before = said.tokens[place - 2 if said.tokens[place - 1] == "the" else place - 1] if place else ""
        if (
            found
            and (is_whose or before in _BESIDE)
            and is_ended(context, behind_nouns(context, bisect_left(said.places, found.end)))
        ):
            yield Laid(found, said.places[place], _party(context, word), (), is_owned=False)


def _party(context: Context, word: str) -> tuple[RoleName, ...]:
    role = context.lexicon.roles.get(word)
    return (role,) if role else context.others() if word in ("you", "yours") else (context.view.role,)


def _of_messages(context: Context) -> Iterator[Laid]:
    """Yield what is laid to a message that is called by its id: `m2 had 600`, `the 80k of m2`."""
    said = context.scan
    for named in said.named:
        move = move_called(context.view, named.what) if named.sort == "offer" else None
        if move is None:
            continue
        here, behind = bisect_left(said.places, named.start), bisect_left(said.places, named.end)
        place = behind
        while place < len(said.tokens) and (said.tokens[place] in _HOLDS or said.tokens[place] in STILL):
            place += 1
        is_direct = said.tokens[here].endswith("'s") or said.tokens[place : place + 1] == ("at",)
        if place > behind or is_direct:
            yield from (Laid(found, named.start, (), (move,), is_owned=False) for found in listed(context, place))
        found = _before(context, _behind_owner(context, here) - 1)
        if found:
            yield Laid(found, found.start, (), (move,), is_owned=True)


def _behind_owner(context: Context, place: int) -> int:
    """Return where `in your own m2` has its `your`: the first of the words that only say whose or which a noun is."""
    tokens = context.scan.tokens
    while place and (tokens[place - 1] in _THEIRS or tokens[place - 1] in _KINDS or tokens[place - 1] in context.lexicon.roles):
        place -= 1
    return place


def _before(context: Context, place: int) -> Item | None:
    """Return the figure of which the word at a place tells where it stands: `the 80k of`, `24 months in`."""
    said = context.scan
    return ended_by(context, said.places[place]) if place > 0 and said.tokens[place] in _FROM_WHERE else None


def _of_owners(context: Context) -> Iterator[Laid]:
    """Yield figures that are called somebody's: `your 240`, `Port's opening 5.50`."""
    said = context.scan
    for found in said.quantities:
        place = bisect_left(said.places, found.start)
        owner = said.tokens[place - 1] if place else ""
        if owner in _KINDS and place > 1:
            owner = said.tokens[place - 2]
        speakers = _owner(context, owner)
        if speakers:
            yield Laid(found, said.places[place - 1], speakers, (), is_owned=True)


def _owner(context: Context, word: str) -> tuple[RoleName, ...]:
    """Return the roles whose something is by a word: `your`, `my`, `port's`."""
    role = context.lexicon.roles.get(word) if word.endswith("'s") else None
    return (role,) if role else (context.view.role,) if word in _OWNERS else context.others() if word == "your" else ()


def _of_act(context: Context, act: Act) -> Iterator[Laid]:
    """Yield what somebody is said to have asked, offered or named, and where."""
    speakers = speakers_of(context, act)
    if not speakers or act.mood & (DENY | MODAL | WILL | CAN):
        return
    is_told = act.is_past or bool(act.mood & HAVE)
    is_at = bool(act.mood & BE) and not is_past(act.verb) and context.scan.tokens[act.order - 1] == "at"
    if (act.verb in _SAYS or is_at) and (is_told or speakers != (context.view.role,)):
        found = [*listed(context, act.order if is_at else act.order + 1)]
        moves = _where(context, act, found[-1].end if found else act.end)
        yield from (Laid(one, act.start, speakers, moves, is_owned=False) for one in found)
        if found:
            return
    if is_told and act.verb in _NAMES and act.subject:
        place = act.subject - (context.scan.tokens[act.subject - 1] in ("that", "which", "the"))
        before = ended_by(context, context.scan.places[place])
        if before:
            yield Laid(before, before.start, speakers, _where(context, act, act.end), is_owned=True)


def speakers_of(context: Context, act: Act) -> tuple[RoleName, ...]:
    """Return the roles that do something, the sender too; for things of theirs only where these are offers, or issues of one."""
    role = context.lexicon.roles.get(act.who)
    if role:
        return (role,)
    if act.who in ("i", "we"):
        return (context.view.role,)
    return context.others() if act.who == "you" or (act.who == "your" and _is_on_paper(context, act)) else ()


def _is_on_paper(context: Context, act: Act) -> bool:
    """Return whether the thing of somebody's that does it is an offer, or an issue of one: `your last paper`, `your price`."""
    words = context.scan.tokens[act.subject + 1 : act.order]
    return not _PAPERS.isdisjoint(words) or any(word in context.lexicon.names for word in words)


def _where(context: Context, act: Act, end: int) -> tuple[Move, ...]:
    """Return the messages in which something is said to have been done: `in m2 we stood at 4`, `you wrote 4 in your first paper`."""
    said, clause = context.scan, context.scan.clause_at(act.start)
    if act.is_whose:
        return _papers(context, act.subject)
    behind = behind_nouns(context, bisect_left(said.places, end))
    if behind + 1 < len(said.tokens) and said.tokens[behind] in _FRONTED:
        found = _papers(context, behind + 1)
        if found:
            return found
    begin = bisect_left(said.places, clause.start)
    if said.tokens[begin : begin + 1] == ("",):
        begin += 1
    if act.subject - begin < 2 and act.clause and said.clauses[act.clause - 1].sentence == clause.sentence:
        begin = bisect_left(said.places, said.clauses[act.clause - 1].start)
    while begin < act.subject and said.tokens[begin] in ("", "back", "and", "but", "so"):
        begin += 1
    is_near = act.subject - begin < 6 and said.tokens[begin] in _FRONTED
    return _papers(context, begin + 1) if is_near else ()


def _papers(context: Context, place: int) -> tuple[Move, ...]:
    """Return the messages that words name from a place on: `m2`, `your own m2`, `our opening paper`, `your last`."""
    tokens, kinds, owners = context.scan.tokens, set[str](), tuple[RoleName, ...]()
    for word in tokens[place : place + 5]:
        if word[:1] == "m" and word[1:].removesuffix("'s").isdecimal():
            move = move_called(context.view, word.removesuffix("'s"))
            return (move,) if move else ()
        owners = owners or _owner(context, word)
        if word in _KINDS or word in _PAPERS:
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
