"""Does this database hold a journal of ours, and may it be used? Its tables, made when missing, and their format."""

from __future__ import annotations

import psycopg
from psycopg import sql

from orchestrator.errors import UsageError
from orchestrator.storage.postgres_errors import refused
from orchestrator.storage.postgres_link import Connection
from orchestrator.storage.postgres_place import PostgresPlace

__all__ = ["FORMAT", "check_to_read", "check_to_write", "in_schema"]

FORMAT = 1
"""Stands in the table `format`; raised when older versions could not read what is written."""

_LOCK = 0x68616E64
"""The advisory lock of whoever makes the tables: `hand` in ASCII."""

_TABLES = ("entries", "format", "pots", "pledges")
"""What is kept of pots follows from the entries; figures are decimal text."""

_COLUMNS = {
    "session": "text",
    "seq": "integer",
    "at": "text",
    "parent": "bytea",
    "reply": "text",
    "events": "text",
    "digest": "bytea",
    "signature": "text",
    "arrived": "bigint",
}

_MADE = """
CREATE SCHEMA IF NOT EXISTS {schema};
CREATE TABLE {entries} (
    session text COLLATE "C" NOT NULL, seq integer NOT NULL, at text NOT NULL, parent bytea NOT NULL, reply text NOT NULL,
    events text NOT NULL, digest bytea NOT NULL, signature text NOT NULL, arrived bigint GENERATED ALWAYS AS IDENTITY,
    PRIMARY KEY (session, seq)
);
CREATE TABLE {pots} (
    name text COLLATE "C" PRIMARY KEY, title text NOT NULL, unit text NOT NULL, size text NOT NULL, step text NOT NULL,
    why text NOT NULL, held text NOT NULL, session text NOT NULL, seq integer NOT NULL
);
CREATE TABLE {pledges} (
    pot text COLLATE "C" NOT NULL, account text COLLATE "C" NOT NULL, holder text NOT NULL, reserved text NOT NULL,
    committed text NOT NULL, session text NOT NULL, seq integer NOT NULL, PRIMARY KEY (pot, account)
);
CREATE TABLE {format} (application text PRIMARY KEY, version integer NOT NULL);
INSERT INTO {format} VALUES ('handfast', {version});
"""

# Read from the catalogue itself: names are looked up in a cache that may not have heard of what another process made.
_FOUND = """
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = %s AND c.relname IN ('entries', 'format', 'pots', 'pledges')
"""
_SHAPE = """
SELECT a.attname, format_type(a.atttypid, a.atttypmod) FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
WHERE c.oid = to_regclass(%s) AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
"""
_FENCE = """
SELECT count(*) FROM pg_index i WHERE i.indrelid = to_regclass(%s) AND i.indisprimary AND i.indisvalid
AND (SELECT array_agg(attname::text ORDER BY attnum) FROM pg_attribute WHERE attrelid = i.indexrelid) = '{session,seq}'
"""
_RIGHTS = """
SELECT has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT'), has_table_privilege(c.oid, 'INSERT'),
    current_setting('transaction_read_only') = 'on'
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = %s AND c.relname = 'entries'
"""

# Each statement sees what is there when it begins; and nothing is acknowledged before it is written, as a server can be told.
_MANNERS = """
SELECT set_config('default_transaction_isolation', 'read committed', false),
    CASE current_setting('synchronous_commit') WHEN 'off' THEN set_config('synchronous_commit', 'on', false) END
"""


def check_to_read(connection: Connection, place: PostgresPlace) -> None:
    """Return where the tables are those of a journal. Raises UsageError where there are none, Unwritable where others are."""
    if not _found(connection, place):
        raise UsageError(f"there is no journal {str(place)!r}", hint="name another with --journal, or run a negotiation first")
    _check(connection, place)


def check_to_write(connection: Connection, place: PostgresPlace, *, making: bool) -> None:
    """Check that the tables can be written to, made where they are missing and may be. Raises Unwritable where they cannot."""
    connection.execute(_MANNERS)
    if making and not _found(connection, place):
        _make(connection, place)
    _check(connection, place)
    _, may_insert, read_only = _rights(connection, place)
    if read_only:
        # As a statement would fail: after a failover, the primary is found by trying again.
        raise psycopg.errors.ReadOnlySqlTransaction("the server takes no writing now")
    if not may_insert:
        raise refused(place, "this user may only read it", "grant INSERT, or name another user in --journal")


def in_schema(place: PostgresPlace, text: str) -> sql.Composed:
    """Return a statement with the names of the schema and of its tables in their places."""
    tables = {table: sql.Identifier(place.schema, table) for table in _TABLES}
    return sql.SQL(text).format(schema=sql.Identifier(place.schema), version=sql.Literal(FORMAT), **tables)  # pyright: ignore[reportArgumentType] - texts of this package


def _names(place: PostgresPlace) -> tuple[str, str]:
    return f'"{place.schema}".entries', f'"{place.schema}".format'


def _found(connection: Connection, place: PostgresPlace) -> int:
    """Return how many of the tables there are."""
    return len(connection.execute(_FOUND, (place.schema,)).fetchall())


def _make(connection: Connection, place: PostgresPlace) -> None:
    encoding = connection.execute("SHOW server_encoding").fetchone()
    if encoding != ("UTF8",):
        raise refused(place, "the database does not keep UTF-8", "make one with 'createdb --encoding UTF8'")
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
        if not _found(connection, place):
            connection.execute(in_schema(place, _MADE))


def _check(connection: Connection, place: PostgresPlace) -> None:
    entries, format_ = _names(place)
    if _found(connection, place) != len(_TABLES):
        raise refused(place, "its tables are not those of a journal", _other(place))
    may_read, *_ = _rights(connection, place)
    if not may_read:
        raise refused(place, "this user may not read it", "grant USAGE on the schema and SELECT on its tables")
    shape = dict(connection.execute(_SHAPE, (entries,)).fetchall())
    marks = dict(connection.execute(_SHAPE, (format_,)).fetchall())
    fences = connection.execute(_FENCE, (entries,)).fetchone()
    if shape != _COLUMNS or marks != {"application": "text", "version": "integer"} or fences != (1,):
        raise refused(place, "its tables are not those of a journal", _other(place))
    version = connection.execute(in_schema(place, "SELECT version FROM {format} WHERE application = 'handfast'")).fetchone()
    if version is None:
        raise refused(place, "its tables are not those of a journal", _other(place))
    if version[0] > FORMAT:
        raise refused(place, f"it has format {version[0]}; this version knows {FORMAT}", "use a newer version of handfast")


def _other(place: PostgresPlace) -> str:
    return f"another program keeps {place.schema!r} there: name another schema, with '?schema=NAME' in the address"


def _rights(connection: Connection, place: PostgresPlace) -> tuple[bool, bool, bool]:
    found = connection.execute(_RIGHTS, (place.schema,)).fetchone()
    may_read, may_insert, read_only = found or (False, False, False)
    return bool(may_read), bool(may_insert), bool(read_only)
