"""What a sanction was about: the posts to which the decision answered that made it, for those who may see them."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import F

from porch.conversation.posts.models import Post
from porch.conversation.spaces.rules import reached_by
from porch.kit.text import shorten
from porch.moderation.queue.models import Step
from porch.moderation.queue.reads import step_seen_by

MOST_SHOWN, LONGEST = 5, 2_000


@dataclass(frozen=True, slots=True)
class About:
    """A post that a sanction was about: what it said, and where it stands for those who reach that."""

    words: str
    title: str = ""
    place: tuple[int, int] | None = None


def posts_about(strikes: Collection[int], *, person_id: int, is_own: bool) -> dict[int, list[About]]:
    """Give the posts that sanctions were about, by the number of each, at most five of one.

    To whom a sanction is about their own words are shown. Others see what they look after; of a direct conversation
    that is what was disclosed, and nothing else.
    """
    steps = Step.objects.filter(decision__strike__in=strikes)
    if not is_own:
        steps = steps.filter(step_seen_by(person_id))
    # A report says how a post stood then, so it comes before the post itself.
    rows = steps.select_related(
        "decision", "post__topic__space", "held", "report__post__topic__space"
    ).order_by(F("report_id").asc(nulls_last=True), "pk")
    found: dict[int, dict[tuple[str, int], About]] = {}
    reached = reached_among(rows, person_id)
    for each in rows:
        of_one = found.setdefault(each.decision.strike_id or 0, {})
        post = each.post or (each.report.post if each.report else None)
        key = ("held", each.held_id or 0) if post is None else ("post", post.pk)
        if len(of_one) < MOST_SHOWN or key in of_one:
            of_one.setdefault(key, about(each, post, reached, is_own=is_own))
    return {strike: [each for each in of_one.values() if each.words] for strike, of_one in found.items()}


def about(step: Step, post: Post | None, reached: set[int], *, is_own: bool) -> About:
    """Write what is shown of one thing."""
    if post is None:
        return About(shorten(step.held.source if step.held else "", LONGEST))
    is_direct = post.topic.space.is_direct
    words = post.source if is_own or not is_direct else step.report.said if step.report else ""
    is_there = post.pk in reached and not is_direct
    place = (post.topic_id, post.number) if is_there else None
    return About(shorten(words, LONGEST), post.topic.title if is_there else "", place)


def reached_among(rows: Collection[Step], person_id: int) -> set[int]:
    """Give the numbers of the posts that somebody reaches where they stand."""
    posts = {each.post_id or (each.report.post_id if each.report else 0) or 0 for each in rows}
    there = Post.objects.filter(reached_by(person_id, "topic__space__"), pk__in=posts)
    return set(there.values_list("pk", flat=True))
