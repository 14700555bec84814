"""Does a domain keep its utilities on the way to our table? Every outcome is worth what it was worth at its source."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestrator.assembly import load_folder, load_scenario
from orchestrator.errors import ConfigError, UsageError
from orchestrator.messages.negotiation import ChoiceIssue, Negotiation
from orchestrator.messages.utility import ROUNDING, utility
from orchestrator.roles.domains import Along, ByValue, Domain, Options, Profile, Whole, read_domain, value_of, write_folder
from tests.roles.domains.sources import DOMAINS, outcomes, terms_of, worth_in_genius, worth_in_negolog

WRONG: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[2] / "tables" / "domains" / "wrong.yaml").read_text("utf-8")
)
STALL = {
    "Market place": ["by the gate", "under the limes", "near the well"],
    "in": ["2016", "2017"],
    "Days": [str(day) for day in range(1, 18)],
}
GARDEN = {"issueA": ["valueA", "valueB"], "issueB": ["valueA", "valueB", "valueC"]}


def _made(domain: Domain, into: Path) -> Negotiation:
    write_folder(domain, into, rounds=30, check=lambda made: load_folder(str(made)))
    return load_folder(str(into)).negotiation


def test_every_outcome_of_a_genius_domain_is_worth_what_it_was(tmp_path: Path) -> None:
    """All 102 outcomes of the stall have for both parties the utility of their XML."""
    negotiation = _made(read_domain(DOMAINS / "stall"), tmp_path / "stall")
    for role in negotiation.roles:
        for outcome in outcomes(STALL):
            expected = worth_in_genius(DOMAINS / "stall" / f"{role.name}.xml", outcome)
            assert utility(role.mandate, terms_of(negotiation, outcome)) == pytest.approx(expected, abs=ROUNDING)
    assert [(role.name, role.mandate.reserve) for role in negotiation.roles] == [("guild", 0.2), ("weaver", 0.2)]


def test_every_outcome_of_a_negolog_domain_is_worth_what_it_was(tmp_path: Path) -> None:
    """All 6 outcomes of the garden have for both parties the utility of their JSON."""
    negotiation = _made(read_domain(DOMAINS / "garden"), tmp_path / "garden")
    for role in negotiation.roles:
        for outcome in outcomes(GARDEN):
            expected = worth_in_negolog(DOMAINS / "garden" / f"{role.name}.json", outcome)
            assert utility(role.mandate, terms_of(negotiation, outcome)) == pytest.approx(expected, abs=ROUNDING)


_NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12).filter(str.strip)
_PARTS = st.floats(0, 1, allow_nan=False)


@st.composite
def _lines(draw: st.DrawFn) -> tuple[Whole, Along]:
    low = draw(st.integers(-50, 50))
    issue = Whole(name=draw(_NAMES), low=low, high=low + draw(st.integers(1, 40)))
    slope = draw(st.one_of(st.just(0.0), st.floats(-2, 2, allow_nan=False)))
    return issue, Along(base=low, slope=slope, offset=draw(st.floats(-1, 2, allow_nan=False)))


@given(
    line=_lines(),
    values=st.lists(_NAMES, min_size=2, max_size=4, unique_by=str.strip),
    name=_NAMES,
    weight=st.floats(0.01, 0.99),
)
@settings(max_examples=25, deadline=None)
def test_any_names_and_any_line_survive(
    line: tuple[Whole, Along], values: list[str], name: str, weight: float, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever things are called and however a line runs, the folder loads and its utilities are those of the domain."""
    whole, along = line
    options = Options(name=name, values=tuple(value.strip() for value in values))
    level = Along(base=0, slope=0.0, offset=0.25)
    profiles = tuple(
        Profile(name=name, weights=(weight, 1 - weight), worths=(worth, _ladder(len(values)))) for worth in (along, level)
    )
    domain = Domain(name=name, issues=(whole, options), profiles=profiles)
    made = tmp_path_factory.mktemp("made") / "here"
    write_folder(domain, made, rounds=30, check=lambda _: None)
    negotiation = load_scenario(made / "negotiation.yaml")
    for role, profile in zip(negotiation.roles, profiles, strict=True):
        for place in (0, 1, whole.high - whole.low):
            last = len(values) - 1
            expected = weight * value_of(profile.worths[0], place, whole) + (1 - weight) * value_of(
                profile.worths[1], last, options
            )
            chosen = negotiation.issues[1]
            assert isinstance(chosen, ChoiceIssue)
            terms = terms_of(negotiation, {"whole": str(whole.low + place), "options": chosen.options[last]})
            assert utility(role.mandate, terms) == pytest.approx(expected, abs=2 * ROUNDING)


def _ladder(values: int) -> ByValue:
    return ByValue(worths=tuple(place / values for place in range(values)))


def test_names_that_rules_cannot_use_are_changed_and_told(tmp_path: Path) -> None:
    """Issues, parties and values get names that can stand in a rule, no two alike, and each change is a remark."""
    domain = Domain(
        name="Café 24/7",
        issues=(
            Options(name="Größe", values=("S\tM", "S M")),
            Options(name="in", values=("1", "2")),
            Options(name="grösse", values=("2016", "02016")),
            Options(name="7 Rooms", values=("a", "b")),
            Options(name="日", values=("a", "b")),
            Options(name="True", values=("a", "b")),
            Options(name="DAYS", values=("a", "b")),
            Options(name="days", values=("a", "b")),
        ),
        profiles=(_party("all"), _party("Élan vital")),
    )
    names = write_folder(domain, tmp_path / "made", rounds=30, check=lambda made: load_folder(str(made)))
    assert (names.issues, names.roles) == (
        ("grosse", "issue_in", "grosse_2", "issue_7_rooms", "issue", "issue_true", "DAYS", "days_2"),
        ("all_2", "elan_vital"),
    )
    assert names.values == (("S M", "S M_2"), ("1", "2"), ("2016", "02016"), *(("a", "b"),) * 5)
    assert names.remarks == (
        "issue 'Größe' is called grosse here",
        "issue 'in' is called issue_in here",
        "issue 'grösse' is called grosse_2 here",
        "issue '7 Rooms' is called issue_7_rooms here",
        "issue '日' is called issue here",
        "issue 'True' is called issue_true here",
        "issue 'days' is called days_2 here",
        "profile 'all' is called all_2 here",
        "profile 'Élan vital' is called elan_vital here",
        "value of 'Größe': 'S\\tM' is called S M here",
        "value of 'Größe': 'S M' is called S M_2 here",
    )
    issues = load_folder(str(tmp_path / "made")).negotiation.issues
    assert [isinstance(issue, ChoiceIssue) and issue.numeric for issue in issues] == [False, True, *[False] * 6]


def _party(name: str) -> Profile:
    return Profile(name=name, weights=(0.125,) * 8, worths=(_ladder(2),) * 8)


def test_what_has_no_equal_here_is_told() -> None:
    """A discount factor, uncertainty and weights that don't sum to 1 are remarks; a discount of 1 is none."""
    guild, weaver = read_domain(DOMAINS / "stall").profiles
    assert guild.remarks == ("guild: a discount factor of 0.9 has no equal here; utilities do not shrink with time",)
    assert weaver.remarks == ("weaver: the weights sum to 4; each was divided by that",)
    assert sum(weaver.weights) == pytest.approx(1)


@pytest.mark.parametrize("case", WRONG, ids=lambda case: case["id"])
def test_wrong_files_are_told_in_one_line(case: dict[str, Any], tmp_path: Path) -> None:
    """Each mistake names the file, the line where there is one, what is wrong and what was expected."""
    folder = tmp_path / "domain"
    folder.mkdir()
    for source in (DOMAINS / case["from"]).iterdir() if "from" in case else ():
        (folder / source.name).write_text(source.read_text("utf-8"), "utf-8")
    for name, text in case.get("files", {}).items():
        (folder / name).write_text(text * case.get("times", 1), "utf-8")
    for name, (old, new) in case.get("replace", {}).items():
        text = (folder / name).read_text("utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises((ConfigError, UsageError)) as raised:
        read_domain(folder, case.get("profiles", ()))
    assert raised.value.message.replace(f"{folder}/", "").replace(str(folder), "DIR").splitlines() == case["says"]


def test_a_folder_that_is_there_is_left_alone(tmp_path: Path) -> None:
    """An existing target, be it empty, is refused and stays as it is."""
    (tmp_path / "there").mkdir()
    with pytest.raises(UsageError, match="is there already"):
        write_folder(read_domain(DOMAINS / "garden"), tmp_path / "there", rounds=30, check=lambda _: None)
    assert list(tmp_path.rglob("*")) == [tmp_path / "there"]


def test_nothing_is_left_of_a_folder_that_the_check_refuses(tmp_path: Path) -> None:
    """Where what was written does not load, neither the folder nor a part of it stays."""
    domain = read_domain(DOMAINS / "garden")
    with pytest.raises(UsageError, match=r"the domain makes no negotiation: stop.rounds .* expected"):
        write_folder(domain, tmp_path / "made", rounds=0, check=lambda made: load_folder(str(made)))
    assert list(tmp_path.iterdir()) == []


def test_a_target_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """Below a file no folder can be made."""
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(UsageError, match="cannot be made"):
        write_folder(read_domain(DOMAINS / "garden"), tmp_path / "file" / "made", rounds=30, check=lambda _: None)


def test_profiles_are_chosen_by_name() -> None:
    """The named profiles take part, in the order in which they are named."""
    domain = read_domain(DOMAINS / "stall", ("weaver.xml", "guild.xml"))
    assert [profile.name for profile in domain.profiles] == ["weaver", "guild"]


def test_three_parties_can_meet(tmp_path: Path) -> None:
    """A domain with a profile for each of three parties becomes a negotiation of three."""
    profile = json.loads((DOMAINS / "garden" / "profileA.json").read_text("utf-8"))
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.json").write_text(json.dumps(profile), "utf-8")
    negotiation = _made(read_domain(tmp_path, ("a.json", "b.json", "c.json")), tmp_path / "made")
    assert [role.name for role in negotiation.roles] == ["a", "b", "c"]
    assert negotiation.roles[0].mandate.reserve == float(Decimal("0.1"))
