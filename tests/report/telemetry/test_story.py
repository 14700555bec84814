"""What do spans tell of a session? The tree, the times of the record, failures as they were, and no words unless asked for."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from orchestrator.errors import Try
from orchestrator.messages.entry import read_row, row_of
from orchestrator.messages.spend import Spend
from orchestrator.report.telemetry.span import Moment, Span
from orchestrator.report.telemetry.story import Story, spans_of
from tests.report.telemetry.scene import PLAIN, Scene, at, with_content

_DIGEST = "ade1c4dce3f1e0231bb04d22c3e2ecd502eaedb2fa1950a6966e8f3ad3ee5318"
_OFFER = '{"act": "propose", "terms": {"price": 40}, "text": "Forty, all in."}'
_CHAT = {
    "gen_ai.operation.name": "chat",
    "gen_ai.provider.name": "openai",
    "gen_ai.request.model": "some-model",
    "gen_ai.conversation.id": "sample-0001",
    "gen_ai.agent.name": "buyer",
    "gen_ai.output.type": "json",
    "gen_ai.request.max_tokens": 100,
    "server.address": "models.test",
    "server.port": 8080,
    "handfast.attempt": 0,
}
_ANSWERED = {
    **_CHAT,
    "handfast.cost.usd": 0.0025,
    "gen_ai.response.finish_reasons": ("stop",),
    "gen_ai.usage.input_tokens": 1000,
    "gen_ai.usage.output_tokens": 50,
}
_TURN = {
    "gen_ai.operation.name": "invoke_agent",
    "gen_ai.provider.name": "openai",
    "gen_ai.request.model": "some-model",
    "gen_ai.conversation.id": "sample-0001",
    "gen_ai.agent.name": "buyer",
    "handfast.round": 1,
    "handfast.attempts": 1,
}
_WORKFLOW = {
    "gen_ai.operation.name": "invoke_workflow",
    "gen_ai.workflow.name": "sample",
    "gen_ai.conversation.id": "sample-0001",
}
_TRIES = (
    Try(failure="RateLimited", message="slow down", status=429, millis=250, waited=750),
    Try(failure="Unavailable", message="it cannot be reached", millis=500),
)
_TRIED = (
    Moment(
        at=at(1.25),
        name="handfast.call_tried",
        attributes={
            "error.type": "RateLimited",
            "http.response.status_code": 429,
            "handfast.try.millis": 250,
            "handfast.try.waited": 750,
        },
    ),
    Moment(
        at=at(2.5),
        name="handfast.call_tried",
        attributes={"error.type": "Unavailable", "handfast.try.millis": 500, "handfast.try.waited": 0},
    ),
)


def _all(span: Span) -> Iterator[Span]:
    yield span
    for child in span.children:
        yield from _all(child)


def _words(span: Span) -> str:
    return repr(list(_all(span)))


def test_an_agreement_is_a_workflow_of_turns_of_calls() -> None:
    """The session holds a span for each turn, and that one for each call, with the record's times and the whole outcome."""
    scene = Scene()
    scene.settle(40)
    tree = scene.tree()
    assert [(span.name, span.kind, span.began, span.ended) for span in _all(tree)] == [
        ("invoke_workflow sample", "internal", at(0), at(5.5)),
        ("invoke_agent buyer", "internal", at(1), at(4)),
        ("chat some-model", "client", at(1), at(4)),
        ("invoke_agent seller", "internal", at(5), at(5.5)),
        ("chat linear", "internal", at(5), at(5.5)),
    ]
    digest = scene.session.digest or ""
    assert tree.attributes == {
        **_WORKFLOW,
        "handfast.status": "agreed",
        "handfast.reason": "all",
        "handfast.rounds": 1,
        "handfast.digest": digest,
        "handfast.cost.usd": 0.0025,
    }
    bound = {"handfast.offer": "m1-0001", "handfast.digest": digest}
    assert tree.moments == (
        Moment(at=at(5.5), name="handfast.settled", attributes=bound),
        Moment(at=at(5.5), name="handfast.agreed", attributes=bound),
    )


def test_a_turn_sums_what_its_calls_took() -> None:
    """A draft that was refused and the one after it: two calls in one turn, the codes of the findings, and their sums."""
    scene = Scene()
    scene.request(1)
    scene.buyer(1, "no object at all", cached=300)
    scene.request(5)
    scene.buyer(5, _OFFER)
    assert scene.tree().children == (
        Span(
            name="invoke_agent buyer",
            began=at(1),
            ended=at(8),
            attributes={
                **_TURN,
                "handfast.attempts": 2,
                "handfast.outcome": "tabled",
                "handfast.act": "propose",
                "handfast.move": "m1-0001",
                "gen_ai.usage.input_tokens": 2000,
                "gen_ai.usage.output_tokens": 100,
                "gen_ai.usage.cache_read.input_tokens": 300,
                "handfast.cost.usd": 0.005,
            },
            moments=(
                Moment(
                    at=at(4),
                    name="handfast.draft_refused",
                    attributes={"handfast.attempt": 0, "handfast.finding.codes": ("shape.prose",)},
                ),
            ),
            children=(
                Span(
                    name="chat some-model",
                    kind="client",
                    began=at(1),
                    ended=at(4),
                    attributes={**_ANSWERED, "gen_ai.usage.cache_read.input_tokens": 300},
                ),
                Span(
                    name="chat some-model",
                    kind="client",
                    began=at(5),
                    ended=at(8),
                    attributes={**_ANSWERED, "handfast.attempt": 1},
                ),
            ),
        ),
    )


def test_a_fallback_is_a_call_of_the_same_turn() -> None:
    """After the last repair the strategy that acts is seen as such, and that it does is an event of the turn."""
    scene = Scene()
    for second in (1, 5, 9):
        scene.request(second)
        scene.buyer(second, "no object at all", finish="cut")
    scene.fall_back(13, _OFFER)
    (turn,) = scene.tree().children
    assert [(call.name, call.attributes["gen_ai.response.finish_reasons"]) for call in turn.children] == [
        *[("chat some-model", ("length",))] * 3,
        ("chat linear", ("stop",)),
    ]
    assert [(moment.at, moment.name) for moment in turn.moments] == [
        (at(4), "handfast.draft_refused"),
        (at(8), "handfast.draft_refused"),
        (at(12), "handfast.draft_refused"),
        (at(12), "handfast.fell_back"),
    ]


def test_tries_in_vain_are_events_of_the_call() -> None:
    """Each failed try of a call that was answered in the end stands at the time when it failed, and the call ended well."""
    scene = Scene()
    scene.request(1)
    scene.buyer(1, _OFFER, tries=_TRIES)
    (turn,) = scene.tree().children
    assert turn.children == (
        Span(name="chat some-model", kind="client", began=at(1), ended=at(4), attributes=_ANSWERED, moments=_TRIED),
    )


def test_a_call_that_failed_for_good_is_an_error_all_the_way_up() -> None:
    """Call, turn and workflow end with the class of the last failure; the tries are events of the call."""
    scene = Scene()
    scene.request(1)
    scene.interrupt(2.5, _TRIES)
    failed = {"error.type": "Unavailable"}
    call = Span(
        name="chat some-model",
        kind="client",
        began=at(1),
        ended=at(2.5),
        attributes={**_CHAT, **failed},
        moments=_TRIED,
        error="Unavailable",
    )
    turn = Span(
        name="invoke_agent buyer",
        began=at(1),
        ended=at(2.5),
        attributes={**_TURN, **failed, "handfast.outcome": "interrupted"},
        error="Unavailable",
        children=(call,),
    )
    assert scene.tree() == Span(
        name="invoke_workflow sample",
        began=at(0),
        ended=at(2.5),
        attributes={**_WORKFLOW, **failed, "handfast.status": "interrupted", "handfast.rounds": 0},
        moments=(Moment(at=at(2.5), name="handfast.lapsed", attributes={"gen_ai.agent.name": "buyer"}),),
        error="Unavailable",
        children=(turn,),
    )


def test_an_operators_stop_is_no_failure_of_the_session() -> None:
    """The call that was cut short says so; the session is interrupted, which is no error."""
    scene = Scene()
    scene.request(1)
    scene.interrupt(9)
    assert [(span.name, span.ended, span.error) for span in _all(scene.tree())] == [
        ("invoke_workflow sample", at(9), ""),
        ("invoke_agent buyer", at(9), "Interrupted"),
        ("chat some-model", at(9), "Interrupted"),
    ]


def test_a_stop_at_a_bound_is_on_the_workflow() -> None:
    """A call that was not made has no span; the bound in its way is an event of the whole."""
    scene = Scene(Spend(calls=0))
    scene.request(1)
    bound = "calls of the session: bound 0, used 0, and the next call may take 1"
    assert scene.tree() == Span(
        name="invoke_workflow sample",
        began=at(0),
        ended=at(1),
        attributes={**_WORKFLOW, "handfast.status": "stopped", "handfast.reason": "spending", "handfast.rounds": 0},
        moments=(
            Moment(at=at(1), name="handfast.stopped", attributes={"gen_ai.agent.name": "buyer", "handfast.bound": bound}),
        ),
    )


@pytest.mark.parametrize(("approved", "status"), [(True, "agreed"), (False, "interrupted")])
def test_gates_are_events_of_the_workflow(*, approved: bool, status: str) -> None:
    """That a gate was reached, asked and ruled on is told, but neither who ruled nor what for."""
    scene = Scene()
    scene.settle(60)
    assert scene.tree().attributes["handfast.status"] == "waiting"
    scene.rule(90, approved=approved)
    tree = scene.tree()
    ruled = ("handfast.approved", "handfast.agreed") if approved else ("handfast.denied", "handfast.unsettled", "handfast.fell")
    assert [moment.name for moment in tree.moments] == [
        "handfast.settled",
        "handfast.gate_reached",
        "handfast.asked",
        *ruled,
    ]
    assert tree.moments[1].attributes == {
        "handfast.gate": "large",
        "handfast.offer": "m1-0001",
        "handfast.digest": _DIGEST,
    }
    assert (tree.attributes["handfast.status"], "Ada" in _words(tree), "Hm." in _words(tree)) == (status, False, False)


def test_going_on_tells_only_what_is_new() -> None:
    """A watcher that begins in the middle tells what comes, and makes no call of one that another process began."""
    scene = Scene()
    scene.request(1)
    before, known = scene.session, len(scene.entries)
    scene.interrupt(60)
    scene.request(61)
    scene.buyer(61, _OFFER)
    tree = spans_of(before, scene.entries[known:], PLAIN)
    assert tree is not None
    assert [(span.name, span.began, span.error) for span in _all(tree)] == [
        ("invoke_workflow sample", at(60), ""),
        ("invoke_agent buyer", at(61), ""),
        ("chat some-model", at(61), ""),
    ]


def test_a_driver_that_dies_leaves_its_turn_open_until_the_end() -> None:
    """Where even the interruption could not be put on record, the turn that went on is told with what is known of it."""
    scene = Scene()
    scene.request(1)
    scene.buyer(1, "no object at all")
    story = Story(scene.fresh, PLAIN)
    assert [story.hear(entry) for entry in scene.entries] == [(), (), ()]
    (turn,) = story.end()
    assert (turn.attributes["handfast.outcome"], turn.ended, story.end()) == ("interrupted", at(4), ())


def test_nothing_heard_is_nothing_told() -> None:
    """Without an entry there is no span."""
    scene = Scene()
    assert spans_of(scene.fresh, (), PLAIN) is None


def test_a_stored_record_gives_the_same_spans() -> None:
    """Entries that are read from a journal again tell what they told when they were new."""
    scene = Scene()
    scene.settle(60)
    scene.rule(90, approved=True)
    read = [read_row(row_of(entry, lambda _: "")) for entry in scene.entries]
    assert spans_of(scene.fresh, read, PLAIN) == scene.tree()


def test_no_words_unless_asked_for() -> None:
    """By default no span holds anything of a prompt, of a draft, of terms, or of what was found fault with."""
    scene = Scene()
    scene.request(1)
    scene.buyer(1, '{"act": "propose", "terms": {"price": 1234567}, "text": "I want velvet."}')
    scene.request(5)
    scene.buyer(5, '{"act": "propose", "terms": {"price": 37}, "text": "I want velvet."}')
    told = _words(scene.tree())
    assert [word for word in ("velvet", "1234567", "37", "messages", "instructions") if word in told] == []


def test_words_when_asked_for() -> None:
    """Asked for, a call holds what the role read and wrote, in the form of the conventions, without keys."""
    scene = Scene()
    scene.request(1)
    scene.buyer(1, '{"act": "inform", "text": "My key is \\"k-123\\"."}', finish="cut")
    (turn,) = scene.tree(with_content("k-123")).children
    told = turn.children[0].attributes
    assert {name: json.loads(str(value)) for name, value in told.items() if name not in _ANSWERED} == {
        "gen_ai.system_instructions": [{"type": "text", "content": "You are the buyer."}],
        "gen_ai.input.messages": [{"role": "user", "parts": [{"type": "text", "content": "Round 1."}]}],
        "gen_ai.output.messages": [
            {
                "role": "assistant",
                "parts": [{"type": "text", "content": '{"act": "inform", "text": "My key is \\"[key]\\"."}'}],
                "finish_reason": "length",
            }
        ],
    }
