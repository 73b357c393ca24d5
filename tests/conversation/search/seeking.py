"""What the search must find, worked out slowly: every post is looked at, with nothing but its words."""

from porch.conversation.posts.models import Post
from porch.conversation.search.asking import Asked, Term, read_query
from porch.conversation.search.operators import OPERATORS
from porch.conversation.search.reads import search
from porch.conversation.search.tokens import tokens
from porch.conversation.search.words import shown_text
from porch.people.identity.models import Person


def found(query: str, person: Person, *, is_newest: bool = True) -> list[int]:
    """Give the numbers of all posts that somebody finds, page by page."""
    ids: list[int] = []
    cursor = None
    while True:
        page, _asked = search(query, person.pk, cursor=cursor, is_newest=is_newest)
        ids += [each.id for each in page.posts]
        if page.on is None:
            assert len(ids) == len(set(ids)), "no post is found twice"
            return ids
        cursor = page.on


def expected(query: str) -> list[int]:
    """Give the numbers of the posts that have what is sought, by looking at each."""
    asked = read_query(query, list(OPERATORS))
    fitting = [each for each in Post.objects.select_related("topic").order_by("-pk") if fits(each, asked)]
    is_plain = not (asked.without or asked.phrases)
    titled = [each for each in fitting if is_plain and has_title(each, asked)] if asked.terms else []
    return [each.pk for each in titled] + [each.pk for each in fitting if each not in titled]


def fits(post: Post, asked: Asked) -> bool:
    texts = texts_of(post)
    return (
        bool(asked.terms)
        and all(any(stands_in(term, text) for text in texts) for term in asked.terms)
        and not any(stands_in(term, text) for text in texts for term in asked.without)
    )


def has_title(post: Post, asked: Asked) -> bool:
    return post.number == 1 and all(stands_in(term, post.topic.title) for term in asked.terms)


def texts_of(post: Post) -> list[str]:
    return [shown_text(post.html), *([post.topic.title] if post.number == 1 else [])]


def stands_in(term: Term, text: str) -> bool:
    words = [each.text for each in tokens(text)]
    size = len(term.words)
    for n in range(len(words) - size + 1):
        part = words[n : n + size]
        last = part[-1].startswith(term.words[-1]) if term.is_beginning else part[-1] == term.words[-1]
        if last and part[:-1] == list(term.words[:-1]):
            return True
    return False
