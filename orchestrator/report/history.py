"""How did an agreement become what it is? Its chain, each link with why it was reopened and what changed, term by term."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from orchestrator.engine import Session
from orchestrator.messages.entry import Entry
from orchestrator.messages.event import Ended
from orchestrator.messages.reopening import Cause
from orchestrator.messages.terms import exact, spoken
from orchestrator.report.clean import clean
from orchestrator.report.figures import clause, label, listed, moment, named, said, stated
from orchestrator.report.outcome import terms_json
from orchestrator.report.printed import Json
from orchestrator.report.standing import standing
from orchestrator.report.words import why

__all__ = ["Link", "binding", "history_json", "history_lines"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One session of the chain, with the agreement that it superseded, if that is known."""

    session: Session
    entries: Sequence[Entry]
    before: Session | None


def binding(links: Sequence[Link]) -> Link | None:
    """Return the link whose terms bind now: the newest that was agreed."""
    return next((link for link in reversed(links) if link.session.status == "agreed"), None)


def history_json(links: Sequence[Link]) -> list[Json]:
    """Return the chain as JSON, oldest first."""
    bound = binding(links)
    return [_link_json(link, bound) for link in links]


def history_lines(links: Sequence[Link]) -> Iterator[str]:
    """Yield the chain for a person, oldest first; lines that belong to a link are indented."""
    bound = binding(links)
    for number, link in enumerate(links, 1):
        if number > 1:
            yield ""
        yield f"{number}  {link.session.id}"
        yield from (f"   {line}" for line in _lines(link, bound))


def _lines(link: Link, bound: Link | None) -> Iterator[str]:
    session = link.session
    settings = session.settings
    yield f"opened {moment(link.entries[0].reply.at)}{_by_whom(session)}"
    if settings.cause is not None:
        yield from _cause_lines(settings.cause)
    ended = _ended(link)
    yield f"{moment(ended.reply.at)}: {why(session, link.entries)}" if ended else why(session, link.entries)
    if session.status == "agreed":
        yield from _term_lines(link)
        yield f"digest {session.digest}"
        yield from (f"approved by {who}" for who in _approvals(session))
    yield _stands(link, bound)


def _by_whom(session: Session) -> str:
    if session.settings.supersedes is None:
        return ""
    how = "by a trigger" if session.settings.cause else "by a person"
    return f", reopening {session.settings.supersedes} {how}"


def _cause_lines(cause: Cause) -> Iterator[str]:
    yield clean(f"because of {listed([repr(name) for name in cause.triggers])}: {cause.why}", 600)
    if cause.fact is not None:
        fact = cause.fact
        yield clean(f"{fact.name} was {cause.was}, became {stated(fact)} ({fact.source}, {fact.as_of.isoformat()})", 400)
    for pot in cause.pots:
        yield clean(f"pot {pot.pot}: {exact(pot.free)} of {exact(pot.size)} was free then", 400)
    if cause.due is not None:
        yield f"its date came {moment(cause.due)}"
    if cause.changes:
        yield f"open: {listed([label(name) for name in cause.changes])}; the other terms were kept"
    if cause.by:
        yield clean(f"to be told: {listed(cause.by)}", 300)


def _term_lines(link: Link) -> Iterator[str]:
    session = link.session
    if link.before is None:
        yield f"terms: {'; '.join(clause(term, session.agenda.issue(term.issue)) for term in session.terms)}"
        return
    changes = [f"{label(issue)} {old or 'open'} -> {new or 'open'}" for issue, old, new in _changes(link, words=True)]
    yield f"changed: {'; '.join(changes)}" if changes else "changed: nothing, the old terms were agreed again"


def _changes(link: Link, *, words: bool) -> Iterator[tuple[str, str, str]]:
    """Yield the issues whose terms differ from those of the agreement before, with both values."""
    session, before = link.session, link.before
    old, new = named(before.terms if before else ()), named(session.terms)
    for name in dict.fromkeys((*old, *new)):
        was, became = old.get(name), new.get(name)
        if was != became:
            issue = session.agenda.issue(name)
            told = [(said(term, issue) if words else spoken(term)) if term else "" for term in (was, became)]
            yield name, told[0], told[1]


def _approvals(session: Session) -> Iterator[str]:
    for ruling in session.rulings:
        if ruling.approved and ruling.offer == session.settled:
            yield clean(f"{ruling.by} at gate {ruling.gate}", 200)


def _stands(link: Link, bound: Link | None) -> str:
    if bound is link:
        return "these terms bind now"
    if link.session.status == "agreed":
        return "these terms were superseded"
    status = standing(link.session, link.entries).status.replace("_", " ")
    stays = f"; the terms of {bound.session.id} bind" if bound else ""
    return f"stands at: {status}{stays}"


def _ended(link: Link) -> Entry | None:
    return next((entry for entry in link.entries for event in entry.events if isinstance(event, Ended)), None)


def _link_json(link: Link, bound: Link | None) -> Json:
    session = link.session
    stands = standing(session, link.entries)
    ended = _ended(link)
    cause = session.settings.cause
    return {
        "session": session.id,
        "supersedes": session.settings.supersedes,
        "opened": link.entries[0].at,
        "ended": ended.at if ended else None,
        "status": stands.status,
        "reason": stands.reason,
        "cause": cause.model_dump(mode="json") if cause else None,
        "terms": terms_json(session.terms),
        "changes": {issue: {"was": old or None, "is": new or None} for issue, old, new in _changes(link, words=False)}
        if session.status == "agreed" and link.before is not None
        else {},
        "digest": session.digest,
        "approvals": list(_approvals(session)),
        "binds": bound is link,
    }
