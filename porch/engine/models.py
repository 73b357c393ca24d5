from porch.engine.audit.models import AuditEntry
from porch.engine.clock.models import ClockJump, ClockMark
from porch.engine.facts.models import AudienceFactRow, CommunityFactRow, ConsumerPlace, SkippedFact
from porch.engine.files.models import FilesCheck, HeldFile, Holding, StoredFile
from porch.engine.jobs.models import JobRun, Recurrence, RoundState, Worker
from porch.engine.outbox.models import Delivery, DeliveryBody
from porch.engine.promises.models import Promise, PromiseChange
from porch.engine.shared_cache.models import CacheEntry
from porch.engine.webhooks.models import Endpoint

__all__ = [
    "AudienceFactRow",
    "AuditEntry",
    "CacheEntry",
    "ClockJump",
    "ClockMark",
    "CommunityFactRow",
    "ConsumerPlace",
    "Delivery",
    "DeliveryBody",
    "Endpoint",
    "FilesCheck",
    "HeldFile",
    "Holding",
    "JobRun",
    "Promise",
    "PromiseChange",
    "Recurrence",
    "RoundState",
    "SkippedFact",
    "StoredFile",
    "Worker",
]
