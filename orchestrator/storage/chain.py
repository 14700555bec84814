"""Is a session's record as it was written? Every cell is covered by a digest, each head of importance by a signature."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from orchestrator.errors import ChainBroken
from orchestrator.messages.entry import FIRST_PARENT, Entry, Row, needs_signature, read_row
from orchestrator.messages.event import Ended
from orchestrator.messages.leave import Founded
from orchestrator.messages.pot import POTS_BOOK, PotsApplied
from orchestrator.messages.reply import Opening
from orchestrator.messages.value import Digest
from orchestrator.storage.keys import check_signature, is_public_key

__all__ = ["ChainReport", "check_chain"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainReport:
    """A chain that holds, and how far a signature vouches for it.

    Taking whole entries off the end leaves a shorter chain that holds too. What shows it is that the session is not
    `over`, or that its head is not signed, where a copy, a receipt or a person says otherwise.
    """

    entries: tuple[Entry, ...]
    key: str
    """The public key that the session was opened with, and that signed its heads."""
    signed_until: int | None
    """The place of the last signed head; None where nothing is signed yet."""
    over: bool
    """Whether the session has ended."""

    @property
    def unsigned_tail(self) -> int:
        """Return how many entries stand after the last signed head."""
        return len(self.entries) if self.signed_until is None else len(self.entries) - self.signed_until - 1


def check_chain(rows: Iterable[Row], public: str | None = None) -> ChainReport:
    """Return what the rows of one session tell, all of them and in order. Raises ChainBroken at the first flaw.

    `public` pins the key: with it, a record that somebody wrote anew and signed with another key is found out.
    """
    entries: list[Entry] = []
    key = ""
    parent = FIRST_PARENT
    signed_until: int | None = None
    for row in rows:
        entry = _read(row, len(entries), parent)
        if not entries:
            key = _key_of(entry, public)
        if _check_head(entry, row.signature, key):
            signed_until = entry.seq
        entries.append(entry)
        parent = entry.digest
    if not entries:
        raise ChainBroken("", None, "there are no entries")
    over = any(isinstance(event, Ended) for entry in reversed(entries) for event in entry.events)
    return ChainReport(entries=tuple(entries), key=key, signed_until=signed_until, over=over)


def _read(row: Row, seq: int, parent: Digest) -> Entry:
    if row.seq != seq:
        raise ChainBroken(row.session, row.seq, f"stands where entry {seq} should be")
    if row.parent != parent:
        raise ChainBroken(row.session, seq, "does not follow the entry before it")
    return read_row(row)


def _key_of(entry: Entry, public: str | None) -> str:
    key = _named_key(entry)
    if public is not None and key != public:
        raise ChainBroken(entry.session, entry.seq, "signed by another key")
    if not is_public_key(key):
        raise ChainBroken(entry.session, entry.seq, "names no key to check signatures with")
    return key


def _named_key(entry: Entry) -> str:
    if isinstance(entry.reply, Founded) or (isinstance(entry.reply, PotsApplied) and entry.session == POTS_BOOK):
        return entry.reply.key
    if not isinstance(entry.reply, Opening):
        raise ChainBroken(entry.session, entry.seq, "the first entry is not an opening")
    settings = entry.reply.settings
    if settings.session != entry.session:
        raise ChainBroken(entry.session, entry.seq, f"opens another session, {settings.session!r}")
    return settings.key


def _check_head(entry: Entry, signature: str, key: str) -> bool:
    if not needs_signature(entry):
        if signature:
            raise ChainBroken(entry.session, entry.seq, "carries a signature where none belongs")
        return False
    if not check_signature(key, entry.digest, signature):
        raise ChainBroken(entry.session, entry.seq, "its signature is missing or not that of the session's key")
    return True
