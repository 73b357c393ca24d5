from porch.engine.facts.models import AudienceFactRow, CommunityFactRow

__all__ = ["AudienceFactRow", "CommunityFactRow"]
