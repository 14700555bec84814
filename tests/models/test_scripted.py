"""Does a script give its answers once each and in order, and is it read from files?"""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestrator.errors import ScriptExhausted, ScriptUnused, UsageError
from orchestrator.messages.model import Completion, Request
from orchestrator.messages.value import RoleName
from orchestrator.models.scripted import ScriptedModel, load_script
from tests.models.talks import NO_PROMPT, bargain, view

_FORM = "expected JSON Lines or a JSON list, each entry a string or an object, or a JSON object of roles with such lists"


def _asking(role: str) -> Request:
    return Request(view=view(bargain("a", "b"), role), prompt=NO_PROMPT, seed=0)


async def test_answers_come_in_order_for_whoever_asks() -> None:
    """A list of answers is given out one by one, and one more is an error."""
    model = ScriptedModel("two", ["one", "two"])
    assert [await model(_asking("a")), await model(_asking("b"))] == [Completion(text="one"), Completion(text="two")]
    with pytest.raises(ScriptExhausted) as caught:
        await model(_asking("a"))
    assert caught.value.message == "script 'two' has 2 answers and was asked once more"
    model.finish()


async def test_each_role_may_have_its_own_answers() -> None:
    """A mapping gives each role its own list; a role that is not in it has no answers."""
    model = ScriptedModel("roles", {RoleName("b"): ["mine", "left"]})
    assert await model(_asking("b")) == Completion(text="mine")
    with pytest.raises(ScriptExhausted) as caught:
        await model(_asking("a"))
    assert (caught.value.name, caught.value.answers) == ("roles", 0)


async def test_answers_left_over_are_an_error() -> None:
    """When a talk is over, every answer must have been asked for."""
    model = ScriptedModel("three", ["one", "two", "three"])
    await model(_asking("a"))
    with pytest.raises(ScriptUnused) as caught:
        model.finish()
    assert caught.value.message == "script 'three' has 2 answers that nobody asked for"


async def test_answers_on_record_are_skipped() -> None:
    """A resumed session goes on where it stopped, whoever was asked before."""
    shared, by_role = ScriptedModel("all", ["one", "two"]), ScriptedModel("each", {RoleName("a"): ["one", "two"]})
    for model in (shared, by_role):
        model.skip(RoleName("a"))
        assert await model(_asking("a")) == Completion(text="two")
        model.finish()


@pytest.mark.parametrize(
    ("content", "texts"),
    [
        ('["one", {"act": "inform"}]', ["one", '{"act": "inform"}']),
        ('"one"\n\n{"act": "inform", "text": "é"}\n', ["one", '{"act": "inform", "text": "é"}']),
        ('{"act": "inform", "text": "one"}', ['{"act": "inform", "text": "one"}']),
        ('{"act": "propose", "evidence": ["fact"]}', ['{"act": "propose", "evidence": ["fact"]}']),
        ('{"a": ["one", {}], "b": ["other"]}', ["one", "{}"]),
        ("{}", ["{}"]),
        ("[]", []),
        ("", []),
    ],
)
async def test_a_file_is_a_script(content: str, texts: list[str], tmp_path: Path) -> None:
    """A file holds JSON Lines, a list, one answer, or a list for each role; strings are raw text, objects their JSON."""
    path = tmp_path / "script"
    path.write_text(content, encoding="utf-8")
    model = load_script(str(path))
    assert [(await model(_asking("a"))).text for _ in texts] == texts
    with pytest.raises(ScriptExhausted):
        await model(_asking("a"))


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"not json", "line 1 is not JSON: Expecting value: line 1 column 1 (char 0)"),
        (b'"one"\n{"act": \n', "line 2 is not JSON: Expecting value: line 1 column 9 (char 8)"),
        (b'"one"\n2\n', "line 2 is neither a string nor an object"),
        (b"2", "line 1 is neither a string nor an object"),
        (b'["one", null]', "entry 2 is neither a string nor an object"),
        (b'{"a": ["one"], "b": [["x"]]}', "'b', entry 1 is neither a string nor an object"),
    ],
)
def test_a_bad_file_is_a_usage_error(content: bytes, problem: str, tmp_path: Path) -> None:
    """A file that is no script is refused with its place and what was expected."""
    path = tmp_path / "script"
    path.write_bytes(content)
    with pytest.raises(UsageError) as caught:
        load_script(str(path))
    assert (caught.value.message, caught.value.hint) == (f"script {str(path)!r}, {problem}", _FORM)


def test_a_file_that_cannot_be_read_is_a_usage_error(tmp_path: Path) -> None:
    """A missing file, a folder and bytes that are no text are refused in one line."""
    (tmp_path / "bytes").write_bytes(b"\xff\xfe")
    for name, problem in (
        ("none", "cannot be read: No such file or directory"),
        ("", "cannot be read: Is a directory"),
        ("bytes", "is not UTF-8"),
    ):
        path = str(tmp_path / name)
        with pytest.raises(UsageError) as caught:
            load_script(path)
        assert caught.value.message == f"script {path!r} {problem}"


def test_a_deeply_nested_file_is_a_usage_error(tmp_path: Path) -> None:
    """Thousands of brackets are refused like any other text that is no script."""
    path = tmp_path / "deep"
    path.write_text("[" * 100_000, encoding="utf-8")
    with pytest.raises(UsageError):
        load_script(str(path))
