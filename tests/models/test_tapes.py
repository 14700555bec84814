"""Is what was recorded given again, and only to the same questions? And are keys kept out?"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from orchestrator.errors import ScriptError, ScriptExhausted, ScriptUnused, UsageError
from orchestrator.messages.model import Completion, Request
from orchestrator.messages.usage import Usage
from orchestrator.messages.value import SessionId
from orchestrator.models.tape import Recording, load_tape
from tests.models.asking import sample_request

_KEY = "a-very-private-key"


async def _answers(request: Request) -> Completion:
    return Completion(text=f"accept m1-0001 {request.prompt.user}", usage=Usage(prompt=7, reply=3), finish="cut")


async def _tape(tmp_path: Path, request: Request) -> str:
    path = tmp_path / "tape.jsonl"
    await Recording(_answers, "openai:m", path)(request)
    return str(path)


def _text(folder: Path) -> str:
    return (folder / "tape.jsonl").read_text("utf-8")


async def test_a_tape_gives_again_what_was_said(tmp_path: Path) -> None:
    """Text, usage and ending are the same, and after its last answer a tape has no more."""
    request = sample_request()
    model = load_tape(await _tape(tmp_path, request))
    assert await model(request) == await _answers(request)
    with pytest.raises(ScriptExhausted):
        await model(request)


async def test_answers_that_are_left_over_are_told(tmp_path: Path) -> None:
    """A talk that asks less often than the one on the tape was another talk."""
    request = sample_request()
    path = await _tape(tmp_path, request)
    await _tape(tmp_path, request)
    model = load_tape(path)
    model.finish()
    await model(request)
    with pytest.raises(ScriptUnused):
        model.finish()
    await model(request)
    model.finish()


async def test_offers_of_another_session_are_named_anew(tmp_path: Path) -> None:
    """Ids of offers end as those of the session that is played."""
    request = sample_request()
    request = replace(request, prompt=replace(request.prompt, user="m3-0001 stands"))
    model = load_tape(await _tape(tmp_path, request))
    other = replace(request, view=replace(request.view, session=SessionId("other-wxyz")))
    other = replace(other, prompt=replace(request.prompt, user="m3-wxyz stands"))
    assert (await model(other)).text == "accept m1-wxyz m3-wxyz stands"


async def test_another_question_is_refused_and_shown(tmp_path: Path) -> None:
    """The error shows the lines that differ, and what to do."""
    request = sample_request()
    model = load_tape(await _tape(tmp_path, request))
    with pytest.raises(ScriptError) as caught:
        await model(replace(request, prompt=replace(request.prompt, user="It is late.")))
    assert caught.value.message == (
        "tape 'tape.jsonl': 'buyer' is asked something else than on the tape (user):\n"
        "--- on the tape\n+++ now\n-It is your turn.\n+It is late."
    )


async def test_no_key_gets_onto_a_tape(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A key from the environment, and what looks like one, is cut out wherever it stands."""
    monkeypatch.setenv("OPENAI_API_KEY", _KEY)
    request = sample_request()
    leaky = replace(request, prompt=replace(request.prompt, system=f"use {_KEY}", user="or sk-0123456789abcdef"))
    await _tape(tmp_path, leaky)
    text = _text(tmp_path)
    assert re.findall(rf"{_KEY}|sk-\w+", text) == []
    assert (await load_tape(str(tmp_path / "tape.jsonl"))(leaky)).text == "accept m1-0001 or [key]"


@pytest.mark.parametrize("content", ["no json", '{"role": "buyer"}', "[]"])
def test_what_is_no_tape(tmp_path: Path, content: str) -> None:
    """A file that is none is refused with its name."""
    path = tmp_path / "tape.jsonl"
    path.write_text(content, "utf-8")
    with pytest.raises(UsageError, match="is no tape"):
        load_tape(str(path))
