"""Where does an address say that a journal is? A database and a schema in it; the password is known and never shown."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, quote, unquote, urlencode

from orchestrator.errors import UsageError

__all__ = ["PATIENCE", "SCHEMA", "PostgresPlace", "is_address", "place_of"]

SCHEMA = "handfast"
"""The schema that holds the tables, unless the address names another."""

PATIENCE = 120.0
"""Seconds that an entry waits for a server that has gone, unless the address says otherwise."""

_FORM = "postgresql://USER@HOST:PORT/DATABASE"
_WORD = r"[A-Za-z0-9._~!$&'()*+,;=%-]*"
_ADDRESS = re.compile(
    rf"postgres(?:ql)?://(?:(?P<user>{_WORD})(?P<password>:{_WORD})?@)?(?P<hosts>[^/@?#\s]*)(?:/(?P<database>[^/@?#\s]*))?"
    r"(?:\?(?P<query>[^#\s]*))?",
    re.ASCII,
)
_BAD_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_SCHEMA = re.compile(r"[a-z_][a-z0-9_]{0,39}", re.ASCII)

_SHOWN = frozenset(
    {
        "application_name",
        "channel_binding",
        "client_encoding",
        "connect_timeout",
        "dbname",
        "gssencmode",
        "host",
        "hostaddr",
        "keepalives",
        "keepalives_count",
        "keepalives_idle",
        "keepalives_interval",
        "krbsrvname",
        "load_balance_hosts",
        "options",
        "passfile",
        "port",
        "require_auth",
        "service",
        "servicefile",
        "sslcert",
        "sslcertmode",
        "sslcrl",
        "sslcrldir",
        "sslkey",
        "sslmode",
        "sslnegotiation",
        "sslrootcert",
        "sslsni",
        "target_session_attrs",
        "tcp_user_timeout",
        "user",
    }
)
_SECRET = frozenset({"password", "sslpassword"})


@dataclass(frozen=True, slots=True)
class PostgresPlace:
    """A journal in a Postgres database. Printed, it is its address without the password."""

    address: str = field(repr=False)
    """With the password, where there is one: for the library that connects, and for nobody else."""
    shown: str
    schema: str = SCHEMA
    patience: float = PATIENCE
    secrets: tuple[str, ...] = field(default=(), repr=False)
    """Words that no message may hold."""

    def __str__(self) -> str:
        return self.shown

    def clean(self, text: str) -> str:
        """Return the text without the secrets of the address."""
        for secret in self.secrets:
            text = text.replace(secret, "***")
        return text


def is_address(text: str) -> bool:
    """Return whether the text is meant as an address of Postgres, and not as a path."""
    return text.startswith(("postgresql://", "postgres://"))


def place_of(address: str) -> PostgresPlace:
    """Return the place that an address names. Raises UsageError, which repeats nothing that may be secret."""
    found = _ADDRESS.fullmatch(address)
    if found is None or _BAD_PERCENT.search(address):
        raise UsageError(
            f"this is no address of Postgres, which has the form {_FORM}",
            hint="write characters such as '@', '/', '#' and '%' in a user or password as %40, %2F, %23 and %25",
        )
    pairs = parse_qsl(found["query"] or "", keep_blank_values=True)
    ours = {key: value for key, value in pairs if key in ("schema", "patience")}
    theirs = [(key, value) for key, value in pairs if key not in ours]
    for key, _ in theirs:
        if key not in _SHOWN | _SECRET:
            raise UsageError(
                f"an address of Postgres has no parameter {key!r}", hint="it knows those of libpq, schema and patience"
            )
    password = (found["password"] or "")[1:]
    return PostgresPlace(
        address=_joined(found, f":{password}" if password else "", theirs),
        shown=_joined(found, "", [pair for pair in pairs if pair[0] not in _SECRET]),
        schema=_schema(ours.get("schema", SCHEMA)),
        patience=_patience(ours.get("patience", f"{PATIENCE:g}")),
        secrets=_secrets(password, [value for key, value in theirs if key in _SECRET]),
    )


def _joined(found: re.Match[str], password: str, pairs: list[tuple[str, str]]) -> str:
    user = found["user"] or ""
    login = f"{user}{password}@" if user or password else ""
    query = f"?{urlencode(pairs, quote_via=quote, safe='/:,')}" if pairs else ""
    return f"postgresql://{login}{found['hosts']}/{found['database'] or ''}{query}"


def _secrets(password: str, others: list[str]) -> tuple[str, ...]:
    words = {password, unquote(password), *others, *(quote(other, safe="") for other in others)}
    return tuple(sorted(filter(None, words), key=len, reverse=True))


def _schema(name: str) -> str:
    if _SCHEMA.fullmatch(name) is None:
        raise UsageError(f"schema={name!r} of the address is no name of small letters, digits and '_', at most 40 long")
    return name


def _patience(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= 86_400:
        raise UsageError(f"patience={text!r} of the address is no number of seconds from 0 to 86400")
    return seconds
