from porch.engine.clock.models import ClockJump, ClockMark
from porch.engine.facts.models import AudienceFactRow, CommunityFactRow, ConsumerPlace, SkippedFact
from porch.engine.jobs.models import JobRun, Recurrence, RoundState, Worker
from porch.engine.shared_cache.models import CacheEntry

__all__ = [
    "AudienceFactRow",
    "CacheEntry",
    "ClockJump",
    "ClockMark",
    "CommunityFactRow",
    "ConsumerPlace",
    "JobRun",
    "Recurrence",
    "RoundState",
    "SkippedFact",
    "Worker",
]
