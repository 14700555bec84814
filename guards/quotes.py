"""May anything be accepted yet? Not before enough other roles have made a whole offer, where the file asks for that."""

from __future__ import annotations

from orchestrator.messages.draft import Draft
from orchestrator.messages.finding import Finding
from orchestrator.messages.quotes import offers_missing, quoting_roles
from orchestrator.messages.view import View

__all__ = ["waits_for_offers"]


def waits_for_offers(draft: Draft, view: View, /) -> tuple[Finding, ...]:
    """Refuse an acceptance before `min_offers` roles beside the sender have each offered a value for every issue."""
    wanted = view.agenda.agreement.min_offers
    if draft.act != "accept" or not offers_missing(view):
        return ()
    quoted = quoting_roles(view)
    who = f"only {', '.join(quoted)}" if quoted else "nobody"
    return (
        Finding(
            code="policy.min_offers",
            kind="policy",
            severity="refuse",
            path="offer",
            words=(draft.offer or "")[:80],
            message=f"nothing may be accepted before {wanted} other roles have made a whole offer; so far {who} has",
            allowed="query, inform or propose until then",
        ),
    )
