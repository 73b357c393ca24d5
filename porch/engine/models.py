from porch.engine.audit.models import AuditEntry
from porch.engine.facts.models import AudienceFactRow, CommunityFactRow
from porch.engine.promises.models import Promise, PromiseChange
from porch.engine.shared_cache.models import CacheEntry

__all__ = ["AudienceFactRow", "AuditEntry", "CacheEntry", "CommunityFactRow", "Promise", "PromiseChange"]
