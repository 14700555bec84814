"""What can a person do in a turn? Offer, answer, speak: each asks for what it needs and ends in a draft, or in none."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

from orchestrator.cli.seat.aid import is_complete, others_offers
from orchestrator.cli.seat.asking import Asking, Question, chosen
from orchestrator.cli.seat.form import Wanted, fill, read_wanted
from orchestrator.cli.seat.table import own_terms, worth
from orchestrator.cli.seat.values import NotMeant
from orchestrator.messages.draft import Act
from orchestrator.messages.move import Offer
from orchestrator.messages.terms import Terms
from orchestrator.messages.utility import reaches_reserve
from orchestrator.messages.view import View
from orchestrator.report.clean import clean
from orchestrator.report.figures import clause, label, listed, named, short_id
from orchestrator.roles.quoting import terms_text

__all__ = ["COMMANDS", "Done", "Notebook"]

_CITED = re.compile(r"\s*\[([^\[\]]{1,400})\]\s*$")
_OFFER = re.compile(r"m\d+(-\w+)?", re.ASCII)


@dataclass(slots=True, kw_only=True)
class Notebook:
    """What a person wrote last, kept so that a refused offer can be mended instead of written again."""

    terms: Terms = ()
    greeted: bool = False
    missed: bool = False
    """Whether there were moves before the person could see any."""


Done: TypeAlias = str | tuple[str, ...]
"""A draft, or the lines that a person is shown instead."""


def _offer(view: View, notebook: Notebook, rest: str) -> Asking[Done]:
    wanted = read_wanted(view, rest)
    start = _start(view, notebook) if wanted.start is None else wanted.start
    given = {**named(start), **named(wanted.set)}
    terms: Terms | None = tuple(
        given[issue.name] for issue in view.agenda.issues if issue.name in given and issue.name not in wanted.opened
    )
    if not wanted.is_whole:
        terms = yield from fill(view, terms or ())
    if not terms:
        return ("No offer was made." if terms is None else "An offer needs a value for one issue at least.",)
    words = yield Question(tuple(_summary(view, terms)), "Words with it (Enter for none): ")
    if not (yield from chosen("Send it?", otherwise=True)):
        notebook.terms = terms
        return ("Not sent. It is kept: offer starts from it.",)
    notebook.terms = terms
    return _draft(view, "propose", words, terms=terms, wanted=wanted)


def _start(view: View, notebook: Notebook) -> Terms:
    """Return what an offer starts from: the one just refused or kept, the own last one, or the newest of another."""
    newest = next((offer.terms for offer in reversed(others_offers(view))), ())
    return notebook.terms or own_terms(view) or newest or view.precedent


def _summary(view: View, terms: Terms) -> Iterator[str]:
    given = named(terms)
    clauses = [clause(given[issue.name], issue) for issue in view.agenda.issues if issue.name in given]
    yield f"Your offer: {clean(listed(clauses))}."
    missing = [label(issue.name) for issue in view.agenda.issues if issue.name not in given]
    if missing:
        yield f"It leaves {listed(missing)} open, so nobody can accept it yet."
    below = "" if reaches_reserve(view.mandate, terms) else ", below your reserve: it will be refused"
    yield f"It is worth {worth(view, terms)} to you (reserve {view.mandate.reserve:g}){below}."


def _accept(view: View, _: Notebook, rest: str) -> Asking[Done]:
    offer, words = _meant(view, "accept", rest)
    below = "" if reaches_reserve(view.mandate, offer.terms) else ", below your reserve: it will be refused"
    about = f"{short_id(offer.id)} of {offer.sender} is worth {worth(view, offer.terms)} to you{below}."
    if not (yield from chosen(f"Accept {short_id(offer.id)} as it stands?", otherwise=False, lines=(about,))):
        return ("Not accepted.",)
    return _draft(view, "accept", words, offer=offer)


def _reject(view: View, _: Notebook, rest: str) -> Asking[Done]:
    yield from ()
    offer, words = _meant(view, "reject", rest)
    return _draft(view, "reject", words, offer=offer)


def _withdraw(view: View, _: Notebook, rest: str) -> Asking[Done]:
    yield from ()
    own = view.own_offer()
    if own is None:
        return ("You have no offer that stands.",)
    word, words = _parted(rest)
    return _draft(view, "withdraw", words if word in (own.id, short_id(own.id)) else rest, offer=own)


def _parted(rest: str) -> tuple[str, str]:
    word, _, words = rest.partition(" ")
    return word, words


def _meant(view: View, act: Act, rest: str) -> tuple[Offer, str]:
    """Return the offer that is meant, and the words behind its name; without a name the only one that it can be."""
    can_be = [offer for offer in others_offers(view) if act == "reject" or is_complete(offer, view)]
    word, words = _parted(rest)
    found = next((offer for offer in view.offers if word in (offer.id, short_id(offer.id))), None)
    if found is not None:
        return found, words
    if not can_be:
        why = "no offer of another stands" if not others_offers(view) else "every offer of another leaves an issue open"
        raise NotMeant(f"There is nothing to {act}: {why}")
    if len(can_be) == 1 and not _OFFER.fullmatch(word):
        return can_be[0], rest
    ids = ", ".join(short_id(offer.id) for offer in can_be)
    raise NotMeant(f"'{clean(word, 40)}' is no offer to {act}; name one of {ids}")


def _speak(view: View, _: Notebook, rest: str, *, act: Act, prompt: str) -> Asking[Done]:
    words = rest or (yield Question((), prompt)).strip()
    return _draft(view, act, words) if words else ("Nothing was said.",)


def _pass(view: View, _: Notebook, rest: str) -> Asking[Done]:
    yield from ()
    return _draft(view, "inform", rest)


def _escalate(view: View, _: Notebook, rest: str) -> Asking[Done]:
    words = rest or (yield Question((), "Your reason: ")).strip()
    about = ("This ends the talk for all, without agreement, and hands the matter to a person.",)
    if not words or not (yield from chosen("End it?", otherwise=False, lines=about)):
        return ("The talk goes on.",)
    return _draft(view, "escalate", words)


COMMANDS: dict[str, Callable[[View, Notebook, str], Asking[Done]]] = {
    "offer": _offer,
    "accept": _accept,
    "reject": _reject,
    "withdraw": _withdraw,
    "say": partial(_speak, act="inform", prompt="Your words: "),
    "ask": partial(_speak, act="query", prompt="Your question: "),
    "pass": _pass,
    "escalate": _escalate,
}
"""What a person can do, by the word that begins its line; each raises NotMeant where the line can't be read."""


_NOTHING = Wanted()


def _draft(
    view: View, act: Act, words: str, *, terms: Terms = (), offer: Offer | None = None, wanted: Wanted = _NOTHING
) -> str:
    """Return a draft as JSON, figures exactly as they were given."""
    words, evidence = _cited(view, words.strip())
    draft: dict[str, object] = {
        "act": act,
        "offer": offer.id if offer else None,
        "text": words or None,
        "evidence": evidence or None,
        "assumes": list(wanted.assumes) or None,
        "expires": wanted.expires,
        "confidence": wanted.confidence,
        "conditions": list(wanted.conditions) or None,
        "revises": wanted.revises,
    }
    text = json.dumps({key: value for key, value in draft.items() if value is not None}, ensure_ascii=False)
    return f'{text[:-1]}, "terms": {terms_text(terms)}}}' if terms else text


def _cited(view: View, words: str) -> tuple[str, list[str]]:
    """Return the words and the facts in brackets behind them, where they are facts that the role can see."""
    found = _CITED.search(words)
    names = [name.strip() for name in found[1].split(",")] if found else []
    if found is None or not set(names) <= {fact.name for fact in view.facts}:
        return words, []
    return words[: found.start()], names
