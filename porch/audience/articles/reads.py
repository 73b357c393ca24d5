from dataclasses import dataclass, fields
from datetime import datetime

from django.db.models import CharField, QuerySet

from porch.audience.articles.models import Article
from porch.kit.paging import page_of
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


PAGE = 20
NEWEST_ARTICLES = Prepared(lambda: newest_first()[: PAGE + 1], ArticleLine)
ARTICLE = Prepared(
    lambda slug: Article.objects.select_related("author").filter(slug=slug), ArticlePage, slug=CharField()
)


def newest_first() -> QuerySet[Article]:
    return Article.objects.select_related("author").order_by("-published_at", "-id")


def articles_on_page(number: int) -> tuple[list[ArticleLine], bool]:
    """Read a page of the list, newest first, and whether there is another; the first is the hot one, and prepared."""
    if number == 1:
        return page_of(NEWEST_ARTICLES.all(), 1, PAGE)
    names = [each.name for each in fields(ArticleLine)]
    rows, has_more = page_of(newest_first().values_list(*names), number, PAGE)
    return [ArticleLine(*row) for row in rows], has_more
