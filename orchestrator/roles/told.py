"""What was said so far, and how much of it may a role be told? Each sender's words, within that sender's share of the room."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from orchestrator.messages.move import Move
from orchestrator.messages.value import IssueName, OfferId, RoleName
from orchestrator.roles.quoting import inline, quoted
from orchestrator.roles.tally import Counted, Tally, joined

__all__ = ["Excerpt", "Told"]

_LONGEST_NAMES = 160
_NO_ROOM = "  (its words found no room)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """The moves that a role is told, oldest first."""

    text: str
    tokens: int
    left_out: int
    """How many older moves found no room."""


@dataclass(slots=True, kw_only=True)
class _Voice:
    """All moves of one sender: in full, and as one line without the words. Sums run from the first move to each."""

    places: list[int] = field(default_factory=list[int])
    full: list[str] = field(default_factory=list[str])
    brief: list[str] = field(default_factory=list[str])
    full_sums: list[int] = field(default_factory=lambda: [0])
    brief_sums: list[int] = field(default_factory=lambda: [0])
    terms: dict[IssueName, object] = field(default_factory=dict[IssueName, object])
    """The values proposed last."""

    def add(self, place: int, full: Counted, brief: Counted) -> None:
        self.places.append(place)
        self.full.append(full.text)
        self.brief.append(brief.text)
        self.full_sums.append(self.full_sums[-1] + full.tokens)
        self.brief_sums.append(self.brief_sums[-1] + brief.tokens)

    def within(self, share: int) -> tuple[int, int, int]:
        """Return from which move on the line is told, from which on the words too, and the tokens of both."""
        everything = self.full_sums[-1]
        if everything <= share:
            return 0, 0, everything
        worded = bisect_left(self.full_sums, everything - share * 3 // 4)
        used = everything - self.full_sums[worded]
        lined = bisect_left(self.brief_sums, self.brief_sums[worded] - (share - used), hi=worded)
        return lined, worded, used + self.brief_sums[worded] - self.brief_sums[lined]


class Told:
    """The moves of one session. Each is put into words and counted once, when it is first seen."""

    def __init__(self, tally: Tally, roles: tuple[RoleName, ...], facts: frozenset[str]) -> None:
        self._tally = tally
        self._facts = facts
        self._moves: tuple[Move, ...] = ()
        self._voices: dict[RoleName, _Voice] = {role: _Voice() for role in roles}
        self.changed: dict[OfferId, tuple[IssueName, ...]] = {}
        """For each proposal, the issues that differ from its sender's one before."""

    def follows(self, moves: tuple[Move, ...]) -> bool:
        """Return whether these moves go on from those that were heard."""
        known = len(self._moves)
        if known == 0:
            return True
        return len(moves) >= known and (moves[known - 1] is self._moves[-1] or moves[:known] == self._moves)

    def hear(self, moves: tuple[Move, ...]) -> None:
        """Take in all moves that are new."""
        for place in range(len(self._moves), len(moves)):
            self._hear(place, moves[place])
        self._moves = moves

    def excerpt(self, room: int) -> Excerpt:
        """Return the newest moves of each sender that fit its share; older ones without their words, then none."""
        share = max(0, room) // len(self._voices)
        told: list[tuple[int, str]] = []
        tokens = 0
        for voice in self._voices.values():
            lined, worded, used = voice.within(share)
            tokens += used
            told.extend(zip(voice.places[lined:worded], voice.brief[lined:worded], strict=True))
            told.extend(zip(voice.places[worded:], voice.full[worded:], strict=True))
        told.sort()
        return Excerpt(text="".join([text for _, text in told]), tokens=tokens, left_out=len(self._moves) - len(told))

    def _hear(self, place: int, move: Move) -> None:
        voice = self._voices.setdefault(move.sender, _Voice())
        typed = self._typed(move)
        words = quoted(move.text)
        if words:
            voice.add(place, joined((typed, self._tally.text(words))), joined((typed, self._tally.line(_NO_ROOM))))
        else:
            voice.add(place, typed, typed)
        if move.act == "propose":
            terms: dict[IssueName, object] = {term.issue: term.value for term in move.terms}
            if voice.terms:
                self.changed[move.id] = tuple(issue for issue, value in terms.items() if voice.terms.get(issue) != value)
            voice.terms = terms

    def _typed(self, move: Move) -> Counted:
        """Return the typed part of a move, which is told whatever becomes of its words."""
        head = self._tally.text(f"{_head(move, self._facts)}\n")
        if move.digest is None or not move.terms:
            return head
        return joined((head, self._tally.terms(move.terms, move.digest)))


def _head(move: Move, facts: frozenset[str]) -> str:
    offer = f" {inline(move.offer, 40)}" if move.offer else ""
    cites = f", cites {_named(move.evidence, facts)}" if move.evidence else ""
    assumes = f", assumes {_named(move.assumes, facts)}" if move.assumes else ""
    confidence = f", confidence {move.confidence:g}" if move.confidence is not None else ""
    withheld = ", its words were withheld" if move.withheld else ""
    about = f"{offer}{cites}{assumes}{confidence}{withheld}"
    return f"{inline(move.id, 40)}, round {move.round}: {move.sender} {_DOES[move.act]}{about}"


def _named(names: tuple[str, ...], facts: frozenset[str]) -> str:
    """Return the facts among the names. Anything else is words of the sender, and stands nowhere outside its quotation."""
    known = [name for name in dict.fromkeys(names) if name in facts]
    strange = len(set(names)) - len(known)
    return inline(", ".join([*known, f"{strange} unknown"] if strange else known), _LONGEST_NAMES)


_DOES = {
    "propose": "proposes",
    "accept": "accepts",
    "reject": "rejects",
    "withdraw": "withdraws",
    "inform": "informs",
    "query": "asks",
    "escalate": "escalates",
}
