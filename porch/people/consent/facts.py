from dataclasses import dataclass

from porch.engine.facts.kinds import AudienceFact, CommunityFact


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentGiven(CommunityFact):
    consent_id: int
    person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentWithdrawn(CommunityFact):
    consent_id: int
    person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class YesGiven(AudienceFact):
    """Somebody with an address said yes. The stream of the open side does not say who."""


@dataclass(frozen=True, slots=True, kw_only=True)
class YesWithdrawn(AudienceFact):
    pass
