"""Which domains of the field can be negotiated here? Those of Genius and NegoLog, as folders of ours."""

from __future__ import annotations

from orchestrator.roles.domains.domain import Along, ByValue, Domain, Options, Profile, Whole, value_of
from orchestrator.roles.domains.folder import write_folder
from orchestrator.roles.domains.reading import read_domain

__all__ = ["Along", "ByValue", "Domain", "Options", "Profile", "Whole", "read_domain", "value_of", "write_folder"]
