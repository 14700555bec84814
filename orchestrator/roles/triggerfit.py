"""Do the triggers of a file fit the rest of it? Each has one moment, reopens issues that there are, and sees pots in use."""

from __future__ import annotations

from orchestrator.messages.trigger import DayTrigger, FactTrigger, PotTrigger, SpanTrigger, Trigger
from orchestrator.messages.value import IssueName
from orchestrator.roles.pieces import Notes, Piece, Pieces, nearest, shown
from orchestrator.roles.triggerform import TriggerForm

__all__ = ["check_triggers", "triggers_of"]

_WHEN = ("when", "on", "after")


def triggers_of(pieces: Pieces) -> tuple[Trigger, ...]:
    """Return the triggers that the file says, as far as they could be read."""
    made = (_trigger(piece.form) for piece in pieces.triggers if piece.form is not None)
    return tuple(trigger for trigger in made if trigger is not None)


def check_triggers(pieces: Pieces, notes: Notes) -> None:
    """Note triggers that say no moment or several, issues that there are not, and pots that nothing is taken of."""
    for piece in pieces.triggers:
        if piece.form is not None:
            _check_moment(piece, piece.form, notes)
            _check_pot(piece, piece.form, pieces, notes)
            _check_changes(piece, piece.form, pieces, notes)


def _trigger(form: TriggerForm) -> Trigger | None:
    changes = () if form.changes == ("all",) else tuple(map(IssueName, form.changes))
    by = form.by or ""
    if form.when is not None and form.pot is not None:
        return PotTrigger(id=form.id, why=form.why, changes=changes, by=by, pot=form.pot, when=form.when)
    if form.when is not None:
        return FactTrigger(id=form.id, why=form.why, changes=changes, by=by, when=form.when)
    if form.on is not None:
        return DayTrigger(id=form.id, why=form.why, changes=changes, by=by, day=form.on)
    if form.after is not None:
        return SpanTrigger(id=form.id, why=form.why, changes=changes, by=by, seconds=form.after)
    return None


def _check_moment(piece: Piece[TriggerForm], form: TriggerForm, notes: Notes) -> None:
    given = [key for key in _WHEN if getattr(form, key) is not None]
    if len(given) > 1:
        problem = f"stands beside {given[0]!r}"
        notes.add(piece.line_of(given[1]), f"{piece.key}.{given[1]}", problem, "one of when, on and after")
    elif not given and not piece.unread & set(_WHEN):
        notes.add(piece.line, piece.key, "never fires", "one of when, on and after")


def _check_pot(piece: Piece[TriggerForm], form: TriggerForm, pieces: Pieces, notes: Notes) -> None:
    if form.pot is None:
        return
    line, key = piece.line_of("pot"), f"{piece.key}.pot"
    drawn_on = [take.form.pot for take in pieces.takes if take.form is not None]
    if form.when is None and "when" not in piece.unread:
        notes.add(line, key, "stands without 'when'", "a 'when' over free, committed, reserved and size")
    if form.pot not in drawn_on:
        expected = nearest(form.pot, drawn_on) if drawn_on else "a pot of 'budgets.takes'"
        notes.add(line, key, f"nothing is taken of {shown(form.pot)}", expected)


def _check_changes(piece: Piece[TriggerForm], form: TriggerForm, pieces: Pieces, notes: Notes) -> None:
    line, key = piece.line_of("changes"), f"{piece.key}.changes"
    if not form.changes:
        notes.add(line, key, "nothing is reopened", "'all' or a list of issues")
    if form.changes == ("all",):
        return
    for place, name in enumerate(form.changes):
        if name not in pieces.issues:
            notes.add(line, key, f"{shown(name)} is no issue", nearest(name, pieces.issues))
        elif name in form.changes[:place]:
            notes.add(line, key, f"{shown(name)} is there twice", "each issue once")
