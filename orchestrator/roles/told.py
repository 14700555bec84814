"""What was said so far, and how much of it may a role be told? Each sender's words, within that sender's share of the room."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from orchestrator.messages.move import Move
from orchestrator.messages.sentences import head
from orchestrator.messages.value import IssueName, OfferId, RoleName
from orchestrator.roles.measure import measure
from orchestrator.roles.quoting import LONGEST_WORDS, inline, quoted
from orchestrator.roles.tally import Counted, Tally, joined
from orchestrator.roles.voice import Voice

__all__ = ["Excerpt", "Told"]

_LONGEST_NAMES = 160
_STEP = 64
"""Room for a cut is taken in such steps, so that a message is not cut anew whenever the room changes by a token."""

_MARK = 48
"""Tokens kept for saying what was cut."""

_MOST_BACK = 3
"""Moves that one query brings back."""

_MOST_CUTS = 256
_NAMED = re.compile(r"\bm[0-9]{1,9}-[A-Za-z0-9_-]{1,4}\b|\bentry ([0-9]{1,9})\b")
_NOTHING = Counted("", 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """The moves that a role is told, oldest first; before them what it asked to have back."""

    text: str
    tokens: int
    held: tuple[int, ...]
    """Of them, those of each sender, in the order of the roles."""
    left_out: int
    """How many older moves found no room."""


class Told:
    """The moves of one session. Each is put into words and counted once, when it is first seen."""

    def __init__(self, tally: Tally, shares: Mapping[RoleName, float], facts: Mapping[str, str]) -> None:
        self._tally = tally
        self._shares = shares
        self._facts = facts
        self._moves: tuple[Move, ...] = ()
        self._entries: tuple[int, ...] = ()
        self._voices: dict[RoleName, Voice] = {role: Voice() for role in shares}
        self._typed: list[Counted] = []
        self._wanted: dict[RoleName, tuple[int, ...]] = {}
        self._places: dict[str, int] = {}
        self._cuts: dict[tuple[int, int, bool], Counted] = {}
        self._proposed: dict[RoleName, dict[IssueName, object]] = {}
        self.changed: dict[OfferId, tuple[IssueName, ...]] = {}
        """For each proposal, the issues that differ from its sender's one before."""

    def follows(self, moves: tuple[Move, ...]) -> bool:
        """Return whether these moves go on from those that were heard."""
        known = len(self._moves)
        if known == 0:
            return True
        return len(moves) >= known and (moves[known - 1] is self._moves[-1] or moves[:known] == self._moves)

    def hear(self, moves: tuple[Move, ...], entries: tuple[int, ...] = ()) -> None:
        """Take in all moves that are new; `entries` are those of the journal that hold them."""
        known, self._moves, self._entries = len(self._moves), moves, entries
        for place in range(known, len(moves)):
            self._hear(place, moves[place])

    def excerpt(self, role: RoleName, room: int) -> Excerpt:
        """Return the newest moves of each sender that fit its share; older ones without their words, then none."""
        told: list[tuple[int, str]] = []
        back: list[str] = []
        held: list[int] = []
        wanted = self._wanted.get(role, ())
        for sender, voice in self._voices.items():
            share = int(max(0, room) * self._shares.get(sender, 0.0))
            brought = self._brought_back(wanted, sender, share) if wanted else []
            back += [part.text for part in brought]
            taken = sum([part.tokens for part in brought])
            held.append(taken + self._speak(voice, share - taken, told))
        told.sort()
        text = "".join([*back, *[text for _, text in told]])
        return Excerpt(text=text, tokens=sum(held), held=tuple(held), left_out=len(self._moves) - len(told))

    def _speak(self, voice: Voice, share: int, told: list[tuple[int, str]]) -> int:
        """Tell what fits of one sender, and return its tokens; a newest move that is too long for it is cut."""
        spread = voice.spread(share)
        newest = len(voice.places) - 1
        if spread.worded <= newest or newest < 0:
            told += voice.told(spread)
            return spread.tokens
        part = self._cut(voice.places[newest], share * 3 // 4)
        if part.tokens:
            spread = voice.spread(share, part.tokens)
            told += voice.told(spread)[:-1]
            told.append((voice.places[newest], part.text))
            return spread.tokens
        told += voice.told(spread)
        return spread.tokens

    def _brought_back(self, wanted: tuple[int, ...], sender: RoleName, share: int) -> list[Counted]:
        """Return the moves of a sender that are wanted back, in full as far as the share goes."""
        places = [place for place in wanted if self._moves[place].sender == sender]
        each = share // max(1, len(places))
        return [part for place in places if (part := self._cut(place, each, back=True)).tokens]

    def _cut(self, place: int, room: int, *, back: bool = False) -> Counted:
        """Return a move as it was delivered, cut after a sentence where the room asks for it; nothing without room."""
        key = (place, room // _STEP, back)
        found = self._cuts.get(key)
        if found is None:
            if len(self._cuts) >= _MOST_CUTS:
                self._cuts.clear()
            found = self._cuts[key] = self._cut_to(place, room - room % _STEP, back=back)
        return found

    def _cut_to(self, place: int, room: int, *, back: bool) -> Counted:
        move, typed = self._moves[place], self._typed[place]
        if back:
            typed = joined((self._tally.line("(your query brought this back)"), typed))
        left = room - typed.tokens - _MARK
        if left < 0:
            return _NOTHING
        text = move.text if move.gist is None or back else move.gist
        part = text if len(text) <= LONGEST_WORDS and measure(text) <= left else head(text[:LONGEST_WORDS], left, measure)
        words = self._tally.text(quoted(part))
        marks = self._marks(move, whole=back)
        more = measure(text) - words.tokens
        if len(part) < len(text):
            marks = self._tally.figured(f"(cut here: {more:,} more tokens found no room in {move.sender}'s share)\n")
        return joined((typed, words, marks)) if words.tokens <= left and marks.tokens <= _MARK else _NOTHING

    def _hear(self, place: int, move: Move) -> None:
        voice = self._voices.setdefault(move.sender, Voice())
        self._places[move.id] = place
        entry = self._entries[place] if place < len(self._entries) else None
        line = _head(move, entry, self._facts)
        opening = self._tally.figured(line)
        terms = self._tally.terms(move.terms, move.digest) if move.digest is not None and move.terms else None
        typed = opening + terms if terms else _ended(line, opening, self._tally)
        self._typed.append(typed)
        if move.text:
            marks = self._marks(move)
            full = typed + (self._words(move) + marks if marks.tokens else self._words(move))
            unsaid = self._tally.part(f" ({_measured(move):,} tokens of words left out)" + ("" if terms else "\n"))
            brief = opening + unsaid + terms if terms else opening + unsaid
            # Words of a few tokens cost less than saying that they are not there.
            voice.add(place, full, brief if brief.tokens < full.tokens else full)
        else:
            voice.add(place, typed, typed)
        self._note(place, move)

    def _words(self, move: Move) -> Counted:
        said = quoted(move.text if move.gist is None else move.gist)
        known = move.tokens if move.gist is None and not move.cut else 0
        return Counted(said, known) if known else self._tally.text(said)

    def _marks(self, move: Move, *, whole: bool = False) -> Counted:
        """Return the line that says what is not there of a move's words, and why."""
        if move.gist is not None and not whole:
            left = max(0, _measured(move) - measure(move.gist))
            back = f"a query that names {inline(move.id, 40)} brings them"
            return self._tally.figured(f"({left:,} tokens left out: {_why(move)}; {back})\n")
        if move.cut:
            return self._tally.figured(f"(cut here: {move.cut:,} more tokens were above {move.sender}'s bound for a message)\n")
        if len(move.text) > LONGEST_WORDS:
            return self._tally.figured(f"(cut here: {len(move.text) - LONGEST_WORDS:,} more characters)\n")
        return _NOTHING

    def _note(self, place: int, move: Move) -> None:
        """Note what a move changes, and which moves it asks for."""
        wanted: tuple[int, ...] = ()
        if move.act == "query":
            found = [self._place_of(named.group(0), named.group(1)) for named in _NAMED.finditer(move.text[:LONGEST_WORDS])]
            wanted = tuple(dict.fromkeys(other for other in found if other is not None and other < place))[:_MOST_BACK]
        self._wanted[move.sender] = wanted
        if move.act == "propose":
            terms: dict[IssueName, object] = {term.issue: term.value for term in move.terms}
            before = self._proposed.get(move.sender)
            if before:
                self.changed[move.id] = tuple(issue for issue, value in terms.items() if before.get(issue) != value)
            self._proposed[move.sender] = terms

    def _place_of(self, name: str, entry: str | None) -> int | None:
        if entry is None:
            return self._places.get(name)
        return self._entries.index(int(entry)) if int(entry) in self._entries else None


def _why(move: Move) -> str:
    names = [inline(reason.name, 20) for reason in move.suspicion.reasons[:2]] if move.suspicion else []
    return " and ".join(names) or "nothing new"


def _measured(move: Move) -> int:
    return move.tokens or measure(move.text)


def _ended(line: str, opening: Counted, tally: Tally) -> Counted:
    """Return a line with its end, which is a token of its own behind a letter or a figure."""
    if line[-1].isascii() and line[-1].isalnum():
        return Counted(f"{line}\n", opening.tokens + 1)
    return tally.figured(f"{line}\n")


def _head(move: Move, entry: int | None, facts: Mapping[str, str]) -> str:
    offer = f" {inline(move.offer, 40)}" if move.offer else ""
    cites = f", cites {_named(move.evidence, facts, sourced=True)}" if move.evidence else ""
    assumes = f", assumes {_named(move.assumes, facts)}" if move.assumes else ""
    confidence = f", confidence {move.confidence:g}" if move.confidence is not None else ""
    withheld = ", its words were withheld" if move.withheld else ""
    about = f"{offer}{cites}{assumes}{confidence}{withheld}"
    place = f", entry {entry}" if entry is not None else ""
    return f"{inline(move.id, 40)}{place}, round {move.round}: {move.sender} {_DOES[move.act]}{about}"


def _named(names: tuple[str, ...], facts: Mapping[str, str], *, sourced: bool = False) -> str:
    """Return the facts among the names, with where each is from where that is asked for.

    Anything else is words of the sender, and stands nowhere outside its quotation.
    """
    known = [name for name in dict.fromkeys(names) if name in facts]
    strange = len(set(names)) - len(known)
    if sourced:
        known = [f"{name} ({facts[name]})" for name in known]
    most = 3 * _LONGEST_NAMES if sourced else _LONGEST_NAMES
    return inline(", ".join([*known, f"{strange} unknown"] if strange else known), most)


_DOES = {
    "propose": "proposes",
    "accept": "accepts",
    "reject": "rejects",
    "withdraw": "withdraws",
    "inform": "informs",
    "query": "asks",
    "escalate": "escalates",
}
