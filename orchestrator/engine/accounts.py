"""What has been used so far? Each call is charged to the account of its role and to that of the session."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from orchestrator.engine.account import Account
from orchestrator.engine.session import Session
from orchestrator.messages.event import Heard, Lapsed, SpendRaised
from orchestrator.messages.value import RoleName

__all__ = ["charged", "raised", "scale_of"]

_LARGEST_SCALE = Decimal(4)
"""No vocabulary in use takes more; a service that reports more must not empty a role's window."""


def charged(session: Session, event: Heard | Lapsed) -> tuple[Account, ...]:
    """Return the accounts after a call that was answered, or may have been. What people do is charged to nobody."""
    if event.role in session.people:
        return session.accounts
    return tuple(
        _with_call(session, account, event) if account.role in (None, event.role) else account for account in session.accounts
    )


def raised(accounts: tuple[Account, ...], event: SpendRaised) -> tuple[Account, ...]:
    """Return the accounts under new bounds."""
    return tuple(
        replace(account, bounds=event.spend.over(account.bounds)) if account.role == event.role else account
        for account in accounts
    )


def scale_of(session: Session, role: RoleName) -> Decimal:
    """Return the tokens of a role's model for one that is counted here: as it reported, or at first an estimate."""
    seat = session.seat(role)
    account = next((account for account in session.accounts if account.role == role), None)
    if account is None or not account.counted:
        return seat.estimate if seat and seat.estimate else Decimal(1)
    return min(_LARGEST_SCALE, max(Decimal(1), Decimal(account.reported) / Decimal(account.counted)))


def _with_call(session: Session, account: Account, event: Heard | Lapsed) -> Account:
    usd = account.usd + (event.cost or Decimal(0))
    if isinstance(event, Lapsed):
        return replace(account, calls=account.calls + 1, tokens=account.tokens + event.tokens, usd=usd)
    counted = session.request.counted if session.request else 0
    return replace(
        account,
        calls=account.calls + 1,
        tokens=account.tokens + event.prompt_tokens + event.reply_tokens + (event.lost_tokens or 0),
        usd=usd,
        millis=account.millis + event.millis,
        counted=account.counted + counted,
        reported=account.reported + (event.prompt_tokens if counted else 0),
    )
