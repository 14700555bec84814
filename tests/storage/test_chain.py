"""A record holds only as it was written: whatever is changed, moved, lost or forged is found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from orchestrator.engine import begin
from orchestrator.errors import ChainBroken
from orchestrator.messages.entry import FIRST_PARENT, Entry, Row, digest_of_cells, row_of, seal
from orchestrator.messages.value import Digest, SessionId
from orchestrator.storage.chain import ChainReport, check_chain
from orchestrator.storage.keys import SigningKey
from orchestrator.testing.samples import (
    SAMPLE_START,
    sample_agreement,
    sample_entries,
    sample_interruption,
    sample_key,
    sample_parked,
    sample_rules,
    sample_settings,
)

KEY = sample_key()
OTHER = SigningKey(b"\x07" * 32)


def _rows(entries: Sequence[Entry], key: SigningKey = KEY) -> tuple[Row, ...]:
    return tuple(row_of(entry, key.sign) for entry in entries)


def _flaw(rows: Sequence[Row], public: str | None = None) -> str:
    with pytest.raises(ChainBroken) as raised:
        check_chain(rows, public)
    return raised.value.message


def _opening(public: str, session: str = "sample-0001") -> Entry:
    return begin(sample_settings(session).model_copy(update={"key": public}), SAMPLE_START, sample_rules())


@pytest.mark.parametrize("public", [None, KEY.public])
def test_an_agreement(public: str | None) -> None:
    """The record of an agreement holds, is over, and is signed up to its end."""
    entries = sample_agreement()
    report = check_chain(_rows(entries), public)
    assert report == ChainReport(entries=entries, key=KEY.public, signed_until=4, over=True)
    assert report.unsigned_tail == 0


def test_a_killed_session() -> None:
    """What stands after the last signed head is counted; where nothing is signed yet, that is everything."""
    entries = sample_entries(3)
    report = check_chain(_rows(entries))
    assert report == ChainReport(entries=entries, key=KEY.public, signed_until=None, over=False)
    assert report.unsigned_tail == 3


def test_what_truncation_leaves() -> None:
    """Entries taken off the end leave a record that holds, and says that it is not over and how far it is signed."""
    rows = _rows(sample_agreement())
    reports = [check_chain(rows[:count]) for count in range(1, 6)]
    assert [(report.signed_until, report.unsigned_tail, report.over) for report in reports] == [
        (None, 1, False),
        (None, 2, False),
        (None, 3, False),
        (3, 0, False),
        (4, 0, True),
    ]


def test_nothing() -> None:
    """No entries are no record."""
    assert _flaw(()) == "the journal: there are no entries"


@pytest.mark.parametrize("lost", [0, 1, 2, 3])
def test_a_lost_entry(lost: int) -> None:
    """An entry that is missing before the last is found where the next one stands."""
    rows = _rows(sample_agreement())
    assert _flaw(rows[:lost] + rows[lost + 1 :]) == (
        f"entry {lost + 1} of session 'sample-0001': stands where entry {lost} should be"
    )


def test_entries_in_another_order() -> None:
    """Entries that changed places are found, with or without their numbers."""
    rows = _rows(sample_agreement())
    assert _flaw([rows[0], rows[2], rows[1]]) == "entry 2 of session 'sample-0001': stands where entry 1 should be"
    renumbered = [rows[0], replace(rows[2], seq=1), replace(rows[1], seq=2)]
    assert _flaw(renumbered) == "entry 1 of session 'sample-0001': does not follow the entry before it"


def test_an_entry_of_another_record() -> None:
    """An entry of another session with the same key has no place here."""
    rows, others = _rows(sample_agreement()), _rows(sample_agreement("sample-0002"))
    assert _flaw([rows[0], others[1]]) == "entry 1 of session 'sample-0002': does not follow the entry before it"


def test_a_first_entry_with_a_parent() -> None:
    """A session's first entry follows nothing."""
    opening = _opening(KEY.public)
    moved = seal(opening.session, 0, Digest("1" * 64), opening.reply, opening.events)
    assert _flaw(_rows([moved])) == "entry 0 of session 'sample-0001': does not follow the entry before it"


def test_a_record_without_an_opening() -> None:
    """A session begins with its opening."""
    aside = sample_entries(2)[1]
    assert _flaw(_rows([seal(aside.session, 0, FIRST_PARENT, aside.reply, aside.events)])) == (
        "entry 0 of session 'sample-0001': the first entry is not an opening"
    )


def test_an_opening_of_another_session() -> None:
    """An opening stands in the session that it opens."""
    opening = _opening(KEY.public)
    assert _flaw(_rows([seal(SessionId("sample-0002"), 0, FIRST_PARENT, opening.reply, opening.events)])) == (
        "entry 0 of session 'sample-0002': opens another session, 'sample-0001'"
    )


@pytest.mark.parametrize("public", ["", "ab", KEY.public.upper(), KEY.public + "\n", "g" * 64])
def test_an_opening_without_a_key(public: str) -> None:
    """A session names the key of its signatures when it opens."""
    assert _flaw(_rows([_opening(public)])) == ("entry 0 of session 'sample-0001': names no key to check signatures with")


def test_a_record_forged_with_another_key() -> None:
    """A record that is whole but signed by another key passes alone, and not where the key is pinned."""
    entries = sample_entries(1)
    forged = _rows([_opening(OTHER.public)], OTHER)
    assert check_chain(forged).key == OTHER.public
    assert _flaw(forged, KEY.public) == "entry 0 of session 'sample-0001': signed by another key"
    assert check_chain(_rows(entries), KEY.public).entries == entries


def test_a_head_signed_by_another_key() -> None:
    """The heads of a session are signed by the key that it opened with."""
    rows = _rows(sample_interruption())
    forged = (*rows[:2], row_of(sample_interruption()[2], OTHER.sign))
    assert _flaw(forged) == "entry 2 of session 'sample-0001': its signature is missing or not that of the session's key"


def test_a_signature_taken_from_another_head() -> None:
    """A signature is of one head only."""
    rows = _rows(sample_agreement())
    forged = (*rows[:4], replace(rows[4], signature=rows[3].signature))
    assert _flaw(forged) == "entry 4 of session 'sample-0001': its signature is missing or not that of the session's key"


def test_a_missing_signature() -> None:
    """A head that must be signed does not hold without its signature."""
    rows = _rows(sample_parked())
    assert _flaw((*rows[:3], replace(rows[3], signature=""))) == (
        "entry 3 of session 'sample-0001': its signature is missing or not that of the session's key"
    )


def test_a_signature_in_a_strange_place() -> None:
    """An entry that needs no signature has none, even if it is a good one."""
    rows = _rows(sample_entries(2))
    signed = replace(rows[1], signature=KEY.sign(Digest(rows[1].digest)))
    assert _flaw((rows[0], signed)) == "entry 1 of session 'sample-0001': carries a signature where none belongs"


def test_content_that_is_no_entry() -> None:
    """Text that carries its own digest and is no reply is told in one line."""
    opening = sample_entries(1)[0]
    broken = seal(opening.session, 0, FIRST_PARENT, opening.reply, opening.events)
    row = _with_reply(row_of(broken, KEY.sign), '{"kind":"opening"')
    assert _flaw([row]) == "entry 0 of session 'sample-0001': is no entry that this version of handfast knows"


def _with_reply(row: Row, reply: str) -> Row:
    return replace(row, reply=reply, digest=digest_of_cells(row.session, row.seq, row.at, row.parent, reply, row.events))
