from typing import Any

from django.db.models import Aggregate, Case, CharField, OuterRef, QuerySet, Subquery, When

from porch.conversation.posts.models import Post
from porch.conversation.reactions.models import Reaction

PAGE = 100


class Joined(Aggregate):
    """Texts of rows in one, separated by spaces."""

    output_field = CharField()
    template = "%(function)s(%(expressions)s, ' ')"

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, function="GROUP_CONCAT", **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, function="STRING_AGG", **extra)


def with_mine(posts: QuerySet[Post], member: Any) -> QuerySet[Post]:
    """Add to posts which emoji a member gave to each, separated by spaces; asked only of those that have any."""
    theirs = Reaction.objects.filter(post=OuterRef("pk"), member_id=member).order_by().values("post")
    mine = Subquery(theirs.annotate(all=Joined("emoji")).values("all"))
    return posts.annotate(mine=Case(When(reactions="", then=None), default=mine, output_field=CharField()))


def who_reacted(post_id: int) -> QuerySet[Reaction]:
    """Select who gave what to a post that somebody was found to reach, the newest first."""
    found = Reaction.objects.filter(post_id=post_id, member__person__is_active=True)
    return found.select_related("member__person").order_by("-pk")
