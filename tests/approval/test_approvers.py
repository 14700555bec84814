"""Where does the word of a person come from?"""

from __future__ import annotations

from orchestrator.approval.automatic import AutomaticApprover
from orchestrator.approval.beforehand import Beforehand
from orchestrator.messages.approval import Answer
from orchestrator.messages.gate import Gate
from orchestrator.messages.move import Offer
from orchestrator.messages.settings import GivenApproval
from orchestrator.messages.value import Digest, OfferId, RoleName

GATE = Gate(id="big-spend", when="spend > 60", approver="cmo")
OFFER = Offer(id=OfferId("m1-k4xq"), sender=RoleName("budget"), terms=(), digest=Digest("0" * 64), turn=0, falls=9)


async def test_an_approval_given_beforehand_is_found_and_marked() -> None:
    """The approver's own word for this gate is found, whatever the offer, and said to be beforehand."""
    given = (GivenApproval(gate="other", by="cto"), GivenApproval(gate="big-spend", by="cmo"))
    assert await Beforehand(given)(GATE, OFFER) == Answer(by="cmo", approved=True, beforehand=True)


async def test_nobody_there_means_no_answer() -> None:
    """Without approvals, with one for another gate, or with one by somebody else, nobody has answered."""
    for given in ((), (GivenApproval(gate="other", by="cmo"),), (GivenApproval(gate="big-spend", by="intern"),)):
        assert await Beforehand(given)(GATE, OFFER) is None


async def test_the_double_always_gives_its_answer() -> None:
    """The automatic approver answers as the gate's approver, or in the name that it was given."""
    assert await AutomaticApprover(approved=True)(GATE, OFFER) == Answer(by="cmo", approved=True)
    forged = AutomaticApprover(approved=False, by="intern", note="no")
    assert await forged(GATE, OFFER) == Answer(by="intern", approved=False, note="no")
