"""Previews of links: asked for outside of any transaction, and put under a post as long as it still links there."""

from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from porch.conversation.posts.changing import NotYourPost, hold_post
from porch.conversation.posts.models import Post
from porch.conversation.previews.facts import LinkPreviewed
from porch.conversation.previews.links import link_in
from porch.conversation.previews.models import LinkedPage
from porch.conversation.previews.reading_pages import Said, read_page
from porch.engine.facts.noting import note
from porch.kit.http import NETWORK, NotFetched, Policy, fetch
from porch.kit.http.network import Network
from porch.kit.refusals import Conflict
from porch.people.identity.models import Person

POLICY = Policy(most_bytes=2_000_000, seconds=10.0, redirects=3, types=("text/html", "application/xhtml+xml"))
# How long it counts what a page said.
FRESH, MOST_FORGOTTEN = timedelta(days=7), 1_000


class NoPreview(Conflict):
    text = _("There is no preview under this post.")


def preview(
    *, post_id: int, at: datetime, policy: Policy = POLICY, network: Network = NETWORK
) -> LinkedPage | None:
    """Ask the page that a post links to what it is, and put that under the post. Safe to call twice.

    Nobody is asked where that is switched off, or for what is sensitive: the other side would learn of it.
    """
    post = Post.objects.select_related("topic__space", "deletion").filter(pk=post_id).first()
    if post is None or not settings.PORCH_LINK_PREVIEWS or post.topic.space.is_sensitive:
        return None
    url = None if post.without_card else link_in(post.html)
    if url is None or hasattr(post, "deletion"):
        put_card(post_id=post_id, url=None, card="", at=at)
        return None
    page = ask(url, at=at, policy=policy, network=network)
    put_card(post_id=post_id, url=url, card=card_of(page), at=at)
    return page


def ask(url: str, *, at: datetime, policy: Policy, network: Network) -> LinkedPage:
    """Give what a page says of itself: as it was read lately, or else by asking it."""
    hashed = sha256(url.encode()).hexdigest()
    known = LinkedPage.objects.filter(pk=hashed, asked_at__gt=at - FRESH).first()
    if known is not None:
        return known
    try:
        answer = fetch(url, policy=policy, network=network)
        said = read_page(answer) if 200 <= answer.status < 300 else Said()
    except NotFetched:
        said = Said()
    page = LinkedPage(url_hash=hashed, url=url, title=said.title, text=said.text, site=said.site, asked_at=at)
    # Another worker may have asked in this moment.
    LinkedPage.objects.bulk_create(
        [page],
        update_conflicts=True,
        unique_fields=["url_hash"],
        update_fields=["title", "text", "site", "asked_at"],
    )
    return page


def card_of(page: LinkedPage) -> str:
    """Write what a page says of itself as it stands under a post; nothing where it said nothing."""
    if not page.title:
        return ""
    return render_to_string("conversation/previews/card.html", {"page": page}).strip()


@transaction.atomic
def put_card(*, post_id: int, url: str | None, card: str, at: datetime) -> None:
    """Put a preview under a post that still links there, or take it away."""
    post = Post.objects.select_for_update().filter(pk=post_id).first()
    if post is None or post.link_card == card or (card and (post.without_card or link_in(post.html) != url)):
        return
    post.link_card = card
    post.save(update_fields=["link_card"])
    note(LinkPreviewed(post_id=post.pk, topic_id=post.topic_id, at=at))


@transaction.atomic
def remove_preview(*, post_id: int, by: Person, at: datetime) -> Post:
    """Take the preview from a post for good: its author may, and those who look after the space.

    Raises ``NotFound``, ``NotYourPost`` and ``NoPreview``.
    """
    found = hold_post(post_id, by)
    post = found.post
    if post.author_id != by.pk and not found.held.tends:
        raise NotYourPost
    if not post.link_card:
        raise NoPreview
    post.link_card, post.without_card = "", True
    post.save(update_fields=["link_card", "without_card"])
    note(LinkPreviewed(post_id=post.pk, topic_id=post.topic_id, at=at))
    return post


def forget_pages(*, at: datetime) -> int:
    """Delete some of what pages said too long ago; give how many."""
    old = LinkedPage.objects.filter(asked_at__lte=at - FRESH).order_by("asked_at")[:MOST_FORGOTTEN]
    return LinkedPage.objects.filter(pk__in=[each.pk for each in old]).delete()[0]
