"""What does a person do in their turn? Commands, forms and free words, until there is a draft for the guards."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from orchestrator.cli.seat.acts import COMMANDS, Done, Notebook
from orchestrator.cli.seat.aid import aid, fact_lines, heard, record_lines, rule_lines
from orchestrator.cli.seat.asking import Asking, Question
from orchestrator.cli.seat.table import table
from orchestrator.cli.seat.values import NotMeant
from orchestrator.errors import SeatLeft
from orchestrator.messages.view import View
from orchestrator.report.clean import clean
from orchestrator.report.figures import listed, plural, short_id

__all__ = ["turn"]

_MOST_FINDINGS = 12
_LEAVING = ("leave", "quit", "exit")


def turn(view: View, notebook: Notebook, width: int) -> Asking[str]:
    """Ask a person until they have a draft, and return it as a model would write it. Raises SeatLeft where they leave."""
    lines = tuple(_opening(view, notebook, width))
    notebook.greeted = True
    while True:
        line = (yield Question(lines, f"{view.role}> ")).strip()
        if line.startswith("{"):
            return line
        name, _, rest = line.partition(" ")
        done = yield from _do(view, notebook, name.casefold(), rest.strip(), width)
        if isinstance(done, str):
            return done
        lines = done


def _do(view: View, notebook: Notebook, name: str, rest: str, width: int) -> Asking[Done]:
    if name in _LOOKS:
        return tuple(_LOOKS[name](view, width))
    if name in _LEAVING:
        raise SeatLeft(view.role, f"the person in the seat of {view.role} left")
    if name not in COMMANDS:
        said = f"'{clean(name, 40)}' is no command. " if name else ""
        return (f"{said}Write one of {', '.join(COMMANDS)}; ? shows what each takes.",)
    try:
        return (yield from COMMANDS[name](view, notebook, rest))
    except NotMeant as expected:
        return (f"{expected}.",)


def _opening(view: View, notebook: Notebook, width: int) -> Iterator[str]:
    if view.attempt:
        yield from _refused(view)
        return
    yield ""
    if not notebook.greeted:
        others = [f"{role}{'' if role in view.people else ' (an agent)'}" for role in view.agenda.roles if role != view.role]
        yield f"You are {view.role}. With you at the table: {listed(others)}."
        yield "Only typed terms bind; what you write is checked like any agent's. ? shows what you can do."
        if notebook.missed and view.moves:
            yield ""
            yield from heard(view)
        yield ""
    yield f"Round {view.round} of {view.agenda.stop.rounds}. It is your turn, {view.role}."
    for remark in view.remarks:
        yield f"! your last words did not reach the others as you wrote them: {clean(remark.message, 300)}"
    yield from _looked(view, width)


def _looked(view: View, width: int) -> Iterator[str]:
    yield from table(view, width)
    backed = next((backing.offer for backing in view.backing if backing.role == view.role), None)
    yield f"You back {short_id(backed)}." if backed else "You back no offer."


def _refused(view: View) -> Iterator[str]:
    count = len(view.findings)
    yield f"Not sent; nobody else has seen it. {count} {plural(count, 'thing')} {'is' if count == 1 else 'are'} in the way:"
    for finding in view.findings[:_MOST_FINDINGS]:
        yield f"! {f'{finding.path}: ' if finding.path else ''}{clean(finding.message, 400)} ({finding.code})"
        if finding.allowed:
            yield f"  allowed: {clean(finding.allowed, 200)}"
    left = view.agenda.stop.repairs - view.attempt + 1
    if left > 1:
        yield f"You may mend it {left} more times."
    else:
        yield "You may mend it once more; then words at fault are left out, and a move at fault is not made this turn."


_LOOKS: dict[str, Callable[[View, int], Iterator[str]]] = {
    "?": lambda view, _: aid(view),
    "help": lambda view, _: aid(view),
    "table": _looked,
    "show": _looked,
    "facts": lambda view, _: fact_lines(view),
    "rules": lambda view, _: rule_lines(view),
    "record": lambda view, _: record_lines(view),
    "said": lambda view, _: heard(view),
}
