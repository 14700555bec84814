"""Is every word grounded? One guard that scans the text once and runs all checks of words over it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from types import MappingProxyType

from guards.claims.attributed import figures_of_others
from guards.claims.beyond import states_nothing_beyond
from guards.claims.binding import figures_are_of_their_issue, periods_are_of_the_terms
from guards.claims.context import Check, Context, finding
from guards.claims.dates import days_on_their_weekdays, days_out_of_nowhere
from guards.claims.elsewhere import events_on_record, told_as_known
from guards.claims.extras import no_deals_beside_the_issues
from guards.claims.ground import Ground
from guards.claims.keeping import takes_what_is_offered, terms_that_stay
from guards.claims.known import known_to
from guards.claims.languages import languages_that_are_read
from guards.claims.lexicon import Lexicon, lexicon_of
from guards.claims.mentioned import messages_that_are_there
from guards.claims.misdated import days_of_facts
from guards.claims.misquoted import figures_of_facts, shares_of_facts
from guards.claims.moved import ways_that_were_gone
from guards.claims.naming import speaks_in_its_own_name
from guards.claims.nominal import what_they_gave
from guards.claims.options import options_of_the_terms
from guards.claims.owning import leaves_to_owners_what_is_theirs
from guards.claims.periods import periods_of_facts
from guards.claims.promising import keeps_to_the_issues
from guards.claims.proportions import proportions_that_are_so
from guards.claims.recalling import words_were_said
from guards.claims.reckoning import (
    changes_in_percent,
    steps_that_are_so,
    sums_that_come_out,
)
from guards.claims.reports import figures_of_the_terms, figures_out_of_nowhere
from guards.claims.sameness import all_else_is_the_same
from guards.claims.scan import MOST, MOST_PARTS, scan
from guards.claims.sources import no_unseen_facts, sources_that_exist
from guards.claims.speaking import binds_nobody_else, speaks_for_itself
from guards.claims.steps import steps_on_record
from guards.claims.topics import topics_of
from guards.claims.transfers import nothing_changes_hands_beside_the_issues
from guards.claims.units import rates_of_the_terms, units_of_the_terms
from guards.claims.yielded import what_was_let_go
from orchestrator.messages.draft import Draft
from orchestrator.messages.finding import Finding
from orchestrator.messages.negotiation import Fact, Negotiation
from orchestrator.messages.value import RoleName
from orchestrator.messages.view import View

__all__ = ["CHECKS", "GroundedWords", "words_are_grounded"]

CHECKS: tuple[Check, ...] = (
    languages_that_are_read,
    figures_of_the_terms,
    days_on_their_weekdays,
    days_out_of_nowhere,
    units_of_the_terms,
    rates_of_the_terms,
    figures_are_of_their_issue,
    periods_are_of_the_terms,
    proportions_that_are_so,
    options_of_the_terms,
    terms_that_stay,
    all_else_is_the_same,
    takes_what_is_offered,
    figures_out_of_nowhere,
    sums_that_come_out,
    changes_in_percent,
    steps_that_are_so,
    steps_on_record,
    figures_of_facts,
    shares_of_facts,
    periods_of_facts,
    days_of_facts,
    no_unseen_facts,
    sources_that_exist,
    events_on_record,
    told_as_known,
    messages_that_are_there,
    words_were_said,
    what_they_gave,
    figures_of_others,
    ways_that_were_gone,
    what_was_let_go,
    speaks_for_itself,
    speaks_in_its_own_name,
    binds_nobody_else,
    leaves_to_owners_what_is_theirs,
    keeps_to_the_issues,
    no_deals_beside_the_issues,
    nothing_changes_hands_beside_the_issues,
    states_nothing_beyond,
)


_MOST = 12
"""Findings of one check that are told; more would not help anybody."""


@dataclass(frozen=True, slots=True)
class GroundedWords:
    """Finds what the words claim without ground; `words_are_grounded` makes it."""

    lexicon: Lexicon = field(repr=False, compare=False)
    facts: tuple[Fact, ...] = field(repr=False)
    """All facts of the negotiation, also those that only some roles see."""
    unseen: Mapping[RoleName, tuple[Fact, ...]] = field(repr=False, hash=False)
    """Those that each role cannot see."""
    checks: tuple[Check, ...] = CHECKS

    def __call__(self, draft: Draft, view: View, /) -> tuple[Finding, ...]:
        """Judge the free words of a draft."""
        if not draft.text:
            return ()
        said = scan(draft.text, self.lexicon)
        ground = Ground(known_to(draft, view, said, self.lexicon), self.lexicon, said)
        unseen = self.unseen.get(view.role, self.facts)
        context = Context(draft, view, self.lexicon, said, ground, topics_of((*view.facts, *unseen), self.lexicon), unseen)
        if said.is_full:
            return (_unread(context),)
        found: dict[tuple[str, str], Finding] = {}
        for check in self.checks:
            results = check(context)
            first = next(results, None)
            if first is not None:
                found.update({(result.kind, result.words): result for result in (first, *islice(results, _MOST - 1))})
        if not found:
            return ()
        told = [result for result in found.values() if not _is_told(result, found.values())]
        return tuple([result for result in told if result.kind != "authority" or not _is_of_a_fact(result, view)])


def _is_told(result: Finding, others: Iterable[Finding]) -> bool:
    """Return whether a finding on a figure is part of what another one already tells."""
    if result.kind in ("fact", "history") and any(
        other.code == "terms.figure" and other.words == result.words for other in others
    ):
        return True
    if result.code == "fact.event" and any(
        other.kind == "history" and (result.words in other.words or other.words in result.words) for other in others
    ):
        return True
    if result.code in ("fact.figure", "fact.unseen", "fact.date") and any(
        other.kind == "history" and result.words in other.words for other in others
    ):
        return True
    if result.kind == "history" and any(
        other is not result and other.kind == "history" and result.words in other.words for other in others
    ):
        return True
    return result.code.endswith(".ungrounded") and any(
        other is not result and not other.code.endswith(".ungrounded") and result.words in other.words for other in others
    )


def _is_of_a_fact(result: Finding, view: View) -> bool:
    """Return whether the words at fault are those in which a visible fact is told: `what the mill's berth can take`."""
    words = result.words.strip(" .,;:").lower()
    return any(words in fact.says.lower() for fact in view.facts)


def _unread(context: Context) -> Finding:
    return finding(
        context,
        "fact.unread",
        "fact",
        0,
        80,
        f"the words hold more than {MOST} figures, or more than {MOST_PARTS} parts, too many to be checked",
        f"at most {MOST} figures, in at most {MOST_PARTS} parts",
    )


def words_are_grounded(negotiation: Negotiation) -> GroundedWords:
    """Return the guard of words for a negotiation."""
    unseen = {
        role.name: tuple(fact for fact in negotiation.facts if role.name not in fact.visible_to) for role in negotiation.roles
    }
    return GroundedWords(lexicon_of(negotiation), negotiation.facts, MappingProxyType(unseen))
