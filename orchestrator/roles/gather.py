"""Which prompt files belong to a negotiation, and are they fit? Each role's, and the parts of the house that they include."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from orchestrator.errors import ConfigError, Mistake
from orchestrator.messages.negotiation import Negotiation, Role
from orchestrator.messages.settings import PromptSource
from orchestrator.roles.body import Bodies, Body, Included, is_house_name
from orchestrator.roles.files import LONGEST_PROMPT, read_text
from orchestrator.roles.fixed import FRAME
from orchestrator.roles.front import RolePrompt, read_front
from orchestrator.roles.pieces import Notes, nearest
from orchestrator.roles.room import room_needed
from orchestrator.roles.tokens import count
from orchestrator.roles.variables import VARIABLES, variables

__all__ = ["Gathering", "gather"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathering:
    """The prompt files of a negotiation, those of the roles first, and what is wrong with them."""

    prompts: tuple[PromptSource, ...]
    missing: tuple[str, ...]
    """Files that roles name and that are not there."""
    mistakes: tuple[Mistake, ...]


def gather(folder: Path, houses: tuple[Path, ...], negotiation: Negotiation, *, whole: bool) -> Gathering:
    """Read the prompts of all roles from a folder; parts of the house are looked for in each of `houses`.

    Where the negotiation is not `whole`, because of mistakes in its file, bodies are read but not rendered.
    """
    search = _Search(folder=folder, houses=houses)
    for name in dict.fromkeys(role.prompt for role in negotiation.roles):
        search.take_role(name)
    search.take_house()
    search.check(negotiation, whole=whole)
    return Gathering(
        prompts=tuple(PromptSource(name=name, text=text) for name, text in search.texts.items()),
        missing=tuple(search.missing),
        mistakes=tuple(search.mistakes),
    )


@dataclass(slots=True, kw_only=True)
class _Search:
    folder: Path
    houses: tuple[Path, ...]
    texts: dict[str, str] = field(default_factory=dict[str, str])
    """Whole files, as they are kept on record."""
    fronts: dict[str, RolePrompt] = field(default_factory=dict[str, RolePrompt])
    bodies: dict[str, Body] = field(default_factory=dict[str, Body])
    missing: list[str] = field(default_factory=list[str])
    mistakes: list[Mistake] = field(default_factory=list[Mistake])

    def take_role(self, name: str) -> None:
        """Read the prompt of a role."""
        path = self.folder / name
        if not path.exists():
            self.missing.append(name)
            return
        text = self._read(path)
        if text is None:
            return
        reading = read_front(text, str(path))
        self.mistakes.extend(reading.mistakes)
        self.texts[name] = text
        self.fronts[name] = reading.prompt
        self.bodies[name] = Body(file=str(path), text=reading.prompt.body, line=reading.prompt.body_line)

    def take_house(self) -> None:
        """Read what the bodies include, and what that includes."""
        unread = list(self.bodies)
        while unread:
            name = unread.pop(0)
            parts = [part for part in Bodies(self.bodies).includes(name) if is_house_name(part.name)]
            unread.extend(part.name for part in parts if part.name not in self.bodies and self._take_part(part, name))

    def check(self, negotiation: Negotiation, *, whole: bool) -> None:
        """Note what is wrong with the bodies; they are rendered where the negotiation is whole."""
        bodies = Bodies(self.bodies)
        faulty = {mistake.file for mistake in self.mistakes}
        for name in self.bodies:
            found = bodies.mistakes(name, VARIABLES)
            self.mistakes.extend(found)
            faulty.update(mistake.file for mistake in found)
        for role in negotiation.roles:
            if role.prompt in self.bodies and not faulty & self._files(role.prompt, bodies):
                self._check_role(role, bodies, negotiation, whole=whole)

    def _take_part(self, included: Included, by: str) -> bool:
        """Read a part of the house; return whether it is there."""
        path = self._part(included.name)
        if path is None:
            known = sorted({f"house/{part.name}" for house in self.houses for part in house.glob("*.md")})
            problem = f"{included.name!r} does not exist"
            self.mistakes.append(self.bodies[by].mistake(included.line, problem, nearest(included.name, known)))
            return False
        text = self._read(path)
        if text is not None:
            self.texts[included.name] = text
            self.bodies[included.name] = Body(file=str(path), text=text)
        return text is not None

    def _read(self, path: Path) -> str | None:
        notes = Notes(file=str(path))
        text = read_text(path, LONGEST_PROMPT, notes)
        self.mistakes.extend(notes.mistakes)
        return text

    def _part(self, name: str) -> Path | None:
        paths = [house / name.removeprefix("house/") for house in self.houses]
        return next((path for path in paths if path.exists()), None)

    def _used(self, name: str, bodies: Bodies) -> tuple[str, ...]:
        """Return a body and all that it includes."""
        used = [name]
        for one in used:
            used.extend(part.name for part in bodies.includes(one) if part.name in self.bodies and part.name not in used)
        return tuple(used)

    def _files(self, name: str, bodies: Bodies) -> set[str]:
        """Return the files of a body and of all that it includes, whether they could be read or not."""
        used = self._used(name, bodies)
        unread = (self._part(part.name) for one in used for part in bodies.includes(one) if part.name not in self.bodies)
        return {self.bodies[one].file for one in used} | {str(path) for path in unread}

    def _check_role(self, role: Role, bodies: Bodies, negotiation: Negotiation, *, whole: bool) -> None:
        body = self.bodies[role.prompt]
        said = frozenset(name for part in self._used(role.prompt, bodies) for name in bodies.names(part))
        for what, names in _MUST_SAY.items():
            if said.isdisjoint(names):
                expected = f'{{{{ {names[0]} }}}} or {{% include "house/brief.md" %}}'
                self._note(body.mistake(1, f"never tells the role its {what}", expected))
        if not whole:
            return
        try:
            system = bodies.render(role.prompt, variables(negotiation, role))
        except ConfigError as error:
            for mistake in error.mistakes:
                self._note(mistake)
            return
        front = self.fronts[role.prompt]
        needed = count(system) + front.reply + FRAME + room_needed(negotiation, role)
        if needed > front.window:
            problem = f"is {front.window}: what must be in every prompt of {role.name!r} does not fit"
            line = _line_of("window:", self.texts[role.prompt])
            self._note(Mistake(file=body.file, line=line, key="window", problem=problem, expected=f"at least {needed}"))

    def _note(self, mistake: Mistake) -> None:
        """Note a mistake once, however many roles share the file."""
        if mistake not in self.mistakes:
            self.mistakes.append(mistake)


def _line_of(start: str, text: str) -> int:
    return next((number for number, line in enumerate(text.split("\n"), 1) if line.startswith(start)), 1)


_MUST_SAY = {
    "agenda": ("agenda", "issues"),
    "mandate": ("mandate", "limits"),
    "policies": ("policy_lines", "policies"),
    "facts": ("fact_lines", "facts"),
}
"""What is pinned in every prompt, and the variables that say it."""
