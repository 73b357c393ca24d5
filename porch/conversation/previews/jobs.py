"""Previews as a worker makes them: each post that is written or changed is looked at once."""

from django_tasks import task

from porch.conversation.posts.models import Post
from porch.conversation.previews.actions import forget_pages, preview
from porch.conversation.previews.links import link_in
from porch.engine.clock.reads import clock_is_doubtful
from porch.engine.facts.pull import Pulled
from porch.engine.outbox.states import Priority
from porch.kit.time import now


@task()
def make_preview(post_id: int) -> None:
    """Make the preview of a post's link, if it has one."""
    preview(post_id=post_id, at=now())


@task()
def forget_old_pages() -> None:
    """Forget what pages said a while ago."""
    at = now()
    while not clock_is_doubtful() and forget_pages(at=at):
        pass


def hear_of_links(fact: Pulled) -> None:
    """Have a worker look at a post that was written or changed, where it links or linked somewhere."""
    post = Post.objects.filter(pk=fact.ids["post_id"]).only("html", "link_card").first()
    if post is not None and (post.link_card or link_in(post.html) is not None):
        make_preview.using(priority=Priority.BULK).enqueue(fact.ids["post_id"])
