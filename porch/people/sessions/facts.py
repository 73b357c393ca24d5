from dataclasses import dataclass

from porch.engine.facts.kinds import CommunityFact


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionEnded(CommunityFact):
    """Every process has to hang up on this session. Whose it was is not said: nobody needs it kept."""

    session_id: int
