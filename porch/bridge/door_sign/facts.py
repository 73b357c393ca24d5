from dataclasses import dataclass

from porch.engine.facts.kinds import AudienceFact


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorSignChanged(AudienceFact):
    """The sign went up or came down. On the audience's stream, since it changes what the audience reads."""

    is_up: bool
