"""What follows from a record, decided again? The same events by its own rules, or what others would have decided."""

from __future__ import annotations

import click

from orchestrator.assembly import Place, load_folder, rules_for
from orchestrator.cli.options import journal_option, json_option
from orchestrator.cli.printing import as_json, say, wrapped
from orchestrator.cli.record import Record, recorded
from orchestrator.errors import UsageError
from orchestrator.messages.negotiation import Negotiation
from orchestrator.messages.reply import Written
from orchestrator.report.figures import listed
from orchestrator.report.printed import Json
from orchestrator.report.whatif import became
from orchestrator.runtime.record import Difference, redecide, what_if

__all__ = ["replay"]


@click.command
@click.argument("session")
@click.option("--rules", metavar="PATH", help="Files with the rules to decide by, instead of the session's own.")
@journal_option
@json_option
def replay(session: str, *, rules: str | None, journal: Place, as_object: bool) -> int:
    """Decide every reply of SESSION again, without a model.

    By its own rules the same events must come out, else the exit code is 1. With --rules each reply is judged by the
    policies, limits and gates of other files, in the state that it met; what they would have decided otherwise is listed.
    """
    negotiation = load_folder(rules).negotiation if rules else None
    with recorded(journal, session) as record:
        pass
    differences: tuple[Difference, ...] = ()
    if negotiation is None:
        redecide(record.entries, rules_for)
    else:
        _check_comparable(record, negotiation)
        differences = what_if(record.entries, rules_for(negotiation))
    if as_object:
        say(as_json(_json(record, rules, differences)))
        return 0
    _print(record, rules, differences)
    return 0


def _check_comparable(record: Record, negotiation: Negotiation) -> None:
    own = record.session.settings.negotiation
    for what, ours, theirs in (
        ("issues", [issue.name for issue in own.issues], [issue.name for issue in negotiation.issues]),
        ("roles", [role.name for role in own.roles], [role.name for role in negotiation.roles]),
    ):
        if sorted(ours) != sorted(theirs):
            hint = f"the session's {what}: {', '.join(ours)}"
            raise UsageError(f"{negotiation.name!r} has other {what} than session {record.session.id!r}", hint=hint)


def _json(record: Record, rules: str | None, differences: tuple[Difference, ...]) -> dict[str, Json]:
    listing: list[Json] = [
        {
            "seq": difference.seq,
            "role": _role(record, difference),
            "recorded": list(became(difference.recorded)),
            "would_be": list(became(difference.would_be)),
        }
        for difference in differences
    ]
    return {"session": record.session.id, "rules": rules, "replies": len(record.entries), "differences": listing}


def _print(record: Record, rules: str | None, differences: tuple[Difference, ...]) -> None:
    count = f"{len(record.entries):,} replies decided again"
    if not differences:
        say(f"{record.session.id}: {count}, all as recorded")
        return
    say(f"{record.session.id}: {count} by {rules}; {len(differences):,} would be decided otherwise")
    for difference in differences:
        role = _role(record, difference)
        say(f"entry {difference.seq}" + (f", {role}" if role else ""))
        for label, events in (("was      ", difference.recorded), ("would be ", difference.would_be)):
            for line in wrapped(listed(became(events)) or "nothing", f"  {label}", " " * 11):
                say(line)


def _role(record: Record, difference: Difference) -> str:
    reply = record.entries[difference.seq].reply
    return reply.role if isinstance(reply, Written) else ""
