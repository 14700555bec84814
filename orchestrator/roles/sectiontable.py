"""Which parts of a file belong to one pattern? A form for each, by the name of the pattern, which is its key in the file."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from orchestrator.roles.auctionfit import AuctionSection
from orchestrator.roles.patternform import ApprovalForm, CoalitionForm, ConcessionForm, ConstraintForm, TradeSpaceForm
from orchestrator.roles.sectionform import SectionForm

__all__ = ["SECTION_FORMS"]

SECTION_FORMS: Mapping[str, type[SectionForm]] = MappingProxyType(
    {
        "concession": ConcessionForm,
        "constraint": ConstraintForm,
        "trade_space": TradeSpaceForm,
        "auction": AuctionSection,
        "coalition": CoalitionForm,
        "approval": ApprovalForm,
    }
)
