from functools import lru_cache

from django.urls import reverse

from porch.conversation.posts.reads import PAGE


def place_of(topic: int, number: int) -> str:
    """Give the address of a post on the page of its topic."""
    page = (number - 1) // PAGE + 1
    return f"{address_of(topic)}?page={page}#p{number}"


@lru_cache(maxsize=1_000)
def address_of(topic: int) -> str:
    """Give the address of a topic. Those in which much is written are asked for with each post."""
    return reverse("topic", args=[topic])
