"""What is on the table right now, in one picture? The round, who speaks, the standing offers, words, findings, costs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rich.console import Group
from rich.table import Table
from rich.text import Text

from orchestrator.cli.gauges import gauges_of
from orchestrator.engine import Session
from orchestrator.engine.patterns.bidding import is_sealed
from orchestrator.messages.move import Move, Offer
from orchestrator.messages.negotiation import Issue
from orchestrator.messages.terms import Day, Number, Term, Terms
from orchestrator.messages.window import Window
from orchestrator.report.clean import clean
from orchestrator.report.figures import duration, label, named, short, short_id
from orchestrator.report.telling import Tone

__all__ = ["TONES", "Picture", "draw"]

TONES: dict[Tone, str] = {
    "move": "",
    "words": "dim",
    "refused": "red",
    "finding": "red",
    "fall": "yellow",
    "gate": "magenta",
    "end": "bold green",
    "aside": "dim",
}
"""The colour of each kind of line."""

_LABEL = 18
_COLUMN = 11
_WORDS_OF = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What is to be seen."""

    session: Session
    before: Mapping[str, Terms]
    """What each role offered before the offer that stands now."""
    findings: tuple[str, ...]
    """The latest, oldest first."""
    waited: float
    """Seconds since anything happened."""
    windows: Mapping[str, Window]
    """What each role's model last wrote from."""


def draw(picture: Picture, width: int, height: int, *, unicode: bool = True) -> Group:
    """Return the picture for a terminal of this size; what matters least is left out where it is small."""
    session = picture.session
    parts: list[Text | Table] = [Text("─" * width if unicode else "-" * width, style="dim"), _head(picture, width)]
    table = _offers(picture, width, unicode=unicode)
    room = height - len(session.agenda.issues) - 8
    parts.append(table)
    if room > 0:
        parts.append(_tokens(session, width))
    gauges = gauges_of(session, picture.windows, width, unicode=unicode)
    if room > len(gauges):
        parts.extend(gauges)
        room -= len(gauges)
    if room > 1:
        parts.extend(_last_words(session, width, min(_WORDS_OF, room - 1)))
    if room > 1 + _WORDS_OF:
        parts.extend(Text(clean(f"! {text}", width), style=TONES["finding"]) for text in picture.findings)
    return Group(*parts)


def _head(picture: Picture, width: int) -> Text:
    session = picture.session
    stop = session.stop
    left = max(0.0, stop.seconds - session.millis / 1000 - (picture.waited if _is_talking(session) else 0))
    parts = [f"round {min(session.round, stop.rounds)} of {stop.rounds}", _now(picture)]
    if session.phase != "over":
        parts.insert(1, f"{duration(left)} left")
    return Text(clean(" · ".join(parts), width), style="bold", overflow="ellipsis", no_wrap=True)


def _is_talking(session: Session) -> bool:
    return session.phase in ("asking", "repairing", "falling_back")


def _now(picture: Picture) -> str:
    session = picture.session
    if not _is_talking(session):
        return {"approving": "approvals are sought", "frozen": "frozen", "over": session.status or "over"}.get(
            session.phase, session.phase
        )
    does = {"repairing": "mends its draft", "falling_back": "falls back"}.get(session.phase, "writes")
    return f"{session.speaker.name} {does}" + (f" ({duration(picture.waited)})" if picture.waited >= 1 else "")


def _offers(picture: Picture, width: int, *, unicode: bool) -> Table:
    session = picture.session
    offers = _that_fit(session, width)
    table = Table(box=None, padding=(0, 1, 0, 0), expand=False, show_edge=False)
    table.add_column("", style="dim", no_wrap=True, max_width=_LABEL, overflow="ellipsis")
    for offer in offers:
        table.add_column(
            Text(clean(f"{offer.sender} {short_id(offer.id)}", 40)), min_width=_COLUMN - 1, overflow="ellipsis", no_wrap=True
        )
    if not offers:
        table.add_column(Text("nothing is on the table yet", style="dim"))
    for issue in session.agenda.issues:
        table.add_row(label(issue.name), *(_cell(picture, offer, issue, unicode=unicode) for offer in offers))
    room = (width - _LABEL) // max(1, len(offers))
    table.add_row("backed by", *(_backers(session, offer, room) for offer in offers))
    return table


def _that_fit(session: Session, width: int) -> Sequence[Offer]:
    most = max(1, (width - _LABEL) // _COLUMN)
    seen = [offer for offer in session.offers if not is_sealed(session, offer.sender)]
    latest = sorted(seen, key=lambda offer: offer.turn)[-most:]
    places = {role.name: place for place, role in enumerate(session.roles)}
    return sorted(latest, key=lambda offer: places.get(offer.sender, -1))


def _cell(picture: Picture, offer: Offer, issue: Issue, *, unicode: bool) -> Text:
    term = named(offer.terms).get(issue.name)
    if term is None:
        return Text("open", style="dim italic")
    before = named(picture.before.get(offer.sender, ())).get(issue.name)
    if before is None or before == term:
        return Text(clean(short(term, issue), 40))
    return Text(clean(f"{short(term, issue)} {_arrow(before, term, unicode=unicode)}", 40), style="bold yellow")


def _arrow(before: Term, now: Term, *, unicode: bool) -> str:
    up, down, other = ("▲", "▼", "◆") if unicode else ("^", "v", "*")
    match (before, now):
        case (Number(), Number()) | (Day(), Day()):
            return up if now.value > before.value else down  # pyright: ignore[reportOperatorIssue] - of the same kind
        case _:
            return other


def _backers(session: Session, offer: Offer, room: int) -> Text:
    backers = session.backers_of(offer.id)
    names = ", ".join(backers)
    return Text(names if len(names) < room else f"{len(backers)} of {len(session.roles)}", style="cyan")


def _tokens(session: Session, width: int) -> Text:
    parts = [f"{entry.role} {entry.prompt + entry.reply:,}" for entry in session.tokens]
    return Text(clean(f"tokens: {', '.join(parts)}", width), style="dim", no_wrap=True, overflow="ellipsis")


def _last_words(session: Session, width: int, most: int) -> Iterator[Text]:
    lately = session.moves[-len(session.roles) :]
    spoken: list[Move] = [move for move in lately if move.text and not is_sealed(session, move.sender)]
    for move in spoken[-most:]:
        yield Text(clean(f'{move.sender}: "{move.text}"', width), style="dim", no_wrap=True, overflow="ellipsis")
