"""What does a person see and write in a turn? Commands, the form, help, nonsense, and mending what was refused."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from orchestrator.cli.seat.acts import Notebook
from orchestrator.cli.seat.seen import seen
from orchestrator.cli.seat.table import table
from orchestrator.engine import Prepare, pending
from orchestrator.errors import SeatLeft
from orchestrator.messages.view import View
from tests.cli.seat.sitting import BUYER, SUPPLIER, Talk, sit

FULL = {
    "unit_price": 2.1,
    "volume": 300000,
    "payment_days": 30,
    "delivery_days": 20,
    "warranty_months": 12,
    "first_delivery": "2027-02-01",
}


_COMMANDS = "Write one of offer, accept, reject, withdraw, say, ask, pass, escalate; ? shows what each takes."


def _talk(**terms: object) -> Talk:
    talk = Talk()
    talk.write(BUYER, {"act": "propose", "terms": {**FULL, **terms}, "text": "A first offer."})
    return talk


def _view(talk: Talk) -> View:
    effect = pending(talk.session)
    assert isinstance(effect, Prepare)
    return effect.view


def test_the_form_ends_in_a_draft() -> None:
    """Each issue is asked for; Enter keeps, a dash leaves open, `<` goes back, and figures come out as they were given."""
    lines = ("offer", "2.62", "<", "2.60", "", "", "18", "-", "", "Less time. [on_time_rate]", "")
    _, draft = sit(_view(_talk()), *lines)
    assert draft is not None
    assert json.loads(draft) == {
        "act": "propose",
        "text": "Less time.",
        "evidence": ["on_time_rate"],
        "terms": {"unit_price": 2.6, "volume": 300000, "payment_days": 30, "delivery_days": 18, "first_delivery": "2027-02-01"},
    }


def test_an_offer_in_one_line() -> None:
    """It starts from the offer that it names, changes what it says, and carries life, confidence and assumptions."""
    line = "offer m1 unit_price=2.60 'payment days=45' warranty_months=- expires=2 confidence=0.7 assumes=line_capacity"
    _, draft = sit(_view(_talk()), line, "", "y")
    assert draft is not None
    assert json.loads(draft) == {
        "act": "propose",
        "assumes": ["line_capacity"],
        "expires": 2,
        "confidence": 0.7,
        "terms": {**{key: FULL[key] for key in FULL if key != "warranty_months"}, "unit_price": 2.6, "payment_days": 45},
    }


@pytest.mark.parametrize(
    ("line", "draft"),
    [
        ("reject m1 Too low.", {"act": "reject", "offer": "m1-seat", "text": "Too low."}),
        ("reject", {"act": "reject", "offer": "m1-seat"}),
        ("say We make boxes.", {"act": "inform", "text": "We make boxes."}),
        ("ASK Why so few?", {"act": "query", "text": "Why so few?"}),
        ("pass", {"act": "inform"}),
        ("say as [nobody] says", {"act": "inform", "text": "as [nobody] says"}),
        ("say so [nobody]", {"act": "inform", "text": "so [nobody]"}),
        ('{"act": "inform"}', {"act": "inform"}),
    ],
)
def test_one_line_is_one_act(line: str, draft: dict[str, object]) -> None:
    """Acts that need nothing more come from one line; a line in braces is a draft as it is."""
    _, written = sit(_view(_talk()), line)
    assert written is not None
    assert json.loads(written) == draft


def test_what_binds_or_ends_is_asked_twice() -> None:
    """An acceptance and an end need a yes; Enter is none."""
    view = _view(_talk())
    assert sit(view, "accept", "")[1] is None
    assert sit(view, "escalate enough", "maybe", "n")[1] is None
    assert sit(view, "accept m1-seat Agreed.", "yes")[1] == '{"act": "accept", "offer": "m1-seat", "text": "Agreed."}'
    assert sit(view, "escalate", "Enough.", "y")[1] == '{"act": "escalate", "text": "Enough."}'


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("", _COMMANDS),
        (
            "gimme 3\x1b[2J",
            f"'gimme' is no command. {_COMMANDS}",
        ),
        ("accept m7", "'m7' is no offer to accept; name one of m1."),
        ("withdraw", "You have no offer that stands."),
        ("offer m9", "'m9' is no offer that stands (standing: m1) and not of the form ISSUE=VALUE."),
        ("offer colour=red", "'colour' is no issue; the issues are " + ", ".join(FULL) + "."),
        ("offer unit_price=dear", "'dear' is not a number from 1.5 to 4 EUR in steps of 0.01."),
        ("offer 'unit_price=2", "a quotation mark is not closed."),
        ("offer expires=99", "expires is '99', not a number of rounds from 1 to 4."),
        ("offer confidence=high", "confidence is 'high', not a number from 0 to 1."),
        ("offer confidence=nan", "confidence is 'nan', not a number from 0 to 1."),
        (
            "offer assumes=rival_quote",
            "'rival_quote' is no fact that you can see: last_price, last_volume, unit_cost, line_capacity, on_time_rate.",
        ),
    ],
)
def test_nonsense_is_answered_with_what_was_expected(line: str, answer: str) -> None:
    """Nothing is sent, and the answer says what could have stood there."""
    shown, draft = sit(_view(_talk()), line)
    assert (shown[-2:], draft) == ([answer, "supplier> "], None)


def test_an_offer_that_leaves_everything_open_is_none() -> None:
    """At least one issue needs a value; `stop` gives the form up."""
    everything = " ".join(f"{issue}=-" for issue in FULL)
    shown, draft = sit(_view(_talk()), f"offer {everything}", "offer", "stop")
    assert draft is None
    assert ("An offer needs a value for one issue at least." in shown, shown[-2]) == (True, "No offer was made.")


def test_an_offer_that_is_not_sent_is_kept() -> None:
    """After a no, the form starts from what was written."""
    notebook = Notebook()
    shown, draft = sit(_view(_talk()), "offer unit_price=2.77", "", "n", "offer", notebook=notebook)
    assert (shown[-1], draft) == ("unit price [2.77]: ", None)


def test_whoever_leaves_loses_nothing() -> None:
    """`leave` ends the turn without a draft."""
    with pytest.raises(SeatLeft, match="the person in the seat of supplier left"):
        sit(_view(_talk()), "leave")


def test_help_says_what_is_legal_now() -> None:
    """Without an offer of one's own there is nothing to withdraw; with one, `?` names it, and what differs from it."""
    talk = _talk()
    shown, _ = sit(_view(talk), "?")
    assert "  accept ID [WORDS]      sign another's: m1" in shown
    assert not [line for line in shown if line.startswith("  withdraw")]
    talk.write(SUPPLIER, {"act": "propose", "terms": {**FULL, "unit_price": 2.6}})
    talk.write(BUYER, {"act": "propose", "terms": {**FULL, "unit_price": 2.2, "volume": 310000}})
    shown, _ = sit(_view(talk), "?")
    assert "  withdraw [WORDS]       take back your own, m2" in shown
    assert "    differs from yours in: unit price 2.20 and volume 310,000" in shown
    assert "  reserve 0.35: below it you can neither offer nor accept" in shown


def test_a_partial_offer_cannot_be_accepted() -> None:
    """The help does not name it, and `accept` says why."""
    talk = Talk()
    talk.write(BUYER, {"act": "propose", "terms": {"unit_price": 2.1}})
    shown, _ = sit(_view(talk), "?", "accept")
    assert not [line for line in shown if line.startswith("  accept")]
    assert shown[-2] == "There is nothing to accept: every offer of another leaves an issue open."


def test_what_was_refused_is_told_and_mended() -> None:
    """The reasons stand above the next question, and the form starts from what was refused."""
    talk = _talk()
    assert talk.person(iter(["offer unit_price=2.10 volume=330000", "", "y"]))
    view = _view(talk)
    assert [finding.code for finding in view.findings] == ["mandate.limit", "mandate.limit"]
    shown, _ = sit(view, "offer", notebook=talk.notebook)
    assert shown[0] == "Not sent; nobody else has seen it. 2 things are in the way:"
    assert "  allowed: volume <= 320000" in shown
    assert "You may mend it 2 more times." in shown
    assert shown[-1] == "unit price [2.10]: "
    talk.write(SUPPLIER, "{}")
    shown, _ = sit(_view(talk))
    assert shown[-2].startswith("You may mend it once more; then ")


def test_a_table_fits_a_narrow_terminal() -> None:
    """At 60 columns no line is longer; at 28 one offer is left, and the older ones are named."""
    talk = _talk()
    talk.write(SUPPLIER, {"act": "propose", "terms": {"unit_price": 2.6, "volume": 300000}})
    lines = list(table(_view_of_buyer(talk), 60))
    assert max(map(len, lines)) <= 60
    assert lines[:3] == [
        "                m1 yours              m2 supplier",
        "unit price      2.10                  2.60 *",
        "volume          300,000               300,000",
    ]
    assert list(table(_view_of_buyer(talk), 28))[-1] == "and 1 older: m1 of buyer"
    assert list(table(replace(_view_of_buyer(talk), offers=()), 60)) == ["Nothing is on the table yet."]


def _view_of_buyer(talk: Talk) -> View:
    effect = pending(talk.session)
    assert effect is not None
    return effect.view  # pyright: ignore[reportAttributeAccessIssue, reportUnknownVariableType, reportUnknownMemberType] - a draft is due


def test_what_a_role_sees_is_its_own() -> None:
    """The view of a role tells its mandate, facts with source, date and confidence, and everybody's record."""
    talk = _talk()
    lines = list(seen(talk.session, SUPPLIER, 80))
    assert "  unit_cost: full cost of one unit: 1.92 EUR (cost-sheet-q3, 2026-09-30, confidence 0.9); never to be told" in lines
    assert "  buyer: 1 offer, 0 kept, 0 withdrawn, 0 drafts refused, 0 floods" in lines
    assert not [line for line in lines if "walk_away" in line or "ceiling" in line]
