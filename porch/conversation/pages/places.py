from django.urls import reverse

from porch.conversation.posts.reads import PAGE


def place_of(topic: int, number: int) -> str:
    """Give the address of a post on the page of its topic."""
    page = (number - 1) // PAGE + 1
    return f"{reverse('topic', args=[topic])}?page={page}#p{number}"
