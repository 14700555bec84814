"""How does a talk that is written down run? From YAML through the engine to what can be compared with the page."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from guards.shape import read
from orchestrator.engine import (
    Account,
    Ask,
    Complete,
    Hold,
    Prepare,
    Rules,
    SeekApproval,
    Session,
    Wait,
    advance,
    begin,
    due,
    enter,
    evolve,
    fresh,
    pending,
    view_of,
)
from orchestrator.engine.reopening import next_due
from orchestrator.errors import Try
from orchestrator.messages.cancelling import Cancelled
from orchestrator.messages.counter import Revised
from orchestrator.messages.digest import sha256
from orchestrator.messages.elapsed import Elapsed
from orchestrator.messages.entry import Entry
from orchestrator.messages.move import Offer
from orchestrator.messages.negotiation import Fact, Negotiation
from orchestrator.messages.pot import Pledged, PotFigures, PotsRead, PotsSeen, Room
from orchestrator.messages.question import Queried
from orchestrator.messages.reopening import Amending, Cause, Reopened
from orchestrator.messages.reply import (
    Completed,
    Granted,
    Interrupted,
    Opening,
    Reply,
    Reported,
    Requested,
    Ruled,
    Seating,
    Sought,
    Unfroze,
    Written,
)
from orchestrator.messages.settings import SeatModel, Settings
from orchestrator.messages.spend import Spend
from orchestrator.messages.terms import Terms, plain
from orchestrator.messages.trackrecord import TrackRecord
from orchestrator.messages.usage import Usage
from orchestrator.messages.value import Digest, OfferId, RoleName, SessionId
from tests.engine.judges import rules_of, text_of

__all__ = ["Played", "Yaml", "cases", "play", "played", "read_back", "settings_of", "state_of"]

Yaml: TypeAlias = dict[str, Any]
TABLES = Path(__file__).parents[1] / "tables" / "engine"
START = datetime(2026, 1, 1, 9, tzinfo=UTC)
TAIL = "-0000"
"""The end of every offer's id: the session is `talk-0000`."""

_BLANK: Yaml = {"waits": "nothing", "standing": [], "backing": {}, "falls": [], "end": None, "terms": None}
"""What is expected of a case that doesn't say otherwise; all other keys are compared only where a case names them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """A talk to its last written reply: the session, its entries, and every step through the table of transitions."""

    session: Session
    entries: tuple[Entry, ...]
    steps: tuple[tuple[str, str], ...]
    rules: Rules = field(repr=False)


@cache
def cases() -> dict[str, Yaml]:
    """Return all written-out cases by their id."""
    talks = yaml.safe_load((TABLES / "talks.yaml").read_text(encoding="utf-8"))
    found: dict[str, Yaml] = {}
    for path in sorted(TABLES.glob("*.yaml")):
        if path.name != "talks.yaml":
            for case in yaml.safe_load(path.read_text(encoding="utf-8")):
                name = f"{path.stem}/{case['id']}"
                assert name not in found, f"{name} stands twice"
                found[name] = {**case, "talk": _with(talks[case["talk"]], case.get("with", {}))}
    return found


def settings_of(case: Yaml) -> Settings:
    """Return what a case's session is opened with."""
    return Settings(
        session=SessionId("talk" + TAIL),
        negotiation=Negotiation.model_validate(case["talk"]),
        precedent=case.get("precedent", ()),
        models=case.get("models", ()),
        spend=Spend.model_validate(case.get("spend", {})),
        supersedes=SessionId("before") if "pledged" in case else None,
        pledges=tuple(_pledge(pot, held) for pot, held in case.get("pledged", {}).items()),
    )


@cache
def played(name: str) -> Played:
    """Play a case of the tables, once."""
    return play(cases()[name])


def play(case: Yaml) -> Played:
    """Play a case to the end of its replies."""
    settings = settings_of(case)
    rules = rules_of(settings.negotiation, broken=case.get("broken", ""))
    session, at = fresh(settings), START
    entries = [begin(settings, at, rules, _rooms(case.get("rooms", {})))]
    steps: list[tuple[str, str]] = []
    session = _follow(session, entries[-1], steps)
    for step in case.get("replies", []):
        at += timedelta(seconds=step.get("pause", 0) + step.get("seconds", 0))
        entries.append(enter(session, _reply(session, step, at), rules))
        session = _follow(session, entries[-1], steps)
    return Played(session=session, entries=tuple(entries), steps=tuple(steps), rules=rules)


def _follow(session: Session, entry: Entry, steps: list[tuple[str, str]]) -> Session:
    after = session
    for event in entry.events:
        steps.append((after.phase, event.kind))
        after = evolve(after, event)
    return advance(session, entry)


def _with(talk: Yaml, changes: Yaml) -> Yaml:
    """Return a talk with other settings; `roles` names roles, and what is theirs is changed key by key."""
    changed = {**talk, **changes}
    changed["stop"] = {**talk["stop"], **changes.get("stop", {})}
    own = changes.get("roles", {})
    changed["roles"] = [{**role, **own.get(role["name"], {})} for role in talk["roles"]]
    return changed


def _reply(session: Session, step: Yaml, at: datetime) -> Reply:  # noqa: C901, PLR0911, PLR0912 - one for each kind
    kind = next(iter(step))
    match kind:
        case "approve" | "deny":
            return _ruled(session, step, at, kind)
        case "seek":
            return Sought(at=at, gate=step[kind])
        case "report":
            return Reported(at=at, fact=_fact(session, step), by=step["by"], live=step.get("live", ""))
        case "interrupt":
            return Interrupted(at=at, why=step[kind], tries=_tries(step))
        case "request":
            role, digest = RoleName(step[kind]), sha256(str(at).encode())
            return Requested(at=at, role=role, model="m", request=digest, prompt=step["prompt"], reply=step["reply"])
        case "grant":
            return Granted(at=at, spend=Spend.model_validate(step[kind]), role=step.get("to"))
        case "seat":
            model = SeatModel(role=RoleName(step[kind]), model=step["model"], costly=step["model"].startswith("human:"))
            return Seating(at=at, seat=model, by=step.get("by", ""))
        case "unfreeze":
            return Unfroze(at=at, by=step["by"], goes_on=step[kind] == "on", note=step.get("note", ""))
        case "pots":
            return PotsRead(at=at, rooms=_rooms(step[kind]))
        case "see":
            return PotsSeen(at=at, pots=_figures(step[kind]), live=step.get("live", ""))
        case "elapse":
            return Elapsed(at=at + timedelta(seconds=0 if step[kind] == "now" else step[kind]))
        case "amend":
            return Amending(at=at, successor=SessionId(step[kind]))
        case "revise":
            return _revised(session, step, at)
        case "query":
            return Queried(at=at, gate=step["gate"], by=step["by"], to=RoleName(step[kind]), question=step["asks"])
        case "cancel":
            return Cancelled(at=at, by=step["by"], why=step[kind])
        case "complete":
            terms = read(
                json.dumps({"act": "propose", "terms": step["terms"]}, default=str), view_of(session, session.speaker.name)
            )
            plan = terms.draft.terms if terms.draft else ()
            offer = OfferId(step[kind] + TAIL)
            return Completed(at=at, offer=offer, terms=plan, rules=tuple(step.get("rules", ())))
        case "open":
            return Opening(at=at, settings=session.settings)
        case role:
            text = text_of(step[role], TAIL)
            return Written(
                at=at,
                role=RoleName(role),
                model="scripted",
                text=text,
                size=len(text),
                usage=Usage(prompt=step.get("read", 0), reply=step.get("wrote", 0)),
                began=at - timedelta(seconds=step.get("seconds", 0)),
                finish=step.get("finish", "stop"),
                tries=_tries(step) or (),
            )


def _rooms(left: Yaml) -> tuple[Room, ...]:
    return tuple(Room(pot=pot, size=Decimal(100), most=Decimal(most)) for pot, most in left.items())


def _figures(seen: Yaml) -> tuple[PotFigures, ...]:
    return tuple(
        PotFigures(pot=pot, size=Decimal(size), reserved=Decimal(reserved), committed=Decimal(committed))
        for pot, (size, reserved, committed) in seen.items()
    )


def _pledge(pot: str, held: int) -> Pledged:
    before = SessionId("before")
    return Pledged(pot=pot, account=before, holder=before, reserved=Decimal(0), committed=Decimal(held))


def _tries(step: Yaml) -> tuple[Try, ...] | None:
    return tuple(Try(failure="Unavailable", message="gone", **each) for each in step["tries"]) if "tries" in step else None


def _ruled(session: Session, step: Yaml, at: datetime, kind: str) -> Ruled:
    offer = session.offer(session.settled)
    return Ruled(
        at=at,
        gate=step[kind],
        by=step["by"],
        approved=kind == "approve",
        offer=OfferId(step["offer"] + TAIL if "offer" in step else offer.id if offer else "m1" + TAIL),
        digest=Digest(sha256(b"another") if "digest" in step or offer is None else offer.digest),
        note=step.get("note", ""),
        beforehand=step.get("beforehand", False),
    )


def _revised(session: Session, step: Yaml, at: datetime) -> Revised:
    offer = session.offer(session.settled)
    text = json.dumps({"act": "propose", "terms": step["terms"]}, default=str)
    draft = read(text, view_of(session, session.speaker.name)).draft
    return Revised(
        at=at,
        gate=step["revise"],
        by=step["by"],
        offer=offer.id if offer else OfferId("m1" + TAIL),
        digest=Digest(sha256(b"another") if "digest" in step or offer is None else offer.digest),
        terms=draft.terms if draft else (),
        note=step.get("note", ""),
    )


def _fact(session: Session, step: Yaml) -> Fact:
    known = {fact.name: fact for fact in session.facts}
    base = known.get(step["report"], session.facts[0].model_copy(update={"name": step["report"]}))
    return base.model_copy(update={"value": step["value"]})


def read_back(expected: Yaml) -> Yaml:
    """Return what is expected, with what goes without saying; `fell` asks for falls without their reasons."""
    return {key: value for key, value in {**_BLANK, **expected}.items() if key != "falls" or "fell" not in expected}


def state_of(session: Session, keys: set[str]) -> Yaml:
    """Return where a session stands in the words of the tables, as far as the keys ask for it."""
    state: Yaml = {
        "waits": _waits(session),
        "standing": [_short(offer.id) for offer in session.offers],
        "backing": {str(entry.role): _short(entry.offer) for entry in session.backing},
        "falls": [_fell(session, place) for place in range(len(session.falls))],
        "fell": [f"{_short(fall.offer)} {fall.why}" for fall in session.falls],
        "end": f"{session.status}: {session.reason}" if session.status else None,
        "terms": said(session.terms) if session.digest else None,
        "backers": [str(role) for role in session.backers],
        "offers": {_short(offer.id): said(offer.terms) for offer in session.offers},
        "turn": session.turn,
        "settled": _short(session.settled or ""),
        "steps": [f"{step.name} {step.number}: {step.says}" for step in session.course.steps],
        "packages": {_short(offer.id): _package(offer) for offer in session.offers},
        "refused": session.refusals,
        "reasons": _reasons(session),
        "moves": [_told(session, place) for place in range(len(session.moves))],
        "asked": list(session.asked),
        "due": until.isoformat() if (until := due(session)) else None,
        "question": session.question and session.question.question,
        "rulings": [_ruling(session, place) for place in range(len(session.rulings))],
        "seen": {role.name: {fact.name: fact.value for fact in view_of(session, role.name).facts} for role in session.roles},
        "tokens": {str(entry.role): [entry.prompt, entry.reply] for entry in session.tokens},
        "millis": session.millis,
        "people": {str(seat.role): seat.model for seat in session.seats if seat.is_person},
        "records": {str(each.role): _record(each) for each in session.records},
        "used": {account.role or "all": _used(account) for account in session.accounts if account.calls},
        "bound": session.bound,
        "holds": [_held(pledge) for pledge in session.pledges],
        "codes": [finding.code for finding in session.findings],
        "reopened": [_reopened(each) for each in session.aftermath.reopened],
        "next": f"{then:%Y-%m-%d %H:%M}" if (then := next_due(session)) else None,
        "may": session.request and [session.request.prompt_tokens, session.request.reply_tokens, str(session.request.cost)],
    }
    return {key: value for key, value in state.items() if key in keys}


def _held(pledge: Pledged) -> str:
    return f"{_short(pledge.holder)} {pledge.pot} {pledge.reserved} + {pledge.committed}"


def _reopened(reopened: Reopened) -> str:
    cause = reopened.cause
    if cause is None:
        return f"{reopened.successor} by a person"
    return f"{', '.join(cause.triggers)}: {cause.number}, {_crossed(cause)}, {' '.join(cause.changes) or 'all'}"


def _crossed(cause: Cause) -> str:
    if cause.fact:
        return f"{cause.fact.name} {cause.was} to {cause.fact.value}"
    if cause.pots:
        return ", ".join(f"{each.pot} {each.free} free" for each in cause.pots)
    return f"{cause.due:%Y-%m-%d %H:%M}"


def _record(record: TrackRecord) -> str:
    counts = (record.offers, record.kept, record.withdrawn, record.refused, record.floods)
    return " ".join(map(str, counts))


def _package(offer: Offer) -> str:
    of = f" of {_short(offer.revises)}" if offer.revises else ""
    return f"v{offer.version}{of}" + (f" if {', '.join(offer.conditions)}" if offer.conditions else "")


def _used(account: Account) -> str:
    return f"{account.calls} calls, {account.tokens} tokens, {account.usd} USD, {account.millis} ms"


def said(terms: Terms) -> Yaml:
    """Return terms as a table writes them."""
    return {str(term.issue): plain(term) for term in terms}


def _short(offer: str) -> str:
    return offer.removesuffix(TAIL)


def _waits(session: Session) -> str:  # noqa: PLR0911 - one for each effect
    match effect := pending(session):
        case None:
            return "nothing"
        case Prepare():
            return f"{effect.role} prepares"
        case Ask(by="strategy"):
            return f"{effect.role}'s strategy drafts"
        case Ask():
            return f"{effect.role} mends" if effect.view.attempt else f"{effect.role} drafts"
        case SeekApproval():
            return f"{effect.gate.wanted} is asked about {effect.gate.id}"
        case Hold():
            return f"{effect.froze.person} must look at it: {effect.froze.why}"
        case Complete():
            return f"a solver looks at {_short(effect.offer.id)}"
        case Wait():
            return " and ".join(f"{gate.wanted} has not ruled on {gate.id}" for gate in effect.gates)


def _fell(session: Session, place: int) -> str:
    fall = session.falls[place]
    by = f" by {fall.by}" if fall.by else ""
    reason = f": {fall.reason}" if fall.reason else ""
    return f"{_short(fall.offer)} {fall.why}{by}{reason}"


def _reasons(session: Session) -> list[str]:
    effect = pending(session)
    return sorted({finding.kind for finding in effect.view.findings}) if isinstance(effect, Ask) else []


def _told(session: Session, place: int) -> str:
    move = session.moves[place]
    about = f" {_short(move.offer)}" if move.offer else ""
    words = " (words withheld)" if move.withheld else f": {move.text}" if move.text else ""
    return f"{_short(move.id)} {move.sender} {move.act}{about}{words}"


def _ruling(session: Session, place: int) -> str:
    ruling = session.rulings[place]
    verb = "approved" if ruling.approved else "denied"
    by = "time" if ruling.expired else ruling.by
    return f"{ruling.gate} {verb} by {by} on {_short(ruling.offer)}{' beforehand' if ruling.beforehand else ''}"
