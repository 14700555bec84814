"""Which domain is in a folder? One of Genius or of NegoLog, with two parties or those that are named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from orchestrator.errors import ConfigError, Mistake, UsageError
from orchestrator.roles.domains.domain import Domain, Profile
from orchestrator.roles.domains.genius import genius_issues, genius_profile
from orchestrator.roles.domains.negolog import Sheet, is_profile, negolog_issues, negolog_profile, read_json
from orchestrator.roles.domains.xml import Element, read_xml
from orchestrator.roles.files import read_text
from orchestrator.roles.pieces import Notes

__all__ = ["read_domain"]

_LARGEST = 5_000_000
"""Bytes of one file."""
_MOST_FILES = 200
_MOST_SHOWN = 20
_HINT = "nothing was written; 'handfast import --help' tells what is read"
_KINDS = "the XML of Genius (a negotiation_template and its utility spaces) or the JSON of NegoLog (profileA, profileB)"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """The files of a folder that say something about a domain, by their names."""

    templates: dict[str, Element]
    spaces: dict[str, Element]
    sheets: dict[str, Sheet]


def read_domain(folder: Path, profiles: Sequence[str] = ()) -> Domain:
    """Read the domain of a folder, with the named profiles, or with the only two that are there.

    Raises UsageError where it is not clear what is meant, and ConfigError with what is wrong in the files.
    """
    if not folder.is_dir():
        raise UsageError(f"{str(folder)!r} is no folder", hint=f"a folder with {_KINDS}")
    found = _found(folder)
    if not found.templates and not found.sheets:
        missing = "no domain beside its profiles" if found.spaces else "no domain"
        raise UsageError(f"there is {missing} in {str(folder)!r}", hint=f"what is read is {_KINDS}")
    known = {**found.spaces, **found.sheets}
    chosen = _chosen(profiles, sorted(known), folder)
    of_genius = [name for name in chosen if name in found.spaces]
    if of_genius and len(of_genius) < len(chosen):
        raise UsageError("profiles of Genius and of NegoLog cannot meet", hint=f"choose with --profile among {_listed(known)}")
    return _genius(folder, found, chosen) if of_genius else _negolog(folder, found, chosen)


def _found(folder: Path) -> _Found:
    found = _Found(templates={}, spaces={}, sheets={})
    paths = sorted(path for path in folder.iterdir() if path.suffix.lower() in (".xml", ".json") and path.is_file())
    if len(paths) > _MOST_FILES:
        raise UsageError(f"there are {len(paths)} files in {str(folder)!r}", hint="a domain is one folder of its own")
    mistakes: list[Mistake] = []
    for path in paths:
        notes = Notes(file=str(path))
        text = read_text(path, _LARGEST, notes)
        if text is not None:
            _sort(path, text, found, notes)
        mistakes.extend(notes.mistakes)
    _stop(mistakes)
    return found


def _sort(path: Path, text: str, found: _Found, notes: Notes) -> None:
    if path.suffix.lower() == ".json":
        sheet = read_json(text, notes)
        if sheet is not None and is_profile(sheet):
            found.sheets[path.name] = sheet
        return
    root = read_xml(text, notes)
    if root is not None and root.tag == "negotiation_template":
        found.templates[path.name] = root
    elif root is not None and root.tag == "utility_space":
        found.spaces[path.name] = root


def _chosen(named: Sequence[str], known: Sequence[str], folder: Path) -> tuple[str, ...]:
    """Return the file names of the profiles that are meant, in their order."""
    for name in named:
        if name not in known:
            raise UsageError(f"there is no profile {name!r} in {str(folder)!r}", hint=f"there are {_listed(known)}")
    chosen = tuple(dict.fromkeys(named)) or tuple(known)
    if len(chosen) < 2 or len(chosen) < len(named):
        raise UsageError(
            f"{len(chosen)} profile is not enough: a negotiation has two parties", hint=f"there are {_listed(known)}"
        )
    if not named and len(chosen) > 2:
        raise UsageError(f"{len(chosen)} profiles are there", hint=f"choose with --profile among {_listed(known)}")
    return chosen


def _listed(names: Sequence[str] | dict[str, Element | Sheet]) -> str:
    shown = sorted(names)
    more = f" and {len(shown) - _MOST_SHOWN} more" if len(shown) > _MOST_SHOWN else ""
    return (", ".join(shown[:_MOST_SHOWN]) or "none") + more


def _genius(folder: Path, found: _Found, chosen: tuple[str, ...]) -> Domain:
    if len(found.templates) != 1:
        raise UsageError(
            f"there are {len(found.templates)} domains in {str(folder)!r}: {_listed(sorted(found.templates))}",
            hint="leave one negotiation_template with its profiles in a folder",
        )
    file, template = next(iter(found.templates.items()))
    notes = Notes(file=str(folder / file))
    issues = genius_issues(template, notes)
    _stop(notes.mistakes)
    parties: list[Profile | None] = []
    mistakes: list[Mistake] = []
    for name in chosen:
        notes = Notes(file=str(folder / name))
        parties.append(genius_profile(found.spaces[name], Path(name).stem, issues, notes))
        mistakes.extend(notes.mistakes)
    _stop(mistakes)
    return Domain(name=folder.resolve().name, issues=tuple(issues.values()), profiles=tuple(each for each in parties if each))


def _negolog(folder: Path, found: _Found, chosen: tuple[str, ...]) -> Domain:
    notes = Notes(file=str(folder / chosen[0]))
    issues = negolog_issues(found.sheets[chosen[0]], notes)
    _stop(notes.mistakes)
    parties: list[Profile | None] = []
    mistakes: list[Mistake] = []
    for name in chosen:
        notes = Notes(file=str(folder / name))
        parties.append(negolog_profile(found.sheets[name], Path(name).stem, issues, notes))
        mistakes.extend(notes.mistakes)
    _stop(mistakes)
    return Domain(name=folder.resolve().name, issues=issues, profiles=tuple(each for each in parties if each))


def _stop(mistakes: Sequence[Mistake]) -> None:
    if mistakes:
        raise ConfigError(tuple(mistakes[:_MOST_SHOWN]), hint=_HINT)
