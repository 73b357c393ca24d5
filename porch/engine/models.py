from porch.engine.facts.models import AudienceFactRow, CommunityFactRow
from porch.engine.files.models import FilesCheck, HeldFile, Holding, StoredFile
from porch.engine.shared_cache.models import CacheEntry

__all__ = [
    "AudienceFactRow",
    "CacheEntry",
    "CommunityFactRow",
    "FilesCheck",
    "HeldFile",
    "Holding",
    "StoredFile",
]
