"""What waits for a look, gathered by the account that wrote it, for whoever looks after the spaces it stands in."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from porch.community.roles.reads import EVERY, rights_held_by
from porch.conversation.blocks.rules import looks_after_all
from porch.conversation.posts.models import Post
from porch.conversation.spaces.rights import TEND_TOPICS
from porch.conversation.spaces.rules import looked_after_by
from porch.kit.refusals import NotFound
from porch.moderation.holding.models import HeldPost, State
from porch.moderation.queue.models import Decision, Step
from porch.moderation.reports.models import Outcome, Report
from porch.moderation.trust.signals import SIGNALS
from porch.people.identity.models import Person

# A weekend that nobody watched.
BURST = timedelta(days=3)
IN_DIRECT = _("a direct conversation")
MOST_SHOWN, MOST_AT_ONCE, MOST_CASES = 50, 1000, 100


@dataclass(slots=True)
class Case:
    """Everything of one account that waits, held or reported; ``since`` is when the oldest began to wait."""

    person: Person
    since: datetime
    held: int = 0
    reported: int = 0
    hidden: int = 0
    spaces: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class ReportedPost:
    """A post with the open reports about it, and what of it is shown to those who decide.

    Of a direct conversation that is what was disclosed and nothing else: what the reports say that it said.
    """

    post: Post
    reports: list[Report]
    is_hidden: bool

    @property
    def is_direct(self) -> bool:
        """Say that it stands in a direct conversation."""
        return self.post.topic.space.is_direct

    @property
    def wordings(self) -> list[str]:
        """Give the texts that are shown: what it says, or each that was disclosed, the one reported last at the end."""
        if not self.is_direct:
            return [self.post.source]
        said = [each.said for each in self.reports]
        return [text for n, text in enumerate(said) if text not in said[n + 1 :]]

    @property
    def place(self) -> tuple[int, int] | None:
        """Give where it stands: its topic, and its number in there."""
        return None if self.is_direct else (self.post.topic_id, self.post.number)

    @property
    def written_at(self) -> datetime | None:
        """Give when it was written."""
        return None if self.is_direct else self.post.at


def held_for(person_id: int) -> QuerySet[HeldPost]:
    """Give what is held in spaces that somebody looks after; nothing of their own."""
    waiting = HeldPost.objects.filter(looked_after_by(person_id, "space__"), state=State.WAITING)
    return waiting.exclude(author=person_id)


def reports_for(person_id: int) -> QuerySet[Report]:
    """Give the open reports of posts in spaces that somebody looks after; none of their own posts.

    Whoever looks after the whole community is also given what was disclosed to them of direct conversations.
    """
    shown = Q(looked_after_by(person_id, "post__topic__space__")) | disclosed_to(person_id, "post__")
    found = Report.objects.filter(shown, outcome=Outcome.OPEN, post__author__isnull=False)
    return found.exclude(post__author=person_id)


def disclosed_to(person_id: int, post: str) -> Q:
    """Say that a post, reached by a path, stands in a direct conversation, and that somebody decides about such posts.

    It says nothing of whether the post was reported: it is asked beside a report, or of what was decided about one.
    """
    return Q(**{f"{post}topic__space__is_direct": True}) & Q(looks_after_all(person_id))


def posts_for(person_id: int, author_id: int, since: datetime) -> QuerySet[Post]:
    """Give what somebody wrote since a time and still stands, where another looks after it; oldest first."""
    found = Post.objects.filter(looked_after_by(person_id, "topic__space__"), author=author_id, at__gt=since)
    return found.filter(deletion__isnull=True).order_by("pk")


def find_about(person_id: int, by_id: int) -> Person:
    """Find whom a case is about; nobody looks at their own. Raises ``NotFound``."""
    found = Person.objects.filter(pk=person_id).exclude(pk=by_id).first()
    if found is None:
        raise NotFound
    return found


def cases_for(person_id: int) -> list[Case]:
    """Gather what waits for somebody, by who wrote it, the longest wait first."""
    cases: dict[int, Case] = {}
    held = held_for(person_id).select_related("author", "space").order_by("at")
    for each in held[:MOST_AT_ONCE]:
        case = cases.setdefault(each.author_id, Case(each.author, each.at))
        case.since, case.held = min(case.since, each.at), case.held + 1
        case.spaces.add(each.space.name)
    reports = reports_for(person_id).select_related("post__author", "post__topic__space", "post__deletion")
    seen: set[int] = set()
    for report in reports.order_by("at")[:MOST_AT_ONCE]:
        post = report.post
        if post.author is None:
            continue
        case = cases.setdefault(post.author.pk, Case(post.author, report.at))
        case.since = min(case.since, report.at)
        if post.pk not in seen:
            seen.add(post.pk)
            case.reported += 1
            case.hidden += int(hasattr(post, "deletion") and post.deletion.is_hidden)
            case.spaces.add(str(IN_DIRECT) if post.topic.space.is_direct else post.topic.space.name)
    return sorted(cases.values(), key=lambda case: (case.since, case.person.pk))[:MOST_CASES]


def reported_posts(person_id: int, author_id: int) -> list[ReportedPost]:
    """Give the reported posts of one account that somebody looks after, with what was said of each."""
    rows = reports_for(person_id).filter(post__author=author_id).order_by("post_id", "at")
    found: dict[int, list[Report]] = {}
    for each in rows.select_related("post__topic__space", "post__deletion", "by")[:MOST_AT_ONCE]:
        found.setdefault(each.post_id, []).append(each)
    return [
        ReportedPost(
            reports[0].post,
            reports,
            hasattr(reports[0].post, "deletion") and reports[0].post.deletion.is_hidden,
        )
        for reports in found.values()
    ]


def decisions_seen_by(person_id: int) -> QuerySet[Decision]:
    """Give what was decided about others, where somebody looks after the whole community, or after all of it."""
    whole = rights_held_by(person_id).filter(right__in=(TEND_TOPICS.name, EVERY), role__circle__is_whole=True)
    unseen = Step.objects.filter(decision=OuterRef("pk")).exclude(step_seen_by(person_id))
    found = Decision.objects.filter(Q(Exists(whole)) | ~Q(Exists(unseen))).exclude(about=person_id)
    return found.select_related("about", "by")


def step_seen_by(person_id: int) -> Q:
    """Say that a step of a decision is in a space that somebody looks after, or was disclosed to them."""
    return (
        Q(looked_after_by(person_id, "post__topic__space__"))
        | Q(looked_after_by(person_id, "held__space__"))
        | Q(looked_after_by(person_id, "report__post__topic__space__"))
        | disclosed_to(person_id, "post__")
        | disclosed_to(person_id, "report__post__")
    )


def signals_of(held: HeldPost) -> list[object]:
    """Give the words of the signals for which a post was held."""
    return [SIGNALS[name] for name in held.why.split(",") if name in SIGNALS]


def count_waiting(circles: Collection[int] | None) -> int:
    """Count the accounts of which something waits, in all spaces or in those of some circles."""
    if circles is None:
        in_held = in_posts = Q()
    else:
        in_held = Q(space__circle__in=circles) | Q(space__role__circle__in=circles)
        in_posts = Q(post__topic__space__circle__in=circles) | Q(post__topic__space__role__circle__in=circles)
    held = HeldPost.objects.filter(in_held, state=State.WAITING).order_by().values_list("author")
    reported = Report.objects.filter(in_posts, outcome=Outcome.OPEN, post__author__isnull=False)
    return held.union(reported.order_by().values_list("post__author")).count()
