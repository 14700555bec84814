"""Killed in the middle of a call, a session says which call it repeated, and what that may have cost at most."""

from __future__ import annotations

import json
import sqlite3
import time
from contextlib import closing

import pytest

from tests.e2e.command import Folder

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]

RUN = ("run", "campaign", "--seed", "5", "--json", "--spend", "calls=1000", "--model", "strategy:linear?delay=0.4")


def last_replies(folder: Folder) -> list[str]:
    """Return the kinds of all replies on record, in order."""
    if not folder.journal.exists():
        return []
    with closing(sqlite3.connect(folder.journal)) as connection:
        try:
            return [json.loads(reply)["kind"] for (reply,) in connection.execute("SELECT reply FROM entries ORDER BY seq")]
        except sqlite3.OperationalError:
            return []


def test_the_receipt_names_the_call_that_was_repeated(folder: Folder) -> None:
    """One call in flight when the process dies is one repeated call on the receipt, and in `show`; never more."""
    process = folder.start(*RUN)
    for _ in range(400):
        if len(kinds := last_replies(folder)) > 4 and kinds[-1] == "requested":
            break
        time.sleep(0.03)
    process.kill()
    process.communicate()
    assert last_replies(folder)[-1] == "requested"
    assert folder.run("resume", "last", "--json").code == 0
    receipt = folder.run("receipt", "last", "--json").json
    assert receipt["interruptions"] == 1
    (call,) = receipt["repeated"]
    assert (call["why"], call["again"]) == ("the driver ended before the answer was on record", True)
    assert (call["tokens"] > 0, call["role"] in receipt["models"]) == (True, True)
    assert f"repeated     {call['role']} in round {call['round']}, asked" in folder.run("receipt", "last").out
    assert f"repeated     {call['role']} in round {call['round']}, asked" in folder.run("show", "last").out
    assert folder.run("verify", "last").code == 0
