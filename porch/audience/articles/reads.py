from dataclasses import dataclass
from datetime import datetime

from django.db.models import CharField

from porch.audience.articles.models import Article
from porch.kit.prepared import Prepared


@dataclass(frozen=True, slots=True)
class ArticleLine:
    """An article as it stands in a list."""

    slug: str
    title: str
    summary: str
    published_at: datetime
    author__name: str | None


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """An article as a whole page."""

    slug: str
    title: str
    summary: str
    html: str
    published_at: datetime
    author__name: str | None


NEWEST_ARTICLES = Prepared(
    lambda: Article.objects.select_related("author").order_by("-published_at", "-id")[:20], ArticleLine
)
ARTICLE = Prepared(
    lambda slug: Article.objects.select_related("author").filter(slug=slug), ArticlePage, slug=CharField()
)
