from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from porch.audience.articles.reads import ARTICLE, PAGE, articles_on_page
from porch.audience.articles.slots import HOME_ASIDE
from porch.kit.caching import shareable
from porch.kit.refusals import NotFound
from porch.people.doors import anyone


@anyone
@shareable("articles", "home")
def show_home(request: HttpRequest) -> HttpResponse:
    """The front page of the open side: the newest pieces, and older ones page by page."""
    number = page_number(request)
    articles = articles_on_page(number)
    shown = {
        "articles": articles,
        "aside": HOME_ASIDE.render(request) if number == 1 else "",
        "newer": f"?page={number - 1}" if number > 2 else request.path if number == 2 else "",
        "older": f"?page={number + 1}" if len(articles) == PAGE else "",
    }
    return render(request, "audience/articles/home.html", shown)


def page_number(request: HttpRequest) -> int:
    """Read the page that was asked for; one that cannot be is not found."""
    text = request.GET.get("page", "1")
    if not text.isascii() or not text.isdigit() or not 1 <= len(text) <= 6 or int(text) < 1:
        raise NotFound
    return int(text)


@anyone
@shareable("articles")
def show_article(request: HttpRequest, slug: str) -> HttpResponse:
    """One piece as a whole page."""
    article = ARTICLE.first(slug=slug)
    if article is None:
        raise NotFound
    return render(request, "audience/articles/article.html", {"article": article})
