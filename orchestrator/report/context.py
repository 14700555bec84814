"""Who holds how much of whose window, and who sent how much? Exact figures, summed from what was counted once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from orchestrator.engine import Session
from orchestrator.messages.entry import Entry
from orchestrator.messages.event import Held, Tabled
from orchestrator.messages.move import Move, Offer
from orchestrator.messages.reply import Written
from orchestrator.messages.suspicion import Reason
from orchestrator.messages.value import RoleName
from orchestrator.messages.window import Window
from orchestrator.report.figures import listed, plural
from orchestrator.report.printed import Json

__all__ = ["Seen", "Sent", "context", "seen", "sent", "use_lines", "warnings"]

_WORTH_A_WARNING = 1_000
"""Tokens that add no term, or were flagged, and that somebody who approves should know of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What one role said."""

    role: RoleName
    messages: int
    """With words."""
    tokens: int
    """Of the words as they were written."""
    cut: int
    """Of them, those that nobody got, cut or withheld."""
    size: int
    """UTF-8 bytes of the words that passed."""
    withheld: int
    """Messages whose words were withheld."""
    flagged: tuple[Move, ...]
    rounds: tuple[int, ...]
    """Tokens in each round."""
    per_second: float | None
    """Messages with words in a second of driven time; None where no time went by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """The windows that one role's model wrote from: the last one of each round."""

    role: RoleName
    rounds: tuple[tuple[int, Window], ...]

    @property
    def last(self) -> Window | None:
        """Return the window of the last prompt."""
        return self.rounds[-1][1] if self.rounds else None


def sent(session: Session) -> tuple[Sent, ...]:
    """Return what each role said, in the order of their turns."""
    last = max((move.round for move in session.moves), default=0)
    return tuple(_sent(session, role.name, last) for role in session.roles)


def seen(session: Session, entries: Iterable[Entry]) -> tuple[Seen, ...]:
    """Return the windows of each role, in the order of their turns."""
    found: dict[RoleName, dict[int, Window]] = {role.name: {} for role in session.roles}
    turn = 0
    for entry in entries:
        reply = entry.reply
        if isinstance(reply, Written) and reply.window is not None and reply.role in found:
            found[reply.role][turn // len(session.roles) + 1] = reply.window
        turn += sum(isinstance(event, Tabled | Held) for event in entry.events)
    return tuple(Seen(role=role, rounds=tuple(windows.items())) for role, windows in found.items())


def context(session: Session, entries: Iterable[Entry]) -> dict[str, Json]:
    """Return all figures as JSON: what each role sent, and who holds what of each window, by round and in all."""
    windows = seen(session, entries)
    return {
        "estimated": any(window.estimated for each in windows for _, window in each.rounds),
        "sent": {each.role: _sent_json(each) for each in sent(session)},
        "windows": {each.role: _seen_json(session, each) for each in windows if each.last is not None},
    }


def use_lines(session: Session, entries: Iterable[Entry]) -> Iterator[str]:
    """Yield for each role how full its window was when it last wrote, and whose words filled it."""
    for each in seen(session, entries):
        window = each.last
        if window is not None:
            about = " (estimated)" if window.estimated else ""
            parts = [f"{role.name} {held:,}" for role, held in zip(session.roles, window.held, strict=False)]
            share = f"{window.used * 100 / window.size:.0f} % of {window.size:,} tokens{about}"
            yield f"{each.role} used {share}: pinned {window.pinned:,}, {', '.join(parts)}"


def warnings(session: Session, offer: Offer) -> Iterator[str]:
    """Yield what somebody who approves an offer should know of the words before it."""
    for role in session.roles:
        rounds, tokens = _idle(session, role.name, offer.turn)
        if tokens >= _WORTH_A_WARNING:
            span = f"{rounds} {plural(rounds, 'round')}"
            yield f"this offer followed {span} in which {role.name} sent {tokens:,} tokens that added no term"
        flagged = [move for move in session.moves if move.sender == role.name and move.suspicion is not None]
        lost = sum(move.tokens for move in flagged)
        if lost >= _WORTH_A_WARNING:
            names = dict.fromkeys(reason.name for move in flagged for reason in _reasons(move))
            why = f": {listed(list(names)[:3])}" if names else ""
            many = f"{len(flagged)} {plural(len(flagged), 'message')}"
            yield f"{many} of {role.name}, {lost:,} tokens, {'was' if len(flagged) == 1 else 'were'} flagged{why}"


def _reasons(move: Move) -> tuple[Reason, ...]:
    return move.suspicion.reasons if move.suspicion else ()


def _idle(session: Session, role: RoleName, turn: int) -> tuple[int, int]:
    """Return for how many rounds before a turn a role had added no term, and how many tokens it sent in them."""
    own = [move for move in session.moves if move.sender == role and move.turn < turn]
    rounds = tokens = 0
    for place in range(len(own) - 1, -1, -1):
        move = own[place]
        if move.act == "propose" and not any(old.digest == move.digest for old in own[:place] if old.act == "propose"):
            break
        rounds += 1
        tokens += move.tokens
    return rounds, tokens


def _sent(session: Session, role: RoleName, last: int) -> Sent:
    own = [move for move in session.moves if move.sender == role]
    rounds = [0] * last
    for move in own:
        rounds[move.round - 1] += move.tokens
    worded = sum(move.tokens > 0 or bool(move.text) for move in own)
    return Sent(
        role=role,
        messages=worded,
        tokens=sum(rounds),
        cut=sum(move.cut for move in own),
        size=sum(len(move.text.encode("utf-8", "replace")) for move in own),
        withheld=sum(move.withheld for move in own),
        flagged=tuple(move for move in own if move.suspicion is not None),
        rounds=tuple(rounds),
        per_second=worded * 1000 / session.millis if session.millis else None,
    )


def _sent_json(each: Sent) -> Json:
    return {
        "messages": each.messages,
        "tokens": each.tokens,
        "bytes": each.size,
        "cut": each.cut,
        "withheld": each.withheld,
        "flagged": [{"move": move.id, "score": move.suspicion.score if move.suspicion else 0.0} for move in each.flagged],
        "per_second": None if each.per_second is None else round(each.per_second, 3),
        "rounds": list(each.rounds),
        "growth": [after - before for before, after in pairwise(each.rounds)],
    }


def _seen_json(session: Session, each: Seen) -> Json:
    names = [role.name for role in session.roles]
    totals: dict[str, Json] = {name: sum(window.held[place] for _, window in each.rounds) for place, name in enumerate(names)}
    rounds: list[Json] = [{"round": number, **_window_json(names, window)} for number, window in each.rounds]
    return {"window": each.rounds[-1][1].size, "rounds": rounds, "total": totals}


def _window_json(names: list[RoleName], window: Window) -> dict[str, Json]:
    return {"pinned": window.pinned, "held": dict(zip(names, window.held, strict=False))}
