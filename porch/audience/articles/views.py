from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from porch.audience.articles.reads import ARTICLE, articles_on_page
from porch.audience.articles.slots import HOME_ASIDE
from porch.kit.caching import shareable
from porch.kit.paging import neighbours, page_number
from porch.kit.refusals import NotFound
from porch.people.doors import anyone


@anyone
@shareable("articles", "home")
def show_home(request: HttpRequest) -> HttpResponse:
    """The front page of the open side: the newest pieces, and older ones page by page."""
    number = page_number(request)
    articles, has_more = articles_on_page(number)
    shown = {
        "articles": articles,
        "aside": HOME_ASIDE.render(request) if number == 1 else "",
        **neighbours(request, number, has_more=has_more, has_filters=False),
    }
    return render(request, "audience/articles/home.html", shown)


@anyone
@shareable("articles")
def show_article(request: HttpRequest, slug: str) -> HttpResponse:
    """One piece as a whole page."""
    article = ARTICLE.first(slug=slug)
    if article is None:
        raise NotFound
    return render(request, "audience/articles/article.html", {"article": article})
