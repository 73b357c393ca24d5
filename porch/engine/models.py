from porch.engine.facts.models import AudienceFactRow, CommunityFactRow
from porch.engine.outbox.models import Delivery, DeliveryBody
from porch.engine.shared_cache.models import CacheEntry

__all__ = ["AudienceFactRow", "CacheEntry", "CommunityFactRow", "Delivery", "DeliveryBody"]
