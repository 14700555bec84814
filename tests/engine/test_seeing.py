"""What does a role see? What all know and what it alone knows, and of a refused draft of another nothing at all."""

from __future__ import annotations

from typing import TypeVar

from orchestrator.engine import Ask, pending, view_of
from orchestrator.engine.opening import digest_of_rules
from orchestrator.messages.event import Fell, Opened, Refused, Tabled
from orchestrator.messages.finding import Finding
from orchestrator.messages.value import Digest, RoleName
from orchestrator.messages.view import View, agenda_of
from tests.engine.talks import Played, Yaml, cases, played, settings_of

T = TypeVar("T")
ANN, BOB = RoleName("ann"), RoleName("bob")


def events_of(talk: Played, kind: type[T]) -> list[T]:
    """Return the events of one kind, in order."""
    return [event for entry in talk.entries for event in entry.events if isinstance(event, kind)]


def test_reasons_are_for_the_role_that_must_mend() -> None:
    """A role whose draft was refused sees why and for the how manieth time; the others see that nothing has happened."""
    talk = played("agreement/a-limit-binds-who-proposes")
    refused = events_of(talk, Refused)[0]
    own, other = view_of(talk.session, ANN), view_of(talk.session, BOB)
    assert (own.findings, own.attempt) == (refused.findings, 1)
    assert (other.findings, other.attempt, other.moves, other.offers) == ((), 0, (), ())
    assert "cheap" not in repr(other)


def test_view_is_what_the_table_shows() -> None:
    """A view holds the session's table, the role's own mandate, and the facts that it can see."""
    talk = played("facts/what-others-may-not-see-is-not-told-by-a-fall")
    session = talk.session
    negotiation = session.settings.negotiation
    assert view_of(session, BOB) == View(
        session=session.id,
        role=BOB,
        agenda=agenda_of(negotiation),
        mandate=negotiation.roles[1].mandate,
        words="grounded",
        facts=(negotiation.facts[0],),
        turn=1,
        round=1,
        moves=session.moves,
        falls=session.falls,
        records=session.records,
        entries=session.entries,
    )


def test_view_finds_its_offers() -> None:
    """A view names the standing offer of an id, the role's own, and who backs one."""
    talk = played("offers/accepting-ends-the-earlier-acceptance")
    view = view_of(talk.session, BOB)
    first, second = talk.session.offers
    assert (view.offer(first.id), view.offer(None), view.own_offer()) == (first, None, second)
    assert (view.backers(first.id), set(view.backers(second.id))) == (("ann",), {"bob", "cat"})
    assert view_of(talk.session, RoleName("cat")).own_offer() is None


def test_agenda_finds_its_issues() -> None:
    """An agenda names the issue of a name, and all names."""
    agenda = agenda_of(played("offers/a-sender-withdraws-its-own").session.settings.negotiation)
    assert (agenda.issue("colour"), agenda.issue("moon")) == (agenda.issues[1], None)
    assert agenda.open_names == {"price", "colour"}


def test_precedent_is_seen_even_where_it_cannot_stand() -> None:
    """A role sees the old terms; why they cannot stand is on record and not in any view."""
    talk = played("precedent/a-new-limit-keeps-them-from-standing")
    opened = events_of(talk, Opened)[0]
    assert [finding.code for finding in opened.findings] == ["mandate.limit"]
    effect = pending(talk.session)
    assert isinstance(effect, Ask)
    assert effect.view.precedent == talk.session.settings.precedent
    assert "mandate.limit" not in repr(effect.view)


def test_why_an_offer_was_unfit_is_on_record_and_told_in_general() -> None:
    """The limit of a role that did not back an offer stands in the record; the others learn only that there is one."""
    talk = played("agreement/a-limit-of-a-role-outside-the-quorum-still-binds")
    fell = events_of(talk, Fell)[0]
    assert [(finding.code, finding.kind) for finding in fell.findings] == [("mandate.limit", "authority")]
    assert fell.fall.reason == "it is outside the mandate of a role"
    assert "cheap" not in repr(view_of(talk.session, ANN))


def test_why_words_were_withheld_is_on_record() -> None:
    """A move that goes out without its words keeps the reasons in its event, and nothing of the words in the move."""
    talk = played("judging/injected-words-are-withheld-at-once")
    tabled = events_of(talk, Tabled)[0]
    assert (tabled.move.text, tabled.move.withheld) == ("", True)
    assert tabled.findings == (
        Finding(
            code="marks.injection",
            kind="injection",
            severity="withhold",
            path="text",
            words="[injection]",
            message="[injection] is at fault",
        ),
    )


def test_rules_have_the_digest_of_what_decides() -> None:
    """The digest of the rules changes with a policy, a limit, a gate, the agreement or the stops, and with nothing else."""
    pair = cases()["offers/a-sender-withdraws-its-own"]
    talk: Yaml = pair["talk"]
    ann, bob = talk["roles"]
    same: list[Yaml] = [{"title": "Another title"}, {"facts": []}]
    other: list[Yaml] = [
        {"policies": [{"id": "p", "rule": "price > 0"}]},
        {"gates": [{"id": "g", "when": "price > 0", "approver": "boss"}]},
        {"agreement": {"needs": "quorum", "quorum": 2}},
        {"stop": {**talk["stop"], "rounds": 7}},
        {"roles": [{**ann, "words": "strict"}, bob]},
        {"roles": [{**ann, "mandate": {"reserve": 0.1}}, bob]},
        {"roles": [{**ann, "context": {"message_tokens": 100}}, bob]},
    ]
    of_same, of_other = (
        [digest_of_rules(settings_of({**pair, "talk": {**talk, **change}})) for change in changes] for changes in (same, other)
    )
    digest = digest_of_rules(settings_of(pair))
    assert of_same == [digest] * len(same)
    assert len({digest, *of_other}) == 1 + len(other)


def test_opening_records_the_digests_that_older_journals_hold() -> None:
    """The digests of a known negotiation, its prompts and its rules stay the same, or journals would no longer verify."""
    talk = played("offers/a-sender-withdraws-its-own")
    assert events_of(talk, Opened) == [
        Opened(
            negotiation=Digest("881445a9225a1d95c680bb07d7feca3c5e6db7850c338186c5a910cac023d991"),
            prompts=Digest("4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945"),
            rules=Digest("4cabbd6610a0c17674d2d4fb5acd1499d5568b05f8e3e4d4e5dc87a316703a31"),
        )
    ]
    of_old = talk.session.settings.model_copy(update={"rules_version": 1})
    assert digest_of_rules(of_old) == Digest("44b16cff9a082a6f068db2ee01457649ec08fc9062671ad1befca996a3290fd5")
