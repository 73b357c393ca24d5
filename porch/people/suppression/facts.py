from dataclasses import dataclass

from porch.engine.facts.kinds import AudienceFact


@dataclass(frozen=True, slots=True, kw_only=True)
class SuppressionAdded(AudienceFact):
    """Says that there is one more, and not of whom."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SuppressionLifted(AudienceFact):
    pass
