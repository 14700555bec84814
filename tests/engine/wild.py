"""What may models and people do to a session? Anything: random negotiations, and replies from honest to hostile."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from orchestrator.engine import (
    Ask,
    Complete,
    Effect,
    Hold,
    Prepare,
    Rules,
    SeekApproval,
    Session,
    advance,
    begin,
    enter,
    fresh,
    pending,
    view_of,
)
from orchestrator.messages.digest import sha256
from orchestrator.messages.entry import Entry
from orchestrator.messages.negotiation import Negotiation
from orchestrator.messages.reply import (
    Completed,
    Interrupted,
    Opening,
    Reply,
    Reported,
    Requested,
    Ruled,
    Sought,
    Unfroze,
    Written,
)
from orchestrator.messages.settings import Settings
from orchestrator.messages.usage import Usage
from orchestrator.messages.value import Digest, OfferId, RoleName, SessionId
from tests.engine.judges import rules_of
from tests.engine.wild_world import GOOD, Pick

__all__ = ["NOTES", "Run", "most_answers", "run_wild"]

START = datetime(2026, 3, 1, tzinfo=UTC)
NOTES = "NOTES-OF-THE-MODEL"

_BAD: list[object] = [45, -10, 1e9, 10**40, "red", "40", "2026-02-30", "2026-03-10", "1", 3, True, None, [], {}, ""]
_RAW = [
    "",
    "I accept.",
    "[crash]",
    "[silence]",
    "[]",
    "null",
    '"propose"',
    '{"act": "inform"} {"act": "inform"}',
    '{"act": "inform", "act": "escalate"}',
    '{"act": "propose", "terms": {"price": NaN}}',
    '{"act": "propose", "terms": {"price": 1e400}}',
    '{"act": "propose", "terms": {"price": 40, "price": 100}}',
    '{"act": "inform", "text": "\\ud800"}',
    '{"act": "inform", "confidence": NaN}',
    '{"act": "inform", "role": "dan"}',
    '{"act": "seize"}',
    "[" * 10_000,
    "\x00",
    "x" * 70_000,
]
_WORDS = [
    "",
    "Good morning",
    "I take 40",
    "[scope]",
    "[injection]",
    "[leak]",
    "[terms]",
    "[history]",
    "[boom]",
    "\u202e\u200b",
    "é" * 50,
]
_EXTRAS: list[dict[str, object]] = [
    {},
    {},
    {"text": "Good morning"},
    {"assumes": ["stock"]},
    {"expires": 1},
    {"expires": 99, "confidence": 1},
    {"expires": 0},
    {"assumes": ["moon"]},
    {"confidence": 2},
]


@dataclass(slots=True)
class Run:
    """One wild session: what it was, every entry, and what the driver counted by itself."""

    settings: Settings
    rules: Rules
    session: Session
    entries: list[Entry]
    answers: int = 0
    """Replies that answered what the session waited for."""
    read: int = 0
    wrote: int = 0

    @property
    def at(self) -> datetime:
        """Return when the next reply comes."""
        return START + timedelta(seconds=len(self.entries))


def run_wild(pick: Pick, negotiation: Negotiation) -> Run:
    """Drive a session with picked replies until it is over, or has had more answers than any session may have."""
    settings = Settings(session=SessionId("wild-0000"), negotiation=negotiation)
    rules = rules_of(negotiation)
    run = Run(settings, rules, fresh(settings), [])
    _take(run, begin(settings, START, rules))
    while run.answers <= most_answers(negotiation) and (effect := pending(run.session)) is not None:
        if pick((False,) * 9 + (True,)):
            _take(run, enter(run.session, _noise(pick, run), rules))
        else:
            _take(run, enter(run.session, _answer(pick, run, effect), rules))
    return run


def most_answers(negotiation: Negotiation) -> int:
    """Return how many answers end every session: drafts of each turn with repairs and fallback, two for each gate."""
    turns = negotiation.stop.rounds * len(negotiation.roles)
    breaks = 1 if negotiation.breakers else 0
    plans = 1 if negotiation.pattern == "constraint" else 0
    return turns * (negotiation.stop.repairs + 2 + breaks + plans + 2 * len(negotiation.gates)) + 2 * len(negotiation.gates)


def _take(run: Run, entry: Entry) -> None:
    run.session = advance(run.session, entry)
    run.entries.append(entry)


def _answer(pick: Pick, run: Run, effect: Effect) -> Reply:
    run.answers += 1
    if isinstance(effect, Prepare):
        request = sha256(str(run.at).encode())
        return Requested(at=run.at, role=effect.role, model="wild", request=request, prompt=pick((0, 90)), reply=pick((0, 7)))
    if isinstance(effect, Ask):
        written = _written(pick, run, effect.role)
        run.read += written.usage.prompt
        run.wrote += written.usage.reply
        return written
    if isinstance(effect, Hold):
        return Unfroze(at=run.at, by=effect.froze.person, goes_on=pick((True, True, True, False)))
    if isinstance(effect, Complete):
        return _completed(pick, run, effect)
    gate = effect.gate if isinstance(effect, SeekApproval) else pick(effect.gates)
    if isinstance(effect, SeekApproval) and pick((True, False)):
        return Sought(at=run.at, gate=gate.id)
    approved = pick((True, True, True, False))
    return Ruled(
        at=run.at,
        gate=gate.id,
        by=gate.approver,
        approved=approved,
        offer=effect.offer.id,
        digest=effect.offer.digest,
        note=pick(("seen", "")) if isinstance(effect, SeekApproval) else "seen",
    )


def _completed(pick: Pick, run: Run, effect: Complete) -> Completed:
    """Return a solver's answer: a whole plan, one that is none, a refutation, or nothing at all."""
    given = {term.issue for term in effect.offer.terms}
    shape = pick(("whole", "whole", "none", "partial", "silent"))
    names = [issue.name for issue in run.settings.negotiation.issues if shape == "whole" or issue.name in given]
    raw = {name: pick(GOOD[name]) for name in names if name not in given}
    text = json.dumps({"act": "propose", "terms": raw}) if raw else ""
    reading = run.rules.read(text, view_of(run.session, run.session.speaker.name)) if text else None
    added = reading.draft.terms if reading and reading.draft else ()
    terms = (*effect.offer.terms, *added) if shape in ("whole", "partial") else ()
    rules = ("policy",) if shape == "none" else ()
    return Completed(at=run.at, offer=effect.offer.id, terms=terms, rules=rules)


def _written(pick: Pick, run: Run, role: RoleName) -> Written:
    text = _text(pick, run)
    began = run.at - timedelta(seconds=pick((0, 0, 0, 0.4, 1)))
    usage = Usage(prompt=pick((0, 3, 90)), reply=pick((0, 7)))
    return Written(at=run.at, role=role, model="wild", text=text, size=len(text), usage=usage, began=began)


def _text(pick: Pick, run: Run) -> str:
    standing = [str(offer.id) for offer in run.session.offers]
    shapes = (
        "inform",
        "propose",
        "accept",
        "accept",
        "propose",
        "accept",
        "propose",
        "accept",
        "any",
        "bad",
        "partial",
        "words",
        "raw",
    )
    match pick(shapes):
        case "inform":
            draft: dict[str, object] = {"act": "inform"}
        case "raw":
            return pick(_RAW)
        case "words":
            draft = {"act": "propose", "terms": _terms(pick, run, ""), "text": pick(_WORDS)}
        case "accept" if standing:
            draft = {"act": "accept", "offer": pick(standing)}
        case "any":
            draft = _any_act(pick, standing)
        case shape:
            draft = {"act": "propose", "terms": _terms(pick, run, shape)} | pick(_EXTRAS) | _package(pick, run, standing)
    return json.dumps({**draft, "notes": NOTES})


def _package(pick: Pick, run: Run, standing: list[str]) -> dict[str, object]:
    """Return what a package may have besides, where packages are talked about."""
    if run.settings.negotiation.pattern != "trade_space":
        return {}
    issues = [str(issue.name) for issue in run.settings.negotiation.issues]
    extras: list[dict[str, object]] = [{}, {}, {"conditions": issues[:1]}, {"conditions": issues}, {"conditions": ["moon"]}]
    return pick([*extras, *({"revises": offer} for offer in (*standing, "m9-zzzz", ""))])


def _any_act(pick: Pick, standing: list[str]) -> dict[str, object]:
    act = pick(("query", "accept", "reject", "withdraw", "reject", "withdraw", "withdraw", "reject", "escalate"))
    offer: object = pick([*standing, *standing, "m1-0000", "m9-zzzz", "", 7, None])
    return {"act": act, "offer": offer}


def _terms(pick: Pick, run: Run, shape: str) -> dict[str, object]:
    names = [str(issue.name) for issue in run.settings.negotiation.issues]
    terms = {name: pick(GOOD[name]) for name in names}
    if shape == "partial":
        del terms[pick(names)]
    if shape == "bad":
        terms[pick([*names, "penalty"])] = pick(_BAD)
    return terms


def _noise(pick: Pick, run: Run) -> Reply:  # noqa: PLR0911 - one for each kind
    session, at = run.session, run.at
    match pick(("interrupted", "fact", "out of turn", "opening", "sought", "ruled", "unfrozen", "completed")):
        case "interrupted":
            return Interrupted(at=at, why="the power failed")
        case "fact":
            fact = pick(session.facts)
            return Reported(
                at=at, fact=fact.model_copy(update={"value": f"{fact.value}-{pick((0, len(run.entries)))}"}), by="crm"
            )
        case "opening":
            return Opening(at=at, settings=run.settings)
        case "sought":
            return Sought(at=at, gate=pick(("moon", "gate-0", "gate-1")))
        case "unfrozen":
            return Unfroze(at=at, by=pick(("ann", "Kim ", "")), goes_on=pick((True, False)))
        case "completed":
            return Completed(at=at, offer=OfferId(pick(("m1-0000", "m9-zzzz"))), rules=pick(((), ("cap",))))
        case "ruled":
            return _false_ruling(pick, run)
        case _:
            waiting = pending(session)
            speaker = waiting.role if isinstance(waiting, Ask) else ""
            others = [RoleName("zoe"), *(role.name for role in session.roles if role.name != speaker)]
            return _written(pick, run, pick(others))


def _false_ruling(pick: Pick, run: Run) -> Ruled:
    """Return a ruling that must not count: by another, or on other terms than those that are settled."""
    offer = pick([*run.session.offers, None])
    settled = offer is not None and offer.id == run.session.settled
    return Ruled(
        at=run.at,
        gate=pick(("gate-0", "gate-1", "ladder_1", "approval", "moon")),
        by=pick(("ann", "Boss", "")) if settled else "boss",
        approved=pick((True, False)),
        offer=offer.id if offer else OfferId("m1-0000"),
        digest=offer.digest if offer else Digest(sha256(b"")),
    )
