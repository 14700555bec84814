"""What is negotiated where anything goes? Random negotiations, with a secret of each role to look for in others' views."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

from orchestrator.messages.negotiation import Negotiation
from tests.engine.fairness import HOLDS

__all__ = ["GOOD", "Pick", "negotiation_by", "secrets_of"]

T = TypeVar("T")


class Pick(Protocol):
    """Choose one of some options; the first is the simplest."""

    def __call__(self, options: Sequence[T], /) -> T:
        """Return one of them."""
        ...


GOOD: dict[str, list[object]] = {
    "price": [40, 20, 30, 50, 60, 0, 100],
    "colour": ["red", "blue"],
    "start": [f"2026-03-0{day}" for day in (3, 1, 5, 9)],
    "seats": [1, 2, 5],
    "haste": [True, False],
}
"""Values on the grid of each issue; whether rules allow them is another question."""

_ISSUES: dict[str, dict[str, object]] = {
    "price": {"kind": "number", "min": 0, "max": 100, "step": 10},
    "colour": {"kind": "choice", "options": ["red", "blue"]},
    "start": {"kind": "date", "min": "2026-03-01", "max": "2026-03-09"},
    "seats": {"kind": "choice", "options": ["1", "2", "5"], "numeric": True},
    "haste": {"kind": "flag"},
}
_WORTHS: dict[str, list[dict[str, object]]] = {
    "price": [{"kind": "number", "best": 0, "worst": 100}, {"kind": "number", "best": 90, "worst": 10}],
    "colour": [
        {"kind": "options", "values": [["red", 1], ["blue", 0.2]]},
        {"kind": "options", "values": [["red", 0], ["blue", 1]]},
    ],
    "start": [{"kind": "date", "best": "2026-03-02", "worst": "2026-03-08"}],
    "seats": [{"kind": "options", "values": [["1", 0.5], ["2", 1], ["5", 0]]}],
    "haste": [{"kind": "options", "values": [["true", 0.3], ["false", 1]]}],
}


def negotiation_by(pick: Pick) -> Negotiation:
    """Return two to four roles over one to four issues, with rules, gates, mandates and stops as picked."""
    issues = ["price", *(name for name in list(_ISSUES)[1:] if pick((False, True)))][:4]
    names = ["ann", "bob", "cat", "dan"][: pick((2, 3, 4))]
    texts = [text for text, meaning in HOLDS.items() if meaning.issues <= set(issues)]
    maybe = (False, True)
    return Negotiation.model_validate(
        {
            "name": "wild",
            "title": "Anything goes",
            "pattern": "coalition",
            "issues": [{**_ISSUES[name], "name": name} for name in issues],
            "facts": [_fact("stock", names, names), *(_fact(f"secret-{name}", [name], names) for name in names)],
            "roles": [_role(pick, name, issues, texts) for name in names],
            "policies": [{"id": f"policy-{text}", "rule": text} for text in [pick(texts)] if pick(maybe)],
            "gates": [{"id": f"gate-{place}", "when": pick(texts), "approver": "boss"} for place in range(pick((0, 1, 2)))],
            "agreement": _agreement(pick, names),
            "stop": {
                "rounds": pick((1, 2, 3, 5, 8)),
                "seconds": pick((600, 600, 600, 3)),
                "offer_ttl_rounds": pick((1, 2, 3)),
                "unchanged_rounds": pick((1, 2, 4)),
                "min_improvement": pick((0.0, 0.0, 0.1)),
                "repairs": pick((0, 1, 2)),
            },
        }
    )


def secrets_of(name: str) -> tuple[str, str]:
    """Return words that only the views of this role may hold."""
    return f"LIMIT-OF-{name}", f"VALUE-OF-secret-{name}"


def _fact(name: str, roles: list[str], everybody: list[str]) -> dict[str, object]:
    value = f"VALUE-OF-{name}"
    source = "a book" if roles == everybody else "a diary"
    common = {"kind": "text", "value": value, "says": "something", "source": source, "as_of": "2026-01-01"}
    return {"name": name, "visible_to": roles, **common}


def _role(pick: Pick, name: str, issues: list[str], texts: list[str]) -> dict[str, object]:
    valued = [issue for issue in issues if pick((False, True))] or issues[:1]
    return {
        "name": name,
        "prompt": f"{name}.md",
        "words": pick(("grounded", "open", "strict")),
        "fallback": pick(("strategy", "hold", "strategy", "hold", "strategy", "strategy", "strategy", "escalate")),
        "mandate": {
            "limits": [{"id": secrets_of(name)[0], "rule": text} for text in [pick(texts)] if pick((False, False, True))],
            "reserve": pick((0.0, 0.0, 0.3, 0.5)),
            "worths": [{**pick(_WORTHS[issue]), "issue": issue, "weight": 1 / len(valued)} for issue in valued],
        },
    }


def _agreement(pick: Pick, names: list[str]) -> dict[str, object]:
    if pick((True, False)):
        return {"needs": "all"}
    return {"needs": "quorum", "quorum": pick(range(2, len(names) + 1)), "always": pick(([], [], names[-1:]))}
