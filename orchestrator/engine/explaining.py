"""What does a role say to an approver's question? It writes once, all guards judge it, and only its words count."""

from __future__ import annotations

from orchestrator.engine.rules import Rules, judge, read, weigh
from orchestrator.engine.ruling import elapse
from orchestrator.engine.unfold import Unfolding
from orchestrator.engine.view import view_of
from orchestrator.messages.draft import Draft
from orchestrator.messages.finding import Finding, verdict_of
from orchestrator.messages.question import Explained, Queried, Questioned
from orchestrator.messages.reply import Written

__all__ = ["explain", "query"]

_LONGEST = 4_000
"""Characters of an answer that are kept."""


def query(unfolding: Unfolding, reply: Queried, rules: Rules) -> None:
    """Take an approver's question while its gate waits, one at a time; the offer stays settled and its time goes on."""
    session = unfolding.session
    gate = next((gate for gate in session.unruled if gate.id == reply.gate), None)
    if elapse(unfolding, reply.at, rules) or session.phase != "approving" or gate is None or session.question is not None:
        return
    if reply.by in gate.people and any(role.name == reply.to for role in session.roles):
        unfolding.add(Questioned(gate=gate.id, by=reply.by, to=reply.to, question=reply.question))


def explain(unfolding: Unfolding, reply: Written, rules: Rules) -> None:
    """Take the words of the role that was asked; at fault, they are withheld and the approver is told why."""
    session = unfolding.session
    question = session.question
    if question is None or reply.role != question.to:
        return
    view = view_of(session, reply.role)
    reading = read(rules, reply.text, view)
    text = reading.draft.text if reading.draft else ""
    findings: tuple[Finding, ...] = reading.findings
    if reading.draft:
        findings = weigh((*findings, *judge(rules, Draft(act="inform", text=text), view)), view.words)
    if reply.finish == "stop" and reading.draft and verdict_of(findings) == "admit":
        why = "" if text else "it had nothing to say"
        unfolding.add(Explained(role=reply.role, text=text[:_LONGEST], why=why, findings=findings))
    else:
        unfolding.add(Explained(role=reply.role, why="its words were withheld", findings=findings))
