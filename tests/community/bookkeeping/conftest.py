from tests.community.tiers.gold import gilded

__all__ = ["gilded"]
