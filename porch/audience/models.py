from porch.audience.articles.models import Article

__all__ = ["Article"]
