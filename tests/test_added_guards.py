"""Does a guard that another package adds judge every draft, and stand on record?"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from orchestrator.assembly import load_folder, rules_for, settings_for
from orchestrator.engine.opening import digest_of_rules
from orchestrator.engine.rules import judge
from orchestrator.errors import UsageError
from orchestrator.messages.draft import Draft
from tests.corpus import view_of

_CODE = """
from orchestrator.messages.finding import Finding

def keeps_quiet(negotiation):
    def guard(draft, view, /):
        if "rival" not in (draft.text or ""):
            return ()
        return (Finding(code="house.rival", kind="policy", severity="withhold", path="text", message="no names"),)
    return guard

def fails(negotiation):
    raise KeyError("no such house")
"""


def _install(folder: Path, name: str, function: str) -> None:
    (folder / "house_rules.py").write_text(_CODE, "utf-8")
    info = folder / "house_rules-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: house-rules\nVersion: 1.0\n", "utf-8")
    (info / "entry_points.txt").write_text(f"[handfast.guards]\n{name} = house_rules:{function}\n", "utf-8")


def test_an_installed_guard_judges_and_is_on_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package's guard runs behind the standard ones; its name is in the settings and changes the digest of the rules."""
    folder = load_folder("campaign")
    without = settings_for(folder, seed=1, models={})
    _install(tmp_path, "no-rivals", "keeps_quiet")
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    view = view_of(folder.negotiation, "budget", ())
    rules = rules_for(folder.negotiation)
    drafts = (Draft(act="inform", text="Our rival pays more."), Draft(act="inform", text="Good morning."))
    found = [[finding.code for finding in judge(rules, draft, view)] for draft in drafts]
    added = settings_for(folder, seed=1, models={})
    assert (found, without.guards, added.guards) == ([["house.rival"], []], (), ("no-rivals",))
    assert digest_of_rules(added) != digest_of_rules(without)


def test_a_guard_that_cannot_be_made_stops_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No session runs without a guard that somebody installed; the error names it."""
    _install(tmp_path, "broken", "fails")
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    with pytest.raises(UsageError, match="'broken' of 'house_rules:fails' cannot be made: KeyError"):
        rules_for(load_folder("campaign").negotiation)
