"""Is every stored cell of an entry covered? The digest is fixed, and any change of a cell is seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from orchestrator.errors import ChainBroken
from orchestrator.messages.digest import sha256
from orchestrator.messages.entry import FIRST_PARENT, Row, read_row, row_of, seal
from orchestrator.messages.event import Ended, Held
from orchestrator.messages.negotiation import Fact
from orchestrator.messages.reply import Interrupted, Opening, Reply, Reported, Ruled, Sought, Usage, Written
from orchestrator.messages.settings import Settings
from orchestrator.messages.value import Digest, OfferId, RoleName, SessionId

NOTHING = {"name": "n", "title": "t", "pattern": "auction", "issues": (), "roles": (), "stop": {"rounds": 3}}
FACT = {"name": "f", "kind": "text", "value": "v", "says": "s", "visible_to": (), "source": "b", "as_of": "2026-01-01"}
AT = datetime(2026, 1, 1, 9, 0, 0, 5, tzinfo=UTC)
ENTRY = seal(
    SessionId("campaign-k4xq"),
    3,
    FIRST_PARENT,
    Written(
        at=AT,
        role=RoleName("budget"),
        model="scripted",
        text='{"act": "inform"}',
        size=17,
        usage=Usage(prompt=7, reply=5),
        began=AT,
    ),
    (Held(role=RoleName("budget")), Ended(status="no_agreement", reason="rounds")),
)
ROW = Row(
    session="campaign-k4xq",
    seq=3,
    at="2026-01-01T09:00:00.000005+00:00",
    parent="0" * 64,
    reply='{"at":"2026-01-01T09:00:00.000005Z","kind":"written","role":"budget","model":"scripted",'
    '"text":"{\\"act\\": \\"inform\\"}","size":17,"usage":{"prompt":7,"reply":5},"began":"2026-01-01T09:00:00.000005Z"}',
    events='[{"kind":"held","role":"budget"},{"kind":"ended","status":"no_agreement","reason":"rounds"}]',
    digest="c491e76a91ed185a673bc37426d7e5dfe68215d723105669bf6f2950e5a48afa",
    signature="signed",
)


def test_entry_is_stored_as_it_always_was() -> None:
    """The row of a known entry has the cells and the digest that older journals have, and that others can compute."""
    assert row_of(ENTRY, lambda _: "signed") == ROW == with_digest(ROW)


def test_what_is_signed_is_the_digest() -> None:
    """A head's signature is over the entry's digest, which covers all before it."""
    assert row_of(ENTRY, lambda digest: f"over {digest}").signature == f"over {ENTRY.digest}"


REPLIES: list[tuple[Reply, bool]] = [
    (Opening(at=AT, settings=Settings.model_validate({"session": "s", "negotiation": NOTHING})), False),
    (ENTRY.reply, False),
    (Reported(at=AT, fact=Fact.model_validate(FACT), by="crm"), False),
    (Sought(at=AT, gate="big"), True),
    (Ruled(at=AT, gate="big", by="cmo", approved=True, offer=OfferId("m1-k4xq"), digest=Digest("0")), True),
    (Interrupted(at=AT, why="stopped"), True),
]


@pytest.mark.parametrize(("reply", "counts"), REPLIES, ids=[reply.kind for reply, _ in REPLIES])
def test_heads_that_count_are_signed(reply: Reply, counts: bool) -> None:  # noqa: FBT001 - a column of a table
    """A head is signed where the session is parked, ruled on or interrupted, and wherever it ends; nowhere else."""
    entries = [seal(ENTRY.session, 0, FIRST_PARENT, reply, events) for events in ((), ENTRY.events)]
    assert [row_of(entry, lambda _: "signed").signature for entry in entries] == ["signed" if counts else "", "signed"]


@pytest.mark.parametrize(
    "change",
    [
        {"session": "campaign-k4xr"},
        {"seq": 4},
        {"at": "2026-01-01T09:00:00.000006+00:00"},
        {"parent": "1" * 64},
        {"reply": ROW.reply.replace('"size":17', '"size":18')},
        {"reply": ROW.reply + " "},
        {"events": ROW.events.replace("budget", "channel")},
        {"events": "[]"},
        {"digest": "0" * 64},
        {"session": 'campaign-k4xq",3', "seq": 0},
    ],
    ids="-".join,
)
def test_changed_cell_is_seen(change: dict[str, str | int]) -> None:
    """A row in which any cell was changed does not read as an entry."""
    with pytest.raises(ChainBroken, match=r"its content does not have its digest\Z"):
        read_row(replace(ROW, **change))  # pyright: ignore[reportArgumentType] - the cells are those of a row


def test_time_that_is_not_the_replys_is_seen() -> None:
    """A row whose time is not that of its reply does not read as an entry, even with a digest made for it."""
    other = seal(ENTRY.session, 3, FIRST_PARENT, Interrupted(at=AT.replace(hour=10), why="stopped"), ())
    forged = with_digest(replace(ROW, reply=other.reply_json))
    assert told_by(forged) == "entry 3 of session 'campaign-k4xq': its time is not that of its reply"


@pytest.mark.parametrize(
    "change", [{"reply": '{"kind": "guessed"}'}, {"reply": "{"}, {"events": '[{"kind": "guessed"}]'}, {"events": "{}"}]
)
def test_content_of_another_version_is_seen(change: dict[str, str]) -> None:
    """A row that holds what this version does not know is not read as something else."""
    forged = with_digest(replace(ROW, **change))  # pyright: ignore[reportArgumentType] - the cells are those of a row
    assert told_by(forged) == "entry 3 of session 'campaign-k4xq': is no entry that this version of handfast knows"


def told_by(row: Row) -> str:
    """Return why a row does not read as an entry."""
    with pytest.raises(ChainBroken) as caught:
        read_row(row)
    return str(caught.value)


def with_digest(row: Row) -> Row:
    """Return a row with the digest that its content has: each cell as text, behind its length in bytes."""
    cells = [str(cell).encode() for cell in (row.session, row.seq, row.at, row.parent, row.reply, row.events)]
    return replace(row, digest=sha256(b"".join(f"{len(cell)}:".encode() + cell for cell in cells)))
