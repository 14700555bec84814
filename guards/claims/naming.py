"""Do the words accept, sign or decide in the name of others? `On behalf of the stage`, `I accept this for you as well`."""

# ruff: noqa: E501 - phrases stay whole

from __future__ import annotations

from collections.abc import Iterator

from guards.claims.acts import Act
from guards.claims.context import Context, finding
from guards.claims.saying import Clause
from guards.claims.verbs import CAN, DENY, MODAL
from guards.claims.wordlist import words_of
from guards.claims.words import CONDITION, HEDGE, NEGATION
from guards.pattern import Pattern
from orchestrator.messages.finding import Finding

__all__ = ["speaks_in_its_own_name"]

_NAMING = words_of(
    "name behalf us speak answer act commit sign company group trust firm house board management both all consider vouch"
)
_NAME = Pattern(
    r"\b(?:in [a-z]+(?:'s| s)? (?:\w+ )?name|on behalf of|on [a-z]+'s behalf|put (?:both|all) of us|(?:accept|agree|sign|speak|answer|confirm|say yes|decide|vouch|commit|act) for (?:both|all|the) (?:of us|two|three|group|company)"
    r"|(?:i|we) (?:also |can |hereby )?(?:speak|answer|act|commit|sign) for(?! (?:nobody|no|none|myself|ourselves|me|us|(?:my|our) (?:own|side|company|firm|house|team|people|department|employer)|only|it|this|that|what)\b)|(?:i|we) (?:also |can |hereby )?(?:commit|sign) for (?:my|our) (?:company|firm|house|employer)|(?:deal|matter|contract|agreement) is (?:done|sealed|closed|made|final|binding) for (?:all|both|everyone|everybody)|for the (?:company|group|trust|firm|house|board) as a whole|in the name of|(?:you may take (?:it|that|this) as )?said by management|count (?:us )?(?:both|all) (?:of us )?(?:in|as)|we (?:both|all) (?:accept|agree)"
    r"|consider (?:us|both|all) (?:both|all|agreed))\b"
)  # fmt: skip
_FOR_OTHERS = words_of("accept accepted agree agreed confirm confirmed sign signed decide decided commit committed vouch")
"""What nobody does for another."""
_ALL = frozenset(("you", "all", "everyone", "everybody"))


def speaks_in_its_own_name(context: Context) -> Iterator[Finding]:
    """Find words that accept, sign or decide in the name of others."""
    said = context.scan
    for hit in said.matches(_NAME, _NAMING):
        clause = said.clause_at(hit.start())
        is_open = said.sentences[clause.sentence].is_question or said.told_in(clause.start, hit.start()) & (
            HEDGE | NEGATION | CONDITION
        )
        if not is_open:
            yield _named(context, clause)
    for act in () if "for" not in said.words or said.words.isdisjoint(_FOR_OTHERS) else said.acts:
        if act.who in ("i", "we") and act.verb in _FOR_OTHERS and not act.mood & (DENY | MODAL | CAN):
            clause = context.clause(act.clause)
            if _is_for_others(context, act) and not _is_open(context, act, clause):
                yield _named(context, clause)


def _is_for_others(context: Context, act: Act) -> bool:
    """Return whether `for you`, or for another role, stands behind a verb."""
    behind = context.scan.tokens[act.order + 1 : act.order + 7]
    if "for" not in behind:
        return False
    place = behind.index("for")
    whom = [word for word in behind[place + 1 : place + 3] if word != "the"][:1]
    roles = context.lexicon.roles
    return any(word in _ALL or roles.get(word, context.view.role) != context.view.role for word in whom)


def _is_open(context: Context, act: Act, clause: Clause) -> bool:
    """Return whether the sentence asks, or the words before the act weigh, deny or suppose it."""
    said = context.scan
    sentence = said.sentences[clause.sentence]
    is_weighed = said.told_in(clause.start, act.start) & (HEDGE | NEGATION | CONDITION)
    return sentence.is_question or bool(is_weighed or said.told_in(sentence.start, act.start) & CONDITION)


def _named(context: Context, clause: Clause) -> Finding:
    return finding(
        context, "authority.name", "authority", clause.start, clause.end,
        f"{context.scan.quote(clause.start, clause.end)!r} speaks for others than {context.view.role!r}", "your own words only",
    )  # fmt: skip
