"""Do the words keep the house's policies on words? Patterns of words, and data of persons that their form gives away.

Patterns are matched word by word and not as regular expressions of users: so no pattern can be slow, and none needs escapes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from guards.claims.lexicon import Lexicon, lexicon_of
from guards.claims.plain import plain_text
from guards.claims.saying import Scan
from guards.claims.scan import scan
from orchestrator.messages.draft import Draft
from orchestrator.messages.finding import Finding
from orchestrator.messages.negotiation import Negotiation, Personal, WordPolicy
from orchestrator.messages.view import View

__all__ = ["KeepsToWords", "keeps_to_words"]

_WORD = re.compile(r"[^\W_]+")
_PART = re.compile(r"(?:[^\W_]|\*)+")
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_PHONE = re.compile(r"(?<![\w.,+])(?<!\d )(?:\+|00|0|\(0|\(\+)\d[\d ()/.-]{5,22}\d(?!\w)")
_IBAN = re.compile(r"(?<!\w)[a-z]{2}\d{2}(?: ?[a-z\d]{4}){2,7}(?: ?[a-z\d]{1,3})?(?!\w)")
_CARD = re.compile(r"(?<![\w.,])(?<!\d )\d(?:[ -]?\d){12,18}(?!\w)")
_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}")


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A pattern, word by word."""

    words: tuple[tuple[str, ...], ...]
    """Each word as the parts between its asterisks."""

    def ends_at(self, words: Sequence[str], place: int) -> int:
        """Return behind which word the phrase ends that begins here; 0 where it doesn't stand here."""
        last = place + len(self.words)
        fits = last <= len(words) and all(_fits(parts, words[at]) for at, parts in enumerate(self.words, place))
        return last if fits else 0


@dataclass(frozen=True, slots=True)
class KeepsToWords:
    """Withholds words that a policy forbids; `keeps_to_words` makes it."""

    lexicon: Lexicon = field(repr=False, hash=False, compare=False)
    policies: tuple[WordPolicy, ...]
    first: Mapping[str, tuple[tuple[WordPolicy, _Phrase], ...]] = field(repr=False, hash=False)
    """Phrases by their first word; those whose first word has an asterisk stand under the empty word."""

    def __call__(self, draft: Draft, view: View, /) -> tuple[Finding, ...]:  # noqa: ARG002 - a guard's signature
        """Judge the words of a draft."""
        if not self.policies or not draft.text:
            return ()
        said = scan(draft.text, self.lexicon)
        found = sorted([*self._phrases(said), *self._personal(said)], key=lambda hit: hit[1])
        return tuple(dict.fromkeys(_forbidden(policy, said.quote(start, end)) for policy, start, end in found))

    def _phrases(self, said: Scan) -> Iterator[tuple[WordPolicy, int, int]]:
        if not self.first:
            return
        places = [(found.start(), found.end()) for found in _WORD.finditer(said.text)]
        words = [said.text[start:end] for start, end in places]
        anywhere = self.first.get("", ())
        for place, word in enumerate(words):
            for policy, phrase in (*self.first.get(word, ()), *anywhere):
                last = phrase.ends_at(words, place)
                if last:
                    yield policy, places[place][0], places[last - 1][1]

    def _personal(self, said: Scan) -> Iterator[tuple[WordPolicy, int, int]]:
        for policy in self.policies:
            for sort in policy.personal:
                for start, end in _FINDERS[sort](said.text):
                    yield policy, start, end


def keeps_to_words(negotiation: Negotiation) -> KeepsToWords:
    """Return the guard for the policies on words of a negotiation."""
    first: dict[str, list[tuple[WordPolicy, _Phrase]]] = {}
    for policy in negotiation.word_policies:
        for pattern in policy.words:
            words = tuple(tuple(part.split("*")) for part in _PART.findall(plain_text(pattern).text))
            if words:
                first.setdefault(words[0][0] if len(words[0]) == 1 else "", []).append((policy, _Phrase(words)))
    phrases = MappingProxyType({word: tuple(found) for word, found in first.items()})
    return KeepsToWords(lexicon_of(negotiation), negotiation.word_policies, phrases)


def _fits(parts: tuple[str, ...], word: str) -> bool:
    """Return whether a word has these parts in their order, its ends being the first and the last."""
    if len(parts) == 1:
        return word == parts[0]
    head, tail = parts[0], parts[-1]
    if len(word) < len(head) + len(tail) or not word.startswith(head) or not word.endswith(tail):
        return False
    place, end = len(head), len(word) - len(tail)
    for part in parts[1:-1]:
        place = word.find(part, place, end)
        if place < 0:
            return False
        place += len(part)
    return True


def _emails(text: str) -> Iterator[tuple[int, int]]:
    if "@" in text:
        yield from (found.span() for found in _EMAIL.finditer(text))


def _phones(text: str) -> Iterator[tuple[int, int]]:
    for found in _PHONE.finditer(text):
        digits = sum(letter.isdigit() for letter in found.group())
        if 8 <= digits <= 16 and not _DATE.search(found.group()):
            yield found.span()


def _ibans(text: str) -> Iterator[tuple[int, int]]:
    for found in _IBAN.finditer(text):
        whole = found.group().replace(" ", "")
        turned = "".join(str(int(letter, 36)) for letter in whole[4:] + whole[:4])
        if 15 <= len(whole) <= 34 and int(turned) % 97 == 1:
            yield found.span()


def _cards(text: str) -> Iterator[tuple[int, int]]:
    for found in _CARD.finditer(text):
        digits = [int(letter) for letter in found.group() if letter.isdigit()]
        doubled = (sum(divmod(2 * digit, 10)) if place % 2 else digit for place, digit in enumerate(reversed(digits)))
        if sum(doubled) % 10 == 0 and len(set(digits)) > 1:
            yield found.span()


_FINDERS: Mapping[Personal, Callable[[str], Iterator[tuple[int, int]]]] = MappingProxyType(
    {"email": _emails, "phone": _phones, "iban": _ibans, "card": _cards}
)


def _forbidden(policy: WordPolicy, words: str) -> Finding:
    why = f": {policy.why}" if policy.why else ""
    return Finding(
        code="policy.words",
        kind="policy",
        severity="withhold",
        path="text",
        words=words,
        message=f"policy {policy.id!r} forbids {words!r}{why}",
        allowed="the same without these words",
    )
