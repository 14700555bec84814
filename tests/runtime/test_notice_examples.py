"""Do the programs for notices on the page do what it says? A webhook reaches its server, and a letter its sendmail."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from tests.pages import ROOT, blocks_of

WEBHOOK, LETTER = (block.text for block in blocks_of(ROOT / "docs" / "how-to" / "approve.md") if block.language == "python")
NOTICE = {"notice": "parked", "session": "deal-1", "title": "A room", "gate": "board", "due": None}


class Heard(BaseHTTPRequestHandler):
    """Keeps what was posted to it."""

    posted: list[tuple[str, bytes]]

    def do_POST(self) -> None:
        """Take a notice."""
        type(self).posted.append((self.path, self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(204)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name in the standard library
        """Say nothing."""


def run(tmp_path: Path, program: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run a program of the page with a notice on its standard input."""
    script = tmp_path / "notify.py"
    script.write_text(program, encoding="utf-8")
    known: Mapping[str, str] = {**os.environ, **environment}
    return subprocess.run(
        [sys.executable, str(script)],
        input=json.dumps(NOTICE).encode(),
        env=known,
        capture_output=True,
        check=False,
        timeout=15,
    )


@pytest.mark.slow
def test_the_webhook_posts_the_notice(tmp_path: Path) -> None:
    """A local server gets exactly the JSON that the program got; a server that is not there is a failure."""
    Heard.posted = []
    server = HTTPServer(("127.0.0.1", 0), Heard)
    thread = threading.Thread(target=server.handle_request)
    thread.start()
    address = f"http://127.0.0.1:{server.server_port}/hook"
    done = run(tmp_path, WEBHOOK, WEBHOOK=address, no_proxy="127.0.0.1")
    thread.join(15)
    server.server_close()
    assert (done.returncode, [(path, json.loads(body)) for path, body in Heard.posted]) == (0, [("/hook", NOTICE)])
    assert run(tmp_path, WEBHOOK, WEBHOOK=address, no_proxy="127.0.0.1").returncode == 1


@pytest.mark.slow
def test_the_letter_is_handed_to_sendmail(tmp_path: Path) -> None:
    """What stands in for sendmail gets a letter with receiver, subject and the command that shows the session."""
    stand_in = tmp_path / "sendmail"
    letter = tmp_path / "letter"
    stand_in.write_text(f'#!/bin/sh\ntest "$1" = -t || exit 9\ncat > {letter}\n', encoding="utf-8")
    stand_in.chmod(0o700)
    done = run(tmp_path, LETTER, MAIL_TO="ana@example.org", SENDMAIL=str(stand_in))
    assert (done.returncode, done.stderr) == (0, b"")
    text = letter.read_text(encoding="utf-8")
    assert "To: ana@example.org" in text
    assert "Subject: A room: parked" in text
    assert "handfast inbox deal-1" in text
