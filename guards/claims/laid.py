"""Whose figure is it, and of which message? What a clause lays to an offer or to a role, read by its grammar.

A figure is laid to a message or a role where it stands in its object (`m2 had 600`, `you asked for 45 and 30 days`), where it
is called its own (`your 240`, `the 80k of m2`), or where a clause behind it says who named it (`the 45 you wrote there`).
"""

# ruff: noqa: E501 - word lists stay whole

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from guards.claims.acts import Act, is_past
from guards.claims.context import Context
from guards.claims.history import move_called
from guards.claims.listed import STILL, Item, behind_nouns, ended_by, is_ended, listed, value_at
from guards.claims.papers import KINDS, PAPERS, answer_of, behind_owner, owners_of, papers_at, where_done
from guards.claims.saying import Quantity
from guards.claims.telling import Word
from guards.claims.verbs import BE, CAN, DENY, HAVE, MODAL, WILL
from guards.claims.wordlist import words_of
from guards.claims.words import FIRST, ROLE, YOU
from orchestrator.messages.move import Move
from orchestrator.messages.value import RoleName

__all__ = ["Laid", "figures_laid", "speakers_of"]

_HOLDS = words_of(
    "has had have says said gives gave puts put asks asked wants wanted offers offered shows showed contains was is were stands stood names named "
    "writes wrote reads proposes proposed brings carries carried holds held demands demanded quotes quoted calls called opens opened sits sat kept keeps includes included ask want have say put give show offer propose name stand starts start begins begin"
)
"""What a message does with its figures."""
_SAYS = words_of(
    "asked asks ask say wanted wants want offered offers named names put wrote writes write proposed proposes propose demanded demands quoted "
    "quotes asking offering proposing wanting demanding stood stands stand opened started began said says written requested requests suggested suggests mentioned called set tabled "
    "needed had held"
)
"""What somebody does with figures of an offer."""
_NAMES = words_of(
    "asked ask wanted want offered named put wrote written proposed demanded quoted opened started began said requested suggested mentioned "
    "called set tabled had held given gave promised conceded"
)
"""What was done with a figure that stands before its clause: `the 45 you wrote`."""
_FROM_WHERE = words_of("in of under")
_FRONTS = words_of("in by under")
_ROSE = words_of("rose fell went came moved dropped climbed grew shrank")
_WENT = words_of("came come went gone moved risen dropped climbed got gotten")
_IS = words_of("is was are were")
_GONE = words_of(
    "dropped gave given left lost took taken cut struck removed withdrew changed replaced waived conceded moved raised lowered came come went gone "
    "fell rose added no not never without"
)
_SAME = words_of("put set cut")
"""Past forms that are plain forms as well: with terms beside them, an offer."""
_IDEAS = words_of("idea wish figure number proposal suggestion request demand ask offer condition term opener")
"""What a figure is called that somebody named: `the 35 were your idea`."""
_MOST = 400
"""Words for parties that are looked at."""
_PARTY = FIRST | YOU | ROLE
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
    said = context.scan
    yield from _of_messages(context)
    parties = [*islice((word for word in said.told if word.bits & _PARTY), _MOST)]
    for word in parties:
        yield from _of_owner(context, word)
    for act in said.acts if parties else ():
        yield from _of_act(context, act)
    for word in parties:
        yield from _beside(context, word)


def _beside(context: Context, party: Word) -> Iterator[Laid]:
    """Yield a figure beside those who are at it, where no verb stands: `you 52.5, we 48.5`, `with us at 3,500`, `yours at 40`."""
    tokens, place = context.scan.tokens, party.order
    is_whose = party.word in _POSSESSED
    if not is_whose and party.word not in _PARTIES and party.word not in context.lexicon.roles:
        return
    before = tokens[place - 2 if tokens[place - 1] == "the" else place - 1] if place else ""
    if not is_whose and before not in _BESIDE:
        return
    after = tokens[place + 1] if place + 1 < len(tokens) else ""
    found = value_at(context, place + 1 + (after == "at" or (is_whose and after in _HOLDS)))
    if found and is_ended(context, behind_nouns(context, bisect_left(context.scan.places, found.end))):
        yield Laid(found, party.start, _roles_of(context, party.word), (), is_owned=False)


def _roles_of(context: Context, word: str) -> tuple[RoleName, ...]:
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
        place = _behind_verbs(context, behind)
        is_direct = said.tokens[here].endswith("'s") or said.tokens[place : place + 1] == ("at",)
        is_next = said.tokens[place : place + 1] == ("for",) and here > 1 and said.tokens[here - 1] in _BESIDE
        first = place if place > behind or is_direct or is_next else _told_in(context, here, behind)
        yield from (Laid(found, named.start, (), (move,), is_owned=False) for found in listed(context, first))
        found = _before(context, behind_owner(context, here) - 1)
        if found and not _is_gone(context, found):
            yield Laid(found, found.start, (), (move,), is_owned=True)


def _is_gone(context: Context, found: Item) -> bool:
    """Return whether words before a figure say that it was given up or how far it went, and not what stands there."""
    said, clause = context.scan, context.clause(found.clause)
    before = said.tokens_in(clause.start, found.start)
    return not _GONE.isdisjoint(before) and not {"to", "at"} & {*before[-2:]}


def _behind_verbs(context: Context, place: int) -> int:
    tokens = context.scan.tokens
    while place < len(tokens) and (tokens[place] in _HOLDS or tokens[place] in STILL):
        place += 1
    return place


def _told_in(context: Context, here: int, behind: int) -> int:
    """Return where figures are told of which the words begin with where they stand: `in m5 the fee rose to 180`."""
    tokens, last = context.scan.tokens, len(context.scan.tokens)
    begin = behind_owner(context, here) - 1
    if begin < 0 or tokens[begin] not in _FRONTS or (begin and tokens[begin - 1] not in _BESIDE):
        return last
    for place in range(behind, min(last, behind + 6)):
        if not tokens[place]:
            return last
        if tokens[place] in _ROSE:
            return place + 1 if tokens[place + 1 : place + 2] in (("to",), ("at",)) else last
        if tokens[place] in _HOLDS:
            return place + 1
    return last


def _before(context: Context, place: int) -> Item | None:
    """Return the figure of which the word at a place tells where it stands: `the 80k of`, `24 months in`, `45 is what`."""
    said = context.scan
    if place > 0 and said.tokens[place] == "what" and said.tokens[place - 1] in _IS:
        return ended_by(context, said.places[place - 1])
    return ended_by(context, said.places[place]) if place > 0 and said.tokens[place] in _FROM_WHERE else None


def _of_owner(context: Context, word: Word) -> Iterator[Laid]:
    """Yield a figure that is called somebody's, and those that a thing of theirs is at: `your 240`, `Port's opening 5.50`."""
    speakers, tokens, place = owners_of(context, word.word), context.scan.tokens, word.order + 1
    if not speakers or place >= len(tokens):
        return
    found = value_at(context, place + (tokens[place] in KINDS))
    if tokens[place] in _IDEAS and tokens[word.order - 1] in _IS:
        before = ended_by(context, context.scan.places[word.order - 1])
        yield from (Laid(one, one.start, speakers, (), is_owned=False) for one in (before,) if one)
    elif isinstance(found, Quantity):
        yield Laid(found, word.start, speakers, (), is_owned=True)
        yield from _besides(context, speakers, found)
    else:
        yield from _of_things(context, speakers, word)


def _besides(context: Context, speakers: tuple[RoleName, ...], found: Item) -> Iterator[Laid]:
    """Yield what goes with a figure that is called somebody's: `your 198 was for 20 days`."""
    tokens = context.scan.tokens
    place = behind_nouns(context, bisect_left(context.scan.places, found.end))
    if tokens[place : place + 1] in (("was",), ("is",)) and tokens[place + 1 : place + 2] in (("for",), ("over",), ("with",)):
        yield from (Laid(one, found.start, speakers, (), is_owned=False) for one in listed(context, place + 1))


def _of_things(context: Context, speakers: tuple[RoleName, ...], word: Word) -> Iterator[Laid]:
    """Yield what a thing of somebody's is at: `our price stands at 14,500`, `your last paper had 45`."""
    tokens, place = context.scan.tokens, word.order + 1
    first = place
    while place < min(len(tokens), first + 4) and (tokens[place] in context.lexicon.names or tokens[place] in KINDS | PAPERS):
        place += 1
    behind = place
    place = _behind_verbs(context, behind)
    place += first < behind and tokens[place : place + 1] == ("of",)
    if first < behind < place:
        moves = papers_at(context, word.order)
        yield from (Laid(found, word.start, speakers, moves, is_owned=False) for found in listed(context, place))


def _of_act(context: Context, act: Act) -> Iterator[Laid]:
    """Yield what somebody is said to have asked, offered or named, and where."""
    speakers = speakers_of(context, act)
    if not speakers or act.mood & (DENY | MODAL | WILL | CAN):
        return
    is_told = (act.is_past and not (act.verb in _SAME and context.reports)) or bool(act.mood & HAVE)
    is_at = bool(act.mood & BE) and not is_past(act.verb) and context.scan.tokens[act.order - 1] == "at"
    if act.verb in _WENT and is_told:
        yield from (Laid(one, act.start, speakers, (), is_owned=False) for one in listed(context, _end_of_way(context, act)))
        return
    is_answer = answer_of(context.scan, act) is not None and is_told
    if is_answer or ((act.verb in _SAYS or is_at) and (is_told or speakers != (context.view.role,))):
        found = [*listed(context, act.order if is_at else act.order + 1)]
        moves = where_done(context, speakers, act, found[-1].end if found else act.end)
        if is_answer and not moves:
            return
        yield from (Laid(one, act.start, speakers, moves, is_owned=False) for one in found)
        if found:
            return
    if is_told and act.verb in _NAMES and act.subject:
        place = act.subject - (context.scan.tokens[act.subject - 1] in ("that", "which", "the"))
        before = _before(context, place - 1) or ended_by(context, context.scan.places[place])
        if before:
            yield Laid(before, before.start, speakers, where_done(context, speakers, act, act.end), is_owned=True)


def _end_of_way(context: Context, act: Act) -> int:
    """Return where the words begin that tell where somebody came to: `up to 7.80`; the end of all words where none do."""
    tokens = context.scan.tokens
    for place in range(act.order + 1, min(len(tokens), act.order + 5)):
        if tokens[place] in ("to", "at"):
            return place
        if not tokens[place] or value_at(context, place):
            break
    return len(tokens)


def speakers_of(context: Context, act: Act) -> tuple[RoleName, ...]:
    """Return the roles that do something, the sender too; for things of theirs only where these are offers, or issues of one."""
    if act.who in context.lexicon.roles:
        role = context.party_of(act)
        return (role,) if role else ()
    if act.who in ("i", "we"):
        return (context.view.role,)
    return context.others() if act.who == "you" or (act.who == "your" and _is_on_paper(context, act)) else ()


def _is_on_paper(context: Context, act: Act) -> bool:
    """Return whether the thing of somebody's that does it is an offer, or an issue of one: `your last paper`, `your price`."""
    words = context.scan.tokens[act.subject + 1 : act.order]
    return not PAPERS.isdisjoint(words) or any(word in context.lexicon.names for word in words)
