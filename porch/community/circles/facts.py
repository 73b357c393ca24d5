from dataclasses import dataclass

from porch.engine.facts.kinds import CommunityFact


@dataclass(frozen=True, slots=True, kw_only=True)
class CircleJoined(CommunityFact):
    circle_id: int
    member_id: int
