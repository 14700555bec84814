"""What proves an agreement? Digests of what was agreed and under which files, who approved, and the signed head."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from orchestrator.engine import Session
from orchestrator.messages.entry import Entry
from orchestrator.messages.event import Approved, Denied, Ended, Opened
from orchestrator.messages.move import Ruling
from orchestrator.messages.terms import exact
from orchestrator.report.clean import clean
from orchestrator.report.outcome import spending, spending_accounts, terms_json
from orchestrator.report.printed import Json
from orchestrator.report.repeats import repeats_json, repeats_lines
from orchestrator.report.standing import rounds_used, standing

__all__ = ["receipt", "receipt_lines"]


def receipt(session: Session, entries: Sequence[Entry], signature: str) -> dict[str, Json]:
    """Return the receipt of a session as JSON; `signature` is that of its head, empty where the head is not signed."""
    settings = session.settings
    opened = next(event for event in entries[0].events if isinstance(event, Opened))
    stands = standing(session, entries)
    return {
        "session": session.id,
        "name": settings.negotiation.name,
        "status": stands.status,
        "reason": stands.reason,
        "opened": entries[0].at,
        "closed": _closed(entries).at,
        "rounds": rounds_used(session),
        "terms": terms_json(session.terms),
        "digest": session.digest,
        "backers": list(session.backers),
        "digests": {"negotiation": opened.negotiation, "prompts": opened.prompts, "rules": opened.rules},
        "models": {role.name: seat.model for role in session.roles if (seat := session.seat(role.name))},
        "spending": spending(session),
        "seed": settings.seed,
        "approvals": [_ruling(ruling, at) for ruling, at in _rulings(entries) if _counts(session, ruling)],
        "denials": [_ruling(ruling, at) for ruling, at in _rulings(entries) if not ruling.approved],
        **repeats_json(entries, len(session.roles)),
        **({"breaks": breaks} if (breaks := _breaks(session)) else {}),
        "head": {"entry": entries[-1].seq, "digest": session.head, "signature": signature},
        "key": settings.key,
        "version": settings.version,
        "rules_version": settings.rules_version,
        "supersedes": settings.supersedes,
        **({"cause": settings.cause.model_dump(mode="json")} if settings.cause else {}),
    }


def receipt_lines(session: Session, entries: Sequence[Entry], signature: str) -> Iterator[str]:
    """Yield the receipt for a person, without what the plan says already."""
    settings = session.settings
    opened = next(event for event in entries[0].events if isinstance(event, Opened))
    yield f"session      {session.id}"
    if settings.supersedes:
        yield f"supersedes   {settings.supersedes}"
    if settings.cause:
        yield clean(f"reopened by  {', '.join(settings.cause.triggers)}: {settings.cause.why}", 400)
    yield f"terms        {session.digest or 'none are binding'}"
    yield f"negotiation  {opened.negotiation}"
    yield f"prompts      {opened.prompts}"
    yield f"rules        {opened.rules}"
    for account in spending_accounts(session):
        used = f"{exact(account.usd)} USD, {account.calls} calls, {account.tokens} tokens"
        yield f"spent        {used} by {account.role or 'all together'}"
    yield from repeats_lines(entries, len(session.roles))
    for ruling, at in _rulings(entries):
        if _counts(session, ruling) or not ruling.approved:
            yield _ruling_line(ruling, at)
    for frozen in session.course.freezes:
        yield f"frozen       {clean(frozen.why, 200)}"
    for thaw in session.course.thaws:
        note = f": {clean(thaw.note, 200)}" if thaw.note else ""
        yield f"unfrozen     {'let go on' if thaw.goes_on else 'ended'} by {clean(thaw.by, 80)}{note}"
    yield f"head         {session.head} (entry {entries[-1].seq})"
    yield f"signature    {signature or 'none: the head is not signed'}"
    yield f"signed by    {settings.key}"
    yield f"made by      handfast {settings.version}, rules version {settings.rules_version}"


def _closed(entries: Sequence[Entry]) -> Entry:
    """Return the entry that ended the session, or the last one; an agreement's record goes on after its end."""
    ended = (entry for entry in entries for event in entry.events if isinstance(event, Ended))
    return next(ended, entries[-1])


def _breaks(session: Session) -> list[Json]:
    """Return how the session froze, and what became of it; the last one may have no answer yet."""
    answers: list[Json] = [{"by": thaw.by, "goes_on": thaw.goes_on, "note": thaw.note} for thaw in session.course.thaws]
    return [
        {"breaker": froze.breaker, "why": froze.why, "person": froze.person, "answer": answer}
        for froze, answer in zip_longest(session.course.freezes, answers)
        if froze is not None
    ]


def _rulings(entries: Iterable[Entry]) -> Iterator[tuple[Ruling, str]]:
    for entry in entries:
        for event in entry.events:
            if isinstance(event, Approved | Denied):
                yield event.ruling, entry.at


def _counts(session: Session, ruling: Ruling) -> bool:
    # The same terms, offered anew, are another offer and need another approval.
    return ruling.approved and ruling.offer == session.settled


def _ruling(ruling: Ruling, at: str) -> Json:
    return {
        "gate": ruling.gate,
        "by": ruling.by,
        "at": at,
        "beforehand": ruling.beforehand,
        "offer": ruling.offer,
        "digest": ruling.digest,
        "note": ruling.note,
    }


def _ruling_line(ruling: Ruling, at: str) -> str:
    done = "approved" if ruling.approved else "denied"
    how = ", given beforehand" if ruling.beforehand else ""
    note = f": {clean(ruling.note, 200)}" if ruling.note else ""
    return f"{done:<12} {ruling.gate} by {clean(ruling.by, 80)} at {at}{how}{note}"
