"""What is negotiated while workers die? A short haggle over one shared pot, and who writes its drafts by its prompt alone."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

__all__ = ["POT", "State", "draft_for", "read_state", "write_folder"]

POT = "q1-hours"

_NEGOTIATION = """\
name: haggle
title: Hours of a studio
pattern: concession
currency: EUR
issues:
  price: {kind: number, unit: EUR, min: 100, max: 200, step: 1, owner: seller}
  hours: {kind: number, unit: hour, min: 10, max: 100, step: 10, owner: buyer}
roles:
  buyer:
    prompt: buyer.md
    limits: [{id: most, rule: 'price <= 170', why: the plan of the year}]
    utility:
      reserve: 0.1
      issues: {price: {weight: 0.7, best: 100, worst: 180}, hours: {weight: 0.3, best: 100, worst: 10}}
  seller:
    prompt: seller.md
    limits: [{id: least, rule: 'price >= 130', why: cost}]
    utility:
      reserve: 0.1
      issues: {price: {weight: 0.7, best: 200, worst: 120}, hours: {weight: 0.3, best: 10, worst: 100}}
agreement: {needs: all}
stop: {rounds: 14, seconds: 100000, offer_ttl_rounds: 4, unchanged_rounds: 14}
"""

_BUDGETS = f"""\
budgets:
  file: budgets.yaml
  takes: [{{pot: {POT}, amount: hours}}]
"""

_POTS = """\
pots:
  - {name: q1-hours, title: Hours of the first quarter, unit: hour, size: SIZE, why: what the studio has}
"""

_PROMPT = """\
---
window: 8000
reply: 400
---
You are the {{ role }} in talk TALK.

{% include "house/brief.md" %}
"""

_STATE = re.compile(r"^round (\d+) of \d+; it is your turn, (\w+)$", re.MULTILINE)
_OFFER = re.compile(r"^- (\S+) by (\w+) (\{.*\})$", re.MULTILINE)


def write_folder(folder: Path, *, pot: int = 0) -> Path:
    """Write the files of the haggle into a folder and return it; with a pot of so many hours that all talks share."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "negotiation.yaml").write_text(_NEGOTIATION + (_BUDGETS if pot else ""), "utf-8")
    if pot:
        (folder / "budgets.yaml").write_text(_POTS.replace("SIZE", str(pot)), "utf-8")
    for role in ("buyer", "seller"):
        (folder / f"{role}.md").write_text(_PROMPT.replace("{{ role }}", role), "utf-8")
    return folder


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What a prompt says of a talk."""

    role: str
    round: int
    offer: str
    """The other's standing offer; empty where there is none."""
    price: int


def read_state(prompt: str) -> State:
    """Return what a prompt says. Raises ValueError where it says nothing of a talk."""
    state = _STATE.search(prompt)
    if state is None:
        raise ValueError("the prompt has no state of a talk")
    role = state[2]
    others = [found for found in _OFFER.finditer(prompt) if found[2] != role]
    price = int(json.loads(others[-1][3])["price"]) if others else 0
    return State(role=role, round=int(state[1]), offer=others[-1][1] if others else "", price=price)


def draft_for(state: State) -> str:
    """Return the draft of a negotiator who moves a step each round, and takes what is no worse than the next step."""
    is_buyer = state.role == "buyer"
    wants = 110 + 6 * state.round if is_buyer else 190 - 6 * state.round
    wants = min(wants, 170) if is_buyer else max(wants, 130)
    is_good = state.price <= wants if is_buyer else state.price >= wants
    if state.offer and is_good:
        return json.dumps({"act": "accept", "offer": state.offer})
    return json.dumps(
        {"act": "propose", "terms": {"price": wants, "hours": 100}, "text": f"I propose {wants} EUR for 100 hours."}
    )
