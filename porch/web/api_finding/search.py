"""Finding posts by words, as the page of the search finds them."""

from typing import Annotated, Literal

from django.http import HttpResponse
from ninja import Query, Router

from porch.conversation.search.asking import MOST_TYPED, Asked
from porch.conversation.search.reads import Cursor as Place
from porch.conversation.search.reads import FoundPost, search
from porch.conversation.search.showing import excerpt, marked
from porch.web.api.cursors import Cursor, lead_on, read_numbers, write_numbers
from porch.web.api.gate import ApiRequest, Needs, Whom
from porch.web.api_finding.shapes import SearchOut
from porch.web.api_talk.leave import may_use
from porch.web.api_talk.scopes import DIRECT_READ, TALK_READ

Typed = Annotated[
    str, Query(max_length=MOST_TYPED, description="What one would type on the page, with its operators.")
]
Sort = Annotated[Literal["newest", "oldest"], Query(description="Which posts come first.")]

router = Router(tags=["Search"])


@router.get(
    "/search",
    auth=Needs(TALK_READ, Whom.MEMBER, is_costly=True),
    response=SearchOut,
    summary="Search",
    url_name="api-search",
)
def search_posts(
    request: ApiRequest, response: HttpResponse, q: Typed, sort: Sort = "newest", cursor: Cursor = ""
) -> dict[str, object]:
    """Posts that I reach, by words and the operators of the page, at most 20 in a part. Members are in the directory.

    Where little is found, parts may be empty: go on while there is `next`. Searching counts as a change: 60 a minute.
    """
    place = None
    if cursor:
        start, in_title = read_numbers(cursor, request, 2)
        place = Place(start, in_title=bool(in_title))
    page, asked = search(
        q,
        request.auth.someone.pk,
        cursor=place,
        is_newest=sort == "newest",
        with_direct=may_use(request, DIRECT_READ),
    )
    coming = write_numbers([page.on.start, int(page.on.in_title)], request) if page.on else None
    lead_on(request, response, coming, None)
    posts = [as_found(each, asked) for each in page.posts]
    return {"items": posts, "next": coming, "problems": asked.problems}


def as_found(post: FoundPost, asked: Asked) -> dict[str, object]:
    """Say of a post that was found where it stands, and what is marked in it."""
    shown = {"title": marked(post.topic__title, asked.terms), "excerpt": excerpt(post.html, asked.terms)}
    return {
        "id": post.id,
        "topic_id": post.topic_id,
        "number": post.number,
        "kind": post.topic__kind,
        "is_answer": post.topic__answer == post.number,
        "space": post.topic__space__name,
        "author": post.said_by,
        "at": post.at,
        **{
            name: [{"text": each.text, "is_hit": each.is_hit} for each in pieces]
            for name, pieces in shown.items()
        },
    }
