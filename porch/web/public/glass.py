"""Spaces of glass, as anyone reads them from outside."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from markupsafe import Markup

from porch.bridge.glass.reads import (
    GLASS_POSTS,
    GLASS_SPACE,
    GLASS_SPACES,
    GLASS_TOPIC,
    POSTS_ON_A_PAGE,
    TOPICS_ON_A_PAGE,
    topics_on,
)
from porch.kit.caching import shareable
from porch.kit.paging import neighbours, page_number
from porch.kit.refusals import NotFound
from porch.people.doors import anyone


@anyone
@shareable("glass")
def show_glass_space(request: HttpRequest, space: str) -> HttpResponse:
    """What is talked about in a space of glass."""
    found, number = GLASS_SPACE.first(slug=space[:60]), page_number(request)
    if found is None:
        raise NotFound
    topics = topics_on(found, number)
    shown = {
        "space": found,
        "topics": topics[:TOPICS_ON_A_PAGE],
        **neighbours(request, number, has_more=len(topics) > TOPICS_ON_A_PAGE, has_filters=False),
    }
    return render(request, "public/glass/space.html", shown)


@anyone
@shareable("glass")
def show_glass_topic(request: HttpRequest, topic: int) -> HttpResponseBase:
    """What was said in a topic of a space of glass."""
    found, number = GLASS_TOPIC.first(topic=topic), page_number(request)
    if found is None:
        raise NotFound
    if found.merged_into_id:
        return redirect("glass-topic", found.merged_into_id)
    posts = GLASS_POSTS.all(topic=found.id, after=(number - 1) * POSTS_ON_A_PAGE)
    if number > 1 and not posts:
        raise NotFound
    has_more = found.posts > number * POSTS_ON_A_PAGE
    shown = {
        "topic": found,
        "posts": posts,
        **neighbours(request, number, has_more=has_more, has_filters=False),
    }
    return render(request, "public/glass/topic.html", shown)


def show_glass(request: HttpRequest) -> Markup | None:
    """Fill the front page's aside with the spaces of glass, where there are some."""
    spaces = GLASS_SPACES.all()
    if not spaces:
        return None
    return Markup(render_to_string("public/glass/aside.html", {"spaces": spaces}, request))  # noqa: S704 - a template
