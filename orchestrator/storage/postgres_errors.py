"""What does a failure of Postgres mean, may it pass, and how is it said in plain words? By its code, else by its text."""

from __future__ import annotations

from dataclasses import dataclass

import psycopg

from orchestrator.errors import Unwritable
from orchestrator.storage.postgres_place import PostgresPlace

__all__ = ["Failure", "failure_of", "refused", "unwritable"]

_RESUME = "then go on with 'handfast resume SESSION'"
_OTHER = "name another place with --journal"
_LATER = f"see that the server runs and can be reached, {_RESUME}"


@dataclass(frozen=True, slots=True)
class Failure:
    """A failure in plain words, and whether trying again may help."""

    reason: str
    hint: str = _LATER
    passing: bool = True


_LOGIN = Failure(
    "the server does not know this user, or not with this password", "check the user; give the password", passing=False
)
_NO_DATABASE = Failure("the server has no database of this name", f"make it with 'createdb', or {_OTHER}", passing=False)
_CROWDED = Failure("the server has no connection left (too many connections)", f"close some or allow more, {_RESUME}")
_GONE = Failure("the server is stopping, starting, or was restarted")
_CHANGED = Failure("its tables are not those of a journal", _OTHER, passing=False)
_FORBIDDEN = Failure("this user may not use it", f"let an administrator grant the rights, or {_OTHER}", passing=False)

_BY_CODE: tuple[tuple[str, Failure], ...] = (
    ("08", Failure("the connection was lost")),
    ("25006", Failure("the server takes no writing now: it is a standby or read-only")),
    ("28", _LOGIN),
    ("3D000", _NO_DATABASE),
    ("3F000", _CHANGED),
    ("40", Failure("the server put other transactions first")),
    ("42501", _FORBIDDEN),
    ("42", _CHANGED),
    ("53100", Failure("the disk of the server is full", f"free some space there, {_RESUME}", passing=False)),
    ("53300", _CROWDED),
    ("53", Failure("the server is short of memory or connections")),
    ("55", Failure("it is locked by another program")),
    ("57014", Failure("the server cancelled the statement")),
    ("57P", _GONE),
    ("58", Failure("the disk of the server failed", f"check the server, {_RESUME}", passing=False)),
    ("XX", Failure("it is damaged", "restore the journal from a copy that verifies", passing=False)),
)

# A connection that fails has no code, only words; a server that speaks another language is told of in its own.
_BY_TEXT: tuple[tuple[str, Failure], ...] = (
    ("too many", _CROWDED),
    ("remaining connection slots", _CROWDED),
    ("password authentication failed", _LOGIN),
    ("no password supplied", _LOGIN),
    ("no pg_hba.conf entry", _LOGIN),
    ("authentication failed", _LOGIN),
    ("role ", _LOGIN),
    ("does not exist", _NO_DATABASE),
    ("permission denied for database", _FORBIDDEN),
    ("starting up", _GONE),
    ("shutting down", _GONE),
    ("terminating connection", _GONE),
    ("refused", Failure("the server refuses the connection: nothing listens there")),
    ("No such file or directory", Failure("no server listens on that socket")),
    ("resolve host", Failure("there is no host of this name")),
    ("timeout", Failure("the server does not answer")),
    ("closed", Failure("the connection was lost")),
    ("SSL", Failure("no secured connection could be made", "check sslmode and certificates", passing=False)),
)


def failure_of(error: Exception, place: PostgresPlace) -> Failure:
    """Return what a failure means. One that nobody foresaw may pass where the connection is what failed."""
    code = getattr(error, "sqlstate", None)
    text = place.clean(" ".join(str(error).split()))
    if code is not None:
        known = next((failure for prefix, failure in _BY_CODE if str(code).startswith(prefix)), None)
        return known or Failure(f"{type(error).__name__}: {text}", _OTHER, passing=False)
    known = next((failure for words, failure in _BY_TEXT if words in text), None)
    if text.startswith("connection is bad: invalid"):
        return Failure(f"its address is wrong: {text.removeprefix('connection is bad: ')}", _OTHER, passing=False)
    return known or Failure(text, passing=isinstance(error, psycopg.OperationalError | psycopg.InterfaceError))


def unwritable(place: PostgresPlace, error: Exception) -> Unwritable:
    """Return the error that tells a person why the journal cannot be used, and what to do."""
    failure = failure_of(error, place)
    return refused(place, failure.reason, failure.hint)


def refused(place: PostgresPlace, reason: str, hint: str = _OTHER) -> Unwritable:
    """Return the error of a journal that cannot be used as it is."""
    return Unwritable(f"journal {str(place)!r}: {reason}", hint=hint)
