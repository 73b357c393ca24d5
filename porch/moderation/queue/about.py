"""What a sanction was about: the posts to which the decision answered that made it, for those who may see them."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import F, QuerySet, Window
from django.db.models.functions import Coalesce, RowNumber

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
    rows = list(first_steps(strikes, person_id=person_id, is_own=is_own))
    reached = reached_among(rows, person_id)
    found: dict[int, list[About]] = {}
    for each in rows:
        said = about(each, reached, is_own=is_own)
        if said.words:
            found.setdefault(each.decision.strike_id or 0, []).append(said)
    return found


def first_steps(strikes: Collection[int], *, person_id: int, is_own: bool) -> QuerySet[Step]:
    """Select a step for each post that sanctions were about, at most five of one: the database chooses them.

    What was reported comes first, and of several steps about one post a report, as it says how the post stood then.
    """
    steps = Step.objects.filter(decision__strike__in=strikes)
    if not is_own:
        steps = steps.filter(step_seen_by(person_id))
    strike, order = F("decision__strike"), [F("report").asc(nulls_last=True), F("pk").asc()]
    of_it = Window(
        RowNumber(), partition_by=[strike, Coalesce("post", "report__post"), F("held")], order_by=order
    )
    one_each = steps.annotate(of_it=of_it).filter(of_it=1)
    nth = Window(RowNumber(), partition_by=[strike], order_by=order)
    chosen = Step.objects.filter(pk__in=one_each.values("pk")).annotate(nth=nth).filter(nth__lte=MOST_SHOWN)
    rows = chosen.select_related("decision", "post__topic__space", "held", "report__post__topic__space")
    return rows.order_by(*order)


def about(step: Step, reached: set[int], *, is_own: bool) -> About:
    """Write what is shown of one thing: as it stood when it was reported, and where nobody did, as it stands."""
    post = step.post or (step.report.post if step.report else None)
    if post is None:
        return About(shorten(step.held.source if step.held else "", LONGEST))
    is_direct = post.topic.space.is_direct
    words = step.report.said if step.report else post.source if is_own or not is_direct else ""
    is_there = post.pk in reached and not is_direct
    place = (post.topic_id, post.number) if is_there else None
    return About(shorten(words, LONGEST), post.topic.title if is_there else "", place)


def reached_among(rows: Collection[Step], person_id: int) -> set[int]:
    """Give the numbers of the posts that somebody reaches where they stand."""
    posts = {each.post_id or (each.report.post_id if each.report else 0) or 0 for each in rows}
    there = Post.objects.filter(reached_by(person_id, "topic__space__"), pk__in=posts)
    return set(there.values_list("pk", flat=True))
